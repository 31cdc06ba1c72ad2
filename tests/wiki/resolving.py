"""Conflict markers as a person resolves them."""

from __future__ import annotations

import re

HUNK = re.compile(
    r"^<<<<<<< ([^\n]*)\n(.*?)^=======\n(.*?)^>>>>>>> ([^\n]*)\n", re.DOTALL | re.MULTILINE
)


def resolve(text: str, side: str) -> str:
    """*text* with every conflict resolved as *side* has it."""
    return HUNK.sub(lambda match: match[2] if side == "ours" else match[3], text)


def hunks(text: str) -> list[tuple[str, str]]:
    """The two sides of every conflict of *text*."""
    return [(match[2], match[3]) for match in HUNK.finditer(text)]


def swapped(text: str) -> str:
    """*text* with the sides of its conflicts exchanged."""
    return HUNK.sub(lambda m: f"<<<<<<< {m[1]}\n{m[3]}=======\n{m[2]}>>>>>>> {m[4]}\n", text)
