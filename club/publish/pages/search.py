"""What a search finds of a page: its title, sentences to read, the words as people type them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import Any

from club.model.graph import Graph
from club.model.markup import capital, folded
from club.model.record import Record
from club.model.slug import address_part
from club.publish.data.search_index import Document, Part
from club.publish.html.render import TAGS, RenderedPage
from club.publish.words.language import Words
from club.publish.words.typography import typeset, without_whole_words

# What is on every page tells no page from another, so the search leaves it out.
ON_EVERY_PAGE = re.compile(
    r'<details class="club-contents".*?</details>'
    r'|<div class="club-alert .*?</div>'
    r'|<p class="club-modify">.*?</p>'
    r'|<p class="club-badges">.*?</p>'
    r'|<section class="club-section club-backlinks".*?</section>'
    r'|<p class="club-(?:actions|sheets)">.*?</p>'
    r'|<div class="club-filters".*?</div>\n</div>'
    r"|<caption>.*?</caption>|<thead>.*?</thead>"
    r'|<footer class="club-foot".*',
    re.DOTALL,
)
HEADER_LINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
BLOCK = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
"""Code, which is no sentence."""
HEADING = re.compile(r'<h([1-4])(?:\s+id="([^"]*)")?[^>]*>(.*?)</h\1>', re.DOTALL)
DEFINITION = re.compile(r'<dt id="([^"]+)">(.*?)</dt>\s*<dd>(.*?)</dd>', re.DOTALL)
BARE_TERM = re.compile(r"<dt>(.*?)</dt>", re.DOTALL)
ANY_ID = re.compile(r'\sid="([^"]*)"')
FACETS = ("project", "axis")
"""The kinds by which results are filtered."""
HEADS = re.compile(r"<caption>.*?</thead>", re.DOTALL)
EXAMPLE = re.compile(r'<span class="club-badge club-badge--example">(.*?)</span>')
PENCIL = re.compile(r'<i class="club-edit"[^>]*></i>')
EVIDENCE = re.compile(r'<span class="club-claim__evidence">(.*?)</span>(?=</span>)', re.DOTALL)
DEDUCED = re.compile(r'(<span class="club-badge club-badge--accent">[^<]*</span>) (?=[^<\s])')
"""The mark of what the club deduced, before what it deduced it from."""
WHOLE = re.compile(r' <span class="club-note club-note--whole">(<span.*?</span>[^<]*)</span>')
"""What is said of all the values of a fact."""
DOT = re.compile(r'<span class="club-claim__dot".*?</span>')
LIST = re.compile(r'<ul class="club-values.*?</ul>', re.DOTALL)
PAIRS = ("</span><span>", "</span><ul", "</ul><span>", "</ul><ul")
"""Where a value of a card ends and another follows."""
TERM = re.compile(r"<dt>(\w)")
CARD = re.compile(r'(<p class="club-card__title[^\0]*?)</p>')
SENTENCE = re.compile(r"</(?:tr|li|p|dd|caption|h[1-6]|blockquote|pre|div)>")
COMMA, COLON, STOP = "\0", "\1", "\2"
MARKS = re.compile(r"[\0\1\2][ \0\1\2]*")
OURS = (
    ("club-edit", PENCIL, ""),
    ("club-note--whole", WHOLE, r" (\1)"),
    ("club-badge--accent", DEDUCED, rf"\1{COLON}"),
    ("club-badge--example", EXAMPLE, r" (\1)"),
    ("club-claim__dot", DOT, COMMA),
    ("club-claim__evidence", EVIDENCE, r" (\1)"),
)
"""Elements of ours, the class that tells of each, and what stands for it in a sentence."""
TIGHT = (("( ", "("), (" ,", ","), (" .", "."), (" )", ")"))
ENDS = (".", "!", "?", "…", ":", ";", ",")
WORD = re.compile(r"[^\s«»“”\"()\[\]{},;:.!?…/|<>=*_·–—]+")
JOINTS = re.compile(r"[-'’‑]")
ELIDED = {"l", "d", "n", "s", "j", "c", "m", "t", "qu", "jusqu", "lorsqu", "puisqu", "quelqu"}
GLUED = re.compile(r"(?<=\b[ldnsjcm]’) |(?<=\bqu’) ", re.IGNORECASE)
"""Where a tag stood that parts no words: “l’<a>…”."""
FIELDS = {"plain_title": {"boost": 500.0}, "plain": {"boost": 1.0}}
"""What is searched besides what is shown: titles and texts as one types them in haste."""
OF_THE_THEME = r"[\s\-]+"
SEPARATOR = r"[\s\-‑’'\"«»“”()\[\]{}<>.,;:!?/|…·–—]+"
"""Where words end, unless a club says otherwise: at apostrophes and at marks too."""
SHORT_FIRST = 3
MADE_UP_LAST = 2
"""By how much less a made-up record is about what one looks for."""


def settings(theme: dict[str, Any]) -> dict[str, Any]:
    """What *theme* has the search do, and what ours makes of it; MkDocs' own is left alone."""
    if not theme.get("fields"):
        return theme
    is_default = theme.get("separator") == OF_THE_THEME
    words = {"separator": SEPARATOR} if is_default else {}
    return {**theme, **words, "fields": {**theme["fields"], **FIELDS}}


