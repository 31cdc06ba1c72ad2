"""What the club's `mkdocs.yml` says, read as MkDocs reads it, with the lines it stands at."""

from __future__ import annotations

import os.path
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import yaml

from club.model import structure_rules
from club.model.folder import DOCS, Named, named
from club.model.message import N_, Message, reason_of
from club.model.own_rules import (
    A_TEXT,
    BAD_SETTING,
    NOT_MKDOCS_YML,
    WRONG_TYPE_OF_SETTING,
)
from club.model.policy import DIRECTIVES
from club.model.problem import Place, Problem
from club.model.publication import Publication, publication
from club.model.record import Audience, Examples
from club.model.series import LEAST_COUNT
from club.model.source import Key, Source, decoded, parse, place, written

MKDOCS_YML = "mkdocs.yml"
INHERIT = "INHERIT"
FORGES = ("gitlab", "github", "forgejo")
SEARCHES = ("club", "theme")


PARIS = "Europe/Paris"
EPOCH = "SOURCE_DATE_EPOCH"
OWN_PARENT = N_("the settings inherit from themselves, through {path}")
NO_PARENT = N_("the file from which the settings inherit cannot be read: {path}")
NOT_AN_EPOCH = N_(
    "{name} is a whole number of seconds since 1970, such as 1700000000, and before the year 2106"
)


class EpochError(ValueError):
    """The variable that sets the day of a build holds no day; *message* says so."""

    message = Message(NOT_AN_EPOCH, {"name": EPOCH})


def day_of(epoch: str) -> date:
    """The day that *epoch* sets, or today where it is empty; raises `EpochError`.

    Sources: reproducible-builds.org, SOURCE_DATE_EPOCH specification; RFC 1952 (gzip), whose four
    bytes for a time MkDocs fills with it.
    """
    if not epoch:
        return datetime.now(UTC).date()
    try:
        seconds = int(epoch)
    except ValueError as error:
        raise EpochError from error
    if not 0 <= seconds < 2**32:
        raise EpochError
    return datetime.fromtimestamp(seconds, UTC).date()


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
    text: str = ""

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
        return text_of(self.club.get("branch")) or "main"

    @property
    def forge(self) -> str:
        """The type of its forge, if it is said."""
        said = text_of(self.club.get("forge"))
        return said if said in FORGES else ""

    @property
    def audience(self) -> Audience:
        """Who reads the site."""
        said = text_of(self.club.get("audience"))
        return Audience(said) if said in set(Audience) else Audience.PUBLIC

    @property
    def examples(self) -> Examples:
        """What becomes of the made-up records on the site."""
        said = text_of(self.club.get("examples"))
        return Examples(said) if said in set(Examples) else Examples.SHOWN

    @property
    def has_own_search(self) -> bool:
        """Whether the club's own search is wanted, rather than that of the theme."""
        return text_of(self.club.get("search")) != "theme"

    @property
    def language(self) -> str | None:
        """The language of the site, as its theme says it."""
        return text_of(mapping(self.config.get("theme")).get("language")) or None

    @property
    def time_zone(self) -> str:
        """The zone of hours whose own is not written: that of France unless another is said."""
        return text_of(self.club.get("time_zone")) or PARIS

    @property
    def least_count(self) -> int:
        """What a count in a series must reach to be told."""
        said = self.club.get("least_count")
        is_number = isinstance(said, int) and not isinstance(said, bool) and said >= 0
        return said if is_number and isinstance(said, int) else LEAST_COUNT

    @property
    def pages(self) -> frozenset[str]:
        """The pages that the navigation leads to."""
        return frozenset(_pages(self.config.get("nav")))

    @property
    def docs(self) -> str:
        """The folder of the pages, from that of the settings."""
        root = self.root.resolve()
        path = root / (text_of(self.config.get("docs_dir")) or DOCS)
        inside = path.resolve()
        if not inside.is_relative_to(root):
            return DOCS
        # A link there is told of, so it must still be seen.
        written = Path(os.path.normpath(path))
        return (written if written.is_relative_to(root) else inside).relative_to(root).as_posix()

    @property
    def named(self) -> Named:
        """The files of the club that the settings name."""
        return named(self.config)

    @property
    def publication(self) -> Publication:
        """Which files of the folder of pages they leave out of the site."""
        return publication(self.config)

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

    @property
    def policy(self) -> Mapping[str, tuple[str, ...]]:
        """The sources that the pages may load besides their own, by directive."""
        said = mapping(self.club.get("policy"))
        return {str(name): _texts(each) for name, each in said.items() if name in DIRECTIVES}

    def place(self, keys: Sequence[Key]) -> Place:
        """Where *keys* stand in the file, or where it says from which other it has them."""
        if self.content is None:
            return Place(self.file)
        is_elsewhere = INHERIT in self.content and written(self.content, keys) != tuple(keys)
        return place(self.file, self.content, (INHERIT,) if is_elsewhere else keys)


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


