"""What a change does: records, pages, computed values and problems, before and after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from club.model.field import fields_of
from club.model.graph import Graph
from club.model.kind import Figure
from club.model.message import N_, Choice, Message
from club.model.problem import Problem
from club.model.record import Record
from club.review.audiences import AudienceChange, changed_audiences
from club.review.figures import FiguresChange, changed_figures


class ChangeType(Choice):
    """What becomes of a record or a page."""

    ADDED = "added", N_("appears"), "good"
    CHANGED = "changed", N_("changes"), "accent"
    REMOVED = "removed", N_("disappears"), "bad"
    UNREAD = "unread", N_("can no longer be read: mend the errors"), "bad"
    READ = "read", N_("can be read again"), "good"


class FileChangeType(Choice):
    """What becomes of a file beside the pages; those of members follow the links to them."""

    PUBLIC = "public", N_("becomes public"), "accent"
    NOT_PUBLIC = "not_public", N_("is no longer public"), "bad"
    ADDED = "added", N_("appears, for members alone"), "good"
    REMOVED = "removed", N_("disappears; it was for members alone"), "bad"


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as a reader gets it: its title and its HTML, or its Markdown."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Side:
    """The club before or after the change, and its pages by address.

    Of the *problems*, its reader may be told those that *is_told* lets through. The *figures*
    are None where errors hide what they are made of. *public* holds the keys of what everybody may
    read; None if its reader may not know of the rest. *is_unread* tells a record that is there
    with faults from one that is gone, and *is_unshown* the address of a page that errors keep from
    being made. *files* are those beside the pages that its reader may know of, and whether each
    is public; None if errors hide where they are linked from.
    """

    problems: tuple[Problem, ...]
    graph: Graph
    pages: Mapping[str, Shown]
    figures: Mapping[tuple[str, ...], Figure] | None
    public: frozenset[str] | None = None
    is_unread: Callable[[Record], bool] = lambda record: False
    is_unshown: Callable[[str], bool] = lambda url: False
    is_told: Callable[[Problem], bool] = lambda problem: True
    files: Mapping[str, bool] | None = None


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A record that appears, changes or disappears; *details* say how, in words."""

    type: ChangeType
    key: str
    title: str
    details: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class PageChange:
    """A page that appears, changes or disappears."""

    type: ChangeType
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file beside the pages that becomes public, or is no longer, or comes and goes."""

    type: FileChangeType
    path: str


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A number the club computes, before and after; None where it is not computed."""

    subject: str | Message
    label: str
    url: str
    old: int | None
    new: int | None


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that a change does; *untold* problems more are not for its reader to know.

    It *is_partial* if errors, before or after, hide some of it.
    """

    records: tuple[RecordChange, ...]
    pages: tuple[PageChange, ...]
    values: tuple[ValueChange, ...]
    added: tuple[Problem, ...]
    cured: tuple[Problem, ...]
    untold: int = 0
    files: tuple[FileChange, ...] = ()
    is_partial: bool = False
    audiences: tuple[AudienceChange, ...] = ()
    figures: tuple[FiguresChange, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing a reader could see has changed."""
        told = (
            self.audiences,
            self.records,
            self.pages,
            self.files,
            self.values,
            self.figures,
            self.added,
            self.cured,
        )
        return not (any(told) or self.untold)


Describe = Callable[[Record, Record, Graph, Graph], tuple[Message, ...]]
"""From a record before and after, and the graphs they are in, to what changed in words."""


def review(old: Side, new: Side, describe: Describe | None = None) -> Review:
    """What leads from *old* to *new*."""
    added = _less(new.problems, old.problems)
    told = tuple(filter(new.is_told, added))
    return Review(
        tuple(_records(old, new, describe or changed_fields)),
        tuple(_pages(old, new)),
        tuple(_values(old.figures, new.figures)),
        told,
        tuple(filter(old.is_told, _less(old.problems, new.problems))),
        len(added) - len(told),
        tuple(_files(old.files, new.files)),
        None in (old.figures, new.figures),
        tuple(_audiences(old, new)),
        tuple(changed_figures(old.graph, new.graph)),
    )


def changed_fields(old: Record, new: Record, before: Graph, after: Graph) -> tuple[Message, ...]:
    """The labels of the fields that differ."""
    labels = tuple(
        Message(field.label)
        for name, field in fields_of(new.__class__).items()
        if getattr(old, name, None) != getattr(new, name)
    )
    return (Message(N_("changed: {fields}"), {"fields": labels}),) if labels else ()


