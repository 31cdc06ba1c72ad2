"""The expressions of series on a second engine: Spark, in local mode, where it is installed.

    python -m venv /tmp/spark && /tmp/spark/bin/pip install pyspark -e '.[test]'
    /tmp/spark/bin/python -m pytest tests/test_spark.py

It needs a Java virtual machine. What DuckDB answers, Spark must answer too, of the same rows: each
is sent the SQL that Ibis makes for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from club.insight import foreign
from club.insight.aggregation import COLUMNS, expression

pytest.importorskip("pyspark")
pytestmark = [
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
"""The client of Spark leaves sockets open."""
Row = tuple[Any, ...]
SQL_TYPES = {"string": "VARCHAR", "date": "DATE", "decimal(38, 4)": "DECIMAL(38, 4)"}
SQL_TYPES["boolean"] = "BOOLEAN"
SPARK_TYPES = {**SQL_TYPES, "string": "STRING"}
FIGURES: list[Row] = [
    (indicator, project, "profile" if key else "", key, rule, unit, day, value)
    for indicator, rule, unit in (
        ("visites", "sum", "week"),
        ("comptes", "last", "month"),
        ("part", "mean", "month"),
        ("utilisateurs", "none", "week"),
        ("année", "none", "school_year"),
    )
    for project in ("nord", "sud")
    for key in ("", "student")
    for day, value in (
        (date(2011, 8, 31), Decimal("7")),
        (date(2011, 9, 1), Decimal("10")),
        (date(2012, 1, 5), None),
        (date(2012, 2, 29), Decimal("1234.5")),
        (date(2012, 8, 31), Decimal("3")),
        (date(2012, 9, 1), None),
    )
]
TEXTS = (
    *("1", "007", "1 234", "1\u00a0234,5", "1\u202f234", "12,5", "0.123", "1.234", "1,234,567"),
    *("", "-1", "1,23E+05", "=A1", "n/a", "12 34", "1\n", "123456789012345", "1234567890123456"),
    *("31:04:59", "00:00:00", "1:02:03", "12:60:00", "999999:59:59"),
)
CELLS: list[Row] = [
    (
        f"u{number % 3}",
        f"p{number % 2}",
        text or None,
        TEXTS[-1 - number] or None,
        not text or (text.isdecimal() and len(text) <= 15),
    )
    for number, text in enumerate(TEXTS)
]
SCHOOLS: list[Row] = [("u0", "nord"), ("u1", "nord")]
PERIODS: list[Row] = [("p0", "2024-W36"), ("p1", "2024-W37")]
KEY = {"school": "string", "period": "string"}
TEXT = {**KEY, "c0": "string", "c1": "string", "plain": "boolean"}
TABLES: dict[str, tuple[dict[str, str], list[Row]]] = {
    "figures": (COLUMNS, FIGURES),
    "keys": (KEY, [row[:2] for row in CELLS]),
    "cells": (TEXT, CELLS),
    "schools": ({"school": "string", "project": "string"}, SCHOOLS),
    "periods": ({"period": "string", "said": "string"}, PERIODS),
}
EXPRESSIONS = {
    "month": lambda: expression("month"),
    "quarter": lambda: expression("quarter"),
    "school_year": lambda: expression("school_year"),
    "schools seen": foreign.schools_seen,
    "periods seen": foreign.periods_seen,
    "twice": foreign.twice,
    "sums": lambda: foreign.sums([False, True]),
}


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession  # noqa: PLC0415

    builder = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.shuffle.partitions", "1").getOrCreate()
    for name, (columns, rows) in TABLES.items():
        schema = ", ".join(f"{each} {SPARK_TYPES[kind]}" for each, kind in columns.items())
        session.createDataFrame(rows, schema).createOrReplaceTempView(name)
    yield session
    session.stop()


@pytest.fixture(scope="module")
def base() -> Iterator[Any]:
    import duckdb  # noqa: PLC0415

    with duckdb.connect(":memory:") as connection:
        for name, (columns, rows) in TABLES.items():
            fields = ", ".join(f"{each} {SQL_TYPES[kind]}" for each, kind in columns.items())
            connection.execute(f"CREATE TABLE {name} ({fields})")
            marks = ", ".join("?" for _ in columns)
            connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
        yield connection


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_spark_answers_what_duckdb_answers(name: str, spark: Any, base: Any) -> None:
    import ibis  # noqa: PLC0415

    asked = EXPRESSIONS[name]()
    there = [tuple(each) for each in spark.sql(ibis.to_sql(asked, dialect="pyspark")).collect()]
    here = base.execute(str(ibis.to_sql(asked, dialect="duckdb"))).fetchall()
    assert here
    assert sorted(there, key=repr) == sorted(here, key=repr)
