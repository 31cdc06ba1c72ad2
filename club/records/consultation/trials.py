"""What a consultation gathers: tools in use, tests, opinions, and the plans that follow."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from club.insight.trials import Measure, Result, result
from club.insight.usability import Summary, as_sus, grade
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.problem import Place
from club.model.view import (
    CardView,
    CellView,
    ChartView,
    RowView,
    SectionView,
    TableView,
    Unknown,
)
from club.model.viewing import cited, labels, link, section, text
from club.records.consultation.answers import Answers, Tools, read_answers, read_tools, taking_part
from club.records.consultation.model import ChangePlan, Consultation, Instrument, Trial

SCORING = {
    Instrument.SUS: N_(
        "SUS (Brooke, 1996): ten items from 1 to 5; 2.5 × (the sum of the odd ones less 1 and of 5"
        " less the even ones), from 0 to 100. It is no percentage. A blank counts 3. Grades: Sauro"
        " and Lewis (2016), as the club knows them, not read again; below 50 is not acceptable,"
        " above 70 is (Bangor, Kortum and Miller, 2009)."
    ),
    Instrument.UMUX_LITE: N_(
        "UMUX-Lite (Lewis, Utesch and Maher, 2013): two items from 1 to 7; 100 × (their sum less 2)"
        " ÷ 12. It foretells a SUS of 0.65 times that, plus 22.9. Whoever leaves a blank is not"
        " counted."
    ),
    Instrument.UEQ_S: N_(
        "UEQ-S (Schrepp, Hinderks and Thomaschewski, 2017): eight items from 1 to 7, told from −3"
        " to 3; the means of the first four, of the last four, of all. Blanks are left out."
    ),
}
INTERVAL = N_(
    "Interval: the mean of everybody who could have answered would lie in it 95 times in 100, if"
    " those who did are like the others (Student’s law)."
)


def inventory_section(consultation: Consultation, graph: Graph) -> SectionView | None:
    """Which tools serve where; what nobody has said is unknown."""
    inventory = consultation.inventory
    file = graph.table(consultation, inventory.sheet) if inventory else None
    if inventory is None or file is None:
        return None
    found = read_tools(file, taking_part(consultation, graph))
    if not isinstance(found, Tools) or not found.rows:
        return None
    place = graph.place(consultation, "inventory")
    rows = tuple(
        RowView(
            (
                CellView((tool,)),
                *(CellView((said or Unknown(),)) for said in cells),
            )
        )
        for tool, cells in found.rows
    )
    table = TableView(
        Message(N_("The tools in use in “{title}”"), {"title": consultation.title}),
        (N_("tool"), *(link(each) for each in found.organisations)),
        rows,
        is_matrix=True,
        is_terse=True,
        sheet=f"{consultation.key}/inventory",
    )
    when = Message(N_("As of {date}."), {"date": inventory.as_of}) if inventory.as_of else None
    return section(
        "inventory",
        Message(N_("Tools in use")),
        when,
        text(graph, inventory.note),
        table,
        place=place,
    )


def trials_section(consultation: Consultation, graph: Graph) -> SectionView | None:
    """What those who tried the candidates answered, unless too few did."""
    if not consultation.tests:
        return None
    names = {each.id: each.name for each in consultation.candidates}
    rows = tuple(
        row
        for index, trial in enumerate(consultation.tests)
        for row in _rows(index, trial, names.get(trial.candidate, ""), consultation, graph)
    )
    table = TableView(
        Message(N_("The usability tests of “{title}”"), {"title": consultation.title}),
        (
            N_("test"),
            N_("answers"),
            N_("mean"),
            N_("at least"),
            N_("at most"),
            N_("how it reads"),
            N_("date"),
            N_("note"),
        ),
        rows,
        sheet=f"{consultation.key}/tests",
    )
    used = dict.fromkeys(each.instrument for each in consultation.tests)
    return section(
        "tests",
        Message(N_("Usability tests")),
        *_pictures(consultation, table),
        *(Message(SCORING[each]) for each in used),
        Message(INTERVAL),
    )


def _pictures(consultation: Consultation, table: TableView) -> Iterator[object]:
    """The scores out of 100 as bars with their intervals; the table has the rest."""
    said = N_("The mean score of each candidate, with the interval of 95 % about it.")
    drawn = {Instrument.SUS, Instrument.UMUX_LITE}
    if all(each.instrument in drawn for each in consultation.tests):
        yield ChartView("bars", table, (2,), Message(said), ends=(3, 4))
    else:
        yield table


def _rows(
    index: int, trial: Trial, name: str, consultation: Consultation, graph: Graph
) -> Iterator[RowView]:
    file = graph.table(consultation, trial.table)
    answers = read_answers(file, trial.instrument) if file else None
    place = graph.place(consultation, "tests", index)
    about = (
        CellView((trial.date or Unknown(),)),
        CellView((trial.note,) if trial.note else ()),
    )
    few = consultation.fewest_answers
    # Two states of a test, one answer apart, would tell what that one person answered.
    is_over = trial.date is not None
    found = (
        result(trial.instrument, answers.rows, few)
        if is_over and isinstance(answers, Answers)
        else Result(())
    )
    if not found.summaries:
        too_few = Message(N_("fewer than {count}: no figure is shown"), {"count": few})
        said = too_few if is_over else Message(N_("no figure is shown before its date is given"))
        cells = (CellView(()), CellView((said,)), *(CellView(()) for _ in range(3)))
        measure = MEASURES[trial.instrument]
        yield RowView((_named(name, measure, place), *cells, *about))
    for measure, each in found.summaries:
        yield RowView(
            (
                _named(name, measure, place),
                CellView(_counted(each, found)),
                CellView((_tenth(each.mean),)),
                *(CellView((end,) if end is not None else ()) for end in _ends(each)),
                CellView(_reads(measure, each)),
                *about,
            )
        )


def _named(name: str, measure: Measure, place: Place) -> CellView:
    about = {"name": name, "measure": measure}
    return CellView((Message(N_("{name}, {measure}"), about),), place)


MEASURES = {
    Instrument.SUS: Measure.SUS,
    Instrument.UMUX_LITE: Measure.UMUX_LITE,
    Instrument.UEQ_S: Measure.OVERALL,
}


def _counted(summary: Summary, found: Result) -> tuple[object, ...]:
    one, many = N_("{count} with a blank"), N_("{count} with blanks")
    said = Message(one if found.blanks == 1 else many, {"count": found.blanks})
    return (summary.count, said) if found.blanks else (summary.count,)


def _tenth(value: Fraction | float) -> Decimal:
    # As people round, and as the grades do: 78.85 is 78.9.
    if isinstance(value, float):
        return Decimal(str(value)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    tenths = Decimal(value.numerator) / Decimal(value.denominator)
    return tenths.quantize(Decimal("0.1"), ROUND_HALF_UP)


def _ends(summary: Summary) -> tuple[Decimal | None, Decimal | None]:
    if summary.interval is None:
        return None, None
    low, high = summary.interval
    return _tenth(low), _tenth(high)


def _reads(measure: Measure, summary: Summary) -> tuple[object, ...]:
    """What the published scales say of a mean."""
    if measure is Measure.SUS:
        about = {"grade": grade(summary.mean), "said": Message(_acceptable(summary.mean))}
        return (Message(N_("grade {grade}, {said}"), about),)
    if measure is Measure.UMUX_LITE:
        return (Message(N_("SUS foretold: {score}"), {"score": _tenth(as_sus(summary.mean))}),)
    return ()


def _acceptable(score: Fraction) -> str:
    if score < 50:
        return N_("not acceptable")
    return N_("acceptable") if score > 70 else N_("marginal")


def opinions_section(consultation: Consultation, graph: Graph) -> SectionView | None:
    """Who said what of the proposal, in the order of the list."""
    cards = tuple(
        CardView(
            Message(N_("{number}. {title}"), {"number": index + 1, "title": each.body}),
            (
                each.date or Message(N_("without a date")),
                *filter(None, (cited(graph, each.source),)),
            ),
            text(graph, each.opinion),
            place=graph.place(consultation, "opinions", index),
        )
        for index, each in enumerate(consultation.opinions)
    )
    return section("opinions", Message(N_("Opinions")), *cards, layout="steps")


def plans_section(consultation: Consultation, graph: Graph) -> SectionView | None:
    """One plan a participant: those that lack are named, once any is written or all is decided."""
    if not (consultation.change_plans or consultation.decision):
        return None
    plans: dict[str, tuple[int, ChangePlan]] = {}
    for index, each in enumerate(consultation.change_plans):
        if organisation := graph.get(each.organisation):
            plans.setdefault(organisation.id, (index, each))
    asked = [graph.get(each) for each in consultation.participants] or [
        graph.get(each.organisation) for each in consultation.change_plans
    ]
    involved = {each.id: each for each in asked if each}
    involved |= {
        record.id: record
        for each in consultation.change_plans
        if (record := graph.get(each.organisation))
    }
    if not involved:
        return None
    rows = []
    for id, organisation in involved.items():
        held = plans.get(id)
        place = graph.place(consultation, "change_plans", held[0]) if held else None
        cells = _plan(held[1]) if held else tuple(CellView((Unknown(),)) for _ in range(5))
        rows.append(RowView((CellView((link(organisation),), place), *cells)))
    missing = tuple(link(each) for id, each in involved.items() if id not in plans)
    table = TableView(
        Message(N_("How each participant goes to what was chosen")),
        labels(ChangePlan, "organisation", "before", "after", "start", "end", "summary"),
        tuple(rows),
        sheet=f"{consultation.key}/plans",
    )
    said = Message(N_("No plan yet for: {names}."), {"names": missing}) if missing else None
    return section("change-plans", Message(N_("Change plans")), said, table)


def _plan(plan: ChangePlan) -> tuple[CellView, ...]:
    return (
        *(
            CellView((each or Unknown(),))
            for each in (plan.before, plan.after, plan.start, plan.end)
        ),
        CellView((plan.summary,) if plan.summary else ()),
    )
