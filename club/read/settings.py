"""What the club's `mkdocs.yml` says, read as MkDocs reads it, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made
from pathlib import Path
from typing import Any

import yaml

from club.model import structure_rules
from club.model.folder import DOCS
from club.model.message import N_, Message, reason_of
from club.model.own_rules import (
    A_LIST,
    A_MAPPING,
    A_TEXT,
    BAD_SETTING,
    NEEDED_KIND,
    NO_ORGANISATION,
    NOT_MKDOCS_YML,
    UNKNOWN_SETTING,
    WRONG_SETTING,
    WRONG_TYPE_OF_SETTING,
)
from club.model.problem import Place, Problem, nearest
from club.model.record import Audience
from club.model.registry import Registry, impossible_fields
from club.model.source import Key, parse, place, read_text
from club.read.load import Club

MKDOCS_YML = "mkdocs.yml"
ONE_OF = structure_rules.UNKNOWN_VALUE_EXPECTED
ORGANISATION = "organisation"
FORGES = ("gitlab", "github", "forgejo")
DOCS_OUTSIDE = N_("the folder of the pages (docs_dir) must stand in that of {file}, not at {path}")
CLUB = ("extra", "club")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the settings say; what is absent or at fault is at its default.

    *content* is the same as the file has it, with its lines; *problems* are why it was not read.
    """

    config: Mapping[str, Any] = made(default_factory=dict)
    content: Any = None
    problems: tuple[Problem, ...] = ()
    root: Path = Path()
    file: str = MKDOCS_YML

    @property
    def club(self) -> Mapping[str, Any]:
        """The club's own settings."""
        return mapping(mapping(self.config.get("extra")).get("club"))

    @property
    def repo_url(self) -> str:
        """The address of the repository."""
        return str(self.config.get("repo_url") or "")

    @property
    def branch(self) -> str:
        """Its main branch."""
        return _text(self.club.get("branch")) or "main"

    @property
    def forge(self) -> str:
        """The type of its forge, if it is said."""
        said = _text(self.club.get("forge"))
        return said if said in FORGES else ""

    @property
    def audience(self) -> Audience:
        """Who reads the site."""
        said = _text(self.club.get("audience"))
        return Audience(said) if said in set(Audience) else Audience.PUBLIC

    @property
    def language(self) -> str | None:
        """The language of the site, as its theme says it."""
        return _text(mapping(self.config.get("theme")).get("language")) or None

    @property
    def pages(self) -> frozenset[str]:
        """The pages that the navigation leads to."""
        return frozenset(_pages(self.config.get("nav")))

    @property
    def docs(self) -> str:
        """The folder of the pages, from that of the settings."""
        path = self.root.resolve() / (_text(self.config.get("docs_dir")) or DOCS)
        root = self.root.resolve()
        inside = path.resolve()
        return (inside if inside.is_relative_to(root) else root / DOCS).relative_to(root).as_posix()

    @property
    def without(self) -> tuple[str, ...]:
        """The kinds that the club leaves out."""
        return _texts(self.club.get("without"))

    @property
    def footer(self) -> tuple[str, ...]:
        """The pages that every page leads to from its foot."""
        return _texts(self.club.get("footer"))

    @property
    def contributors(self) -> Mapping[str, str]:
        """The organisation of an address or of a domain."""
        said = mapping(self.club.get("contributors"))
        return {str(name): id for name, id in said.items() if isinstance(id, str)}

    def place(self, keys: Sequence[Key]) -> Place:
        """Where *keys* stand in the file."""
        return Place(self.file) if self.content is None else place(self.file, self.content, keys)


class _Loader(yaml.SafeLoader):
    """Reads any tag but `!ENV` as nothing: no code is ever loaded."""

    environment: Mapping[str, str]


def _environment(loader: _Loader, node: yaml.Node) -> Any:
    """As MkDocs does: the first variable that there is, else the last of the list."""
    known = loader.environment
    if isinstance(node, yaml.ScalarNode):
        return known.get(str(node.value))
    *names, default = loader.construct_sequence(node) or [None]  # type: ignore[arg-type]
    return next((known[name] for name in names if name in known), default)


