"""The club's part of the site: every page of every collection, rendered for the theme's shell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from club.model.audience import HIDDEN_WORDS
from club.model.graph import Graph
from club.model.kind import Kind
from club.model.message import N_, Message
from club.model.record import Record
from club.model.view import Fact, PageView, TableView
from club.model.viewing import link
from club.publish.home import home_view
from club.publish.markdown import TextConverter
from club.publish.news import NEWS, RECENT_CHANGES, news_page
from club.publish.past import Past
from club.publish.render import RenderedPage, Renderer, plain_text, prefix_of, template_of
from club.publish.since import has_since, since_pages, since_url
from club.publish.tables import filtered_pages, table
from club.records.registry import KIND_BY_COLLECTION, KIND_BY_NAME, KINDS

DESCRIPTION_LENGTH = 180
# What is on every page tells no page from another, so the search leaves it out.
ON_EVERY_PAGE = re.compile(
    r'<details class="club-contents".*?</details>'
    r'|<div class="club-alert club-alert--example".*?</div>'
    r'|<footer class="club-foot".*',
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Body:
    """The long text of a record, from `docs/<collection>/<id>.md`."""

    markdown: str
    path: str


class Site:
    """All the pages that records give rise to."""

    def __init__(
        self,
        graph: Graph,
        renderer: Renderer,
        bodies: Mapping[str, Body] | None = None,
        past: Past | None = None,
    ) -> None:
        """*graph* is already restricted to its audience; *bodies* are keyed `collection/id`.

        *past* is that of the same audience, or None where there is no repository.
        """
        self.graph = graph
        self.renderer = renderer
        self.bodies = bodies or {}
        self.past = past
        self._body_converter = TextConverter(renderer.words.language, heading_level=2)
        self._tables: dict[str, TableView] = {}

    def table(self, kind: Kind[Record]) -> TableView:
        """The table of *kind*, worked out once."""
        if kind.collection not in self._tables:
            self._tables[kind.collection] = table(kind, self.graph)
        return self._tables[kind.collection]

    def records(self) -> Iterator[Record]:
        """Every record, kind by kind."""
        for kind in KINDS:
            yield from self.graph.all(kind.model)

    def other_pages(self) -> Iterator[PageView]:
        """Matrices, differences, filtered tables, and what changed lately."""
        for kind in KINDS:
            yield from kind.more_pages(self.graph)
            yield from filtered_pages(kind, self.table(kind))
        if self.past and self.past.is_known:
            yield PageView(url=NEWS, collection="", title=Message(RECENT_CHANGES))
            yield from since_pages(self.past, self.graph)

    def page(self, subject: Record | PageView) -> RenderedPage:
        """The page of a record, or one of the other pages."""
        if subject.collection not in KIND_BY_COLLECTION and self.past:
            return news_page(self.past, self.renderer)
        kind = KIND_BY_COLLECTION[subject.collection]
        if isinstance(subject, PageView):
            return self.render(kind, subject)
        return self.render(kind, kind.view(subject, self.graph), subject)

    def render(
        self, kind: Kind[Record], page: PageView, record: Record | None = None
    ) -> RenderedPage:
        """*page* as HTML for the theme's shell."""
        prefix = prefix_of(page.url)
        words = self.renderer.words
        title = words.say(page.title)
        body, headings = self._body(page, prefix)
        backlinks = self._backlinks(record, page) if record else ()
        html = self.renderer.render(
            template_of(page),
            prefix,
            page=page,
            kind=kind,
            body=body,
            backlinks=backlinks,
            discuss=self._discuss(page, title),
            past=self.past.of_record(record) if self.past and record else None,
            since=self._since(record),
        )
        contents = [(each.id, words.say(each.title)) for each in page.sections]
        contents += headings
        if backlinks:
            contents.append(("backlinks", words.translate(N_("What leads here"))))
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
            in_search=record is not None,
        )

    def _since(self, record: Record | None) -> str:
        """The address of what moved since the meeting, if there is such a page."""
        if self.past is None or record is None or not has_since(self.past, record):
            return ""
        return since_url(record)

    def _distinct(self, title: str, kind: Kind[Record], page: PageView) -> str:
        """The title in a browser's tab: a source and a resource may share theirs."""
        if not page.id:
            return title
        return f"{title} ({self.renderer.words.translate(kind.singular)})"

    def _description(self, page: PageView) -> str:
        words = self.renderer.words
        text = page.lead.source if page.lead else ""
        if not text:
            said = (
                f"{words.say(fact.label)} : {words.say(fact.values)}" for fact in page.facts[:3]
            )
            text = " · ".join(said)
        text = " ".join(text.replace("[[", "").replace("]]", "").split())
        if len(text) > DESCRIPTION_LENGTH:
            text = text[:DESCRIPTION_LENGTH].rpartition(" ")[0] + "…"
        return text

    def _discuss(self, page: PageView, title: str) -> str:
        if not (self.renderer.forge and page.id):
            return ""
        subject = f"{title} ({page.collection}/{page.id})"
        return self.renderer.forge.new_issue(subject, f"`{page.collection}/{page.id}`\n\n")

    def _body(self, page: PageView, prefix: str) -> tuple[Markup, list[tuple[str, str]]]:
        body = self.bodies.get(f"{page.collection}/{page.id}")
        if body is None:
            return Markup(), []
        html = self.renderer.html(prefix)

        def write(id: str, section: str, said: str) -> str:
            target = self.graph.find(id)
            if target is None:
                return str(Markup.escape(said or HIDDEN_WORDS))
            return html.link(link(target))

        text, headings = self._body_converter.convert_page(body.markdown, write)
        return Markup(text), headings

    def _backlinks(self, record: Record, page: PageView) -> tuple[Fact, ...]:
        """The records that point here, by kind, less those the page already shows."""
        groups: dict[str, dict[str, Record]] = {}
        for each in self.graph.backlinks(record):
            if each.record.collection not in page.listed and each.record is not record:
                groups.setdefault(each.record.collection, {})[each.record.id] = each.record
        return tuple(
            Fact(
                Message(kind.plural), tuple(link(each) for each in groups[kind.collection].values())
            )
            for kind in KINDS
            if kind.collection in groups
        )

    def index_html(self, collection: str) -> tuple[str, list[tuple[str, str]]]:
        """The index of *collection*, without its title, and its contents."""
        kind = KIND_BY_COLLECTION[collection]
        url = f"{collection}/"
        found = self.table(kind)
        words = self.renderer.words
        sections = kind.index_sections(self.graph)
        title = words.say(Message(N_("All: {count}"), {"count": len(found.rows)}))
        forge = self.renderer.forge
        new_url = forge.new_file("data", f"{collection}/id.yaml") if forge and kind.folder else ""
        html = self.renderer.render(
            "index.html.jinja",
            prefix_of(url),
            kind=kind,
            sections=sections,
            table=found,
            table_title=title,
            new_url=new_url,
        )
        contents = [(each.id, words.say(each.title)) for each in sections]
        return str(html), [*contents, ("all", title)]

    def index_title(self, collection: str) -> str:
        """The title of the index of *collection*, with a capital."""
        said = self.renderer.words.translate(KIND_BY_COLLECTION[collection].plural)
        return said[:1].upper() + said[1:]

    def home_html(self) -> str:
        """What the home page shows of the club's life, below its own words."""
        news = NEWS if self.past and self.past.is_known else ""
        return str(
            self.renderer.render("home.html.jinja", "", home=home_view(self.graph), news=news)
        )

    def wiki_page_past(self, path: str, url: str, meta: Mapping[str, object]) -> str:
        """The past of a page of the wiki, for its foot; nothing where there is no repository."""
        if not self.past:
            return ""
        past = self.past.of_page(path, meta)
        return str(self.renderer.render("past.html.jinja", prefix_of(url), past=past, path=path))

    def kind_label(self, name: str) -> str:
        """The label of a kind, singular."""
        return self.renderer.words.translate(KIND_BY_NAME[name].singular)


def search_entries(page: RenderedPage) -> Iterator[dict[str, str]]:
    """The entries of *page* in the search index: the page itself, then each of its sections."""
    if not page.in_search:
        return
    first, *rest = ON_EVERY_PAGE.sub("", page.html).split("<h2 ")
    title = page.title
    yield {"location": page.url, "title": title, "text": plain_text(first.partition("</h1>")[2])}
    for part in rest:
        id, _, after = part.partition('"')[2].partition('"')
        heading, _, text = after.partition(">")[2].partition("</h2>")
        yield {
            "location": f"{page.url}#{id}",
            "title": plain_text(heading.partition('<a class="club-edit"')[0]),
            "text": plain_text(text),
        }
