"""What the settings may say to the club: which there are, of what type, with which values."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import PureWindowsPath
from typing import Any
from zoneinfo import available_timezones

import yaml

from club.model.folder import DOCS
from club.model.lost_words import lost_words
from club.model.message import N_, Message
from club.model.own_rules import (
    A_LIST,
    A_MAPPING,
    A_TEXT,
    BAD_SETTING,
    NEEDED_KIND,
    NO_ORGANISATION,
    UNKNOWN_SETTING,
    WRONG_SETTING,
    WRONG_TYPE_OF_SETTING,
)
from club.model.policy import DIRECTIVES, SOURCE, opens_everything
from club.model.problem import Problem, nearest
from club.model.publication import PATTERNS, patterns
from club.model.record import Audience, Examples
from club.model.registry import Registry, impossible_fields
from club.model.source import Key
from club.model.structure_rules import UNKNOWN_VALUE_EXPECTED as ONE_OF
from club.read.load import Club
from club.read.settings import FORGES, SEARCHES, Settings, mapping, text_of

ORGANISATION = "organisation"
CLUB = ("extra", "club")
NOT_A_PATTERN = N_("“{found}”, in {name}, is no pattern such as those of .gitignore")
A_COUNT = N_("a whole number, such as 5")
A_ZONE = N_("the name of a time zone, such as Europe/Paris")
OPENS_EVERYTHING = N_(
    "“{found}”, in the setting “{name}”, lets in what anybody serves or writes: the policy would"
    " protect nobody"
)
HOST_EXPECTED = N_("the address of each host that is needed, such as https://tuiles.example")
PATH_OUTSIDE = N_("“{found}”, in the setting “{name}”, leads out of the folder of the club")
DOCS_OUTSIDE = N_("the folder of the pages (docs_dir) must stand in that of {file}, not at {path}")


def check_settings(settings: Settings, registry: Registry) -> Iterator[Problem]:
    """What is wrong with the settings that the club heeds; *registry* leaves no kind out."""
    yield from settings.problems
    yield from lost_words(settings.file, settings.text)
    yield from _check_around(settings)
    said = mapping(settings.config.get("extra")).get("club")
    if said is not None and not isinstance(said, dict):
        yield _wrong_type(settings, CLUB, said, Message(A_MAPPING))
        return
    for name, value in settings.club.items():
        known = KNOWN.get(str(name))
        if known is None:
            yield BAD_SETTING.problem(
                settings.place((*CLUB, str(name))),
                UNKNOWN_SETTING,
                expected=Message(ONE_OF, {"values": tuple(sorted(KNOWN))}),
                nearest=nearest(str(name), KNOWN),
                found=f"extra.club.{name}",
            )
        elif value is not None:
            yield from known(settings, (*CLUB, str(name)), value, registry)


def check_contributors(club: Club, settings: Settings) -> Iterator[Problem]:
    """Each organisation that an address or a domain contributes for is one of the club's."""
    kind = club.folder.registry.by_name.get(ORGANISATION)
    if kind is None or club.stopping:  # what an error hides would look unknown
        return
    for name, id in settings.contributors.items():
        record = club.graph.find(id)
        if record is None or record.collection != kind.collection:
            known = [each.id for each in club.graph.all(kind.model)]
            yield BAD_SETTING.problem(
                settings.place((*CLUB, "contributors", name)),
                NO_ORGANISATION,
                nearest=nearest(id, known),
                found=id,
            )


def _check_around(settings: Settings) -> Iterator[Problem]:
    """What stands beside `extra.club`: the language, the folder of pages."""
    for name in ("extra", "theme"):
        said = settings.config.get(name)
        if said is not None and not isinstance(said, dict | str):
            yield _wrong_type(settings, (name,), said, Message(A_MAPPING))
    for name in mapping(settings.config.get("extra")):
        if name != CLUB[-1] and get_close_matches(str(name).lower(), CLUB[-1:], cutoff=0.8):
            yield BAD_SETTING.problem(
                settings.place(("extra", name)),
                UNKNOWN_SETTING,
                nearest=CLUB[-1:],
                found=f"extra.{name}",
            )
    language = mapping(settings.config.get("theme")).get("language")
    if language is not None:
        yield from _check_text(settings, ("theme", "language"), language)
    yield from _check_patterns(settings)
    docs = settings.config.get("docs_dir")
    if docs is not None:
        yield from _check_text(settings, ("docs_dir",), docs)
    root = settings.root.resolve()
    path = (root / (text_of(docs) or DOCS)).resolve()
    if not path.is_relative_to(root):
        at = settings.place(("docs_dir",))
        yield BAD_SETTING.problem(at, DOCS_OUTSIDE, file=settings.file, path=text_of(docs))


def _check_patterns(settings: Settings) -> Iterator[Problem]:
    for name in PATTERNS:
        said = settings.config.get(name)
        if said is None:
            continue
        if not isinstance(said, str):
            yield _wrong_type(settings, (name,), said, Message(A_TEXT))
            continue
        for line in said.splitlines():
            try:
                patterns(line)
            except ValueError:
                at = settings.place((name,))
                yield BAD_SETTING.problem(at, NOT_A_PATTERN, found=line.strip(), name=name)


def _check_text(
    settings: Settings, keys: tuple[Key, ...], value: Any, registry: Registry | None = None
) -> Iterator[Problem]:
    if not isinstance(value, str):
        yield _wrong_type(settings, keys, value, Message(A_TEXT))


def _one_of(*values: str) -> Callable[..., Iterator[Problem]]:
    """The check of a setting that takes one of *values*, or nothing."""

    def check(
        settings: Settings, keys: tuple[Key, ...], value: Any, registry: Registry
    ) -> Iterator[Problem]:
        if value != "" and value not in values:
            yield _wrong_value(settings, keys, value, values)

    return check


