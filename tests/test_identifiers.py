"""Official identifiers: check letters, Luhn and its exception, zeros that stay."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from club.model.identifiers import (
    UAI_ALPHABET,
    AcademyCode,
    DepartmentCode,
    RegionCode,
    Siret,
    Uai,
    check_siren,
    check_siret,
    check_uai,
    uai_letter,
)
from club.records.organisation.model import Organisation
from tests.clubs import club_of

# The four of the domain notes, then made-up ones: no real school.
RIGHT = ["0010024W", "0220158C", "0370884K", "0451526P"]


def refusal(check: Callable[[str], str], value: str) -> dict[str, object]:
    with pytest.raises(PydanticCustomError) as caught:
        check(value)
    return dict(caught.value.context or {})


@pytest.mark.parametrize("uai", RIGHT)
def test_right_letters(uai: str) -> None:
    assert check_uai(uai) == uai
    assert uai_letter(uai[:7]) == uai[7]


@given(st.from_regex(r"[0-9]{7}", fullmatch=True), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
def test_one_letter_in_twenty_six_is_right(number: str, letter: str) -> None:
    if letter == uai_letter(number):
        assert check_uai(number + letter) == number + letter
    else:
        assert refusal(check_uai, number + letter)["form"] == number + uai_letter(number)


def test_letters_that_look_like_digits_are_never_used() -> None:
    assert len(UAI_ALPHABET) == 23
    assert not set("IOQ") & set(UAI_ALPHABET)


@pytest.mark.parametrize("value", ["", "0010024", "0010024w", "10024W", "0010024WW", "٠٠١٠٠٢٤W"])
def test_forms_that_are_no_uai(value: str) -> None:
    assert refusal(check_uai, value)["identifier"] == "UAI"


def test_spaces_do_not_count() -> None:
    assert TypeAdapter(Uai).validate_python(" 001 0024\u00a0W ") == "0010024W"
    assert TypeAdapter(Siret).validate_python("732 829 320 00074") == "73282932000074"


def test_luhn() -> None:
    assert check_siren("732829320") == "732829320"
    assert check_siret("73282932000074") == "73282932000074"
    for wrong in ("732829321", "73282932", "", "abcdefghi"):
        assert refusal(check_siren, wrong)["identifier"] == "SIREN"
    for wrong in ("73282932000075", "732829320", ""):
        assert refusal(check_siret, wrong)["identifier"] == "SIRET"


def test_la_poste_counts_its_digits() -> None:
    """Its establishments need a digit sum that is a multiple of five, not Luhn's."""
    head = "356000000"
    for nic in range(0, 99999, 997):
        value = f"{head}{nic:05}"
        if sum(map(int, value)) % 5 == 0 or nic == 48:
            assert check_siret(value) == value
    assert refusal(check_siret, "35600000000012")["identifier"] == "SIRET"


@pytest.mark.parametrize("code", ["01", "09", "19", "2A", "2B", "21", "95", "971", "974", "976"])
def test_departments(code: str) -> None:
    assert TypeAdapter(DepartmentCode).validate_python(code) == code


@pytest.mark.parametrize("code", ["", "0", "1", "00", "20", "2C", "96", "970", "977", "9", "4٤"])
def test_no_departments(code: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(DepartmentCode).validate_python(code)


def test_regions_and_academies() -> None:
    assert TypeAdapter(RegionCode).validate_python("01") == "01"
    assert TypeAdapter(AcademyCode).validate_python("09") == "09"
    for wrong in ("00", "07", "5", "520"):
        with pytest.raises(ValidationError):
            TypeAdapter(RegionCode).validate_python(wrong)


def test_zeros_survive_without_quotes(tmp_path: Path) -> None:
    text = (
        "a:\n  name: A\n  type: academy\n  territory: [01, 09, 2A]\n"
        "  identifiers: {academy_code: 01, department_code: 09, siren: 005880034}\n"
    )
    club = club_of(tmp_path, {"data/organisations.yaml": text})
    assert club.problems == ()
    (found,) = club.graph.all(Organisation)
    assert found.territory == ("01", "09", "2A")
    assert found.identifiers.academy_code == "01"
    assert found.identifiers.department_code == "09"
    assert found.identifiers.siren == "005880034"
