"""From records to views: what every kind does to show links, claims, texts and facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel

from club.model.claims import used
from club.model.dates import PartialDate, is_past
from club.model.field import Field, fields_of
from club.model.fields import Citation, Claim, Qualifier, Reference, Reliability
from club.model.graph import Graph
from club.model.markup import bare, text_links
from club.model.message import N_, Choice, Message
from club.model.names import page_address
from club.model.problem import Place
from club.model.record import Part, Record
from club.model.view import (
    NO,
    YES,
    Alert,
    ClaimView,
    Counted,
    Dated,
    Fact,
    Link,
    PageView,
    Progress,
    SectionView,
    TextView,
    Unknown,
)

HOME = "./"
EXCERPT = 160
MARKS = re.compile(r"[\\`*_{}\[\]()#+.!<>|~&-]")
ESCAPED = r"\\\g<0>"
"""What Markdown reads as a mark, and how it is told that it is none."""
R = TypeVar("R", bound=Record)


def url_of(record: Record) -> str:
    """Where the page of *record* is, from the root of the site."""
    if record.is_page:
        address = page_address(record.id)
        return f"{address}/" if address else ""
    return f"{record.collection}/{record.id}/"


def calendar_url(record: Record) -> str:
    """Where the file that calendars open is, of a record whose day is known."""
    return f"{record.key}/{record.id}.ics"


CALENDAR_URL = "calendar/all.ics"
"""Where the calendar of everything is."""


def gathered_url(record: Record) -> str:
    """Where the calendar of what *record* gathers is."""
    return next(gathered_urls(record))


def gathered_urls(record: Record) -> Iterator[str]:
    """The same, then where it was under each former id: whoever subscribed there goes on."""
    return (f"calendar/{id}.ics" for id in (record.id, *record.aliases))


def link(
    record: Record,
    note: str | Message = "",
    *,
    title: str | Message = "",
    among: Graph | None = None,
) -> Link:
    """A link to the page of *record*, under its own title unless another is given.

    *among* tells the titles of those that have none alone.
    """
    said = title or (among.title(record) if among else record.title_text)
    return Link(said, url_of(record) or HOME, note, is_example=record.example)


def counted(records: Iterable[Record]) -> Counted:
    """How many *records* there are, and how many of them are made up: never one for the other."""
    many = tuple(records)
    return Counted(len(many), sum(each.example for each in many))


def counted_of(shown: Iterable[Record], every: Iterable[Record]) -> Counted | Message:
    """How many are *shown*, and of how many where others are not."""
    many = tuple(shown)
    total = sum(1 for _ in every)
    if len(many) == total:
        return counted(many)
    return Message(N_("{count} of {total}"), {"count": counted(many), "total": total})


def links(records: Any, among: Graph | None = None) -> tuple[Link, ...]:
    """Links to each of *records*."""
    return tuple(link(record, among=among) for record in records)


def referred(graph: Graph, references: Any) -> tuple[Link, ...]:
    """Links to the records that *references* (one, several or None) name."""
    many = references if isinstance(references, tuple) else (references,)
    found = (graph.get(each) for each in many if isinstance(each, Reference))
    return tuple(link(record, among=graph) for record in found if record is not None)


def cited(graph: Graph, citation: Citation | None) -> Link | None:
    """A link to what *citation* names: a source's page or an address."""
    if citation is None:
        return None
    if citation.is_url:
        return Link(citation.target, citation.target, is_external=True)
    record = graph.cited(citation)
    return link(record) if record else None


def text(graph: Graph, source: str | None) -> TextView | None:
    """The Markdown *source* with its links resolved to current titles."""
    if source is None:
        return None
    links = tuple(_text_links(graph, source)) if "[[" in source else ()
    examples = frozenset(id for id in graph.examples if id in source)
    return TextView(source, links, examples)


def _text_links(graph: Graph, source: str) -> Iterator[tuple[str, Link]]:
    for match in text_links(source):
        found = graph.named(match[1].strip())
        if len(found) == 1:
            yield match[1].strip(), link(found[0], among=graph)


