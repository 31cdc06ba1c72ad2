"""Files of others into series: sums of a plain loop, faults where they stand, nothing by halves."""

from __future__ import annotations

import csv
import os
import re
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from club.cli import main
from club.cli.explain import rules
from club.insight.in_service import Stay
from club.model.identifiers import uai_letter
from club.model.problem import Problem
from club.read import foreign
from club.read.foreign import Absent, Faults, Foreign, cell_fault, read_foreign, read_schools
from club.read.load import Club
from club.read.mappings import Settled, find_mapping, mapping_names, read_mapping
from tests.clubs import REGISTRY, club_of, fewer, folder_at, write
from tests.test_problems import plain

INDICATOR = """
{id}:
  label: Mesure
  definition: Ce qui est compté.
  unit: visites
  period: {period}
  dimensions: [service, profile, device]
  aggregation: {aggregation}
"""
MAPPING = """
source: releve
school: uai
week: debutsemaine
measures:
  - columns: visites_globales
    indicator: visites-dnma
  - columns: [visites_eleve, visites_parent]
    indicator: visites-dnma
    dimension: profile
    key: student
  - columns: utilisateurs_globales
    indicator: utilisateurs-dnma
  - columns: duree_globales
    indicator: duree
    duration_in: hours
    optional: true
"""
FILES = {
    "mkdocs.yml": "site_name: Essai\ntheme: {name: material, language: en}\n",
    "data/indicators.yaml": "".join(
        INDICATOR.format(id=id, period=period, aggregation=aggregation)
        for id, period, aggregation in (
            ("visites-dnma", "week", "sum"),
            ("utilisateurs-dnma", "week", "none"),
            ("duree", "week", "sum"),
            ("visites-mensuelles", "month", "sum"),
            ("visites-par-profil", "month", "sum"),
            ("visites-par-service", "month", "sum"),
            ("comptes-actives", "month", "last"),
        )
    ).replace("\nduree:\n", "\nduree:\n  decimals: yes\n"),
    "data/projects.yaml": "nord: {name: Nord, aliases: septentrion, state: rollout}\n"
    "sud: {name: Sud, state: rollout}\n",
    "data/services.yaml": "cahier: {label: Cahier, dnma_code: cahier_textes}\n",
    "data/sources.yaml": "releve: {title: Relevé}\nn02-dnma: {title: D}\ns4-monlycee: {title: M}\n",
    "data/series/mappings/essai.yaml": MAPPING,
}
HEAD = ("debutsemaine", "uai", "visites_globales", "visites_eleve", "visites_parent")
HEAD = (*HEAD, "utilisateurs_globales", "duree_globales")
A, B, C, D = (f"{number}{uai_letter(number)}" for number in ("9990001", "9990002", "0990003", "1"))
SCHOOLS = {A: "nord", B: "nord", C: "sud"}


@pytest.fixture(scope="module")
def club(tmp_path_factory: pytest.TempPathFactory) -> Club:
    return club_of(tmp_path_factory.mktemp("club"), FILES)


@pytest.fixture(scope="module")
def settled(club: Club) -> Settled:
    found = find_mapping(club.folder, "essai")
    assert found
    made = found.settled(club.graph, club.written)
    assert isinstance(made, Settled)
    return made


MARKS = (
    "{count} byte order marks (U+FEFF, which no program shows) stand before “{found}”, where one"
    " at most may"
)
MARK_INSIDE = "a byte order mark (U+FEFF, which no program shows) stands in “{found}”"
QUOTED = ";".join(f'"{each}"' for each in HEAD)


def table(*rows: str, head: str = ";".join(HEAD)) -> str:
    return "".join(f"{row}\n" for row in (head, *rows))


@pytest.fixture
def told(tmp_path: Path, settled: Settled) -> Callable[..., Faults]:
    def read(raw: str | bytes, schools: Mapping[str, str] | str = SCHOOLS) -> Faults:
        file = tmp_path / "f.csv"
        file.write_bytes(raw.encode() if isinstance(raw, str) else raw)
        found = read_foreign([file], settled, schools)
        assert isinstance(found, Faults), found
        return found

    return read


def said(problem: Problem) -> tuple[str, str, tuple[str, ...]]:
    """Where, what and the nearest, without the folder of the test."""
    at = re.sub(r".*/", "", str(problem.place))
    return at, re.sub(r"(?<= )/\S*/", "", plain(problem.message)), problem.nearest


# Sums


GROUPS = st.sampled_from(["{}", "{:,}"])
SPACE = st.sampled_from([" ", "\u00a0", "\u202f", "\u2009"])


@st.composite
def written_count(draw: st.DrawFn) -> tuple[str, int | None]:
    """A count as a file writes it, and what it is."""
    if draw(st.integers(0, 4)) == 0:
        return draw(st.sampled_from(["", "  "])), None
    value = draw(st.integers(0, 10**9))
    return draw(GROUPS).format(value).replace(",", draw(SPACE)), value


@st.composite
def written_duration(draw: st.DrawFn) -> tuple[str, int | None]:
    """A duration as a file writes it, and its seconds."""
    hours, rest = draw(st.integers(0, 5000)), draw(st.integers(0, 3599))
    text = f"{hours:02}:{rest // 60:02}:{rest % 60:02}"
    return draw(st.sampled_from([("", None), (text, 3600 * hours + rest)]))