def _audiences(old: Side, new: Side) -> Iterator[AudienceChange]:
    """For whom what stays is from now on; those who may not know of the rest are told nothing."""
    if old.public is None or new.public is None:
        return
    for record in (*new.graph, *new.graph.pages):
        find = old.graph.names.page if record.is_page else old.graph.find
        was = next(filter(None, map(find, (record.id, *record.aliases))), None)
        if was and was.kind == record.kind:
            sides = (old.graph, new.graph, old.public, new.public)
            yield from changed_audiences(was, record, *sides)


def _records(old: Side, new: Side, describe: Describe) -> Iterator[RecordChange]:
    for kind in new.graph.registry.kinds:
        before = {each.id: each for each in old.graph.all(kind.model)}
        for record in new.graph.all(kind.model):
            # A record that was renamed answers to its former id.
            names = (record.id, *record.aliases)
            was = next((before.pop(name) for name in names if name in before), None)
            if was is None:
                type = _come(old, old.is_unread(record))
                yield RecordChange(type, record.key, new.graph.title(record))
            elif was != record:
                details = describe(was, record, old.graph, new.graph)
                yield RecordChange(ChangeType.CHANGED, record.key, new.graph.title(record), details)
        for record in before.values():
            type = ChangeType.UNREAD if new.is_unread(record) else ChangeType.REMOVED
            yield RecordChange(type, record.key, old.graph.title(record))


def _come(old: Side, was_there: bool) -> ChangeType:
    """How what *old* does not show comes; whose it was, where it could not be read, is unsure."""
    is_again = was_there and old.public is not None
    return ChangeType.READ if is_again else ChangeType.ADDED


def _pages(old: Side, new: Side) -> Iterator[PageChange]:
    for url, page in new.pages.items():
        if url not in old.pages:
            yield PageChange(_come(old, old.is_unshown(url)), url, page.title)
        elif old.pages[url] != page:
            yield PageChange(ChangeType.CHANGED, url, page.title)
    for url in sorted(old.pages.keys() - new.pages.keys()):
        type = ChangeType.UNREAD if new.is_unshown(url) else ChangeType.REMOVED
        yield PageChange(type, url, old.pages[url].title)


def _files(old: Mapping[str, bool] | None, new: Mapping[str, bool] | None) -> Iterator[FileChange]:
    """What changes of files; nothing is known of a side that errors keep from being published."""
    if old is None or new is None:
        return
    for path in sorted(old.keys() | new.keys()):
        was, now = old.get(path), new.get(path)
        if bool(was) != bool(now):
            yield FileChange(FileChangeType.PUBLIC if now else FileChangeType.NOT_PUBLIC, path)
        elif was is None or now is None:
            yield FileChange(FileChangeType.ADDED if was is None else FileChangeType.REMOVED, path)


def _less(problems: tuple[Problem, ...], others: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """*problems* less as many of each as there are in *others*."""
    known = Counter(each.identity for each in others)
    found = []
    for each in problems:
        if known[each.identity]:
            known[each.identity] -= 1
        else:
            found.append(each)
    return tuple(found)


def _values(
    before: Mapping[tuple[str, ...], Figure] | None, after: Mapping[tuple[str, ...], Figure] | None
) -> Iterator[ValueChange]:
    if before is None or after is None:
        return
    for key in [*before, *(key for key in after if key not in before)]:
        was, now = before.get(key), after.get(key)
        if was and now and was.number == now.number:
            continue
        shown = now or was
        assert shown
        if was is None and not shown.number:
            continue  # a new request that nobody supports yet is no news
        yield ValueChange(
            shown.subject,
            shown.label,
            shown.url,
            was.number if was else None,
            now.number if now else None,
        )


def figures_of(graph: Graph) -> Iterator[tuple[tuple[str, ...], Figure]]:
    """Every number that the site works out from several records."""
    for kind in graph.registry.kinds:
        count = len(graph.all(kind.model))
        yield (
            ("count", kind.name),
            Figure(Message(kind.plural), N_("records"), f"{kind.collection}/", count),
        )
    for kind in graph.registry.kinds:
        for key, figure in kind.figures(graph):
            yield (kind.name, *key), figure
