"""The consequences of a change: both sides rendered, then told as text, Markdown or JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from club.insight.usage import plain
from club.insight.usage_told import MASKED
from club.model.folder import ClubFolder
from club.model.graph import TEXT, Graph
from club.model.message import N_, Message
from club.model.names import page_address, page_of
from club.model.problem import Problem
from club.model.record import Audience, Examples, Record
from club.model.view import PageView, Unknown
from club.publish.html.render import Renderer
from club.publish.pages.checks import check_pages, check_texts
from club.publish.pages.site import Site
from club.publish.pages.withheld import files_beside
from club.publish.reports import problems as report
from club.publish.reports.untold import Told
from club.publish.words.language import Words
from club.publish.words.visible import visible
from club.read.load import Club, load
from club.review.audiences import AudienceChange
from club.review.consequences import (
    ChangeType,
    FileChange,
    PageChange,
    RecordChange,
    Review,
    Shown,
    Side,
    ValueChange,
    figures_of,
)
from club.review.figures import FiguresChange
from club.review.preview import MAX_FILE

FEW = 10
"""How many figures that change are told one by one."""
MOST = 40
"""How many pages are named: a change to a project moves the pages of a whole club."""
MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|!~@])")
WHERE = re.compile(r'<details class="club-foot__source">.*?</details>', re.DOTALL)
"""Where a record is written: it moves with every line above it."""
TITLE = N_("What this proposal changes")
UNTOLD = N_("{count} about what is for members: “club check” says which")
PARTIAL = N_("Errors keep some records from being read: what follows from them is not told.")
ARROW = " → "


def side(
    folder: ClubFolder,
    words: Words,
    audience: Audience = Audience.MEMBERS,
    examples: Examples = Examples.SHOWN,
) -> Side:
    """The club in *folder* and all its pages, as *audience* reads them.

    Of made-up records that the site hides (*examples*), only what is wrong is told.
    """
    club = check_texts(check_pages(load(folder), examples))
    graph = club.restricted(audience, examples)
    sound = club.sound(graph)
    pages = _written(sound)
    site = Site(sound, Renderer(folder.registry, words.language))
    subjects: list[Record | PageView] = [*site.records(), *site.other_pages()]
    for page in map(site.page, subjects):
        pages[page.url] = Shown(page.title, WHERE.sub("", page.html))
    for kind in sound.registry.kinds:
        url = f"{kind.collection}/"
        above = pages[url].text if url in pages else ""
        html = site.index_html(kind.collection)[0]
        pages[url] = Shown(site.index_title(kind.collection), above + html)
    if "" in pages:
        pages[""] = Shown(pages[""].title, pages[""].text + site.home_html())
    told = Told(club, club.restricted(audience), words)
    return Side(
        tuple(map(told.without_hints, club.problems)),
        graph,
        pages,
        dict(figures_of(sound)) if club.is_whole and len(sound) == len(graph) else None,
        _public(club) if audience is Audience.MEMBERS else None,
        club.is_unread,
        _is_unshown(club, graph, sound),
        told,
        _files(club, audience),
    )


def _public(club: Club) -> frozenset[str]:
    """The keys of the records and pages that everybody may read."""
    return frozenset(node.record.key for node in club.restricted(Audience.PUBLIC).nodes)


def _is_unshown(club: Club, graph: Graph, sound: Graph) -> Callable[[str], bool]:
    """Whether errors keep the page at an address from being made.

    A page that is neither one record's nor a file's is made of several: it is not known to be gone
    while some of them are missing.
    """
    is_whole = club.is_whole and len(sound) == len(graph)

    def is_unshown(url: str) -> bool:
        name = url.rstrip("/")
        collection, _, id = name.rpartition("/")
        kind = club.folder.registry.by_collection.get(collection)
        known = club.graph.names.page(name or "index") or (kind and club.graph.find(id))
        if known:
            return graph.names.file(page_of(known)) is not None
        if kind:
            return club.written.may_hold(id, (kind.name,))
        return name in club.written.ids or not is_whole

    return is_unshown


def _files(club: Club, audience: Audience) -> dict[str, bool] | None:
    """The files beside the pages that *audience* may know of, and whether each is public.

    A commit is read without those that are too large, so they are not told of.
    """
    docs = club.folder.root / club.folder.docs
    found = files_beside(club)
    if found is None:
        return None
    return {
        path: is_public
        for path, is_public in found.items()
        if (is_public or audience is Audience.MEMBERS) and (docs / path).lstat().st_size <= MAX_FILE
    }


def _written(graph: Graph) -> dict[str, Shown]:
    """The pages of the wiki, less the long texts that records' pages already show."""
    return {
        f"{url}/" if url else "": Shown(page.title_text, getattr(page, TEXT))
        for page in graph.pages
        if (url := page_address(page.id)) is not None
    }


