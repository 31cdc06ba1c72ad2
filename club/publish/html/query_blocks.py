"""Fenced `club` blocks in wiki pages: taken out before Markdown, answered after it."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

from club.model.markup import FENCE, Fence
from club.publish.html.holding import HELD, hold, put
from club.query.answer import INFO

BEFORE_FENCES = 28
"""After the spaces are made regular (30), before any extension for fenced code (25)."""
SLOT = '<div class="club-slot" title="{held}"></div>'
SLOTS = re.compile(SLOT.format(held=f"({HELD.pattern})"))


class QueryBlocks(Extension):
    """Holds the blocks of the page being converted; the plugin fills their places."""

    def __init__(self) -> None:
        """No page yet."""
        super().__init__()
        self.blocks: list[Fence] = []

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name Markdown calls
        """Registers the preprocessor; a page begins without a block."""
        self.blocks = []
        md.preprocessors.register(_BlockProcessor(self, md), "club_queries", BEFORE_FENCES)

    def fill(self, html: str, write: Callable[[Fence], str]) -> str:
        """*html* with each block's place taken by what *write* makes of it."""
        return SLOTS.sub(lambda slot: put(slot[1], lambda at: write(self.blocks[at])), html)


class _BlockProcessor(Preprocessor):
    def __init__(self, held: QueryBlocks, md: Markdown) -> None:
        super().__init__(md)
        self._held = held

    def run(self, lines: list[str]) -> list[str]:
        """*lines* with a place instead of each block; other fences stay as they are."""
        kept: list[str] = []
        opening, start = None, 0
        for number, line in enumerate(lines):
            match = FENCE.match(line)
            if opening is None:
                kept.append(line)
                if match:
                    opening, start = match, len(kept) - 1
                continue
            kept.append(line)
            if match and match["fence"].startswith(opening["fence"]) and not match["info"].strip():
                if opening["info"].split()[:1] == [INFO]:
                    text = "\n".join(kept[start + 1 : -1])
                    kept[start:] = ["", opening["indent"] + self._place(text, number), ""]
                opening = None
        return kept

    def _place(self, text: str, line: int) -> str:
        self._held.blocks.append(Fence(INFO, text, line))
        return self.md.htmlStash.store(SLOT.format(held=hold(len(self._held.blocks) - 1)))