def document(page: RenderedPage, words: Words, *about: tuple[str, str]) -> Document | None:
    """What a search finds of *page*: itself, then each of its sections; *about* are its facets."""
    if not page.in_search:
        return None
    title = page.heading or page.title
    if not page.kind:
        first = Part("", "", _way_in(page, words))
        return Document(page.url, title, (first,), page.mark, is_minor=True, about=about)
    html = without_whole_words(page.html)
    head, *rest = ON_EVERY_PAGE.sub("", html).split("<h2 ")
    parts = [Part("", "", sentences(head.partition("</h1>")[2], words))]
    for part in rest:
        id, _, after = part.partition('"')[2].partition('"')
        heading, _, text = after.partition(">")[2].partition("</h2>")
        named = capital(sentences(heading, words).removesuffix("."))
        parts.append(Part(id, named, sentences(text, words)))
    return Document(page.url, title, tuple(parts), page.mark, page.kind, about=about)


def written(
    url: str, title: str, html: str, words: Words, *about: tuple[str, str]
) -> Iterator[tuple[bool, Document]]:
    """What a search finds of a page of the wiki; whether it is a definition that the page gives.

    Each term that it defines is found by itself, as what a glossary is read for.
    """
    html = without_whole_words(BLOCK.sub("", HEADER_LINK.sub("", html)))
    text = DEFINITION.sub("", html)
    first, *rest = HEADING.split(text)
    parts = [Part("", "", sentences(first, words))]
    for level, id, heading, said in zip(rest[::4], rest[1::4], rest[2::4], rest[3::4], strict=True):
        if level == "1":
            parts.append(Part("", "", sentences(said, words)))
        else:
            named = sentences(heading, words).removesuffix(".")
            parts.append(Part(id or "", named, sentences(said, words)))
    kept = tuple(each for each in parts if each.text or each.heading)
    yield False, Document(url, title, kept, about=about)
    for term in DEFINITION.finditer(html):
        named = sentences(term[2], words).removesuffix(".")
        said = Part(term[1], "", sentences(term[3], words))
        yield True, Document(f"{url}#{term[1]}", named, (said,), also=title)


def with_named_terms(html: str) -> str:
    """*html* in which each term that is defined has an id, so that one can lead to it."""
    if "<dt>" not in html:
        return html
    taken = set(ANY_ID.findall(html))

    def name(term: re.Match[str]) -> str:
        id = address_part(folded(unescape(TAGS.sub("", term[1]))))
        if not id or id in taken:
            return term[0]
        taken.add(id)
        return f'<dt id="{id}">{term[1]}</dt>'

    return BARE_TERM.sub(name, html)


def about(record: Record, graph: Graph) -> tuple[tuple[str, str], ...]:
    """The facets of *record*: the projects and the axes that it is, or that it names."""
    targets = (record, *(graph.target(each) for each in graph.pointers(record)))
    found = ((each.kind, each.id) for each in targets if each and not each.is_page)
    return tuple(dict.fromkeys(each for each in found if each[0] in FACETS))


