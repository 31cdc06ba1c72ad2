"""A Vega-Lite specification as SVG, by vl-convert, in the numbers and months of a language."""

from __future__ import annotations

import json
from typing import Any

import altair
import vl_convert
from babel import Locale

from club.publish.charts.marks import Marks
from club.publish.charts.specification import Layout, specification


def drawn(marks: Marks, locale: Locale, layout: Layout) -> str:
    """*marks* as vl-convert draws them for *layout*; it fails in any way, and gives the words."""
    version = "_".join(altair.SCHEMA_VERSION.split(".")[:2])
    found: str = vl_convert.vegalite_to_svg(
        json.dumps(specification(marks, layout)),
        vl_version=version,
        format_locale=number_format(locale),
        time_format_locale=time_format(locale),
        allowed_base_urls=[],
    )
    return found


def number_format(locale: Locale) -> dict[str, Any]:
    """How D3 writes numbers in the language of *locale*."""
    signs = locale.number_symbols["latn"]
    return {
        "decimal": signs["decimal"],
        "thousands": signs["group"],
        "grouping": [3],
        "currency": ["", ""],
    }


def time_format(locale: Locale) -> dict[str, Any]:
    """How D3 writes days and months in the language of *locale*; weeks start on Sunday there."""
    months, days = locale.months["format"], locale.days["format"]
    week = (6, 0, 1, 2, 3, 4, 5)
    return {
        "dateTime": "%c",
        "date": "%x",
        "time": "%X",
        "periods": ["AM", "PM"],
        "days": [days["wide"][day] for day in week],
        "shortDays": [days["abbreviated"][day] for day in week],
        "months": [months["wide"][month] for month in range(1, 13)],
        "shortMonths": [months["abbreviated"][month] for month in range(1, 13)],
    }
