"""The language of the site: gettext messages, and dates and numbers by Babel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Context, Decimal, localcontext
from enum import Enum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, get_timezone_name
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent

from club.model.dates import PartialDate, Precision
from club.model.fields import Citation, Qualifier, Reference
from club.model.message import CONTEXT_SEPARATOR, N_, Choice, Message
from club.model.money import Money
from club.model.problem import Place
from club.model.view import (
    ClaimView,
    Code,
    Counted,
    Dated,
    Feed,
    Link,
    More,
    Progress,
    TextView,
    Unknown,
)
from club.publish.words.catalogues import LOCALES, po_file, read_catalogue
from club.publish.words.typography import NBSP, typeset

LANGUAGES = ("fr", "en")

QUALIFIED = {
    Qualifier.EXACT: "{value}",
    Qualifier.ABOUT: N_("about {value}"),
    Qualifier.MORE_THAN: N_("more than {value}"),
    Qualifier.AT_LEAST: N_("at least {value}"),
    Qualifier.LESS_THAN: N_("less than {value}"),
    Qualifier.TARGET: N_("{value} (target)"),
}
PAST_TARGET = N_("{value} (target, now past)")
DATED_TARGET = N_("{value} (target, {date})")
DATED_PAST_TARGET = N_("{value} (target, {date}; now past)")
UNKNOWN = N_("unknown")
EXAMPLE = N_("example")
ONLY_EXAMPLE = N_("{count}, an example")
ALL_EXAMPLES = N_("{count}, all examples")
ONE_EXAMPLE = N_("{count}, one of them an example")
SOME_EXAMPLES = N_("{count}, {examples} of them examples")
EXAMPLE_TITLE = N_("{title} (example)")
EXAMPLE_FIRST = N_("Example – {text}")
"""How the title of a made-up record is told where no mark can stand beside it."""


class UnsayableError(TypeError):
    """A value that no reader could read was to be shown: a bug of ours, never of the data."""

    def __init__(self, value: object) -> None:
        """*value* is told by its type alone: what it holds may be for members."""
        super().__init__(f"no words for a value of the type {value.__class__.__qualname__}")


class told_of:  # noqa: N801 - reads as a statement, and is too hot for a generator
    """Notes on an `UnsayableError` where the value stands: "the field", and which."""

    __slots__ = ("_name", "_what")

    def __init__(self, what: str, name: object) -> None:
        """*name* is a text, or a message told by its id."""
        self._what, self._name = what, name

    def __enter__(self) -> None:
        """Nothing to do before."""

    def __exit__(self, type: object, error: BaseException | None, trace: object) -> None:
        """Adds the note, and lets the error go on."""
        if isinstance(error, UnsayableError):
            said = self._name.id if isinstance(self._name, Message) else self._name
            error.add_note(f"{self._what} {said}")


def catalogue(language: str, folders: Sequence[Path]) -> Mapping[str, str]:
    """The messages of *language* in *folders*, the first that has one, then ours, if any.

    English has none of ours: it is what the code says.
    """
    found: dict[str, str] = {}
    for folder in reversed((*folders, LOCALES)):
        path = po_file(folder, language)
        if path.is_file():
            found |= read_catalogue(path).texts
    return found


def _minus(number: str) -> str:
    """*number* with the sign that typography has for one below zero."""
    return f"\N{MINUS SIGN}{number[1:]}" if number.startswith("-") else number


def _unsayable(value: object) -> str:
    raise UnsayableError(value)


def _counting(value: Counted) -> str:
    """The sentence that says *value*: what is made up is never counted in silence."""
    if not value.examples:
        return "{count}"
    if value.examples == value.count:
        return ONLY_EXAMPLE if value.count == 1 else ALL_EXAMPLES
    return ONE_EXAMPLE if value.examples == 1 else SOME_EXAMPLES


class Words:
    """How the site says things in one language."""

    def __init__(self, language: str = "fr", catalogues: Sequence[Path] = ()) -> None:
        """*language* is "fr" or "en"; folders of *catalogues* are looked up before ours."""
        self.language = language
        self.locale = Locale.parse(language)
        self._texts = catalogue(language, catalogues)
        self._way: Callable[[type], Callable[[Any], str]] = cache(self._way_to_say)
        self._sentence = cache(self._typeset_sentence)
        self.translate = cache(self._translate)
        self.number = lru_cache(maxsize=4096)(self._number)
        self.date = lru_cache(maxsize=4096)(self._date)

    def _translate(self, id: str) -> str:
        """The message *id* in this language; without one, the id less its context."""
        return self._texts.get(id) or id.rpartition(CONTEXT_SEPARATOR)[2]

    def _number(self, value: int | Decimal) -> str:
        """A number, grouped as the language groups it."""
        # As many digits as it has, where the default context stops at 28.
        with localcontext(Context(prec=len(str(value)) + 28)):
            return _minus(str(format_decimal(value, locale=self.locale)))

    def percent(self, share: float) -> str:
        """A share between 0 and 1, in per cent without decimals."""
        return str(format_percent(share, locale=self.locale))

    def money(self, value: Money) -> str:
        """An amount with its currency."""
        return _minus(str(format_currency(value.amount, value.currency, locale=self.locale)))

    def _date(self, value: PartialDate) -> str:
        """A partial date in words, at its own precision."""
        words = self._plain_date(value)
        if value.approximate:
            words = self.say(Message(N_("around {date}"), {"date": words}))
        if value.uncertain:
            words = self.say(Message(N_("{date} (uncertain)"), {"date": words}))
        return words

    def _plain_date(self, value: PartialDate) -> str:
        if value.precision is Precision.SCHOOL_START:
            return self.say(
                Message(N_("start of the {year} school year"), {"year": str(value.year)})
            )
        if value.precision is Precision.YEAR_END:
            return self.say(Message(N_("end of {year}"), {"year": str(value.year)}))
        if value.precision is Precision.SCHOOL_YEAR:
            years = f"{value.year}-{value.year + 1}"
            return self.say(Message(N_("school year {years}"), {"years": years}))
        if value.precision is Precision.DAY:
            return self.day(value.first)
        if value.precision is Precision.MONTH:
            return str(format_date(value.first, "MMMM y", locale=self.locale)).replace(" ", NBSP)
        return str(value.year)

    def day(self, value: date) -> str:
        """A day in words; French writes the first of a month "1er"."""
        words = str(format_date(value, "long", locale=self.locale))
        if self.language == "fr" and value.day == 1:
            words = words.replace("1 ", "1er ", 1)
        return words.replace(" ", NBSP, 1)

    def listed(self, items: list[str]) -> str:
        """Items joined as the language joins them: "a, b et c"."""
        return str(format_list(items, locale=self.locale)) if items else ""

    def say(self, value: object) -> str:
        """Any value of a view as plain text."""
        return self._way(value.__class__)(value)

    def _way_to_say(self, kind: type) -> Callable[[Any], str]:
        """How a value of *kind* is said, which is asked once for each."""
        ways: Iterable[tuple[type | tuple[type, ...], Callable[[Any], str]]] = (
            (Message, self._message),
            (Choice, lambda choice: self.translate(choice.label)),
            (bool, lambda is_so: self.translate(N_("yes") if is_so else N_("no"))),
            ((int, Decimal), self.number),
            (Enum, _unsayable),
            (str, self._typeset),
            (PartialDate, self.date),
            (Money, self.money),
            (ClaimView, self.claim),
            (Dated, self.dated),
            (Link, self._link),
            (Feed, lambda feed: self.say(feed.title)),
            (Counted, lru_cache(maxsize=4096)(self._counted)),
            (Unknown, lambda _: self.translate(UNKNOWN)),
            (TextView, lambda text: self._typeset(text.source)),
            (Progress, lambda done: f"{self.number(done.done)} / {self.number(done.goal)}"),
            ((tuple, list), lambda many: self.listed([self.say(each) for each in many])),
            (More, lambda more: self.say(more.label)),
            (Code, self.named),
        )
        return next((way for kinds, way in ways if issubclass(kind, kinds)), _unsayable)

    def _typeset(self, text: str) -> str:
        return typeset(text, self.language)

    def _message(self, message: Message) -> str:
        if not message.params:
            return self._sentence(message.id)
        params = {name: self._param(each) for name, each in message.params.items()}
        return typeset(self.translate(message.id).format(**params), self.language)

    def _typeset_sentence(self, id: str) -> str:
        return self._typeset(self.translate(id).format())

    def _param(self, value: object) -> str:
        """What fills the slot of a sentence, where nothing to say leaves nothing."""
        if value is None:
            return ""
        return str(value) if isinstance(value, Place | Reference | Citation) else self.say(value)

    def _link(self, link: Link) -> str:
        said = self.say(link.title)
        return self.say(Message(EXAMPLE_TITLE, {"title": said})) if link.is_example else said

    def _counted(self, value: Counted) -> str:
        about = {"count": value.count, "examples": value.examples}
        return self.say(Message(_counting(value), about))

    def named(self, value: Code) -> str:
        """What the language calls the thing that has the code *value*, or the code itself."""
        try:
            if value.standard == "language":
                return Locale.parse(value.code, sep="-").get_display_name(self.locale) or value.code
            if value.standard == "time_zone":
                return str(get_timezone_name(value.code, locale=self.locale))
        except (ValueError, LookupError, UnknownLocaleError):
            pass
        return value.code

    def claim(self, value: ClaimView) -> str:
        """A claim's value with its qualifier and unit, without its evidence."""
        said = self.say(value.value)
        if value.unit:
            said = f"{said}{NBSP}{value.unit}"
        qualified = PAST_TARGET if value.is_past else QUALIFIED[value.qualifier]
        return self.translate(qualified).format(value=said)

    def dated(self, value: Dated) -> str:
        """A state or a claim, then its date in brackets."""
        inner, date = value.value, self.date(value.as_of)
        if isinstance(inner, ClaimView) and inner.qualifier is Qualifier.TARGET:
            said = DATED_PAST_TARGET if inner.is_past else DATED_TARGET
            return self.translate(said).format(value=self.say(inner.value), date=date)
        return f"{self.say(inner)} ({date})"
