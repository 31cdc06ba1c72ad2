"""What `mutants.py` does to the code, by way of Cosmic Ray, and what else it needs installed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import parso
import yaml
from cosmic_ray.ast import ast_nodes, get_ast_from_path
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.operators.provider import OperatorProvider
from coverage.numbits import numbits_to_nums

from club.publish.words.visible import visible

__all__ = ["mutated", "numbits_to_nums", "places_in", "visible", "yaml"]

NOTHING = {"None", "False"}
TURNED = (
    ("Eq", "NotEq"),
    ("Lt", "LtE"),
    ("Lt", "Gt"),
    ("Gt", "GtE"),
    ("LtE", "GtE"),
    ("Is", "IsNot"),
)
OTHERS = (
    "AddNot",
    "ReplaceUnaryOperator_Delete_Not",
    "ReplaceAndWithOr",
    "ReplaceOrWithAnd",
    "ReplaceBreakWithContinue",
    "ReplaceContinueWithBreak",
    "ZeroIterationForLoop",
)


class OurOperator(Operator):
    """What the rooms' own mutants share."""

    @classmethod
    def examples(cls):
        """None: they are for the tests of Cosmic Ray."""
        return ()


class ReturnNone(OurOperator):
    """`return None` for what was to be returned."""

    def mutation_positions(self, node):
        """Where something is returned that is not already as good as None."""
        if node.type == "return_stmt" and node.children[1].get_code().strip() not in NOTHING:
            yield node.start_pos, node.end_pos

    def mutate(self, node, index):
        """Return None."""
        node.children[1] = parso.parse(" None")
        return node


class TurnMembership(OurOperator):
    """`not in` for `in`, and the other way."""

    def mutation_positions(self, node):
        """Where one of them is asked."""
        if node.type == "comparison" and self._word(node) in {"in", "not in"}:
            yield node.start_pos, node.end_pos

    def mutate(self, node, index):
        """Ask for the other."""
        node.children[1] = parso.parse(" not in" if self._word(node) == "in" else " in")
        return node

    @staticmethod
    def _word(node):
        return " ".join(node.children[1].get_code().split())


def operators() -> dict[str, Operator]:
    """What is done to the code, by name."""
    made = OperatorProvider()
    names = [
        f"ReplaceComparisonOperator_{a}_{b}"
        for pair in TURNED
        for a, b in itertools.permutations(pair)
    ]
    found = {name: made[name]() for name in (*names, *OTHERS)}
    return {**found, "ReturnNone": ReturnNone(), "TurnMembership": TurnMembership()}


def places_in(file: Path) -> Iterator[tuple[str, int, int, int]]:
    """Each way to change *file* at each place: its name, which time, the first and last line."""
    nodes = list(ast_nodes(get_ast_from_path(file)))
    for name, operator in operators().items():
        found = (place for node in nodes for place in operator.mutation_positions(node))
        for at, ((first, _), (last, _)) in enumerate(found):
            yield name, at, first, last


def mutated(code: str, operator: str, occurrence: int) -> str:
    """*code* less sound by one place."""
    return str(mutate_code(code, operators()[operator], occurrence))
