"""Where a club is written: which file holds which records, and which its pages."""

from __future__ import annotations

import os.path
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from club.model.names import INDEXES, PAGE_SUFFIX, is_hidden
from club.model.publication import USUAL, Publication
from club.model.registry import Registry
from club.model.series import LEAST_COUNT

DATA = "data"
DOCS = "docs"
"""The folder of the pages, unless the club's settings name another."""
EXCEPTIONS = f"{DATA}/exceptions.yaml"
SUFFIXES = (".yaml", ".yml")
"""The first is the one that new files get."""
HEAD = ".head.yaml"
"""The comments at the head of a collection's file, kept beside its records while it is split."""


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of records: that of a whole *collection*, or of the one record *id* of it."""

    collection: str
    id: str = ""


def is_folder(path: Path) -> bool:
    """Whether a real folder stands at *path*, which may be called like a page."""
    return path.is_dir() and not path.is_symlink()


def is_utf8(path: str) -> bool:
    """Whether the name *path*, as Python reads it from the disk, is text."""
    return not any("\ud800" <= each <= "\udfff" for each in path)


def named(config: Mapping[str, Any]) -> Named:
    """What the mapping of `mkdocs.yml` names: any file, the theme's own folder, `files` of ours."""
    theme, extra = config.get("theme"), config.get("extra")
    ours = extra.get("club") if isinstance(extra, Mapping) else None
    said = [
        theme.get("custom_dir") if isinstance(theme, Mapping) else None,
        ours.get("files") if isinstance(ours, Mapping) else None,
    ]
    folders = {str(PurePosixPath(each)) for each in _texts(said)}
    docs = str(PurePosixPath(str(config.get("docs_dir") or DOCS)))
    site_url, extensions = config.get("site_url"), config.get("markdown_extensions")
    return Named(
        frozenset(_texts(config)),
        frozenset(folders - {".", docs}),
        site_url if isinstance(site_url, str) else "",
        tuple(_extensions(extensions)),
    )


def _extensions(said: Any) -> Iterator[Any]:
    """The extensions of Markdown, of which *said* is a list or a mapping."""
    if isinstance(said, Mapping):
        yield from ({name: config} for name, config in said.items())
    elif isinstance(said, list):
        yield from (each for each in said if isinstance(each, str | Mapping))


def _texts(value: Any) -> Iterator[str]:
    """Every text that *value* holds, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(each)


@lru_cache(maxsize=65536)
def data_file(path: str) -> DataFile | None:
    """What the file at *path*, from the club's folder, holds; None if it is no file of records."""
    parts = PurePosixPath(path).parts
    if len(parts) not in (2, 3) or parts[0] != DATA or is_hidden(parts[-1]):
        return None
    name = PurePosixPath(path)
    if name.suffix not in SUFFIXES:
        return None
    return DataFile(parts[1], name.stem) if len(parts) == 3 else DataFile(name.stem)


def is_one_record(path: str) -> bool:
    """Whether the file at *path* is one record, rather than a mapping from ids to records."""
    file = data_file(path)
    return file is not None and bool(file.id)


@dataclass(frozen=True, slots=True)
class Named:
    """The paths that the club's settings name: *files*, and *folders* with all that they hold.

    *site_url* is where they say that the site is, *extensions* which of Markdown they turn on.
    """

    files: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()
    site_url: str = ""
    extensions: Sequence[Any] = field(default=(), hash=False)


@dataclass(frozen=True)
class ClubFolder:
    """The folder of a club: *docs* names that of its pages, *registry* knows its kinds.

    Maintainers answer for what their settings have *named*, and say what its *publication* is
    and what a count must reach to be told, *least_count*.
    """

    root: Path
    registry: Registry
    docs: str = DOCS
    named: Named = Named()
    publication: Publication = USUAL
    least_count: int = LEAST_COUNT

    def names(self, src_uri: str) -> bool:
        """Whether the settings name the file *src_uri* inside the folder of pages.

        They write its path from there, or from the club's folder.
        """
        return any(
            path in self.named.files
            or any(str(folder) in self.named.folders for folder in PurePosixPath(path).parents)
            or path in self.named.folders
            for path in (src_uri, f"{self.docs}/{src_uri}")
        )

    def publishes(self, src_uri: str) -> bool:
        """Whether MkDocs publishes the file *src_uri*, whose name can be written in an address."""
        return is_utf8(src_uri) and not self.publication.leaves_out(src_uri)

    def places_of(self, collection: str) -> list[str]:
        """All that stands where *collection* is kept, read or not: its folder, then its files.

        A sound club has one of them at most; a folder that shows nothing is none.
        """
        folder = self.root / DATA / collection
        has_folder = folder.is_dir() and (folder.is_symlink() or bool(self.shown_in(collection)))
        return [*([f"{DATA}/{collection}"] if has_folder else ()), *self._files_of(collection)]

    def file_of(self, collection: str) -> str:
        """The one file that holds the whole *collection*, or nothing if it is kept otherwise."""
        return next(iter(self._files_of(collection)), "")

    def _files_of(self, collection: str) -> list[str]:
        paths = (f"{DATA}/{collection}{suffix}" for suffix in SUFFIXES)
        # A link that leads nowhere stands there too.
        return [path for path in paths if os.path.lexists(self.root / path)]

    def shown_in(self, collection: str) -> list[Path]:
        """What the folder of *collection* shows, by name: a file a record, if it is sound."""
        return [each for each in self._in_folder(collection) if not is_hidden(each.name)]

    def hidden_in(self, collection: str) -> list[Path]:
        """The hidden files of YAML there, by name, which are never read as records."""
        found = self._in_folder(collection)
        return [e for e in found if is_hidden(e.name) and e.suffix in SUFFIXES]

    def _in_folder(self, collection: str) -> list[Path]:
        folder = self.root / DATA / collection
        return sorted(folder.iterdir()) if folder.is_dir() and not folder.is_symlink() else []

    def new_file(self, collection: str, id: str, *, in_folder: bool) -> str:
        """Where a new record goes: with those of its collection, or as *in_folder* says."""
        if path := self.file_of(collection):
            return path
        has_folder = (self.root / DATA / collection).is_dir()
        name = f"{collection}/{id}" if has_folder or in_folder else collection
        return f"{DATA}/{name}{SUFFIXES[0]}"

    def collection_of(self, path: str) -> str:
        """The collection that the data file at *path* belongs to, or nothing."""
        file = data_file(path)
        return file.collection if file and file.collection in self.registry.collections else ""

    def is_body(self, src_uri: str) -> bool:
        """Whether *src_uri*, inside the folder of pages, is the long text of a record."""
        folder, _, name = src_uri.rpartition("/")
        return folder in self.registry.collections and name not in INDEXES

    def body_paths(self, collection: str) -> Iterator[Path]:
        """The long texts of the records of *collection* that are published, by name."""
        for file in sorted((self.root / self.docs / collection).glob(f"*{PAGE_SUFFIX}")):
            src_uri = f"{collection}/{file.name}"
            if self.is_body(src_uri) and self.publishes(src_uri) and not is_folder(file):
                yield file
