"""Why something changed, as somebody wrote it for readers.

A message of Git is written for those who keep the club: its subject is no reason. What is one: a
line `Reason: …` (or `Raison : …`), which `club propose` writes, or else the title of the merge or
pull request, where a forge wrote it. A forge leaves its mark beside the title:

    GitLab, merge       Merge branch 'x' into 'main' / title / See merge request club/site!12
    GitHub, merge       Merge pull request #12 from somebody/x / title
    Forgejo, merge      Merge pull request 'title' (#12) from x into main
    any, squashed       title (#12), title (!12)
"""

from __future__ import annotations

import re

POOR = re.compile(
    r"(?:(?:update|edit|change|fix|modify|modifie|modification|mise à jour|maj|correction|wip|tmp|"
    r"add|create|delete|upload|replace|ajout|création|suppression)e?s?\b"
    r"(?: (?:of|de|du|des|new|file|files|fichiers?|via upload|[\w./-]+\.\w+))*[.…!]*|[.…]+|\W*)",
    re.IGNORECASE,
)
"""What forges write for those who write nothing, and what says no more."""
GITHUB = re.compile(r"Merge pull request #\d+ from \S+")
FORGEJO = re.compile(r"Merge pull request '(.+)' \([#!]\d+\) from .*")
SQUASHED = re.compile(r"(?!(?:Merge|Revert|Bump) )(.+?) \([\w./-]*[#!]\d+\)")
"""What a forge squashed; those that Git, a forge or a robot names say nothing to readers."""
GITLAB = re.compile(r"^See merge request \S*!\d+\s*$", re.MULTILINE)
DRAFT = re.compile(r"(?:\[?(?:draft|wip)\]?: ?|\[(?:draft|wip)\] ?)+", re.IGNORECASE)
REASON = re.compile(r"^(?:reason|raison)[ \u00a0\u202f]?:\s*(.*)", re.IGNORECASE)
KEYS = {"fr": "Raison : "}
KEY = "Reason: "
ADDRESS = re.compile(r"\s*<?[\w.+-]+@[\w-]+\.[\w.-]+>?")
MAX_LENGTH = 400


def with_reason(text: str, language: str = "") -> str:
    """*text*, what somebody proposes, as a message of Git that keeps it as the reason for readers.

    A text that has such a line already stays as it is.
    """
    text = text.strip()
    if _written(text):
        return text
    said = " – ".join(_paragraphs(text))
    return f"{text}\n\n{KEYS.get(language, KEY)}{said}"


def reason_of(message: str, merge_message: str = "") -> str:
    """The reason that was written for readers of a commit, or of the merge that brought it."""
    found = (read(each) for read in (_written, _title) for each in (message, merge_message))
    return next((said for each in found if (said := _told(each))), "")


def _written(message: str) -> str:
    """What the last line `Reason:` says, up to the end of its paragraph or the next trailer."""
    said: list[str] = []
    is_open = False
    for line in message.splitlines():
        if found := REASON.match(line.strip()):
            said, is_open = [found[1]], True
        elif is_open and line.strip() and line.startswith((" ", "\t")):
            said.append(line.strip())
        else:
            is_open = False
    return " ".join(said)


def _title(message: str) -> str:
    """The title that a forge wrote, of the request that it merged or squashed."""
    title, *rest = _paragraphs(message) or [""]
    if found := FORGEJO.fullmatch(title):
        return found[1]
    if GITHUB.fullmatch(title) or (GITLAB.search(message) and title.startswith("Merge branch ")):
        return next((each for each in rest[:1] if not GITLAB.match(each)), "")
    first_line = message.strip().split("\n", 1)[0].strip()
    found = SQUASHED.fullmatch(first_line)
    return found[1] if found else ""


def _paragraphs(text: str) -> list[str]:
    found = re.split(r"\n[ \t]*\n", text.strip())
    return [said for each in found if (said := " ".join(each.split()))]


def _told(said: str) -> str:
    """*said* without an address or a mark of draft; nothing where it tells nothing."""
    said = DRAFT.sub("", ADDRESS.sub("", said)).strip()
    if POOR.fullmatch(said):
        return ""
    return said if len(said) <= MAX_LENGTH else said[:MAX_LENGTH].rpartition(" ")[0] + "…"
