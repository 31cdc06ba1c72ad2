"""The types that recur: claims, counts, amounts, references, yes and no."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from club.model.fields import (
    Citation,
    Claim,
    Count,
    Many,
    Qualifier,
    Reference,
    Reliability,
    Share,
)
from club.model.money import Money
from club.model.record import Record, YesNo
from club.model.source import parse
from club.model.structure import Raw, structure
from club.records.project.model import Project
from tests.clubs import club_of

CLAIMS: TypeAdapter[tuple[Claim[int], ...]] = TypeAdapter(Many[Claim[Count]])
MONEY: TypeAdapter[Money] = TypeAdapter(Money)


def test_a_claim_bare_in_a_mapping_or_in_a_list() -> None:
    bare = Claim[Count](value=77)
    for written in ("77", {"value": "77"}, ["77"], [{"value": "77"}], ("77",)):
        assert CLAIMS.validate_python(written) == (bare,)
    assert [each.value for each in CLAIMS.validate_python(["77", {"value": "80"}])] == [77, 80]


def test_a_claim_says_no_more_than_it_knows() -> None:
    (bare,) = CLAIMS.validate_python("77")
    assert (bare.qualifier, bare.as_of, bare.source) == (Qualifier.EXACT, None, None)
    assert bare.trust is Reliability.UNVERIFIED
    (cited,) = CLAIMS.validate_python({"value": "77", "source": "gazette"})
    assert cited.trust is Reliability.SINGLE_SOURCE
    (marked,) = CLAIMS.validate_python({"value": "77", "source": "x", "reliability": "verified"})
    assert marked.trust is Reliability.VERIFIED


@given(st.integers(0, 10**12), st.sampled_from([" ", "\u00a0", "\u202f"]))
def test_counts_with_spaces(value: int, space: str) -> None:
    written = f"{value:,}".replace(",", space)
    assert TypeAdapter(Count).validate_python(written) == value


@pytest.mark.parametrize("value", ["-1", "1.5", "1,5", "beaucoup", "", "1 200 écoles"])
def test_what_is_no_count(value: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Count).validate_python(value)


def test_decimals_with_a_comma() -> None:
    assert TypeAdapter(Share).validate_python("99,9") == Decimal("99.9")
    for value in ("100,1", "-1", "NaN"):
        with pytest.raises(ValidationError):
            TypeAdapter(Share).validate_python(value)


@pytest.mark.parametrize(
    ("written", "amount", "currency"),
    [
        ("17.7 M€", "17700000", "EUR"),
        ("17,7 M€", "17700000", "EUR"),
        ("4,50 €", "4.50", "EUR"),
        ("1 200 EUR", "1200", "EUR"),
        ("1\u202f200\u00a0€", "1200", "EUR"),
        ("3 k€", "3000", "EUR"),
        ("12 chf", "12", "CHF"),
    ],
)
def test_amounts(written: str, amount: str, currency: str) -> None:
    assert MONEY.validate_python(written) == Money(Decimal(amount), currency)


@pytest.mark.parametrize("value", ["", "12", "€", "12 euros", "1.2.3 €", "-3 €", "beaucoup €"])
def test_what_is_no_amount(value: str) -> None:
    with pytest.raises(ValidationError):
        MONEY.validate_python(value)


@given(st.decimals(0, 10**9, places=2), st.sampled_from(["", "k", "M"]))
def test_amounts_read_back(amount: Decimal, scale: str) -> None:
    money = Money.parse(f"{amount} {scale}€")
    assert Money.parse(str(money)) == money


def test_an_amount_that_is_none_is_a_problem_at_its_line() -> None:
    class Bill(Record, kind="bill"):
        amount: Money

    block = parse("x.yaml", "a:\n  amount: cher\n").content["a"]
    problems = structure(Raw("a", block, "x.yaml"), Bill)
    assert isinstance(problems, list)
    assert [(str(each.place), each.rule.name) for each in problems] == [("x.yaml:2:3", "bad-money")]
    assert problems[0].message.params == {"found": "cher"}


@pytest.mark.parametrize(
    ("word", "value"),
    [("oui", True), ("Non", False), (" OUI ", True), ("yes", True), ("no", False), ("true", True)],
)
def test_yes_and_no(word: str, value: bool) -> None:
    assert TypeAdapter(YesNo).validate_python(word.strip() if word != " OUI " else word) is value


def test_words_that_are_neither() -> None:
    for word in ("ouais", "", "2", "o"):
        with pytest.raises(ValidationError):
            TypeAdapter(YesNo).validate_python(word)


def test_references_are_ids_and_compare_by_them() -> None:
    found = TypeAdapter(Reference[Project]).validate_python(" e-lyco ")
    assert found == Reference("e-lyco")
    assert len({found, Reference("e-lyco")}) == 1
    assert found != "e-lyco"
    with pytest.raises(ValidationError):
        TypeAdapter(Reference[Project]).validate_python(["e-lyco"])


def test_a_citation_is_an_id_or_an_address() -> None:
    adapter = TypeAdapter(Citation)
    assert not adapter.validate_python("gazette").is_url
    assert adapter.validate_python("HTTPS://exemple.fr/a").is_url
    for wrong in ("javascript:alert(1)", "www.exemple.fr", "La Gazette", "https://", "http:// a"):
        with pytest.raises(ValidationError):
            adapter.validate_python(wrong)


def test_an_id_of_digits_without_quotes(tmp_path: Path) -> None:
    club = club_of(
        tmp_path,
        {
            "data/axes.yaml": "2013: {label: Un, nature: technical, order: 09}\n",
            "data/requests/1.yaml": "title: 12\nneed: no\nstate: draft\naxes: 2013\n",
        },
    )
    assert club.problems == ()
    assert [record.key for record in club.graph] == ["axes/2013", "requests/1"]
    assert [str(record.title_text) for record in club.graph] == ["Un", "12"]


def test_blank_fields_are_absent_wherever_they_stand(tmp_path: Path) -> None:
    text = (
        "nord:\n  name: Nord\n  state: pilot\n  summary:\n  academies:\n  aliases: ~\n"
        "  schools_equipped:\n    - value: 3\n      qualifier:\n      as_of: null\n"
        "  users:\n    value: 40\n    reliability:\n  example:\n"
    )
    club = club_of(tmp_path, {"data/projects.yaml": text})
    assert club.problems == ()
    (project,) = club.graph.all(Project)
    assert [each.value for each in (*project.schools_equipped, *project.users)] == [3, 40]
    assert project.academies == ()
