"""Of a style sheet the rules stay that a page or a script may meet, and no other."""

from __future__ import annotations

import re

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from club.publish.html.styles import Used, compact, pruned

PAGE = """<!doctype html><html lang=fr class="no-js"><body dir=ltr data-md-color-scheme="slate">
<main class='a b--c' data-empty><table class=rows><tr><td>x</table></main></body></html>"""
SCRIPT = "list.classList.toggle('late'); item.className = `md-item--${state}`; make('kbd')"


def used(page: str = PAGE, script: str = SCRIPT) -> Used:
    found = Used()
    found.add_page(page.encode())
    found.add_script(script)
    return found


KEPT = [
    "*",
    ":root",
    "main",
    "tbody td",  # the browser adds the body of a table
    ".a",
    ".a.b--c > .rows",
    ".late",  # a script names it
    ".md-item--open",  # a script spells its start
    "kbd",
    ".no-js main",
    "[data-md-color-scheme=slate]",
    '[data-md-color-scheme="slate"] .a',
    "[data-empty]",
    "[data-md-color-scheme^=q]",  # in doubt
    "[aria-expanded=true]",
    ".a[open]",
    "[dir=ltr] .a",
    ".a:not(.nowhere)",
    ":is(.nowhere, .a) td",
    ".a:has(> .rows)",
    ".a::before",
    ".a:nth-child(2n+1 of .nowhere)",
    "#anything",
    ".\\61",  # `a`, as an escape writes it
]
GONE = [
    ".nowhere",
    ".a .nowhere",
    "article",
    "[data-md-color-scheme=default]",
    "[data-md-color-primary]",
    "[dir=rtl] .a",
    ":is(.nowhere, article) .a",
    ".a:has(.nowhere)",
    ".b",
]


@pytest.mark.parametrize("selector", KEPT)
def test_what_may_match_stays(selector: str) -> None:
    assert pruned(f"{selector}{{top:0}}", used()) != ""


@pytest.mark.parametrize("selector", GONE)
def test_what_matches_nothing_goes(selector: str) -> None:
    assert pruned(f"{selector}{{top:0}}", used()) == ""
    assert pruned(f"@media print{{{selector}{{top:0}}}}", used()) == ""
    assert pruned(f".a,{selector}{{top:0}}", used()) == ".a{top:0}"


def test_what_any_page_holds_stays() -> None:
    found = used(script="")
    found.add_page(PAGE.encode())
    found.add_page('<main class="a c"><b data-état="né" data-empty="1">é</b>'.encode())
    found.add_page(b"<script>become('d')</script><script>become('d')</script>")
    css = '.a,.c,.d,b,[data-état=né],[data-empty="1"],[data-empty=""],[dir=ltr]{top:0}'
    assert pruned(css, found) == css
    assert pruned("[data-état=autre],i,.e{top:0}", found) == ""


def test_a_rule_that_some_browsers_ignore_is_still_ignored_by_them() -> None:
    css = ".nowhere::-moz-range-thumb,.a{top:0}"
    assert pruned(css, used()) == css


def test_properties_and_animations_that_nothing_reads_go() -> None:
    css = (
        ":root{--icon:url(data:x);--of-none:var(--icon2);--icon2:1;--read:2;--other:3;--scripted:4}"
        ".a{top:var(--read);animation:turn 1s}.nowhere{left:var(--icon);animation:spin 1s}"
        "@keyframes turn{to{top:0}}@keyframes spin{to{top:0}}"
    )
    page = used(script="style.setProperty('--scripted', 1)")
    page.words.add("--scripted")
    page.add_sheet("b{color:var( --other )}")
    assert pruned(css, page) == (
        ":root{--read:2;--other:3;--scripted:4}"
        ".a{top:var(--read);animation:turn 1s}@keyframes turn{to{top:0}}"
    )


def test_compact_leaves_every_rule_and_what_spaces_mean() -> None:
    css = """@charset "utf-8"; /* why */
    .a :hover , .b:hover > i { margin : 0  auto ; content: "a  ; b" !important }
    @media (min-width: 10em) and (hover) { .c { width: calc(1px + 2px) } }
    .d { color: red; & .e { color: blue } }
    @font-face { font-family: "X"; src: url(x.woff2) }"""
    found = compact(css)
    assert "/*" not in found
    assert '.a :hover,.b:hover > i{margin:0 auto;content:"a  ; b"!important}' in found
    assert "@media (min-width: 10em) and (hover){.c{width:calc(1px + 2px)}}" in found
    assert "& .e { color: blue }" in found
    assert '@font-face{font-family:"X";src:url(x.woff2)}' in found


NAMES = st.sampled_from(["a", "b", "c", "d"])
ELEMENTS = st.sampled_from(["p", "em", "ul", "li"])
COMPOUNDS = st.builds(
    "{}{}{}".format,
    st.one_of(st.just(""), ELEMENTS),
    st.builds(".{}".format, NAMES),
    st.one_of(
        st.just(""),
        st.builds(":not(.{})".format, NAMES),
        st.builds(":is(.{},{})".format, NAMES, ELEMENTS),
        st.builds("[data-x={}]".format, NAMES),
    ),
)
SELECTORS = st.lists(COMPOUNDS, min_size=1, max_size=3).flatmap(
    lambda parts: st.sampled_from([" ", ">", "~", "+"]).map(lambda sign: sign.join(parts))
)
TAGS = st.builds("<{0} class='{1} {2}' data-x={3}>x".format, ELEMENTS, NAMES, NAMES, NAMES)


@given(
    st.lists(TAGS, max_size=6), st.lists(st.lists(SELECTORS, min_size=1, max_size=3), max_size=6)
)
def test_no_rule_that_matches_is_ever_lost(tags: list[str], rules: list[list[str]]) -> None:
    """The oracle asks of each class, element and value of a lost selector whether it is there."""
    page = f"<body>{''.join(tags)}"
    css = "".join(f"{','.join(rule)}{{top:{index}}}" for index, rule in enumerate(rules))
    left = pruned(css, used(page, ""))
    elements = list(html5lib.parse(page, namespaceHTMLElements=False).iter())
    classes = {name for each in elements for name in each.get("class", "").split()}
    there = {str(each.tag) for each in elements}
    values = {each.get("data-x") for each in elements}
    for index, rule in enumerate(rules):
        found = re.search(rf"([^{{}}]*){{top:{index}}}", left)
        kept = found[1].split(",") if found else []
        for selector in rule:
            if selector in ",".join(kept):
                continue
            asked = re.sub(r":not\([^)]*\)", "", selector)
            either = re.findall(r":is\(\.(\w),(\w+)\)", asked)
            asked = re.sub(r":is\([^)]*\)", "", asked)
            missing = (
                set(re.findall(r"\.(\w)", asked)) - classes
                or set(re.findall(r"(?:^|[ >~+])(\w+)(?=[.:\[])", asked)) - there
                or set(re.findall(r"data-x=(\w)", asked)) - values
                or any(name not in classes and tag not in there for name, tag in either)
            )
            assert missing, (selector, left)
