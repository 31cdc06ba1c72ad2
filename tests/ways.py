"""Every way to write a link or a picture, and every way to write the address of one."""

from __future__ import annotations

from collections.abc import Callable

WAYS = (
    "[des mots]({to})",
    '[des mots]({to} "un titre")',
    "[des mots]({to} 'un \"titre\" (de trop)')",
    "[des [mots] de trop]({to})",
    "[des mots](<{to}>)",
    "[des mots](\n{to})",
    "![une image]({to})",
    "[![une image]({to})]({to})",
    "# [des mots]({to})",
    "[des mots][r{n}]\n\n[r{n}]: {to}",
    "[des mots][r{n}]\n\n[r{n}]: {to}\n  'un titre'",
    "[r{n}][]\n\n  [r{n}]: <{to}> 'un titre'",
    "[r{n}]\n\n[r{n}]:\n    {to}",
    "![une image][r{n}]\n\n[r{n}]: {to}",
    "![r{n}]\n\n[r{n}]: {to}",
    "- [r{n}]: {to}\n\n[r{n}]",
    "mot\n: [r{n}]: {to}\n\n[r{n}]",
    "!!! note\n    [r{n}]: {to}\n\n[r{n}]",
    "- liste\n\n    > [r{n}][] et <a href='{to}'>x</a>\n\n[r{n}]: {to}",
    "mot[^{n}]\n\n[^{n}]: [des mots]({to})",
    "| a | b |\n| - | - |\n| [des mots]({to}) | ![x]({to}) |",
    "<details markdown=1>\n<summary>x</summary>\n[des mots]({to})\n</details>",
    "[des mots](ailleurs){{: href='{to}' }}",
    '<a href="{to}">des mots</a>',
    "<a\nhref='{to}' title=x>des mots</a>",
    "<a href={to}>des mots</a>",
    "<a/href={to}>des mots</a>",
    "<A HREF='{to}'>des mots</A>",
    '<img alt="x" src="{to}">',
    '<p>a <a class="b" href="{to}"><b>des</b> mots</a></p>',
)
"""Each is filled with the address `to`, and with `n`, a number that no other link has."""
SHOWN: dict[str, str] = {
    "a link": "{}",
    "a span of code": "`{}`",
    "a longer span of code": "a `` ` {} `` b",
    "a fence": "```\n{}\n```",
    "a fence of tildes": "~~~ markdown\n{}\n~~~",
    "a fence that nothing closes": "```\n{}",
    "a comment": "a\n\n<!-- {} -->\n\nb",
    "a comment within a line": "a <!-- {} --> b",
    "signs that are but signs": "\\{}",
    "HTML that is no Markdown": "<pre>\n{}\n</pre>",
    "code in HTML": "<p><code>{}</code></p>",
    "a script": "<script>\n{}\n</script>",
    "a style": "<style>\n{}\n</style>",
    "the words of a picture": "![{}](autre.png)",
    "an attribute": '<p title="{}">a</p>',
    "a quote": "> {}",
    "a query": "```club\n{}\n```",
    "HTML that is no element": "&lt;{}",
}
"""What may stand around a link, which is then only shown, or stays one."""
ENCODINGS: dict[str, Callable[[str], str]] = {
    "as it is": lambda path: path,
    "percents": lambda path: path.replace("-", "%2D"),
    "entities": lambda path: path.replace("-", "&#45;"),
    "entities of another base": lambda path: path.replace("-", "&#x2d;"),
    "backslashes": lambda path: path.replace("-", "\\-"),
    "from here": lambda path: f"./{path}",
    "by a detour": lambda path: f"ailleurs/../{path}",
    "percents alone": lambda path: "".join(f"%{byte:02X}" for byte in path.encode()),
    "with a query": lambda path: f"{path}?a=b",
    "with a section": lambda path: f"{path}#c",
}
