"""`club propose`: the changed records and pages on a branch, pushed, ready to be reviewed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from club.git.worktree import WorkTree
from club.model.folder import ClubFolder
from club.model.message import N_, Message
from club.publish.pages.checks import check_pages
from club.publish.reports.problems import as_text
from club.publish.words.forge import Forge, web_address
from club.publish.words.language import Words
from club.read.load import load
from club.read.settings import Settings
from club.review.proposal import (
    ALL_THERE,
    NO_MESSAGE,
    NO_REPOSITORY,
    Proposal,
    commit_proposal,
    renamed,
)
from club.review.remote import Pushed, Remote, remote_addresses, told_with, trouble

BRANCH = N_("Branch: {branch}")
UPDATED = N_("Your proposal {branch} is updated. To open another one instead: club propose --new")
LATEST = N_(
    "Of your proposals that change the same files, {branch} is the latest; left as they are:"
    " {others}."
)
ALREADY = N_("This is already proposed, on the branch {branch}.")
NOTHING_SENT = N_(
    "Nothing was proposed: {why}. Then run this command again; --no-push keeps the proposal here."
)
KEPT = N_(
    "The proposal was not sent: {why}. Nothing is lost, it stays on the branch {branch}: run this"
    " command again."
)
REFUSED = N_(
    "The remote refused the branch. Nothing is lost: the proposal stays on the branch"
    " {branch}; to try again: git push {remote} {branch}"
)


def add(commands: Any) -> None:
    """Declares the command."""
    parser = commands.add_parser("propose", help=N_("propose the changed records and pages"))
    said = parser.add_mutually_exclusive_group()
    said.add_argument("-m", "--message", default="", help=N_("what changes, and why"))
    said.add_argument("-F", "--file", type=Path, help=N_("a file that says so; - reads the input"))
    parser.add_argument("--remote", default="origin", help=N_("where to push (origin by default)"))
    parser.add_argument("--no-push", action="store_true", help=N_("only make the branch"))
    parser.add_argument(
        "--new",
        action="store_true",
        help=N_("open another proposal, even if this goes on with one"),
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, folder: ClubFolder, words: Words) -> int:
    """1 if nothing was proposed, or if the remote refused the branch."""
    try:
        message = _message(options)
    except (OSError, ValueError) as error:
        return _refused(
            Message(N_("the message cannot be read: {reason}"), {"reason": str(error)}), words
        )
    if not message.strip():
        return _refused(Message(NO_MESSAGE), words)
    club = check_pages(load(folder))
    if club.errors:
        sys.stderr.write(as_text(club.problems, words))
        return _refused(Message(N_("Nothing was proposed: mend the errors first.")), words)
    git = WorkTree.holding(folder.root)
    if git is None:
        return _refused(Message(NO_REPOSITORY), words)
    addresses = () if options.no_push else remote_addresses(git, options.remote)
    remote = Remote.asked(git, options.remote) if addresses else None
    if isinstance(remote, Message):
        return _refused(Message(NOTHING_SENT, {"why": remote}), words)
    found = commit_proposal(folder, message, remote, is_new=options.new, language=words.language)
    if isinstance(found, Message):
        if found.id == ALL_THERE:
            print(words.say(found))
            return 0
        return _refused(found, words)
    if remote is None:
        return _told(found, _kept_here(found, options), words)
    if found.is_known:
        return _told(found, None, words)
    forge = _forge(addresses, options.settings)
    return _push(folder, remote, found, forge, message, words)


def _message(options: argparse.Namespace) -> str:
    if options.file is None:
        return str(options.message)
    if str(options.file) == "-":
        return sys.stdin.read()
    return str(options.file.read_text("utf-8"))


def _refused(reason: Message, words: Words) -> int:
    print(words.say(reason), file=sys.stderr)
    return 1


def _told(found: Proposal, more: Message | None, words: Words) -> int:
    """Says what was proposed, and *more*; 0, as all is well."""
    print("\n".join(found.files))
    said = ALREADY if found.is_same else UPDATED if found.is_update else BRANCH
    print(words.say(Message(said, {"branch": found.branch})))
    if found.others:
        print(words.say(Message(LATEST, {"branch": found.branch, "others": found.others})))
    if more:
        print(words.say(more))
    return 0


def _kept_here(found: Proposal, options: argparse.Namespace) -> Message:
    about = {"branch": found.branch, "remote": options.remote}
    if options.no_push:
        return Message(N_("Not pushed. To push it: git push {remote} {branch}"), about)
    return Message(
        N_("There is no remote “{remote}”: the proposal stays on the branch {branch}."), about
    )


def _forge(addresses: Sequence[str], settings: Settings) -> Forge | None:
    address = next((found for each in addresses if (found := web_address(each))), "")
    try:
        return Forge.at(address, settings.branch, settings.forge)
    except ValueError:
        return None


def _push(
    folder: ClubFolder,
    remote: Remote,
    found: Proposal,
    forge: Forge | None,
    message: str,
    words: Words,
) -> int:
    title = message.strip().splitlines()[0]
    is_open = found.branch in remote.heads
    options = forge.push_options(title) if forge and not is_open else ()
    while not (pushed := remote.push(found.branch, options)).accepted:
        now = Remote.asked(remote.git, remote.name)
        if (
            isinstance(now, Message)
            or found.is_update
            or not now.has_another(found.branch, found.commit_id)
        ):
            return _not_taken(pushed, remote, found, words)
        found = renamed(folder, found, message, now)
    where = _address(pushed, forge, found.branch, title, is_open)
    if not where:
        return _told(found, Message(N_("Pushed to {remote}."), {"remote": remote.name}), words)
    _told(found, Message(N_("To have it reviewed:")), words)
    print(where)
    return 0


def _not_taken(pushed: Pushed, remote: Remote, found: Proposal, words: Words) -> int:
    """Says why the branch was not taken, and what to do: it stays here, whole."""
    about = {"branch": found.branch, "remote": remote.name}
    if why := trouble(remote.name, pushed.said):
        return _refused(Message(KEPT, {**about, "why": told_with(why, pushed.said)}), words)
    print(pushed.said, file=sys.stderr)
    return _refused(Message(REFUSED, about), words)


def _address(pushed: Pushed, forge: Forge | None, branch: str, title: str, is_open: bool) -> str:
    """The address the forge itself gave, else the one that opens a request, if none *is_open*."""
    if forge is None:
        return ""
    host = urlsplit(forge.url).hostname
    given = (each for each in pushed.addresses if urlsplit(each).hostname == host)
    return next(given, "") or ("" if is_open else forge.new_request(branch, title))