ROW = st.tuples(
    st.sampled_from([*SCHOOLS, "9990004" + uai_letter("9990004")]),
    st.integers(0, 60),
    *[written_count()] * 4,
    written_duration(),
)
ROWS = st.lists(ROW, min_size=2, max_size=12, unique_by=lambda row: (row[0], row[1]))


def summed(rows: list[Any]) -> dict[tuple[str, str, str, str], tuple[Decimal | None, bool]]:
    """What the rows come to, by a loop that knows neither SQL nor texts."""
    cells: dict[tuple[str, str, str, str], list[int | None]] = defaultdict(list)
    listed = list(SCHOOLS.values())
    for school, week, *values in rows:
        if school not in SCHOOLS:
            continue
        year, number, _ = (date(2024, 9, 2) + timedelta(weeks=week)).isocalendar()
        at = (SCHOOLS[school], f"{year}-W{number:02}")
        whole, pupils, parents, users, duration = (value for _, value in values)
        cells[(*at, "visites-dnma", "")].append(whole)
        cells[(*at, "visites-dnma", "student")] += [pupils, parents]
        cells[(*at, "utilisateurs-dnma", "")].append(users)
        cells[(*at, "duree", "")].append(duration)
    found = {}
    for key, each in cells.items():
        known = [value for value in each if value is not None]
        total = Decimal(sum(known)) / (3600 if key[2] == "duree" else 1)
        expected = listed.count(key[0]) * (2 if key[3] else 1)
        found[key] = (round(total, 4) if known else None, 0 < len(known) < expected)
    return found


@fewer()
@given(ROWS, st.sampled_from(";,\t"), st.booleans())
def test_sums_are_those_of_a_loop(
    settled: Settled, rows: list[Any], delimiter: str, in_two: bool
) -> None:
    with tempfile.TemporaryDirectory() as place:
        files = [Path(place) / "l’été [1]'.csv", Path(place) / "two*.csv"][: 1 + in_two]
        for index, file in enumerate(files):
            with file.open("w", encoding="utf-8", newline="") as opened:
                writer = csv.writer(opened, delimiter=delimiter)
                order = HEAD if index else (*HEAD[::-1], "commune")
                writer.writerow(order)
                for school, week, *values in rows[index :: len(files)]:
                    monday = (date(2024, 9, 2) + timedelta(weeks=week)).isoformat()
                    row = [monday, school, *(text for text, _ in values)]
                    writer.writerow(row if index else (*row[::-1], "L’Île\n; ,"))
        found = read_foreign(files, settled, SCHOOLS)
    assert isinstance(found, Foreign), found
    assert {
        (each.project, each.period, each.figure.indicator, each.figure.key): (
            each.value,
            each.is_partial,
        )
        for each in found.sums
    } == summed(rows)
    assert found.rows == len(rows)
    assert found.rows_left_out == sum(row[0] not in SCHOOLS for row in rows)


LIKE_NUMBERS = st.text(
    "0123456789., \t\u00a0\u202f\u2007\u3000\u200b\ufeff-+eE:=A%٣", max_size=12
).filter(lambda text: "\n" not in text)


@fewer()
@given(st.lists(LIKE_NUMBERS | st.from_regex(foreign.foreign.NUMBER[:-2] + "$"), max_size=8))
@example(["1.234", "1,5", "1 234", "12 34", "1,23E+05", "0.123", "1234567890123456", "٣", " 12 "])
def test_what_the_sums_leave_out_is_what_is_told(settled: Settled, texts: list[str]) -> None:
    """The engine and the reader of single cells agree on every text: none is lost in silence."""
    texts = [each for each in texts if "\n" not in each] or ["1"]
    wrong = sum(bool(cell_fault(each.strip(foreign.AROUND), is_duration=False)) for each in texts)
    lines = []
    for index, each in enumerate(texts):
        monday = date(2024, 9, 2) + timedelta(weeks=index)
        lines.append(f'{monday};{A};"{each}";;;;')
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "f.csv"
        file.write_text(table(*lines), "utf-8")
        found = read_foreign([file], settled, SCHOOLS)
    if wrong:
        assert isinstance(found, Faults)
        assert (len(found.problems), found.more) == (wrong, 0)
    else:
        assert isinstance(found, Foreign)


# Faults


