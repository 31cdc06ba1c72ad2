"""The club's own search: what it finds of pages that MkDocs renders, and where it is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import unescape
from itertools import groupby
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from club.model.markup import capital
from club.model.message import N_, Message
from club.publish.data.search_index import Entry, Index, entry
from club.publish.pages.search import FACETS, written
from club.publish.pages.site import Site
from club.publish.words.language import EXAMPLE_TITLE, Words
from club.publish.write import write
from club.read.settings import Settings
from mkdocs_club.output import Found

OF_THEME = "material/search"
OF_MKDOCS = "search/search_index.json"
OWN = ("partials/header.html", "partials/search.html")
"""The templates of a club that show the search: where it has its own, they expect the theme's."""
PAGES = N_("pages of the wiki")
DEFINITIONS = N_("definitions")
SAID = {
    "label": N_("Search the site"),
    "submit": N_("Find"),
    "close": N_("Close"),
    "all": N_("all"),
    "kind": N_("kind"),
    "more": N_("Show more"),
    "rest": N_("{kind}: all {count}"),
    "others-one": N_("One more kind has answers: choose it above."),
    "others-other": N_("{count} more kinds have answers: choose one above."),
    "count-zero": N_("Nothing found for “{query}”."),
    "count-one": N_("{count} result for “{query}”."),
    "count-other": N_("{count} results for “{query}”."),
    "instead": N_("Nothing says that: looked for “{words}”."),
    "part": N_("No page says all these words."),
    "vague": N_("These words are on every page: add one."),
    "failed": N_("The search could not be loaded. Try again in a moment."),
    "keys": N_("Open the search with the keys / and s"),
}
"""What the script says, less the words of the data; `{…}` are filled by it."""


def has_own_search(config: MkDocsConfig, settings: Settings) -> bool:
    """Whether the pages of this site, of Material, have the club's search.

    Not where the settings have no search or want the theme's, nor where templates of the club show
    that one.
    """
    own = config.theme.custom_dir
    is_shown = bool(own) and any(Path(str(own), each).exists() for each in OWN)
    return OF_THEME in config.plugins and settings.has_own_search and not is_shown


class WikiFound:
    """What the search finds of the pages that MkDocs renders, as they come."""

    def __init__(self, words: Words) -> None:
        """*words* are those of the site."""
        self._words = words
        self.pages: list[Entry] = []
        self.definitions: list[Entry] = []

    def add(
        self, url: str, title: str, html: str, facets: Iterable[tuple[str, str]], intro: str
    ) -> None:
        """Keeps what is found of the page at *url*, of which *intro* says more."""
        said = f"<p>{intro}</p>{html}" if intro else html
        where = "" if url == "./" else unescape(url)
        for is_definition, each in written(where, unescape(title), said, self._words, *facets):
            (self.definitions if is_definition else self.pages).append(entry(each))


def write_search(
    folder: Path, found: Iterable[tuple[str, Found]], wiki: WikiFound, site: Site
) -> None:
    """Writes the index of the search under *folder*, and takes that of the theme out."""
    (folder / OF_MKDOCS).unlink(missing_ok=True)
    index = Index()
    others: list[Entry] = []
    for collection, group in groupby(found, key=lambda pair: pair[0]):
        entries = [each for _, each in group if isinstance(each, Entry)]
        if collection:
            index.add(site.index_title(collection), entries)
        else:
            others += entries
    words = site.renderer.words
    index.add(capital(words.translate(PAGES)), [*wiki.pages, *others])
    index.add(capital(words.translate(DEFINITIONS)), wiki.definitions)
    said = {name: words.translate(text) for name, text in SAID.items()}
    kinds = [each for each in site.graph.registry.kinds if each.name in FACETS]
    titles = {kind.name: dict(_titles(site, kind.name)) for kind in kinds}
    labels = {kind.name: words.translate(kind.singular) for kind in kinds}
    for path, content in index.files(titles, labels, words=said):
        write(folder, path, content)


def _titles(site: Site, name: str) -> Iterator[tuple[str, str]]:
    """The ids and titles of the records of the kind *name*, made-up ones said to be so."""
    kind = site.graph.registry.by_name[name]
    for record in site.graph.all(kind.model):
        title = site.graph.title(record)
        if record.example:
            title = site.renderer.words.say(Message(EXAMPLE_TITLE, {"title": title}))
        yield record.id, title
