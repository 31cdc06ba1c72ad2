"""What a page may load and run, said in the page itself: a Content-Security-Policy.

Source: W3C, Content Security Policy Level 3. A `<meta>` cannot say who may frame the page: a host
that sends headers can (`SECURITY.md`).
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from html import escape

from club.model.policy import DIRECTIVES, NONE, SCRIPTS
from mkdocs_club.slots import ATTRIBUTE, START, TAG

INLINE = "'unsafe-inline'"
IS_DATA = re.compile(r"\s*(?:application/(?:ld\+)?json|text/(?:template|html|plain))\s*", re.I)
"""The types of a `<script>` that no browser runs."""
HEAD = re.compile(
    r"<head\b[^>]*>(?:\s|<!--.*?-->)*(?:<meta\s[^>]*\bcharset\b[^>]*>)?", re.I | re.DOTALL
)


def inline_scripts(html: str) -> Iterator[str]:
    """The scripts that *html* holds itself, read as browsers read it."""
    at = 0
    while start := START.search(html, at):
        tag = TAG.match(html, start.start())
        if tag is None or (tag[0].startswith("<!--") and not tag[0].endswith(("-->", "--!>"))):
            return  # what opens and never ends takes all the rest
        at = tag.end()
        if (tag[1] or "").lower() not in {"script", "style", "textarea", "title"}:
            continue
        if tag[0].startswith("</"):
            continue
        end = re.compile(rf"</{tag[1]}(?=[\s/>])", re.I).search(html, at)
        text, at = (html[at : end.start()], end.start()) if end else (html[at:], len(html))
        said = {each[1].lower(): each[2] or each[3] or "" for each in ATTRIBUTE.finditer(tag[2])}
        is_code = not IS_DATA.fullmatch(said.get("type", ""))
        if tag[1].lower() == "script" and "src" not in said and is_code:
            yield text.replace("\r\n", "\n").replace("\r", "\n")


def hash_of(script: str) -> str:
    """The source expression that lets *script* run."""
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


class Policy:
    """What the pages of one site may load: themselves, and what the maintainer adds."""

    def __init__(self, added: Mapping[str, Sequence[str]], *, is_serving: bool) -> None:
        """*added* gives sources to directives; `mkdocs serve` puts a script of its own in pages."""
        self._directives = {name: list(sources) for name, sources in DIRECTIVES.items()}
        if is_serving:
            self._directives[SCRIPTS].append(INLINE)
        for name, sources in added.items():
            kept = [each for each in self._directives[name] if each != NONE]
            self._directives[name] = [*kept, *sources]

    @property
    def runs_any_script(self) -> bool:
        """Whether scripts need not be known: a hash would then forbid those that are not."""
        return INLINE in self._directives[SCRIPTS]

    def text(self, scripts: Iterable[str] = ()) -> str:
        """The policy of a page that holds *scripts*."""
        hashes = () if self.runs_any_script else sorted(set(map(hash_of, scripts)))
        return "; ".join(
            " ".join([name, *sources, *(hashes if name == SCRIPTS else ())])
            for name, sources in self._directives.items()
        )

    def applied(self, html: str, scripts: Iterable[str] = ()) -> str:
        """*html* with its policy, before all that it is about; what has no head is left alone."""
        content = escape(self.text(scripts), quote=False)
        meta = f'<meta http-equiv="Content-Security-Policy" content="{content}">'
        return HEAD.sub(lambda head: head[0] + meta, html, count=1)
