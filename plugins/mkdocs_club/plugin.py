"""The MkDocs plugin: records in, pages beside the wiki's, one shell for them all."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from jinja2 import Environment
from markupsafe import Markup, escape
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_build_timestamp, get_relative_url, is_error_template
from mkdocs.utils.meta import get_data

from club.model.folder import DATA
from club.model.message import N_, Message, stopped_by
from club.model.problem import Level, Place, Problem
from club.model.viewing import url_of
from club.publish.charts.charts import FOLDER, Charts
from club.publish.data.calendar import Calendars
from club.publish.data.dossier import dossiers
from club.publish.data.exports import export_files
from club.publish.data.feeds import ALL, Feeds
from club.publish.data.redirects import redirects
from club.publish.html.own_templates import TemplateError
from club.publish.html.own_words import OwnWords
from club.publish.html.portions import Portions
from club.publish.html.query_blocks import QueryBlocks
from club.publish.html.render import Renderer
from club.publish.html.sanitise import sanitise
from club.publish.html.table_heads import TableHeads
from club.publish.html.wikilinks import RecordLinks
from club.publish.pages.addresses import Writer
from club.publish.pages.below import Below
from club.publish.pages.checks import check_pages
from club.publish.pages.computed import TAGS, computed_pages
from club.publish.pages.hidden import Hidden
from club.publish.pages.search import about, with_named_terms
from club.publish.pages.sheets import sheet_files
from club.publish.pages.site import WHAT_LEADS_HERE, Site
from club.publish.pages.tags import tags
from club.publish.pages.withheld import withheld_of
from club.publish.reports.problems import text
from club.publish.words.changelog import Changelog
from club.publish.words.forge import Forge
from club.publish.words.language import Words
from club.publish.words.typography import typeset_html
from club.read.load import Club, load
from club.read.progress import throttled
from club.read.settings import EpochError, day_of
from club.read.settings_checks import check_contributors
from mkdocs_club.compiled import CompiledTemplates
from mkdocs_club.files import (
    add_assets,
    add_computed,
    add_contents,
    add_indexes,
    add_written,
    clean_names,
    contents,
    drop_bodies,
    drop_left_out,
    drop_members_pages,
    drop_withheld,
    index_collection,
    missing_pages,
    moved_pages,
    page_being_converted,
    withdraw_written,
)
from mkdocs_club.front_matter import harmless
from mkdocs_club.history import read_changelog
from mkdocs_club.navigation import drop_empty, drop_hidden, name_pages, name_sections
from mkdocs_club.others import check_built, check_read
from mkdocs_club.output import (
    add_to_search,
    add_to_sitemap,
    write_files,
    write_pages,
    write_redirects,
)
from mkdocs_club.policy import Policy
from mkdocs_club.search import WikiFound, has_own_search, write_search
from mkdocs_club.settings import club_folder, language_of, settings_of
from mkdocs_club.sheets import prune_sheets
from mkdocs_club.shell import Shells
from mkdocs_club.start import STYLE, Start, scripts
from mkdocs_club.theme import Theme, WrittenPage, add_templates, drop_instant

log = logging.getLogger("mkdocs.plugins.club")
HERE = Path(__file__).parent
EARLY, LATE, LATEST = 100, -90, -110
"""Before and after the other plugins, whatever the order of the list in mkdocs.yml.

