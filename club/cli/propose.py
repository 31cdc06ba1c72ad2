"""`club propose`: the changed records and pages on a branch, pushed, ready to be reviewed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from club.model.folder import ClubFolder
from club.model.message import N_, Message
from club.publish.pages.checks import check_pages
from club.publish.reports.problems import as_text
from club.publish.words.forge import Forge, web_address
from club.publish.words.language import Words
from club.read.load import load
from club.read.settings import Settings
from club.review.proposal import Proposal, Pushed, commit_proposal, push, remote_addresses


def add(commands: Any) -> None:
    """Declares the command."""
    parser = commands.add_parser("propose", help="propose the changed records and pages")
    said = parser.add_mutually_exclusive_group(required=True)
    said.add_argument("-m", "--message", default="", help="what changes, and why")
    said.add_argument("-F", "--file", type=Path, help="a file that says so; - reads the input")
    parser.add_argument("--remote", default="origin", help="where to push (origin by default)")
    parser.add_argument("--no-push", action="store_true", help="only make the branch")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, folder: ClubFolder, words: Words) -> int:
    """1 if nothing was proposed, or if the remote refused the branch."""
    club = check_pages(load(folder))
    if club.errors:
        sys.stderr.write(as_text(club.problems, words))
        return _refused(Message(N_("Nothing was proposed: mend the errors first.")), words)
    try:
        message = _message(options)
    except (OSError, ValueError) as error:
        return _refused(
            Message(N_("the message cannot be read: {reason}"), {"reason": str(error)}), words
        )
    found = commit_proposal(folder, message)
    if isinstance(found, Message):
        return _refused(found, words)
    print("\n".join(found.files))
    print(words.say(Message(N_("Branch: {branch}"), {"branch": found.branch})))
    addresses = () if options.no_push else remote_addresses(folder.root, options.remote)
    if not addresses:
        print(words.say(_kept_here(found, options)))
        return 0
    return _push(
        folder.root, options.remote, found, _forge(addresses, options.settings), message, words
    )


def _message(options: argparse.Namespace) -> str:
    if options.file is None:
        return str(options.message)
    if str(options.file) == "-":
        return sys.stdin.read()
    return str(options.file.read_text("utf-8"))


def _refused(reason: Message, words: Words) -> int:
    print(words.say(reason), file=sys.stderr)
    return 1


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
    root: Path, remote: str, found: Proposal, forge: Forge | None, message: str, words: Words
) -> int:
    title = message.strip().splitlines()[0]
    pushed = push(root, remote, found.branch, forge.push_options(title) if forge else ())
    if not pushed.accepted:
        print(pushed.said, file=sys.stderr)
        about = {"branch": found.branch, "remote": remote}
        refused = N_(
            "The remote refused the branch. Nothing is lost: the proposal stays on the branch"
            " {branch}; to try again: git push {remote} {branch}"
        )
        return _refused(Message(refused, about), words)
    where = _address(pushed, forge, found.branch, title)
    if where:
        print(words.say(Message(N_("To have it reviewed:"))))
        print(where)
    else:
        print(words.say(Message(N_("Pushed to {remote}."), {"remote": remote})))
    return 0


def _address(pushed: Pushed, forge: Forge | None, branch: str, title: str) -> str:
    """The address the forge itself gave, else the one that opens a request."""
    if forge is None:
        return ""
    host = urlsplit(forge.url).hostname
    given = (each for each in pushed.addresses if urlsplit(each).hostname == host)
    return next(given, "") or forge.new_request(branch, title)
