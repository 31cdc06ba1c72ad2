"""The club's part of the site: every page of every collection, rendered for the theme's shell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property
from html import escape

from markupsafe import Markup

from club.edit.template import Template
from club.model.folder import is_one_record
from club.model.graph import Graph
from club.model.kind import Kind
from club.model.markup import Fence, capital
from club.model.message import N_, Message
from club.model.problem import Place
from club.model.record import Record
from club.model.slug import slug
from club.model.view import Fact, Link, PageView, TableView, TextView
from club.model.viewing import fact, facts, link
from club.publish.data.feeds import record_path
from club.publish.data.search_index import Document
from club.publish.html.markdown import TextConverter
from club.publish.html.render import (
    RenderedPage,
    Renderer,
    described,
    prefix_of,
    summary,
    templates_of,
)
from club.publish.pages.addresses import Addresses, addresses
from club.publish.pages.backlinks import backlinks
from club.publish.pages.computed import Computed
from club.publish.pages.home import HOME, home_parts
from club.publish.pages.letters import SEARCH, search_page, search_views
from club.publish.pages.news import NEWS, RECENT_CHANGES, news_page
from club.publish.pages.queries import answer, caption
from club.publish.pages.search import about, document
from club.publish.pages.sheets import page_sheets
from club.publish.pages.since import has_since, since_pages, since_url
from club.publish.pages.tables import filtered_pages, rows_counted, table
from club.publish.pages.tags import tag_url
from club.publish.words.changelog import Changelog
from club.publish.words.language import EXAMPLE, EXAMPLE_FIRST, told_of
from club.read.queries import query_in

WHAT_LEADS_HERE = N_("What leads here")
SHOWN_OF_PAGES = ("owner", "review_by", "licence", "attribution")
TO_BE_NAMED = N_("to be named")


class Site:
    """All the pages that records give rise to."""

    def __init__(
        self,
        graph: Graph,
        renderer: Renderer,
        changelog: Changelog | None = None,
        *,
        has_search: bool = True,
    ) -> None:
        """*graph* is already restricted to its audience.

        *changelog* is that of the same audience, or None where there is no repository; the club's
        own search has pages where the site *has_search*.
        """
        self.has_search = has_search
        self.graph = graph
        self.renderer = renderer
        self.changelog = changelog
        self._body_converter = TextConverter(
            renderer.words.language, heading_level=2, words=renderer.words
        )
        self._tables: dict[str, TableView] = {}

    def table(self, kind: Kind[Record]) -> TableView:
        """The table of *kind*, worked out once."""
        if kind.collection not in self._tables:
            self._tables[kind.collection] = table(kind, self.graph)
        return self._tables[kind.collection]

    def sheets(self) -> Iterator[TableView]:
        """Every table that is offered to spreadsheets."""
        yield from (self.table(kind) for kind in self.graph.registry.kinds)
        yield from page_sheets(self.graph)

    def records(self) -> Iterator[Record]:
        """Every record, kind by kind."""
        for kind in self.graph.registry.kinds:
            yield from self.graph.all(kind.model)

    @cached_property
    def addresses(self) -> Addresses:
        """The table of every address of the site, once its changelog is known."""
        is_known = self.changelog is not None and self.changelog.is_known
        return addresses(self.graph, has_past=is_known, has_search=self.has_search)

    def other_pages(self) -> Iterator[PageView]:
        """Matrices, differences, filtered tables, and what changed lately."""
        for kind in self.graph.registry.kinds:
            yield from (replace(each, is_found=True) for each in self.graph.once(kind.more_pages))
            yield from filtered_pages(kind, self.table(kind))
        if self.changelog and self.changelog.is_known:
            yield PageView(url=NEWS, collection="", title=Message(RECENT_CHANGES))
            yield from since_pages(self.changelog, self.graph)
        if self.has_search:
            yield from search_views(self.graph)

    def page(self, subject: Record | PageView) -> RenderedPage:
        """The page of a record, or one of the other pages."""
        kinds = self.graph.registry.by_collection
        if isinstance(subject, PageView) and subject.url.startswith(SEARCH):
            return search_page(subject, self.graph, self.renderer)
        if subject.collection not in kinds and self.changelog:
            return news_page(self.changelog, self.renderer)
        kind = kinds[subject.collection]
        if isinstance(subject, PageView):
            return self.render(kind, subject)
        return self.render(kind, kind.view(subject, self.graph), subject)

    def document(self, subject: Record | PageView, page: RenderedPage) -> Document | None:
        """What a search finds of *page*, that of *subject*."""
        record = subject if isinstance(subject, Record) else None
        facets = about(record, self.graph) if record else ()
        return document(page, self.renderer.words, *facets)

    def render(
        self, kind: Kind[Record], page: PageView, record: Record | None = None
    ) -> RenderedPage:
        """*page* as HTML for the theme's shell."""
        prefix = prefix_of(page.url)
        words = self.renderer.words
        title = words.say(page.title)
        if record:
            page = replace(page, facts=(*page.facts, *self._tags(record)))
        body, headings = self._body(record, prefix)
        linked = backlinks(record, self.graph, page.listed) if record else ()
        with told_of("the page", page.url):
            html = self.renderer.render_first(
                templates_of(page),
                prefix,
                page=page,
                kind=kind,
                body=body,
                backlinks=linked,
                discuss=self._discuss(page, title),
                history=self.changelog.of_record(record) if self.changelog and record else None,
                since=self._since(record),
                feed=self._feed(kind, record),
            )
        contents = [(each.id, words.say(each.title)) for each in page.sections]
        contents += headings
        if linked:
            contents.append(("backlinks", words.translate(WHAT_LEADS_HERE)))
        forge = self.renderer.forge
        return RenderedPage(
            url=page.url,
            collection=page.collection,
            title=self._distinct(title, kind, page),
            html=str(html),
            contents=tuple(contents),
            description=self._description(page),
            edit_url=forge.edit(page.place) if forge and page.place else "",
            is_wide=page.is_wide,
            in_search=record is not None or page.is_found,
            mark=words.say(Message(EXAMPLE)) if page.is_example else "",
            heading=title,
            kind=words.translate(kind.singular) if record else "",
        )

    def _feed(self, kind: Kind[Record], record: Record | None) -> str:
        """The address of the feed of *record*, if there is one."""
        is_told = self.changelog is not None and bool(self.changelog.timeline.events)
        return record_path(record) if record and kind.has_feeds and is_told else ""

    def _since(self, record: Record | None) -> str:
        """The address of what moved since the meeting, if there is such a page."""
        if (
            self.changelog is None
            or record is None
            or not has_since(self.changelog, record, self.graph.registry)
        ):
            return ""
        return since_url(record)

    def _distinct(self, title: str, kind: Kind[Record], page: PageView) -> str:
        """The title in a browser's tab: a source and a resource may share theirs."""
        translate = self.renderer.words.translate
        of_kind = f"{title} ({translate(kind.singular)})" if page.id else title
        if not page.is_example:
            return of_kind
        return self.renderer.words.say(Message(EXAMPLE_FIRST, {"text": of_kind}))

    def _description(self, page: PageView) -> str:
        words = self.renderer.words
        text = self._words_of(page.lead) if page.lead else words.say(page.intro or "")
        if not text:
            said = (
                f"{words.say(fact.label)} : {words.say(fact.values)}" for fact in page.facts[:3]
            )
            text = " · ".join(said)
        text = summary(text)
        return words.say(Message(EXAMPLE_FIRST, {"text": text})) if page.is_example else text

    def _words_of(self, text: TextView) -> str:
        """What *text* says, less the marks of its Markdown: its links are their words."""
        links, say = dict(text.links), self.renderer.words.say

        def write(id: str, section: str, words: str) -> str:
            target = links.get(id)
            return escape(
                say(replace(target, title=words or target.title)) if target else words or id
            )

        return described(self.renderer.converter.convert(text.source, write))

    def _discuss(self, page: PageView, title: str) -> str:
        if not (self.renderer.forge and page.id):
            return ""
        subject = f"{title} ({page.collection}/{page.id})"
        return self.renderer.forge.new_issue(subject, f"`{page.collection}/{page.id}`\n\n")

    def _body(self, record: Record | None, prefix: str) -> tuple[Markup, list[tuple[str, str]]]:
        body = self.graph.body(record) if record else None
        if body is None:
            return Markup(), []
        write = self.renderer.html(prefix).link_writer(self._named)
        text, headings = self._body_converter.convert_page(body.markdown, write)
        return Markup(self.marked(text)), headings

    def marked(self, html: str) -> str:
        """*html*, written by contributors, its links to made-up records marked."""
        return self.renderer.html("").marked(html, self.graph.examples)

    def _named(self, name: str) -> Link | None:
        found = self.graph.named(name)
        return link(found[0]) if len(found) == 1 else None

    def answer_html(self, block: Fence, src_uri: str, url: str) -> str:
        """The answer to a query of the page *src_uri*, at *url*; a wrong one was told of before."""
        query = query_in(self.graph.names.page(src_uri), block, self.graph)
        if query is None:
            return ""
        body, title = answer(query, self.graph), caption(query, self.graph)
        prefix = prefix_of(url)
        return str(
            self.renderer.render(
                "query.html.jinja", prefix, shape=query.shape, body=body, caption=title
            )
        )

    def linked_html(self, record: Record, url: str) -> tuple[str, bool]:
        """What is known of a wiki page and what links to it; whether anything does."""
        linked = backlinks(record, self.graph)
        known = (fact(self.graph, record, name) for name in SHOWN_OF_PAGES)
        about = (*facts(*known), *self._tags(record))
        html = self.renderer.render(
            "linked.html.jinja", prefix_of(url), facts=about, backlinks=linked
        )
        return str(html) if about or linked else "", bool(linked)

    def _tags(self, record: Record) -> tuple[Fact, ...]:
        """The tags of *record*, each leading to its page."""
        links = (Link(name, tag_url(name)) for name in record.tags)
        return facts(fact(self.graph, record, "tags", *links))

    def computed_html(self, page: Computed, url: str, in_navigation: frozenset[str]) -> str:
        """The sections of a page that the club works out."""
        sections = page.sections(in_navigation)
        prefix = prefix_of(url)
        return str(
            self.renderer.render("sections.html.jinja", prefix, intro=page.intro, sections=sections)
        )

    def index_html(self, collection: str) -> tuple[str, list[tuple[str, str]]]:
        """The index of *collection*, without its title, and its contents."""
        kind = self.graph.registry.by_collection[collection]
        url = f"{collection}/"
        table = self.table(kind)
        words = self.renderer.words
        sections = kind.index_sections(self.graph)
        about = {"things": Message(kind.plural), "count": rows_counted(table.rows)}
        title = words.say(Message(N_("{things}: {count}"), about))
        html = self.renderer.render(
            "index.html.jinja",
            prefix_of(url),
            kind=kind,
            since=self._since_last(kind),
            sections=sections,
            table=table,
            table_title=title,
            new_url=self._new_url(kind),
        )
        contents = [(each.id, words.say(each.title)) for each in sections]
        return str(html), [*contents, ("all", title)]

    def _since_last(self, kind: Kind[Record]) -> Link | None:
        """What moved since the latest of the records of *kind* that are milestones."""
        if not (self.changelog and self.changelog.is_known):
            return None
        dated = ((kind.milestone(each), each) for each in self.graph.all(kind.model))
        today = self.graph.today or date.max
        past = [(day, each.id, each) for day, each in dated if day and day <= today]
        if not past:
            return None
        last = max(past)[2]
        title = Message(N_("What moved since {meeting}"), {"meeting": last.title_text})
        return Link(title, since_url(last))

    def _new_url(self, kind: Kind[Record]) -> str:
        """Where a record is added: a file with its template, or the end of the one file."""
        forge = self.renderer.forge
        if forge is None:
            return ""
        last = max(
            (self.graph.place(each) for each in self.graph.all(kind.model)),
            key=lambda place: place.line,
            default=Place(f"data/{kind.collection}.yaml"),
        )
        if not kind.folder and not is_one_record(last.path):
            return forge.edit(last)
        translate = self.renderer.words.translate
        name = f"{kind.collection}/{slug(translate(TO_BE_NAMED))}.yaml"
        contents = [
            Template(kind, self.graph, translate, is_brief=each).write() for each in (False, True)
        ]
        return forge.new_file("data", name, contents)

    def index_title(self, collection: str) -> str:
        """The title of the index of *collection*, with a capital."""
        kind = self.graph.registry.by_collection[collection]
        return capital(self.renderer.words.translate(kind.plural))

    def intro(self, collection: str) -> str:
        """What the index of *collection* says of its kind; nothing for any other page."""
        kind = self.graph.registry.by_collection.get(collection)
        return self.renderer.words.translate(kind.intro) if kind else ""

    def home_html(self) -> str:
        """What the home page shows of the club's life, below its own words."""
        of_kinds = home_parts(self.graph, self.renderer, self.changelog)
        return str(self.renderer.render(HOME, "", of_kinds=of_kinds))

    def wiki_page_past(self, path: str, url: str, page: Record | None) -> str:
        """The history of a page of the wiki, for its foot; nothing where there is no repository."""
        if not self.changelog:
            return ""
        history = self.changelog.of_page(path, page)
        return str(
            self.renderer.render("history.html.jinja", prefix_of(url), history=history, path=path)
        )
