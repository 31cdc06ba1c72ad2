"""Codes in records, and what a reader reads instead: a field says which by a mark of its type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from club.model.fields import Line
from club.model.licences import licence, short_licence
from club.model.view import Code, Standard

if TYPE_CHECKING:
    from club.model.graph import Graph

Say = Callable[[str, "Graph | None"], object]


@dataclass(frozen=True, slots=True)
class Coded:
    """Marks a field of codes: *say* gives what a page shows for one, *brief* what a table does.

    Without a graph, they do with what the code tells by itself.
    """

    say: Say
    brief: Say | None = None

    def said(self, code: str, graph: Graph | None = None, *, is_brief: bool = False) -> object:
        """What a reader reads for *code*."""
        return (self.brief if is_brief and self.brief else self.say)(code, graph)


def _standard(standard: Standard) -> Coded:
    return Coded(lambda code, graph: Code(code, standard))


Licence = Annotated[Line, Coded(licence, short_licence)]
"""An SPDX or Creative Commons identifier, read as the licence's name."""
LanguageCode = Annotated[Line, _standard("language")]
"""A language code (BCP 47), read as the language's name."""
TimeZone = Annotated[Line, _standard("time_zone")]
"""A time zone of the IANA database, read as its usual name."""
Identifier = Annotated[Line, _standard("")]
"""What another data set calls the thing: shown as a code, since it is one."""
