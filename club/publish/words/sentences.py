"""Typed changes in words: "statut : discutée → livrée", "Nantes passe de neutre à indispensable".

Labels come from the models, values are said as pages say them, and what a reader could not tell
apart (a date written otherwise, a reference to a former id) gives no sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, get_origin

from pydantic import BaseModel

from club.history.changes import (
    TEXT,
    Added,
    Change,
    FieldChanged,
    Published,
    Removed,
    Renamed,
    Shape,
    TextChanged,
    record_changes,
    shape_of,
)
from club.history.versions import is_page
from club.model.dates import PartialDate
from club.model.fields import Citation, Claim, Reference
from club.model.graph import Graph
from club.model.message import N_, P_, Choice, Message
from club.model.record import Record
from club.model.registry import Registry
from club.model.shape import types_of
from club.publish.words.language import Words
from club.records.request.model import Position
from club.review.consequences import Describe, changed_fields

SHOWN_FIELDS = 3
"""How many fields of an item are enough to tell which it is."""
FROM_TO = N_("{project} goes from {old} to {new}")
FROM_VOWEL_TO = P_("before a vowel", "{project} goes from {old} to {new}")
TRUE = {"yes", "oui", "true", "on", "y", "1"}
VOWELS = "aeiouyéèêh"
TitleOf = Callable[[str], str]
"""From an id to what a reader calls the record now, or to the id itself."""


class Teller:
    """Says changes in the words of one audience."""

    def __init__(self, words: Words, title_of: TitleOf, registry: Registry) -> None:
        """*title_of* knows the records that the audience may read, *registry* their kinds."""
        self._words = words
        self._registry = registry
        self._title_of = title_of

    def sentences(self, change: Change) -> Iterator[Message]:
        """What *change* did, for people."""
        if isinstance(change, FieldChanged):
            yield from self._field(change)
        elif isinstance(change, Renamed):
            yield _renamed(change)
        else:
            yield Message(_WHOLE[change.__class__, is_page(change.subject)])

    def _field(self, change: FieldChanged) -> Iterator[Message]:
        model = self._registry.model_of(change.subject)
        if model is None or change.keys in NOT_TOLD:
            return
        trail = list(_trail(model, change.keys))
        holder, name, item = trail[-1]
        if name not in holder.model_fields and not item:
            return  # a field that no longer exists has no words any more
        if issubclass(holder, Position) and name == "stance":
            yield from self._position(change.keys[-2], change.old, change.new)
        elif item and len(trail) == 1 and _is(shape_of(holder, name), Position):
            old, new = (each and each.get("stance") for each in (change.old, change.new))
            yield from self._position(item, old, new)
        else:
            label = self._label(trail)
            if item:
                yield from self._item(label, shape_of(holder, name), change.old, change.new)
            else:
                yield from self._value(label, holder, name, change.old, change.new)

    def _position(self, project: str, old: str | None, new: str | None) -> Iterator[Message]:
        stances = [self.said(Position, "stance", each) for each in (old, new)]
        about = {"project": self._title_of(project), "old": stances[0], "new": stances[1]}
        if old and new:
            is_vowel = self._words.say(stances[0])[:1].lower() in VOWELS
            yield Message(FROM_VOWEL_TO if is_vowel else FROM_TO, about)
        elif new:
            yield Message(N_("{project} takes a position: {new}"), about)
        else:
            yield Message(N_("{project} withdraws its position: {old}"), about)

    def _item(self, label: object, shape: Shape, old: Any, new: Any) -> Iterator[Message]:
        item = self._item_said(shape.part, new if new is not None else old)
        sentence = N_("{label}: {value} added") if old is None else N_("{label}: {value} removed")
        yield Message(sentence, {"label": label, "value": item})

    def _item_said(self, part: type[BaseModel] | None, item: Any) -> tuple[object, ...] | str:
        if part is None or not isinstance(item, Mapping):
            return str(item)
        told = (name for name in part.model_fields if name != "audience")
        said = [self.said(part, name, item[name]) for name in told if item.get(name) is not None]
        return tuple([each for each in said if each != TEXT][:SHOWN_FIELDS])

    def _value(
        self, label: object, holder: type[BaseModel], name: str, old: Any, new: Any
    ) -> Iterator[Message]:
        if TEXT in (old, new) and shape_of(holder, name).is_text:
            id = N_("{label}: rewritten") if old and new else None
            id = id or (N_("{label}: written") if new else N_("{label}: removed"))
            yield Message(id, {"label": label})
        elif isinstance(old, list) or isinstance(new, list):
            yield from self._several(label, holder, name, old or [], new or [])
        else:
            about = {
                "label": label,
                "old": self.said(holder, name, old),
                "new": self.said(holder, name, new),
            }
            if old is None:
                yield Message(N_("{label}: {new}"), about)
            elif new is None:
                yield Message(N_("{label}: {old} removed"), about)
            elif self._words.say(about["old"]) != self._words.say(about["new"]):
                yield Message(N_("{label}: {old} → {new}"), about)

    def _several(
        self, label: object, holder: type[BaseModel], name: str, old: list[Any], new: list[Any]
    ) -> Iterator[Message]:
        was = {self._words.say(each): each for each in self._all(holder, name, old)}
        now = {self._words.say(each): each for each in self._all(holder, name, new)}
        for sentence, some, others in (
            (N_("{label}: {value} added"), now, was),
            (N_("{label}: {value} removed"), was, now),
        ):
            values = tuple(value for said, value in some.items() if said not in others)
            if values:
                yield Message(sentence, {"label": label, "value": values})

    def _all(self, holder: type[BaseModel], name: str, values: list[Any]) -> Iterator[object]:
        return (self.said(holder, name, each) for each in values)

    def _label(self, trail: list[tuple[type[BaseModel], str, str]]) -> object:
        """The fields that lead there, with the items on the way: "agenda, Portails, état"."""
        said: list[object] = []
        for index, (holder, name, item) in enumerate(trail):
            is_last = index == len(trail) - 1
            if not (is_last and name == "value" and issubclass(holder, Claim)):
                said.append(label_of(holder, name))
            if item and not is_last:
                said.append(self._item_name(item))
        return said[0] if len(said) == 1 else ", ".join(map(self._words.say, said))

    def _item_name(self, item: str) -> str:
        return ", ".join(self._title_of(each) for each in item.split(" · "))

    def said(self, model: type[BaseModel], name: str, raw: Any) -> object:
        """A value as it was written, in a form that words can say."""
        if raw is None or name not in model.model_fields:
            return raw if raw is None else str(raw)
        if isinstance(raw, list):
            return tuple(self.said(model, name, each) for each in raw)
        if isinstance(raw, Mapping):
            return self._item_said(shape_of(model, name).part, raw)
        for type_ in types_of(model, name):
            found = self._typed(type_, raw)
            if found is not None:
                return found
        return str(raw)

    def _typed(self, type_: Any, raw: str) -> object | None:
        """*raw* read as *type_*, or None if it is not one."""
        origin = get_origin(type_) or type_
        if origin is Reference or origin is Citation:
            return self._title_of(raw)
        if not isinstance(origin, type):
            return None
        try:
            if issubclass(origin, Choice):
                return origin(raw)
            if issubclass(origin, PartialDate):
                return PartialDate.parse(raw)
            if issubclass(origin, Claim):
                return self.said(type_, "value", raw)
            if issubclass(origin, bool):
                return raw.strip().lower() in TRUE
            if issubclass(origin, int):
                return int("".join(raw.split()))
        except ValueError:
            return None
        return None


def _is(shape: Shape, part: type[BaseModel]) -> bool:
    return shape.part is not None and issubclass(shape.part, part)


NOT_TOLD = {("audience",), ("aliases",), ("example",)}
_WHOLE: dict[tuple[type, bool], str] = {
    (Added, False): N_("record created"),
    (Added, True): N_("page created"),
    (Removed, False): N_("record removed"),
    (Removed, True): N_("page removed"),
    (Published, False): N_("record made public"),
    (Published, True): N_("page made public"),
    (TextChanged, False): N_("long text rewritten"),
    (TextChanged, True): N_("page rewritten"),
}


def _renamed(change: Renamed) -> Message:
    old, new = change.old_subject, change.subject
    if not is_page(new):
        old, new = old.partition("/")[2], new.partition("/")[2]
    return Message(N_("renamed: {old} → {new}"), {"old": old, "new": new})


def label_of(model: type[BaseModel], name: str) -> object:
    """What a reader calls the field *name*."""
    field = model.model_fields.get(name)
    return Message(field.title or name) if field else name


def _trail(
    model: type[BaseModel], keys: tuple[str, ...]
) -> Iterator[tuple[type[BaseModel], str, str]]:
    """Each field that *keys* go through: the model that has it, its name, and the item in it."""
    rest = list(keys)
    while rest:
        name = rest.pop(0)
        shape = shape_of(model, name)
        item = rest.pop(0) if rest and shape.part and shape.many else ""
        yield model, name, item
        if shape.part:
            model = shape.part


def describer(words: Words) -> Describe:
    """Tells field by field how a record differs between two graphs.

    Where something was taken out for the audience, only the names of the fields are told: the
    mappings as written hold more than it may read.
    """

    def describe(old: Record, new: Record, before: Graph, after: Graph) -> tuple[Message, ...]:
        was, now = before.entry(old), after.entry(new)
        if was.is_cut or now.is_cut:
            return changed_fields(old, new, before, after)

        def title_of(id: str) -> str:
            found = after.find(id) or before.find(id)
            return found.title_text if found else id

        teller = Teller(words, title_of, after.registry)
        told = record_changes(new.__class__, new.key, was.raw.block, now.raw.block)
        sentences = tuple(each for change in told for each in teller.sentences(change))
        return sentences or changed_fields(old, new, before, after)

    return describe
