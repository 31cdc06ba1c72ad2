"""What the author of a text that is no YAML did, and at which line.

The parser tells where it could not go on, which is often further down, and in its own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from club.model import structure_rules as rules
from club.model.message import Message
from club.model.problem import Place, Problem

TAB_INDENT = re.compile(r" *\t")
DASHES = r"[ ]*(?:- +)*"
KEY_ALONE = re.compile(rf"{DASHES}[\w.-]+")
"""What stands before the colon of a key, rather than before one of a text."""
KEY_LINE = re.compile(rf"({DASHES})(?:[\w.-]+|\"[^\"]*\"|'[^']*'):(?:\s|$)")
ITEM_LINE = re.compile(r"[ ]*- ")
NO_SPACE = re.compile(rf"({DASHES})([A-Za-z_][\w.-]*):(?=[^\s:/])(.*)")
NO_SPACE_AFTER_DASH = re.compile(r"([ ]*(?:- +)*)-(?=[^\s\d-])(.*)")
NO_COLON = re.compile(rf"({DASHES})([a-z_]+) +(\S.*)")
SPACES_OF_LETTERS = "\u00a0\u2007\u202f\u3000"
NO_BREAK = re.compile(rf"[ ]*(?:- *)*(?:[\w.-]+:?)?([{SPACES_OF_LETTERS}])")
"""A no-break space as indentation, or on either side of the colon of a key."""
OF_THE_FLOW = "flow"
CLOSING = {"[": "]", "{": "}"}
SIGNS = "@`%*&!|>-?,]}[{"
MOST_SHOWN = 60


def fault(path: str, text: str, error: yaml.MarkedYAMLError) -> Problem:
    """Why *text*, the content of *path*, is no YAML: what *error* comes from."""
    return _Fault(path, text, error).problem()


class _Fault:
    def __init__(self, path: str, text: str, error: yaml.MarkedYAMLError) -> None:
        self.path, self.text = path, text
        self.lines = text.splitlines() or [""]
        self.reason = " ".join(str(part) for part in (error.context, error.problem) if part)
        mark = error.problem_mark or error.context_mark
        self.at = self._within(mark)
        self.opened = self._within(error.context_mark or mark)

    def _within(self, mark: Any) -> Place:
        """Where *mark* is; the end of the text where the parser counts one line too many."""
        if mark is None or mark.line >= len(self.lines):
            return Place(self.path, len(self.lines), len(self.lines[-1]) + 1)
        return Place(self.path, mark.line + 1, mark.column + 1)

    def line(self, place: Place) -> str:
        return self.lines[place.line - 1]

    @property
    def starts_line(self) -> bool:
        """Whether the parser stopped at the first word of a line."""
        return not self.line(self.at)[: self.at.column - 1].strip(" ")

    def problem(self) -> Problem:
        return (
            self._of_spaces()
            or self._of_quotes()
            or self._of_tabs()
            or self._of_signs()
            or self._of_brackets()
            or self._of_keys()
            or self._of_indentation()
            or self._other()
        )

    def _of_spaces(self) -> Problem | None:
        """A space that looks like one, and that YAML takes for a letter."""
        for number in (self.at.line, self._above(self.at.line)):
            if number and (match := NO_BREAK.match(self.lines[number - 1])):
                return no_break(Place(self.path, number, match.start(1) + 1), match[1])
        return None

    def _of_quotes(self) -> Problem | None:
        if "quoted scalar" in self.reason and "unexpected" in self.reason:
            return rules.UNCLOSED_QUOTE.problem(self.opened, rules.UNCLOSED_QUOTE_FOUND)
        if "did not find expected" not in self.reason or self.starts_line:
            return None
        quoted = self._quoted_before()
        if quoted is None:
            return None
        start, end = quoted.start_mark, quoted.end_mark
        if any(map(KEY_LINE.match, self.lines[start.line + 1 : end.line + 1])):
            return rules.UNCLOSED_QUOTE.problem(self._within(start), rules.UNCLOSED_QUOTE_FOUND)
        advice = rules.OTHER_QUOTES if quoted.style == '"' else rules.DOUBLE_QUOTES
        return rules.SYNTAX.problem(
            self._within(end), rules.TEXT_AFTER_QUOTE, expected=Message(advice)
        )

    def _quoted_before(self) -> Any:
        """The text between quotes that ends right before the parser stopped."""
        last: Any = None
        for token in _tokens(self.text):
            if (token.start_mark.line + 1, token.start_mark.column + 1) >= (
                self.at.line,
                self.at.column,
            ):
                break
            last = token
        is_quoted = isinstance(last, yaml.ScalarToken) and last.style in ("'", '"')
        return last if is_quoted and self._within(last.end_mark).line == self.at.line else None

    def _of_tabs(self) -> Problem | None:
        if tab := TAB_INDENT.match(self.line(self.at)):
            return rules.TAB.problem(Place(self.path, self.at.line, tab.end()), rules.TAB_FOUND)
        return None

    def _of_signs(self) -> Problem | None:
        """A text that starts with a sign of YAML."""
        if "alias" in self.reason or "an anchor" in self.reason:
            return rules.YAML_ALIAS.problem(
                self.opened, rules.NEEDS_QUOTES_FOUND, nearest=self._in_quotes(self.opened)
            )
        is_at_start = any(cause in self.reason for cause in rules.AT_A_SIGN)
        place = self.opened if "scanning a" in self.reason or "a tag" in self.reason else self.at
        if "cannot start any token" in self.reason or "block node" in self.reason:
            place = self.at
        sign = self.line(place)[place.column - 1 : place.column]
        if not is_at_start or sign not in SIGNS or not sign:
            return None
        if sign == "-" and not self.line(place)[: place.column - 1].strip(" -"):
            return None
        return rules.SYNTAX.problem(
            place, rules.SIGN_FOUND, found=sign, nearest=self._in_quotes(place)
        )

    def _in_quotes(self, place: Place) -> tuple[str, ...]:
        """What stands from *place* to the end of its line, as YAML would read it as a text."""
        said = self.line(place)[place.column - 1 :].strip()
        return in_quotes(said, MOST_SHOWN)

    def _of_brackets(self) -> Problem | None:
        if OF_THE_FLOW in self.reason:
            opened = self._open_bracket()
            if opened is None:
                return None
            sign = self.line(opened)[opened.column - 1]
            is_closed = CLOSING[sign] in self.line(opened)[opened.column :]
            if is_closed and opened.line == self.at.line:
                return rules.SYNTAX.problem(self.at, rules.NO_COMMA_FOUND, found=sign)
            return rules.SYNTAX.problem(opened, rules.UNCLOSED_BRACKET_FOUND, found=sign)
        before = self.line(self.at)[: self.at.column - 1].rstrip(" ")
        if "expected key" in self.reason and before.endswith(tuple(CLOSING.values())):
            value = re.match(rf"{DASHES}(?:[\w.-]+: +)?(?=[\[{{])", before)
            if value:
                place = Place(self.path, self.at.line, value.end() + 1)
                return rules.SYNTAX.problem(
                    place,
                    rules.SIGN_FOUND,
                    found=before[value.end()],
                    nearest=self._in_quotes(place),
                )
        return None

    def _open_bracket(self) -> Place | None:
        """Where the last bracket opens that nothing closes before the parser stops."""
        opened: list[Any] = []
        for token in _tokens(self.text):
            if self._within(token.start_mark).line > self.at.line:
                break
            if isinstance(token, yaml.FlowSequenceStartToken | yaml.FlowMappingStartToken):
                opened.append(token)
            elif isinstance(token, yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken) and opened:
                is_of = isinstance(opened[-1], yaml.FlowSequenceStartToken)
                if is_of is isinstance(token, yaml.FlowSequenceEndToken):
                    opened.pop()
        return self._within(opened[0].start_mark) if opened else None

    def _of_keys(self) -> Problem | None:
        """A colon too many, or one that lacks, or the space after it or after a dash."""
        if "could not find expected ':'" in self.reason:
            return self._keyless(self.opened.line) or rules.SYNTAX.problem(
                self.opened, rules.NO_COLON_FOUND
            )
        if "expected '-' indicator" in self.reason:
            return self._dashless(self.at.line) or self._forgotten_dash()
        is_in_brackets = "found unexpected ':'" in self.reason
        if not is_in_brackets and "mapping values are not allowed" not in self.reason:
            return None
        if is_in_brackets or not KEY_ALONE.fullmatch(self.line(self.at)[: self.at.column - 1]):
            return rules.SYNTAX.problem(
                self.at, rules.COLON_FOUND, expected=Message(rules.QUOTES_AROUND_COLON)
            )
        above = self._above(self.at.line)
        return self._keyless(above) if above else None

    def _forgotten_dash(self) -> Problem | None:
        """A second item whose first key is that of the item above, where its dash would stand."""
        said, indent = self.line(self.at), _indent(self.line(self.at))
        key = KEY_LINE.match(said)
        items = (each for each in reversed(self.lines[: self.at.line - 1]) if ITEM_LINE.match(each))
        item = next((each for each in items if _indent(each) <= indent), "")
        name = said.strip().partition(":")[0]
        if key is None or _indent(item) != indent or item.strip()[2:].partition(":")[0] != name:
            return None
        near = (f"- {said.strip()}",) if len(said) <= MOST_SHOWN else ()
        at = Place(self.path, self.at.line, indent + 1)
        return rules.SYNTAX.problem(at, rules.NO_DASH_FOUND, nearest=near)

    def _above(self, line: int) -> int:
        """The last line above *line* that says something, or 0."""
        numbers = range(line - 1, 0, -1)
        return next((each for each in numbers if self.lines[each - 1].strip(" ")), 0)

    def _keyless(self, number: int) -> Problem | None:
        """What is wrong with the line *number*, which seems to be a text rather than a key."""
        line = self.lines[number - 1]
        if dashless := self._dashless(number):
            return dashless
        if KEY_LINE.match(line):
            return None
        if match := NO_SPACE.fullmatch(line.rstrip()):
            at = Place(self.path, number, match.end(2) + 1)
            near = (f"{match[2]}: {match[3]}",) if len(match[3]) <= MOST_SHOWN else ()
            return rules.SYNTAX.problem(at, rules.NO_SPACE_FOUND, found=":", nearest=near)
        is_word = KEY_ALONE.fullmatch(line.rstrip()) is not None
        is_beside = is_word or _indent(line) == _indent(self.line(self.at))
        if ":" in line or not (is_beside or number == self.opened.line):
            return None
        at = Place(self.path, number, _indent(line) + 1)
        match = NO_COLON.fullmatch(line.rstrip())
        near = (f"{match[2]}: {match[3]}",) if match and len(match[3]) <= MOST_SHOWN else ()
        return rules.SYNTAX.problem(at, rules.NO_COLON_FOUND, nearest=near)

    def _dashless(self, number: int) -> Problem | None:
        match = NO_SPACE_AFTER_DASH.fullmatch(self.lines[number - 1].rstrip())
        if match is None:
            return None
        near = (f"- {match[2]}",) if len(match[2]) <= MOST_SHOWN else ()
        at = Place(self.path, number, match.end(1) + 1)
        return rules.SYNTAX.problem(at, rules.NO_SPACE_FOUND, found="-", nearest=near)

    def _of_indentation(self) -> Problem | None:
        is_key = KEY_LINE.match(self.line(self.at)) or ITEM_LINE.match(self.line(self.at))
        is_deeper = "mapping values are not allowed" in self.reason
        if not is_key or not (self.starts_line or is_deeper):
            return None
        column = _indent(self.line(self.at)) + 1
        others = self._columns(is_item=bool(ITEM_LINE.match(self.line(self.at))))
        below = max((each for each in others if each < column), default=0)
        beyond = min((each for each in others if each > column), default=0)
        near = [each for each in (below, beyond) if each]
        said = rules.AT_COLUMN if len(near) == 1 else rules.AT_COLUMNS
        about = dict(zip(("one", "other"), near, strict=False))
        return rules.SYNTAX.problem(
            Place(self.path, self.at.line, column),
            rules.INDENTATION_FOUND,
            expected=Message(said, about) if near else None,
            column=column,
        )

    def _columns(self, *, is_item: bool) -> set[int]:
        """The columns of the blocks that the line may belong to, from those above it."""
        found: set[int] = set()
        least = 1 << 30
        for line in reversed(self.lines[: self.at.line - 1]):
            key, item, indent = KEY_LINE.match(line), ITEM_LINE.match(line), _indent(line)
            if (key is None and item is None) or indent >= least:
                continue
            least = indent
            if item is not None and is_item:
                found.add(indent + 1)
            elif key is not None and not (is_item and found):
                found.add(len(key[1]) + 1)
        return found

    def _other(self) -> Problem:
        for cause, (found, advice) in rules.OTHERS.items():
            if cause in self.reason:
                return rules.SYNTAX.problem(self.at, found, expected=Message(advice))
        return rules.SYNTAX.problem(self.at, rules.SYNTAX_FOUND, reason=self.reason)


def no_break(place: Place, sign: str) -> Problem:
    """That *sign*, a space that YAML takes for a letter, stands at *place*."""
    return rules.SYNTAX.problem(place, rules.NO_BREAK_FOUND, code=f"U+{ord(sign):04X}")


def in_quotes(said: str, longest: int) -> tuple[str, ...]:
    """*said* between the quotes that it needs; nothing if it holds both kinds, or is too long."""
    quote = "'" if '"' in said or "\\" in said else '"'
    return () if quote in said or len(said) > longest else (f"{quote}{said}{quote}",)


def spaced(text: str) -> tuple[str, ...]:
    """*text* with the space that its colon lacks, if it looks like a key and a value."""
    match = NO_SPACE.fullmatch(text)
    return (f"{match[2]}: {match[3]}",) if match and len(text) <= MOST_SHOWN else ()


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _tokens(text: str) -> Iterator[Any]:
    """The tokens of *text* up to the first that is none."""
    scanner = CParser(text)
    try:
        while scanner.check_token():
            yield scanner.get_token()
    except yaml.MarkedYAMLError:
        return
    finally:
        scanner.dispose()
