"""Dossiers, read back by another reader of PDF than the one that writes them."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from club.model.record import Audience
from club.publish.data.dossier import MORE, SHOWN, UNSHOWN, dossier_files, dossiers, pdf, shown
from club.publish.html.blocks import blocks_of
from club.publish.html.render import Renderer
from club.publish.pages.site import Site
from club.publish.words.language import Words
from club.read.load import load
from tests.clubs import folder_at, write

TODAY = date(2024, 3, 14)
SITE = "https://club.example/"
NEED = """Un **besoin** avec une liste :

- un *premier* point
- un second, [[r2]], et `du code`

1. numéroté

> cité

| a | b |
| - | - |
| 1 | 2 |
"""
HOSTILE = r"#eval(\"1\") $x$ @ref <l> `a` *b* _c_ \u{202e} // /* [x](javascript:alert(1)) 🎉 漢字 é"


def files(**more: Any) -> dict[str, str]:
    frozen = {
        "number": 1,
        "request": "r1",
        "title": "Exporter le cahier",
        "need": NEED,
        "acceptance": "Un fichier lisible.",
        "service": "Cahier de textes",
        "origin": "nord",
        "state": "shared",
        "positions": [
            {"project": "nord", "stance": "essential", "rank": 1, "reason": "Pour l’inspection."},
            {"project": "sud", "stance": "opposed", "reason": "SECRET-P", "audience": "members"},
        ],
    }
    second = {"number": 2, "request": "r2", "title": HOSTILE, "need": HOSTILE, "state": "sent"}
    third = {
        "number": 3,
        "request": "r3",
        "title": "SECRET-R",
        "need": "SECRET-N",
        "state": "sent",
        "audience": "members",
    }
    package = {
        "title": "Liste de mars",
        "date": "2024-03-10",
        "commit_id": "a" * 40,
        "requests": [frozen, second, third],
        **more,
    }
    requests = {
        id: {"title": f"Titre {id}", "need": "N", "state": "shared"} for id in ("r1", "r2", "r3")
    }
    projects = {id: {"name": id.upper(), "state": "pilot"} for id in ("nord", "sud")}
    return {
        "data/packages/liste.yaml": yaml.safe_dump(package, allow_unicode=True),
        "data/requests.yaml": yaml.safe_dump(requests),
        "data/projects.yaml": yaml.safe_dump(projects),
    }


def made(root: Path, audience: Audience = Audience.PUBLIC, **more: Any) -> dict[str, bytes]:
    club = load(folder_at(write(root, files(**more))), today=TODAY)
    assert club.errors == ()
    graph = club.restricted(audience)
    record = graph.find("liste")
    assert record
    return dict(dossier_files(record, graph, Words("fr"), "Le club", SITE))


def text_of(raw: bytes) -> str:
    pages = (page.extract_text() for page in PdfReader(io.BytesIO(raw)).pages)
    return " ".join(" ".join(pages).split())


def tags_of(element: Any) -> list[str]:
    """The tags of the structure, in reading order."""
    found = [str(element["/S"])] if "/S" in element else []
    kids = element.get("/K", [])
    kids = kids.get_object() if hasattr(kids, "get_object") else kids
    for each in kids if isinstance(kids, list) else [kids]:
        kid = each.get_object()
        if isinstance(kid, dict):
            found += tags_of(kid)
    return found


def test_the_dossier_says_what_was_frozen(tmp_path: Path) -> None:
    found = made(tmp_path)
    said = text_of(found["liste.pdf"])
    for each in (
        "Le club",
        "Liste de mars",
        "Sommaire",
        "1. Exporter le cahier",
        "un premier point",
        "Titre r2",
        "Un fichier lisible.",
        "Pour l’inspection.",
        "indispensable",
        "10 mars 2024",
    ):
        assert each in said
    assert said.index("Sommaire") < said.index("Un fichier lisible.")
    assert json.loads(found["liste.json"])["fields"]["requests"][0]["title"] == "Exporter le cahier"
    table = found["liste.csv"].decode("utf-8-sig")
    assert "Exporter le cahier" in table
    assert "Pour l’inspection." in table


def test_a_screen_reader_can_follow_it(tmp_path: Path) -> None:
    reader = PdfReader(io.BytesIO(made(tmp_path)["liste.pdf"]))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("fr")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata
    assert reader.metadata.title == "Liste de mars"
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfuaid:part(>|=['\"])1", xmp)
    tags = tags_of(root["/StructTreeRoot"].get_object())
    assert tags.count("/Table") >= 3
    assert {"/H1", "/H2", "/TH", "/TD", "/LI", "/Link", "/TOC"} <= set(tags)
    levels = [int(tag[2]) for tag in tags if re.fullmatch(r"/H\d", tag)]
    assert levels[0] == 1
    assert all(new <= old + 1 for old, new in pairwise(levels))
    assert all("/Tabs" in page for page in reader.pages if "/Annots" in page)


@pytest.mark.parametrize("audience", Audience)
def test_what_is_for_members_is_in_no_public_dossier(tmp_path: Path, audience: Audience) -> None:
    found = made(tmp_path, audience)
    said = " ".join([text_of(found["liste.pdf"]), *(str(each) for each in found.values())])
    assert ("SECRET" in said) == (audience is Audience.MEMBERS)


def test_what_contributors_write_is_no_markup_and_no_address(tmp_path: Path) -> None:
    raw = made(tmp_path)["liste.pdf"]
    said = text_of(raw)
    assert '#eval(\\"1\\") $x$ @ref' in said
    uris = re.findall(rb"/URI\s*\((.*?)\)", raw)
    assert all(each.startswith((b"http://", b"https://")) for each in uris)
    reader = PdfReader(io.BytesIO(raw))
    assert "/JavaScript" not in str(reader.trailer["/Root"].get("/Names", ""))
    assert UNSHOWN in said


def test_a_made_up_list_says_so_on_its_first_page(tmp_path: Path) -> None:
    first = PdfReader(io.BytesIO(made(tmp_path, example=True)["liste.pdf"])).pages[0]
    assert "tout est inventé ici" in " ".join(first.extract_text().split())


def test_the_same_day_gives_the_same_bytes(tmp_path: Path) -> None:
    graph = load(folder_at(write(tmp_path, files())), today=TODAY).graph
    one, two = (dict(dossiers(graph, Words("fr"), "C", "")) for _ in range(2))
    assert one == two
    assert list(one) == ["packages/liste/dossier.pdf"]


def document(title: str, *texts: str) -> dict[str, Any]:
    runs = [{"text": shown(each)} for each in texts]
    return {
        "title": shown(title),
        "club": "",
        "language": "fr",
        "date": [2024, 1, 1],
        "mark": "",
        "running": "r",
        "contents": "c",
        "about": [],
        "sections": [{"title": "S", "blocks": [{"kind": "paragraph", "runs": runs}]}],
    }


def test_the_font_has_each_character_that_is_kept() -> None:
    kept = [chr(each) for first, last in SHOWN for each in range(first, last + 1)]
    pdf(document("Tous", *kept, *MORE))  # Typst refuses a character that no font shows


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=60), st.text(max_size=200))
def test_no_text_keeps_a_dossier_from_being_written(title: str, text: str) -> None:
    said = text_of(pdf(document(title or "x", text)))
    letters = [c for c in unicodedata.normalize("NFC", text) if c.isascii() and c.isalnum()]
    assert all(each in said for each in letters)


def test_html_becomes_blocks() -> None:
    html = (
        "<p>a <strong>b</strong> <a href='https://x.example/'>c</a></p>"
        "<ul><li>d<ul><li>e</li></ul></li></ul><pre><code>f\n  g\n</code></pre>"
        "<blockquote><p>h</p></blockquote><h4>i</h4>"
        "<table><tr><th>j</th><th>k</th></tr><tr><td>l</td></tr></table>"
    )
    first, items, code, quote, label, table = blocks_of(html)
    assert [run["text"] for run in first["runs"]] == ["a ", "b", " ", "c"]
    assert first["runs"][1]["strong"]
    assert first["runs"][3]["url"] == "https://x.example/"
    assert items["items"][0][1]["items"][0][0]["runs"][0]["text"] == "e"
    assert code["text"] == "f\n  g"
    assert quote["blocks"][0]["runs"][0]["text"] == "h"
    assert label == {"kind": "label", "text": "i"}
    assert table["head"] == ["j", "k"]
    assert [[run["text"] for cell in row for run in cell] for row in table["rows"]] == [["l"]]


def pages_of(raw: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(raw)).pages]


def listed(count: int) -> dict[str, Any]:
    """A list of so many requests, on each of which all projects but one have spoken."""
    why = "Une raison assez longue pour tenir sur deux lignes ou trois d’une colonne étroite."
    return {
        "requests": [
            {
                "number": number,
                "request": f"r{number}",
                "title": f"Titre {number}",
                "need": "Un besoin que tous ont dit plusieurs fois. " * 6,
                "acceptance": "Un critère que chacun peut lire. " * 4,
                "state": "sent",
                "positions": [
                    {"project": id, "stance": "wanted", "reason": why}
                    for at, id in enumerate(("nord", "sud"))
                    if (number + at) % 2
                ],
            }
            for number in range(1, count + 1)
        ]
    }


def many(root: Path, count: int) -> dict[str, bytes]:
    written = files(**listed(count))
    requests = {
        f"r{number}": {"title": f"Titre {number}", "need": "N", "state": "shared"}
        for number in range(1, count + 1)
    }
    written["data/requests.yaml"] = yaml.safe_dump(requests)
    club = load(folder_at(write(root, written)), today=TODAY)
    assert club.errors == ()
    record = club.graph.find("liste")
    assert record
    return dict(dossier_files(record, club.graph, Words("fr"), "Le club", SITE))


def test_a_project_that_had_not_spoken_was_just_absent(tmp_path: Path) -> None:
    found = many(tmp_path, 2)
    said = text_of(found["liste.pdf"])
    assert said.count("pas encore de position") == 2
    first, second = said.split("Positions sur le numéro 2")
    assert "SUD pas encore de position" in first
    assert "NORD pas encore de position" in second
    rows = list(csv.reader(io.StringIO(found["liste.csv"].decode("utf-8-sig")), delimiter=";"))
    told = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    assert [each["SUD"] for each in told] == ["pas encore de position", "souhaitée"]
    club = load(folder_at(tmp_path), today=TODAY)
    record = club.graph.find("liste")
    assert record
    html = Site(club.graph, Renderer(club.graph.registry, "fr")).page(record).html
    assert html.count(">pas encore de position<") == 2 + 2  # in each table of positions, and in all


def test_reason_and_constraint_had_no_column_and_the_title_had_two(tmp_path: Path) -> None:
    rows = list(
        csv.reader(io.StringIO(made(tmp_path)["liste.csv"].decode("utf-8-sig")), delimiter=";")
    )
    head, first = rows[:2]
    assert len(set(head)) == len(head)
    told = dict(zip(head, first, strict=True))
    assert told["Adresse"].endswith("requests/r1/")
    assert list(told.values()).count("Exporter le cahier") == 1
    assert told["NORD"] == "indispensable, rang 1"
    assert told["Raison – NORD"] == "Pour l’inspection."
    assert "Contrainte – NORD" not in told, "nobody gave any"


def test_cover_and_contents_took_two_pages_and_a_table_stood_alone(tmp_path: Path) -> None:
    first, *others = pages_of(many(tmp_path, 9)["liste.pdf"])
    assert "Liste de mars" in first
    assert "Sommaire" in first
    assert "9. Titre 9" in first
    for number in range(1, 10):
        (held,) = (each for each in others if f"Positions sur le numéro {number} " in each)
        assert f"{number}. Titre {number}" in held, "a request is on one page, title to positions"


def test_contents_longer_than_a_page_go_on(tmp_path: Path) -> None:
    pages = pages_of(many(tmp_path, 80)["liste.pdf"])
    assert "Sommaire" in pages[0]
    assert all(f"{number}. Titre {number} " in " ".join(pages[:4]) for number in (1, 40, 80))
