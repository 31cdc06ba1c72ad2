"""Official identifiers, checked by form and check mark, kept as text so leading zeros survive.

UAI: seven digits and a letter, the remainder of the number modulo 23 in an alphabet without I, O
and Q (Ministère de l'Éducation nationale, annuaire des établissements). SIREN and SIRET: Luhn,
with La Poste's exception, by python-stdnum (INSEE).
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError
from stdnum.fr import siren, siret

from club.model.departments import NAMES

UAI_ALPHABET = "ABCDEFGHJKLMNPRSTUVWXYZ"
UAI_FORM = re.compile(r"[0-9]{7}[A-HJ-NPR-Z]")
UAI_MEANT = re.compile(r"([0-9OI]{5,7})[A-Z]?")
DIGITS_MEANT = str.maketrans("OI", "01")
OF_CORSICA = {"620": "2A", "720": "2B"}
"""The numbers that schools of Corsica have kept from before its départements were two."""
LA_POSTE = "356000000"


def uai_letter(number: str) -> str:
    """The check letter of a UAI whose seven digits are *number*."""
    return UAI_ALPHABET[int(number) % len(UAI_ALPHABET)]


def is_uai(text: str) -> bool:
    """Whether *text* is seven digits and the letter that checks them."""
    return UAI_FORM.fullmatch(text) is not None and text[-1] == uai_letter(text[:7])


def nearest_uais(found: str) -> tuple[str, ...]:
    """The UAIs that *found*, which is none, may have been meant for, the likeliest first.

    A spreadsheet drops the zeros in front; fingers take O for 0, I for 1 and forget the letter.
    """
    match = UAI_MEANT.fullmatch(_compact(found).upper())
    if match is None:
        return ()
    number = match[1].translate(DIGITS_MEANT).zfill(7)
    return (number + uai_letter(number),)


def department_of(uai: str) -> str:
    """The code of the département that *uai* was given in, or "" where its digits name none.

    Three digits say it: 0NN is NN, 620 and 720 are 2A and 2B, 97N is overseas (annuaire de
    l’éducation, Ministère de l’Éducation nationale).
    """
    number = uai[:3]
    code = OF_CORSICA.get(number) or (number[1:] if number[0] == "0" else number)
    return code if code in NAMES else ""


def _refuse(found: str, identifier: str, form: str) -> PydanticCustomError:
    return PydanticCustomError(
        "bad-identifier", "", {"found": found, "identifier": identifier, "form": form}
    )


def _compact(value: object) -> str:
    return re.sub(r"[\s\u00a0\u202f]", "", str(value))


def check_uai(value: str) -> str:
    """*value*, or an error that gives the right letter."""
    if is_uai(value):
        return value
    right = value[:7] + uai_letter(value[:7]) if re.fullmatch(r"[0-9]{7}.?", value) else "0440001M"
    raise _refuse(value, "UAI", right)


def check_siren(value: str) -> str:
    """*value*, nine digits whose Luhn sum is right."""
    if siren.is_valid(value):
        return value
    raise _refuse(value, "SIREN", "732829320")


def check_siret(value: str) -> str:
    """*value*, fourteen digits; La Poste's establishments need a digit sum multiple of five."""
    is_la_poste = re.fullmatch(LA_POSTE + r"[0-9]{5}", value) is not None
    if siret.is_valid(value) or (is_la_poste and sum(map(int, value)) % 5 == 0):
        return value
    raise _refuse(value, "SIRET", "73282932000074")


def _by_form(identifier: str, form: str, example: str) -> AfterValidator:
    pattern = re.compile(form, re.ASCII)

    def check(value: str) -> str:
        if pattern.fullmatch(value):
            return value
        raise _refuse(value, identifier, example)

    return AfterValidator(check)


# An editor reads an unquoted 09 as the number 9, so the schema takes numbers too.
_JSON = {"type": ["string", "integer"]}

Uai = Annotated[str, BeforeValidator(_compact), AfterValidator(check_uai), WithJsonSchema(_JSON)]
Siren = Annotated[
    str, BeforeValidator(_compact), AfterValidator(check_siren), WithJsonSchema(_JSON)
]
Siret = Annotated[
    str, BeforeValidator(_compact), AfterValidator(check_siret), WithJsonSchema(_JSON)
]
DepartmentCode = Annotated[
    str,
    _by_form("département", r"0[1-9]|1\d|2[1-9AB]|[3-8]\d|9[0-5]|97[1-6]", "09"),
    WithJsonSchema(_JSON),
]
RegionCode = Annotated[str, _by_form("région", r"0[1-6]|[1-9]\d", "52"), WithJsonSchema(_JSON)]
AcademyCode = Annotated[str, _by_form("académie", r"\d\d", "17"), WithJsonSchema(_JSON)]
