"""The dossier of a consultation, read back by another reader of PDF than the one that writes it."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import mkdocs_club
import pytest
from pypdf import PdfReader

from club.cli import main
from club.publish.charts.paper import COLOURS
from tests.choice import CONSULTATION, files
from tests.clubs import write


def reported(root: Path, *options: str) -> dict[str, bytes]:
    """What the command writes of the consultation, by file name."""
    to = root / "report"
    command = ["--root", str(root), "--language", "fr", "consultation", "report"]
    assert main([*command, *(options or ("choix",)), "--to", str(to)]) == 0
    return {file.name: file.read_bytes() for file in to.iterdir()}


def text_of(raw: bytes) -> str:
    pages = PdfReader(io.BytesIO(raw)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def test_the_dossier_says_all_that_the_page_does(tmp_path: Path) -> None:
    found = reported(write(tmp_path, files()))
    reader = PdfReader(io.BytesIO(found["choix.pdf"]))
    assert reader.metadata
    assert reader.metadata.title == "Choisir une messagerie"
    root = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("fr", True)
    xmp = reader.xmp_metadata
    assert xmp
    assert b"pdfuaid" in xmp.stream.get_data(), "it says that it is PDF/UA"
    text = text_of(found["choix.pdf"])
    for part in (
        "62 jours entre l’étape précédente et celle-ci",
        "Sans hébergement en Europe.",
        "8 (Étude du marché, Cabinet Ronce)",
        "Alpha 1 à 2 58 58 58",
        "Delta 1 à 3 36 à 96 36 96 Coût",
        "moins de 5 : aucun chiffre n’est montré",
        "Conseil des directions",
        "Pas encore de plan pour : Nord et Est.",
        "Comment c’est calculé",
    ):
        assert part in text, part
    titles = [str(each.title) for each in reader.outline if not isinstance(each, list)]
    assert titles[:3] == ["Étapes", "Outils en usage", "Candidatures"]


def figures(reader: PdfReader) -> list[str]:
    """What is said in place of each figure of a tagged PDF, in the order of its structure."""
    found: list[str] = []

    def walk(node: Any) -> None:
        each = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(each, list):
            for inner in each:
                walk(inner)
        elif isinstance(each, dict):
            if each.get("/S") == "/Figure":
                found.append(str(each.get("/Alt", "")))
            walk(each.get("/K", []))

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    return found


def test_the_dossier_had_tables_where_the_page_has_pictures(tmp_path: Path) -> None:
    found = reported(write(tmp_path, files()))
    reader = PdfReader(io.BytesIO(found["choix.pdf"]))
    said = figures(reader)
    for title in (
        "Étapes de « Choisir une messagerie »",
        "Le classement de « Choisir une messagerie »",
        "Dans combien de pondérations au hasard",
    ):
        assert any(re.sub(r"\s", " ", each).startswith(title) for each in said), title
    text = text_of(found["choix.pdf"])
    for drawn in ("62 jours d’intervalle", "2 jours en commun", "1 jour en commun", "36 à 96"):
        assert drawn in text, "words of a picture stay words"
    assert "62 jours entre l’étape précédente et celle-ci" in text
    assert text.count("62 jours d’intervalle") == 2, "the picture, and the table that says it too"
    assert not any(page.images for page in reader.pages), "lines stay lines however large"


def test_the_dossier_draws_how_far_a_weight_may_move(tmp_path: Path) -> None:
    last = {"candidate": "delta", "criterion": "cout", "score": 12, "by": "cabinet"}
    root = write(tmp_path, files(scores=[*CONSULTATION["scores"], last]))
    said = figures(PdfReader(io.BytesIO(reported(root)["choix.pdf"])))
    assert any("« Alpha »" in re.sub(r"\s", " ", each) for each in said)


def test_a_picture_on_paper_has_the_light_colours_of_the_site() -> None:
    css = (Path(mkdocs_club.__file__).parent / "assets/club.css").read_text("utf-8")
    light = css.partition("@media screen")[0]
    for name, colour in COLOURS.items():
        if name == "on":
            continue
        said = f"--club-hue-{name}" if name.isdecimal() else f"--club-{name}"
        assert f"{said}: {colour};" in light, said


def test_its_tables_and_its_data_come_with_it(tmp_path: Path) -> None:
    found = reported(write(tmp_path, files()))
    text = found["choix-ranking.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert {each["Candidature"]: each["Rang"] for each in rows} == {
        "Alpha": "1 à 2",
        "Delta": "1 à 3",
        "Bêta": "2 à 3",
    }
    assert json.loads(found["choix.json"])["id"] == "choix"
    assert not any(b"4;1;4;1;4;1" in raw for raw in found.values()), "answers stay where they are"


def test_what_is_for_members_is_in_the_dossier_of_members_alone(tmp_path: Path) -> None:
    opinion = {"body": "Bureau", "opinion": "SECRET-O", "audience": "members"}
    root = write(tmp_path, files(opinions=[*CONSULTATION["opinions"], opinion]))
    assert "SECRET-O" not in text_of(reported(root, "choix", "--audience", "public")["choix.pdf"])
    assert "SECRET-O" in text_of(reported(root, "choix", "--audience", "members")["choix.pdf"])


def test_a_consultation_that_is_not_there_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write(tmp_path, files())
    command = ["--root", str(root), "--language", "fr", "consultation", "report", "nord"]
    assert main(command) == 1
    assert "aucune consultation ne s’appelle « nord »" in re.sub(
        r"\s", " ", capsys.readouterr().err
    )