class _UnreadableError(Exception):
    """Settings that say nothing; *problem* is why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.rule.name)
        self.problem = problem


def read_settings(root: Path, environment: Mapping[str, str]) -> Settings:
    """The settings of the club at *root*; *environment* is what `!ENV` looks into."""
    if not (root / MKDOCS_YML).exists():
        return Settings(root=root)
    try:
        config, source = _read(root, MKDOCS_YML, environment)
    except _UnreadableError as error:
        return Settings(problems=(error.problem,), root=root)
    if not isinstance(config, dict):
        found = structure_rules.NOT_A_MAPPING_FOUND
        problems = (BAD_SETTING.problem(Place(MKDOCS_YML, 1, 1), found),)
        return Settings(problems=problems if config is not None else (), root=root)
    return Settings(config, source.content, repeated(source), root=root, text=source.text)


def _read(
    root: Path, file: str, environment: Mapping[str, str], above: tuple[str, ...] = ()
) -> tuple[Any, Source]:
    """What *file* says over those it inherits from, as MkDocs merges them, and its own lines.

    *above* are the files that inherit from it.
    """
    text = _file_text(root, file)
    if isinstance(text, Problem):
        raise _UnreadableError(text)
    source = parse(file, text)
    if source.content is None and source.problems:
        raise _UnreadableError(source.problems[0])
    try:
        config = _loaded(text, environment)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _UnreadableError(_unreadable(reason_of(error), file)) from error
    if INHERIT not in mapping(config):
        return config, source
    parent, at = config.pop(INHERIT), source.place((INHERIT,))
    if not isinstance(parent, str):
        found = {"found": str(parent), "name": INHERIT}
        expected = Message(A_TEXT)
        problem = BAD_SETTING.problem(at, WRONG_TYPE_OF_SETTING, expected=expected, **found)
        raise _UnreadableError(problem)
    path = os.path.normpath(os.path.join(os.path.dirname(file), parent))  # noqa: PTH118, PTH120
    if path in (*above, file):
        raise _UnreadableError(BAD_SETTING.problem(at, OWN_PARENT, path=parent))
    if not (root / path).is_file():
        raise _UnreadableError(BAD_SETTING.problem(at, NO_PARENT, path=parent))
    said, _ = _read(root, path, environment, (*above, file))
    return _merged(mapping(said), config), source


def repeated(source: Source) -> tuple[Problem, ...]:
    """The keys that stand twice: MkDocs takes the last, and forgets what the first said."""
    return tuple(each for each in source.problems if each.rule is structure_rules.DUPLICATE_KEY)


def source_of(root: Path, file: str) -> Source:
    """What *file* holds, with its lines, to say where settings stand."""
    text = _file_text(root, file)
    return Source(file) if isinstance(text, Problem) else parse(file, text)


def _merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Both, as MkDocs merges them: mappings key by key, anything else replaced."""
    both = {
        key: _merged(under[key], over[key])
        for key in under.keys() & over.keys()
        if isinstance(under[key], dict) and isinstance(over[key], dict)
    }
    return {**under, **over, **both}


def _file_text(root: Path, file: str) -> str | Problem:
    try:
        return decoded(file, (root / file).read_bytes())
    except OSError as error:
        return _unreadable(reason_of(error), file)


def _unreadable(reason: str, file: str) -> Problem:
    return BAD_SETTING.problem(Place(file), NOT_MKDOCS_YML, reason=reason)


def _loaded(text: str, environment: Mapping[str, str]) -> Any:
    loader = _Loader(text)
    loader.environment = environment
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()


def mapping(value: Any) -> Mapping[str, Any]:
    """*value* if it is a mapping, or else an empty one."""
    return value if isinstance(value, dict) else {}


def text_of(value: Any) -> str:
    """*value* if it is a text, or else nothing."""
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
