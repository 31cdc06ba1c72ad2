"""A raw mapping becomes a typed record, or problems at the line and column of the very key."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from club.model import structure_rules as rules
from club.model.audience_words import AUDIENCE, is_name
from club.model.dates import ACCEPTED_FORMS, nearest_dates
from club.model.field import Field, fields_of, model_at, said_of
from club.model.fields import UNREASONED
from club.model.message import Message
from club.model.problem import Place, Problem, nearest
from club.model.record import ID_PATTERN, Audience, Held, Record
from club.model.slug import slug
from club.model.source import Block, Items, Keys, place, written
from club.model.yaml_faults import SPACES_OF_LETTERS, no_break

R = TypeVar("R", bound=Record)
MAX_SHOWN = 80
PARTED = re.compile(r"[\s,;]+")
UNKNOWN = "extra_forbidden"


@dataclass(frozen=True, slots=True)
class Raw:
    """A record before validation: its id, its mapping, its file and where its key stands."""

    id: str
    block: Block
    path: str
    mark: int = 0

    def place(self, keys: Keys = ()) -> Place:
        """Where *keys* stand in the file."""
        return place(self.path, self.block, keys, self.mark)


def structure(raw: Raw, model: type[R]) -> R | list[Problem]:
    """The record that *raw* describes, or everything that is wrong with it."""
    if "id" in raw.block:
        return [_unknown_key(raw, model, ("id",))]
    found = _validated(raw, model)
    if unlisted := _unlisted(raw, model):
        return [*unlisted, *(found if isinstance(found, list) else ())]
    return found if isinstance(found, list) else _with_sound_audience(raw, found)


def _unlisted(raw: Raw, model: type[Record]) -> list[Problem]:
    """The lists of references that are written as one text: without dashes, or with bare ones."""
    return [
        problem
        for name in _lists(model)
        if isinstance(said := raw.block.get(name), str)
        and (problem := _not_a_list(raw, model, name, said))
    ]


@cache
def _lists(model: type[Record]) -> tuple[str, ...]:
    return tuple(n for n, field in fields_of(model).items() if field.many and field.is_reference)


def _not_a_list(raw: Raw, model: type[Record], name: str, said: str) -> Problem | None:
    parts = [each for each in PARTED.split(said.strip()) if each]
    bare = [each.removeprefix("-") for each in parts]
    is_dashed = said.startswith("-")
    if not (is_dashed or len(parts) > 1) or not all(re.fullmatch(ID_PATTERN, e) for e in bare):
        return None
    if is_dashed:
        return rules.SYNTAX.problem(
            raw.place((name,)),
            rules.NO_SPACE_FOUND,
            found="-",
            expected=Message(rules.EXPECTED_BY_TYPE["list_"]),
            nearest=tuple(f"- {each}" for each in bare[:3]),
            record=f"{model.collection}/{raw.id}",
        )
    return rules.WRONG_TYPE.problem(
        raw.place((name,)),
        rules.WRONG_TYPE_FOUND,
        found=_short(said),
        field=_named(model, (name,)),
        expected=Message(rules.EXPECTED_BY_TYPE["list_"]),
        nearest=(f"[{', '.join(bare)}]",),
        record=f"{model.collection}/{raw.id}",
    )


def _validated(raw: Raw, model: type[R]) -> R | list[Problem]:
    try:
        return model.model_validate({**raw.block, "id": raw.id})
    except ValidationError as error:
        faults = error.errors()
    # "key:" with nothing after it is a field left blank, not a fault, unless no field has its name
    # or what it was to keep would be published.
    unknown = [
        each
        for each in faults
        if each["input"] is None and (each["type"] == UNKNOWN or AUDIENCE in each["loc"])
    ]
    try:
        found = model.model_validate({**_without_blanks(raw.block), "id": raw.id})
        if not unknown:
            return found
        faults = unknown
    except ValidationError as error:
        faults = [*unknown, *error.errors()]
    problems = [_problem(raw, model, each) for each in faults]
    return list(dict.fromkeys(problems)) or [_fallback(raw)]


def _without_blanks(value: Any) -> Any:
    if isinstance(value, Block):
        return {key: _without_blanks(each) for key, each in value.items() if each is not None}
    if isinstance(value, Items):
        return [_without_blanks(each) for each in value]
    return value


def _fallback(raw: Raw) -> Problem:
    return rules.WRONG_TYPE.problem(raw.place(), rules.WRONG_TYPE_FOUND, found=raw.id, field="")


def _problem(raw: Raw, model: type[Record], error: Any) -> Problem:
    kind, keys = error["type"], tuple(error["loc"])
    context = error.get("ctx", {})
    if kind == UNKNOWN:
        return _unknown_key(raw, model, keys)
    if kind == "missing":
        return _missing(raw, model, keys)
    if kind == "enum":
        return _unknown_value(raw, model, keys, _short(error["input"]), context)
    about: dict[str, Any] = {"record": f"{model.collection}/{raw.id}", **context}
    if "found" in about:
        about["found"] = _short(error["input"])
    at = raw.place(keys)
    if kind == "bad-date":
        forms = Message(rules.BAD_DATE_EXPECTED, {"forms": ", ".join(ACCEPTED_FORMS)})
        near = nearest_dates(str(about["found"]))
        return rules.BAD_DATE.problem(
            at, rules.BAD_DATE_FOUND, expected=forms, nearest=near, **about
        )
    if kind == "bad-identifier":
        form = about.pop("form")
        expected = Message(rules.BAD_IDENTIFIER_EXPECTED, {"form": form})
        near = (form,) if form[:-1] == str(about["found"])[:-1] else ()  # the right check letter
        return rules.BAD_IDENTIFIER.problem(
            at, rules.BAD_IDENTIFIER_FOUND, expected=expected, nearest=near, **about
        )
    if kind == "bad-money":
        form = Message(rules.BAD_IDENTIFIER_EXPECTED, {"form": "17.7 M€"})
        return rules.BAD_MONEY.problem(at, rules.BAD_MONEY_FOUND, expected=form, **about)
    if kind == "bad-url":
        return rules.BAD_URL.problem(at, rules.BAD_URL_FOUND, **about)
    if kind == UNREASONED:
        wanted = Message(rules.DEDUCED_REASON_EXPECTED)
        at = raw.place((*keys, "reliability"))
        return rules.DEDUCED_REASON.problem(
            at, rules.DEDUCED_REASON_FOUND, expected=wanted, **about
        )
    stated = written(raw.block, keys)
    if kind.startswith("tuple_") and isinstance(error["input"], dict) and error["input"]:
        first, value = next(iter(error["input"].items()))
        below = raw.place((*keys, first))
        if below.line > at.line:  # between braces, brackets lack rather than a dash
            return rules.SYNTAX.problem(
                below,
                rules.NO_DASH_FOUND,
                nearest=(f"- {first}: {value}",) if isinstance(value, str) else (),
                record=about["record"],
            )
    if context.get("pattern") == f"^{ID_PATTERN}$":
        found = str(error["input"])
        return rules.BAD_ID.problem(
            at, rules.BAD_ID_FOUND, found=found, nearest=slugs(found), record=about["record"]
        )
    return rules.WRONG_TYPE.problem(
        at,
        rules.WRONG_TYPE_FOUND,
        found=_short(error["input"]),
        field=_named(model, stated),
        expected=_expected(kind, context, _field(model, stated)),
        record=f"{model.collection}/{raw.id}",
    )


def slugs(text: str) -> tuple[str, ...]:
    """The id that *text* would make, if any."""
    found = slug(text)
    return (found,) if found else ()


def _expected(kind: str, context: dict[str, Any], field: Field | None) -> Message:
    if kind == "string_pattern_mismatch":
        if field and field.help:
            return Message(field.help)
        return Message(rules.EXPECTED_PATTERN, {"pattern": context.get("pattern", "")})
    for prefix, sentence in rules.EXPECTED_BY_TYPE.items():
        if kind.startswith(prefix):
            return Message(sentence, {name: str(value) for name, value in context.items()})
    return Message(rules.EXPECTED_OTHER, {"kind": kind})


def _short(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: …" for key in list(value)[:3]) + "}"
    if isinstance(value, list):
        return f"[{len(value)}]"
    text = "" if value is None else " ".join(str(value).split())
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"


def _label(model: type[BaseModel], keys: Keys) -> str | Message:
    names = [key for key in keys if isinstance(key, str)]
    field = _field(model, keys)
    return Message(field.label) if field else names[-1] if names else ""


def _named(model: type[BaseModel], keys: Keys) -> Message:
    """A field as every fault speaks of it: by its label, then by its key."""
    field = _field(model, keys)
    return field.said if field else said_of(_label(model, keys), str(_label(model, keys)))


def _field(model: type[BaseModel], keys: Keys) -> Field | None:
    while keys and not isinstance(keys[-1], str):
        keys = keys[:-1]
    return fields_of(model_at(model, keys[:-1])).get(str(keys[-1])) if keys else None


def said_fields(model: type[BaseModel]) -> list[str]:
    """The fields that a file may say of *model*, in their order."""
    unsaid = {"id", *(model.unsaid if issubclass(model, Held) else ())}
    return [name for name in fields_of(model) if name not in unsaid]


def _unknown_key(raw: Raw, model: type[Record], keys: Keys) -> Problem:
    fields = said_fields(model_at(model, keys[:-1]))
    found = str(keys[-1])
    if sign := next((each for each in found if each in SPACES_OF_LETTERS), ""):
        at = raw.place(keys)
        return no_break(replace(at, column=at.column + found.index(sign)), sign)
    is_audience = is_name(found) and AUDIENCE in fields
    return rules.UNKNOWN_KEY.problem(
        raw.place(keys),
        rules.UNKNOWN_KEY_FOUND,
        found=found,
        expected=Message(rules.UNKNOWN_KEY_EXPECTED, {"fields": ", ".join(fields)}),
        nearest=(AUDIENCE,) if is_audience else nearest(found, fields),
        record=f"{model.collection}/{raw.id}",
    )


def _missing(raw: Raw, model: type[Record], keys: Keys) -> Problem:
    return rules.MISSING_FIELD.problem(
        raw.place(keys[:-1]),
        rules.MISSING_FIELD_FOUND,
        field=_named(model, keys),
        record=f"{model.collection}/{raw.id}",
    )


def _unknown_value(
    raw: Raw, model: type[Record], keys: Keys, found: str, context: dict[str, Any]
) -> Problem:
    values = tuple(_quoted_words(str(context.get("expected", ""))))
    field = _field(model, written(raw.block, keys))
    choices = field.choice if field and field.choice else ()
    problem = rules.UNKNOWN_VALUE.problem(
        raw.place(keys),
        rules.UNKNOWN_VALUE_FOUND,
        found=found,
        field=_named(model, written(raw.block, keys)),
        expected=Message(rules.UNKNOWN_VALUE_EXPECTED, {"values": ", ".join(values)}),
        nearest=nearest(found, values),
        record=f"{model.collection}/{raw.id}",
    )
    return replace(problem, labels=tuple((each.label, str(each)) for each in choices))


def _quoted_words(text: str) -> list[str]:
    return text.split("'")[1::2]


def _with_sound_audience(raw: Raw, record: R) -> R | list[Problem]:
    fields = {name: each for name, each in fields_of(record.__class__).items() if each.is_content}
    problems = []
    for name, audience in record.audience.items():
        about: dict[str, Any] = {"record": record.key}
        at = raw.place(("audience", name))
        if name and name not in fields:
            problems.append(
                rules.MEMBERS_REQUIRED_FIELD.problem(
                    at,
                    rules.MEMBERS_UNKNOWN_FIELD_FOUND,
                    nearest=nearest(name, fields),
                    field=name,
                    **about,
                )
            )
        elif name and fields[name].is_required and audience is Audience.MEMBERS:
            problems.append(
                rules.MEMBERS_REQUIRED_FIELD.problem(
                    at,
                    rules.MEMBERS_REQUIRED_FIELD_FOUND,
                    field=_named(record.__class__, (name,)),
                    **about,
                )
            )
    return problems or record