def _check_count(
    settings: Settings, keys: tuple[Key, ...], value: Any, registry: Registry
) -> Iterator[Problem]:
    """A whole number, zero for a club that masks nothing."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        yield _wrong_type(settings, keys, value, Message(A_COUNT))


def _check_zone(
    settings: Settings, keys: tuple[Key, ...], value: Any, registry: Registry
) -> Iterator[Problem]:
    """A zone of the world's list of them, by the name that it has there."""
    if not isinstance(value, str):
        yield _wrong_type(settings, keys, value, Message(A_TEXT))
        return
    known = available_timezones()
    if value and value not in known:
        yield BAD_SETTING.problem(
            settings.place(keys),
            WRONG_SETTING,
            expected=Message(A_ZONE),
            nearest=nearest(value, sorted(known)),
            found=value,
            name=_name(keys),
        )


def _check_without(
    settings: Settings, keys: tuple[Key, ...], value: Any, registry: Registry
) -> Iterator[Problem]:
    if not isinstance(value, list):
        yield _wrong_type(settings, keys, value, Message(A_LIST, {"example": "[offer]"}))
        return
    names = tuple(registry.by_name)
    for index, name in enumerate(value):
        if name not in names:
            yield _wrong_value(settings, (*keys, index), name, names)
    for kind, field, kinds in impossible_fields(registry.less(settings.without)):
        for needed in set(kinds).intersection(settings.without):
            yield BAD_SETTING.problem(
                settings.place((*keys, value.index(needed))),
                NEEDED_KIND,
                found=needed,
                kind=kind.name,
                field=field,
            )


def _check_paths(
    settings: Settings, keys: tuple[Key, ...], value: Any, registry: Registry
) -> Iterator[Problem]:
    expected = Message(A_LIST, {"example": "[contact.md]"})
    if not isinstance(value, list):
        yield _wrong_type(settings, keys, value, expected)
        return
    for index, page in enumerate(value):
        yield from _check_text(settings, (*keys, index), page)
        if isinstance(page, str) and _leaves(page):
            yield BAD_SETTING.problem(
                settings.place((*keys, index)), PATH_OUTSIDE, found=page, name=_name(keys)
            )


def _leaves(path: str) -> bool:
    """Whether *path* leads out of the folder where it is written."""
    plain = path.replace("\\", "/")
    is_whole = plain.startswith(("/", "~")) or PureWindowsPath(path).drive != ""
    return is_whole or posixpath.normpath(plain).split("/")[0] == ".."


def _check_contributors(
    settings: Settings, keys: tuple[Key, ...], value: Any, registry: Registry
) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield _wrong_type(settings, keys, value, Message(A_MAPPING))
        return
    for name, id in value.items():
        yield from _check_text(settings, (*keys, str(name)), id)


def _check_policy(
    settings: Settings, keys: tuple[Key, ...], value: Any, registry: Registry
) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield _wrong_type(settings, keys, value, Message(A_MAPPING))
        return
    for name, sources in value.items():
        here = (*keys, str(name))
        if name not in DIRECTIVES:
            yield BAD_SETTING.problem(
                settings.place(here),
                UNKNOWN_SETTING,
                expected=Message(ONE_OF, {"values": tuple(DIRECTIVES)}),
                nearest=nearest(str(name), DIRECTIVES),
                found=_name(here),
            )
        elif not isinstance(sources, list):
            example = Message(A_LIST, {"example": "[https://tuiles.example]"})
            yield _wrong_type(settings, here, sources, example)
        else:
            for index, source in enumerate(sources):
                if not _is_source(source):
                    expected = Message(HOST_EXPECTED)
                    yield _wrong_type(settings, (*here, index), source, expected)
                elif opens_everything(name, source):
                    yield BAD_SETTING.problem(
                        settings.place((*here, index)),
                        OPENS_EVERYTHING,
                        expected=Message(HOST_EXPECTED),
                        found=source,
                        name=_name(here),
                    )


def _is_source(value: Any) -> bool:
    return isinstance(value, str) and SOURCE.fullmatch(value) is not None


KNOWN: Mapping[str, Callable[[Settings, tuple[Key, ...], Any, Registry], Iterator[Problem]]] = {
    "audience": _one_of(*Audience),
    "branch": _check_text,
    "contributors": _check_contributors,
    "examples": _one_of(*Examples),
    "files": _check_paths,
    "footer": _check_paths,
    "forge": _one_of(*FORGES),
    "least_count": _check_count,
    "policy": _check_policy,
    "search": _one_of(*SEARCHES),
    "time_zone": _check_zone,
    "without": _check_without,
}
"""What `extra.club` may say."""


def _wrong_type(
    settings: Settings, keys: tuple[Key, ...], found: Any, expected: Message
) -> Problem:
    return BAD_SETTING.problem(
        settings.place(keys),
        WRONG_TYPE_OF_SETTING,
        expected=expected,
        found=_said(found),
        name=_name(keys),
    )


def _wrong_value(
    settings: Settings, keys: tuple[Key, ...], found: Any, values: Sequence[str]
) -> Problem:
    return BAD_SETTING.problem(
        settings.place(keys),
        WRONG_SETTING,
        expected=Message(ONE_OF, {"values": tuple(map(str, values))}),
        nearest=nearest(_said(found), map(str, values)),
        found=_said(found),
        name=_name(keys),
    )


def _name(keys: Sequence[Key]) -> str:
    return ".".join(str(key) for key in keys if isinstance(key, str))


def _said(value: Any) -> str:
    """*value* in the brackets and braces of YAML, on one line, cut short."""
    if isinstance(value, str):
        return value[:80]
    said = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=9999)
    return said.removesuffix("...\n").strip()[:80]
