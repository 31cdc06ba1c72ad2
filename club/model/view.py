"""What a template sees: plain values, without language, format or the graph they came from.

A page depends on its view alone, so a view can be compared, hashed and kept between builds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from club.model.dates import PartialDate
from club.model.fields import Qualifier, Reliability
from club.model.message import N_, Choice, Message
from club.model.problem import Place


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page of the site (*url* from its root) or to another site."""

    title: str | Message
    url: str
    note: str | Message = ""
    is_external: bool = False
    is_example: bool = False
    key: str = ""
    """What tells it from others where it leads nowhere and its title is a message."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A file of the site (*url* from its root) that calendars read again to be up to date.

    Where the site stands is known to what writes the page, which gives the whole address to copy.
    """

    title: Message
    url: str


Standard = Literal["", "language", "time_zone"]


@dataclass(frozen=True, slots=True)
class Code:
    """A code that the language of the site has a name for, by its standard; or one of its own."""

    code: str
    standard: Standard = ""


@dataclass(frozen=True, slots=True)
class Badge:
    """A value of an enumeration that leads to its evidence."""

    choice: Choice
    link: Link


@dataclass(frozen=True, slots=True)
class EditLink:
    """A way to write down what is missing: what it says, and where it is written."""

    title: Message
    place: Place


@dataclass(frozen=True, slots=True)
class Switch:
    """A link to the page without some rows of a table, which a script makes a switch of.

    *hides* says which: those that are the `same` in each column, or `unknown` in each.
    """

    link: Link
    hides: Literal["same", "unknown"]


