"""Every page of the club, each with what it says of itself: records, tables, news, the wiki's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from club.model.graph import TEXT
from club.model.record import Audience, Record
from club.model.view import PageView
from club.model.viewing import url_of
from club.publish.data.redirects import former_urls
from club.publish.html.render import plain_text, summary
from club.publish.html.wiki import WikiConverter
from club.publish.pages.addresses import Writer
from club.publish.pages.below import Below
from club.publish.pages.computed import Computed
from club.publish.pages.site import Site
from club.publish.words.changelog import HistoryView

INERT = str.maketrans('<>"', "‹›”")
"""A theme may write front matter into its pages as it is."""

PERMALINK = "¶"


@dataclass(frozen=True, slots=True)
class PortablePage:
    """The page at *url*, from the root of the site: its front matter and its HTML."""

    url: str
    front: Mapping[str, object]
    html: str


@dataclass(frozen=True, slots=True)
class _Written:
    """Words above what the club computes: a page of the wiki, or a bare title."""

    src_uri: str
    title: str
    markdown: str
    page: Record | None = None


class PortablePages:
    """The pages of one site, for one audience."""

    def __init__(
        self,
        site: Site,
        wiki: WikiConverter,
        computed: Iterable[Computed],
        in_navigation: frozenset[str],
        audience: Audience,
        docs: str,
    ) -> None:
        """*site* is already that of *audience*; *docs* is the folder of the wiki's pages."""
        self._site = site
        self._wiki = wiki
        self._computed = {each.src_uri: each for each in computed}
        self._below = Below(site, self._computed, in_navigation)
        self._audience = audience
        self._docs = docs
        self._registry = site.graph.registry

    def __iter__(self) -> Iterator[PortablePage]:
        """Records first, then tables and news, then the wiki."""
        subjects: list[Record | PageView] = [*self._site.records(), *self._site.other_pages()]
        for subject in subjects:
            page = self._site.page(subject)
            record = subject if isinstance(subject, Record) else None
            front = self._front(page.title, page.description or _described(page.html), record)
            yield PortablePage(page.url, front, page.html)
        for url, written in self._written().items():
            yield self._wiki_page(url, written)

    def _written(self) -> dict[str, _Written]:
        """The pages of the wiki by address; those that nobody wrote have a title alone."""
        pages = self._site.graph.pages
        found = {
            url_of(page): _Written(page.id, page.title_text, getattr(page, TEXT), page)
            for page in pages
        }
        titles = {
            f"{kind.collection}/index.md": self._site.index_title(kind.collection)
            for kind in self._registry.kinds
        }
        say = self._site.renderer.words.say
        titles |= {src_uri: say(each.title) for src_uri, each in self._computed.items()}
        for index in self._site.addresses.of(Writer.INDEX):
            title = titles[index.about]
            found.setdefault(index.url, _Written(index.about, title, f"# {title}\n"))
        return found

    def _wiki_page(self, url: str, written: _Written) -> PortablePage:
        answer = partial(self._site.answer_html, src_uri=written.src_uri, url=url)
        html = self._site.marked(self._wiki.convert(written.src_uri, written.markdown, answer))
        front = self._front(written.title, _described(html), written.page)
        added, _ = self._below.html(written.src_uri, url)
        return PortablePage(url, front, html + added + self._about(url, written.page))

    def _about(self, url: str, page: Record | None) -> str:
        """What is known of a page of the wiki: its facts, what leads there, its past."""
        if page is None:
            return ""
        linked = self._site.linked_html(page, url)[0]
        if url.rstrip("/") in self._registry.collections:
            return linked
        return linked + self._site.wiki_page_past(self._path(page), url, page)

    def _front(self, title: str, description: str, record: Record | None) -> dict[str, object]:
        front: dict[str, object] = {
            "title": title.translate(INERT),
            "description": description.translate(INERT),
        }
        if record is not None:
            front |= {
                "kind": record.kind,
                "id": record.id,
                "tags": [each.translate(INERT) for each in record.tags],
                "aliases": list(former_urls(record)),
                **self._dates(record),
            }
        front["audience"] = str(self._audience)
        return {name: value for name, value in front.items() if value}

    def _dates(self, record: Record) -> dict[str, str]:
        past = self._past(record)
        if past is None:
            return {}
        dates = {"first_published": past.first, "last_updated": past.last}
        return {name: str(date) for name, date in dates.items() if date}

    def _path(self, page: Record) -> str:
        return f"{self._docs}/{page.id}"

    def _past(self, record: Record) -> HistoryView | None:
        if self._site.changelog is None:
            return None
        if record.is_page:
            return self._site.changelog.of_page(self._path(record), record)
        return self._site.changelog.of_record(record)


def _described(html: str) -> str:
    """The first words of *html* below its title."""
    return summary(plain_text(html.partition("</h1>")[2]).replace(PERMALINK, ""))
