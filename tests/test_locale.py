"""The catalogues hold every message of the code, whole, and French reads as it should."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po
from pydantic import BaseModel

from club.model.dates import PartialDate
from club.model.fields import Qualifier, Reliability
from club.model.message import CONTEXT_SEPARATOR, Choice, Message
from club.model.money import Money
from club.model.problem import Level, Place
from club.model.shape import slots
from club.model.view import NO, YES, ClaimView, Unknown
from club.publish.words.language import DOMAIN, LANGUAGES, LOCALES, Words
from club.publish.words.typography import typeset
from club.records.meeting.model import AgendaState, MeetingStatus
from club.records.project.model import ProjectState
from club.records.request.model import RequestState, Stance
from tests.clubs import REGISTRY

ROOT = Path(__file__).parent.parent
NBSP, NARROW_NBSP = "\u00a0", "\u202f"
# As `make messages` has it: change both together.
EXTRACT = ["--mapping-file", str(LOCALES / "babel.cfg"), "--no-default-keywords", "--omit-header"]
KEYWORDS = ["--keywords", "_ N_ P_:1c,2"]

Key = tuple[str, str]
FRENCH = Words("fr")
ENGLISH = Words("en")


def key_of(id: str) -> Key:
    context, _, text = id.rpartition(CONTEXT_SEPARATOR)
    return context, text


def texts_by_key(catalogue: Catalog) -> dict[Key, str]:
    return {
        (each.context or "", str(each.id)): str(each.string or "") for each in catalogue if each.id
    }


def catalogue(language: str) -> Catalog:
    with (LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        return read_po(file, locale=language)


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> set[Key]:
    template = tmp_path_factory.mktemp("locale") / "club.pot"
    folders = [str(ROOT / "club"), str(ROOT / "plugins")]
    CommandLineInterface().run(
        ["pybabel", "--quiet", "extract", *EXTRACT, *KEYWORDS, "-o", str(template), *folders]
    )
    with template.open("rb") as file:
        return set(texts_by_key(read_po(file)))


@pytest.fixture(scope="module")
def french() -> dict[Key, str]:
    return texts_by_key(catalogue("fr"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_in_the_catalogue(language: str, extracted: set[Key]) -> None:
    assert extracted - set(texts_by_key(catalogue(language))) == set(), "run `make messages`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_of_the_catalogue_is_gone_from_the_code(
    language: str, extracted: set[Key]
) -> None:
    found = catalogue(language)
    assert set(texts_by_key(found)) - extracted == set(), "run `make messages`"
    assert list(found.obsolete) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_for_certain(language: str) -> None:
    found = [each for each in catalogue(language) if each.id]
    assert [each.id for each in found if not each.string] == []
    assert [each.id for each in found if each.fuzzy] == []


def slots_of(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_fills_the_same_slots(language: str) -> None:
    texts = texts_by_key(catalogue(language))
    assert {id: text for (_, id), text in texts.items() if slots_of(id) != slots_of(text)} == {}


def test_french_is_typeset(french: dict[Key, str]) -> None:
    assert [text for text in french.values() if typeset(text, "fr") != text] == []
    assert [text for text in french.values() if set(text) & set("'“”\"")] == []


def choices(family: type[Choice] = Choice) -> Iterator[Choice]:
    for each in family.__subclasses__():
        yield from each
        yield from choices(each)


def test_every_label_of_a_choice_is_translated(french: dict[Key, str]) -> None:
    found = [each for each in choices() if each.__class__.__module__.startswith("club.")]
    assert len(found) > 50
    assert [repr(each) for each in found if not french.get(key_of(each.label))] == []


def models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for slot in slots(model):
        for part in slot.parts:
            yield from models(part)


@pytest.mark.parametrize("kind", REGISTRY.kinds, ids=lambda kind: kind.name)
def test_every_word_of_a_kind_is_translated(kind, french: dict[Key, str]) -> None:  # type: ignore[no-untyped-def]
    fields = [field for model in models(kind.model) for field in model.model_fields.values()]
    said = [kind.singular, kind.plural, kind.intro]
    said += [each.label for each in (*kind.columns, *kind.facets)]
    said += [text for field in fields for text in (field.title, field.description) if text]
    assert [text for text in said if not french.get(key_of(text))] == []


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2012", "2012"),
        ("2012-02", f"février{NBSP}2012"),
        ("2012-02-17", f"17{NBSP}février 2012"),
        ("2012-03-01", f"1er{NBSP}mars 2012"),
        ("rentrée 2014", "rentrée 2014"),
        ("fin 2014", "fin 2014"),
        ("2012-2013", "année scolaire 2012-2013"),
        ("~2012", "vers 2012"),
        ("2012-02?", f"février{NBSP}2012 (date incertaine)"),
    ],
)
def test_a_date_in_french(written: str, said: str) -> None:
    assert FRENCH.say(PartialDate.parse(written)) == said


def message(id: str, **params: object) -> Message:
    return Message(id, params)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            message("target: {date}", date=PartialDate.parse("rentrée 2014")),
            "objectif rentrée 2014",
        ),
        (message("projects on {platform}", platform="K-d’école"), "projets sur K-d’école"),
        (
            message("The other projects on {platform}", platform="K-d’école"),
            "Les autres projets sur K-d’école",
        ),
        (
            message("{errors} errors, {warnings} warnings", errors=1, warnings=12),
            "1 erreur(s), 12 avertissement(s)",
        ),
        (message("How many schools?"), f"Combien d’établissements{NARROW_NBSP}?"),
        (
            message("“{found}” is not a date", found="2012-13"),
            f"«{NBSP}2012-13{NBSP}» n’est pas une date",
        ),
        (
            message("one of {values}", values=("a", "b", "c")),
            f"l’une de ces valeurs{NBSP}: a, b et c",
        ),
        (Level.ERROR, "erreur"),
        (RequestState.DISCUSSED, "discutée"),
        (Stance.WANTED, "souhaitée"),
        (MeetingStatus.CANCELLED, "annulée"),
        (AgendaState.POSTPONED, "reporté"),
        (ProjectState.GENERALISED, "généralisé"),
        (Reliability.SINGLE_SOURCE, "source unique"),
        ((YES, NO), "oui et non"),
        (True, "oui"),
        (Unknown(), "inconnu"),
        (None, ""),
        (Money.parse("17.7 M€"), f"17{NARROW_NBSP}700{NARROW_NBSP}000,00{NBSP}€"),
    ],
    ids=str,
)
def test_a_value_in_french(value: object, said: str) -> None:
    assert FRENCH.say(value) == said


@pytest.mark.parametrize(
    ("qualifier", "said"),
    [
        (Qualifier.EXACT, f"1{NARROW_NBSP}200{NBSP}élèves"),
        (Qualifier.ABOUT, f"environ 1{NARROW_NBSP}200{NBSP}élèves"),
        (Qualifier.TARGET, f"1{NARROW_NBSP}200{NBSP}élèves (objectif)"),
    ],
)
def test_a_claim_in_french(qualifier: Qualifier, said: str) -> None:
    stated = ClaimView(
        value=1200,
        qualifier=qualifier,
        as_of=None,
        source=None,
        scope=None,
        trust=Reliability.UNVERIFIED,
        note=None,
        place=Place("data/projects.yaml"),
        unit="élèves",
    )
    assert FRENCH.say(stated) == said


def test_english_is_its_own_ids_without_their_context() -> None:
    assert ENGLISH.say(RequestState.SENT) == "sent to the vendor"
    assert ENGLISH.say(PartialDate.parse("rentrée 2014")) == "start of the 2014 school year"
    assert ENGLISH.say(message("schools equipped")) == "schools equipped"
