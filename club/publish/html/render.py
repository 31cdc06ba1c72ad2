"""Views to HTML through Jinja templates: one environment, one writer for each depth."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from html import unescape
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
)
from jinja2.bccache import Bucket
from markupsafe import Markup

from club.model.message import Message
from club.model.registry import Registry
from club.model.view import ChartView, Counted, PageView
from club.publish.charts.charts import Charts, Picture
from club.publish.html.markdown import TextConverter
from club.publish.html.own_templates import failure
from club.publish.html.parts import Parts
from club.publish.html.sanitise import words_of
from club.publish.html.values import Html
from club.publish.words.forge import Forge
from club.publish.words.language import Words
from club.publish.words.typography import without_whole_words

TEMPLATES = Path(__file__).parent / "templates"
PAGE = "page.html.jinja"
TAGS = re.compile(r"<[^>]+>")
BEFORE_POINT = re.compile(r" (?=[,.)])")
NOTES = re.compile(r'<sup id="fnref.*?</sup>|<div class="footnote">.*?</div>', re.DOTALL)
IMAGE = re.compile(r'<img\b[^>]*?\balt="([^"]*)"[^>]*>')
DESCRIPTION_LENGTH = 180


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page ready for the theme's shell; *url* is from the root of the site.

    *mark* says that all of it is made up, where it is.
    *title* tells it from every other page; *heading* is its title alone, *kind* what it is.
    """

    url: str
    collection: str
    title: str
    html: str
    contents: tuple[tuple[str, str], ...] = ()
    description: str = ""
    edit_url: str = ""
    is_wide: bool = False
    in_search: bool = True
    mark: str = ""
    heading: str = ""
    kind: str = ""


class Renderer:
    """Renders the views of a club in one language, for one forge."""

    def __init__(
        self,
        registry: Registry,
        language: str = "fr",
        forge: Forge | None = None,
        compiled: BytecodeCache | None = None,
        site_url: str = "",
    ) -> None:
        """*language* is that of the words around the data; *compiled* keeps templates compiled.

        *site_url* is where the site stands, if it is known. Until it has *charts* to draw them,
        their tables stand alone.
        """
        self._site_url = site_url
        self.charts: Charts | None = None
        self._registry = registry
        self._compiled = compiled
        self.words = Words(language, registry.catalogues)
        self.forge = forge
        self.converter = TextConverter(language, words=self.words)
        self._html_by_prefix: dict[str, Html] = {}
        self._shared_by_prefix: dict[str, dict[str, Any]] = {}

    @cached_property
    def _environment(self) -> Environment:
        environment = environment_of(self._registry, self._compiled)
        environment.globals["_"] = self.say
        environment.globals["words"] = self.words
        environment.globals["counted"] = Counted
        return environment

    def say(self, sentence: str, **params: object) -> str:
        """A message of a template; one without slots is worked out once."""
        return self.words.say(Message(sentence, params)) if params else self._said(sentence)

    def _drawn(self, chart: ChartView) -> Picture | None:
        return self.charts.picture(chart) if self.charts else None

    @cached_property
    def _said(self) -> Callable[[str], str]:
        return cache(lambda sentence: self.words.say(Message(sentence)))

    def html(self, prefix: str) -> Html:
        """The writer for pages from which *prefix* leads to the root."""
        if prefix not in self._html_by_prefix:
            about = (self.words, self.converter, self.forge, prefix, self._site_url)
            self._html_by_prefix[prefix] = Html(*about)
        return self._html_by_prefix[prefix]

    def render(self, name: str, prefix: str, **values: Any) -> Markup:
        """The template *name* filled with *values*, its links relative by *prefix*."""
        return self.render_first((name,), prefix, **values)

    def render_first(self, names: Sequence[str], prefix: str, **values: Any) -> Markup:
        """The same with the first of the templates *names* that there is.

        Raises `TemplateError` where a template that is not ours could not be filled.
        """
        try:
            template = self._first(tuple(names))
            return Markup(template.render(**self._shared(prefix), **values))
        except Exception as error:  # a template may fail in any way
            if found := failure(error, self._registry):
                raise found from error
            raise

    @cached_property
    def _first(self) -> Callable[[tuple[str, ...]], Template]:
        """The first template there is of some names; which names have none is asked once."""
        return cache(self._environment.select_template)

    def _shared(self, prefix: str) -> dict[str, Any]:
        """What every template sees; the blocks are made once for all the pages at one depth."""
        if prefix not in self._shared_by_prefix:
            html = self.html(prefix)
            parts = Parts(html, self._drawn)
            shared = {"html": html, "show": html.show, "prefix": prefix, "parts": parts}
            self._shared_by_prefix[prefix] = shared
        return self._shared_by_prefix[prefix]


def prefix_of(url: str) -> str:
    """What leads from the page at *url* back to the root of the site."""
    return "../" * url.count("/")


def plain_text(html: str) -> str:
    """The words of *html*, for the search index and descriptions."""
    said = " ".join(unescape(TAGS.sub(" ", without_whole_words(html))).split())
    return BEFORE_POINT.sub("", said)


def described(html: str) -> str:
    """The words of *html*, one text of a record, for its description: pictures by what they show.

    Its notes are left out, which nobody reads before the text.
    """
    words = words_of(IMAGE.sub(r"\1", NOTES.sub("", html)))
    return " ".join(unescape(words).split())


def summary(text: str) -> str:
    """The first words of *text*, for descriptions."""
    text = " ".join(text.split())
    if len(text) > DESCRIPTION_LENGTH:
        text = text[:DESCRIPTION_LENGTH].rpartition(" ")[0] + "…"
    return text


def templates_of(page: PageView) -> Sequence[str]:
    """The kind's own template, if there is one, else the common one."""
    return (f"{page.kind}/{PAGE}", PAGE) if page.kind else (PAGE,)


class _InMemory(BytecodeCache):
    """Templates compiled once a process: it may read a club several times, and for several readers.

    Jinja compares their source with what was compiled.
    """

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fills *bucket* if it was compiled."""
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps *bucket*."""
        self._compiled[bucket.key] = bucket.bytecode_to_string()


IN_MEMORY = _InMemory()


def environment_of(registry: Registry, compiled: BytecodeCache | None = None) -> Environment:
    """What finds and compiles the templates of a club, without the words of any language."""
    return Environment(
        loader=_loader(registry),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=compiled or IN_MEMORY,
    )


def _loader(registry: Registry) -> BaseLoader:
    """The club's own templates, those that packages add, each kind's under its name, then ours."""
    beside = {kind.name: FileSystemLoader(kind.module.parent) for kind in registry.kinds}
    return ChoiceLoader(
        [FileSystemLoader(registry.templates), PrefixLoader(beside), FileSystemLoader(TEMPLATES)]
    )