@dataclass(frozen=True, slots=True)
class Legend:
    """What the signs of a table mean, each with its words."""

    entries: tuple[tuple[object, Message], ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many things there are, and how many of them are made up."""

    count: int
    examples: int = 0

    def __bool__(self) -> bool:
        """Whether there is any."""
        return self.count > 0


@dataclass(frozen=True, slots=True)
class TextView:
    """A Markdown text, and the links its `[[id]]` stand for.

    *examples* are the ids of made-up records to which its other links may lead.
    """

    source: str
    links: tuple[tuple[str, Link], ...] = ()
    examples: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A stated value with its evidence."""

    value: object
    qualifier: Qualifier
    as_of: PartialDate | None
    source: Link | None
    scope: str | Message | None
    trust: Reliability
    note: str | None
    place: Place
    unit: str = ""
    is_past: bool = False
    """Whether it is a date that was aimed at and is now past."""
    whole: ClaimView | None = None
    """Itself with all its evidence, where a page shows it without: a spreadsheet tells it."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A state, or a claim without its evidence, and the date for which it is known."""

    value: Choice | ClaimView
    as_of: PartialDate


@dataclass(frozen=True, slots=True)
class Unknown:
    """What nobody has written down: shown as "unknown", never as "no"."""


@dataclass(frozen=True, slots=True)
class More:
    """The rest of a long list, folded under words that say how many there are."""

    label: Message
    values: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far something has come: *done* out of *goal*."""

    done: int
    goal: int
    label: Message
    goal_label: Message


@dataclass(frozen=True, slots=True)
class Tie:
    """How alike two things are, from 0 to 1: the places of their names, the tone of its line."""

    one: int
    other: int
    share: float
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Ties:
    """A picture of how alike several things are; a table beside it says the same in words."""

    title: Message
    names: tuple[str, ...]
    ties: tuple[Tie, ...]
    caption: Message


@dataclass(frozen=True, slots=True)
class Preset:
    """Where the ranking by the weights of somebody is, and these in the order of what is weighed.

    There are no *weights* where they are no whole numbers from 0 to 100.
    """

    link: Link
    weights: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A ranking whose weights a script lets a reader move; without one, its *table* stands.

    *names* are what is weighed, *weights* how much each counts in the table, from 0 to 100. Each
    row of the table (its name, its rank, its total) has its *values*: its place among equals, then
    whole numbers from 0 to *whole*, None where nobody knows.
    """

    table: TableView
    names: tuple[str, ...]
    weights: tuple[int, ...]
    whole: int
    values: tuple[tuple[int, tuple[int | None, ...]], ...]
    presets: tuple[Preset, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled value of a record, and where to change it."""

    label: str | Message
    values: tuple[object, ...]
    place: Place | None = None
    deduced: str = ""
    """What the club deduced the values from, if no document states them."""


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell of a table: what it shows, where it is written, what it leads to."""

    values: tuple[object, ...]
    place: Place | None = None
    tone: str = ""
    links: tuple[Link, ...] = ()
    is_example: bool = False
    proof: tuple[object, ...] = ()
    """What proves it, where the page shows that one step away: a spreadsheet tells it."""
    is_deduced: bool = False
    """Whether it is worked out from what others state: a picture draws it as such."""


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of a table; *choices* are what its filters compare, by facet.

    It is the *same* in each column, or *unknown* in each; rows of one *group* follow one another.
    """

    cells: tuple[CellView, ...]
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()
    is_same: bool = False
    is_example: bool = False
    is_unknown: bool = False
    words: str = ""
    """What a filter by words finds it by, besides what it shows."""
    group: str | Message | Link = ""


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """A value one can filter by, how many rows have it, and its page without scripts."""

    key: str
    label: str | Message
    count: int
    url: str = ""
    examples: int = 0
    is_example: bool = False


@dataclass(frozen=True, slots=True)
class FacetView:
    """A filter of a table."""

    key: str
    label: str
    choices: tuple[ChoiceView, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """A table with a caption; the first cell of each row is its header.

    Those of a *terse* one hold a word or a number, so that several columns fit a narrow screen.
    *sheet* names the files that offer it to spreadsheets, if it has any: `services/matrix`.
    """

    caption: str | Message
    columns: tuple[object, ...]
    rows: tuple[RowView, ...]
    facets: tuple[FacetView, ...] = ()
    switches: tuple[Switch, ...] = ()
    is_matrix: bool = False
    is_terse: bool = False
    has_words: bool = False
    """Whether a script lets one filter its rows by words."""
    sheet: str = ""
    grouped_by: str = ""
    """What the groups of its rows are."""
    linked: str = N_("requests")
    """What its cells lead to, besides what they show."""
    is_form: bool = False
    """Whether it is to be filled in on paper: nobody sorts it."""
    most: int = 200
    """How many of its rows a page shows where a spreadsheet has them all; filters need them all."""

    @property
    def shown(self) -> tuple[RowView, ...]:
        """The rows that a page shows: those of thousands make no page that anybody reads."""
        is_cut = self.sheet and not self.is_filtered
        return self.rows[: self.most] if is_cut else self.rows

    @property
    def is_filtered(self) -> bool:
        """Whether readers filter its rows."""
        return bool(self.facets or self.has_words or self.switches)


ChartForm = Literal["bars", "lines", "spans", "heat", "tiles"]


@dataclass(frozen=True, slots=True)
class ChartView:
    """A picture of *table*, which stands beneath it: nothing is drawn that no row holds.

    *columns* are those it draws, by their place: the lengths of bars, the heights of lines, the
    start and the end of spans (and what is said beside them), the cells of a heat map, what colours
    the squares of tiles. The first column names the rows; it is the axis of lines, and the code
    of a département for tiles. *description* says in a sentence what one sees, *note* what one
    cannot see.
    """

    form: ChartForm
    table: TableView
    columns: tuple[int, ...]
    description: Message
    note: Message | None = None
    sources: tuple[Link, ...] = ()
    place: Place | None = None
    """Where what it draws is written, to tell of a picture that cannot be drawn."""
    ends: tuple[int, int] | None = None
    """Of bars, the columns that hold the ends of the range in which each may truly end."""
    is_open: bool = False
    """Of spans, whether a start or an end that nobody knows is drawn as open, to the edge."""
    blank: Message | None = None
    """Of tiles, what a square without any colour says."""


@dataclass(frozen=True, slots=True)
class CardView:
    """A short block about a record or a part of one."""

    title: Link | str | Message
    values: tuple[object, ...] = ()
    text: TextView | None = None
    place: Place | None = None
    tone: str = ""
    is_example: bool = False


@dataclass(frozen=True, slots=True)
class DeskView:
    """A page that gathers what awaits its reader, and how much; a browser remembers it as theirs.

    *former* are the addresses it had: whoever chose it then has not lost it.
    """

    link: Link
    count: Counted
    former: tuple[str, ...] = ()

    @property
    def names(self) -> str:
        """What a browser may remember it by."""
        return " ".join((self.link.url, *self.former))


@dataclass(frozen=True, slots=True)
class DesksView:
    """The pages among which a reader chooses their own: those of *others* are folded.

    Where there is an *intro*, a choice takes the place of it and of them all.
    """

    desks: tuple[DeskView, ...]
    others: tuple[DeskView, ...] = ()
    others_label: Message | None = None
    intro: Message | None = None


@dataclass(frozen=True, slots=True)
class SectionView:
    """A titled part of a page; *body* holds texts, tables, cards, links or facts, in order.

    A long one is folded under its title: *fold* says what is inside.
    """

    id: str
    title: str | Message
    body: tuple[object, ...]
    place: Place | None = None
    layout: Literal["", "cards", "list", "grid", "steps", "matrix", "sheet"] = ""
    fold: Message | None = None


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a calendar says of a record: its day, and its hours (`09:30`) where they are known.

    *gathered* are the ids of the records in whose calendars it stands too.
    """

    title: str
    day: date
    start: str | None = None
    end: str | None = None
    zone: str | None = None
    place: str | Message | None = None
    theme: str | None = None
    status: Literal["TENTATIVE", "CONFIRMED", "CANCELLED"] = "CONFIRMED"
    gathered: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Alert:
    """A remark above a page: a known problem, an example, a contradiction."""

    title: Message
    text: Message | None = None
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """A page of the site: that of a record (*place* says where it is written) or another.

    *key* are the few figures that one comes for; *listed* names the collections whose back-links
    the page already shows in its own words.
    """

    url: str
    collection: str
    title: str | Message
    kind: str = ""
    id: str = ""
    place: Place | None = None
    badges: tuple[object, ...] = ()
    lead: TextView | None = None
    intro: Message | None = None
    """What the page is for, in our own words, where it is no record's."""
    alerts: tuple[Alert, ...] = ()
    key: tuple[Fact | Progress, ...] = ()
    facts: tuple[Fact, ...] = ()
    sections: tuple[SectionView, ...] = ()
    listed: frozenset[str] = frozenset()
    is_example: bool = False
    is_wide: bool = False
    desk: DeskView | None = None
    """Itself, if it is a page that a reader may make their own."""
    is_found: bool = False
    """Whether a search finds it, by its title and what its tables are called, though no record."""


class YesNo(Choice):
    """A yes or a no in a record."""

    YES = "yes", N_("yes"), "good"
    NO = "no", N_("no"), "quiet"


YES, NO = YesNo.YES, YesNo.NO
