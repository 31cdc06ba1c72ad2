"""What the search shows of a page reads as sentences."""

from __future__ import annotations

from club.publish.pages.search import sentences
from club.publish.words.language import Words

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