def test_each_fault_of_a_cell_is_told_where_it_stands(told: Callable[..., Faults]) -> None:
    lost, lower = C.removeprefix("0"), A.lower()
    rows = [
        f"2024-09-02;{lost};1;1;1;1;",
        f"2024-09-02;{lower};1;1;1;1;",
        "2024-09-02;9990001A;1;1;1;1;",
        "2024-09-02;;1;1;1;1;",
        f"02/09/2024;{A};1;1;1;1;",
        f"2024-02-09;{A};1;1;1;1;",
        f"45537;{A};1;1;1;1;",
        f"2024-13-41;{A};1;1;1;1;",
        f"2024-09-09;{A};1.234;1,23E+05;=SOMME(A1:A9);n/a;25:61:00",
        f"2024-09-16;{A};1 234;-1;12 %;#REF!;31:04:59",
    ]
    found = told(table(*rows))
    assert [said(each) for each in found.problems] == [
        ("f.csv:2:2", f"cell B2: “{lost}” is a UAI that has lost its first zero", (C,)),
        ("f.csv:3:2", f"cell B3: “{lower}” is no UAI", (A,)),
        ("f.csv:4:2", "cell B4: “9990001A” is a UAI whose letter does not fit its number", (A,)),
        ("f.csv:5:2", "cell B5: the cell is empty", ()),
        (
            "f.csv:6:1",
            "cell A6: “02/09/2024” is a day as a spreadsheet shows it",
            ("2024-09-02",),
        ),
        ("f.csv:7:1", "cell A7: “2024-02-09” is no Monday", ("2024-09-02", "2024-02-05")),
        (
            "f.csv:8:1",
            "cell A8: “45537” is the number that a spreadsheet keeps for a day",
            ("2024-09-02",),
        ),
        ("f.csv:9:1", "cell A9: “2024-13-41” is no Monday", ()),
        (
            "f.csv:10:3",
            "cell C10: “1.234” is one number with a decimal comma,"
            " and another with thousands apart",
            ("1234", "1.2340"),
        ),
        (
            "f.csv:10:4",
            "cell D10: “1,23E+05” is what a spreadsheet shows of a long number: digits are lost",
            (),
        ),
        ("f.csv:10:5", "cell E10: “=SOMME(A1:A9)” is a formula", ()),
        ("f.csv:10:6", "cell F10: “n/a” is not a number", ()),
        ("f.csv:10:7", "cell G10: “25:61:00” is no duration", ()),
        ("f.csv:11:4", "cell D11: “-1” is below zero: nothing that the club counts is", ()),
        ("f.csv:11:5", "cell E11: “12 %” is not a number", ()),
        ("f.csv:11:6", "cell F11: “#REF!” is the fault of a formula", ()),
    ]
    assert found.more == 0


def test_a_row_that_is_none_hides_no_other_fault(told: Callable[..., Faults]) -> None:
    """Too few cells, too many, a mark left open: what the other rows hold is told with them."""
    rows = (
        f"2024-09-02;{A};?;1;1;1;",
        f"2024-09-09;{A};1",
        f"2024-09-16;{A[1:]};1;1;1;1;",
        f"2024-09-02;{A};1;1;1;1;",
        f"2024-09-23;{A};1;1;1;1;;9",
        f"2024-09-24;{A};1;1;1;1;",
    )
    expected = [
        ("f.csv:2:3", "cell C2: “?” is not a number"),
        ("f.csv:3:1", "the row has 3 cells where there are 7 columns"),
        ("f.csv:4:2", f"cell B4: “{A[1:]}” is no UAI"),
        ("f.csv:5:1", "the same school and period already stand at f.csv:2:1"),
        ("f.csv:6:1", "the row has 8 cells where there are 7 columns"),
        ("f.csv:7:1", "cell A7: “2024-09-24” is no Monday"),
    ]
    found = told(table(*rows))
    assert [said(each)[:2] for each in found.problems] == expected
    assert found.more == 0
    cut = told(table(*rows, f'2024-09-30;{A};"1;1;1;1;'))
    assert [said(each)[:2] for each in cut.problems][:-1] == expected
    assert said(cut.problems[-1])[0] == "f.csv:8:1"
    many = told(table(*rows, *30 * [f"2024-09-30;{B};x"]), schools="nord")
    assert [said(each)[:2] for each in many.problems][:6] == expected
    assert (len(many.problems), many.more) == (20, 16)


def test_a_row_with_figures_alone_is_a_fault_and_a_blank_one_is_none(
    told: Callable[..., Faults], tmp_path: Path, settled: Settled
) -> None:
    """Schools and periods are read apart from the figures: neither alone says what is blank."""
    found = told(table(" ; ;;;;;", f"2024-09-02;{A};1;1;1;1;", ";;;\u00a0;5;;", ";\u2003;;;;;"))
    assert [said(each)[:2] for each in found.problems] == [
        ("f.csv:4:2", "cell B4: the cell is empty"),
        ("f.csv:4:1", "cell A4: the cell is empty"),
    ]
    assert found.more == 0
    file = tmp_path / "f.csv"
    file.write_text(table(" ; ;;;;;", f"2024-09-02;{A};1;1;1;1;", ";;;;;;"), "utf-8")
    sound = read_foreign([file], settled, "nord")
    assert isinstance(sound, Foreign)
    assert sound.rows == 1


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (
            table(f"2024-09-02;{A};1;1;1;1;é").encode("latin-1"),
            ("f.csv:2", "the byte 0xE9 is not UTF-8: save the file with the UTF-8 encoding", ()),
        ),
        (
            table("x").encode("utf-16"),
            ("f.csv:1:1", "the byte 0xFF is not UTF-8: save the file with the UTF-8 encoding", ()),
        ),
        (
            table("é").encode()[:-2],
            ("f.csv:2", "the byte 0xC3 is not UTF-8: save the file with the UTF-8 encoding", ()),
        ),
        (
            table(f"2024-09-02;{A};1\0;1;1;1;"),
            ("f.csv:2", "the file holds bytes that are no text: it is no table in CSV", ()),
        ),
        (
            table(f"2024-09-02;{A};1;1;1;1;", f'2024-09-09;{A};"1;1;1;1;'),
            (
                "f.csv:3:1",
                "a quotation mark is opened or closed where none may stand, or never closed",
                (),
            ),
        ),
        (
            table(f"2024-09-02;{A};1;1;1;1"),
            ("f.csv:2:1", "the row has 6 cells where there are 7 columns", ()),
        ),
        (
            table(f"2024-09-02;{A};1;1;1;1;;8"),
            ("f.csv:2:1", "the row has 8 cells where there are 7 columns", ()),
        ),
        (
            table(head="debutsemaine;uai;visites_global;visites_eleve;visites_parent;utilisateurs"),
            ("f.csv:1:3", "there is no column “visites_globales”", ("visites_global",)),
        ),
        (
            table(head=";".join([*HEAD, "uai"])),
            ("f.csv:1:8", "the column “uai” stands there twice", ()),
        ),
        ("", ("f.csv:1:1", "the file is empty", ())),
        ("\ufeff\n;;\n", ("f.csv:1:1", "the file is empty", ())),
        (table(), ("f.csv:1:1", "the file names its columns, and no row follows", ())),
        (
            "sep=;\n" + table(";;;;;;", ""),
            ("f.csv:2:1", "the file names its columns, and no row follows", ()),
        ),
        (
            "\ufeff\ufeff" + table(f"2024-09-02;{A};1;1;1;1;"),
            ("f.csv:1:1", MARKS.format(count=2, found="debutsemaine"), ()),
        ),
        (
            "\ufeff\ufeff\ufeff" + table(f"2024-09-02;{A};1;1;1;1;", head=QUOTED),
            ("f.csv:1:1", MARKS.format(count=3, found="debutsemaine"), ()),
        ),
        (
            table(f"2024-09-02;{A};1;1;1;1;", head=";".join(HEAD).replace("uai", "\ufeffuai")),
            ("f.csv:1:2", MARK_INSIDE.format(found="uai"), ()),
        ),
        ("rien\n", ("f.csv:1:1", "no line names the columns", ())),
    ],
)
def test_a_file_that_is_none_is_told(
    told: Callable[..., Faults], raw: str | bytes, expected: tuple[str, str, tuple[str, ...]]
) -> None:
    assert expected in [said(each) for each in told(raw).problems]


