"""Words to translate later: gettext ids carried as values, so that data stays language-free."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

CONTEXT_SEPARATOR = "\x04"
"""What gettext itself puts between a context and an id."""

Translate = Callable[[str], str]


def N_(text: str) -> str:  # noqa: N802 - the gettext convention for "extract, do not translate"
    """Marks *text* for extraction and returns it unchanged."""
    return text


def P_(context: str, text: str) -> str:  # noqa: N802 - as above, with a context
    """Marks *text* for extraction under *context*, for words whose translation depends on it."""
    return f"{context}{CONTEXT_SEPARATOR}{text}"


STOPPED = N_("the machine refuses to go on: {path} ({reason})")


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to translate: a gettext id with `{name}` slots, and what fills them."""

    id: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)

    def __hash__(self) -> int:
        """By id and by what fills the slots, whose values need not be hashable."""
        return hash((self.id, tuple(map(str, self.params.values()))))

    def render(self, translate: Translate) -> str:
        """The sentence in the language of *translate*; messages inside it follow."""
        filled = {name: _filled(value, translate) for name, value in self.params.items()}
        return translate(self.id).format(**filled)


def _filled(value: object, translate: Translate) -> object:
    if isinstance(value, Message):
        return value.render(translate)
    if isinstance(value, Choice):
        return translate(value.label)
    if isinstance(value, tuple | list):
        return ", ".join(str(_filled(each, translate)) for each in value)
    return value


class Choice(StrEnum):
    """An enumeration whose members carry the label a reader sees and the tone of their badge."""

    label: str
    tone: str

    def __new__(cls, value: str, label: str = "", tone: str = "") -> Self:
        """A member written *value* in files; *label* is a gettext id."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.tone = tone
        return member


def stopped_by(error: OSError) -> Message:
    """What the machine refused, and of which file, as far as *error* says."""
    # Of two, the second is what was to be written.
    path: str = error.filename2 or error.filename or ""
    reason: Message | str = refusal(error)
    if isinstance(error, shutil.Error) and isinstance(
        error.args[0], list
    ):  # several files that were not copied: one says enough
        path, _, reason = error.args[0][0]
    return Message(STOPPED, {"path": str(path), "reason": reason})


REFUSALS = {
    errno.EEXIST: N_("it is there already"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("what should be a folder of its path is a file"),
    errno.ENOENT: N_("it is not there"),
    errno.EACCES: N_("its permissions forbid it"),
    errno.EPERM: N_("its permissions forbid it"),
    errno.EROFS: N_("nothing can be written on this disk"),
    errno.ENOSPC: N_("the disk is full"),
    errno.ENAMETOOLONG: N_("its name is too long"),
    errno.ELOOP: N_("its links lead to themselves"),
}


def refusal(error: OSError | ValueError) -> Message | str:
    """Why the machine refused, in the words of the club where it has some."""
    known = REFUSALS.get(getattr(error, "errno", None) or 0)
    return Message(known) if known else getattr(error, "strerror", None) or str(error)


def reason_of(error: BaseException) -> str:
    """What *error*, of code or of a library that is not ours, says; on one line, untranslated."""
    return " ".join(f"{error.__class__.__name__}: {error}".split()).removesuffix(":")
