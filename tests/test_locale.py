"""English is in the code; French says all of it, and reads as it should."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile, copytree, ignore_patterns
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from club.model.dates import PartialDate
from club.model.field import models_in
from club.model.fields import Qualifier, Reliability
from club.model.message import CONTEXT_SEPARATOR, Choice, Message
from club.model.money import Money
from club.model.problem import Level, Place
from club.model.view import NO, YES, ClaimView, Unknown
from club.publish.words.catalogues import DOMAIN, LOCALES
from club.publish.words.language import Words
from club.publish.words.typography import typeset
from club.records.meeting.model import AgendaState, MeetingStatus
from club.records.project.model import ProjectState
from club.records.request.model import RequestState, Stance
from tests.clubs import REGISTRY

ROOT = Path(__file__).parent.parent
NBSP, NARROW_NBSP = "\u00a0", "\u202f"
FRENCH_FILE = LOCALES / "fr" / "LC_MESSAGES" / f"{DOMAIN}.po"

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


def copied(folder: Path) -> Path:
    """What `make messages` reads and writes, in a folder of its own; gives the French catalogue."""
    for each in ("club", "plugins"):
        copytree(ROOT / each, folder / each, ignore=ignore_patterns("__pycache__"))
    copyfile(ROOT / "Makefile", folder / "Makefile")
    return folder / FRENCH_FILE.relative_to(ROOT)


def make_messages(folder: Path) -> None:
    """As a maintainer runs it, with the tools that run this test."""
    command = ["make", "--silent", "-o", ".venv/tested", f"BIN={Path(sys.executable).parent}"]
    env = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    subprocess.run([*command, "messages"], cwd=folder, env=env, check=True)


def entries(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="fr")


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The French catalogue as `make messages` leaves it."""
    path = copied(tmp_path_factory.mktemp("messages"))
    make_messages(path.parents[4])
    return path


@pytest.fixture(scope="module")
def french() -> dict[Key, str]:
    return texts_by_key(entries(FRENCH_FILE))


def test_every_sentence_has_its_french(refreshed: Path) -> None:
    words = [each for each in entries(refreshed) if each.id]
    missing = [each.id for each in words if not each.string or each.fuzzy]
    assert missing == [], f"run `make messages`, then put into French: {missing}"


def test_make_messages_changes_nothing_on_a_clean_tree(refreshed: Path) -> None:
    assert refreshed.read_bytes() == FRENCH_FILE.read_bytes(), "run `make messages`"


def test_make_messages_guesses_nothing(tmp_path: Path) -> None:
    """A sentence reworded in the code comes in untranslated; its former words go."""
    path = copied(tmp_path)
    whole = path.read_text("utf-8")
    entry = 'msgid "schools equipped"\nmsgstr "{}"\n'
    known = entry.format("établissements équipés")
    assert known in whole
    path.write_text(whole.replace(known, known.replace("schools", "colleges")), "utf-8")
    make_messages(tmp_path)
    assert path.read_text("utf-8") == whole.replace(known, entry.format(""))


def slots_of(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_a_translation_fills_the_same_slots(french: dict[Key, str]) -> None:
    assert {id: text for (_, id), text in french.items() if slots_of(id) != slots_of(text)} == {}


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


@pytest.mark.parametrize("kind", REGISTRY.kinds, ids=lambda kind: kind.name)
def test_every_word_of_a_kind_is_translated(kind, french: dict[Key, str]) -> None:  # type: ignore[no-untyped-def]
    fields = [field for model in models_in(kind.model) for field in model.model_fields.values()]
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
