"""What the theme, other plugins and `docs/` put at addresses of the site, as MkDocs has it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils import is_markdown_file

from club.model.folder import ClubFolder
from club.model.graph import Graph, Node
from club.model.message import N_
from club.model.names import is_hidden
from club.model.own_rules import BAD_SETTING
from club.model.problem import Place, Problem
from club.model.record import Audience, Reader
from club.model.source import not_plain
from club.publish.pages.addresses import (
    ASSETS,
    INDEX_FILE,
    OF_MKDOCS,
    Address,
    Writer,
    check_others,
)
from club.publish.pages.site import Site
from club.read.pages import page_node
from mkdocs_club.files import RecordFile

PUBLISHED_UNREAD = N_("a plugin or a hook publishes “{found}”, which the club did not read")
LEFT_OUT_AFTER = N_(
    "a plugin or a hook leaves out “{found}”, of which the club would tell: "
    "name it in exclude_docs or draft_docs too"
)
OURS = "club"
"""How MkDocs calls this plugin in what it generated."""


def check_built(
    files: Files, config: MkDocsConfig, folder: ClubFolder, site: Site, is_serving: bool
) -> Iterator[Problem]:
    """What is wrong with *files*, the last word of MkDocs and its plugins, beside *site*."""
    yield from linked_files(files, config, folder)
    others = other_addresses(files, config, folder, is_serving)
    yield from check_others(site.addresses, others, site.graph)


def other_addresses(
    files: Files, config: MkDocsConfig, folder: ClubFolder, is_serving: bool
) -> Iterator[Address]:
    """The address of everything that is about to be published and that the club did not make."""
    for name in sorted(set(config.theme.static_templates) - {*OF_MKDOCS}):
        yield Address(name, Writer.OTHER, name)
    kept = [each for each in files if _is_published(each, is_serving)]
    themes = _themes(config)
    for file in kept:
        if not _is_ours(file) and not (file.src_dir in themes and file.dest_uri in ASSETS):
            yield _address(file, folder)
    for file in kept:
        if _hides_one(file, themes, config) and not folder.names(file.src_uri):
            yield Address(file.dest_uri, Writer.OTHER, file.src_uri)
    yield from _redirected(config)


def linked_files(files: Files, config: MkDocsConfig, folder: ClubFolder) -> Iterator[Problem]:
    """The links and special files that are published, though their own names are left out."""
    for file in files:
        if _is_of_docs(file, config) and _is_published(file, False):
            above = [*PurePosixPath(file.src_uri).parents][-2::-1]
            for path in (*map(str, above), file.src_uri):
                there = Path(config.docs_dir, path)
                if there.is_symlink() or there.is_fifo() or there.is_socket():
                    fault = not_plain(f"{folder.docs}/{path}", there.lstat().st_mode)
                    yield from (fault,) if fault else ()
                    break


def check_read(
    files: Files, config: MkDocsConfig, folder: ClubFolder, whole: Graph, shown: Graph
) -> Iterator[Problem]:
    """The pages that MkDocs is about to publish unread, and those *shown* that it leaves out.

    `exclude_docs` and `draft_docs` are read already: another plugin, or a hook, decided otherwise.
    What a plugin has just written there itself, as a blog does its first page, is for everybody.
    """
    read = {page.id for page in whole.pages}
    settings = Place(Path(config.config_file_path).name)
    for file in files.documentation_pages():
        if file.src_uri in read or not _is_of_docs(file, config) or not _is_published(file, False):
            continue
        if not folder.publishes(file.src_uri) or not _is_for_everybody(file):
            yield BAD_SETTING.problem(settings, PUBLISHED_UNREAD, found=file.src_uri)
    published = {file.src_uri for file in files if _is_published(file, False)}
    for src_uri in sorted({page.id for page in shown.pages} - published):
        yield BAD_SETTING.problem(settings, LEFT_OUT_AFTER, found=src_uri)


def _is_for_everybody(file: File) -> bool:
    page = page_node(file.src_uri, file.src_uri, file.content_string)
    return isinstance(page, Node) and Reader(Audience.PUBLIC).may_read(page.record)


def _is_published(file: File, is_serving: bool) -> bool:
    left_out = {InclusionLevel.EXCLUDED, *(() if is_serving else (InclusionLevel.DRAFT,))}
    return file.inclusion not in left_out


def _is_ours(file: File) -> bool:
    return isinstance(file, RecordFile) or file.generated_by == OURS


def _themes(config: MkDocsConfig) -> list[str]:
    """The folders of the theme, the club's own first."""
    return [each for each in config.theme.dirs if each != config.docs_dir]


def _is_of_docs(file: File, config: MkDocsConfig) -> bool:
    return file.src_dir == config.docs_dir and not file.generated_by


def _address(file: File, folder: ClubFolder) -> Address:
    return Address(_url(file), Writer.OTHER, file.src_uri, _place(file, folder), file.src_uri)


def _url(file: File) -> str:
    """The address of *file*, from the root of the site."""
    before, _, name = file.dest_uri.rpartition("/")
    if name != INDEX_FILE:
        return str(file.dest_uri)
    return f"{before}/" if before else ""


def _place(file: File, folder: ClubFolder) -> Place | None:
    """Where in the club *file* is written, if it is."""
    if not file.abs_src_path:
        return None
    path = Path(file.abs_src_path).resolve()
    is_inside = path.is_relative_to(folder.root) and not is_hidden(
        path.relative_to(folder.root).as_posix()
    )
    return Place(path.relative_to(folder.root).as_posix()) if is_inside else None


def _hides_one(file: File, themes: list[str], config: MkDocsConfig) -> bool:
    """Whether *file* of `docs/` takes the place of one of the theme, which MkDocs lets it do."""
    return (
        _is_of_docs(file, config)
        and not file.is_documentation_page()
        and any(Path(each, file.src_uri).is_file() for each in themes)
    )


def _redirected(config: MkDocsConfig) -> Iterator[Address]:
    """Where the plugin `redirects` writes, over whatever stands there."""
    plugin = config.plugins.get("redirects")
    place = Place(Path(config.config_file_path).name)
    for source in (plugin.config.get("redirect_maps") or {}) if plugin else ():
        if is_markdown_file(str(source)):
            url = _url(File(str(source), "", "", use_directory_urls=True))
            yield Address(url, Writer.OTHER, str(source), place)
