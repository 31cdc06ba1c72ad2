"""What the search shows of a page reads as sentences."""

from __future__ import annotations

from club.model.message import Message
from club.model.view import PageView
from club.publish.html.render import RenderedPage, Renderer, plain_text
from club.publish.pages.search import document, sentences
from club.publish.words.language import Words
from club.publish.words.typography import breakable, without_whole_words
from tests.clubs import REGISTRY

DEDUCED = '<span class="club-badge club-badge--accent">déduit</span>'


def said(html: str) -> str:
    return sentences(html, Words("fr")).replace("\u00a0", " ")


def test_nothing_parts_an_elided_word_from_the_next() -> None:
    assert said("<p>Le portail d’<a>e-lyco</a> et l’<em>ENT</em>.</p>") == (
        "Le portail d’e-lyco et l’ENT."
    )


def test_the_mark_of_the_club_stands_apart_from_the_values_it_is_about() -> None:
    values = '<ul class="club-values"><li>Vie scolaire</li> <li>Communication</li></ul>'
    note = f'<span class="club-note club-note--whole">{DEDUCED} Rangé par le club.</span>'
    assert said(f"<dl><dt>familles</dt><dd>{values} {note}</dd></dl>") == (
        "Familles : Vie scolaire, Communication (déduit : Rangé par le club.)."
    )


def test_a_pencil_does_not_open_the_evidence_of_one_figure_into_the_next() -> None:
    """“614 (septembre 2018. Établissements visés : 685 2012…)”, where a forge is known."""
    figure = (
        '<dt>{}</dt><dd><span class="club-claim"><span class="club-claim__value">{}</span>'
        ' <span class="club-claim__evidence"><time>{}</time>'
        '<span class="club-claim__dot" aria-hidden="true"> · </span>'
        "La Région</span>"
        '<i class="club-edit" data-at="a#L1"></i></span></dd>'
    )
    figures = figure.format("équipés", 614, 2018) + figure.format("visés", 685, 2012)
    assert said(f"<dl>{figures}</dl>") == (
        "Équipés : 614 (2018, La Région). Visés : 685 (2012, La Région)."
    )


def test_the_words_of_the_button_that_follows_an_axis_were_part_of_what_it_says() -> None:
    renderer = Renderer(REGISTRY)
    view = PageView(
        url="axes/a/",
        collection="axes",
        id="a",
        title="A",
        intro=Message("Développer."),
        kind="axis",
    )
    kind = REGISTRY.by_collection["axes"]
    values = {"page": view, "kind": kind, "body": "", "backlinks": (), "discuss": ""}
    html = renderer.render(
        "page.html.jinja", "../../", **values, history=None, since="", feed="feeds/axes/a.xml"
    )
    assert "feeds/axes/a.xml" in html
    page = RenderedPage("axes/a/", "axes", "A", str(html), kind="axe")
    found = document(page, renderer.words)
    assert found
    assert found.parts[0].text == "Développer."


def test_places_to_break_part_no_words_of_the_search() -> None:
    html = breakable("https://gazette.example/une/adresse")
    assert "<wbr>" in html
    assert without_whole_words(html) == "https://gazette.example/une/adresse"
    assert plain_text(f"<p>{html}</p>") == "https://gazette.example/une/adresse"
