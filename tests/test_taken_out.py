"""What is taken out of a text is told, and nothing is told of a text that stays whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from club.cli import main
from club.model.problem import Problem
from club.publish.html.taken_out import is_suspect
from club.publish.pages.taken_out import check_taken_out
from tests.clubs import club_of, toy_in, write

AXIS = "usages:\n  label: Usages\n  nature: pedagogical\n  order: 1\n"


EXTENSIONS = ("attr_list", "def_list", "footnotes", "md_in_html", "admonition")


def told_of(root: Path, files: dict[str, str]) -> list[Problem]:
    """What is told of the club made of *files*."""
    club = club_of(root, files)
    named = replace(club.folder.named, extensions=EXTENSIONS)
    return list(check_taken_out(replace(club, folder=replace(club.folder, named=named))))


# What a person writes, and what of it no reader will see, with its column.
LOST = {
    "un <script>alert(1)</script> ici": ["4 script"],
    "<style>p {color: red}</style>": ["1 style"],
    'une <iframe src="https://a.example/v"></iframe>': ["5 iframe"],
    'un <b onclick="x()">mot</b>': ["7 onclick"],
    'un <b style="color: red">mot</b>': ["7 style"],
    "écrire <nom> puis <prénom>": ["8 nom", "19 prénom"],
    'un <span class="md-nav note">mot</span>': ["17 md-nav"],
    'un <span id="__config">mot</span>': ["14 __config"],
    "[x](javascript:alert)": ["5 javascript:alert"],
    "[x](ftp://a.example/b)": ["5 ftp://a.example/b"],
    "![x](https://a.example/b.png)": ["6 https://a.example/b.png"],
    "[x][y]\n\n[y]: data:text/html,a": ["6 data:text/html,a"],
    "# B {.md-nav}": ["7 md-nav"],
    "# B {#club-x}": ["7 club-x"],
    '# B {data-x="1"}': ["6 data-x"],
    "<video src='a.mp4'></video>": ["1 video"],
    "`<b onclick>` puis <b onclick='x'>a</b>": ["23 onclick"],
}


@pytest.mark.parametrize("text", LOST)
def test_what_no_reader_would_see_is_told_where_it_stands(text: str, tmp_path: Path) -> None:
    found = told_of(tmp_path, {"docs/index.md": f"# A\n\n{text}\n"})
    columns = [f"{each.place.column} {each.message.params['found']}" for each in found]
    assert sorted(columns) == sorted(LOST[text])
    assert all(each.expected for each in found)


SOUND = """\
| a | b |
| :-- | --: |
| [x](b.md) | <br> |

Une note[^1], <https://a.example>, <moi@a.example>, a < b et x<3, **[lien](https://a.example)**.

[^1]: La note, <abbr title="Un mot">mot</abbr>.

!!! warning "Titre"
    Un encadré, `<script>` et {pas un attribut}.

```html
<script>alert(1)</script>
```

    <iframe>

## Titre {#autre .note title="x" aliases="ancien"}

<!-- <script> -->

<div class="admonition tip" markdown="1">
**Gras** <kbd>Ctrl</kbd> H<sub>2</sub>O <img src="a.png" alt="x" width="3">
</div>

<details><summary>Voir</summary>La suite</details>

1. un
   - deux

Terme
:   Sa définition. [a]: b, ::: et {{ x }}.

- [ ] à faire

[ici]: b.md "Titre"
[Une page][ici] ![vue](files/a.png)
"""


@pytest.mark.parametrize("where", ["page", "long text", "field"])
def test_ordinary_markdown_gives_no_alarm(where: str, tmp_path: Path) -> None:
    files = {"docs/index.md": "# A\n", "data/axes.yaml": AXIS, "mkdocs.yml": "site_name: A\n"}
    text = SOUND if where == "page" else SOUND.replace(' markdown="1"', "")
    if where == "page":
        files["docs/index.md"] = f"# A\n\n{text}"
    elif where == "long text":
        files["docs/axes/usages.md"] = text
    else:
        lines = "".join(f"    {line}".rstrip() + "\n" for line in text.splitlines())
        files["data/axes.yaml"] = f"{AXIS}  summary: |\n{lines}"
    assert [each.message for each in told_of(tmp_path, files)] == []


def test_a_long_text_and_a_field_are_told_at_their_lines(tmp_path: Path) -> None:
    files = {
        "data/axes.yaml": f"{AXIS}  summary: Un <nom> ici\n",
        "docs/axes/usages.md": "a\n\nb <style>x</style>\n",
    }
    found = told_of(tmp_path, files)
    assert [str(each.place) for each in found] == ["data/axes.yaml:5:3", "docs/axes/usages.md:3:3"]
    assert {each.record for each in found} == {"axes/usages"}


def test_an_exception_covers_what_is_taken_out(tmp_path: Path) -> None:
    root = toy_in(tmp_path / "toy")
    write(root, {"docs/a.md": "# A\n\nun <nom> ici\n"})
    assert main(["--root", str(root), "check", "--strict"]) == 1
    said = "- rule: taken-out\n  record: pages/a.md\n  reason: on le sait\n"
    write(root, {"data/exceptions.yaml": said})
    assert main(["--root", str(root), "check", "--strict"]) == 0


def test_few_texts_are_converted_for_it() -> None:
    assert not is_suspect("Un texte [avec](b.md) `<script>` et https://a.example, {x}.")
    assert is_suspect("Un texte <script>")


def test_each_style_is_told_at_its_own_line(tmp_path: Path) -> None:
    lines = ['<p style="color: red">a</p>', '<p style="color: red; x">b</p>']
    lines += ["Un <b style=x>mot</b>", lines[0]]
    page = "# A\n\n" + "\n\n".join(lines) + "\n"
    told = told_of(tmp_path, {"docs/a.md": page})
    assert sorted(each.place.line for each in told) == [3, 5, 7, 9]
    assert not any(each.nearest for each in told)
