"""The records among MkDocs' files: pages that are already written, indexes it renders itself."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from club.model.folder import ClubFolder
from club.model.graph import Graph
from club.model.registry import Registry
from club.model.viewing import url_of
from club.publish.data.redirects import Redirect
from club.publish.html.sanitise import is_id, words_of
from club.publish.pages.computed import Computed
from club.publish.pages.site import Site
from club.publish.words.language import Words
from club.publish.words.typography import unbroken
from club.read.settings import Settings


class RecordFile(File):
    """A page that the club writes: MkDocs may link to it, but neither reads nor copies it."""

    is_offered = True
    """While plugins look at the files, so that they know of it; not when MkDocs reads its pages."""

    def is_documentation_page(self) -> bool:
        """Not in the end: so page hooks, the site map and the navigation leave it alone."""
        return self.is_offered

    def copy_file(self, dirty: bool = False) -> None:
        """Nothing to copy."""


def _record_file(config: MkDocsConfig, src_uri: str) -> RecordFile:
    file = RecordFile(
        src_uri,
        src_dir=None,
        dest_dir=config.site_dir,
        use_directory_urls=True,
        dest_uri=f"{src_uri.removesuffix('.md')}/index.html",
        inclusion=InclusionLevel.NOT_IN_NAV,
    )
    file.generated_by = "club"
    return file


def add_written(files: Files, config: MkDocsConfig, urls: Iterable[str]) -> None:
    """Lets wiki pages link to `projects/e-lyco.md` and the other pages the club writes."""
    for src_uri in (f"{url.rstrip('/')}.md" for url in urls):
        if files.get_file_from_path(src_uri) is None:
            files.append(_record_file(config, src_uri))


def withdraw_written(files: Files) -> None:
    """Hides the pages the club writes from MkDocs, which would read them."""
    for file in files:
        if isinstance(file, RecordFile):
            file.is_offered = False


def moved_pages(files: Files, graph: Graph) -> Iterator[Redirect]:
    """The pages of the wiki that another plugin put elsewhere, as Material does with posts."""
    for page in graph.pages:
        file = files.get_file_from_path(page.id)
        if file is not None and unquote(file.url).removeprefix("./") != url_of(page):
            yield Redirect(url_of(page), unquote(file.url), page.title_text)


def add_indexes(files: Files, config: MkDocsConfig, site: Site) -> None:
    """Gives each collection an index page, before which a wiki page of that name may speak."""
    for kind in site.graph.registry.kinds:
        src_uri = f"{kind.collection}/index.md"
        if files.get_file_from_path(src_uri) is None:
            title = site.index_title(kind.collection)
            files.append(File.generated(config, src_uri, content=f"# {title}\n"))


def add_computed(
    files: Files, config: MkDocsConfig, pages: Iterable[Computed], words: Words
) -> None:
    """Gives the pages that the club works out their place, unless the wiki has one of that path."""
    for page in pages:
        if files.get_file_from_path(page.src_uri) is None:
            content = f"# {words.say(page.title)}\n"
            files.append(File.generated(config, page.src_uri, content=content))


def index_collection(file: File, registry: Registry) -> str:
    """The collection whose index *file* is, or nothing."""
    folder, _, name = file.src_uri.rpartition("/")
    return folder if name == "index.md" and folder in registry.collections else ""


def add_assets(files: Files, config: MkDocsConfig, folder: Path) -> None:
    """Adds the club's style sheet, script and pictures."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            src_uri = f"assets/club/{path.relative_to(folder).as_posix()}"
            if files.get_file_from_path(src_uri) is None:
                files.append(File.generated(config, src_uri, abs_src_path=str(path)))


def page_being_converted(md: Markdown) -> str:
    """The path of the page whose links MkDocs resolves, or Material's blog for an excerpt."""
    return str(md.treeprocessors["relpath"].file.src_uri)  # type: ignore[attr-defined]


def missing_pages(files: Files, settings: Settings, folder: ClubFolder) -> list[str]:
    """The pages a public site owes its readers, as the footer lists them, that are not there."""
    return [
        src_uri
        for src_uri in settings.footer
        if files.get_file_from_path(src_uri) is None or not folder.publishes(src_uri)
    ]


def drop_left_out(
    files: Files, config: MkDocsConfig, folder: ClubFolder, nav: Navigation
) -> list[str]:
    """Takes the files of `docs/` that are not published out; gives those that *nav* leads to."""
    for file in list(files):
        is_of_docs = file.src_dir == config.docs_dir and not file.generated_by
        if is_of_docs and not folder.publishes(file.src_uri):
            files.remove(file)
    left = {file.src_uri for file in files}
    return [page.file.src_uri for page in nav.pages if page.file.src_uri not in left]


def drop_bodies(files: Files, club: ClubFolder) -> None:
    """Takes the long texts of records out of the pages: the records' own pages show them."""
    for file in list(files.documentation_pages()):
        if club.is_body(file.src_uri):
            files.remove(file)


def drop_members_pages(files: Files, graph: Graph, whole: Graph) -> None:
    """Takes the wiki pages that *graph* hides out of the build."""
    shown = {page.id for page in graph.pages}
    for page in whole.pages:
        file = files.get_file_from_path(page.id)
        if page.id not in shown and file is not None:
            files.remove(file)


def drop_withheld(files: Files, withheld: Container[str]) -> None:
    """Takes the files beside the pages that are *withheld* out of the build."""
    for file in list(files):
        if file.src_uri in withheld:
            files.remove(file)


def contents(headings: Iterable[tuple[str, str]], page: Page) -> TableOfContents:
    """A table of contents for MkDocs: the page's title, then *headings*."""
    title = AnchorLink(str(page.title), "", 1)
    title.children = [AnchorLink(unbroken(words), id, 2) for id, words in headings]
    return TableOfContents([title])


def clean_names(page: Page) -> None:
    """Leaves only words in the title and the contents of *page*: the theme writes them as HTML."""
    page.title = words_of(str(page.title))
    page.toc = TableOfContents([_clean(each) for each in page.toc])


def _clean(item: AnchorLink) -> AnchorLink:
    clean = AnchorLink(words_of(item.title), item.id if is_id(item.id) else "", item.level)
    clean.children = [_clean(each) for each in item.children]
    return clean


def add_contents(page: Page, id: str, title: str) -> None:
    """Adds a heading at the end of the contents of *page*."""
    toc = page.toc
    top = next(iter(toc), None)
    added = AnchorLink(title, id, 2)
    if top is not None and top.level == 1:
        top.children.append(added)
    else:
        toc.items.append(added)