_Loader.add_constructor("!ENV", _environment)
_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


def read_settings(root: Path, environment: Mapping[str, str]) -> Settings:
    """The settings of the club at *root*; *environment* is what `!ENV` looks into."""
    if not (root / MKDOCS_YML).exists():
        return Settings(root=root)
    text = _text_of(root, MKDOCS_YML)
    if isinstance(text, Problem):
        return Settings(problems=(text,), root=root)
    source = parse(MKDOCS_YML, text)
    if source.content is None and source.problems:
        return Settings(problems=source.problems[:1], root=root)
    try:
        config = _loaded(text, environment)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return Settings(problems=(_unreadable(reason_of(error)),), root=root)
    if not isinstance(config, dict):
        found = structure_rules.NOT_A_MAPPING_FOUND
        problems = (BAD_SETTING.problem(Place(MKDOCS_YML, 1, 1), found),)
        return Settings(problems=problems if config is not None else (), root=root)
    return Settings(config, source.content, root=root)


def content_of(root: Path, file: str) -> Any:
    """What *file* holds, with its lines, to say where settings stand; None if it is unreadable."""
    text = _text_of(root, file)
    return None if isinstance(text, Problem) else parse(file, text).content


def _text_of(root: Path, file: str) -> str | Problem:
    try:
        return read_text(root, file)
    except OSError as error:
        return _unreadable(reason_of(error))


def _unreadable(reason: str) -> Problem:
    return BAD_SETTING.problem(Place(MKDOCS_YML), NOT_MKDOCS_YML, reason=reason)


def _loaded(text: str, environment: Mapping[str, str]) -> Any:
    loader = _Loader(text)
    loader.environment = environment
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()


def check_settings(settings: Settings, registry: Registry) -> Iterator[Problem]:
    """What is wrong with the settings that the club heeds; *registry* leaves no kind out."""
    yield from settings.problems
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
    language = mapping(settings.config.get("theme")).get("language")
    if language is not None:
        yield from _check_text(settings, ("theme", "language"), language)
    docs = settings.config.get("docs_dir")
    if docs is not None:
        yield from _check_text(settings, ("docs_dir",), docs)
    root = settings.root.resolve()
    path = (root / (_text(docs) or DOCS)).resolve()
    if not path.is_relative_to(root):
        at = settings.place(("docs_dir",))
        yield BAD_SETTING.problem(at, DOCS_OUTSIDE, file=settings.file, path=_text(docs))


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


def _check_footer(
    settings: Settings, keys: tuple[Key, ...], value: Any, registry: Registry
) -> Iterator[Problem]:
    expected = Message(A_LIST, {"example": "[contact.md]"})
    if not isinstance(value, list):
        yield _wrong_type(settings, keys, value, expected)
        return
    for index, page in enumerate(value):
        yield from _check_text(settings, (*keys, index), page)


def _check_contributors(
    settings: Settings, keys: tuple[Key, ...], value: Any, registry: Registry
) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield _wrong_type(settings, keys, value, Message(A_MAPPING))
        return
    for name, id in value.items():
        yield from _check_text(settings, (*keys, str(name)), id)


KNOWN: Mapping[str, Callable[[Settings, tuple[Key, ...], Any, Registry], Iterator[Problem]]] = {
    "audience": _one_of(*Audience),
    "branch": _check_text,
    "contributors": _check_contributors,
    "footer": _check_footer,
    "forge": _one_of(*FORGES),
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


def mapping(value: Any) -> Mapping[str, Any]:
    """*value* if it is a mapping, or else an empty one."""
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def _pages(nav: Any) -> Iterator[str]:
    """The pages that a navigation names, at any depth."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, list | dict):
        for each in nav.values() if isinstance(nav, dict) else nav:
            yield from _pages(each)