def excerpt(graph: Graph, source: str | None) -> str | None:
    """The first words of a Markdown text, without its marks."""
    if source is None:
        return None
    titles = {id: str(link.title) for id, link in _text_links(graph, source)}
    words = " ".join(bare(source, titles).split())
    return words if len(words) <= EXCERPT else f"{words[:EXCERPT].rpartition(' ')[0]}…"


def opening(graph: Graph, source: str | None) -> TextView | str | None:
    """The first words of a Markdown text without its marks, but with the links that it makes.

    Where it makes none, its `excerpt`.
    """
    if source is None or "[[" not in source:
        return excerpt(graph, source)
    titles = {id: str(link.title) for id, link in _text_links(graph, source)}
    said, length, end, flat = "", 0, 0, " ".join(source.split())
    for match in text_links(flat):
        if (id := match[1].strip()) not in titles:
            continue
        before = bare(flat[end : match.start()], titles)
        words = (match[3] or titles[id]).strip()
        if length + len(before) + len(words) > EXCERPT:
            break
        said += f"{MARKS.sub(ESCAPED, before)}[[{id}|{words}]]"
        length, end = length + len(before) + len(words), match.end()
    if not end:
        return excerpt(graph, source)
    rest, room = bare(flat[end:], titles), EXCERPT - length
    if len(rest) > room:
        rest = f"{rest[:room].rpartition(' ')[0]}…"
    return text(graph, said + MARKS.sub(ESCAPED, rest))


def claims(graph: Graph, record: Record, field: str) -> tuple[ClaimView, ...]:
    """The claims of *field*, each with its evidence and its place."""
    held = getattr(record, field)
    if held is None:
        return ()
    if not isinstance(held, tuple):
        return (claim(graph, held, graph.place(record, field)),)
    return tuple(
        claim(graph, each, graph.place(record, field, index)) for index, each in enumerate(held)
    )


def claim(graph: Graph, stated: Claim[Any], place: Place, unit: str = "") -> ClaimView:
    """One claim with its evidence."""
    value = stated.value
    is_target = stated.qualifier is Qualifier.TARGET and isinstance(value, PartialDate)
    return ClaimView(
        value=value,
        qualifier=stated.qualifier,
        as_of=stated.as_of,
        source=cited(graph, stated.source),
        scope=stated.scope,
        trust=stated.trust,
        note=stated.note,
        place=place,
        unit=unit,
        is_past=is_target and is_past(value, graph.today),
    )


def exact(
    value: object,
    source: Link | None,
    place: Place,
    *,
    as_of: PartialDate | None = None,
    scope: str | Message | None = None,
    note: str | None = None,
    unit: str = "",
) -> ClaimView:
    """*value*, which is no claim, with its evidence as a claim has it: exact, and said once."""
    return ClaimView(
        value=value,
        qualifier=Qualifier.EXACT,
        as_of=as_of,
        source=source,
        scope=scope,
        trust=Reliability.SINGLE_SOURCE,
        note=note,
        place=place,
        unit=unit,
    )


def newest(graph: Graph, record: Record, field: str) -> tuple[object, ...]:
    """What a table shows of *field*: of several claims the latest, with its date; else the value.

    Doubt stays with the value; the rest of its evidence is on the page of the record.
    """
    held = getattr(record, field)
    if not (isinstance(held, tuple) and held and isinstance(held[0], Claim)):
        return shown(graph, record, field, is_brief=True)
    chosen = used(held)
    assert chosen
    whole = claim(graph, chosen, graph.place(record, field, held.index(chosen)))
    bare = replace(whole, as_of=None, source=None, scope=None, note=None, whole=whole)
    return (Dated(bare, whole.as_of) if whole.as_of else bare,)


def fact(graph: Graph, record: Record, field: str, *values: object, unknown: bool = False) -> Fact:
    """The field *field* of *record* under its own label; its value unless *values* are given.

    An absent value gives a fact without values, which is left out of the page, unless *unknown*
    asks to show that nobody has written it down.
    """
    said = values or shown(graph, record, field)
    place = graph.place(record, field) if field in record.model_fields_set else graph.place(record)
    if not said and unknown:
        said = (Unknown(),)
    label = Message(label_of(record.__class__, field))
    return Fact(label, tuple(said), place, record.reason(field) if said else "")


