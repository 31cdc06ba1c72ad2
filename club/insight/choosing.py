"""A consultation as its weighted ranking reads it: who weighs what, what each score is worth.

Of a criterion that several scored for one candidate, the value is the mean of theirs: one
evaluator, one voice. A candidate that was set aside is ranked no more; one that was only proposed
is ranked once somebody has scored it. An organisation that has not weighed every criterion, or
that gave no weight to any, has no ranking of its own yet and no voice in that of all.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

from club.insight.weighing import (
    Chances,
    Place,
    Slack,
    Values,
    Weights,
    chances,
    normalised,
    ranking,
    shares,
    slacks,
    together,
)
from club.model.graph import Graph
from club.records.consultation.model import (
    Candidate,
    CandidateState,
    Consultation,
    Criterion,
    Need,
    Score,
)
from club.records.organisation.model import Organisation

P = TypeVar("P", Candidate, Criterion, Need)


@dataclass(frozen=True, slots=True)
class Voice:
    """What an organisation weighs, by the id of what is weighed: None where it has not."""

    organisation: Organisation
    weights: dict[str, Fraction | None]

    @property
    def shares(self) -> dict[str, Fraction] | None:
        """Its weights as shares of one whole; None until it has weighed everything."""
        known = {name: each for name, each in self.weights.items() if each is not None}
        return shares(known) if len(known) == len(self.weights) else None


@dataclass(frozen=True, slots=True)
class Judged:
    """A score, its place in the list, and what it is worth from 0 to 1."""

    index: int
    score: Score
    value: Fraction


@dataclass(frozen=True)
class Choosing:
    """The candidates of a consultation against its criteria."""

    criteria: tuple[Criterion, ...]
    candidates: tuple[Candidate, ...]
    """Those that are ranked, in the order of their list."""
    needs: tuple[Voice, ...]
    voices: tuple[Voice, ...]
    judged: dict[tuple[str, str], tuple[Judged, ...]]
    """The scores of each candidate on each criterion, those of candidates set aside included."""

    @cached_property
    def values(self) -> Values:
        """What each ranked candidate is worth on each criterion that it was scored on."""
        return {
            candidate.id: {
                criterion.id: _mean(found)
                for criterion in self.criteria
                if (found := self.judged.get((candidate.id, criterion.id)))
            }
            for candidate in self.candidates
        }

    @cached_property
    def heard(self) -> tuple[Voice, ...]:
        """The organisations that have weighed everything."""
        return tuple(each for each in self.voices if each.shares)

    @cached_property
    def weights(self) -> Weights | None:
        """The shares of all together, one voice each; None until somebody has weighed all."""
        return together([each.shares or {} for each in self.heard])

    @cached_property
    def ranking(self) -> tuple[Place, ...]:
        """The ranking by the weights of all; empty while there are none."""
        return ranking(self.values, self.weights) if self.weights else ()

    @cached_property
    def slacks(self) -> tuple[Slack, ...]:
        """How far each weight can go before another is first."""
        return slacks(self.values, self.weights) if self.weights else ()

    @cached_property
    def chances(self) -> Chances | None:
        """Who is first when weights are drawn; None without two candidates and two criteria."""
        if len(self.candidates) < 2 or len(self.criteria) < 2 or not self.judged:
            return None
        return chances(self.values, [each.id for each in self.criteria])

    def by(self, voice: Voice) -> tuple[Place, ...]:
        """The ranking by the weights of one organisation; empty until it has weighed everything."""
        return ranking(self.values, voice.shares) if voice.shares else ()

    @property
    def missing(self) -> int:
        """How many scores are missing."""
        whole = len(self.criteria) * len(self.candidates)
        return whole - sum(map(len, self.values.values()))


def _mean(found: tuple[Judged, ...]) -> Fraction:
    return sum((each.value for each in found), Fraction(0)) / len(found)


def choosing(consultation: Consultation, graph: Graph) -> Choosing:
    """The choice that *consultation* prepares, as far as it can be told from what is sound."""
    criteria = tuple(
        each
        for each in _first_of_each(consultation.criteria)
        if each.scale.worst != each.scale.best
    )
    scales = {each.id: each.scale for each in criteria}
    judged: dict[tuple[str, str], tuple[Judged, ...]] = {}
    for index, score in enumerate(consultation.scores):
        if scale := scales.get(score.criterion):
            marks = (Fraction(each) for each in (score.score, scale.worst, scale.best))
            key = (score.candidate, score.criterion)
            judged[key] = (*judged.get(key, ()), Judged(index, score, normalised(*marks)))
    scored = {candidate for candidate, _ in judged}
    unranked = {CandidateState.SET_ASIDE}
    ranked = tuple(
        each
        for each in _first_of_each(consultation.candidates)
        if each.state not in unranked
        and (each.state is not CandidateState.PROPOSED or each.id in scored)
    )
    return Choosing(
        criteria,
        ranked,
        _voices(consultation, _first_of_each(consultation.needs), graph),
        _voices(consultation, criteria, graph),
        judged,
    )


def _first_of_each(parts: tuple[P, ...]) -> tuple[P, ...]:
    """*parts* less those whose id another has already, which are faults."""
    return tuple({each.id: each for each in reversed(parts)}.values())[::-1]


def _voices(
    consultation: Consultation, weighed: tuple[Need, ...] | tuple[Criterion, ...], graph: Graph
) -> tuple[Voice, ...]:
    """Who weighs *weighed*: the participants in the order of their list, then whoever else does."""
    found: dict[str, dict[str, Fraction | None]] = {}
    organisations: dict[str, Organisation] = {}
    for part in weighed:
        for each in part.weights:
            organisation = graph.get(each.organisation)
            if organisation is None:
                continue
            organisations[organisation.id] = organisation
            held = found.setdefault(organisation.id, {one.id: None for one in weighed})
            held[part.id] = Fraction(each.weight)
    listed = [record.id for each in consultation.participants if (record := graph.get(each))]
    order = sorted(found, key=lambda name: listed.index(name) if name in listed else len(listed))
    return tuple(Voice(organisations[id], found[id]) for id in order)


def choosings(graph: Graph) -> dict[str, Choosing]:
    """The choice of each consultation of *graph*, by its id."""
    return {each.id: choosing(each, graph) for each in graph.all(Consultation)}
