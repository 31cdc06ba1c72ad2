"""SVG drawings of contributors: shapes and words only, nothing that runs or loads."""

from __future__ import annotations

import re
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
ADDRESS = re.compile(r"url\s*\(|javascript|expression|@import|\\", re.IGNORECASE)
LOCAL_URL = re.compile(r"url\(\s*['\"]?#[\w.-]+['\"]?\s*\)")
LOCAL_LINK = re.compile(r"#[\w.-]+")


def is_harmless(drawing: bytes) -> bool:
    """Whether *drawing* is made of known shapes, with addresses inside itself alone."""
    if DECLARATIONS.search(drawing):
        return False
    try:
        root = ElementTree.fromstring(drawing.decode("utf-8-sig"))
    except (ElementTree.ParseError, ValueError):
        return False
    return root.tag == f"{SVG}svg" and all(_is_harmless(each) for each in root.iter())


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
