"""Values of views to HTML: the one place that knows how a date, a claim or a link looks."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup, escape

from club.model.dates import PartialDate, Precision
from club.model.fields import Qualifier, Reliability
from club.model.message import N_, Choice, Message
from club.model.money import Money
from club.model.problem import Place
from club.model.view import (
    Badge,
    CardView,
    CellView,
    ClaimView,
    Code,
    Counted,
    Dated,
    EditLink,
    Fact,
    Feed,
    Link,
    More,
    RowView,
    SectionView,
    TableView,
    TextView,
    Unknown,
)
from club.model.viewing import HOME
from club.publish.html.examples import EXAMPLE_CLASS, marked
from club.publish.html.markdown import LinkHtml, TextConverter
from club.publish.words.forge import Forge
from club.publish.words.language import EXAMPLE, UNKNOWN, UnsayableError, Words, told_of
from club.publish.words.typography import breakable, whole_words

REMEMBERED = 8192
"""How many written values are kept: labels, states, dates and links come back on every page."""
MODIFY = N_("Edit")
SLOT = re.compile(r"{(\w+)}")
SHORT = 16
"""The length of a value that reads along a line."""


class Html:
    """Writes values for pages at one depth of the site, in one language."""

    def __init__(
        self,
        words: Words,
        converter: TextConverter,
        forge: Forge | None = None,
        prefix: str = "",
        site_url: str = "",
    ) -> None:
        """*prefix* leads from the page back to the root of the site: `../../`.

        *site_url* is where that root is, if it is known.
        """
        self.site_url = site_url
        self.words = words
        self.converter = converter
        self.forge = forge
        self.prefix = prefix
        remember = lru_cache(maxsize=REMEMBERED, typed=True)  # two choices may be the same text
        self.escaped: Callable[[str], str] = remember(lambda text: str(escape(text)))
        self._plain: Callable[[str], str] = remember(_written)
        self._text: Callable[[str], str] = remember(words.say)
        self._message = remember(lambda sentence: words.say(Message(sentence)))
        self._sentence: Callable[[str], str] = remember(
            lambda sentence: self.escaped(words.say(Message(sentence)))
        )
        self._spot: Callable[[str], str] = remember(self._spot_of)
        self.date, self.choice = remember(self._date), remember(self._choice)
        self._by_type: Mapping[type, Callable[[Any], str]] = {
            str: self.plain,
            Message: self.plain,
            int: self.number,
            bool: self.plain,
            Decimal: self.number,
            PartialDate: self.date,
            Money: self.number,
            Link: self.link,
            Feed: self.feed,
            Counted: self.counted,
            TextView: self.text,
            ClaimView: self.claim,
            Dated: self.dated,
            Unknown: self.unknown,
            Place: self.edit,
            Code: self.code,
            Badge: self.badge,
            EditLink: self.edit_link,
            More: self.more,
            tuple: self.several,
        }

    def show(self, value: object) -> Markup:
        """Any value of a view, escaped; raises `UnsayableError` for what no view should hold."""
        return Markup(self.shown(value))

    def shown(self, value: object) -> str:
        """The same as text that is HTML already."""
        write = self._by_type.get(value.__class__)
        if write is not None:
            return write(value)
        if isinstance(value, Choice):
            return self.choice(value)
        if isinstance(value, Markup):
            return str(value)
        raise UnsayableError(value)

    def say(self, value: object) -> str:
        """Any value as plain text."""
        if isinstance(value, Badge):
            value = value.choice
        if isinstance(value, Link):
            value = value.title
        if value.__class__ is str:
            return self._text(value)
        if value.__class__ is Message and not value.params:
            return self._message(value.id)
        return self.words.say(value)

    def plain(self, value: object) -> str:
        """Text, typeset and escaped, for an element; what stands in an attribute is only said."""
        return self._plain(self.say(value))

    def sentence(self, id: str, /, **params: object) -> str:
        """The message *id*, typeset and escaped, as `_` says it in a template."""
        return self.escaped(self.words.say(Message(id, params))) if params else self._sentence(id)

    def data(self, sentences: Mapping[str, str]) -> str:
        """Attributes ` data-…` with *sentences* for the script, which fills their slots."""
        said = []
        for name, id in sentences.items():
            slots = {slot: f"{{{slot}}}" for slot in SLOT.findall(id)}
            said.append(f' data-{name}="{self.sentence(id, **slots)}"')
        return "".join(said)

    def number(self, value: int | Decimal | Money) -> str:
        """A number, aligned and never broken."""
        return f'<span class="club-number">{escape(self.words.say(value))}</span>'

    def counted(self, value: Counted) -> str:
        """A count, which says how many are made up."""
        count = self.number(value.count)
        said = escape(self.say(value))
        return str(said).replace(str(escape(self.words.say(value.count))), count, 1)

    def _date(self, value: PartialDate) -> str:
        """A date, with a machine-readable form when HTML has one for its precision."""
        said = escape(self.words.date(value))
        if value.precision in {Precision.DAY, Precision.MONTH, Precision.YEAR}:
            return f'<time datetime="{str(value).strip("~?")}">{said}</time>'
        return f'<span class="club-date">{said}</span>'

    def _choice(self, value: Choice) -> str:
        """A badge: its words say what its colour only repeats."""
        tone = value.tone or "plain"
        return f'<span class="club-badge club-badge--{tone}">{escape(self.words.say(value))}</span>'

    def code(self, value: Code) -> str:
        """What a code stands for; one that the language has no name for is set as a code."""
        said = self.words.named(value)
        return f"<code>{escape(said)}</code>" if said == value.code else str(escape(said))

    def badge(self, value: Badge) -> str:
        """A badge that leads to its evidence, and says where that is made up."""
        words, tone = escape(self.words.say(value.choice)), value.choice.tone or "plain"
        href = self.escaped(self.href(value.link))
        shown = f'<a class="club-badge club-badge--{tone}" href="{href}">{words}</a>'
        return shown + self.mark(value.link)

    def href(self, link: Link) -> str:
        """The address of *link*, relative to this page."""
        if link.is_external or link.url.startswith("#"):
            return link.url
        return self.prefix + link.url.removeprefix(HOME) or HOME

    def mark(self, link: Link) -> str:
        """What follows a link to a made-up record."""
        return self.example if link.is_example else ""

    def link(self, value: Link) -> str:
        """A link; one that leaves the site says so."""
        title = self.plain(value.title)
        note = f' <span class="club-note">{self.plain(value.note)}</span>' if value.note else ""
        mark = self.mark(value)
        if not value.url:
            return f"{title}{mark}{note}"
        if value.is_external:
            href = escape(value.url)
            return f'<a class="club-external" rel="noopener" href="{href}">{title}</a>{mark}{note}'
        return f'<a href="{self.escaped(self.href(value))}">{title}{mark}</a>{note}'

    def feed(self, value: Feed) -> str:
        """What subscribes to a calendar: a link that opens one's own, the address to copy there.

        `webcal` is what calendars answer to (IANA, URI schemes, provisional registration). Where
        nobody knows where the site is, there is only the file.
        """
        file = self.link(Link(value.title, value.url))
        whole = urljoin(f"{self.site_url.rstrip('/')}/", value.url)
        scheme, _, rest = whole.partition("://")
        if scheme not in {"http", "https"} or not rest:
            return file
        subscribe = self.plain(Message(N_("Subscribe")))
        copied = self.plain(Message(N_("or copy this address into your calendar:")))
        return (
            f'<span class="club-feed">{file} <a class="club-feed__open" href="webcal://'
            f'{self.escaped(rest)}">{subscribe}</a> <span class="club-note">{copied}</span>'
            f' <code class="club-feed__address">{self.escaped(whole)}</code></span>'
        )

    @cached_property
    def example(self) -> str:
        """What says that a record is made up, beside each mention of it.

        The space is for those who hear or copy the words: in a badge, nobody sees it.
        """
        return f'<span class="{EXAMPLE_CLASS}"> {self.plain(Message(EXAMPLE))}</span>'

    def text(self, value: TextView) -> str:
        """Markdown, sanitised, with its links."""
        write = self.link_writer(dict(value.links).get)
        html = self.converter.convert(value.source, write)
        return f'<div class="club-text">{self.marked(html, value.examples)}</div>'

    def marked(self, html: str, examples: Container[str]) -> str:
        """*html*, written by contributors, its links to the *examples* marked like ours."""
        return marked(html, examples, self.example)

    def link_writer(self, find: Callable[[str], Link | None]) -> LinkHtml:
        """What writes the `[[…]]` of a text, given what finds their targets."""

        def write(id: str, section: str, words: str) -> str:
            target = find(id)
            if target is None:
                return str(escape(words or id))
            fragment = f"#{section}" if section else ""
            said = escape(words or self.say(target.title))
            href = escape(self.href(target) + fragment)
            return f'<a href="{href}">{said}{self.mark(target)}</a>'

        return write

    def unknown(self, value: Unknown) -> str:
        """What nobody has written down."""
        return f'<span class="club-unknown">{escape(self.words.translate(UNKNOWN))}</span>'

    def dated(self, value: Dated) -> str:
        """A state or a claim with the date for which it is known."""
        date = f' <span class="club-dated__date">({self.date(value.as_of)})</span>'
        inner = value.value
        if isinstance(inner, ClaimView):
            is_target = inner.qualifier is Qualifier.TARGET
            said = str(escape(self.words.dated(value))) if is_target else ""
            return self._claim(inner, said or f"{self._claim_value(inner)}{date}")
        return f'<span class="club-dated">{self.choice(inner)}{date}</span>'

    def claim(self, value: ClaimView) -> str:
        """A stated value with its evidence: date, source, scope, and doubt if there is any."""
        return self._claim(value, self._claim_value(value))

    def _claim(self, value: ClaimView, said: str) -> str:
        """*said*, which is the value, with the evidence."""
        said = f'<span class="club-claim__value">{said}</span>'
        details = [self.date(value.as_of)] if value.as_of else []
        if value.source:
            details.append(self.link(value.source))
        if value.scope:
            details.append(self.plain(value.scope))
        if value.trust is Reliability.DEDUCED:
            details.append(self.deduced(value.note or ""))
        elif value.note:
            details.append(self.plain(value.note))
        if value.trust in {Reliability.CONTRADICTED, Reliability.UNVERIFIED}:
            details.append(self.choice(value.trust))
        evidence = ""
        if details:
            separator = '<span class="club-claim__dot" aria-hidden="true"> · </span>'
            evidence = f' <span class="club-claim__evidence">{separator.join(details)}</span>'
        return f'<span class="club-claim">{said}{evidence}{self.edit(value.place)}</span>'

    def deduced(self, reason: str) -> str:
        """The mark of what no document states, and what the club deduced it from."""
        return f"{self.choice(Reliability.DEDUCED)} {self.plain(reason)}"

    def _claim_value(self, value: ClaimView) -> str:
        if isinstance(value.value, PartialDate) and value.qualifier == "exact":
            return self.date(value.value)
        return breakable(str(escape(self.words.claim(value))))

    def several(self, values: tuple[object, ...]) -> str:
        """Several values: nothing, the only one, or a list."""
        shown = [self.shown(each) for each in values if each is not None]
        if len(shown) == 1:
            return shown[0]
        if not shown:
            return ""
        # Codes and the like read along a line; sentences and long titles one under another.
        if all(self.is_short(each) for each in values if each is not None):
            items = ",</li> <li>".join(shown)
            return f'<ul class="club-values club-values--short"><li>{items}</li></ul>'
        items = "</li> <li>".join(shown)
        return f'<ul class="club-values"><li>{items}</li></ul>'

    def more(self, value: More) -> str:
        """The rest of a list, folded: without scripts too, it opens at a touch."""
        items = "</li> <li>".join(map(self.shown, value.values))
        said = self.plain(value.label)
        return (
            f'<details class="club-more"><summary>{said}</summary>'
            f'<ul class="club-values"><li>{items}</li></ul></details>'
        )

    def is_short(self, value: object) -> bool:
        """Whether *value* is a word or two that read along a line."""
        if isinstance(value, Choice) or (isinstance(value, Link) and value.note):
            return False
        return isinstance(value, str | Link) and len(self.say(value)) <= SHORT

    def edit(self, place: Place | None) -> str:
        """Where the script may put a pencil that leads to the exact line; nothing without a forge.

        The page says once what each address begins with (`Parts.switch`), and the
        script names each pencil by the words beside it.
        """
        if place is None or self.forge is None:
            return ""
        at = self._spot(place.path) + str(place.line) if place.line else self.forge.spot(place)
        return f'<i class="club-edit" data-at="{at}"></i>'

    def edit_link(self, value: EditLink) -> str:
        """A way to write down what is missing; nothing without a forge."""
        if self.forge is None:
            return ""
        href = self.escaped(self.forge.edit(value.place))
        return f'<a class="club-action" href="{href}">{self.plain(value.title)}</a>'

    def _spot_of(self, path: str) -> str:
        """Where *path* is edited, up to the number of the line, which every forge puts last."""
        assert self.forge
        return str(escape(self.forge.spot(Place(path, 1)))).removesuffix("1")

    def modify(self, section: SectionView) -> Markup:
        """The link that leads to where *section* is written, for who has no scripts."""
        return self.modify_at(section.place or next(_places(section.body), None), section.title)

    def modify_at(self, place: Place | None, title: str | Message) -> Markup:
        """The same for the part of a page called *title*, written at *place*."""
        if place is None or self.forge is None:
            return Markup()
        said = self.words.translate(MODIFY)
        named = self.escaped(self.say(Message(N_("Edit: {label}"), {"label": title})))
        href = self.escaped(self.forge.edit(place))
        link = f'<a href="{href}" aria-label="{named}">{said}</a>'
        return Markup(f'<p class="club-modify">{link}</p>')

    def facts(self, facts: tuple[Fact, ...]) -> Markup:
        """The facts of a page, a line each."""
        return Markup("".join(self._fact(each) for each in facts))

    def _fact(self, fact: Fact) -> str:
        return (
            f'<div class="club-fact"><dt>{self.shown(fact.label)}</dt>'
            f"<dd>{self.fact(fact)}</dd></div>\n"
        )

    def fact(self, value: Fact) -> Markup:
        """The value side of a fact, with its pencil unless its claims have their own."""
        with told_of("the field", value.label):
            shown = self.several(value.values)
        own = any(isinstance(each, ClaimView) for each in value.values)
        pencil = "" if own else self.edit(value.place)
        reason = f' <span class="club-note club-note--whole">{self.deduced(value.deduced)}</span>'
        return Markup(shown + (reason if value.deduced else "") + pencil)


def _written(text: str) -> str:
    return breakable(whole_words(str(escape(text))))


def _places(values: Iterable[object]) -> Iterator[Place]:
    """Where *values*, and what they are made of, are written."""
    for each in values:
        if isinstance(each, tuple):
            yield from _places(each)
        elif isinstance(each, TableView):
            yield from _places(each.rows)
        elif isinstance(each, RowView):
            yield from _places(each.cells)
        elif isinstance(each, CardView | CellView | ClaimView | Fact) and each.place:
            yield each.place
