"""A picture on white paper, where there is no style sheet: its classes become their colours."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.etree import ElementTree

from club.model.view import ChartForm

COLOURS = {
    "1": "#8a55b0",
    "2": "#1b7f73",
    "3": "#9a6a00",
    "4": "#2f74b5",
    "5": "#c24a3a",
    "6": "#5d7a1f",
    "ink": "#28232f",
    "muted": "#5e5866",
    "line": "#ded8dd",
    "shade": "#f3f0ea",
    "on": "#ffffff",
}
"""What the style sheet of the site makes of each name in its light colours."""
PAPER = "#ffffff"
CLASS = re.compile(r"club-(fill|stroke)--(\w+)")
HALO = {"paint-order": "stroke", "stroke": PAPER, "stroke-width": "4", "stroke-linejoin": "round"}
"""Words that stand over the lines of an axis have a border in the colour of the paper."""
NAMESPACE = "http://www.w3.org/2000/svg"


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG that stands alone, in the colours of paper; *width* is in pixels of CSS."""

    svg: str
    width: float


def on_paper(svg: str, form: ChartForm, font: str, shown: Callable[[str], str]) -> Drawing:
    """The picture *svg* of a page in the *font* of a document, which has the letters of *shown*."""
    root = ElementTree.fromstring(svg)
    for element in root.iter():
        said = element.attrib.pop("class", "")
        element.attrib |= {name: COLOURS[colour] for name, colour in CLASS.findall(said)}
        if element.tag == "rect" and "club-fill--shade" in said:
            element.attrib |= {"stroke": COLOURS["line"], "stroke-width": ".5"}
        if element.tag == "text":
            element.attrib |= {"font-family": font, **(HALO if form == "spans" else {})}
            element.text = shown(element.text or "")
    for name in ("role", "aria-label"):
        root.attrib.pop(name, None)
    wide, high = root.attrib["viewBox"].split()[2:]
    root.attrib |= {"xmlns": NAMESPACE, "width": wide, "height": high}
    return Drawing(ElementTree.tostring(root, encoding="unicode"), float(wide))