Material's blog moves its posts at -50; nav plugins read the files at -100, when the club's own
are gone.
"""


CACHE = ".cache/club/templates"

NEEDS_DIRECTORY_URLS = N_("the club plugin needs use_directory_urls: true")
RECORDS_READ = N_("{count} records read…")
REFUSED_WARNINGS = N_("Warnings, which strict mode refuses: {count}.")
ERRORS = N_("Errors in the records: {count}; see above, or run “club check”.")
NOT_MADE = N_("Errors in what the site would be made of: {count}; see above.")
LAST_GOOD = N_("The records have errors: the last good ones stay on the site.")
LEFT_OUT_OF_NAV = N_("The navigation leads to the page “{page}”, which is not published.")
DEAD_LINK = N_("A link leads to no page")
NO_INSTANT = N_(
    "The theme’s feature “{feature}” is left out: filters and sorting would be lost from page to "
    "page, and pages this light do without it. Take it out of theme.features."
)
NO_FOOTER_PAGE = N_("The page “{page}”, which extra.club.footer lists, does not exist.")


class _Renderer(Renderer):
    """Says what is wrong with a template as MkDocs says what stops a build."""

    def __init__(self, root: Path, *made_of: Any) -> None:
        """*root* is the club's folder, *made_of* as for any renderer."""
        super().__init__(*made_of)
        self._root = root

    def render_first(self, names: Sequence[str], prefix: str, **values: Any) -> Markup:
        try:
            return super().render_first(names, prefix, **values)
        except TemplateError as error:
            raise PluginError(text(error.problem.within(self._root), self.words)) from error


def _say_read(words: Words, count: int) -> None:
    log.info(words.say(Message(RECORDS_READ, {"count": count})))


class ClubConfig(Config):
    """Nothing: who reads and which forge are under `extra.club`, where the theme sees them too."""


