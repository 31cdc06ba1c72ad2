"""Bad data is a value: where it is, what was found, what was expected, the nearest valid value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from club.model.message import P_, Choice, Message

PLACES = {"line", "other"}
"""The parameters of a message that say where something stands."""


class Level(Choice):
    """How grave a problem is: errors stop a build, warnings stop a strict one."""

    ERROR = "error", P_("problem", "error"), "bad"
    WARNING = "warning", P_("problem", "warning"), "warn"


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a file; *line* and *column* count from 1, and 0 means the whole file."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """`path:line:column`, as compilers print it."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of the club: its name, its gravity, what it wants in one sentence and an example."""

    name: str
    wants: str
    example: str
    level: Level = Level.ERROR
    may_be_known: bool = False
    """Whether a breach may be listed as a known exception although it is an error."""

    @property
    def is_excusable(self) -> bool:
        """Whether the club may keep a breach that it has looked at: that of any warning."""
        return self.may_be_known or self.level is Level.WARNING

    def problem(
        self,
        place: Place,
        message: str,
        *,
        expected: Message | None = None,
        nearest: Sequence[str] = (),
        record: str = "",
        **params: object,
    ) -> Problem:
        """A breach of this rule at *place*; *message* is a gettext id filled with *params*."""
        return Problem(
            rule=self,
            place=place,
            message=Message(message, params),
            expected=expected,
            nearest=tuple(nearest),
            record=record,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One breach of one rule; *record* is `collection/id` where the breach is inside a record."""

    rule: Rule
    place: Place
    message: Message
    expected: Message | None = None
    nearest: tuple[str, ...] = ()
    record: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    """What a reader sees for each value that is accepted, as a gettext id, and the value."""

    def within(self, root: Path) -> Problem:
        """The same in a file named from the folder *root*, if it stands there."""
        path = Path(self.place.path)
        if not path.is_absolute() or not path.is_relative_to(root):
            return self
        at = replace(self.place, path=path.relative_to(root).as_posix())
        return replace(self, place=at)

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Problems are listed in the order a reader meets them in the files."""
        at = self.place
        return (at.path, at.line, at.column, self.rule.name, self.message.id)

    @property
    def identity(self) -> str:
        """What it is, without lines, so that it stays the same when the file moves around it."""
        params = sorted((k, str(v)) for k, v in self.message.params.items() if k not in PLACES)
        return "\0".join(
            [self.place.path, self.rule.name, self.record, self.message.id, str(params)]
        )


def instead(said: tuple[str, str, str], found: str, valid: Iterable[str]) -> Message:
    """That *found* is none of *valid*, in the sentence for near values, for others or for none."""
    names = sorted(set(valid))
    near = nearest(found, names)
    id = said[0] if near else said[1] if names else said[2]
    return Message(id, {"name": found, "near": ", ".join(near), "names": ", ".join(names)})


def nearest(found: str, valid: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """The valid values that look most like *found*, best first, at most *count*."""
    candidates = sorted(set(valid))
    by_folded = {each.lower(): each for each in reversed(candidates)}
    close = get_close_matches(found.lower(), by_folded, n=count, cutoff=0.55)
    return tuple(by_folded[each] for each in close)
