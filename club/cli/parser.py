"""The arguments of the commands, in the language that the commands speak, with what was meant."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, NoReturn

from club.model.message import N_, Message
from club.model.problem import instead, nearest
from club.publish.words.language import Words

Speak = Callable[[], Words]
"""The words of whoever calls; asked only when there is something to say."""

NO_CHOICE = (
    N_("“{name}” is not known here; perhaps: {near}"),
    *2 * (N_("“{name}” is not known here; it may be: {names}"),),
)
NO_OPTION = N_("“{name}” is not known here")
NO_OPTION_BUT = N_("“{name}” is not known here; perhaps: {near}")
EARLIER = N_("“{name}” stands before the name of the command")

OF_ARGPARSE = {
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("the following arguments are required: %s"),
    N_("one of the arguments %s is required"),
    N_("not allowed with argument %s"),
    N_("ignored explicit argument %r"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("invalid %(type)s value: %(value)r"),
}
"""What argparse itself says, which it looks up by these very words."""
COUNTED = {"expected %s argument": N_("expected %s arguments")}


class _Formatter(argparse.HelpFormatter):
    """Help in the words of *speak*."""

    def __init__(self, speak: Speak, prog: str) -> None:
        super().__init__(prog)
        self._speak = speak

    def _say(self, text: str) -> str:
        return self._speak().translate(text)

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        said = self._say("usage: ") if prefix is None else prefix
        super().add_usage(usage, actions, groups, said)

    def start_section(self, heading: str | None) -> None:
        super().start_section(heading and self._say(heading))

    def add_text(self, text: str | None) -> None:
        super().add_text(text and self._say(text))

    def _get_help_string(self, action: argparse.Action) -> str | None:
        return action.help and self._say(action.help)


class Parser(argparse.ArgumentParser):
    """One that speaks as *speak* does, and tells what is nearest to what it does not know."""

    def __init__(self, speak: Speak, general: Sequence[str] = (), **settings: Any) -> None:
        """*general* are the options that stand before the name of this command."""
        super().__init__(formatter_class=partial(_Formatter, speak), **settings)
        self.speak = speak
        self._general = general

    def add_commands(self, metavar: str) -> Any:
        """Where each command declares itself."""
        general = [each for each in self._option_string_actions if each.startswith("--")]
        made: Any = partial(Parser, self.speak, general)
        return self.add_subparsers(required=True, metavar=metavar, parser_class=made)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Refuses what this command does not know, as its own options alone tell what was meant."""
        found, left = super().parse_known_args(args, namespace)
        if left:
            self.error(self._unknown(str(left[0])))
        return found, left

    def _unknown(self, name: str) -> str:
        given = name.partition("=")[0]
        near = nearest(given, self._option_string_actions) if given.startswith("-") else ()
        said = EARLIER if given in self._general else NO_OPTION_BUT if near else NO_OPTION
        return self.speak().say(Message(said, {"name": given, "near": ", ".join(near)}))

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            said = self.speak().say(instead(NO_CHOICE, str(value), map(str, action.choices)))
            is_command = isinstance(action, argparse._SubParsersAction)
            raise argparse.ArgumentError(None if is_command else action, said)

    def error(self, message: str) -> NoReturn:
        """Says how the command is called and what is wrong."""
        with speaking(self.speak):
            super().error(message)


@contextmanager
def speaking(speak: Speak) -> Iterator[None]:
    """Lets argparse look its own words up in ours."""

    def one(text: str) -> str:
        return speak().translate(text)

    def counted(single: str, plural: str, count: int) -> str:
        return speak().translate(plural) if plural in COUNTED.values() else plural

    before = argparse._, argparse.ngettext  # type: ignore[attr-defined]
    argparse._, argparse.ngettext = one, counted  # type: ignore[attr-defined]
    try:
        yield
    finally:
        argparse._, argparse.ngettext = before  # type: ignore[attr-defined]


def given(name: str, arguments: Sequence[str]) -> str:
    """What follows the option *name*, before anything is parsed; nothing if it is not there."""
    for at, each in enumerate(arguments):
        if each == name:
            return next(iter(arguments[at + 1 : at + 2]), "")
        if each.startswith(f"{name}="):
            return each.partition("=")[2]
    return ""
