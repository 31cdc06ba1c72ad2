"""What a record holds is read in words: codes by their names, and nothing as code has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, StrEnum
from pathlib import Path

import pytest
from babel import Locale

from club.model.field import Field, fields_of, models_in
from club.model.licences import CC_NAMES, OTHERS, licence
from club.model.message import Message
from club.model.record import Audience
from club.model.view import Code, Fact, Link
from club.publish.html.markdown import TextConverter
from club.publish.html.render import Renderer
from club.publish.html.values import Html
from club.publish.pages.site import Site
from club.publish.words.language import UnsayableError, Words
from club.read.load import Club
from club.records.family.model import Family
from club.records.organisation.model import Identifiers, Organisation
from club.records.project.model import Project
from club.records.resource.model import Resource
from tests.clubs import REGISTRY, club_of

FRENCH, ENGLISH = Words("fr"), Words("en")

ORGANISATIONS = (
    "ariege: {name: Conseil départemental, short_name: Ariège, type: department,"
    ' identifiers: {department_code: "09"}, territory: "09"}\n'
    "region: {name: Région, type: region, identifiers: {siren: 732829320, region_code: 76},"
    ' territory: ["93", "09"]}\n'
)


@pytest.fixture(scope="module")
def club(tmp_path_factory: pytest.TempPathFactory) -> Club:
    files = {
        "data/organisations.yaml": ORGANISATIONS,
        "data/projects.yaml": (
            'portail: {name: Le portail, state: rollout, territory: ["93", "09"]}\n'
        ),
        "data/services.yaml": "notes: {label: Notes, dnma_code: notes_eleves}\n",
        "data/offers.yaml": "x9: {service: notes, project: portail, state: available}\n",
        "data/families.yaml": (
            "une: {label: Une, order: 1, frame: portail}\n"
            "deux: {label: Deux, order: 2, frame: sdet-v4-v6}\n"
            "trois: {label: Trois, order: 3, frame: Cadre maison}\n"
        ),
        "data/resources.yaml": (
            "guide: {title: Guide, type: document, licence: CC-BY-NC-SA-4.0, attribution: A,"
            " language: en}\n"
            "plan: {title: Plan, type: document, licence: Usage interne, language: klingon}\n"
        ),
        "docs/index.md": "# Club\n\nVoir [[x9]].\n",
    }
    found = club_of(tmp_path_factory.mktemp("codes"), files)
    assert not found.errors
    return found


def page_of(club: Club, id: str, language: str = "fr") -> str:
    record = club.graph.find(id)
    assert record is not None
    return Site(club.graph, Renderer(REGISTRY, language)).page(record).html


@pytest.mark.parametrize("holder", ["region", "portail"])
def test_a_territory_printed_as_09123246_is_departments_by_name_in_order(
    club: Club, holder: str
) -> None:
    html = page_of(club, holder)
    assert (
        '<a href="../../organisations/ariege/">Ariège</a></li> <li>Seine-Saint-Denis</li>' in html
    )


def test_identifiers_are_facts_each_under_its_own_name(club: Club) -> None:
    html = page_of(club, "region")
    assert "<dt>SIREN</dt><dd>732829320</dd>" in html
    assert "<dt>code de région</dt><dd>76</dd>" in html
    assert "code d’académie" not in html
    assert "identifiants" not in page_of(club, "portail")


def test_a_frame_reads_as_words_or_leads_to_what_it_names(club: Club) -> None:
    assert "Une (Le portail)</h1>" in page_of(club, "une")
    assert '<dd><a href="../../projects/portail/">Le portail</a></dd>' in page_of(club, "une")
    assert "SDET, versions 4 à 6" in page_of(club, "deux")
    assert "SDET, versions 4 to 6" in page_of(club, "deux", "en")
    assert "Trois (Cadre maison)" in page_of(club, "trois")


def test_an_offer_is_called_by_its_service_and_its_project_wherever_it_stands(club: Club) -> None:
    offer = club.graph.find("x9")
    assert offer is not None
    assert club.graph.title(offer) == "Notes – Le portail"
    assert "Notes – Le portail</h1>" in page_of(club, "x9")


def test_a_licence_is_read_by_its_name_and_leads_to_its_page(club: Club) -> None:
    html = page_of(club, "guide")
    name = "Creative Commons Attribution – Pas d’utilisation commerciale – Partage dans les mêmes"
    assert "https://creativecommons.org/licenses/by-nc-sa/4.0/" in html
    assert f"{name} conditions 4.0</a>" in html
    assert "CC BY-NC-SA 4.0" in html
    assert "<dd>Usage interne</dd>" in page_of(club, "plan")


@pytest.mark.parametrize("terms", CC_NAMES)
@pytest.mark.parametrize("place", ["", "-fr"])
def test_every_licence_of_creative_commons_is_known_however_it_is_written(
    terms: str, place: str
) -> None:
    for written in (f"CC-{terms}-3.0{place}".upper(), f"cc {terms} 3.0{place.replace('-', ' ')}"):
        found = licence(written)
        assert isinstance(found, Link)
        assert (
            found.url
            == f"https://creativecommons.org/licenses/{terms}/3.0/{place[1:]}".rstrip("/") + "/"
        )


@pytest.mark.parametrize("id", OTHERS)
def test_other_licences_are_known_by_their_identifiers(id: str) -> None:
    found = licence(id.upper())
    assert isinstance(found, Link)
    assert isinstance(found.title, Message)
    assert found.url.startswith("https://")


def test_a_language_is_named_in_that_of_the_site(club: Club) -> None:
    assert "<dd>anglais</dd>" in page_of(club, "guide")
    assert "<dd>English</dd>" in page_of(club, "guide", "en")
    assert "<dd><code>klingon</code></dd>" in page_of(club, "plan")
    for code in ("fr", "en", "de", "oc", "br"):
        assert FRENCH.say(Code(code, "language")) == Locale("fr").languages[code]


def test_a_time_zone_is_named(club: Club) -> None:
    assert FRENCH.say(Code("Europe/Paris", "time_zone")) == "heure d’Europe centrale"
    assert FRENCH.say(Code("Lune/Mer", "time_zone")) == "Lune/Mer"
    assert "<code>notes_eleves</code>" in page_of(club, "notes")


class Plain(Enum):
    ONE = "one"


class Worded(StrEnum):
    IN_PROGRESS = "in_progress"


@dataclass
class Stray:
    secret: str = "kept"


STRAY = [
    Identifiers(),
    Plain.ONE,
    Worded.IN_PROGRESS,
    Stray(),
    {"a": 1},
    {"a"},
    b"bytes",
    3.5,
    object(),
    Family,
]


@pytest.mark.parametrize("value", STRAY, ids=lambda value: value.__class__.__name__)
def test_what_has_no_words_is_never_shown(value: object) -> None:
    """Eleven pages read “audience=<Audience.PUBLIC: 'public'> siren=None”."""
    writers = [Html(words, TextConverter(words.language)) for words in (FRENCH, ENGLISH)]
    for html in writers:
        for refused in (html.show, html.say, html.plain, lambda it, html=html: html.show((it,))):
            with pytest.raises(UnsayableError) as error:
                refused(value)
            assert "kept" not in str(error.value)


@pytest.mark.parametrize("value", [None, *STRAY], ids=lambda value: value.__class__.__name__)
def test_the_field_and_the_page_of_what_has_no_words_are_told(value: object) -> None:
    html = Html(FRENCH, TextConverter("fr"))
    with pytest.raises(UnsayableError) as error:
        html.fact(Fact(Message("territory"), ((value, value),) if value else (Ellipsis,)))
    assert error.value.__notes__ == ["the field territory"]


def coded() -> Iterator[tuple[str, Field]]:
    for kind in REGISTRY.kinds:
        for model in models_in(kind.model):
            for name, field in fields_of(model).items():
                if field.code:
                    yield f"{model.__name__}.{name}", field


def test_every_code_of_a_record_has_words_that_a_page_can_write() -> None:
    html = Html(FRENCH, TextConverter("fr"))
    found = dict(coded())
    assert {"Resource.licence", "Project.territory", "Meeting.time_zone"} <= found.keys()
    for field in found.values():
        assert field.code
        assert html.show(field.code.said("09")) != ""


def test_the_words_of_parts_are_those_of_their_fields(club: Club, tmp_path: Path) -> None:
    assert {Organisation, Project, Resource} <= {kind.model for kind in REGISTRY.kinds}
    assert Audience.PUBLIC.label not in page_of(club, "region")
