"""What the tests of a candidate say, once enough people have answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from club.insight.usability import (
    SUS,
    UEQ_S,
    UMUX_LITE,
    Limits,
    Summary,
    summary,
    sus,
    ueq_s,
    umux_lite,
)
from club.model.message import N_, Choice
from club.records.consultation.model import Instrument

Answers = Sequence[Sequence[int | None]]


class Measure(Choice):
    """What a questionnaire measures."""

    SUS = "sus", N_("SUS")
    UMUX_LITE = "umux_lite", N_("UMUX-Lite")
    PRAGMATIC = "pragmatic", N_("UEQ-S, pragmatic quality")
    HEDONIC = "hedonic", N_("UEQ-S, hedonic quality")
    OVERALL = "overall", N_("UEQ-S, as a whole")


@dataclass(frozen=True, slots=True)
class Result:
    """The figures of one test: *summaries* is empty if they would tell of too few people.

    *blanks* is how many answers hold a blank, *unscored* how many could not be scored for that.
    """

    summaries: tuple[tuple[Measure, Summary], ...]
    blanks: int = 0
    unscored: int = 0


def result(instrument: Instrument, answers: Answers, fewest: int) -> Result:
    """The figures of *answers*, none of which tells of less than *fewest* people."""
    if len(answers) < fewest:
        return Result(())
    blanks = sum(any(each is None for each in row) for row in answers)
    scored, limits = _scores(instrument, answers)
    kept = tuple(
        (measure, summary(scores, limits))
        for measure, scores in scored.items()
        if len(scores) >= fewest
    )
    counts = [len(scores) for scores in scored.values()]
    return Result(kept, blanks, len(answers) - min(counts)) if kept else Result(())


def _scores(
    instrument: Instrument, answers: Answers
) -> tuple[dict[Measure, list[Fraction]], Limits]:
    """The scores of those who gave enough answers for one, by what they measure."""
    if instrument is Instrument.SUS:
        return {Measure.SUS: [sus(each) for each in answers]}, SUS
    if instrument is Instrument.UMUX_LITE:
        return {Measure.UMUX_LITE: _known(umux_lite(each) for each in answers)}, UMUX_LITE
    # The same people in each mean: two means of others would tell what one of them answered.
    every = [ueq_s(each) for each in answers]
    found = [each for each in every if None not in (each.pragmatic, each.hedonic)]
    return {
        Measure.PRAGMATIC: _known(each.pragmatic for each in found),
        Measure.HEDONIC: _known(each.hedonic for each in found),
        Measure.OVERALL: _known(each.overall for each in found),
    }, UEQ_S


def _known(scores: Iterable[Fraction | None]) -> list[Fraction]:
    return [each for each in scores if each is not None]
