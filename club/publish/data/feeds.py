"""Atom feeds of the changes: all of them, by kind, and by record of the kinds that have them.

Format: RFC 4287; the ids are tag URIs (RFC 4151), the same from one build to the next. Nothing
depends on the clock, but for what says it was committed after the day of the build.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit
from xml.etree import ElementTree

from club.history.changes import FieldChanged
from club.history.timeline import Event
from club.history.versions import is_page
from club.model.graph import Graph
from club.model.kind import Kind
from club.model.markup import capital
from club.model.message import N_, Message
from club.model.record import Record
from club.model.source import NOT_TEXT
from club.publish.words.changelog import Changelog, EventView
from club.publish.words.language import EXAMPLE, Words

ATOM = "http://www.w3.org/2005/Atom"
FOLDER = "feeds/"
ALL = f"{FOLDER}all.atom"
ENTRIES = 50
MADE_UP = N_("[Example] {title}")
NOWHERE = "club.invalid"
"""The authority of ids on a site that does not know its own address."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: where it is, what it is called, the page it follows and the events it tells."""

    path: str
    title: str
    page: str
    events: tuple[Event, ...]


def feed_paths(graph: Graph) -> Iterator[str]:
    """Where each feed is, from the root of the site."""
    yield ALL
    yield from (_kind_path(kind) for kind in graph.registry.kinds)
    yield from map(record_path, _followed(graph))


def _kind_path(kind: Kind[Record]) -> str:
    return f"{FOLDER}{kind.collection}.atom"


def record_path(record: Record) -> str:
    """Where the feed of *record* is, if its kind has feeds, from the root of the site."""
    return f"{FOLDER}{record.kind}-{record.id}.atom"


def _followed(graph: Graph) -> Iterator[Record]:
    """The records that have a feed of their own."""
    for kind in graph.registry.kinds:
        yield from graph.all(kind.model) if kind.has_feeds else ()


class Feeds:
    """Writes the feeds of one site."""

    def __init__(
        self, changelog: Changelog, graph: Graph, words: Words, site_url: str, name: str
    ) -> None:
        """Links are absolute if *site_url* is known, relative to the feed otherwise."""
        self._changelog = changelog
        self._graph = graph
        self._words = words
        self._site_url = site_url
        self._name = name
        self._authority = urlsplit(site_url).hostname or NOWHERE

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Each feed's path from the root of the site, and its content."""
        if self._changelog.timeline.began is None:
            return
        for feed in self._feeds():
            yield feed.path, self._written(feed)

    def _feeds(self) -> Iterator[Feed]:
        by_collection: dict[str, list[Event]] = defaultdict(list)
        by_subject: dict[str, list[Event]] = defaultdict(list)
        for event in self._changelog.timeline.events:
            collection = event.subject.partition("/")[0]
            by_collection[collection].append(event)
            for about in self._about(event):
                by_subject[about].append(event)
        said = self._words.say(Message(N_("Recent changes")))
        yield Feed(ALL, said, "news/", tuple(self._changelog.timeline.events[:ENTRIES]))
        for kind in self._graph.registry.kinds:
            events = tuple(by_collection[kind.collection][:ENTRIES])
            title = self._words.translate(kind.plural)
            yield Feed(_kind_path(kind), title, f"{kind.collection}/", events)
        for record in _followed(self._graph):
            events = tuple(by_subject[record.id][:ENTRIES])
            title = self._titled(self._words.say(self._graph.title(record)), record.example)
            yield Feed(record_path(record), title, f"{record.key}/", events)

    def _titled(self, title: str, is_example: bool) -> str:
        return self._words.say(Message(MADE_UP, {"title": title})) if is_example else title

    def _about(self, event: Event) -> set[str]:
        """The records that an event is about: itself, what it names, whom it quotes."""
        if is_page(event.subject):
            return set()
        ids = {event.subject.partition("/")[2]}
        record = self._graph.find(event.subject.partition("/")[2])
        if record is not None and record.key == event.subject:
            ids |= {
                target.id
                for pointer in self._graph.pointers(record)
                if not pointer.in_text and len(_names(pointer.keys)) == 1
                if (target := self._graph.find(pointer.target))
            }
        for change in event.changes:
            if isinstance(change, FieldChanged) and len(change.keys) > 1:
                target = self._graph.find(change.keys[1])
                ids |= {target.id} if target else set()
        return ids

    def _written(self, feed: Feed) -> bytes:
        root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": self._words.language})
        first = self._changelog.timeline.began
        latest = feed.events or self._changelog.timeline.events
        last = latest[0].date if latest else first
        assert first
        assert last
        _add(root, "id", f"tag:{self._authority},{first:%Y-%m-%d}:{feed.path}")
        _add(root, "title", f"{capital(feed.title)} – {self._name}")
        _add(root, "updated", last.isoformat())
        _add(_add(root, "author"), "name", self._name)
        _link(root, "self", self._address(feed.path), "application/atom+xml")
        _link(root, "alternate", self._address(feed.page), "text/html")
        for view in self._changelog.views(feed.events):
            self._entry(root, view)
        ElementTree.indent(root, " ")
        written: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
        return written + b"\n"

    def _entry(self, root: ElementTree.Element, view: EventView) -> None:
        event = view.event
        entry = _add(root, "entry")
        known_as = quote(event.known_as)
        # When it was published may be told anew; what its author wrote stays, and so does the id.
        day = event.written or f"{event.date:%Y-%m-%d}"
        _add(entry, "id", f"tag:{self._authority},{day}:{known_as}/{event.commit_id[:12]}")
        title = self._titled(self._words.say(view.subject.title), view.subject.is_example)
        said = [self._words.say(each) for each in view.sentences]
        more = "" if len(said) == 1 else " (…)"
        _add(entry, "title", _plain(f"{title} – {said[0]}{more}"))
        if view.subject.is_example:
            label = self._words.translate(EXAMPLE)
            ElementTree.SubElement(entry, "category", {"term": "example", "label": label})
        moment = event.date.isoformat()
        _add(entry, "published", moment)
        _add(entry, "updated", moment)
        url = view.subject.url or "news/"
        _link(entry, "alternate", self._address(url), "text/html")
        if view.organisation:
            _add(_add(entry, "author"), "name", _plain(str(view.organisation.title)))
        lines = [*([event.reason] if event.reason else []), *said]
        _add(entry, "summary", _plain("\n".join(lines)))

    def _address(self, url: str) -> str:
        """Where *url*, from the root of the site, is seen from a feed."""
        return urljoin(self._site_url, url) if self._site_url else f"../{url}"


def _names(keys: tuple[str | int, ...]) -> list[str]:
    return [key for key in keys if isinstance(key, str)]


def _add(parent: ElementTree.Element, tag: str, text: str = "") -> ElementTree.Element:
    element = ElementTree.SubElement(parent, tag)
    element.text = text or None
    return element


def _link(parent: ElementTree.Element, rel: str, href: str, type_: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": rel, "href": href, "type": type_})


def _plain(text: str) -> str:
    """*text* without what XML cannot hold."""
    return NOT_TEXT.sub("", text)
