"""A text four times as long takes some four times as long, whatever its shape: never sixteen."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown.extensions.toc import slugify, unique

from club.model.markup import headings
from club.publish.pages.checks import check_pages, check_texts
from club.publish.pages.withheld import check_withheld
from club.read.load import load
from tests.clubs import folder_at, write

SIZE, TIMES, MOST, TOO_SHORT = 8000, 4, 8, 0.15
PAGES: dict[str, Callable[[int], str]] = {
    "spaces inside a heading": lambda n: "# a" + " " * n + "b\n",
    "spaces after a heading": lambda n: "# a" + " " * n + "\n",
    "tabs and hashes": lambda n: "# a" + "\t#" * (n // 2) + "b\n",
    "brackets": lambda n: "[" * n + "\n",
    "brackets in a heading": lambda n: "# " + "[" * n + "\n",
    "open links": lambda n: "[a](" * (n // 4) + "\n",
    "links in a heading": lambda n: "# " + "[a](b" * (n // 5) + "\n",
    "open comments": lambda n: "<!-- " * (n // 5) + "\n",
    "backticks": lambda n: " ".join("`" * k for k in range(1, int((2 * n) ** 0.5))) + "\n",
    "links to nothing": lambda n: "[[a|b]] " * (n // 8) + "\n",
    "links to files": lambda n: "[a](b.md) " * (n // 10) + "\n",
    "fences": lambda n: "```\n" * (n // 4),
    "the same heading": lambda n: "# a\n" * (n // 4),
    "quotes": lambda n: "> " * (n // 2) + "\n",
    "braces": lambda n: "# a " + "{" * n + "\n",
    "dots in a brace": lambda n: "a {" + "." * n + "\n",
    "spaces in a link": lambda n: "![a](" + " " * n + "\n",
    "tags in a heading": lambda n: "# " + "<a " * (n // 3) + "\n",
    "definitions": lambda n: "[a]: b\n" * (n // 7),
    "underscores": lambda n: "# " + "_" * n + "\n",
    "lists": lambda n: "- a\n" * (n // 4),
    "elements that are taken out": lambda n: "<blink>a</blink> " * (n // 17) + "\n",
    "attributes that are taken out": lambda n: "<b a" + " onclick=x a" * (n // 12) + ">b</b>\n",
    "classes that are taken out": lambda n: "".join(f"a {{ .c{k} }}\n\n" for k in range(n // 10)),
    "links to absent files": lambda n: "".join(f"[a](b{k}.md)\n" for k in range(n // 14)),
    "anchors that are absent": lambda n: "".join(f"[a](#b{k})\n" for k in range(n // 11)),
    "schemes": lambda n: "".join(f"[a](x{k}:b)\n" for k in range(n // 11)),
}
RECORDS: dict[str, Callable[[int], str]] = {
    "unknown fields": lambda n: "a:\n" + "".join(f"  champ{k}: x\n" for k in range(n // 12)),
    "questions": lambda n: "a:\n" + "  ? x\n" * (n // 6),
    "empty records": lambda n: "".join(f"a{k}:\n" for k in range(n // 6)),
    "a long list": lambda n: "a:\n  label: [" + "x, " * (n // 3) + "]\n",
    "comments": lambda n: "a:\n" + "  # x\n" * (n // 6),
    "one long line": lambda n: "a:\n  label: " + "x" * n + "\n",
    "the same key": lambda n: "a:\n" + "".join(f"  k{k}: x\n  k{k}: y\n" for k in range(n // 16)),
    "blank lines": lambda n: "a:\n  label: A\n" + "\n" * n + "b:\n  label: B\n",
    "records that are no YAML": lambda n: 'a:\n  x: "b\n  y: [1\n' * (n // 21) + "z:\n  k: v\n",
    "quotes never closed": lambda n: "a:\n" + "".join(f"  k{k}: 'b\n" for k in range(n // 9)),
    "brackets never closed": lambda n: "a:\n  label: " + "[x, " * (n // 4) + "\n",
    "colons in a text": lambda n: "a:\n  label: " + "b: " * (n // 3) + "\n",
    "keys in steps": lambda n: "".join(" " * k + "k:\n" for k in range(int(n**0.5))) + " x: y\n",
    "aliases": lambda n: "a: &a {label: A}\n" + "".join(f"b{k}: *a\n" for k in range(n // 8)),
}


def seconds(root: Path, files: dict[str, str]) -> float:
    """The time of the processor to check a club of *files*, the best of two."""
    write(root, {"data/axes.yaml": "a: {label: A, nature: technical, order: 1}\n", **files})
    found = []
    for _ in range(2):
        start = time.process_time()
        check_texts(check_pages(load(folder_at(root))))
        found.append(time.process_time() - start)
    return min(found)


@pytest.mark.parametrize(
    ("path", "text"),
    [("docs/page.md", each) for each in PAGES.values()]
    + [("data/axes.yaml", each) for each in RECORDS.values()],
    ids=[*PAGES, *RECORDS],
)
def test_the_time_of_a_check_grows_as_the_text_does(
    path: str, text: Callable[[int], str], tmp_path: Path
) -> None:
    long = seconds(tmp_path / "long", {path: text(TIMES * SIZE)})
    if long > TOO_SHORT:
        assert long < MOST * seconds(tmp_path / "short", {path: text(SIZE)})


ADDRESSES: dict[str, Callable[[int], str]] = {
    "slashes": lambda n: "[a](" + "/a" * (n // 2) + ".pdf)\n",
    "detours": lambda n: "[a](" + "../" * (n // 3) + "a.pdf)\n",
    "percents": lambda n: "[a](" + "%23" * (n // 3) + ".pdf)\n",
    "colons": lambda n: "[a](" + "a:" * (n // 2) + ".pdf)\n",
    "hosts": lambda n: "".join(f"<https://a{k}.example/a.pdf>\n" for k in range(n // 28)),
    "files of one name": lambda n: "".join(f"[a](/{k}/a.pdf)\n" for k in range(n // 16)),
}


@pytest.mark.parametrize("text", [*PAGES.values(), *ADDRESSES.values()], ids=[*PAGES, *ADDRESSES])
def test_the_time_to_tell_what_is_withheld_grows_as_the_text_does(
    text: Callable[[int], str], tmp_path: Path
) -> None:
    def told(size: int) -> float:
        page = f"---\naudience: members\n---\n{text(size)}"
        write(tmp_path, {"docs/m.md": page, "docs/p.md": "[a](/2/a.pdf)\n", "docs/2/a.pdf": "x"})
        club = load(folder_at(tmp_path))
        start = time.process_time()
        assert list(check_withheld(club)) == []
        return time.process_time() - start

    long = min(told(TIMES * SIZE) for _ in range(2))
    if long > TOO_SHORT:
        assert long < MOST * min(told(SIZE) for _ in range(2))


@given(st.lists(st.sampled_from(["a", "A", "a 1", "a_1", "a_2", "a_1_1", "-", "é", "b"])))
def test_ids_of_headings_are_those_of_markdown(titles: list[str]) -> None:
    taken: set[str] = set()
    expected = [unique(slugify(each, "-"), taken) for each in titles]
    assert [each.id for each in headings("".join(f"# {each}\n\n" for each in titles))] == expected


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("# a #", "a"),
        ("# a ##  ", "a"),
        ("# a#", "a#"),
        ("# a # b", "a # b"),
        ("#  a\t#\t", "a"),
        ("# [a [b] c](d) e", "a [b] c e"),
        ("# a {: #b }", "a"),
    ],
)
def test_what_closes_a_heading_is_none_of_its_words(line: str, title: str) -> None:
    assert [each.title for each in headings(line + "\n")] == [title]