def search_entries(page: RenderedPage, words: Words) -> Iterator[dict[str, Any]]:
    """The entries of *page* in the index of the theme's search: itself, then its sections.

    That search writes them into the page as HTML: what is text is escaped.
    """
    found = document(page, words)
    if found is None:
        return
    mark = _mark_of(page)
    kind = f"{capital(page.kind)}. " if page.kind else ""
    first, *rest = found.parts
    yield {**_entry(page.url, f"{found.title}{mark}", f"{kind}{first.text}"), "boost": _boost(page)}
    for part in rest:
        yield _entry(f"{page.url}#{part.id}", f"{part.heading}{mark}", part.text)


def _way_in(page: RenderedPage, words: Words) -> str:
    """What a page that is no record says: its title, its parts, what its tables are about.

    Their rows are found where they are written.
    """
    parts = ". ".join(capital(title) for _, title in page.contents)
    tables = " ".join(
        sentences(each, words) for each in HEADS.findall(without_whole_words(page.html))
    )
    return typeset(f"{page.description} {parts}. {tables}".strip(), words.language)


def _boost(page: RenderedPage) -> float:
    """The fewer words a title has, the more it is about each of those one looks for."""
    boost = 1 + SHORT_FIRST / len((page.heading or page.title).split())
    return round(boost / MADE_UP_LAST if page.mark else boost, 2)


def _mark_of(page: RenderedPage) -> str:
    return f" ({page.mark})" if page.mark else ""


def _entry(location: str, title: str, text: str) -> dict[str, str]:
    shown = {"title": escape(title, quote=False), "text": escape(text, quote=False)}
    return {"location": location, **shown, **as_typed(title, text)}


def as_typed(title: str, text: str) -> dict[str, str]:
    """The words of both that are also typed otherwise: without accent, hyphen or apostrophe."""
    typed = {"plain_title": variants(title), "plain": variants(text)}
    return {field: words for field, words in typed.items() if words}


def completed(entry: dict[str, Any]) -> dict[str, Any]:
    """An *entry* that the theme's search made, with HTML in its text, and the words as typed."""
    title, text = (unescape(TAGS.sub(" ", entry[name])) for name in ("title", "text"))
    return {**entry, **as_typed(title, text)}


def variants(text: str) -> str:
    """The folded forms of the words of *text* that differ from the words themselves."""
    found: dict[str, None] = {}
    for word in WORD.findall(text):
        parts = JOINTS.split(folded(word))
        whole = "".join(parts[1:] if parts[0] in ELIDED else parts)
        written = JOINTS.split(word.casefold())
        forms = (each for each in (*parts, whole) if len(each) > 1 and each not in written)
        found.update(dict.fromkeys(forms))
    return " ".join(found)


def sentences(html: str, words: Words) -> str:
    """*html* as text to read: a fact is "label: value.", a row "a, b, c.", nothing is glued.

    Every part of every page goes through here: what a part does not hold is not looked for in it.
    """
    if "club-" in html:
        html = _without_marks_of_the_club(html)
    for pair in PAIRS:
        html = html.replace(pair, pair.replace("><", f">{COMMA}<"))
    if "<dt>" in html:
        html = TERM.sub(lambda found: found[1].upper(), html).replace("</dt>", COLON)
    html = html.replace("</td>", COMMA).replace("</th>", COMMA)
    text = unescape(TAGS.sub(" ", SENTENCE.sub(STOP, html))) + STOP
    text = " ".join(text.split())
    for mark in (COMMA, COLON, STOP):
        text = text.replace(f" {mark}", mark)
    said = " ".join(MARKS.sub(_mark, text).split())
    for before, after in TIGHT:
        said = said.replace(before, after)
    if "’ " in said:
        said = GLUED.sub("", said)
    return typeset(said.replace(", (", " (").strip(" ,"), words.language)


def _without_marks_of_the_club(html: str) -> str:
    """*html* with marks of sentences where the club's own elements part values."""
    for name, pattern, mark in OURS:
        if name in html:
            html = pattern.sub(mark, html)
    if "club-values" in html:
        html = LIST.sub(lambda found: found[0].replace("</li>", COMMA), html)
    return CARD.sub(rf"\1{COLON}", html) if "club-card__title" in html else html


def _mark(run: re.Match[str]) -> str:
    """What stands for a run of marks, which empty cells and elements in one another leave."""
    before = run.string[run.start() - 1 : run.start()]
    if not before or before in ENDS:
        return " "
    if STOP in run[0]:
        return ". "
    return " : " if COLON in run[0] else ", "