@pytest.mark.parametrize("ends", ["\r\n|\n|\r\n|\n", "\n|\r\n|\n|\n", "\n|\r|\n|\n", "\r|\r|\r|\r"])
def test_ends_of_lines_are_understood_or_told(tmp_path: Path, settled: Settled, ends: str) -> None:
    """Which mixtures the engine reads depends on its version: none is ever read in part."""
    rows = table(*(f"2024-09-{day};{A};1;1;1;1;" for day in ("02", "09", "16"))).splitlines()
    file = tmp_path / "f.csv"
    file.write_bytes("".join(map("".join, zip(rows, ends.split("|"), strict=True))).encode())
    found = read_foreign([file], settled, SCHOOLS)
    if isinstance(found, Foreign):
        assert found.rows == 3
    else:
        assert [said(each)[1] for each in found.problems] == [
            "lines end now in one way, now in another"
        ]
        assert len(set(ends.split("|"))) > 1


def test_a_line_that_is_far_too_long_is_not_held(told: Callable[..., Faults]) -> None:
    row = f'2024-09-02;{A};"' + "1" * 3_000_000 + '";1;1;1;\n'
    found = told(table(f"2024-09-02;{B};1;1;1;1;") + row + table(head=f"2024-09-09;{A};1;1;1;1;"))
    assert [said(each)[:2] for each in found.problems] == [
        ("f.csv:3:1", "the row is longer than 131072 bytes: a quotation mark may never be closed")
    ]


def test_a_line_that_the_engine_cannot_hold_was_left_out_and_the_others_written(
    told: Callable[..., Faults],
) -> None:
    row = f"2024-09-02;{A};{'1' * 40_000_000};1;1;1;\n"
    found = told(table(f"2024-09-02;{B};1;1;1;1;") + row + f"2024-09-09;{A};1;1;1;1;\n")
    assert [said(each)[0] for each in found.problems] == ["f.csv:3:1"]


@pytest.mark.long
def test_a_line_of_300_megabytes_is_told(told: Callable[..., Faults]) -> None:
    found = told(table(f'2024-09-02;{A};"').encode() + b"1;" * 150_000_000)
    # The mark is opened on the line above: it is this one that is too long.
    assert [said(each)[0] for each in found.problems] == ["f.csv:3:1"]


def test_a_mark_that_is_never_closed_swallows_no_year(told: Callable[..., Faults]) -> None:
    rows = [f"{date(1990, 1, 1) + timedelta(weeks=n)};{A};1;1;1;1;" for n in range(20_000)]
    found = told(table(f'2024-09-02;{B};"1;1;1;1;', *rows))
    assert [said(each)[0] for each in found.problems] == ["f.csv:2:1"]


def test_thousands_of_faults_do_not_drown_who_reads(told: Callable[..., Faults]) -> None:
    rows = [f"2024-09-0{3 + n % 5};{A};?;1;1;1;" for n in range(3000)]
    found = told(table(*rows))
    assert (len(found.problems), found.more) == (20, 2980)
    rows = [f"{date(1970, 1, 5) + timedelta(weeks=n)};{A};?;1;!;1;" for n in range(2000)]
    found = told(table(*rows))
    assert (len(found.problems), found.more) == (20, 3980)


def test_a_school_is_told_of_once_a_week(tmp_path: Path, settled: Settled) -> None:
    one, two = tmp_path / "a.csv", tmp_path / "b.csv"
    one.write_text(table(f"2024-09-02;{A};1;1;1;1;", f"2024-09-09;{A};1;1;1;1;"))
    two.write_text(table(f"2024-09-02;{B};1;1;1;1;", f"2024-09-09T00:00:00Z;{A};1;1;1;1;"))
    found = read_foreign([one, two], settled, SCHOOLS)
    assert isinstance(found, Faults)
    assert [said(each)[:2] for each in found.problems] == [
        ("b.csv:3:1", "the same school and period already stand at a.csv:3:1")
    ]
    again = read_foreign([one, one], settled, SCHOOLS)
    assert isinstance(again, Faults)
    assert len(again.problems) == 2


