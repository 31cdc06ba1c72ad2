"""Rules about consultations: each thing listed once, phases that end, reasons that are given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from club.model.fields import Reference
from club.model.graph import Graph
from club.model.kind import check
from club.model.message import N_, Message
from club.model.problem import Level, Problem, Rule, nearest
from club.model.source import Keys
from club.records.consultation.answers import (
    INVENTORY_CELL,
    NOBODY_FOUND,
    USABILITY_ANSWER,
    read_answers,
    read_tools,
    taking_part,
)
from club.records.consultation.model import (
    CandidateState,
    Consultation,
    Criterion,
    Need,
    Weight,
)

CANDIDATE_REASON = Rule(
    name="candidate-reason",
    wants=N_("A candidate that is set aside has a reason: whoever proposed it is owed one."),
    example="candidates:\n  - {id: a, name: A, state: set_aside, reason: No mobile version.}",
)
PHASE_BACKWARDS = Rule(
    name="phase-backwards",
    wants=N_("A phase or a change plan ends on the day it starts or later."),
    example="phases:\n  - {number: 1, start: 2024-04-01, end: 2024-06-30}",
)
PHASE_UNTITLED = Rule(
    name="phase-untitled",
    wants=N_("A phase has a title; where its source gives none, a known exception says so."),
    example="phases:\n  - {number: 7, title: Avis des comités}",
    level=Level.WARNING,
)
LISTED_TWICE = Rule(
    name="listed-twice",
    wants=N_(
        "Each thing that a consultation lists stands once: a phase by its number; a candidate, a"
        " need or a criterion by its id; a weight or a change plan by its organisation; a score by"
        " its candidate, its criterion and who gave it; a test by its candidate, its questionnaire"
        " and its date; an opinion by its body and its date."
    ),
    example="candidates:\n  - {id: a, name: A}\n  - {id: b, name: B}",
)

CONSULTATION_PART = Rule(
    name="consultation-part",
    wants=N_(
        "A score is for one of the candidates and one of the criteria of its consultation, a test"
        " for one of the candidates; a criterion answers one of its needs."
    ),
    example="scores:\n  - {candidate: a, criterion: mobile, score: 7, by: cabinet-etude}",
)
CONSULTATION_OUTSIDER = Rule(
    name="consultation-outsider",
    wants=N_(
        "Who gives weights or has a change plan takes part in the consultation: it organises it, or"
        " is one of its participants, where they are listed."
    ),
    example="participants: [academie-lyon]",
)
SCALE_LENGTH = Rule(
    name="scale-length",
    wants=N_("A scale goes from a worst score to another that is the best."),
    example="scale: {worst: 0, best: 10}",
)
SCORE_SCALE = Rule(
    name="score-scale",
    wants=N_("A score stands on the scale of its criterion, between the worst and the best."),
    example="scores:\n  - {candidate: a, criterion: mobile, score: 7, by: cabinet-etude}",
)
SCORED_SET_ASIDE = Rule(
    name="scored-set-aside",
    wants=N_("A candidate that was set aside is scored no more: its state says since when."),
    example=(
        "candidates:\n"
        "  - {id: a, name: A, state: set_aside, since: 2024-12-20, reason: No mobile version.}"
    ),
)
DECISION_EVIDENCE = Rule(
    name="decision-evidence",
    wants=N_(
        "The decision that a consultation led to comes from its evidence: it is not dated before"
        " the last opinion, and a candidate that was chosen has its decision."
    ),
    example="decision: choix-de-la-plateforme",
    level=Level.WARNING,
)
WEIGHTS_TOTAL = Rule(
    name="weights-total",
    wants=N_("The weights of each organisation on the criteria sum to the total that was agreed."),
    example="weights_total: 100",
)
WEIGHTS_MISSING = Rule(
    name="weights-missing",
    wants=N_(
        "An organisation that weighs one criterion weighs them all, and so with needs: what is"
        " missing is not zero, and its own ranking waits for it."
    ),
    example="weights:\n  - {organisation: academie-lyon, weight: 0}",
    level=Level.WARNING,
)


@check(CANDIDATE_REASON)
def check_candidate_reason(graph: Graph) -> Iterator[Problem]:
    """Nothing is set aside without a word."""
    for consultation in graph.all(Consultation):
        for index, each in enumerate(consultation.candidates):
            if each.state is CandidateState.SET_ASIDE and not each.reason:
                yield CANDIDATE_REASON.problem(
                    graph.place(consultation, "candidates", index, "state"),
                    N_("“{name}” is “{state}”, and nothing says why"),
                    record=consultation.key,
                    name=each.name,
                    state=each.state,
                )


@check(PHASE_BACKWARDS)
def check_phase_backwards(graph: Graph) -> Iterator[Problem]:
    """Phases may overlap or leave days between them; none goes back in time."""
    for consultation in graph.all(Consultation):
        for index, each in enumerate(consultation.phases):
            if each.start and each.end and each.end.is_before(each.start):
                yield PHASE_BACKWARDS.problem(
                    graph.place(consultation, "phases", index, "end"),
                    N_("phase {number} starts on {start} and ends on {end}"),
                    record=consultation.key,
                    number=each.number,
                    start=str(each.start),
                    end=str(each.end),
                )
        for index, plan in enumerate(consultation.change_plans):
            if plan.start and plan.end and plan.end.is_before(plan.start):
                yield PHASE_BACKWARDS.problem(
                    graph.place(consultation, "change_plans", index, "end"),
                    N_("the plan of “{organisation}” starts on {start} and ends on {end}"),
                    record=consultation.key,
                    organisation=plan.organisation.id,
                    start=str(plan.start),
                    end=str(plan.end),
                )


@check(PHASE_UNTITLED)
def check_phase_untitled(graph: Graph) -> Iterator[Problem]:
    """A title that lacks is told, and never made up."""
    for consultation in graph.all(Consultation):
        for index, each in enumerate(consultation.phases):
            if each.title is None:
                yield PHASE_UNTITLED.problem(
                    graph.place(consultation, "phases", index),
                    N_("phase {number} has no title"),
                    record=consultation.key,
                    number=each.number,
                )


@check(LISTED_TWICE)
def check_listed_twice(graph: Graph) -> Iterator[Problem]:
    """What is known by a name or a number has it alone."""
    for consultation in graph.all(Consultation):
        for field, known_by in KNOWN_BY:
            yield from _twice(consultation, (field,), known_by, graph)
        for keys, _ in _weighed(consultation):
            yield from _twice(consultation, (*keys, "weights"), ("organisation",), graph)


KNOWN_BY = (
    ("tests", ("candidate", "instrument", "date")),
    ("opinions", ("body", "date")),
    ("change_plans", ("organisation",)),
    ("phases", ("number",)),
    ("candidates", ("id",)),
    ("needs", ("id",)),
    ("criteria", ("id",)),
    ("scores", ("candidate", "criterion", "by")),
)


def _weighed(consultation: Consultation) -> Iterator[tuple[Keys, Need | Criterion]]:
    """All that organisations give a weight to, and where it stands."""
    for field in ("needs", "criteria"):
        for index, each in enumerate(getattr(consultation, field)):
            yield (field, index), each


def _twice(
    consultation: Consultation, keys: Keys, known_by: Sequence[str], graph: Graph
) -> Iterator[Problem]:
    found: Any = consultation
    for key in keys:
        found = found[key] if isinstance(key, int) else getattr(found, key)
    seen: dict[tuple[object, ...], int] = {}
    for index, part in enumerate(found):
        name = tuple(_current(getattr(part, each), graph) for each in known_by)
        if name in seen:
            yield LISTED_TWICE.problem(
                graph.place(consultation, *keys, index, known_by[0]),
                N_("“{found}” already stands in this list, at line {line}"),
                record=consultation.key,
                found=name[0] if len(name) == 1 else ", ".join(map(str, name)),
                line=graph.place(consultation, *keys, seen[name], known_by[0]).line,
            )
        seen.setdefault(name, index)


def _current(name: object, graph: Graph) -> object:
    """What *name* leads to today, if it leads anywhere."""
    if not isinstance(name, Reference):
        return name
    record = graph.get(name)
    return record.id if record else name.id


@check(CONSULTATION_PART)
def check_consultation_part(graph: Graph) -> Iterator[Problem]:
    """No score falls beside the table, where nobody would see it."""
    for consultation in graph.all(Consultation):
        candidates, criteria, needs = (
            [each.id for each in getattr(consultation, field)]
            for field in ("candidates", "criteria", "needs")
        )
        asked: list[tuple[Keys, str | None, str, list[str]]] = [
            (("criteria", index, "need"), each.need, "needs", needs)
            for index, each in enumerate(consultation.criteria)
        ]
        for index, trial in enumerate(consultation.tests):
            asked.append((("tests", index, "candidate"), trial.candidate, "candidates", candidates))
        for index, score in enumerate(consultation.scores):
            at = ("scores", index)
            asked.append(((*at, "candidate"), score.candidate, "candidates", candidates))
            asked.append(((*at, "criterion"), score.criterion, "criteria", criteria))
        for keys, found, field, known in asked:
            if found is not None and found not in known:
                yield CONSULTATION_PART.problem(
                    graph.place(consultation, *keys),
                    N_("“{found}” is not in the list “{field}” of this consultation"),
                    expected=_one_of(known),
                    nearest=nearest(found, known),
                    record=consultation.key,
                    found=found,
                    field=field,
                )


def _one_of(known: Sequence[str]) -> Message | None:
    names = ", ".join(dict.fromkeys(known))
    return Message(N_("one of {values}"), {"values": names}) if names else None


@check(CONSULTATION_OUTSIDER)
def check_consultation_outsider(graph: Graph) -> Iterator[Problem]:
    """Who weighs takes part; nothing is said of a consultation that does not list who does."""
    for consultation in graph.all(Consultation):
        known = {_current(each, graph) for each in consultation.participants}
        if not known:
            continue
        if consultation.organiser:
            known.add(_current(consultation.organiser, graph))
        said: list[tuple[Keys, Reference[Any]]] = [
            ((*keys, "weights", index), each.organisation)
            for keys, weighed in _weighed(consultation)
            for index, each in enumerate(weighed.weights)
        ]
        for index, plan in enumerate(consultation.change_plans):
            said.append((("change_plans", index), plan.organisation))
        for keys, organisation in said:
            if (name := _current(organisation, graph)) not in known:
                yield CONSULTATION_OUTSIDER.problem(
                    graph.place(consultation, *keys, "organisation"),
                    N_("“{found}” does not take part in this consultation"),
                    expected=_one_of(sorted(map(str, known))),
                    nearest=nearest(str(name), map(str, known)),
                    record=consultation.key,
                    found=name,
                )


@check(SCALE_LENGTH)
def check_scale_length(graph: Graph) -> Iterator[Problem]:
    """A scale on which nothing is better than anything else judges nothing."""
    for consultation in graph.all(Consultation):
        for index, each in enumerate(consultation.criteria):
            if each.scale.worst == each.scale.best:
                yield SCALE_LENGTH.problem(
                    graph.place(consultation, "criteria", index, "scale", "best"),
                    N_("the worst score and the best are the same, {found}"),
                    record=consultation.key,
                    found=each.scale.best,
                )


@check(SCORE_SCALE)
def check_score_scale(graph: Graph) -> Iterator[Problem]:
    """A score can be compared because it stands on its scale."""
    for consultation in graph.all(Consultation):
        scales = {each.id: each.scale for each in reversed(consultation.criteria)}
        for index, each in enumerate(consultation.scores):
            scale = scales.get(each.criterion)
            if scale is None:
                continue
            low, high = sorted((scale.worst, scale.best))
            if not low <= each.score <= high:
                yield SCORE_SCALE.problem(
                    graph.place(consultation, "scores", index, "score"),
                    N_("{found} is outside the scale of “{criterion}”"),
                    expected=Message(N_("from {low} to {high}"), {"low": low, "high": high}),
                    record=consultation.key,
                    found=each.score,
                    criterion=each.criterion,
                )


@check(SCORED_SET_ASIDE)
def check_scored_set_aside(graph: Graph) -> Iterator[Problem]:
    """Whoever was set aside is judged no more; scores from before stay."""
    for consultation in graph.all(Consultation):
        aside = {
            each.id: each.since
            for each in consultation.candidates
            if each.state is CandidateState.SET_ASIDE and each.since
        }
        for index, each in enumerate(consultation.scores):
            since = aside.get(each.candidate)
            if since and each.as_of and since.is_before(each.as_of):
                yield SCORED_SET_ASIDE.problem(
                    graph.place(consultation, "scores", index, "as_of"),
                    N_("“{candidate}” was set aside on {since}, and is scored on {date}"),
                    record=consultation.key,
                    candidate=each.candidate,
                    since=str(since),
                    date=str(each.as_of),
                )


@check(WEIGHTS_TOTAL)
def check_weights_total(graph: Graph) -> Iterator[Problem]:
    """The sum that was agreed is that of each organisation that weighed every criterion."""
    for consultation in graph.all(Consultation):
        total = consultation.weights_total
        if total is None:
            continue
        for held in _by_organisation(consultation, "criteria", graph).values():
            found = sum((each.weight for _, each in held), Decimal(0))
            is_whole = len(held) == len(consultation.criteria)
            if found > total or (found < total and is_whole):
                index, number = held[-1][0]
                yield WEIGHTS_TOTAL.problem(
                    graph.place(consultation, "criteria", index, "weights", number, "weight"),
                    N_("the weights of “{organisation}” sum to {found}, not to {total}"),
                    record=consultation.key,
                    organisation=held[-1][1].organisation.id,
                    found=found,
                    total=total,
                )


@check(WEIGHTS_MISSING)
def check_weights_missing(graph: Graph) -> Iterator[Problem]:
    """A weight that is missing is not zero: zero is written down."""
    for consultation in graph.all(Consultation):
        for field in ("needs", "criteria"):
            parts: tuple[Need | Criterion, ...] = getattr(consultation, field)
            for name, held in _by_organisation(consultation, field, graph).items():
                weighed = {parts[index].id for (index, _), _ in held}
                missing = dict.fromkeys(each.id for each in parts if each.id not in weighed)
                if missing:
                    index, number = held[0][0]
                    yield WEIGHTS_MISSING.problem(
                        graph.place(consultation, field, index, "weights", number, "organisation"),
                        N_("“{organisation}” gives no weight to: {missing}"),
                        expected=Message(N_("a weight for each of them, 0 if it counts for none")),
                        record=consultation.key,
                        organisation=name,
                        missing=", ".join(missing),
                    )


Held = list[tuple[tuple[int, int], Weight]]


def _by_organisation(consultation: Consultation, field: str, graph: Graph) -> dict[str, Held]:
    """The weights of each organisation, each with where it stands; a second one is left out."""
    found: dict[str, Held] = {}
    for index, part in enumerate(getattr(consultation, field)):
        for number, each in enumerate(part.weights):
            held = found.setdefault(str(_current(each.organisation, graph)), [])
            if not held or held[-1][0][0] != index:
                held.append(((index, number), each))
    return found


@check(DECISION_EVIDENCE)
def check_decision_evidence(graph: Graph) -> Iterator[Problem]:
    """What was chosen was decided, and after everybody had spoken."""
    for consultation in graph.all(Consultation):
        chosen = [
            index
            for index, each in enumerate(consultation.candidates)
            if each.state is CandidateState.CHOSEN
        ]
        decision = graph.get(consultation.decision) if consultation.decision else None
        if consultation.decision is None:
            for index in chosen:
                yield DECISION_EVIDENCE.problem(
                    graph.place(consultation, "candidates", index, "state"),
                    N_("“{name}” is “{state}”, and no decision is named"),
                    record=consultation.key,
                    name=consultation.candidates[index].name,
                    state=CandidateState.CHOSEN,
                )
        elif decision is not None and decision.date:
            for index, opinion in enumerate(consultation.opinions):
                if opinion.date and decision.date.is_before(opinion.date):
                    yield DECISION_EVIDENCE.problem(
                        graph.place(consultation, "opinions", index, "date"),
                        N_("the decision is of {decided}, before this opinion of {date}"),
                        record=consultation.key,
                        decided=str(decision.date),
                        date=str(opinion.date),
                    )


@check(USABILITY_ANSWER)
def check_usability_answers(graph: Graph) -> Iterator[Problem]:
    """No answer is read otherwise than it was given."""
    for consultation in graph.all(Consultation):
        for name, instrument in dict.fromkeys((e.table, e.instrument) for e in consultation.tests):
            if file := graph.table(consultation, name):
                yield from _faults(read_answers(file, instrument), consultation)


@check(INVENTORY_CELL)
def check_inventory_cells(graph: Graph) -> Iterator[Problem]:
    """Which tool serves where is a yes, a no, or not known."""
    for consultation in graph.all(Consultation):
        sheet = consultation.inventory.sheet if consultation.inventory else None
        if file := graph.table(consultation, sheet):
            organisations = taking_part(consultation, graph)
            if organisations:
                found = read_tools(file, organisations, is_whole=True)
                yield from _faults(found, consultation)
            else:
                at = graph.place(consultation, "inventory", "sheet")
                yield INVENTORY_CELL.problem(at, NOBODY_FOUND, record=consultation.key)


def _faults(found: object, consultation: Consultation) -> Iterator[Problem]:
    """The faults of a table, as those of the record that names it."""
    if isinstance(found, list):
        yield from (replace(each, record=consultation.key) for each in found)


CHECKS = (
    check_candidate_reason,
    check_phase_backwards,
    check_phase_untitled,
    check_listed_twice,
    check_consultation_part,
    check_consultation_outsider,
    check_scale_length,
    check_score_scale,
    check_scored_set_aside,
    check_weights_total,
    check_weights_missing,
    check_decision_evidence,
    check_usability_answers,
    check_inventory_cells,
)
