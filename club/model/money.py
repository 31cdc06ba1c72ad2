"""Exact amounts of money, as contributors write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

SPACES = re.compile(r"[\s\u00a0\u202f]")


def decimal_text(value: object) -> object:
    """A number as Python writes it: "1 200,5" gives "1200.5"; anything but text is left alone."""
    return SPACES.sub("", value).replace(",", ".") if isinstance(value, str) else value


MONEY_FORM = re.compile(r"([\d\s\u00a0\u202f.,]+?)\s*(M|k)?\s*(€|EUR|[A-Z]{3})", re.IGNORECASE)
SCALE = {"": 0, "k": 3, "m": 6}


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in a currency (ISO 4217 code)."""

    amount: Decimal
    currency: str = "EUR"

    def __str__(self) -> str:
        """A form that reads back as the same amount."""
        return f"{self.amount:f} {self.currency}"

    @classmethod
    def parse(cls, text: str) -> Money:
        """Reads "17.7 M€", "4,50 €" or "1 200 EUR"; raises `ValueError` otherwise."""
        match = MONEY_FORM.fullmatch(text.strip())
        if not match:
            raise ValueError(text)
        number, scale, currency = match.groups()
        try:
            amount = Decimal(str(decimal_text(number))).scaleb(SCALE[(scale or "").lower()])
        except InvalidOperation:
            raise ValueError(text) from None
        return cls(amount, "EUR" if currency == "€" else currency.upper())

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Text in, `Money` out."""
        return core_schema.no_info_plain_validator_function(
            _as_money, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """An amount and its currency."""
        return {"type": "string", "examples": ["17.7 M€", "4,50 €"]}


def _as_money(value: object) -> Money:
    if isinstance(value, Money):
        return value
    try:
        return Money.parse(str(value))
    except ValueError:
        raise PydanticCustomError("bad-money", "", {"found": str(value)}) from None
