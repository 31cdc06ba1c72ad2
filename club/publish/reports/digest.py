"""The mail for the mailing list: what moved since a day, in plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from textwrap import fill
from urllib.parse import urljoin

from club.insight.actions import Agreed, actions_due
from club.model.dates import PartialDate
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import Link
from club.model.viewing import link
from club.publish.pages.since import Move
from club.publish.words.language import Words
from club.publish.words.visible import visible
from club.publish.words.worth import Worth

WIDTH = 72
"""What mail is written to (RFC 5322, 2.1.1: at most 78)."""
HEADS: tuple[tuple[str, Callable[[Move], bool]], ...] = (
    (N_("New requests"), lambda move: move.worth is Worth.RECORD and _is_of(move, "requests")),
    (N_("Positions"), lambda move: move.worth is Worth.POSITION),
    (N_("Vendor's answers"), lambda move: move.worth is Worth.ANSWER),
    (N_("Decisions"), lambda move: move.worth is Worth.DECISION),
    (N_("States and figures"), lambda move: move.worth in {Worth.STATE, Worth.FIGURE}),
    (N_("Other records"), lambda move: not move.is_page),
    (N_("Pages"), lambda move: True),
)
"""The parts of the mail: a move stands in the first that takes it."""


def digest(
    moves: Iterable[Move],
    since: Message | PartialDate,
    graph: Graph,
    words: Words,
    site_name: str,
    site_url: str,
) -> str:
    """The mail: its parts, less those with nothing in them, then the actions to be done."""
    parts: dict[str, list[str]] = {head: [] for head, _ in HEADS}
    for each in moves:
        if each.sentences:
            head = next(head for head, takes in HEADS if takes(each))
            parts[head] += _item(each.title, map(words.say, each.sentences), words, site_url)
    due = [line for each in actions_due(graph) for line in _due(each, words, site_url)]
    title = Message(N_("{site}: what moved since {moment}"), {"site": site_name, "moment": since})
    lines = [fill(visible(words.say(title)), WIDTH), ""]
    told = [(head, items) for head, items in parts.items() if items]
    if not told:
        lines += [words.say(Message(N_("Nothing has moved since."))), ""]
    for head, items in [*told, *([(N_("Actions to be done"), due)] if due else [])]:
        lines += [words.say(Message(head)).upper(), "", *items, ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _due(due: Agreed, words: Words, site_url: str) -> Iterator[str]:
    said = [words.say(due.standing)]
    if due.action.due:
        said.append(words.say(Message(N_("due: {date}"), {"date": due.action.due})))
    what = Link(due.action.what, link(due.meeting).url, is_example=due.meeting.example)
    yield from _item(what, said, words, site_url)


def _item(title: Link, said: Iterable[str], words: Words, site_url: str) -> Iterator[str]:
    """A title, what is said of it, and where to read more."""
    yield _filled(words.say(title), "- ")
    for each in said:
        yield _filled(each, "  ")
    if site_url and title.url:
        yield f"  {urljoin(site_url, title.url)}"


def _filled(text: str, start: str) -> str:
    return fill(
        visible(text),
        WIDTH,
        initial_indent=start,
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _is_of(move: Move, collection: str) -> bool:
    return move.subject.startswith(f"{collection}/")
