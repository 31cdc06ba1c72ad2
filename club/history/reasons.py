"""Why something changed: what the commit says, or else the merge that brought it."""

from __future__ import annotations

import re

POOR = re.compile(
    r"(?:(?:update|edit|change|fix|modify|modifie|modification|mise à jour|maj|correction|wip|tmp|"
    r"add|create|delete|upload|replace|ajout|création|suppression)e?s?\b"
    r"(?: (?:of|de|du|des|new|file|files|fichiers?|via upload|[\w./-]+\.\w+))*[.…!]*|[.…]+|\W*)",
    re.IGNORECASE,
)
"""What forges write for those who write nothing, and what says no more."""
AUTOMATIC = re.compile(r"Merge (?:branch|remote-tracking branch|pull request|tag|commit)\b.*", re.I)
FORGEJO = re.compile(r"Merge pull request '(.+)' \([#!]\d+\) from .*")
TRAILER = re.compile(
    r"^[A-Z][\w-]*-(?:[Bb]y|[Ii]d|[Tt]o): .*$|^\(cherry picked from .*\)$|^See merge .*$"
)
ADDRESS = re.compile(r"\s*<?[\w.+-]+@[\w-]+\.[\w.-]+>?")
MAX_LENGTH = 400


def reason_of(message: str, merge_message: str = "") -> str:
    """The reason in *message*, or else in that of the merge; without addresses or trailers."""
    return _said(message) or _said(merge_message)


def _said(message: str) -> str:
    lines = [line.strip() for line in message.splitlines()]
    lines = [ADDRESS.sub("", line) for line in lines if not TRAILER.match(line)]
    if not any(lines):
        return ""
    paragraphs = [" ".join(each.split()) for each in "\n".join(lines).strip().split("\n\n")]
    title, *rest = [each for each in paragraphs if each]
    if found := FORGEJO.fullmatch(title):
        title = found[1]
    elif AUTOMATIC.fullmatch(title) or POOR.fullmatch(title):
        title = ""
    said = " – ".join([each for each in (title, *rest[:1]) if each])
    return said if len(said) <= MAX_LENGTH else said[:MAX_LENGTH].rpartition(" ")[0] + "…"
