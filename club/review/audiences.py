"""Who may read what, before and after a change: whole records and pages, fields, parts."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from club.model.alignment import aligned, identity_of
from club.model.field import Field, fields_of
from club.model.graph import Graph
from club.model.message import N_, Choice
from club.model.record import Audience, Part, Record

MEMBERS = str(Audience.MEMBERS)


class AudienceChangeType(Choice):
    """For whom a thing is from now on."""

    PUBLIC = "public", N_("becomes public"), "accent"
    MEMBERS = "members", N_("is for members alone from now on"), "accent"


@dataclass(frozen=True, slots=True)
class AudienceChange:
    """A record or a page whose audience changes, or that of one of its fields or parts.

    *labels* are those of the fields that lead there; *item* says which part, if it is one of many.
    """

    type: AudienceChangeType
    key: str
    title: str
    labels: tuple[str, ...] = ()
    item: tuple[object, ...] = ()


def changed_audiences(
    old: Record, new: Record, before: Graph, after: Graph, were: frozenset[str], are: frozenset[str]
) -> Iterator[AudienceChange]:
    """For whom *new* and its fields are from now on, unlike *old*; *were* and *are* public."""
    was, now = old.key in were, new.key in are
    if was != now:
        yield AudienceChange(_to(now), new.key, after.title(new))
    if not (was and now):
        return
    hidden, hides = old.hidden_fields, new.hidden_fields
    for name, field in fields_of(new.__class__).items():
        if (name in hidden) != (name in hides):
            is_public = name not in hides
            yield AudienceChange(_to(is_public), new.key, after.title(new), (field.label,))
    model, known = new.__class__, hidden | hides
    blocks = (before.node(old).raw.block, after.node(new).raw.block)
    for labels, item, is_public in _parts(model, *blocks, after, known):
        yield AudienceChange(_to(is_public), new.key, after.title(new), labels, item)


def _to(is_public: bool) -> AudienceChangeType:
    return AudienceChangeType.PUBLIC if is_public else AudienceChangeType.MEMBERS


Found = Iterator[tuple[tuple[str, ...], tuple[object, ...], bool]]


def _parts(
    model: type[BaseModel],
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    graph: Graph,
    known: Container[str] = (),
) -> Found:
    """The parts inside two mappings of *model*, less the fields *known*, with what they are now."""
    for name, field in fields_of(model).items():
        if field.part is None or name in known:
            continue
        olds, news = (_items(each.get(name)) for each in (old, new))
        for here, there in _pairs(field.part, olds, news):
            was, now = (each.get("audience") == MEMBERS for each in (olds[there], news[here]))
            item = _named(field.part, news[here], graph) if field.many else ()
            if was != now:
                yield (field.label,), item, not now
            elif not now:
                for labels, inner, is_public in _parts(field.part, olds[there], news[here], graph):
                    yield (field.label, *labels), (*item, *inner), is_public


def _items(held: Any) -> list[Mapping[str, Any]]:
    many = held if isinstance(held, list) else [held]
    return [each for each in many if isinstance(each, Mapping)]


def _pairs(
    part: type[Part], olds: list[Mapping[str, Any]], news: list[Mapping[str, Any]]
) -> Iterator[tuple[int, int]]:
    """Which of *news* is which of *olds*, whatever its audience."""
    plain = [[_without_audience(each) for each in side] for side in (olds, news)]
    yield from sorted(aligned(part, *plain, guesses=True).items())


def _without_audience(item: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name != "audience"}


def _named(part: type[Part], item: Mapping[str, Any], graph: Graph) -> tuple[object, ...]:
    """What tells *item* apart: records by their titles, choices by their labels."""
    fields = fields_of(part)
    return tuple(
        _said(fields[name], item[name], graph)
        for name in identity_of(part)
        if name in fields and item.get(name) is not None
    )


def _said(field: Field, raw: Any, graph: Graph) -> object:
    if field.points and (found := graph.find(str(raw))):
        return graph.title(found)
    if field.choice:
        return next((each for each in field.choice if each.value == raw), str(raw))
    return str(raw)