def as_text(review: Review, words: Words) -> str:
    """The consequences, a line each."""
    lines: list[str] = []
    for title, items in _sections(review, words):
        lines += ["", title, *(f"  {line}" for item in items for line in item.split("\n"))]
    return "\n".join([_summary(review, words), *lines]) + "\n"


def as_markdown(review: Review, words: Words) -> str:
    """The consequences, for a comment or a summary; nothing a contributor wrote is marked up."""
    lines = [f"## {words.say(Message(TITLE))}", ""]
    lines.append(_escaped(_summary(review, words)))
    for title, items in _sections(review, words):
        lines += ["", f"### {title}", ""]
        lines += [f"- {_escaped(item)}".replace("\n", "\n  ") for item in items]
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return MARKDOWN.sub(r"\\\1", text)


def as_json(review: Review, words: Words) -> str:
    """Everything, for other programs."""
    problems = {
        name: json.loads(report.as_json(held, words))
        for name, held in (("added", review.added), ("cured", review.cured))
    }
    whole: dict[str, Any] = {
        "version": 1,
        "audiences": [
            {
                "change": str(each.type),
                "subject": each.key,
                "title": each.title,
                "part": [*map(words.translate, each.labels), *map(words.say, each.item)],
            }
            for each in review.audiences
        ],
        "records": [
            {
                "change": str(each.type),
                "record": each.key,
                "title": each.title,
                "details": [words.say(detail) for detail in each.details],
            }
            for each in review.records
        ],
        "pages": [
            {"change": str(each.type), "url": each.url, "title": each.title}
            for each in review.pages
        ],
        "files": [{"change": str(each.type), "path": each.path} for each in review.files],
        "values": [
            {
                "subject": words.say(each.subject),
                "label": words.translate(each.label),
                "url": each.url,
                "old": each.old,
                "new": each.new,
            }
            for each in review.values
        ],
        "figures": [
            {
                "indicator": each.indicator,
                "project": each.project,
                "added": each.added,
                "removed": each.removed,
                "changed": [
                    {
                        "period": cell.period,
                        "part": cell.part,
                        "old": _json_number(cell.old),
                        "new": _json_number(cell.new),
                    }
                    for cell in each.changed
                ],
            }
            for each in review.figures
        ],
        "problems": problems,
        "untold": review.untold,
        "partial": review.is_partial,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _summary(review: Review, words: Words) -> str:
    if review.is_empty and not review.is_partial:
        return words.say(Message(N_("Nothing that a reader would see.")))
    counts = {
        "records": len(review.records),
        "pages": len(review.pages),
        "added": len(review.added) + review.untold,
        "cured": len(review.cured),
    }
    said = N_("Records: {records}; pages: {pages}; problems: {added} added, {cured} cured.")
    partial = f" {words.say(Message(PARTIAL))}" if review.is_partial else ""
    return words.say(Message(said, counts)) + partial


def _sections(review: Review, words: Words) -> Iterator[tuple[str, list[str]]]:
    """The titles and the lines of what is not empty."""
    about = Message(UNTOLD, {"count": review.untold})
    untold = [words.say(about)] if review.untold else []
    everything: Sequence[tuple[str, list[str]]] = (
        (N_("Who may read it"), [_audience(each, words) for each in review.audiences]),
        (N_("Problems added"), [*(_problem(each, words) for each in review.added), *untold]),
        (N_("Problems cured"), [_problem(each, words) for each in review.cured]),
        (N_("Files"), [_file(each, words) for each in review.files]),
        (N_("Records"), [_record(each, words) for each in review.records]),
        (N_("Values that move"), [_value(each, words) for each in review.values]),
        (N_("Figures of usage"), [_figures(each, words) for each in review.figures]),
        (N_("Pages"), _pages(review.pages, words)),
    )
    for title, items in everything:
        if items:
            yield words.say(Message(title)), items


def _problem(problem: Problem, words: Words) -> str:
    return report.text(problem, words).replace("\n    ", "\n  ")


def _record(change: RecordChange, words: Words) -> str:
    about = {"title": change.title, "key": change.key, "change": change.type}
    lines = [words.say(Message(N_("{title} ({key}) {change}"), about))]
    return "\n".join([*lines, *(f"  {words.say(each)}" for each in change.details)])


def _audience(change: AudienceChange, words: Words) -> str:
    about = {"title": change.title, "key": change.key, "change": change.type}
    if not change.labels:
        return words.say(Message(N_("{title} ({key}) {change}"), about))
    parts = [*map(words.translate, change.labels), *map(words.say, change.item)]
    about["part"] = ", ".join(parts)
    return words.say(Message(N_("{title} ({key}), {part}: {change}"), about))


def _file(change: FileChange, words: Words) -> str:
    about = {"path": visible(change.path), "change": change.type}
    return words.say(Message(N_("{path} {change}"), about))


def _value(change: ValueChange, words: Words) -> str:
    old, new = (
        words.translate(N_("none")) if each is None else words.number(each)
        for each in (change.old, change.new)
    )
    about = {
        "subject": change.subject,
        "label": Message(change.label),
        "values": f"{old}{ARROW}{new}",
    }
    return words.say(Message(N_("{subject} – {label}: {values}"), about))


def _figures(change: FiguresChange, words: Words) -> str:
    """How many figures come, go and change, then the first of those that change."""
    about = {
        "indicator": change.indicator,
        "project": change.project,
        "added": change.added,
        "removed": change.removed,
        "changed": len(change.changed),
    }
    said = N_("{indicator}, {project}: {added} added, {changed} changed, {removed} removed")
    lines = [words.say(Message(said, about))]
    for cell in change.changed[:FEW]:
        part = f" {cell.part}" if cell.part else ""
        old = _cell(cell.old, words, is_masked=cell.was_masked)
        new = _cell(cell.new, words, is_masked=cell.is_masked)
        lines.append(f"  {cell.period}{part}: {old}{ARROW}{new}")
    if len(change.changed) > FEW:
        more = len(change.changed) - FEW
        lines.append(f"  {words.say(Message(N_('and {count} more'), {'count': more}))}")
    return "\n".join(lines)


def _cell(value: Decimal | None, words: Words, *, is_masked: bool) -> str:
    told: object = Message(MASKED) if is_masked else Unknown() if value is None else plain(value)
    return words.say(told)


def _json_number(value: Decimal | None) -> int | float | None:
    told = None if value is None else plain(value)
    return float(told) if isinstance(told, Decimal) else told


def _pages(changes: Sequence[PageChange], words: Words) -> list[str]:
    order = list(ChangeType)
    ranked = sorted(changes, key=lambda each: (order.index(each.type), each.url))
    lines = [
        words.say(
            Message(
                N_("{title} (/{url}) {change}"),
                {"title": each.title, "url": each.url, "change": each.type},
            )
        )
        for each in ranked[:MOST]
    ]
    if len(ranked) > MOST:
        lines.append(words.say(Message(N_("and {count} more"), {"count": len(ranked) - MOST})))
    return lines


FORMATS: dict[str, Callable[[Review, Words], str]] = {
    "text": as_text,
    "markdown": as_markdown,
    "json": as_json,
}