def test_faults_of_schools_of_no_project_are_not_ours(tmp_path: Path, settled: Settled) -> None:
    other = "9990004" + uai_letter("9990004")
    file = tmp_path / "f.csv"
    file.write_text(table(f"2024-09-02;{other};?;1;1;1;", f"2024-09-02;{A};1;1;1;1;"))
    found = read_foreign([file], settled, SCHOOLS)
    assert isinstance(found, Foreign)
    assert (found.rows_left_out, found.schools_left_out) == (1, 1)
    assert found.schools == {"nord": 1}
    assert found.unseen == tuple(sorted((B, C)))


def test_a_school_counts_where_it_was_in_service(tmp_path: Path, settled: Settled) -> None:
    """A week of before, a week of after, and the week between: whoever is in service counts.

    Of two projects at once, nobody knows whose a visit is; of two in turn, each has its weeks.
    """
    e = "9990004" + uai_letter("9990004")
    served = {
        A: (Stay("nord", 0, date(2024, 9, 12)),),
        B: (Stay("nord", 2, None, date(2024, 9, 10)), Stay("sud", 0, date(2024, 9, 12))),
        C: (Stay("nord", 0), Stay("sud", 0)),
        D.zfill(8): (),
        e: (Stay("sud", 0, date(2025, 1, 1)),),
    }
    file = tmp_path / "f.csv"
    weeks = ("2024-09-02", "2024-09-09", "2024-09-16")
    schools = (A, B, C, D.zfill(8))
    values = {week: 10**index for index, week in enumerate(weeks)}
    rows = [f"{w};{s};{values[w] * (schools.index(s) + 1)};;;;" for w in weeks for s in schools]
    file.write_text(table(*rows), "utf-8")
    found = read_foreign([file], settled, served)
    assert isinstance(found, Foreign), found
    assert {
        (each.project, each.period): each.value
        for each in found.sums
        if each.figure.indicator == "visites-dnma" and not each.figure.key
    } == {
        ("nord", "2024-W36"): 2,
        ("nord", "2024-W37"): 10,
        ("sud", "2024-W37"): 20,
        ("nord", "2024-W38"): 100,
        ("sud", "2024-W38"): 200,
    }
    assert (found.rows_idle, found.idle) == (7, tuple(sorted({A, C, D.zfill(8)})))
    assert (found.rows_left_out, found.unseen, found.absent) == (0, (), ())


def test_a_school_without_a_row_makes_a_sum_a_lower_bound(tmp_path: Path, settled: Settled) -> None:
    file = tmp_path / "f.csv"
    rows = [f"2024-09-02;{A};1;1;1;1;", f"2024-09-02;{B};1;1;1;1;", f"2024-09-09;{B};1;;1;1;"]
    file.write_text(table(*rows, f"2024-09-16;{A};1;1;1;1;"), "utf-8")
    found = read_foreign([file], settled, SCHOOLS)
    assert isinstance(found, Foreign)
    assert {(each.project, each.period) for each in found.sums if each.is_partial} == {
        ("nord", "2024-W37"),
        ("nord", "2024-W38"),
    }
    assert found.absent == (Absent("nord", 2, 3, "2024-W37", "2024-W38", 1),)
    assert found.unseen == (C,)


def test_the_engine_reaches_no_other_file(tmp_path: Path, settled: Settled) -> None:
    import duckdb  # noqa: PLC0415

    file, secret = tmp_path / "f.csv", tmp_path / "secret.csv"
    for each in (file, secret):
        each.write_text(table(f"2024-09-02;{A};1;1;1;1;"))
    read = foreign._table(file, settled)
    assert isinstance(read, foreign._Table)
    with foreign._Import([read], settled, SCHOOLS)._engine() as run:
        assert len(run("SELECT * FROM cells").fetchall()) == 1
        for query in (
            f"SELECT * FROM read_csv('{secret}')",
            f"COPY cells TO '{secret}'",
            "INSTALL httpfs",
            "SET enable_external_access = true",
        ):
            with pytest.raises(duckdb.Error):
                run(query)


def test_schools_are_read_as_strictly(club: Club) -> None:
    def read(text: str) -> Any:
        return read_schools("s.csv", text.encode(), club.graph)

    assert read(f"UAI;nom;projet\n{A};x;septentrion\n{C};y;sud\n") == {A: "nord", C: "sud"}
    found = read(f"uai;project\n{A[:-1]}A;nor\n{C};sud\n{C};nord\n{C[1:]};sud\n")
    assert [said(each) for each in found] == [
        (
            "s.csv:2:1",
            "cell A2: “9990001A” is a UAI whose letter does not fit its number",
            (A,),
        ),
        ("s.csv:2:2", "cell B2: no project is called “nor”", ("nord",)),
        ("s.csv:4:1", f"“{C}” is already a school of “sud”, at s.csv:3:1", ()),
        ("s.csv:5:1", f"cell A5: “{C[1:]}” is a UAI that has lost its first zero", (C,)),
    ]


