"""Addresses of the forge: where a line is edited, where an issue is opened, GitLab first.

Sources: GitLab, GitHub and Forgejo documentation of repository file and new-issue addresses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, urlencode, urlsplit

from club.model.problem import Place


class ForgeType(StrEnum):
    """The forges whose addresses are known."""

    GITLAB = "gitlab"
    GITHUB = "github"
    FORGEJO = "forgejo"


SCP_FORM = re.compile(r"(?:[^@/:]+@)?([^/:]+):(?!//)(.+)")
"""`git@host:group/project.git`, as Git writes an address without a scheme."""
LONGEST_ADDRESS = 7000
"""Servers refuse longer addresses: 8 KiB is a common limit, cookies and all."""
FORGEJO_HOSTS = ("codeberg.org", "forgejo", "gitea")


@dataclass(frozen=True, slots=True)
class Forge:
    """A repository on a forge: its address, its main branch, what kind of forge it is."""

    url: str
    branch: str = "main"
    type: ForgeType = ForgeType.GITLAB

    @classmethod
    def at(cls, url: str, branch: str = "main", type: str = "") -> Forge | None:
        """The forge at *url*, guessed from its host unless *type* says; None without address."""
        if urlsplit(url).scheme not in {"http", "https"}:
            return None
        host = urlsplit(url).hostname or ""
        guessed = ForgeType.GITLAB
        if host == "github.com" or host.startswith("github."):
            guessed = ForgeType.GITHUB
        elif any(name in host for name in FORGEJO_HOSTS):
            guessed = ForgeType.FORGEJO
        return cls(url.rstrip("/").removesuffix(".git"), branch, ForgeType(type or guessed))

    def view(self, place: Place) -> str:
        """Where the line is shown."""
        infix = {
            ForgeType.GITLAB: f"-/blob/{quote(self.branch)}",
            ForgeType.GITHUB: f"blob/{quote(self.branch)}",
            ForgeType.FORGEJO: f"src/branch/{quote(self.branch)}",
        }[self.type]
        return f"{self.url}/{infix}/{quote(place.path)}{self._line(place)}"

    def edit(self, place: Place) -> str:
        """Where the line is edited in the forge's own editor."""
        return self.edit_base + self.spot(place)

    @property
    def edit_base(self) -> str:
        """What the address of every place that is edited begins with."""
        return f"{self.url}/{self.edit_prefix('')[:-1]}"

    def spot(self, place: Place) -> str:
        """What follows it: the file, and the line where one is known."""
        return f"{quote(place.path)}{self._line(place)}"

    def edit_prefix(self, folder: str) -> str:
        """What MkDocs puts between the repository's address and a page under *folder*."""
        infix = {
            ForgeType.GITLAB: f"-/edit/{quote(self.branch)}",
            ForgeType.GITHUB: f"edit/{quote(self.branch)}",
            ForgeType.FORGEJO: f"_edit/{quote(self.branch)}",
        }[self.type]
        return f"{infix}/{folder}/"

    def history(self, path: str) -> str:
        """Where every commit that touched a file is listed."""
        infix = {
            ForgeType.GITLAB: f"-/commits/{self.branch}",
            ForgeType.GITHUB: f"commits/{self.branch}",
            ForgeType.FORGEJO: f"commits/branch/{self.branch}",
        }[self.type]
        return f"{self.url}/{infix}/{quote(path)}"

    def new_file(self, folder: str, name: str, contents: Sequence[str] = ()) -> str:
        """Where a file is created in *folder*, with the first of *contents* that an address holds.

        GitLab's editor takes a name only; GitHub's and Forgejo's take `value` too.
        """
        path = f"{quote(self.branch)}/{quote(folder)}"
        if self.type is ForgeType.GITLAB:
            return f"{self.url}/-/new/{path}?{urlencode({'file_name': name})}"
        infix = "new" if self.type is ForgeType.GITHUB else "_new"
        address = f"{self.url}/{infix}/{path}?"
        for each in contents:
            filled = address + urlencode({"filename": name, "value": each}, quote_via=quote)
            if len(filled) <= LONGEST_ADDRESS:
                return filled
        return address + urlencode({"filename": name})

    def new_request(self, branch: str, title: str) -> str:
        """Where a merge or pull request of *branch* is opened."""
        if self.type is ForgeType.GITLAB:
            fields = {
                "merge_request[source_branch]": branch,
                "merge_request[target_branch]": self.branch,
                "merge_request[title]": title,
            }
            return f"{self.url}/-/merge_requests/new?{urlencode(fields)}"
        both = f"{quote(self.branch, safe='')}...{quote(branch, safe='')}"
        if self.type is ForgeType.GITHUB:
            return f"{self.url}/compare/{both}?{urlencode({'expand': 1, 'title': title})}"
        return f"{self.url}/compare/{both}"

    def push_options(self, title: str) -> tuple[str, ...]:
        """What makes the forge open the request while the branch is pushed; GitLab alone does."""
        if self.type is not ForgeType.GITLAB:
            return ()
        return (
            "merge_request.create",
            f"merge_request.target={self.branch}",
            f"merge_request.title={' '.join(title.split())}",
        )

    def new_issue(self, title: str, body: str) -> str:
        """Where an issue is opened with *title* and *body* filled in."""
        if self.type is ForgeType.GITLAB:
            fields = {"issue[title]": title, "issue[description]": body}
            return f"{self.url}/-/issues/new?{urlencode(fields)}"
        return f"{self.url}/issues/new?{urlencode({'title': title, 'body': body})}"

    @staticmethod
    def _line(place: Place) -> str:
        return f"#L{place.line}" if place.line else ""


def web_address(remote: str) -> str:
    """The address of a repository's pages, from the one it is pushed to; nothing for a folder.

    What stands before an @, a name or a secret, is left out.
    """
    parts = urlsplit(remote)
    if parts.scheme in {"http", "https"} and parts.hostname:
        port = f":{parts.port}" if parts.port else ""
        return f"{parts.scheme}://{parts.hostname}{port}{parts.path}".rstrip("/")
    if parts.scheme == "ssh" and parts.hostname:
        return f"https://{parts.hostname}{parts.path}"
    found = SCP_FORM.fullmatch(remote) if "://" not in remote else None
    return f"https://{found[1]}/{found[2].lstrip('/')}" if found else ""
