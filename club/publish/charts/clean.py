"""What vl-convert drew, made anew of a closed list of elements and attributes.

A colour becomes a class, a font that of the site; nothing loads, runs, has an id or a style.
What is not on the lists stops the drawing: it is never handed on, nor left out in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from club.publish.charts.colours import name_of

SVG = "{http://www.w3.org/2000/svg}"
DECLARATIONS = re.compile(r"<!|<\?(?!xml[ \t\r\n])")
ELEMENTS = {"svg", "g", "path", "rect", "line", "text"}
NUMBER = r"-?\d+(?:\.\d+)?(?:e-?\d+)?"
NUMBERS = re.compile(rf"(?:{NUMBER}(?:px)?[ ,]*)+")
PATH = re.compile(rf"(?:[MmLlHhVvCcSsQqTtAaZz]|{NUMBER}|[ ,])*")
MOVE = re.compile(rf"(?:(?:translate|rotate|scale)\({NUMBER}(?:[ ,]+{NUMBER})*\)\s*)+")
LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?|-?\d+(?:\.\d+)?e-\d+")
KEPT = {
    "d": PATH,
    "transform": MOVE,
    **dict.fromkeys(("x", "y", "x1", "x2", "y1", "y2", "width", "height", "viewBox"), NUMBERS),
    **dict.fromkeys(("font-size", "opacity", "fill-opacity", "stroke-opacity"), NUMBERS),
    **dict.fromkeys(("stroke-width", "stroke-dasharray"), NUMBERS),
    "text-anchor": re.compile("start|middle|end"),
    "font-weight": re.compile("bold"),
    "stroke-linecap": re.compile("butt|round|square"),
}
"""The attributes that go on, and what each may hold."""
DROPPED = {
    "class",
    "role",
    "version",
    "font-family",
    "font-style",
    "pointer-events",
    "cursor",
    "stroke-miterlimit",
    "stroke-linejoin",
}
"""What vl-convert says for others: it goes, with every `aria-…`."""
IDLE = {("opacity", "1"), ("transform", "translate(0,0)"), ("display", "inline")}
"""What says nothing."""
COLOURED = ("fill", "stroke")
UNSEEN = {"none", "transparent"}


class DrawingError(ValueError):
    """A drawing holds something that no page may hold: told by its name alone."""


def cleaned(svg: str) -> Element:
    """The picture *svg*, as a tree without namespaces; raises `DrawingError`."""
    if DECLARATIONS.search(svg):
        raise DrawingError("<!")
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError as error:
        raise DrawingError(str(error)) from error
    if root.tag != f"{SVG}svg":
        raise DrawingError(str(root.tag))
    (found,) = _clean(root) or (Element("svg"),)
    return found


def _clean(element: Element) -> list[Element]:
    """*element* as it may stand in a page: nothing if it shows nothing, its parts if it is idle."""
    name = str(element.tag).removeprefix(SVG)
    if name not in ELEMENTS:
        raise DrawingError(name)
    if element.get("display") == "none" or element.get("opacity") == "0":
        return []
    new = Element(name, dict(_attributes(element)))
    new.extend([each for inner in element for each in _clean(inner)])
    if name == "text":
        new.text = element.text
    if name == "svg":
        return [new]
    if name == "g":
        return list(new) if not new.attrib else [new] if len(new) else []
    is_seen = bool(new.text) if name == "text" else "class" in new.attrib
    return [new] if is_seen else []


def _attributes(element: Element) -> Iterator[tuple[str, str]]:
    classes = []
    for name, value in element.attrib.items():
        if name in DROPPED or name.startswith("aria-") or (name, value) in IDLE:
            continue
        if name in COLOURED:
            if value in UNSEEN:
                yield name, "none"
            elif (known := name_of(value)) is not None:
                classes.append(f"club-{name}--{known}")
            else:
                raise DrawingError(f"{name}={value[:20]}")
        elif name in KEPT and KEPT[name].fullmatch(value):
            yield name, LONG_NUMBER.sub(_rounded, value)
        elif value:
            raise DrawingError(f"{name}={value[:20]}")
    if classes:
        yield "class", " ".join(classes)


def _rounded(number: re.Match[str]) -> str:
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")