def label_of(model: type[BaseModel], field: str) -> str:
    """What a reader calls *field* of *model*."""
    return fields_of(model)[field].label


def labels(model: type[BaseModel], *fields: str) -> tuple[str, ...]:
    """What a reader calls each of *fields*: the heads of a table of parts."""
    return tuple(label_of(model, field) for field in fields)


def shown(
    graph: Graph, record: Record, field: str, *, is_brief: bool = False
) -> tuple[object, ...]:
    """The values of *field* as views show them: as told today, a state with its date.

    They are short ones, for tables, if *is_brief*.
    """
    held = record.told(field, graph.today)
    many = held if isinstance(held, tuple) else (held,)
    if many and isinstance(many[0], Claim):
        return claims(graph, record, field)
    as_of = record.known_for(field)
    if as_of and isinstance(held, Choice):
        return (Dated(held, as_of),)
    return _said(graph, held, fields_of(record.__class__)[field], is_brief)


def _said(graph: Graph, held: Any, field: Field, is_brief: bool) -> tuple[object, ...]:
    """What *held*, the value of *field*, says; a part says what its fields do."""
    if held is None or held == ():
        return ()
    many = held if isinstance(held, tuple) else (held,)
    if field.code:
        return tuple(field.code.said(each, graph, is_brief=is_brief) for each in sorted(many))
    if isinstance(many[0], Reference):
        return referred(graph, many)
    if isinstance(many[0], Citation):
        return tuple(each for each in (cited(graph, one) for one in many) if each)
    if isinstance(held, bool):
        return (YES if held else NO,)
    if isinstance(many[0], Part):
        return tuple(
            value
            for part in many
            for name, inner in fields_of(part.__class__).items()
            if inner.is_content
            for value in _said(graph, part.told(name, graph.today), inner, is_brief)
        )
    return many


def facts(*found: Fact) -> tuple[Fact, ...]:
    """The facts that have something to show."""
    return tuple(each for each in found if each.values)


def section(
    id: str,
    title: str | Message,
    *body: object,
    place: Place | None = None,
    layout: Any = "",
    fold: Message | None = None,
) -> SectionView | None:
    """A section, or None when there is nothing to put in it."""
    kept = tuple(each for each in body if each is not None and each != ())
    return SectionView(id, title, kept, place, layout, fold) if kept else None


def sections(*found: SectionView | None) -> tuple[SectionView, ...]:
    """The sections that have a body."""
    return tuple(each for each in found if each is not None)


def page(
    graph: Graph,
    record: Record,
    *,
    title: str | Message = "",
    badges: tuple[object, ...] = (),
    lead: str | None = None,
    alerts: tuple[Alert, ...] = (),
    key: tuple[Fact | Progress, ...] = (),
    facts: tuple[Fact, ...] = (),
    sections: tuple[SectionView, ...] = (),
    listed: tuple[type[Record], ...] = (),
) -> PageView:
    """The page of *record*: what every kind has, and what this one adds."""
    return PageView(
        url=url_of(record),
        collection=record.collection,
        title=title or graph.title(record),
        kind=record.kind,
        id=record.id,
        place=graph.place(record),
        badges=badges,
        lead=text(graph, lead),
        alerts=alerts,
        key=key,
        facts=facts,
        sections=sections,
        listed=frozenset(model.collection for model in listed),
        is_example=record.example,
    )


def prose(graph: Graph, record: Record, field: str) -> SectionView | None:
    """The Markdown field *field* as a section under its own label, or None if it is empty."""
    source = getattr(record, field)
    return section(
        field.replace("_", "-"),
        Message(label_of(record.__class__, field)),
        text(graph, source),
        place=graph.place(record, field) if source else None,
    )


def left_out(title: str, why: Message, records: tuple[Record, ...]) -> SectionView | None:
    """The *records* that a table has no column for, so that nobody takes it for all of them."""
    about = {"things": Message(title), "count": counted(records)}
    said = Message(N_("{things}: {count}"), about)
    return section("others", said, why, *links(records)) if records else None


def link_list(id: str, title: str, records: Any) -> SectionView | None:
    """A section that lists *records*."""
    return section(id, Message(title), *links(records), layout="list")