# The command


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    write(tmp_path, FILES)
    write(tmp_path, {"schools.csv": f"uai,project\n{A},nord\n{B},nord\n{C},sud\n"})

    def call(rows: str, *options: str, mapping: str = "essai") -> tuple[int, str, str]:
        (tmp_path / "f.csv").write_text(rows, "utf-8")
        whose = () if "--project" in options else ("--schools", str(tmp_path / "schools.csv"))
        command = ["--root", str(tmp_path), "series", "import", str(tmp_path / "f.csv")]
        status = main([*command, "--mapping", mapping, *whose, *options])
        out = capsys.readouterr()
        return status, out.out.replace("\u00a0", " "), out.err.replace(f"{tmp_path}/", "")

    return call


INTO = "data/series/essai.csv"
TWO = table(
    f"2024-09-02;{A};100;60;20;40;01:30:00",
    f"2024-09-02;{B};1 000;;200;;31:00:00",
    f"2024-09-02;{C};5;1;1;2;",
    f"2024-09-09;{D.zfill(8)};5;1;1;2;",
)


def test_figures_are_written_once(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    status, dry, _ = run(TWO, "--dry-run")
    assert status == 0
    assert not (tmp_path / INTO).exists()
    status, out, err = run(TWO)
    assert (status, err) == (0, "")
    assert dry.splitlines()[:-1] == out.splitlines()[:-1]
    assert out.splitlines() == [
        "rows of schools of no project, left out: 1 (schools: 1)",
        "nord: schools with figures: 2",
        "sud: schools with figures: 1",
        "sums over schools some of which have no figure, marked “at least”: 2",
        "figures that no school has, left blank as unknown: 1",
        "“utilisateurs-dnma” is added up over schools: who is in two of them is counted twice",
        "nord, 2024-W36 to 2024-W36: new figures 4, replaced 0, unchanged 0",
        "sud, 2024-W36 to 2024-W36: new figures 4, replaced 0, unchanged 0",
        "data/series/essai.csv is written; then: club check, club propose",
    ]
    written = (tmp_path / INTO).read_bytes()
    assert written.decode().splitlines() == [
        "indicator,project,period,dimension,key,value,qualifier,source",
        "duree,nord,2024-W36,,,32.5,exact,releve",
        "duree,sud,2024-W36,,,,exact,releve",
        "utilisateurs-dnma,nord,2024-W36,,,40,at_least,releve",
        "utilisateurs-dnma,sud,2024-W36,,,2,exact,releve",
        "visites-dnma,nord,2024-W36,,,1100,exact,releve",
        "visites-dnma,nord,2024-W36,profile,student,280,at_least,releve",
        "visites-dnma,sud,2024-W36,,,5,exact,releve",
        "visites-dnma,sud,2024-W36,profile,student,2,exact,releve",
    ]
    status, out, _ = run(TWO)
    assert status == 0
    assert out.splitlines()[-1] == "Nothing was written: every figure is there already."
    assert (tmp_path / INTO).read_bytes() == written


def test_what_stands_in_a_file_stays_as_it_is(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    """Comments, columns, rows, spaces, aliases, marks and ends of lines are the writer's own."""
    before = (
        "\ufeff# Relevé ; fait à la main\r\n"
        "période;valeur;projet;indicateur;qualificatif;source;dimension;clé\r\n"
        "2024-S36;1 100;septentrion;visites-dnma;;;;\r\n"
        "# avant la rentrée\r\n"
        "2024-W36;4;sud;visites-dnma;about;releve;;\r\n"
        "2024-W35;9;sud;visites-dnma;;;;"
    )
    write(tmp_path, {INTO: before})
    status, out, err = run(TWO)
    assert (status, err) == (0, "")
    assert "visites-dnma, sud, 2024-W36: about 4 → 5" in out
    assert "nord, 2024-W36 to 2024-W36: new figures 3, replaced 0, unchanged 1" in out
    after = (tmp_path / INTO).read_bytes().decode()
    kept = before.replace("2024-W36;4;sud;visites-dnma;about", "2024-W36;5;sud;visites-dnma;exact")
    assert after.startswith(f"{kept}\r\n")
    added = after.removeprefix(f"{kept}\r\n")
    assert added.startswith("2024-W36;32.5;nord;duree;exact;releve;;\r\n")
    assert added.count("\r\n") == added.count("\n") == 6
    run(TWO)
    assert (tmp_path / INTO).read_bytes().decode() == after


def test_nothing_is_written_by_halves(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    """A figure that another file says already, a column that is not there, a club with errors."""
    other = "indicator,project,period,value\nvisites-dnma,sud,2024-W36,5\n"
    write(tmp_path, {"data/series/other.csv": other})
    status, _, err = run(TWO)
    assert status == 1
    assert "the same figure already stands at data/series/essai.csv" in err
    assert "the figures would bring these errors into the club" in err
    assert not (tmp_path / INTO).exists()
    status, _, err = run(TWO, "--into", str(tmp_path / "data/series/other.csv"))
    assert status == 1
    assert "data/series/other.csv:1:1: error: there is no column “dimension”" in err
    assert (tmp_path / "data/series/other.csv").read_text() == other
    status, _, err = run(TWO.replace("2024-09-02", "2099-08-31"))
    assert status == 1
    assert "“2099-W36” has not begun" in err
    (tmp_path / "data/series/other.csv").write_text(other.replace("sud", "sudd"))
    status, _, err = run(TWO)
    assert status == 1
    assert "no project is called “sudd”" in err
    assert "the club has errors already" in err
    assert not (tmp_path / INTO).exists()


def test_the_command_says_what_it_does_not_know(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    for options, mapping, expected in (
        ((), "dnma-profil", "no mapping is called “dnma-profil”; perhaps: dnma-profils"),
        ((), "../essai", "no mapping is called “../essai”"),
        (("--project", "nor"), "essai", "no project is called “nor”; perhaps: nord"),
        (("--source", "relev"), "essai", "no source is called “relev”; perhaps: releve"),
        (("--into", "data/x.csv"), "essai", "figures go into a file data/series/….csv"),
        (("--into", "data/series/mappings/x.csv"), "essai", "and not into"),
        ((), "monlycee", "say the project that the file is of"),
    ):
        status, out, err = run(TWO, *options, mapping=mapping)
        assert (status, out) == (2, "")
        assert expected in err
    assert not (tmp_path / INTO).exists()


def test_a_file_of_one_project_needs_no_list(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    rows = table(f"2024-09-02;{A};100;60;20;40;", f"2024-09-02;{C};1;1;1;1;")
    assert run(rows, "--project", "sud")[0] == 0
    assert "visites-dnma,sud,2024-W36,,,101,exact,releve" in (tmp_path / INTO).read_text()


def test_the_four_monthly_indicators_are_read(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    rows = table(
        "2024-09;123456;80000;9000;7",
        "2024-10;;81000;9100;",
        head="mois;visites;visites_eleves;comptes_eleves;visites_service_cahier_textes",
    )
    status, out, err = run(rows, "--project", "nord", mapping="monlycee")
    assert (status, err) == (0, "")
    assert "columns of the mapping that no file has: visites_parents" in out
    assert "accueil" not in out, "the file has no such service"
    assert set((tmp_path / "data/series/monlycee.csv").read_text().splitlines()[1:]) == {
        "visites-mensuelles,nord,2024-09,,,123456,exact,",
        "visites-mensuelles,nord,2024-10,,,,exact,",
        "visites-par-profil,nord,2024-09,profile,student,80000,exact,",
        "visites-par-profil,nord,2024-10,profile,student,81000,exact,",
        "comptes-actives,nord,2024-09,profile,student,9000,exact,",
        "comptes-actives,nord,2024-10,profile,student,9100,exact,",
        "visites-par-service,nord,2024-09,service,cahier,7,exact,",
        "visites-par-service,nord,2024-10,service,cahier,,exact,",
    }
    status, _, err = run(
        rows.replace("2024-10", "2024-W10"), "--project", "nord", mapping="monlycee"
    )
    assert status == 1
    assert "“2024-W10” is not as long as what is measured" in err


# Mappings


def test_those_of_the_library_fit_the_indicators(
    club: Club, capsys: pytest.CaptureFixture[str]
) -> None:
    root = str(club.folder.root)
    ours = set(mapping_names(club.folder)) - {"essai"}
    assert ours == {
        "dnma-profils",
        "dnma-services",
        "dnma-appareils",
        "dnma-profils-appareils",
        "monlycee",
    }
    for name in ours:
        found = find_mapping(club.folder, name)
        assert found
        settled = found.settled(club.graph, club.written)
        assert isinstance(settled, Settled), settled
    with pytest.raises(SystemExit):
        main(["--root", root, "series", "import", "--help"])
    shown = "".join(capsys.readouterr().out.split())
    assert all(name in shown for name in ours)


def test_a_club_may_keep_one_of_its_own_under_the_same_name(tmp_path: Path) -> None:
    own = "data/series/mappings/dnma-profils.yaml"
    found = find_mapping(folder_at(write(tmp_path, {**FILES, own: MAPPING})), "dnma-profils")
    assert found
    assert found.source.path == own


def test_a_mapping_that_does_not_fit_is_told_in_its_file(tmp_path: Path) -> None:
    club = club_of(tmp_path, {**FILES, "data/sources.yaml": "releve: {title: Relevé}\n"})
    found = find_mapping(club.folder, "dnma-profils")
    assert found
    problems = found.settled(club.graph, club.written)
    assert isinstance(problems, list)
    assert [plain(each.message) for each in problems] == ["no source is called “n02-dnma”"]
    assert isinstance(found.settled(club.graph, club.written, is_cited=True), Settled)


def test_every_rule_of_imports_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    for rule in foreign.RULES:
        assert rules(REGISTRY)[rule.name] is rule
        assert rule.wants.endswith(".")


def test_without_a_list_schools_are_those_of_the_tables_of_rollouts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only what the tables say to be open then is added; the others are told."""
    others = [f"{number}{uai_letter(str(number))}" for number in range(9_990_004, 9_990_010)]
    rows = [f"2024-09-02;{uai};{10**n};;;;" for n, uai in enumerate((C, *others))]
    week = table(f"2024-09-02;{A};10;4;3;2;01:00:00", *rows)
    root = write(tmp_path / "club", {**FILES, "../semaine.csv": week})
    call = ["--root", str(root), "--language", "fr", "series", "import"]
    call += [str(tmp_path / "semaine.csv"), "--mapping", "essai"]
    assert main(call) == 2
    assert "aucun déploiement" in capsys.readouterr().err
    rollouts = (
        "ouverture:\n  title: Ouverture\n  project: sud\n  schools_table: ecoles.csv\n"
        "  phases: [{number: 1, title: Un, year: 2024-09}, {number: 2, title: D, year: 2025}]\n"
    )
    said = ("prévu;2020;", "en cours;;", "arrêté;2024-09-03;", "arrêté;;", "ouvert;;1", "ouvert;;2")
    lines = [f"{uai};{each}\n" for uai, each in zip(others, said, strict=True)]
    tables = f"uai;status;date;phase\n{C};ouvert;;\n" + "".join(lines)
    write(root, {"data/rollouts.yaml": rollouts, "data/tables/ecoles.csv": tables})
    assert main(call) == 0
    out = capsys.readouterr().out.replace("\u00a0", " ")
    assert f"laissées de côté : 4 (établissements : 4 : {others[0]}, {others[1]}, " in out
    assert "lignes d’établissements d’aucun projet, laissées de côté : 1" in out
    kept = list(csv.DictReader((root / "data/series/essai.csv").read_text("utf-8").splitlines()))
    assert {row["project"] for row in kept} == {"sud"}
    total = [row["value"] for row in kept if not row["dimension"] and "visites" in row["indicator"]]
    assert total == [str(10**0 + 10**3 + 10**5)]


def test_a_figure_for_members_in_a_mapping_was_published(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    """“audience: members” on a measure was taken, and heeded nowhere."""
    mapping = tmp_path / "data/series/mappings/essai.yaml"
    text = mapping.read_text("utf-8")
    assert text.count("  - columns: ") > 1
    mapping.write_text(text.replace("  - columns: ", "  - audience: members\n    columns: ", 1))
    status, out, err = run(TWO)
    assert (status, out) == (1, "")
    assert "audience" in err
    assert not (tmp_path / INTO).exists()


@pytest.mark.parametrize(
    ("written", "instead", "said", "near"),
    [
        ("school: uai", "audiences: uai", "the field “audiences” does not exist here", ()),
        ("school: uai", "tag: uai", "the field “tag” does not exist here", ()),
        ("school: uai", "scool: uai", "the field “scool” does not exist here", ("school",)),
        ("source: releve", "audience: members", "a mapping has no “audience”", ()),
        ("source: releve", "tags: {a: b}", "a mapping has no “tags”", ()),
        ("source: releve", "id: releve", "a mapping has no “id”", ()),
    ],
)
def test_a_mapping_was_told_to_take_the_fields_of_records(
    written: str, instead: str, said: str, near: tuple[str, ...], tmp_path: Path
) -> None:
    """“audience”, “tags” and the like were proposed, which the next check refused."""
    (tmp_path / "own.yaml").write_text(MAPPING.replace(written, instead), "utf-8")
    (fault,) = read_mapping(tmp_path, "own.yaml").problems
    assert (plain(fault.message), fault.nearest) == (said, near)
    assert fault.expected
    expected = plain(fault.expected).removeprefix("one of ").split(", ")
    assert expected == ["source", "school", "week", "period", "measures"]


@pytest.mark.parametrize("as_list", ["  - ", "  "])
def test_a_measure_was_told_to_take_an_audience(as_list: str, tmp_path: Path) -> None:
    text = f"week: w\nmeasures:\n{as_list}columns: a\n    indicator: b\n    audienc: c\n"
    text = text if as_list.strip() else text.replace("    ", "  ")
    (tmp_path / "own.yaml").write_text(text, "utf-8")
    (fault,) = read_mapping(tmp_path, "own.yaml").problems
    assert fault.expected
    assert "audience" not in (*fault.nearest, *plain(fault.expected).split(", "))
    assert "duration_in" in plain(fault.expected)
    (tmp_path / "own.yaml").write_text(text.replace("audienc", "audience"), "utf-8")
    (told,) = read_mapping(tmp_path, "own.yaml").problems
    assert (plain(told.message), told.place) == ("a mapping has no “audience”", fault.place)


@pytest.mark.parametrize("which", ["figures", "schools"])
@pytest.mark.parametrize(
    ("make", "said"),
    [
        (os.mkfifo, "this is a pipe, which can be read only once"),
        (Path.mkdir, "this is a folder"),
        (lambda path: path.symlink_to("/dev/zero"), "this is a device"),
        (lambda path: path.symlink_to("nowhere"), "there is no such file"),
        (lambda path: path.symlink_to(path), "the file cannot be read"),
    ],
)
def test_a_pipe_or_a_folder_given_to_an_import_was_said_not_to_be_there(
    make: Callable[[Path], object],
    said: str,
    which: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(tmp_path, {**FILES, "f.csv": TWO})
    odd, sound = tmp_path / "odd.csv", tmp_path / "f.csv"
    make(odd)
    given = {
        "figures": [str(sound), str(odd), "--project", "nord"],
        "schools": [str(sound), "--schools", str(odd)],
    }
    command = ["--root", str(tmp_path), "series", "import", *given[which]]
    assert main([*command, "--mapping", "essai"]) == 1
    out = capsys.readouterr()
    assert out.out == ""
    assert f"{odd}: error: {said}" in out.err
    assert not (tmp_path / INTO).exists()


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("\ufeff\ufeffuai,project\n{A},nord\n", MARKS.format(count=2, found="uai")),
        ("\n", "the file is empty"),
        ("uai,project\n# {A},nord\n", "the file names its columns, and no row follows"),
    ],
)
def test_a_list_of_schools_with_two_marks_or_without_a_row_had_no_columns(
    raw: str, found: str, club: Club
) -> None:
    faults = read_schools("s.csv", raw.replace("{A}", A).encode(), club.graph)
    assert isinstance(faults, list)
    (fault,) = faults
    assert (fault.rule.name, str(fault.place)) == ("import-file", "s.csv:1:1")
    assert plain(fault.message) == found
    assert fault.expected
