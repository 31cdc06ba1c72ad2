"""Tells which facts of a club its published data no longer say: `python checks/facts.py site`.

A fact is what a document says: a later figure stands beside it, and only the correction of a
mistake replaces it. So a fact that is missed asks for a second look, and is no fault by itself.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from club.publish.words.visible import visible

FACTS = Path(__file__).with_name("facts.yaml")


def leaves(value: Any) -> Iterator[str]:
    """Every text and number inside *value*."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from leaves(each)
    else:
        yield str(value)


def missed(fact: dict[str, Any], site: Path) -> list[str]:
    """What *fact* says and its record does not."""
    file = site / "data" / f"{fact['record']}.json"
    fields = json.loads(file.read_text("utf-8"))["fields"] if file.is_file() else {}
    said = set(leaves(fields.get(fact["field"])))
    return [str(each) for each in fact["says"] if str(each) not in said]


def main(site: Path, facts: Path = FACTS) -> int:
    """Prints a line for each fact that is missed."""
    try:
        every = yaml.safe_load(facts.read_text("utf-8"))
        lines = [
            f"{each['record']}, {each['field']}: {', '.join(lost)} is no longer said."
            f" {each['because']}"
            for each in every
            if (lost := missed(each, site))
        ]
    except (yaml.YAMLError, ValueError, LookupError, TypeError, OSError, RecursionError) as error:
        print(f"{facts.name}: {visible(str(error))}")
        return 1
    # A proposal writes the facts: none of them begins a line, where CI would take it for an order.
    print(*(f"- {visible(line)}" for line in lines), sep="\n", end="\n" if lines else "")
    print(f"{len(every)} facts, {len(lines)} missed")
    if lines:
        print(f"If the correction is right, correct {facts.name} too.")
    return 1 if lines else 0


if __name__ == "__main__":
    raise SystemExit(main(*map(Path, sys.argv[1:])))
