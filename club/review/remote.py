"""A remote: what it has now, what it takes, and what it means when it refuses."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from club.git.worktree import WorkTree
from club.model.message import N_, Message

NO_OPTIONS = "does not support push options"
ADDRESS = re.compile(r"https?://[^\s'\"<>]+")

HOST_KEY = N_(
    "this computer has not yet met the machine of “{remote}”, or no longer knows it: connect to it"
    " once with ssh and accept its key"
)
CERTIFICATE = N_(
    "the certificate of “{remote}” is not one that this computer trusts: ask whoever runs the"
    " forge, or your network"
)
LOGIN = N_(
    "“{remote}” did not accept who you are, or could not ask: check your password, token or SSH key"
)
UNREACHABLE = N_("“{remote}” cannot be reached: check the network, and the address (git remote -v)")
DENIED = N_(
    "you may not do this on “{remote}”: ask those who keep the club for the right to propose there,"
    " or name a copy of your own (--remote)"
)
NOT_FOUND = N_(
    "there is no repository at the address of “{remote}”, or you may not see it: check the address"
    " (git remote -v)"
)
GONE = N_("“{remote}” has no such branch")
OTHER = N_("“{remote}” refused, and only Git says why")

FAMILIES: Sequence[tuple[str, re.Pattern[str]]] = tuple(
    (said, re.compile(pattern, re.IGNORECASE))
    for said, pattern in (
        (GONE, "couldn't find remote ref"),
        (HOST_KEY, "host key verification failed"),
        (CERTIFICATE, r"certificate|SSL peer|gnutls_handshake"),
        (
            LOGIN,
            r"authentication failed|could not read (?:username|password)|prompts disabled"
            r"|error: 401|invalid credentials"
            r"|permission denied \([a-z,-]*(?:publickey|password|keyboard)",
        ),
        (
            UNREACHABLE,
            r"could not resolve|name or service not known|name resolution|no address associated"
            r"|unreachable|timed out|connection refused|failed to connect|couldn't connect"
            r"|no route to host|connection reset|connection closed|empty reply from server",
        ),
        (
            NOT_FOUND,
            r"repository .*not found|not appear to be a git repository|error: 404|no such project"
            r"|project you were looking for|no such file or directory|does not exist",
        ),
        (
            DENIED,
            r"permission (?:to .* )?denied|error: 403|access denied|not allowed to push|forbidden"
            r"|write access|insufficient permission|denied to",
        ),
    )
)
"""What Git and the forges say, in the order in which one word settles what another may also say."""


def trouble(remote: str, said: str) -> Message | None:
    """Why *remote* did not answer, if *said*, Git's own words, tell of one of the known reasons."""
    found = next((family for family, pattern in FAMILIES if pattern.search(said)), None)
    return Message(found, {"remote": remote}) if found else None


def why_silent(remote: str, said: str) -> Message:
    """Why *remote* did not answer, known or not."""
    return trouble(remote, said) or Message(OTHER, {"remote": remote})


def told_with(why: Message, said: str) -> Message:
    """*why*, followed by Git's own words, on one line."""
    words = " ".join(line.strip() for line in without_secrets(said).splitlines() if line.strip())
    return Message(N_("{why} (Git says: {words})"), {"why": why, "words": words})


def without_secrets(text: str) -> str:
    """*text* less the passwords that an address may hold."""
    return re.sub(r"(https?://)[^\s/@]+@", r"\1", text)


@dataclass(frozen=True, slots=True)
class Pushed:
    """What the remote answered: whether it took the branch, and the addresses it gave."""

    accepted: bool
    said: str
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remote:
    """A remote of *git*, with its branches as they are now, each with its commit."""

    git: WorkTree
    name: str
    heads: Mapping[str, str]

    @classmethod
    def asked(cls, git: WorkTree, name: str) -> Remote | Message:
        """The remote *name*, or why it does not answer."""
        answer = git.ask("ls-remote", "--heads", name)
        if answer.status:
            return told_with(why_silent(name, answer.said), answer.said)
        lines = (line.split("\t", 1) for line in answer.text.splitlines() if "\t" in line)
        return cls(git, name, {ref.removeprefix("refs/heads/"): id for id, ref in lines})

    def has_another(self, branch: str, commit_id: str) -> bool:
        """Whether its *branch* is at another commit."""
        return self.heads.get(branch, commit_id) != commit_id

    def bring(self, branch: str) -> None:
        """Fetches *branch*, if its commit is not here yet."""
        if not self.git.commit_id(self.heads[branch]):
            self.git.run("fetch", "--quiet", self.name, f"refs/heads/{branch}")

    def push(self, branch: str, options: Sequence[str] = ()) -> Pushed:
        """Pushes *branch*; without *options* if the remote takes none."""
        ref = f"refs/heads/{branch}:refs/heads/{branch}"
        with_options = [part for option in options for part in ("--push-option", option)]
        answer = self.git.ask("push", *with_options, self.name, ref)
        if answer.status and options and NO_OPTIONS in answer.said:
            answer = self.git.ask("push", self.name, ref)
        said = without_secrets(answer.said)
        return Pushed(answer.status == 0, said, tuple(ADDRESS.findall(said)))


def remote_addresses(git: WorkTree, remote: str) -> tuple[str, ...]:
    """Where *remote* is pushed to, as Git rewrites it and as it is written; nothing without it."""
    asked = (
        ("remote", "get-url", "--push", remote),
        ("config", "--get", f"remote.{remote}.pushurl"),
        ("config", "--get", f"remote.{remote}.url"),
    )
    answers = (git.ask(*each) for each in asked)
    return tuple(each.text for each in answers if each.status == 0)
