"""A style sheet without the rules that no page of the site can meet.

Whatever is in doubt is kept: pseudo-classes, ids, attributes that browsers set, what a script may
spell. Sources: W3C, CSS Syntax Level 3 and Selectors Level 4.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import Any

import tinycss2
from tinycss2 import ast

Tokens = Sequence[Any]
"""What tinycss2 cuts a style sheet into."""

VALUE = rb"\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"']+)"
LETTER = rb"[\w\x80-\xff-]"
MET = (
    re.compile(rb"<[a-zA-Z]%b*" % LETTER),
    re.compile(rb"class%b" % VALUE),
    re.compile(rb"data-%b+(?:%b)?" % (LETTER, VALUE)),
    re.compile(rb"dir(?==)(?:%b)?" % VALUE),
)
"""Starts of tags, and attributes with their values: `re` is quick where each begins in one way."""
SCRIPT = re.compile(rb"<script\b[^>]*>(.+?)</script", re.IGNORECASE | re.DOTALL)
WORD = re.compile(r"[A-Za-z_][\w-]*")
PROPERTY = re.compile(r"--[\w-]+")
READ = re.compile(r"var\(\s*(--[\w-]+)")
IMPLIED = {"html", "head", "body", "tbody", "colgroup"}
"""What browsers add to a page that does not say it."""
ANY_OF = {"is", "where", "has", "host", "-webkit-any", "-moz-any", "matches"}
GROUPING = {"media", "supports", "layer", "container", "scope", "document", "starting-style"}
NAMED = {"keyframes", "-webkit-keyframes", "-moz-keyframes"}


@dataclass
class Used:
    """What the pages and the scripts of a site may hold that a selector asks for."""

    classes: set[str] = field(default_factory=set)
    elements: set[str] = field(default_factory=lambda: set(IMPLIED))
    values: dict[str, set[str]] = field(default_factory=dict)
    """The attributes of data, and the values of each."""
    words: set[str] = field(default_factory=set)
    """What scripts spell: any of these may become a class, an element or a value."""
    _met: set[bytes] = field(default_factory=set)
    _scripts: set[bytes] = field(default_factory=set)

    def add_page(self, html: bytes) -> None:
        """Notes what *html* holds, in UTF-8; what it says as other pages did is read once."""
        met = set().union(*(each.findall(html) for each in MET))
        for said in met - self._met:
            self._add(said.decode("utf-8", "replace"))
        scripts = set(SCRIPT.findall(html))
        for script in scripts - self._scripts:
            self.add_script(script.decode("utf-8", "replace"))
        self._met |= met
        self._scripts |= scripts
        if b" style=" in html or b"<style" in html:
            self.words.update(PROPERTY.findall(html.decode("utf-8", "replace")))

    def _add(self, said: str) -> None:
        """Notes the start of a tag or an attribute that somebody *said*."""
        name, _, value = map(str.strip, said.partition("="))
        value = value[1:-1] if value.startswith(("'", '"')) else value
        if name.startswith("<"):
            self.elements.add(name[1:].lower())
        elif name == "class":
            self.classes.update(value.split())
        else:
            self.values.setdefault(name, set()).add(value)

    def add_script(self, script: str) -> None:
        """Notes what *script* spells."""
        self.words.update(WORD.findall(script))

    def add_sheet(self, css: str) -> None:
        """Notes the custom properties that *css*, another sheet of the same pages, reads."""
        self.words.update(READ.findall(css))

    def has_class(self, name: str) -> bool:
        """Whether an element may have the class *name*, of which a script may spell the start."""
        starts = (name[: each.end()] for each in re.finditer(r"__|--?", name))
        return name in self.classes or name in self.words or any(s in self.words for s in starts)

    def has_element(self, name: str) -> bool:
        """Whether there may be elements called *name*."""
        return name.lower() in self.elements or name in self.words

    def has_attribute(self, name: str, value: str | None) -> bool:
        """Whether an element may have the attribute *name*, with this very *value* if not None."""
        if not name.startswith("data-") and name != "dir":
            return True
        if name not in self.values and name not in self.words:
            return False
        return value is None or value in self.values.get(name, ()) or value in self.words


def pruned(css: str, used: Used) -> str:
    """*css*, as compact as it can be, less what *used* has no use for.

    A custom property that nothing reads any more goes too, whatever it is as large as.
    """
    kept = list(_kept(_parsed(css), used))
    while True:
        text = "".join(kept)
        read = set(READ.findall(text)) | used.words
        less = list(_less(kept, read))
        if less == kept:
            return _less_keyframes(text, used)
        kept = less


def compact(css: str) -> str:
    """*css* with every rule, less its comments and needless spaces."""
    return "".join(_kept(_parsed(css), None))


@lru_cache(maxsize=4)
def _parsed(css: str) -> list[Any]:
    """The rules of *css*, to be read only: `mkdocs serve` makes the same sheets again and again."""
    return tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)


def _kept(rules: Iterable[Any], used: Used | None) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, ast.QualifiedRule):
            if selectors := _selectors(rule.prelude, used):
                yield f"{selectors}{{{_declarations(rule.content)}}}"
        elif isinstance(rule, ast.AtRule):
            yield from _kept_at(rule, used)
        else:
            yield str(rule.serialize())


def _kept_at(rule: ast.AtRule, used: Used | None) -> Iterator[str]:
    head = f"@{rule.at_keyword}{_spaced(rule.prelude)}"
    if rule.content is None:
        yield f"{head};"
    elif rule.lower_at_keyword in GROUPING:
        inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        if kept := "".join(_kept(inner, used)):
            yield f"{head}{{{kept}}}"
    elif rule.lower_at_keyword in NAMED:
        inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        yield f"{head}{{{''.join(_kept(inner, None))}}}"
    else:
        yield f"{head}{{{_declarations(rule.content)}}}"


def _spaced(tokens: Tokens) -> str:
    """The words after the name of an at-rule, from which a space parts them."""
    text = _compact(tokens)
    return f" {text}" if text else ""


def _compact(tokens: Tokens) -> str:
    """*tokens* with one space for many, and none at their ends or around a comma."""
    plain = (each for each in tokens if not isinstance(each, ast.Comment))
    text = "".join(
        " " if isinstance(each, ast.WhitespaceToken) else each.serialize() for each in plain
    )
    return text.strip()


def _declarations(tokens: Tokens, read: set[str] | None = None) -> str:
    """The declarations of a rule, less custom properties that nobody *read*.

    What is no plain list of declarations stays as it is.
    """
    every: Tokens = tinycss2.parse_blocks_contents(tokens, skip_comments=True, skip_whitespace=True)
    if not all(isinstance(each, ast.Declaration) for each in every):
        return str(tinycss2.serialize(tokens))
    return ";".join(
        f"{each.name}:{_compact(each.value)}{'!important' if each.important else ''}"
        for each in every
        if read is None or not each.name.startswith("--") or each.name in read
    )


def _selectors(prelude: Tokens, used: Used | None) -> str:
    """Those of the selectors in *prelude* that may match, or all of them if *used* is None.

    One that this browser or that does not know makes it ignore the rule: such a list stays whole.
    """
    every = list(_split(prelude))
    meet = [each for each in every if used is None or _may_match(each, used)]
    if meet and re.search(r"::?-(?:webkit|moz|ms|o)-", tinycss2.serialize(prelude)):
        meet = every
    return ",".join(map(_compact, meet))


def _split(tokens: Tokens) -> Iterator[list[Any]]:
    """The parts of *tokens* between commas."""
    for is_comma, part in groupby(tokens, lambda each: each == ","):
        if not is_comma:
            yield list(part)


def _may_match(selector: Tokens, used: Used) -> bool:
    """Whether each part that *selector* asks for may be in a page."""
    before = ""
    for token in selector:
        if not _is_met(token, before, used):
            return False
        before = str(token.value) if isinstance(token, ast.LiteralToken) else ""
    return True


def _is_met(token: Any, before: str, used: Used) -> bool:
    """Whether *token* of a selector, which follows the sign *before*, may be met."""
    if isinstance(token, ast.IdentToken) and before == ".":
        return used.has_class(token.value)
    if isinstance(token, ast.IdentToken) and before != ":":
        return used.has_element(token.value)
    if isinstance(token, ast.SquareBracketsBlock):
        return _is_attribute_met(token.content, used)
    if isinstance(token, ast.FunctionBlock) and token.lower_name in ANY_OF:
        return any(_may_match(each, used) for each in _split(token.arguments))
    return True


def _is_attribute_met(tokens: Tokens, used: Used) -> bool:
    said: list[Any] = [each for each in tokens if not isinstance(each, ast.WhitespaceToken)]
    if not said or not isinstance(said[0], ast.IdentToken):
        return True
    is_exact = len(said) == 3 and said[1] == "="
    return used.has_attribute(said[0].lower_value, said[2].value if is_exact else None)


DECLARED = re.compile(r"(?<=[{;])(--[\w-]+):")


def _less(kept: Iterable[str], read: set[str]) -> Iterator[str]:
    """The rules of *kept* without the custom properties that nobody *read*."""
    for rule in kept:
        if all(name in read for name in DECLARED.findall(rule)):
            yield rule
        else:
            yield from _rewritten(rule, read)


def _rewritten(rule: str, read: set[str]) -> Iterator[str]:
    (node,) = tinycss2.parse_stylesheet(rule)
    if isinstance(node, ast.AtRule) and node.content is not None:
        inner = tinycss2.parse_rule_list(node.content)
        if parts := "".join(_less([each.serialize() for each in inner], read)):
            yield f"@{node.at_keyword}{_spaced(node.prelude)}{{{parts}}}"
    elif isinstance(node, ast.QualifiedRule) and (body := _declarations(node.content, read)):
        yield f"{_compact(node.prelude)}{{{body}}}"


def _less_keyframes(css: str, used: Used) -> str:
    """*css* without the animations that no rule names."""
    rules = [(str(rule.serialize()), rule) for rule in tinycss2.parse_stylesheet(css)]
    named = {
        text: _compact(rule.prelude)
        for text, rule in rules
        if isinstance(rule, ast.AtRule) and rule.lower_at_keyword in NAMED
    }
    said = set(WORD.findall("".join(text for text, _ in rules if text not in named))) | used.words
    return "".join(text for text, _ in rules if text not in named or named[text] in said)
