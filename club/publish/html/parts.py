"""The blocks pages are made of, which every template is given as `parts`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

from markupsafe import Markup

from club.model.message import N_, Message
from club.model.problem import Place
from club.model.view import (
    Alert,
    CardView,
    ChartView,
    DesksView,
    DeskView,
    Fact,
    Feed,
    Legend,
    Link,
    Progress,
    SectionView,
    TableView,
    Ties,
    WhatIf,
)
from club.publish.html.figures import Drawn, Figures
from club.publish.html.tables import Tables
from club.publish.html.values import Html
from club.publish.words.changelog import EventView, HistoryView

DASH = N_(" – ")
"""What stands between a title and what is said of it."""
LINKS = (Link, Feed)
IN_LISTS = {"list", "grid"}
"""The layouts of sections whose links are items of a list."""
TOP_LEVEL = 2
"""The level of the titles of sections; the title of the page has the first."""


class Parts:
    """Writes blocks with the values that *html* writes; a page depends on its view alone."""

    def __init__(self, html: Html, drawn: Drawn) -> None:
        """*html* is for the pages on which the blocks stand; *drawn* draws charts."""
        self._html = html
        self._tables = Tables(html)
        figures = Figures(html, self._tables, drawn)
        self.table, self.filters = self._tables.table, self._tables.filters
        self.progress, self.picture = figures.progress, figures.picture
        self.chart, self.what_if = figures.chart, figures.what_if
        self._by_type: Mapping[type, Callable[[Any], str]] = {
            CardView: self.card,
            TableView: self.table,
            Progress: self.progress,
            ChartView: self.chart,
            WhatIf: self.what_if,
            Ties: self.picture,
            DesksView: self.desks,
            Alert: self.alert,
            Legend: self.legend,
            tuple: self._facts_or_values,
            Link: self._paragraph,
            Feed: self._paragraph,
            Message: self._paragraph,
        }

    def edit(self, place: Place | None) -> Markup:
        """Where the script may put a pencil."""
        return Markup(self._html.edit(place))

    def switch(self) -> Markup:
        """What the script makes its switch of, which shows a pencil wherever `edit` left a place.

        Nothing without a forge.
        """
        return self._switch

    @cached_property
    def _switch(self) -> Markup:
        html = self._html
        if not html.forge:
            return Markup()
        said = html.data({"edit": N_("Show the pencils"), "named": N_("Edit: {label}")})
        base = html.escaped(html.forge.edit_base)
        return Markup(f'<p class="club-switch" hidden data-club-edit="{base}"{said}></p>\n')

    def example(self) -> Markup:
        """What says that a record is made up."""
        return Markup(self._html.example)

    def key(self, facts: Iterable[Fact | Progress]) -> Markup:
        """The few figures that one comes for, then how far things have come."""
        html, lines, bars = self._html, [], []
        for each in facts:
            if isinstance(each, Progress):
                bars.append(self.progress(each))
            else:
                label = html.shown(each.label)
                lines.append(f"<div><dt>{label}</dt><dd>{html.fact(each)}</dd></div>\n")
        return Markup(f'<dl class="club-key">\n{"".join(lines)}</dl>\n{"".join(bars)}')

    def facts(self, facts: tuple[Fact, ...]) -> Markup:
        """Labelled values, a line each."""
        return Markup(f'<dl class="club-facts">\n{self._html.facts(facts)}</dl>\n')

    def _facts_or_values(self, values: tuple[object, ...]) -> str:
        if all(isinstance(each, Fact) for each in values):
            return self.facts(values)  # type: ignore[arg-type]
        return self._html.shown(values)

    def _paragraph(self, value: object) -> str:
        return f"<p>{self._html.shown(value)}</p>"

    def alert(self, alert: Alert) -> Markup:
        """A remark above a page or in a section."""
        html = self._html
        text = f"{html.sentence(DASH)}{html.shown(alert.text)}" if alert.text else ""
        links = "".join(f" {html.link(each)}" for each in alert.links)
        return Markup(
            '<div class="club-alert club-alert--warn" role="note">\n'
            f"<p><strong>{html.shown(alert.title)}</strong>{text}{links}</p>\n</div>\n"
        )

    def card(self, card: CardView) -> Markup:
        """A short block about a record or a part of one, as an item of a list."""
        html = self._html
        tone = f" club-card--{html.escaped(card.tone)}" if card.tone else ""
        cap = "" if isinstance(card.title, LINKS) else " club-cap"
        mark = html.example if card.is_example else ""
        values = ""
        if card.values:
            shown = " ".join([self._card_value(each) for each in card.values if each is not None])
            values = f'<div class="club-card__values">{shown}</div>'
        text = html.shown(card.text) if card.text else ""
        return Markup(
            f'<li class="club-card{tone}">\n<p class="club-card__title{cap}">'
            f"{html.shown(card.title)}{mark}{html.edit(card.place)}</p>\n{values}{text}</li>\n"
        )

    def _card_value(self, value: object) -> str:
        shown = self._html.shown(value)
        return shown if isinstance(value, tuple) else f"<span>{shown}</span>"

    def legend(self, legend: Legend) -> Markup:
        """What the signs of a table mean."""
        show = self._html.shown
        lines = [f"<li>{show(sign)} {show(words)}</li>\n" for sign, words in legend.entries]
        return Markup(f'<ul class="club-legend">\n{"".join(lines)}</ul>\n')

    def desks(self, view: DesksView) -> Markup:
        """The pages among which a reader chooses; the script puts theirs first."""
        html = self._html
        shown = "".join(map(self.desk, view.desks))
        intro = f"<p>{html.shown(view.intro)}</p>\n" if view.intro else ""
        others = ""
        if view.others:
            folded = "".join(map(self.desk, view.others))
            others = (
                f'<details class="club-more"><summary>{html.shown(view.others_label)}</summary>\n'
                f'<ul class="club-items club-desks__list">{folded}</ul></details>'
            )
        said = html.data(
            {
                "mine": N_("Yours:"),
                "forget": N_("Forget this choice"),
                "gone": N_("The page you had chosen is no longer on this site: choose again."),
            }
        )
        brief = " data-brief" if view.intro else ""
        return Markup(
            f'<div class="club-desks" data-club-root="{html.prefix or "./"}"{said}{brief}>\n'
            f'{intro}<ul class="club-items club-desks__list">{shown}</ul>\n{others}</div>\n'
        )

    def desk(self, view: DeskView) -> Markup:
        """One of them, and how much awaits its reader."""
        html = self._html
        to_do = html.sentence(N_("To do: {count}"), count=view.count)
        count = to_do if view.count else html.sentence(N_("Nothing to do"))
        return Markup(
            f'<li data-desk="{html.escaped(view.names)}">{html.link(view.link)}'
            f' <span class="club-count">{count}</span></li>\n'
        )

    def mine(self, view: DeskView) -> Markup:
        """What the script makes a button of, which a browser remembers the page by."""
        html = self._html
        said = html.data(
            {
                "mine": N_("This page is mine"),
                "kept": N_(
                    "The home page begins with it, in this browser alone. A second touch forgets"
                    " it."
                ),
                "refused": N_("This browser does not let the site remember it."),
            }
        )
        return Markup(
            f'<div class="club-mine" hidden data-desk="{html.escaped(view.names)}"'
            f' data-club-root="{html.prefix or "./"}"{said}></div>\n'
        )

    def section(self, section: SectionView, is_record: object = False) -> Markup:
        """A part of a page; of a record, it has a link to where it is written."""
        return self.section_of(section, is_record)

    def section_of(
        self, section: SectionView, is_record: object = False, level: int = TOP_LEVEL
    ) -> Markup:
        """The same, its title of that *level*; it may hold others, one level down.

        Those are the parts of a page that stands in another, and no landmarks: several records
        have parts of one name.
        """
        html, layout, id = self._html, section.layout, self._html.escaped(section.id)
        modify = html.modify(section) if is_record else ""
        named = f' aria-labelledby="{id}"' if level == TOP_LEVEL else ""
        own = f" club-section--{layout}" if layout else ""
        fold = end = ""
        if section.fold:
            said = html.shown(section.fold)
            fold, end = f'<details class="club-fold"><summary>{said}</summary>\n', "</details>"
        parts = [
            f'<section class="club-section{own}"{named}>\n'
            f'<h{level} id="{id}">{html.shown(section.title)}</h{level}>{modify}\n{fold}'
        ]
        tag, has_items, is_open = "ol" if layout == "steps" else "ul", layout in IN_LISTS, False
        for each in section.body:
            of = each.__class__
            is_item = of is CardView or (has_items and of in LINKS)
            if is_item is not is_open:
                is_open = is_item
                parts.append(f'<{tag} class="club-items">' if is_item else f"</{tag}>")
            if of is CardView or not is_item:
                parts.append(self._block(each, is_record, level))
            else:
                parts.append(f"<li>{html.shown(each)}</li>")
            parts.append("\n")
        if is_open:
            parts.append(f"</{tag}>")
        parts.append(f"{end}</section>\n")
        return Markup("".join(parts))

    def _block(self, value: object, is_record: object, level: int) -> str:
        """One of the things that the body of a section holds."""
        if isinstance(value, SectionView):
            return self.section_of(value, is_record, level + 1)
        return self._by_type.get(value.__class__, self._html.shown)(value)

    def backlinks(self, groups: Iterable[Fact]) -> Markup:
        """What leads to a page, if anything does."""
        html = self._html
        facts = "".join(
            [
                f'<div class="club-fact"><dt>{html.shown(group.label)}</dt>'
                f"<dd>{html.shown(group.values)}</dd></div>\n"
                for group in groups
            ]
        )
        if not facts:
            return Markup()
        title = html.sentence(N_("What leads here"))
        return Markup(
            '<section class="club-section club-backlinks" aria-labelledby="backlinks">\n'
            f'<h2 id="backlinks">{title}</h2>\n'
            f'<dl class="club-facts">\n{facts}</dl>\n</section>\n'
        )

    def history(self, history: HistoryView, path: str) -> Markup:
        """The history of a page written in *path*.

        It is left out of the search, which would otherwise find what is no longer so.
        """
        dates = self._dates(history)
        shown = f"<p>{dates}</p>\n" if dates else ""
        events = self._events(history, path) if history.events else ""
        return Markup(f'<div class="club-past" data-search-exclude>\n{shown}{events}</div>\n')

    def _dates(self, history: HistoryView) -> str:
        """When a page was changed and published, and on whose behalf."""
        html = self._html
        first = ""
        if history.first:
            first = " " + html.sentence(N_("First published: {date}."), date=history.first)
        if not history.is_known:
            unknown = N_("Dates unknown: this site was built without the whole history.")
            return html.sentence(unknown) + first
        if not (history.last or history.first):
            return ""
        last = ""
        if history.last:
            last = html.sentence(N_("Last changed on {date}."), date=history.last)
        by = ""
        if history.organisations:
            links = ", ".join(map(html.link, history.organisations))
            by = " " + html.sentence(N_("Contributions:")) + " " + links
        return last + first + by

    def _events(self, history: HistoryView, path: str) -> str:
        """The changes of a page, folded."""
        html = self._html
        count = len(history.events) + history.more
        many = html.sentence(N_("History: {count} changes"), count=count)
        said = html.sentence(N_("History: one change")) if count == 1 else many
        lines = "".join([f"<li>{self.event(each)}</li>\n" for each in history.events])
        rest = ""
        if history.more and html.forge:
            words = html.sentence(N_("The whole history on the forge"))
            href = html.escaped(html.forge.history(path))
            rest = f'<p><a class="club-external" rel="noopener" href="{href}">{words}</a></p>'
        return (
            f'<details class="club-history">\n<summary>{said}</summary>\n'
            f'<ol class="club-history__list" reversed>\n{lines}</ol>\n{rest}</details>\n'
        )

    def event(self, event: EventView) -> Markup:
        """A change: when, on whose behalf, what, and why."""
        html = self._html
        by = f" · {html.link(event.organisation)}" if event.organisation else ""
        why = ""
        if event.reason:
            said = html.sentence(N_("Reason: {reason}"), reason=event.reason)
            why = f'<p class="club-history__reason">{said}</p>'
        return Markup(
            f'<p class="club-history__when">{html.date(event.date)}{by}</p>\n'
            f"{self.changes(event)}{why}"
        )

    def changes(self, event: EventView) -> Markup:
        """What it changed."""
        lines = "".join([f"<li>{self._html.plain(each)}</li>" for each in event.sentences])
        return Markup(f"<ul>{lines}</ul>\n")
