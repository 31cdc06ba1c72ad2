"""SVG drawings of contributors: shapes and words only, nothing that runs or loads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree import ElementTree

DECLARATIONS = re.compile(rb"<!(?!--)|<\?(?!xml[ \t\r\n])")
"""Document types, entities, style sheets of others: no drawing needs them."""
SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {
    "svg",
    "g",
    "defs",
    "title",
    "desc",
    "symbol",
    "use",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
    "mask",
    "pattern",
    "marker",
}
ADDRESS = re.compile(
    r"(?:url|src|image|image-set|cross-fade|element)\s*\(|javascript|expression|@import|\\",
    re.IGNORECASE,
)
LOCAL_URL = re.compile(r"url\(\s*['\"]?#[\w.-]+['\"]?\s*\)")
LOCAL_LINK = re.compile(r"#[\w.-]+")
USED = re.compile(r"#([\w.-]+)")
MAX_BYTES, MAX_DEPTH, MAX_SHOWN = 1024 * 1024, 64, 50_000
"""How large a drawing is, how deep its elements and what they use, and how many a browser draws."""


def is_harmless(drawing: bytes) -> bool:
    """Whether *drawing* is made of known shapes, with addresses inside itself alone."""
    if len(drawing) > MAX_BYTES or DECLARATIONS.search(drawing):
        return False
    try:
        root = ElementTree.fromstring(drawing.decode("utf-8-sig"))
    except (ElementTree.ParseError, ValueError):
        return False
    if root.tag != f"{SVG}svg" or not all(_is_harmless(each) for each in root.iter()):
        return False
    by_id = {each.get("id", ""): each for each in root.iter()}
    return _shown(root, by_id, {}, 0) <= MAX_SHOWN


def _shown(
    element: ElementTree.Element,
    by_id: Mapping[str, ElementTree.Element],
    known: dict[ElementTree.Element, int],
    depth: int,
) -> int:
    """How many elements a browser draws for *element*, with those it uses, and those they use.

    More than `MAX_SHOWN` if it is too deep, or goes round.
    """
    if depth > MAX_DEPTH:
        return MAX_SHOWN + 1
    if element not in known:
        known[element] = MAX_SHOWN + 1  # until it is counted: what uses itself has no end
        names = {name for value in element.attrib.values() for name in USED.findall(value)}
        inside = [*element, *(by_id[name] for name in names if name in by_id)]
        count = 1
        for each in inside:
            count = min(count + _shown(each, by_id, known, depth + 1), MAX_SHOWN + 1)
        known[element] = count
    return known[element]


def _is_harmless(element: ElementTree.Element) -> bool:
    name = str(element.tag)
    # Editors leave notes of their own, in namespaces that no browser knows.
    if not name.startswith(SVG) or name.removeprefix(SVG) not in ELEMENTS:
        return False
    return all(_is_harmless_attribute(*each) for each in element.attrib.items())


def _is_harmless_attribute(name: str, value: str) -> bool:
    local = name.rpartition("}")[2].lower()
    if local.startswith("on"):
        return False
    if local in {"href", "src"}:
        return LOCAL_LINK.fullmatch(value.strip()) is not None
    return not ADDRESS.search(LOCAL_URL.sub("", value))
