"""What shows numbers at a glance: bars, pictures, charts, and rankings whose weights move."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

from markupsafe import Markup

from club.model.message import N_
from club.model.view import ChartView, Link, Preset, Progress, Ties, WhatIf
from club.publish.charts.charts import Picture
from club.publish.html.tables import Tables
from club.publish.html.ties import ring
from club.publish.html.values import Html

Drawn = Callable[[ChartView], Picture | None]
"""Draws a chart, if it can be drawn."""


class Figures:
    """Writes figures with the values that *html* writes, and their *tables*."""

    def __init__(self, html: Html, tables: Tables, drawn: Drawn) -> None:
        """*drawn* draws charts; the table of one that it cannot draw stands alone."""
        self._html = html
        self._tables = tables
        self._drawn = drawn

    def progress(self, progress: Progress) -> Markup:
        """How far something has come."""
        html, number = self._html, self._html.words.number
        done, goal = progress.done, progress.goal
        share = html.words.percent(done / goal) if goal else "–"
        named = html.escaped(html.say(progress.label))
        return Markup(
            '<div class="club-progress">\n<p class="club-progress__label">'
            f"<strong>{number(done)}</strong> / {number(goal)} {html.shown(progress.label)}"
            f' <span class="club-progress__share">({share})</span></p>\n'
            f'<progress class="club-progress__bar" max="{goal}" value="{done}"'
            f' aria-label="{named}"></progress>\n'
            f'<p class="club-progress__goal">{html.shown(progress.goal_label)}</p>\n</div>\n'
        )

    def picture(self, ties: Ties) -> Markup:
        """How alike things are.

        It says nothing that a table beside it does not: who cannot see it loses nothing.
        """
        html, drawn = self._html, ring(ties)
        marks = []
        for each in drawn.lines:
            tone = f" club-ties__line--{html.escaped(each.tie.tone)}" if each.tie.tone else ""
            marks.append(
                f'<line class="club-ties__line{tone}" x1="{each.x1}" y1="{each.y1}"'
                f' x2="{each.x2}" y2="{each.y2}" stroke-width="{each.thickness}"/>\n'
            )
        for each in drawn.lines:
            if each.is_said:
                marks.append(
                    f'<text class="club-ties__share" x="{each.said_x}" y="{each.said_y}"'
                    f' text-anchor="middle">{html.words.percent(each.tie.share)}</text>\n'
                )
        for at in drawn.points:
            marks.append(
                f'<circle class="club-ties__point" cx="{at.x}" cy="{at.y}" r="9"/>'
                f'<text class="club-ties__name" x="{at.name_x}" y="{at.name_y}"'
                f' text-anchor="{at.anchor}">{html.escaped(at.name)}</text>\n'
            )
        named = html.escaped(html.say(ties.title))
        return Markup(
            f'<figure class="club-ties">\n<svg viewBox="0 0 {drawn.width} {drawn.height}"'
            f' role="img" aria-label="{named}">\n{"".join(marks)}</svg>\n'
            f"<figcaption>{html.shown(ties.caption)}</figcaption>\n</figure>\n"
        )

    def chart(self, chart: ChartView) -> Markup:
        """A picture of rows of a table, which stands beneath it; alone where nothing is drawn."""
        html, picture, table = self._html, self._drawn(chart), self._tables.table(chart.table)
        if picture is None:
            note = f"<p>{html.shown(chart.note)}</p>\n" if chart.note else ""
            return Markup(f"{table}\n{note}{self._sources(chart.sources)}")
        folded = html.sentence(N_("What the picture shows, as a table"))
        return Markup(
            f'<figure class="club-chart club-chart--{chart.form}" data-search-exclude>\n'
            f"{picture.svg}\n<figcaption>\n{self._legend(picture)}"
            f"<p>{self._described(chart, picture)}</p>\n{self._sources(chart.sources)}"
            f"{self._tables.whole(chart.table)}</figcaption>\n</figure>\n"
            f'<details class="club-fold"><summary>{folded}</summary>\n{table}\n</details>\n'
        )

    def _legend(self, picture: Picture) -> str:
        """What the colours of *picture* stand for."""
        html = self._html
        lines = [
            f'<li><span class="club-chart__key club-back--{html.escaped(each.name)}">'
            f"{html.escaped(each.letter)}</span> {html.shown(each.title)}</li>\n"
            for each in picture.legend
        ]
        return f'<ul class="club-chart__legend">\n{"".join(lines)}</ul>\n' if lines else ""

    def _described(self, chart: ChartView, picture: Picture) -> str:
        """What one sees, and what one cannot see."""
        html, total = self._html, len(chart.table.rows)
        said = [html.shown(chart.description)]
        if picture.shown < total:
            cut = N_("The first {count} of {total} are drawn; the table has them all.")
            said.append(html.sentence(cut, count=picture.shown, total=total))
        if picture.has_loose:
            loose = N_("A dashed outline: a target, or a number that is not exact.")
            said.append(html.sentence(loose))
        if chart.note:
            said.append(html.shown(chart.note))
        return " ".join(said)

    def _sources(self, sources: Iterable[Link]) -> str:
        said = self._html.sentence(N_("Sources:"))
        links = ", ".join(map(self._html.link, sources))
        return f"<p>{said} {links}</p>\n" if links else ""

    def what_if(self, held: WhatIf) -> Markup:
        """Weights that the script makes sliders of: until it has, the list and the table say them.

        What needs the script says so by being hidden until it runs; what stands in for it is
        hidden then.
        """
        html = self._html
        values = ";".join(f"{place}:{' '.join(map(_number, row))}" for place, row in held.values)
        live = html.sentence(N_("Move the weights: the ranking follows."))
        still = html.sentence(
            N_("Here the weights stand still: for others, open the rankings worked out beforehand.")
        )
        weights = "".join(
            f'<li data-weight="{weight}"><span class="club-whatif__name">{html.escaped(name)}'
            f"</span> <span>{html.words.number(weight)}</span></li>\n"
            for name, weight in zip(held.names, held.weights, strict=True)
        )
        presets = ""
        if held.presets:
            said = html.sentence(N_("Rankings by the weights of:"))
            links = ", ".join(map(self._preset, held.presets))
            presets = f'<p class="club-whatif__presets">{said} {links}</p>\n'
        return Markup(
            f'<div class="club-whatif" data-club-whatif="{held.whole}" data-values="{values}"'
            f"{self._of_weights}>\n<p hidden data-search-exclude data-club-live>{live}</p>\n"
            f'<p data-club-still>{still}</p>\n<ul class="club-whatif__weights">\n{weights}</ul>\n'
            f"{presets}{self._tables.table(held.table)}\n</div>\n"
        )

    def _preset(self, preset: Preset) -> str:
        html = self._html
        weights = f' data-preset="{" ".join(map(str, preset.weights))}"' if preset.weights else ""
        href = html.escaped(html.href(preset.link))
        return f'<a href="{href}"{weights}>{html.shown(preset.link.title)}</a>'

    @cached_property
    def _of_weights(self) -> str:
        """What the script says of weights."""
        return self._html.data(
            {
                "share": N_("{share} %"),
                "ranks": N_("{best} to {worst}"),
                "range": N_("{low} to {high}"),
                "first": N_("First: {name}."),
                "sure": N_("First, whatever the scores that are missing: {name}."),
                "level": N_("Level in the first place: {names}."),
                "maybe": N_("Scores are missing: the first place may be that of {names}."),
                "nothing": N_("Nothing weighs anything: there is no ranking."),
                "start": N_("As at the start"),
                "weights": N_("Weights of: {name}"),
            }
        )


def _number(value: int | None) -> str:
    return "-" if value is None else str(value)
