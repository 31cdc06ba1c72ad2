"""The vendor's answers: sheets as spreadsheets save them, into the records or not at all."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from club.cli import main
from club.insight.answer_sheet import ANSWER, MARK, REQUEST
from club.insight.answers import Sheet, column_words, read_answers
from club.model import mangled
from club.model.cells import Table, read_table
from club.model.dates import PartialDate
from club.publish.words.language import Words
from club.read.load import load
from tests.clubs import folder_at, write
from tests.wiki.test_lossless import tree

WORDS = Words("fr")
CLUB = "Club d’été"
HEAD = ["Demande", "Titre", "Réponse", "Version", "Date", "Texte", "Source"]
FILES = {
    "mkdocs.yml": f"site_name: {CLUB}\ntheme: {{name: material, language: fr}}\n",
    "data/platforms.yaml": (
        "p:\n  name: P\n  versions:\n"
        '    - id: "3.2"\n    - id: "4.1"\n    - id: "4.10"\n    - id: V5\n'
        "q:\n  name: Q\n  versions:\n    - id: Q1\n"
    ),
    "data/projects.yaml": (
        "nord:\n  name: Nord\n  platform: p\n  state: rollout\n"
        "sud:\n  name: Sud\n  platform: q\n  state: rollout\n"
    ),
    "data/sources.yaml": "gazette:\n  title: La gazette\n",
    "data/axes.yaml": "axe:\n  label: Un\n  nature: technical\n  order: 1\n",
    "data/requests/exporter.yaml": (
        "# La première.\ntitle: 'Exporter l’agenda : tout'\nneed: >-\n  Garder.\norigin: nord\n"
        "state: sent  # au comité\nhistory:\n  - {state: shared, date: 2020-01}\n"
        "  - {state: sent, date: 2020-02}\naliases: sortir\n"
    ),
    "data/requests/imprimer.yaml": (
        "title: Imprimer\nneed: Du papier.\norigin: nord\nstate: sent\nanswers:\n"
        "  - {date: 2020-03-01, answer: under_study}\nexample: yes\n"
    ),
    "data/requests/lire.yaml": "title: Lire\nneed: N\norigin: sud\nstate: shared\n",
    "data/requests/ecrire.yaml": (
        "title: Écrire\nneed: N\nstate: duplicate\nduplicate_of: exporter\n"
    ),
    "data/requests/penser.yaml": "title: Penser\nneed: N\nstate: draft\n",
    "data/requests/dormir.yaml": "title: Dormir\nneed: N\nstate: withdrawn\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path / "club", FILES)
    (tmp_path / "club/docs").mkdir()
    assert not load(folder_at(tmp_path / "club")).problems
    return tmp_path / "club"


def sheet(*rows: list[str], delimiter: str = ";", head: list[str] = HEAD, end: str = "\r\n") -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator=end).writerows([head, *rows])
    return written.getvalue()


def row(
    request: str,
    answer: str = "",
    version: str = "",
    date: str = "",
    text: str = "",
    source: str = "",
) -> list[str]:
    return [request, "", answer, version, date, text, source]


def read(root: Path, raw: str | bytes, name: str = "r.csv") -> Sheet | list[Any]:
    raw = raw.encode("utf-8-sig") if isinstance(raw, str) else raw
    columns = column_words(WORDS.translate)
    table = read_table(name, raw, columns, MARK, (REQUEST, ANSWER))
    if not isinstance(table, Table):
        return table
    return read_answers(table, load(folder_at(root)).graph, WORDS.translate, CLUB)


def faults(root: Path, raw: str | bytes, name: str = "r.csv") -> list[tuple[str, int, int, str]]:
    """Rule, line, column and the nearest value of each fault."""
    found = read(root, raw, name)
    problems = found.problems if isinstance(found, Sheet) else found
    return [
        (e.rule.name, e.place.line, e.place.column, next(iter(e.nearest), "")) for e in problems
    ]


def run(root: Path, raw: str | bytes, *options: str, name: str = "r.csv") -> int:
    raw = raw.encode("utf-8-sig") if isinstance(raw, str) else raw
    file = root.parent / name
    file.write_bytes(raw)
    return main(["--root", str(root), "answers", "import", str(file), *options])


def as_lines(raw: bytes | str) -> list[str]:
    return raw.decode().splitlines() if isinstance(raw, bytes) else [raw]


def record(root: Path, id: str) -> Any:
    return yaml.load((root / f"data/requests/{id}.yaml").read_text("utf-8"), yaml.BaseLoader)


TEXTS = st.text(st.sampled_from("aé;,\t\"'\n œ’-#=|:[]"), max_size=30).map(
    lambda text: "\n".join(line.rstrip() for line in text.strip().split("\n"))
)


@given(
    TEXTS.filter(lambda text: not text.startswith(("=", "'"))),
    st.sampled_from([";", ",", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    st.sampled_from(["\r\n", "\n"]),
    st.permutations(range(len(HEAD))),
)
def test_any_spreadsheet_says_the_same(
    text: str, delimiter: str, encoding: str, end: str, order: list[int]
) -> None:
    """Whatever the encoding, the delimiter, the ends of lines and the order of the columns."""
    rows = [row("exporter", "à l’étude", "4.1", "2021-02-17", text, "gazette"), row("lire")]
    moved = [[each[index] for index in order] for each in rows]
    said = sheet(*moved, delimiter=delimiter, head=[HEAD[index] for index in order], end=end)
    said = said.replace("\n", "\r\n") if end == "\r\n" and "\r\n" not in said else said
    table = read_table(
        "r.csv", said.encode(encoding), column_words(WORDS.translate), MARK, (REQUEST, ANSWER)
    )
    assert isinstance(table, Table), table
    assert len(table.notes) == (encoding == "cp1252")
    kept = [{name: cell.text for name, cell in each.items()} for each in table.rows]
    names = ("request", "title", "answer", "version", "date", "text", "source")
    # A row whose first cell begins with the mark is a remark.
    expected = [
        dict(zip(names, each, strict=True))
        for each, as_written in zip(rows, moved, strict=True)
        if not as_written[0].startswith(MARK)
    ]
    assert kept == expected


@pytest.mark.parametrize(
    ("word", "code"),
    [
        *[("existe déjà", "exists"), ("EXISTE", "exists"), ("exists", "exists")],
        *[("accord", "accepted"), ("Acceptée", "accepted"), ("accepte", "accepted")],
        *[
            ("à l'étude", "under_study"),
            ("A l’etude", "under_study"),
            ("under study", "under_study"),
        ],
        *[("refus", "refused"), ("Refusée.", "refused"), ("à préciser", "needs_details")],
        *[("needs_details", "needs_details"), ("oui", "accepted"), ("non", "refused")],
    ],
)
def test_answers_are_told_by_any_of_their_words(word: str, code: str, root: Path) -> None:
    found = read(root, sheet(row("exporter", word)))
    assert isinstance(found, Sheet)
    assert [str(each.answer["answer"]) for each in found.answered] == [code]


def test_all_faults_are_told_at_once_each_in_its_cell(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        row("exportr", "accord"),
        row("ecrire", "accord"),
        row("penser", "refus"),
        row("dormir", "refus"),
        row("nord", "refus"),
        row("", "refus"),
        row("exporter", "peut-être", "4.2", "31/02/2021", "=A1", "gazete"),
        row("sortir", "", "4.1"),
        row("imprimer", "refus", "Q1", "", "CafÃ© ouvert"),
    ]
    expected = [
        ("answers-row", 2, 1, "exporter"),
        ("answers-row", 3, 1, "exporter"),
        ("answers-row", 4, 1, ""),
        ("answers-row", 5, 1, ""),
        ("answers-row", 6, 1, ""),
        ("answers-row", 7, 1, ""),
        ("answers-value", 8, 3, ""),
        ("answers-value", 8, 4, "4.1"),
        ("answers-value", 8, 5, "2021-02-28"),
        ("answers-value", 8, 6, ""),
        ("answers-value", 8, 7, "gazette"),
        ("answers-value", 9, 1, ""),
        ("answers-value", 10, 4, ""),
        ("answers-value", 10, 6, ""),
    ]
    found = faults(root, sheet(*rows))
    assert sorted((*each[:3],) for each in found) == [(*each[:3],) for each in expected]
    near = {each[:3]: each[3] for each in found}
    assert all(near[each[:3]] == each[3] for each in expected if each[3])
    before = tree(root)
    assert run(root, sheet(row("lire", "accord"), *rows)) == 1
    said = capsys.readouterr().err
    assert said.count("erreur :".replace(" ", "\u00a0")) + said.count("erreur :") == len(expected)
    assert "cellule" in said
    assert tree(root) == before


def test_a_title_beside_another_request_is_told(root: Path) -> None:
    def titled(id: str, title: str) -> list[str]:
        return [id, title, "accord", "", "", "", ""]

    same = "exporter l'agenda: TOUT"
    assert faults(root, sheet(titled("exporter", same))) == []
    assert faults(root, sheet(titled("sortir", "Exporter l’agenda\u202f: tout"))) == []
    assert faults(root, sheet(titled("exporter", "Exporter l’agenda ? tout"))) == []
    assert faults(root, sheet(titled("imprimer", "Imprimer (exemple)"))) == []
    assert faults(root, sheet(titled("exporter", "Imprimer"))) == [
        ("answers-row", 2, 2, "imprimer")
    ]
    assert faults(root, sheet(titled("exportr", "Imprimer"))) == [("answers-row", 2, 1, "imprimer")]
    assert faults(root, sheet(titled("exporter", "Tout autre chose"))) == [
        ("answers-row", 2, 2, "")
    ]
    assert faults(root, sheet(titled("exporter", "Exporter l’agenda entier"))) == [
        ("answers-doubt", 2, 2, "")
    ]


@given(st.dates(date(1991, 1, 1), date(2173, 1, 1)))
def test_a_day_is_read_however_french_writes_it_and_its_number_is_refused(day: date) -> None:
    for said in (day.isoformat(), f"{day:%d/%m/%Y}", f" {day.day}/{day.month}/{day.year} "):
        assert mangled.day(said) == PartialDate.parse(day.isoformat())
    serial = (day - date(1899, 12, 30)).days
    for said in (str(serial), f"{serial},5", f"{serial}.25"):
        found = mangled.day(said)
        assert isinstance(found, mangled.Mangled)
        assert found.near == (day.isoformat(),)
    for said in (f"{day:%d/%m/%y}", f"{day.day}/{day.month}/{day:%y}", f"{day:%Y-%m-%d} 00:00:00"):
        assert isinstance(mangled.day(said), mangled.Mangled)
    if day.day > 12:
        assert isinstance(mangled.day(f"{day:%m/%d/%Y}"), mangled.Mangled)


@pytest.mark.parametrize(
    ("said", "near"),
    [
        ("févr.-12", "2012-02"),
        ("févr-12", "2012-02"),
        ("01-avr", ""),
        ("02/17/12", ""),
        ("17/02/12", "2012-02-17"),
        ("02/17/2012", "2012-02-17"),
        ("2012-02-17T10:00", "2012-02-17"),
        ("bientôt", ""),
        ("30/02/2012", "2012-02-29"),
    ],
)
def test_what_a_spreadsheet_makes_of_a_date_is_told(said: str, near: str, root: Path) -> None:
    assert faults(root, sheet(row("exporter", "accord", "", said))) == [
        ("answers-value", 2, 5, near)
    ]


MONTHS = ("janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc")


@given(st.integers(1, 12), st.integers(1, 12))
def test_what_a_spreadsheet_makes_of_a_version_is_told(one: int, two: int) -> None:
    """However it shows the day or the number that it took the version for."""
    known = f"{one}.{two}"
    day = date(2026, two, one)
    shown = [
        f"{one},{two}",
        f"{one:02}/{two:02}",
        f"{one:02}-{MONTHS[two - 1]}",
        f"{one}-{MONTHS[two - 1]}.",
        f"{MONTHS[one - 1]}-{two:02}",
        f"{day:%d/%m/%Y}",
        day.isoformat(),
        str((day - date(1899, 12, 30)).days),
    ]
    for each in shown:
        found = mangled.version(each, ["V9", known])
        assert found is not None, each
        assert known in found.near
    for each in ("V4", "quatre", "", "4", f"{one}.{two}.1", "12/13/14/15"):
        assert mangled.version(each, [known]) is None


def test_versions_are_those_of_the_platforms_concerned(root: Path) -> None:
    assert faults(root, sheet(row("exporter", "accord", "4.10"))) == []
    assert faults(root, sheet(row("exporter", "accord", "Q1"))) == [("answers-value", 2, 4, "")]
    assert faults(root, sheet(row("exporter", "accord", "v5"))) == [("answers-value", 2, 4, "V5")]
    assert faults(root, sheet(row("exporter", "accord", "4,1"))) == [("answers-value", 2, 4, "4.1")]


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b"", (1, 1)),
        (b"Demande|R\xc3\xa9ponse\nexporter|accord\n", (1, 1)),
        (b"exporter;;accord\n", (1, 1)),
        ("Demande;Réponse\nexporter;accord\n".encode("utf-16-le"), (0, 0)),
        ("Demande;Réponse\nexporter;accord\n".encode("mac-roman"), (0, 0)),
        ("Demande;Réponse;Texte\nexporter;accord;½ écran\n".encode("cp1252"), (0, 0)),
        ("Demande;Answer;Texte\nexporter;accord;déjà\n".encode("cp1252"), (0, 0)),
        ("Demande;RÃ©ponse\nexporter;accord\n".encode(), (1, 1)),
        ("Demande;Réponse;Texte\nexporter;accord;a;b\n".encode(), (2, 1)),
        ('Demande;Réponse;Texte\nexporter;accord;"coupé au mil'.encode(), (2, 1)),
        ("Demande;Réponse;Texte\nexporter;acc".encode(), (2, 1)),
        ("Demande;Réponse;Remarque\nexporter;accord;oui\n".encode(), (1, 3)),
        ("Demande;Réponse;Demande\nexporter;accord;x\n".encode(), (1, 3)),
        (b"Demande;Titre\nexporter;accord\n", (1, 1)),
        ("exporter;accord\nDemande;Réponse\n".encode(), (1, 1)),
        ("# R;open;Un autre club\nDemande;Réponse\nexporter;accord\n".encode(), (1, 3)),
        ("# R;dossier-2020;Club d'été\nDemande;Réponse\nexporter;accord\n".encode(), (1, 2)),
    ],
)
def test_a_file_that_is_not_the_sheet_is_refused(
    raw: bytes, place: tuple[int, int], root: Path
) -> None:
    before = tree(root)
    found = faults(root, raw)
    assert (found[0][1], found[0][2]) == place, found
    assert run(root, raw) == 1
    assert tree(root) == before


@pytest.mark.parametrize("cut", range(1, 120, 7))
def test_a_sheet_that_was_cut_is_refused_or_says_less(cut: int, root: Path) -> None:
    """Never anything that the whole sheet did not say."""
    whole = sheet(
        row("exporter", "accord", "4.10", "2021-02-17", 'Un "texte" ;\nsur deux lignes.'),
        row("imprimer", "refus", "", "2021-02-17", "Non."),
    )
    full = read(root, whole)
    part = read(root, whole.encode("utf-8-sig")[:-cut])
    assert isinstance(full, Sheet)
    if isinstance(part, Sheet) and not part.errors:
        answers = [(each.request.id, each.answer) for each in full.answered]
        said = [(each.request.id, each.answer) for each in part.answered]
        assert said == answers[: len(said)]


def test_answers_are_written_and_nothing_else(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = sheet(
        row("sortir", "accord", "4.10", "03/04/2021", "Oui ;\n« bientôt ».", "https://a.example/x"),
        row("imprimer", "refus", "", "2021-05", "Non."),
        row("lire"),
    )
    before = {path: text for path, text in tree(root).items() if path.startswith("data")}
    assert run(root, rows, "--dry-run") == 0
    said = capsys.readouterr().out
    assert {path: text for path, text in tree(root).items() if path in before} == before
    assert "Imprimer (exemple)" in said
    assert "03/04/2021" in said
    assert run(root, rows) == 0
    done = capsys.readouterr().out
    assert done.splitlines()[:4] == said.splitlines()[:4]
    assert record(root, "exporter")["answers"] == [
        {
            "date": "2021-04-03",
            "answer": "accepted",
            "version": "4.10",
            "text": "Oui ;\n« bientôt ».",
            "source": "https://a.example/x",
        }
    ]
    assert record(root, "exporter")["state"] == "sent"
    assert record(root, "imprimer")["answers"][1:] == [
        {"date": "2021-05", "answer": "refused", "text": "Non."}
    ]
    after = tree(root)
    assert {path for path in before if after[path] != before[path]} == {
        "data/requests/exporter.yaml",
        "data/requests/imprimer.yaml",
    }
    for path, was in before.items():
        lines = iter(as_lines(after[path]))
        assert all(line in lines for line in as_lines(was))
    again = tree(root)
    assert run(root, rows) == 0
    assert tree(root) == again
    assert not load(folder_at(root)).errors


def test_states_follow_only_if_they_are_wanted(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = sheet(row("exporter", "accord", "", "2021-02"), row("imprimer", "refus", "", "2021-02"))
    assert run(root, rows, "--dry-run") == 0
    assert "--state" in capsys.readouterr().out
    assert run(root, rows, "--state") == 0
    assert record(root, "exporter")["state"] == "accepted"
    assert record(root, "exporter")["history"][-1] == {"state": "accepted", "date": "2021-02"}
    assert record(root, "imprimer")["state"] == "refused"
    assert "history" not in record(root, "imprimer")
    assert not load(folder_at(root)).errors


def test_states_asked_for_after_the_answers_were_written_were_left(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = sheet(row("exporter", "accord", "", "2021-02"), row("imprimer", "refus", "", "2021-02"))
    assert run(root, rows) == 0
    assert record(root, "exporter")["state"] == "sent"
    capsys.readouterr()
    assert run(root, rows) == 0
    assert "--state" in capsys.readouterr().out
    assert run(root, rows, "--state") == 0
    for id, state in (("exporter", "accepted"), ("imprimer", "refused")):
        assert record(root, id)["state"] == state
        assert sum(each["answer"] == state for each in record(root, id)["answers"]) == 1
    again = tree(root)
    assert run(root, rows, "--state") == 0
    assert tree(root) == again


def test_an_answer_that_another_one_followed_moves_no_state(root: Path) -> None:
    first = sheet(row("exporter", "accord", "", "2021-02"))
    assert run(root, first) == 0
    assert run(root, sheet(row("exporter", "à l’étude", "", "2021-03"))) == 0
    assert run(root, first, "--state") == 0
    assert record(root, "exporter")["state"] == "sent"


def test_a_filled_sheet_was_overwritten_by_an_empty_one(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = root.parent / "reponses.csv"
    template = ["--root", str(root), "--language", "fr", "answers", "template", "-o"]
    assert main([*template, str(file)]) == 0
    assert main([*template, str(file)]) == 0
    filled = file.read_bytes() + b"exporter;;accord;;;;\r\n"
    file.write_bytes(filled)
    assert main([*template, str(file)]) == 1
    assert file.read_bytes() == filled
    assert "rien n’est écrasé" in capsys.readouterr().err
    assert main([*template, str(root.parent / "nulle-part" / "r.csv")]) == 1
    assert not (root.parent / "nulle-part").exists()


def test_an_answer_of_a_day_to_come_was_written_without_a_word(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(root, sheet(row("exporter", "accord", "", "2099-01-01"))) == 0
    assert "à venir [answers-doubt]" in capsys.readouterr().err


def test_letters_that_another_encoding_lost_made_it_the_file_of_another_club(root: Path) -> None:
    """Latin-1 has no typographic apostrophe: a spreadsheet writes a question mark in its place."""
    raw = "# R;open;Club d?été\r\n" + sheet(row("exporter", "à l?étude", "", "", "C?est dit. Ah?"))
    assert faults(root, raw.encode("latin-1")) == [
        ("answers-value", 3, 3, ""),
        ("answers-doubt", 3, 6, ""),
    ]


def test_one_request_answered_twice(root: Path) -> None:
    first = row("exporter", "accord", "", "2021-02")
    assert faults(root, sheet(first, row("sortir", "refus"))) == [("answers-row", 3, 1, "")]
    found = read(root, sheet(first, ["sortir", *first[1:]]))
    assert isinstance(found, Sheet)
    assert (len(found.answered), found.known, found.problems) == (1, 1, [])


def test_what_is_written_already_and_what_comes_late(root: Path) -> None:
    same = read(root, sheet(row("imprimer", "à l’étude", "", "01/03/2020")))
    assert isinstance(same, Sheet)
    assert (same.answered, same.known, same.problems) == ([], 1, [])
    otherwise = sheet(row("imprimer", "à l’étude", "", "2020-03-01", "Mais non."))
    assert faults(root, otherwise) == [("answers-row", 2, 1, "")]
    late = sheet(row("imprimer", "refus", "", "2019-12"), row("lire", "refus"))
    assert faults(root, late) == [("answers-doubt", 2, 1, ""), ("answers-doubt", 3, 1, "")]
    assert run(root, late) == 0


def test_an_answer_that_would_bring_an_error_is_not_written(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(root)
    rows = sheet(row("lire", "refus"), row("exporter", "accord", "", "", "Voir [[nulle-part]]."))
    assert run(root, rows) == 1
    assert "nulle-part" in capsys.readouterr().err
    assert {path: tree(root)[path] for path in before} == before


@pytest.mark.parametrize("format", ["csv", "yaml"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_template_comes_back_empty_then_filled_in(
    format: str, language: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = root.parent / f"sheet.{format}"
    speak = ["--root", str(root), "--language", language, "answers"]
    assert main([*speak, "template", "--format", format, "-o", str(file)]) == 0
    raw = file.read_bytes()
    said = raw.decode("utf-8-sig")
    assert raw.startswith(b"\xef\xbb\xbf") is (format == "csv")
    assert [each in said for each in ("exporter", "imprimer", "lire", "penser")] == [
        *(True, True, False, False)
    ]
    assert "Imprimer (exemple)" in said or "Imprimer (example)" in said
    before = tree(root)
    assert main([*speak, "import", str(file)]) == 0
    assert tree(root) == before
    if format == "csv":
        between = ";" if language == "fr" else ","
        said = said.replace(f"(exemple){between * 5}", f"(exemple){between}refused{between * 4}")
        said = said.replace(f"(example){between * 5}", f"(example){between}refused{between * 4}")
        file.write_bytes(said.encode("utf-8-sig"))
    else:
        assert yaml.safe_load(said)["answers"][0]["request"] in {"exporter", "imprimer"}
        at = said.index("imprimer")
        file.write_text(said[:at] + said[at:].replace("answer:", "answer: refused", 1), "utf-8")
    capsys.readouterr()
    assert main([*speak, "import", str(file)]) == 0
    assert record(root, "imprimer")["answers"][-1] == {"answer": "refused"}
    assert "answers" not in record(root, "exporter")


def test_the_template_is_for_the_public_unless_it_is_told_otherwise(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = root / "data/requests/exporter.yaml"
    path.write_text(path.read_text("utf-8") + "audience: members\n", "utf-8")
    assert main(["--root", str(root), "answers", "template"]) == 0
    assert "exporter" not in capsys.readouterr().out
    assert main(["--root", str(root), "answers", "template", "--audience", "members"]) == 0
    assert "exporter" in capsys.readouterr().out


def test_a_title_is_no_formula_in_the_template_and_comes_back(root: Path) -> None:
    path = root / "data/requests/exporter.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("'Exporter l’agenda : tout'", "=1+1 est faux"), "utf-8")
    file = root.parent / "s.csv"
    assert main(["--root", str(root), "answers", "template", "-o", str(file)]) == 0
    said = file.read_text("utf-8-sig")
    assert ";'=1+1 est faux;" in said.replace('"', "")
    found = read(root, said)
    assert isinstance(found, Sheet)
    assert found.problems == []


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("answers: x\n", (1, 1)),
        ("- a\n", (1, 1)),
        ("answers:\n  - request: exporter\n    reponse: accord\n", (3, 5)),
        ("answers:\n  - request: exporter\n    answer: [accord]\n", (3, 5)),
        ("answers:\n  - request: exporter\n    answer: nul\n", (3, 5)),
        ("answers:\n  - request: exporter\n    request: lire\n", (3, 5)),
        ("answers:\n  - request: *a\n", (2, 14)),
        ("answers: [\n", (1, 10)),
        ("club: Un autre\nanswers:\n  - request: exporter\n    answer: refus\n", (1, 1)),
    ],
)
def test_a_sheet_of_yaml_is_as_strict(said: str, place: tuple[int, int], root: Path) -> None:
    found = faults(root, said, "r.yaml")
    assert (found[0][1], found[0][2]) == place, found


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: None, "ce fichier n’existe pas"),
        (Path.mkdir, "c’est un dossier"),
        (os.mkfifo, "c’est un tube, qui ne se lit qu’une fois"),
        (lambda path: path.symlink_to("/dev/zero"), "c’est un périphérique"),
    ],
)
def test_a_pipe_or_a_folder_given_as_a_sheet_was_said_not_to_be_there(
    make: Callable[[Path], object], said: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(path := root / "odd.csv")
    before = tree(root) if path.is_dir() or not path.exists() else None
    assert main(["--root", str(root), "answers", "import", str(path)]) == 1
    assert f"{path}: erreur : {said} [answers-file]" in capsys.readouterr().err
    assert before is None or tree(root) == before


def test_a_template_for_a_pipe_waited_for_ever(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(path := root / "sheet.csv")
    assert main(["--root", str(root), "answers", "template", "-o", str(path)]) == 1
    assert "est déjà là" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("\ufeffDemande;Réponse\nexporter;accord\n", "2 marques d’ordre des octets (U+FEFF, qu’"),
        ("Demande;\ufeffRéponse\nexporter;accord\n", "une marque d’ordre des octets (U+FEFF, qu’"),
        ("# R;open\nDemande;Réponse\n", "le fichier nomme ses colonnes, et aucune ligne ne suit"),
        ("\n;;\n", "ce fichier est vide"),
    ],
)
def test_a_sheet_with_two_marks_or_without_a_row_had_no_columns_or_no_fault(
    raw: str, said: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(root)
    assert run(root, raw) == 1  # `run` writes one mark before it
    err = capsys.readouterr().err
    assert said in err
    assert "[answers-file]" in err
    assert "attendu" in err
    assert tree(root) == before


def test_many_answers_take_seconds(root: Path) -> None:
    """One file of a thousand requests is read again a few times, never once an answer."""
    for path in (root / "data/requests").iterdir():
        path.unlink()
    (root / "data/requests").rmdir()
    ids = [f"demande-{number}" for number in range(300)]
    text = "".join(f"{id}:\n  title: Titre {id}\n  need: N\n  state: sent\n\n\n" for id in ids)
    write(root, {"data/requests.yaml": text})
    assert run(root, sheet(*(row(id, "refus", "", "2021-02", "Non.") for id in ids))) == 0
    held: Mapping[str, Any] = yaml.load(
        (root / "data/requests.yaml").read_text("utf-8"), yaml.BaseLoader
    )
    assert all(each["answers"][0]["date"] == "2021-02" for each in held.values())


LISTED = (
    "title: Liste\ndate: 2020-02\ncommit_id: {commit}\nrequests:\n"
    "  - {{number: 1, request: imprimer, title: Imprimer, need: N, state: sent}}\n"
    "  - {{number: 2, request: sortir, title: Sortir l’agenda, need: N, state: sent}}\n"
).format(commit="0" * 40)


@pytest.mark.parametrize("format", ["csv", "yaml"])
def test_the_sheet_of_a_list_is_answered_for_that_list_alone(
    format: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root, {"data/packages/liste.yaml": LISTED})
    speak = ["--root", str(root), "answers", "template", "--format", format]
    assert main([*speak, "--package", "listes"]) == 1
    assert main([*speak, "--package", "liste"]) == 0
    said = capsys.readouterr().out
    assert said.index("imprimer") < said.index("exporter")
    assert "Sortir l’agenda" in said
    assert "lire" not in said
    assert faults(root, said, f"r.{format}") == []
    other = said.replace("imprimer", "lire").replace("Imprimer (exemple)", "")
    assert [each[0] for each in faults(root, other, f"r.{format}")] == ["answers-row"]
    unknown = said.replace("liste", "listee", 1)
    assert [each[3] for each in faults(root, unknown, f"r.{format}")][:1] == ["liste"]
