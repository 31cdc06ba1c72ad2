"""Blocks handed to Markdown by portions, as its work on a block grows with all that follow.

Each block is taken from the head of a list, and put back several times: of a page of a mebibyte in
short paragraphs, all the others move each time, for minutes.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor

PORTION = 500
BEFORE_ALL = 1000
INDENT = " " * 4


class Portions(Extension):
    """Converts as without it, sooner."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name Markdown calls
        """Registers the processor before all others."""
        md.parser.blockprocessors.register(
            _PortionProcessor(md.parser), "club_portions", BEFORE_ALL
        )


class _PortionProcessor(BlockProcessor):
    def test(self, parent: Element, block: str) -> bool:
        return True

    def run(self, parent: Element, blocks: list[str]) -> bool:
        """Parses the first of many *blocks*, then lets the parser go on with the others."""
        end = PORTION
        if len(blocks) <= 2 * end or len(blocks) % PORTION:  # Looks ahead now and then only.
            return False
        # A footnote takes the indented blocks that follow it.
        while end < len(blocks) and blocks[end].startswith(INDENT):
            end += 1
        if end == len(blocks):
            return False
        portion = blocks[:end]
        del blocks[:end]
        self.parser.parseBlocks(parent, portion)
        return True
