"""What a reader may not know of leaves the graph before anything is rendered.

What is for members alone and, where a site hides them, the records that are made up.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel

from club.model.field import Field, fields_of
from club.model.fields import Citation, Reference
from club.model.graph import TEXT, Node
from club.model.markup import TEXT_LINK
from club.model.names import PAGE_SUFFIX, Names, page_of
from club.model.pointers import walked
from club.model.record import Audience, Part, Reader, Record
from club.model.targets import paths, without_targets

M = TypeVar("M", bound=BaseModel)
HIDDEN_WORDS = "[…]"
"""What stands for a link whose target the reader may not know."""


def restrict(nodes: Iterable[Node], reader: Reader) -> list[Node]:
    """The *nodes* that *reader* may read, without the fields and parts it may not.

    A record that cannot stand without a hidden one (an offer on a hidden service) goes too, until
    nothing left mentions what was taken away.
    """
    kept = list(nodes)
    if reader.reads_everything:
        return kept
    hidden = Hidden(Names(node.record for node in kept))
    read = []
    for node in kept:
        record = node.record if reader.may_read(node.record) else None
        record = _public(record) if record and reader.is_public else record
        if record is None:
            hidden.add(node.record)
        else:
            read.append(_node(record, node))
    kept = _standing(read, hidden) if hidden.ids else read
    return [_without_mentions(node, hidden) for node in kept] if hidden.ids else kept


def with_examples(nodes: Iterable[Node]) -> list[Node]:
    """*nodes*, where what cannot stand without a made-up record is made up too.

    An offer of a made-up project, so that what a site labels is what it would hide.
    """
    kept = list(nodes)
    names = Names(node.record for node in kept)
    made_up = MadeUp(names, {node.record.key for node in kept if node.record.example})
    while True:
        leaning = [
            node.record.key
            for node in kept
            if node.record.key not in made_up.gone
            and made_up.gone
            and _pruned(node.record, made_up, "") is None
        ]
        if not leaning:
            return [_marked(node) if node.record.key in made_up.gone else node for node in kept]
        made_up.gone.update(leaning)


def _marked(node: Node) -> Node:
    if node.record.example:
        return node
    return replace(node, record=node.record.model_copy(update={"example": True}))


def without_dangling(nodes: Iterable[Node], left_out: Container[str] = ()) -> list[Node]:
    """The *nodes* less the references that lead to none of them, or to one of another kind.

    What cannot stand without them goes too, and so do those whose keys are *left_out*.
    """
    kept = [node for node in nodes if node.record.key not in left_out]
    return _standing(kept, Dangling(Names(node.record for node in kept)))


def _standing(nodes: list[Node], lost: Lost) -> list[Node]:
    """*nodes* without mentions of what is *lost*, less those that cannot stand without it."""
    while True:
        pruned = [(node, _pruned(node.record, lost, page_of(node.record))) for node in nodes]
        gone = [node.record for node, record in pruned if record is None]
        if isinstance(lost, Hidden):  # what is not there, or made up, is nobody's secret
            pruned = [(node, each and _without_sums(each, node.record)) for node, each in pruned]
        nodes = [_node(record, node) for node, record in pruned if record is not None]
        if not gone:
            return nodes
        for record in gone:
            lost.add(record)


class Lost(Protocol):
    """What may no longer be mentioned."""

    def add(self, record: Record) -> None:
        """Loses *record* too."""

    def is_lost(self, id: str, kinds: tuple[str, ...]) -> bool:
        """Whether a reference to *id*, which should be of one of *kinds*, leads to it."""

    def without_mentions(self, text: str, src_uri: str) -> str:
        """*text*, of the page *src_uri*, without links to it."""


@dataclass(slots=True)
class Dangling:
    """What is not there: every id but those of *names*."""

    names: Names
    gone: set[str] = dataclasses.field(default_factory=set)

    def add(self, record: Record) -> None:
        """Takes *record* away."""
        self.gone.add(record.key)

    def is_lost(self, id: str, kinds: tuple[str, ...]) -> bool:
        """Whether no record of *kinds* is called *id*."""
        found = self.names.record(id)
        return found is None or found.key in self.gone or bool(kinds and found.kind not in kinds)

    def without_mentions(self, text: str, src_uri: str) -> str:
        """*text* as it is: a link that leads nowhere only shows its words."""
        return text


@dataclass(slots=True)
class MadeUp(Dangling):
    """What is made up; an id that leads nowhere is another matter."""

    def is_lost(self, id: str, kinds: tuple[str, ...]) -> bool:
        """Whether *id* is that of one of those."""
        found = self.names.record(id)
        return found is not None and found.key in self.gone


@dataclass(slots=True)
class Hidden:
    """What the reader may not know of: ids and aliases, and every other name that leads there."""

    names: Names
    ids: set[str] = dataclasses.field(default_factory=set)

    def add(self, record: Record) -> None:
        """Hides *record* under each of its ids."""
        self.ids.update((record.id, *record.aliases))

    def is_lost(self, id: str, kinds: tuple[str, ...]) -> bool:
        """Whether *id* is one of those, of whatever kind."""
        return id in self.ids

    def without_mentions(self, text: str, src_uri: str) -> str:
        """*text*, of the page *src_uri*, without links to them."""
        text = without_links(text, self.is_named) if "[[" in text else text
        return without_targets(text, partial(self.is_target, src_uri))

    def is_named(self, name: str) -> bool:
        """Whether the link `[[name]]` would lead to something hidden."""
        return name in self.ids or any(each.id in self.ids for each in self.names.named(name))

    def is_target(self, src_uri: str, address: str) -> bool:
        """Whether *address*, as the page *src_uri* writes it, leads to something hidden.

        An address that leads nowhere known is hidden if it is made of the id of what is.
        """
        is_known = False
        every = list(paths(src_uri, address))
        for path in every:
            if found := self.names.file(path) or self.names.page(path):
                is_known = True
                if found.id in self.ids:
                    return True
        parts = {part for path in every for part in path.split("/")}
        names = parts | {f"{part}{PAGE_SUFFIX}" for part in parts}
        names |= {part.removesuffix(PAGE_SUFFIX) for part in parts}
        return not is_known and not names.isdisjoint(self.ids)


def _without_mentions(node: Node, hidden: Hidden) -> Node:
    """*node* without the links of its long text, or of its page, to what is hidden."""
    if node.body:
        markdown = without_links(node.body.markdown, hidden.is_named)
        is_target = partial(hidden.is_target, page_of(node.record))
        markdown = without_targets(markdown, is_target)
        is_same = markdown == node.body.markdown
        return node if is_same else replace(node, body=replace(node.body, markdown=markdown))
    if node.record.is_page:
        is_target = partial(hidden.is_target, page_of(node.record))
        text = without_targets(getattr(node.record, TEXT), is_target)
        return replace(node, record=node.record.model_copy(update={TEXT: text}))
    return node


def _node(record: Record, before: Node) -> Node:
    return replace(before, record=record, is_cut=before.is_cut or record is not before.record)


def _public(record: Record) -> Record | None:
    fields, whole = fields_of(record.__class__), record
    changes: dict[str, Any] = {name: fields[name].default for name in record.hidden_fields}
    if changes:
        told = tuple(each for each in record.deduced if each.field not in changes)
        record = record.model_copy(update={**changes, "audience": {}, "deduced": told})
    shown = _without_hidden_parts(record)
    shown = shown and _untied(shown, whole)
    shown = shown and _without_sums(shown, whole)
    return shown and _as_deduced(shown, record)


def _without_sums(shown: Record, whole: Record) -> Record:
    """*shown* without the sums over parts that only *whole* has, or has more of."""
    fields = fields_of(shown.__class__)
    gone = {
        name: fields[name].default
        for name, parts in shown.sums.items()
        if getattr(shown, parts) != getattr(whole, parts)
    }
    return shown.model_copy(update=gone) if gone else shown


def _untied(shown: Record, whole: Record) -> Record | None:
    """*shown* where no part names one that only *whole* has: its name would tell of it."""
    for tie, target in shown.ties.items():
        (field, name), (others, known_by) = tie.split("."), target.split(".")
        there, every = (
            {getattr(part, known_by) for part in getattr(each, others)} for each in (shown, whole)
        )
        lost, held = every - there, getattr(shown, field)
        parts = tuple(filter(None, (_without(part, name, lost) for part in held))) if lost else held
        if parts == held:
            continue
        if fields_of(shown.__class__)[field].is_required and not parts:
            return None
        shown = shown.model_copy(update={field: parts})
    return shown


def _without(part: M, name: str, lost: Container[str]) -> M | None:
    """*part* whose field *name* names none of those *lost*, or None if it cannot do without."""
    said = getattr(part, name)
    if isinstance(said, tuple):
        kept = tuple(each for each in said if each not in lost)
        return part if kept == said else part.model_copy(update={name: kept})
    if said not in lost:
        return part
    field = fields_of(part.__class__)[name]
    return None if field.is_required else part.model_copy(update={name: field.default})


def _as_deduced(shown: Record, whole: Record) -> Record:
    """*shown* without what fields were deduced from that are not all there, as in *whole*."""
    if not shown.deduced:
        return shown
    fields = {each.field for each in shown.deduced}
    cut = {each for each in fields if getattr(shown, each, None) is not getattr(whole, each, None)}
    kept = tuple(each for each in shown.deduced if each.field not in cut)
    return shown.model_copy(update={"deduced": kept}) if cut else shown


def _without_hidden_parts(value: M) -> M | None:
    """*value* without its parts for members, or None if it cannot stand without them."""
    changes: dict[str, Any] = {}
    for field in walked(value.__class__):
        held = getattr(value, field.name)
        if not field.part or held is None:
            continue
        shown: Any
        if isinstance(held, tuple):
            parts = [
                None if _is_hidden_part(part) else _without_hidden_parts(part) for part in held
            ]
            shown = tuple(part for part in parts if part is not None)
            changed = len(shown) < len(held) or any(
                a is not b for a, b in zip(shown, held, strict=True)
            )
        else:
            shown = None if _is_hidden_part(held) else _without_hidden_parts(held)
            changed = shown is not held
        if changed and field.is_required and not shown:
            return None
        if changed:
            changes[field.name] = field.default if shown is None else shown
    return value.model_copy(update=changes) if changes else value


def _is_hidden_part(part: object) -> bool:
    return isinstance(part, Part) and part.audience is Audience.MEMBERS


def _pruned(value: M, lost: Lost, src_uri: str) -> M | None:
    """*value*, of the record whose page is *src_uri*, without mentions of what is *lost*."""
    changes: dict[str, Any] = {}
    for field in walked(value.__class__):
        held = getattr(value, field.name)
        if held is None or held == ():
            continue
        shown = _shown(held, field, lost, src_uri)
        if shown is held:
            continue
        if field.is_required and (shown is None or shown == ()):
            return None
        changes[field.name] = shown
    return value.model_copy(update=changes) if changes else value


def _shown(held: Any, field: Field, lost: Lost, src_uri: str) -> Any:
    if isinstance(held, tuple):
        shown = tuple(_shown(each, field, lost, src_uri) for each in held)
        if all(a is b for a, b in zip(shown, held, strict=True)):
            return held
        return tuple(each for each in shown if each is not None)
    if isinstance(held, Reference):
        return None if lost.is_lost(held.id, field.kinds) else held
    if isinstance(held, Citation):
        return None if not held.is_url and lost.is_lost(held.target, field.kinds) else held
    if isinstance(held, BaseModel):
        return _pruned(held, lost, src_uri)
    if field.is_text:
        return lost.without_mentions(held, src_uri)
    return held


def without_links(text: str, is_hidden: Callable[[str], bool]) -> str:
    """*text* where links to what is hidden keep only the words their author gave."""
    found = TEXT_LINK.sub(
        lambda match: (match[3] or HIDDEN_WORDS) if is_hidden(match[1].strip()) else match[0], text
    )
    return text if found == text else found
