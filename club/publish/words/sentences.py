"""Typed changes in words: "statut : discutée → livrée", "Nantes passe de neutre à indispensable".

Labels come from the models, values are said as pages say them, and what a reader could not tell
apart (a date written otherwise, a reference to a former id) gives no sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from club.history.changes import (
    TEXT,
    Added,
    Change,
    FieldChanged,
    Published,
    Removed,
    Renamed,
    TextChanged,
)
from club.history.versions import is_page
from club.model.alignment import SEPARATOR, identity_of
from club.model.dates import PartialDate
from club.model.field import Field, field_of, fields_of
from club.model.fields import Claim
from club.model.message import N_, P_, Message
from club.model.record import Deduction, Part
from club.model.registry import Registry
from club.publish.words.items import TitlesIn, readable
from club.publish.words.language import Words
from club.publish.words.trail import trail_of
from club.records.request.model import Position

SHOWN_FIELDS = 3
"""How many fields of an item are enough to tell which it is."""
ADDED, REMOVED = N_("{label}: {value} added"), N_("{label}: {value} removed")
FROM_TO = N_("{project} goes from {old} to {new}")
FROM_VOWEL_TO = P_("before a vowel", "{project} goes from {old} to {new}")
CAME, WENT = N_("{label}: {new}"), N_("{label}: {old} removed")
CHANGED = N_("{label}: changed")
STATED = frozenset({"value", "qualifier", "as_of"})
"""What a claim says, less how it is known."""
TRUE = {"yes", "oui", "true", "on", "y", "1"}
VOWELS = "aeiouyéèêh"
TitleOf = Callable[[str], str]
"""From an id to what a reader calls the record now, or to the id itself."""


class Teller:
    """Says changes in the words of one audience."""

    def __init__(
        self,
        words: Words,
        title_of: TitleOf,
        registry: Registry,
        titles_in: TitlesIn = lambda subject: {},
    ) -> None:
        """*title_of* knows the records that the audience may read, *registry* their kinds.

        *titles_in* knows the items of those records.
        """
        self._words = words
        self._registry = registry
        self._title_of = title_of
        self._titles_in = titles_in
        self._titles: Mapping[str, str] = {}
        """Those of the items of the record that a change is about."""

    def sentences(self, change: Change) -> Iterator[Message]:
        """What *change* did, for people."""
        if isinstance(change, FieldChanged):
            yield from self._field(change)
        elif not isinstance(change, Renamed):  # another id or address tells a reader nothing
            yield Message(_WHOLE[change.__class__, is_page(change.subject)])

    def _field(self, change: FieldChanged) -> Iterator[Message]:
        model = self._registry.model_of(change.subject)
        if model is None or (len(change.keys) == 1 and not _is_told(model, change.keys[0])):
            return
        self._titles = self._titles_in(change.subject)
        trail = list(trail_of(model, change.keys))
        holder, name, item = trail[-1]
        field = field_of(holder, name)
        if name not in fields_of(holder) and not item:
            return  # a field that no longer exists has no words any more
        if issubclass(holder, Position) and name == "stance":
            yield from self._position(change.keys[-2], change.old, change.new)
        elif item and len(trail) == 1 and _is(field, Position):
            old, new = (each and each.get("stance") for each in (change.old, change.new))
            rank = change.new.get("rank") if change.new else None
            yield from self._position(item, old, new, rank)
        elif (label := self._label(trail)) is None:
            yield Message(CHANGED, {"label": label_or_name(model, change.keys[0])})
        elif item and field.part is Deduction:
            # It goes by the name of a field, which its readers know by a label.
            said = {"label": label, "value": label_or_name(model, item)}
            yield Message(ADDED if change.old is None else REMOVED, said)
        elif item:
            yield from self._item(label, field.part, change.old, change.new)
        else:
            yield from self._value(label, field, change.old, change.new)

    def _position(
        self, project: str, old: str | None, new: str | None, rank: object = None
    ) -> Iterator[Message]:
        stances = [self.said(fields_of(Position)["stance"], each) for each in (old, new)]
        about = {"project": self._title_of(project), "old": stances[0], "new": stances[1]}
        if old and new:
            is_vowel = self._words.say(stances[0])[:1].lower() in VOWELS
            yield Message(FROM_VOWEL_TO if is_vowel else FROM_TO, about)
        elif new and rank is not None:
            said = N_("{project} takes a position: {new}, rank {rank}")
            yield Message(said, {**about, "rank": str(rank)})
        elif new:
            yield Message(N_("{project} takes a position: {new}"), about)
        else:
            yield Message(N_("{project} withdraws its position: {old}"), about)

    def _item(
        self, label: object, part: type[Part] | None, old: Any, new: Any
    ) -> Iterator[Message]:
        raw = new if new is not None else old
        if part is not None and issubclass(part, Claim) and isinstance(raw, Mapping):
            said = self._claim_said(part, raw)
            yield Message(CAME if old is None else WENT, {"label": label, "new": said, "old": said})
        else:
            item = self._item_said(part, raw)
            yield Message(ADDED if old is None else REMOVED, {"label": label, "value": item})

    def several(self, changes: Sequence[FieldChanged]) -> Message:
        """Several items that came to one list, or went from it, each by its first words."""
        first = changes[0]
        model = self._registry.model_of(first.subject)
        assert model is not None
        self._titles = self._titles_in(first.subject)
        field = field_of(model, first.keys[0])
        items = [each.old if first.new is None else each.new for each in changes]
        said = [self._item_said(field.part, each) for each in items]
        names = dict.fromkeys(
            self._words.say(each if isinstance(each, str) else each[0]) for each in said if each
        )
        about = {"label": label_or_name(model, field.name), "value": tuple(names)}
        return Message(REMOVED if first.new is None else ADDED, about)

    def _claim_said(self, part: type[Part] | None, claim: Mapping[str, Any]) -> str:
        """A claim without its evidence: "614 (septembre 2018)"."""
        said = [
            self._words.say(self.said(field, claim[name]))
            for name, field in fields_of(part or Claim).items()
            if name in STATED and claim.get(name) is not None
        ]
        return f"{said[0]} ({', '.join(said[1:])})" if len(said) > 1 else "".join(said)

    def _item_said(self, part: type[Part] | None, item: Any) -> tuple[object, ...] | str:
        if part is None or not isinstance(item, Mapping):
            return str(item)
        said = [
            self.said(field, item[name])
            for name, field in fields_of(part).items()
            # What is called by a short name of its own in a file is known by its title on a page.
            if field.is_content and name != "id" and item.get(name) is not None
        ]
        # What has a title of its own is often of a record of the same name.
        apart = {self._words.say(each): each for each in said if each != TEXT}
        values = tuple([*apart.values()][:SHOWN_FIELDS])
        if not values and item.get("id"):
            return str(item["id"])  # a version is all that its number says
        if len(values) < 2:
            return values
        first, *rest = map(self._words.say, values)
        return f"{first} ({', '.join(rest)})"

    def _value(self, label: object, field: Field, old: Any, new: Any) -> Iterator[Message]:
        if TEXT in (old, new) and field.is_text:
            id = N_("{label}: rewritten") if old and new else None
            id = id or (N_("{label}: written") if new else N_("{label}: removed"))
            yield Message(id, {"label": label})
        elif isinstance(old, list) or isinstance(new, list):
            yield from self._several(label, field, old or [], new or [])
        else:
            about = {
                "label": label,
                "old": self.said(field, old),
                "new": self.said(field, new),
            }
            if old is None:
                yield Message(CAME, about)
            elif new is None:
                yield Message(WENT, about)
            elif self._words.say(about["old"]) != self._words.say(about["new"]):
                yield Message(N_("{label}: {old} → {new}"), about)

    def _several(
        self, label: object, field: Field, old: list[Any], new: list[Any]
    ) -> Iterator[Message]:
        was, now = (
            {self._words.say(said): said for said in (self.said(field, each) for each in values)}
            for values in (old, new)
        )
        for sentence, some, others in (
            (ADDED, now, was),
            (REMOVED, was, now),
        ):
            values = tuple(value for said, value in some.items() if said not in others)
            if values:
                yield Message(sentence, {"label": label, "value": values})

    def _label(self, trail: list[tuple[type[BaseModel], str, str]]) -> object | None:
        """The fields that lead there, with the items on the way: "agenda, Portails, état".

        None where an item on the way has no name for a reader.
        """
        said: list[object] = []
        for index, (holder, name, item) in enumerate(trail):
            is_last = index == len(trail) - 1
            if not (is_last and name == "value" and issubclass(holder, Claim)):
                said.append(label_or_name(holder, name))
            part = field_of(holder, name).part
            if item and not is_last and part is Deduction:
                said.append(label_or_name(holder, item))
            elif item and not is_last and part is not None and not issubclass(part, Claim):
                names = self._item_name(part, item)
                if not names:
                    return None
                said.append(names)
        return said[0] if len(said) == 1 else ", ".join(map(self._words.say, said))

    def _item_name(self, part: type[Part], item: str) -> str:
        """What tells the item apart, as words: a choice by its label, a record by its title."""
        choices = [fields_of(part)[name].choice for name in identity_of(part)]
        words = {str(one.value): self._words.say(one) for each in choices if each for one in each}
        found = [words.get(each) or self._known(each) for each in item.split(SEPARATOR)]
        return ", ".join(map(self._words.say, found)) if None not in found else ""

    def _known(self, id: str) -> object | None:
        """What a reader calls the record or the item *id*, or a word that is no id."""
        title = self._titles.get(id) or self._title_of(id)
        return title if title != id else readable(id)

    def said(self, field: Field, raw: Any) -> object:
        """A value as it was written, in a form that words can say."""
        if raw is None:
            return None
        if isinstance(raw, list):
            return tuple(self.said(field, each) for each in raw)
        if isinstance(raw, Mapping):
            is_claim = field.part is not None and issubclass(field.part, Claim)
            return (self._claim_said if is_claim else self._item_said)(field.part, raw)
        if field.points:
            return self._title_of(raw)
        if str(raw) in self._titles and not field.choice:
            return self._titles[str(raw)]
        if field.code:
            return field.code.said(str(raw))
        try:
            return _typed(field, raw)
        except ValueError:
            return str(raw)


def _typed(field: Field, raw: str) -> object:
    """*raw* as the values of *field* are; raises `ValueError` if it is not one."""
    if field.choice:
        return field.choice(raw)
    if field.is_date:
        return PartialDate.parse(raw)
    if field.is_yes_no:
        return raw.strip().lower() in TRUE
    return int("".join(raw.split())) if field.is_whole else str(raw)


def _is(field: Field, part: type[Part]) -> bool:
    return field.part is not None and issubclass(field.part, part)


def _is_told(model: type[BaseModel], name: str) -> bool:
    """Whether a change of the field is a change of what the record says."""
    return field_of(model, name).is_content


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


def label_or_name(model: type[BaseModel], name: str) -> object:
    """What a reader calls the field *name*, which the model may no longer know."""
    field = fields_of(model).get(name)
    return Message(field.label) if field else name
