"""Texts of any length in the shapes that cost Markdown the most, by what they are made of."""

from __future__ import annotations

from collections.abc import Callable

Shape = Callable[[int], str]
SHAPES: dict[str, Shape] = {
    "brackets": lambda n: "[" * n,
    "image brackets": lambda n: "![" * (n // 2),
    "nested links": lambda n: "[" * (n // 2) + "]" * (n // 2),
    "closed brackets links": lambda n: "[a]" * (n // 3),
    "open links": lambda n: "[a](" * (n // 4),
    "open ref": lambda n: "[a][" * (n // 4),
    "link parens": lambda n: "[a](" + "(" * n,
    "link title": lambda n: '[a](b "' * (n // 7),
    "quotes line": lambda n: "> " * (n // 2) + "a",
    "quotes lines": lambda n: "> > > > > > > a\n" * (n // 16),
    "deep list": lambda n: "".join("    " * k + "- a\n" for k in range(int((n / 2) ** 0.5))),
    "deep list one line": lambda n: "- " * (n // 2) + "a",
    "list": lambda n: "- a\n" * (n // 4),
    "loose list": lambda n: "- a\n\n" * (n // 5),
    "list paras": lambda n: "- a\n\n" + "    b\n\n" * (n // 7),
    "headings": lambda n: "# a\n" * (n // 4),
    "headings distinct": lambda n: "".join(f"# a{k}\n" for k in range(n // 8)),
    "setext": lambda n: "a\n=\n\n" * (n // 5),
    "stars": lambda n: "*_" * (n // 2),
    "stars2": lambda n: "**a " * (n // 4),
    "stars3": lambda n: "*a **b " * (n // 7),
    "only stars": lambda n: "*" * n,
    "a*": lambda n: "a*" * (n // 2),
    "a**b": lambda n: "a**b" * (n // 4),
    "under": lambda n: "_a " * (n // 3),
    "___": lambda n: "_" * n + "a",
    "*** ": lambda n: "***a* " * (n // 6),
    "backticks": lambda n: " ".join("`" * k for k in range(1, int((2 * n) ** 0.5))),
    "backtick": lambda n: "`a " * (n // 3),
    "backticks run": lambda n: "`" * n,
    "lt": lambda n: "<" * n,
    "<a ": lambda n: "<a " * (n // 3),
    "<a": lambda n: "<a" * (n // 2),
    "</": lambda n: "</" * (n // 2),
    "<a>": lambda n: "<a>" * (n // 3),
    "<div>": lambda n: "<div>" * (n // 5),
    "<div>\\n": lambda n: "<div>\n" * (n // 6),
    "<div> closed": lambda n: "<div>\n" * (n // 13) + "</div>\n" * (n // 13),
    "<div> blank": lambda n: "<div>\n\n" * (n // 7),
    "div md": lambda n: '<div markdown="1">\n' * (n // 19),
    "div md closed": lambda n: '<div markdown="1">\n' * (n // 26) + "</div>\n" * (n // 26),
    "divs md many": lambda n: '<div markdown="1">\na\n</div>\n\n' * (n // 29),
    "span md": lambda n: '<span markdown="1">' * (n // 19),
    "<p>": lambda n: "<p>\n\n" * (n // 5),
    "<pre>": lambda n: "<pre>\n\n" * (n // 7),
    "script": lambda n: "<script>\n" * (n // 9),
    "comments": lambda n: "<!-- " * (n // 5),
    "<!": lambda n: "<!" * (n // 2),
    "<?": lambda n: "<?" * (n // 2),
    "<![": lambda n: "<![CDATA[" * (n // 9),
    "hr": lambda n: "<hr>\n" * (n // 5),
    "definitions": lambda n: "".join(f"[a{k}]: b\n" for k in range(n // 10)),
    "definitions blank": lambda n: "".join(f"[a{k}]: b\n\n" for k in range(n // 11)),
    "footnotes": lambda n: "".join(f"a[^{k}]\n\n[^{k}]: b\n\n" for k in range(n // 22)),
    "footnote refs": lambda n: "[^1]: a\n\n" + "[^1] " * (n // 5),
    "footnotes defs": lambda n: "".join(f"[^{k}]: b\n" for k in range(n // 10)),
    "footnote nested": lambda n: "[^1]: a\n" + "    [^1]: b\n" * (n // 12),
    "[^": lambda n: "[^" * (n // 2),
    "table cols": lambda n: "|a" * (n // 5) + "\n" + "|-" * (n // 5) + "\n" + "|b" * (n // 10),
    "table rows": lambda n: "a|b\n-|-\n" + "a|b\n" * (n // 4),
    "table square": lambda n: (
        "|a" * int(n**0.5 / 2)
        + "\n"
        + "|-" * int(n**0.5 / 2)
        + "\n"
        + ("|" * 1 + "b\n") * int(n**0.5)
    ),
    "table wide short rows": lambda n: (
        "|a" * (n // 6) + "\n" + "|-" * (n // 6) + "\n" + "|\n" * (n // 6)
    ),
    "table backticks": lambda n: "a|b\n-|-\n" + "`|" * (n // 2),
    "table backticks2": lambda n: (
        "a|b\n-|-\n" + " ".join("`" * k for k in range(1, int((2 * n) ** 0.5))) + "|"
    ),
    "pipes": lambda n: "|" * n,
    "entities": lambda n: "&amp;" * (n // 5),
    "amp": lambda n: "&" * n,
    "&#": lambda n: "&#1" * (n // 3),
    "long line": lambda n: "a" * n,
    "words": lambda n: "a " * (n // 2),
    "spaces": lambda n: "a" + " " * n + "b",
    "blank lines": lambda n: "\n" * n,
    "paras": lambda n: "a\n\n" * (n // 3),
    "lines": lambda n: "a\n" * (n // 2),
    "breaks": lambda n: "a  \n" * (n // 4),
    "escapes": lambda n: "\\*" * (n // 2),
    "backslashes": lambda n: "\\" * n,
    "attr para": lambda n: "a\n{: #b }\n\n" * (n // 11),
    "attr inline": lambda n: "*a*{: .b }" * (n // 10),
    "attr open": lambda n: "*a*{: " * (n // 6),
    "braces": lambda n: "# a " + "{" * n,
    "attr head": lambda n: "# a " + "{:" * (n // 2),
    "attr long": lambda n: "a\n{: " + "b " * (n // 2) + "}",
    "attr quote": lambda n: "a\n{: " + '"' * n + "}",
    "attr eq": lambda n: "a\n{: " + 'a="b ' * (n // 5) + "}",
    "deflist": lambda n: "a\n: b\n\n" * (n // 7),
    "deflist2": lambda n: "a\n" + ": b\n" * (n // 4),
    "deflist nested": lambda n: (
        "a\n" + "".join("    " * k + ": b\n\n" for k in range(int((n / 2) ** 0.5)))
    ),
    ": : :": lambda n: "a\n" + ": " * (n // 2),
    "admonition": lambda n: "!!! note\n    a\n\n" * (n // 16),
    "admonition nested": lambda n: "".join(
        "    " * k + "!!! note\n" for k in range(int((n / 2) ** 0.5))
    ),
    "admonition paras": lambda n: "!!! note\n\n" + "    a\n\n" * (n // 7),
    "fences": lambda n: "```\n" * (n // 4),
    "fences closed": lambda n: "```\na\n```\n\n" * (n // 11),
    "fences lens": lambda n: "\n".join("`" * k for k in range(3, int((2 * n) ** 0.5))),
    "fence info": lambda n: "``` {" + " " * n + "\n",
    "fence hl": lambda n: "```" + ' a="b"' * (n // 6) + "\n",
    "tildes": lambda n: "~" * n,
    "indented": lambda n: "    a\n" * (n // 6),
    "code blank": lambda n: "    a\n\n" * (n // 7),
    "hr stars": lambda n: "* " * (n // 2),
    "hr dash": lambda n: "- " * (n // 2) + "a",
    "hr's": lambda n: "---\n\n" * (n // 5),
    "autolinks": lambda n: "<http://a>" * (n // 10),
    "automail": lambda n: "<a@b>" * (n // 5),
    "mail open": lambda n: "<a@" * (n // 3),
    "image": lambda n: "![a](b)" * (n // 7),
    "link": lambda n: "[a](b)" * (n // 6),
    "link nested para": lambda n: "[a [b](c)](d) " * (n // 14),
    "ref link": lambda n: "[a][a] " * (n // 7) + "\n\n[a]: b",
    "toc": lambda n: "[TOC]\n\n" * (n // 14) + "# a\n" * (n // 8),
    "ol": lambda n: "1. a\n" * (n // 5),
    "quote list": lambda n: "> - " * (n // 4) + "a",
    "quote paras": lambda n: "> a\n\n" * (n // 5),
    "quote para lazy": lambda n: "> a\nb\n" * (n // 6),
    "*** x": lambda n: "**" + "*a" * (n // 2),
    "em nested": lambda n: "*a " * (n // 6) + " a*" * (n // 6),
    "strong nested": lambda n: "**a _b " * (n // 14) + "b_ a**" * (n // 14),
    "tabs": lambda n: "\t" * n,
    "tabs lines": lambda n: "a\tb\n" * (n // 4),
    "stx": lambda n: "\u0002" * n,
    "stx etx": lambda n: "\u00021\u0003" * (n // 3),
    "hidden ats": lambda n: "wzxhzdk:0" * (n // 9),
    "link def multi": lambda n: "[a]:\n" * (n // 5),
    "def title": lambda n: '[a]: b "' * (n // 8),
    "spaces lines": lambda n: (" " * 50 + "\n") * (n // 51),
    "dots list": lambda n: "".join(f"{k}. a\n" for k in range(n // 6)),
    "html attr": lambda n: "<a " + "b=c " * (n // 4) + ">",
    "html quote": lambda n: "<a b='" * (n // 6),
    "html unclosed p": lambda n: "<p>" + "<b>" * (n // 3),
    "headings attr": lambda n: "# a {#b}\n" * (n // 9),
    "heading hash": lambda n: "#" * n,
    "heading ws": lambda n: "# " + "a #" * (n // 3),
    "setext long": lambda n: "a\n" + "=" * n,
    "wiki": lambda n: "[[a]] " * (n // 6),
    "wiki open": lambda n: "[[" * (n // 2),
    "wiki pipes": lambda n: "[[a|" * (n // 4),
    "heading brackets": lambda n: "# " + "[" * n,
    "open fences": lambda n: "~~~ a\n" * (n // 6),
    "open fences ticks": lambda n: "``` a\n" * (n // 6),
    "open fences longer": lambda n: "".join("`" * (3 + k % 9) + " a\n" for k in range(n // 10)),
    "fences lines": lambda n: '``` hl_lines="1"\n' * (n // 17),
    "fences lines open": lambda n: '``` hl_lines="\n' * (n // 15),
    "fences attrs": lambda n: "~~~ {a}}\n~~~\n" * (n // 13),
    "admonition lines": lambda n: "!!! note\n" * (n // 9),
    "admonition titles": lambda n: '!!! note "\n' * (n // 11),
    "hr lines": lambda n: "***\n" * (n // 4),
    "setext lines": lambda n: "a\n-\n" * (n // 4),
    "definitions apart": lambda n: "[a]: b\nx\n" * (n // 9),
    "definitions lines": lambda n: "[a]:\nb\n" * (n // 7),
    "footnotes apart": lambda n: "[^1]: a\nb\n" * (n // 10),
    "footnotes cited": lambda n: (
        "".join(f"[^{k}] " for k in range(n // 20))
        + "\n\n"
        + "".join(f"[^{k}]: b\n\n" for k in range(n // 20))
    ),
    "code lines": lambda n: "    a\nb\n" * (n // 8),
    "emphases": lambda n: "*a* " * (n // 4),
    "strongs": lambda n: "**a** " * (n // 6),
    "codes": lambda n: "`a` " * (n // 4),
    "escapes in lines": lambda n: "\\*\n" * (n // 3),
    "escapes in items": lambda n: "- \\*\n" * (n // 5),
    "escapes in other items": lambda n: "- \\*\n1. \\*\n" * (n // 11),
    "escapes in false items": lambda n: "a\n" + "- \\*\n" * (n // 5),
    "escapes in cells": lambda n: "a|b\n-|-\n" + "\\*|\\*\n" * (n // 6),
    "escapes in false cells": lambda n: "a\n" + "\\*|\\*\n" * (n // 6),
    "escapes in quotes": lambda n: "> \\*\n" * (n // 5),
    "escapes in one cell": lambda n: "a|b\n-|-\n" + "\\*" * (n // 2),
    "escapes in one heading": lambda n: "# " + "\\*" * (n // 2),
    "tags": lambda n: "<b>a</b> " * (n // 9),
    "emphases in emphasis": lambda n: "**" + "a *b* " * (n // 6) + "a**",
    "other ends": lambda n: "<b>" * (n // 7) + "</i>" * (n // 7),
    "other ends of blocks": lambda n: "<div>\n" * (n // 11) + "</p>\n" * (n // 11),
    "other ends apart": lambda n: "<div>\n\n" * (n // 13) + "</p>\n\n" * (n // 13),
    "other ends md": lambda n: "<div markdown>\n" + "<b>" * (n // 7) + "</i>" * (n // 7),
    "comments closed": lambda n: "<b>" + "<!-- a -->" * (n // 10),
    "comments in elements": lambda n: "<b>" * (n // 13) + "<!-- a -->" * (n // 13),
    "comments in items": lambda n: "<b>\n" + "- <b>\n- <!-- a -->\n" * (n // 19),
    "other ends in turn": lambda n: "<div>\n</p>\n" * (n // 11),
    "comments in lines": lambda n: "<!-- a -->\n" * (n // 11),
    "blocks": lambda n: "<div>a</div>\n\n" * (n // 14),
    "elements md": lambda n: "<div markdown>\n" + "<p markdown>a</p>\n" * (n // 18) + "</div>",
    "elements off": lambda n: "<div markdown>\n" + "<p markdown=0>a</p>\n" * (n // 20) + "</div>",
    "instructions": lambda n: "<?a?>\n" * (n // 6),
    "loose list in quote": lambda n: "> - a\n>\n" * (n // 8),
    "loose list in list": lambda n: "- a\n\n" + "    - b\n\n" * (n // 9),
    "definitions loose": lambda n: "a\n\n" + ":   b\n\n" * (n // 7),
    "headings and hr": lambda n: "# a\n***\n" * (n // 8),
}

SECTION = """## Section {number} du guide

Un paragraphe *ordinaire* qui parle de l’[espace numérique](https://example.org/{number}) et de
**ses usages**, avec du `code` et une note[^{number}]. Il dit ce qu’il faut, puis s’arrête là.

- un point de la liste, avec un [lien](charte.md) ;
- un autre point, *plus* long que le premier ;
    - un point dedans.

1. Premier pas.

2. Second pas, après une ligne vide.

| Colonne | Autre colonne | Troisième |
|---|---|---|
| un | deux | trois |
| quatre | `cinq` | [six](charte.md) |

```shell
# un commentaire
if [ "$a" -lt 2 ]; then echo "a<b"; fi
```

> Une citation
> de deux lignes.

!!! note
    Une remarque.

Terme
:   Ce qu’il veut dire.

[^{number}]: La note de la section {number}.

"""


def _sections(size: int) -> str:
    return "".join(SECTION.format(number=number) for number in range(size // len(SECTION)))


PROSE = "Une phrase d’une longueur ordinaire, qui dit peu de chose. "
ROW = "| un [lien](charte.md) | du *texte* | `code` | plus de mots que d’ordinaire |\n"
ORDINARY: dict[str, Shape] = {
    "sections": _sections,
    "prose": lambda n: (PROSE * 8 + "\n\n") * (n // (8 * len(PROSE))),
    "one list": lambda n: "- un point *court*, avec un [lien](charte.md)\n" * (n // 46),
    "one table": lambda n: "| a | b | c | d |\n|---|---|---|---|\n" + ROW * (n // len(ROW)),
    "short paragraphs": lambda n: "mot\n\n" * (n // 5),
    "items apart": lambda n: "- un mot\n\n" * (n // 10),
    "rules": lambda n: "mot\n\n---\n\n" * (n // 10),
    "headings apart": lambda n: (f"## Titre\n\n{PROSE}\n\n") * (n // 72),
    "a script": lambda n: "```shell\n" + "# un commentaire de script\n" * (n // 28) + "```\n",
    "comparisons": lambda n: "~~~\n" + "if a<b: [c(`d\n" * (n // 14) + "~~~\n",
}
"""What people do write, in texts of about *n* characters."""
