"""Dossiers, read back by another reader of PDF than the one that writes them."""

from __future__ import annotations

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
    csv = found["liste.csv"].decode("utf-8-sig")
    assert "Exporter le cahier" in csv
    assert "Pour l’inspection." in csv


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
