"""The rules of packages, which may fail in any way: that is told, and the others still speak."""

from __future__ import annotations

from collections.abc import Iterable

from club.model.graph import Graph
from club.model.kind import Check
from club.model.message import N_, Message, reason_of
from club.model.own_rules import BROKEN_RULE, BROKEN_RULE_FOUND
from club.model.problem import Place, Problem

NO_PROBLEMS = N_("it gives no problems")


def found_by(check: Check, graph: Graph) -> Iterable[Problem]:
    """The breaches of the rule of *check*; a rule of our own that fails is a bug, and raises."""
    package = graph.registry.origins.get(check.rule.name)
    if package is None:
        return check.find(graph)
    try:
        found = list(check.find(graph))
    except Exception as error:  # a package may fail in any way
        return [_broken(check, package, reason_of(error))]
    if not all(isinstance(each, Problem) for each in found):
        return [_broken(check, package, Message(NO_PROBLEMS))]
    return found


def _broken(check: Check, package: str, reason: str | Message) -> Problem:
    return BROKEN_RULE.problem(
        Place("mkdocs.yml"),
        BROKEN_RULE_FOUND,
        name=check.rule.name,
        package=package,
        reason=reason,
    )