class ClubPlugin(BasePlugin[ClubConfig]):
    """Adds the records of `data/` to an MkDocs site."""

    def __init__(self) -> None:
        """State lasts between the builds of one `mkdocs serve`."""
        self._is_serving = self._is_dirty = False
        self._last_good: Club | None = None
        self._site_dir = ""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Notes whether the site is being served; also keeps this instance between builds."""
        self._is_serving, self._is_dirty = command == "serve", dirty

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Reads and checks the records; errors stop the build, or keep the last good site."""
        self._settings = settings_of(config)
        language = language_of(config)
        self._folder = club_folder(self._settings, config, language, is_serving=self._is_serving)
        self._words = words = Words(language, self._folder.registry.catalogues)
        self._site_dir = config.site_dir
        if not config.use_directory_urls:
            raise ConfigurationError(words.say(Message(NEEDS_DIRECTORY_URLS)))
        try:
            self._today = day_of(str(get_build_timestamp()))
        except (ValueError, OverflowError, OSError) as error:
            raise ConfigurationError(words.say(EpochError.message)) from error
        read = load(self._folder, throttled(partial(_say_read, words)), today=self._today)
        club = check_pages(read, self._settings.examples)
        club = club.with_problems(check_contributors(club, self._settings))
        club = self._checked(club, words, is_strict=config.strict)
        settings = self._settings
        self._forge = Forge.at(settings.repo_url, settings.branch, settings.forge)
        self._policy = Policy(settings.policy, is_serving=self._is_serving)
        self._compiled = CompiledTemplates(self._folder.root / CACHE)
        made_of = (
            self._folder.registry,
            language,
            self._forge,
            self._compiled,
            config.site_url or "",
        )
        self._renderer = _Renderer(self._folder.root, *made_of)
        self._renderer.charts = Charts(words, self._folder.root / FOLDER, self._warn)
        self._whole = club.graph
        self._graph = club.restricted(settings.audience, settings.examples)
        if self._forge:
            config.edit_uri = self._forge.edit_prefix(self._folder.docs)
        config.extra["club_issue"] = (
            self._forge.new_issue(words.say(Message(DEAD_LINK)), "") if self._forge else ""
        )
        self._links = RecordLinks(self._graph, club.graph, page_being_converted)
        self._queries = QueryBlocks()
        ours = [self._links, self._queries, Portions(), TableHeads(), OwnWords(words)]
        config.markdown_extensions += ours  # type: ignore[arg-type]
        is_material = add_templates(config, HERE / "material")
        self._has_search = is_material and has_own_search(config, settings)
        config.extra["club_search"] = self._has_search
        self._found = WikiFound(words)
        if is_material:
            for each in drop_instant(config):
                log.warning(words.say(Message(NO_INSTANT, {"feature": each})))
        config.extra_css.append(STYLE)
        config.extra_javascript += scripts(is_material=is_material, has_search=self._has_search)
        self._is_pruned = is_material and not (self._is_serving or self._is_dirty)
        return config

    def _checked(self, club: Club, words: Words, *, is_strict: bool) -> Club:
        for problem in club.problems:
            fails = is_strict or problem.rule.level is Level.ERROR
            log.log(logging.ERROR if fails else logging.WARNING, text(problem, words))
        if is_strict and club.warnings and not club.errors:
            # MkDocs counts warnings itself, but not when it is told to be quiet.
            about = {"count": len(club.warnings)}
            raise PluginError(words.say(Message(REFUSED_WARNINGS, about)))
        stopping = club.errors if is_strict else club.stopping
        if not stopping:
            self._last_good = club
            return club
        if self._is_serving and self._last_good:
            log.error(words.say(Message(LAST_GOOD)))
            return self._last_good
        raise PluginError(words.say(Message(ERRORS, {"count": len(stopping)})))

    def _warn(self, problem: Problem) -> None:
        """Says a problem that stops nothing, unless warnings do."""
        log.warning(text(problem, self._words))

    def _refuse(self, problems: Iterable[Problem]) -> None:
        """Stops the build if there are *problems*, which are said first."""
        found = list(problems)
        for problem in found:
            log.error(text(problem, self._renderer.words))
        if found:
            said = self._renderer.words.say(Message(NOT_MADE, {"count": len(found)}))
            raise PluginError(said)

    @event_priority(EARLY)
    def _add_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds indexes, records and assets; takes the long texts of records out of the pages."""
        drop_members_pages(files, self._graph, self._whole)
        withheld = withheld_of(self._folder, self._whole, self._graph)
        self._hidden = Hidden(self._whole, self._graph, config.site_url or "", withheld)
        config.nav = self._hidden.without(config.nav)
        drop_bodies(files, self._folder)
        drop_withheld(files, withheld)
        self._site = Site(
            self._graph,
            self._renderer,
            self._read_changelog(config),
            has_search=self._has_search,
        )
        add_indexes(files, config, self._site)
        pages = computed_pages(self._graph, self._forge, self._today)
        self._computed = {page.src_uri: page for page in pages}
        add_computed(files, config, self._computed.values(), self._renderer.words)
        views = self._site.addresses.of(Writer.RECORD, Writer.VIEW, Writer.REDIRECT)
        add_written(files, config, (each.url for each in views))
        add_assets(files, config, HERE / "assets")
        return files

    def _read_changelog(self, config: MkDocsConfig) -> Changelog | None:
        return read_changelog(
            self._folder,
            self._whole,
            self._graph,
            self._renderer.words,
            self._settings.contributors,
        )

    @event_priority(LATE)
    def _add_what_files_say(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds what depends on the pages of the wiki, now that each has its address."""
        self._refuse(check_built(files, config, self._folder, self._site, self._is_serving))
        self._feeds = self._made_feeds(self._site.changelog, config)
        config.extra["club_feed"] = ALL if self._feeds else ""
        self._other_pages = list(self._site.other_pages())
        moved = list(moved_pages(files, self._graph))
        self._redirects = [*redirects(self._graph), *moved]
        add_written(files, config, (each.url for each in moved))
        withdraw_written(files)
        for src_uri in missing_pages(files, self._settings, self._folder):
            log.warning(self._renderer.words.say(Message(NO_FOOTER_PAGE, {"page": src_uri})))
        return files

    on_files = CombinedEvent(_add_files, _add_what_files_say)

    def _made_feeds(self, changelog: Changelog | None, config: MkDocsConfig) -> dict[str, bytes]:
        if changelog is None:
            return {}
        url = config.site_url or ""
        return dict(
            Feeds(changelog, self._graph, self._renderer.words, url, config.site_name).files()
        )

    @event_priority(LATEST)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keeps the navigation for the shells; takes what is left out from the files of links.

        MkDocs only informs of links to what it leaves out; of links to what is not there, it warns.
        """
        # Not before: Material's blog leaves its posts out until now. A site that is being served
        # may show the last good records beside pages that changed since.
        if not self._is_serving:
            self._refuse(check_read(files, config, self._folder, self._whole, self._graph))
        for src_uri in drop_left_out(files, config, self._folder, nav):
            log.warning(self._renderer.words.say(Message(LEFT_OUT_OF_NAV, {"page": src_uri})))
        drop_hidden(nav, self._hidden)
        drop_empty(nav, self._is_empty)
        name_pages(nav, self._titles())
        if config.nav is None:
            name_sections(nav.items, self._title_of_folder)
        self._nav, self._files = nav, files
        self._in_navigation = frozenset(page.file.src_uri for page in nav.pages)
        return nav

    def _titles(self) -> dict[str, str]:
        """What the pages that the club writes are called, by path, as HTML."""
        views = {each.url: self._renderer.words.say(each.title) for each in self._other_pages}
        titles = {url_of(each): self._graph.title(each) for each in self._graph} | views
        return {f"{url.rstrip('/')}.md": str(escape(title)) for url, title in titles.items()}

    def _title_of_folder(self, src_uri: str) -> str:
        """The name of the folder of which *src_uri* is an index of ours, or nothing."""
        if computed := self._computed.get(src_uri):
            return self._words.say(computed.title)
        folder, _, name = src_uri.rpartition("/")
        is_ours = name == "index.md" and folder in self._graph.registry.collections
        return self._site.index_title(folder) if is_ours else ""

    def _is_empty(self, page: Page) -> bool:
        """Whether *page* is a list of ours with nothing in it, nor words of the wiki before it."""
        if not page.file.generated_by:
            return False
        if page.file.src_uri == TAGS:
            return not any(tags(self._graph))
        kind = self._graph.registry.by_collection.get(
            index_collection(page.file, self._folder.registry)
        )
        return kind is not None and not self._graph.all(kind.model)

    @event_priority(EARLY)
    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Drops what a page may not say of itself, and what its reader may not know of."""
        page.meta = harmless(page.meta, get_data(page.file.content_string)[1])
        if page.file.abs_src_path is None and "rss" in config.plugins:
            page.meta["draft"] = True  # that plugin reads the file of any other page
        if self._forge and page.edit_url:  # MkDocs leaves spaces and quotes as they are
            page.edit_url = self._forge.edit(Place(self._path(page)))
        return self._links.public(markdown, page.file.src_uri)

    @event_priority(EARLY)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Sanitises what contributors wrote, then adds what the club computes."""
        html = with_named_terms(self._written(html, page))
        clean_names(page)
        below = Below(self._site, self._computed, self._in_navigation)
        added, headings = below.html(page.file.src_uri, page.url)
        if self._has_search:
            is_computed = page.file.src_uri in self._computed
            self._find(page, html + added if is_computed else html)
        if headings:
            written = [(each.id, each.title) for top in page.toc for each in top.children]
            page.toc = contents([*written, *headings], page)
            page.meta.setdefault("search", {})["exclude"] = True
        return html + added + self._linked(page) + self._past(page)

    def _find(self, page: Page, html: str) -> None:
        """Keeps what the club's search finds of *page*, which says *html*: the theme's, nothing."""
        said = page.meta.setdefault("search", {})
        if not said.get("exclude"):
            record = self._graph.names.page(page.file.src_uri)
            facets = about(record, self._graph) if record else ()
            kind = index_collection(page.file, self._folder.registry)
            self._found.add(page.url, str(page.title or ""), html, facets, self._site.intro(kind))
        said["exclude"] = True

    def _written(self, html: str, page: Page) -> str:
        """What contributors wrote, sanitised and typeset, with the answers to its queries."""
        html = self._links.shown(sanitise(html), page.file.src_uri)
        html = typeset_html(html, self._renderer.words.language)
        answer = partial(self._site.answer_html, src_uri=page.file.src_uri, url=page.url)
        return self._site.marked(self._queries.fill(html, answer))

    @event_priority(LATEST)
    def on_page_context(
        self, context: Any, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> Any:
        """Sanitises the excerpts of Material's blog, which are converted apart from their pages."""
        for post in context.get("posts", ()):
            post.content = self._written(post.content, page)
        return context

    def _linked(self, page: Page) -> str:
        """What links to a wiki page, below its text and in its contents."""
        record = self._graph.names.page(page.file.src_uri)
        added, is_linked = self._site.linked_html(record, page.url) if record else ("", False)
        if is_linked:
            add_contents(page, "backlinks", self._renderer.words.translate(WHAT_LEADS_HERE))
        return added

    def _past(self, page: Page) -> str:
        """The dates and the history of a page of the wiki, at its foot."""
        if page.file.generated_by or index_collection(page.file, self._folder.registry):
            return ""
        record = self._graph.names.page(page.file.src_uri)
        return self._site.wiki_page_past(self._path(page), page.url, record)

    def _path(self, page: Page) -> str:
        """Where *page* is written, from the club's folder."""
        return f"{self._folder.docs}/{page.file.src_uri}"

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Keeps the theme's templates for the shells, and keeps them compiled between builds."""
        env.globals["_"] = self._renderer.say
        if env.bytecode_cache is None:
            env.bytecode_cache = self._compiled
        start = Start(config, is_pruned=self._is_pruned)
        self._theme = Theme(env, config, self._nav, self._files, self._policy, start)
        return env

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Adds the records to the site map, and the policy to what is a page."""
        if template_name.endswith(".html"):
            root = urlsplit(config.site_url or "/").path
            is_error = is_error_template(template_name)
            return self._theme.ready(
                output, root if is_error else get_relative_url(".", template_name)
            )
        if template_name != "sitemap.xml" or not config.site_url:
            return output
        return add_to_sitemap(output, config, self._site.addresses)

    @event_priority(LATEST)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Says in the page what it may load; the pages of the club have it from their shells."""
        if isinstance(page, WrittenPage):
            return output
        return self._theme.ready(output, get_relative_url(".", page.url))

    @event_priority(LATEST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Writes the records' pages and exports, and completes the search index."""
        shells = Shells(self._theme)
        entries = write_pages(self._site, self._other_pages, shells, Path(config.site_dir))
        if self._has_search:
            write_search(Path(config.site_dir), entries, self._found, self._site)
        else:
            add_to_search(Path(config.site_dir), entries, self._site)
        write_redirects(
            self._redirects, self._renderer.words, config.site_url or "", Path(config.site_dir)
        )
        write_files(self._feeds, Path(config.site_dir))
        export_files(self._graph, self._renderer.words, Path(config.site_dir))
        if self._is_pruned:
            prune_sheets(Path(config.site_dir))
        made = (self._site.sheets(), self._renderer.words, config.site_url or "", self._graph.today)
        write_files(dict(sheet_files(*made)), Path(config.site_dir))
        changelog = self._site.changelog
        calendars = Calendars(
            self._graph,
            self._renderer.words,
            config.site_name,
            config.site_url or "",
            self._settings.time_zone,
            changelog.timeline if changelog and changelog.is_known else None,
        )
        write_files(dict(calendars.files()), Path(config.site_dir))
        about = (self._renderer.words, config.site_name, config.site_url or "")
        printed = dossiers(self._graph, *about, self._renderer.charts)
        write_files(dict(printed), Path(config.site_dir))

    @event_priority(LATEST)
    def on_build_error(self, *, error: Exception) -> None:
        """Says in a sentence what the machine refused, where MkDocs would show its own insides."""
        if isinstance(error, OSError) and self._site_dir:
            error.filename = error.filename or self._site_dir
            raise PluginError(self._words.say(stopped_by(error))) from error

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Rebuilds when a record, a template or a word of the club changes."""
        registry = self._folder.registry
        for path in (self._folder.root / DATA, *registry.templates, *registry.catalogues):
            if path.is_dir():
                server.watch(str(path))
        return server
