"""What a consultation weighs: needs, criteria, scores, the ranking, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm

from club.insight.choosing import Choosing, Voice, choosings
from club.insight.weighing import Place, Slack, leader, ranking, shares, together
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import (
    CellView,
    ChartView,
    ClaimView,
    Link,
    PageView,
    Preset,
    RowView,
    SectionView,
    TableView,
    Unknown,
    WhatIf,
)
from club.model.viewing import cited, exact, link, section, sections, url_of
from club.records.consultation.model import Candidate, Consultation, Criterion, Need, Scale
from club.records.organisation.model import Organisation

FORMULAS = (
    N_(
        "A score is brought to one scale, from 0 for the worst of its criterion to 100 for the"
        " best: (score − worst) ÷ (best − worst). The ends are fixed beforehand, so that no"
        " candidate that comes or goes changes what another is worth. Of several evaluators, the"
        " mean is taken."
    ),
    N_(
        "The weights of each organisation are brought to shares of one whole, so that only their"
        " ratios count; those of all are the mean of these shares: one organisation, one voice."
        " An organisation that has not weighed every criterion has no voice yet."
    ),
    N_(
        "The total is the sum of the scores, each times the share of its criterion. A score that"
        " is missing is never zero: the total and the rank are then ranges, from the least that"
        " the missing scores could give to the most."
    ),
    N_(
        "How far a share can go: the others keep their ratios and take what is left. At the end"
        " that is given, another candidate has the same total as the first (Triantaphyllou and"
        " Sánchez, 1997)."
    ),
    N_(
        "Random weights: all the ways to share one whole between the criteria are equally likely"
        " (Lahdelma, Hokkanen and Salminen, 1998). The draws are the same at each build, so that"
        " anybody can find these figures again."
    ),
    N_("What members alone may read is not counted on the public site."),
)
FOR_ALL = N_("all, one voice each")


def percent(share: Fraction, places: int = 1) -> Decimal:
    """*share* times 100, as a number that can be read."""
    whole = Decimal(share.numerator * 100) / Decimal(share.denominator)
    return whole.quantize(Decimal(1).scaleb(-places))


def short(number: Decimal) -> Decimal:
    """*number* without zeros that say nothing."""
    return number.quantize(Decimal(1)) if number == number.to_integral() else number.normalize()


def weighing_sections(consultation: Consultation, graph: Graph) -> Iterator[SectionView | None]:
    """What a consultation weighs, as far as it is written."""
    found = graph.once(choosings)[consultation.id]
    yield _weights("needs", N_("Needs"), consultation, consultation.needs, found.needs, graph)
    yield _weights("criteria", N_("Criteria"), consultation, found.criteria, found.voices, graph)
    yield _scores(consultation, found, graph)
    yield _ranking(consultation, found, graph)
    yield _robustness(consultation, found)
    yield _by_organisation(consultation, found)


def method_section(consultation: Consultation, graph: Graph) -> SectionView | None:
    """How the ranking is come by, if there is anything to rank."""
    found = graph.once(choosings)[consultation.id]
    said = tuple(map(Message, FORMULAS)) if found.criteria and found.candidates else ()
    return section("formulas", Message(N_("How it is worked out")), *said)


def _weights(
    id: str,
    title: str,
    consultation: Consultation,
    weighed: Sequence[Need | Criterion],
    voices: Sequence[Voice],
    graph: Graph,
) -> SectionView | None:
    """What is weighed by each organisation, as it was written, and by all together."""
    if not weighed:
        return None
    overall = together([each.shares or {} for each in voices]) if voices else None
    places = {each.id: index for index, each in enumerate(getattr(consultation, id))}
    scaled = any(isinstance(each, Criterion) for each in weighed)
    rows = [
        RowView(
            (
                CellView((each.label,), graph.place(consultation, id, places[each.id])),
                *([CellView(_scale(each.scale))] if isinstance(each, Criterion) else []),
                *(_weight(voice.weights.get(each.id)) for voice in voices),
                CellView((_share(overall, each.id),)),
            ),
        )
        for each in weighed
    ]
    # Of weights that sum to a known total, the sum of those told tells the one that is not.
    if len(weighed) > 1 and voices and scaled and consultation.weights_total is not None:
        rows.append(_sums(voices, overall))
    table = TableView(
        Message(
            N_("What counts for whom in “{title}”: {things}"),
            {"title": consultation.title, "things": Message(title)},
        ),
        (
            N_("criterion") if scaled else N_("need"),
            *((N_("scale"),) if scaled else ()),
            *(link(each.organisation) for each in voices),
            N_("share, all together"),
        ),
        tuple(rows),
        sheet=f"{consultation.key}/{id}",
        is_matrix=True,
    )
    unheard = [each.organisation for each in voices if not each.shares]
    said = Message(
        N_("Not counted yet, as some of their weights are missing or all are 0: {names}."),
        {"names": tuple(link(each) for each in unheard)},
    )
    return section(id, Message(title), table, said if unheard else None)


def _scale(scale: Scale) -> tuple[Message, ...]:
    about = {"worst": short(scale.worst), "best": short(scale.best), "unit": scale.unit}
    said = N_("from {worst} to {best} {unit}") if scale.unit else N_("from {worst} to {best}")
    return (Message(said, about),)


def _weight(weight: Fraction | None) -> CellView:
    if weight is None:
        return CellView((Unknown(),), tone="quiet")
    return CellView((short(Decimal(weight.numerator) / Decimal(weight.denominator)),))


def _share(found: Mapping[str, Fraction] | None, id: str) -> object:
    if not found or id not in found:
        return Unknown()
    return Message(N_("{share} %"), {"share": percent(found[id])})


def _sums(
    voices: Sequence[Voice],
    overall: Mapping[str, Fraction] | None,
) -> RowView:
    """The sum of each column: of one that lacks a weight, nobody knows it."""
    cells = [CellView((Message(N_("sum")),)), CellView(())]
    for voice in voices:
        known = [each for each in voice.weights.values() if each is not None]
        whole = len(known) == len(voice.weights)
        cells.append(_weight(sum(known, Fraction(0)) if whole else None))
    total = Message(N_("{share} %"), {"share": Decimal(100)}) if overall else Unknown()
    return RowView((*cells, CellView((total,))))


def _scores(consultation: Consultation, found: Choosing, graph: Graph) -> SectionView | None:
    """Each score with who gave it and its source, then all of them on one scale."""
    candidates = _shown_candidates(consultation, found)
    if not (found.criteria and candidates and found.judged):
        return None
    rows = tuple(
        RowView(
            (
                CellView((each.label,)),
                *(_judged(consultation, found, candidate, each, graph) for candidate in candidates),
            ),
        )
        for each in found.criteria
    )
    table = TableView(
        Message(
            N_("Who scored what in “{title}”"),
            {"title": consultation.title},
        ),
        (N_("criterion"), *(Message(N_("{name}"), {"name": each.name}) for each in candidates)),
        rows,
        sheet=f"{consultation.key}/scores",
        is_matrix=True,
    )
    missing, one = N_("{count} scores are missing."), N_("{count} score is missing.")
    said = Message(one if found.missing == 1 else missing, {"count": found.missing})
    return section(
        "scores",
        Message(N_("Scores")),
        said if found.missing else None,
        table,
        _heat(consultation, found),
    )


def _shown_candidates(consultation: Consultation, found: Choosing) -> tuple[Candidate, ...]:
    """Those that are ranked, then those that were scored before they were set aside."""
    scored = {candidate for candidate, _ in found.judged}
    ranked = {each.id for each in found.candidates}
    others = (e for e in consultation.candidates if e.id in scored and e.id not in ranked)
    return (*found.candidates, *others)


def _judged(
    consultation: Consultation,
    found: Choosing,
    candidate: Candidate,
    criterion: Criterion,
    graph: Graph,
) -> CellView:
    held = found.judged.get((candidate.id, criterion.id), ())
    shown: list[ClaimView] = []
    for each in held:
        by = graph.get(each.score.by)
        shown.append(
            # Whoever judged says so, and is named.
            exact(
                short(each.score.score),
                cited(graph, each.score.source),
                graph.place(consultation, "scores", each.index),
                as_of=each.score.as_of,
                scope=_evaluator(by) if by else str(each.score.by),
                note=each.score.note,
                unit=criterion.scale.unit or "",
            )
        )
    return CellView(tuple(shown) or (Unknown(),), tone="" if shown else "quiet")


def _evaluator(by: Organisation) -> str | Message:
    """Who judged, in words: one that is made up says so."""
    return Message(N_("{title} (example)"), {"title": by.name}) if by.example else by.name


def _heat(consultation: Consultation, found: Choosing) -> ChartView:
    """The ranked candidates by criterion, on one scale."""
    rows = tuple(
        RowView(
            (
                CellView((candidate.name,)),
                *(
                    CellView(
                        (percent(value, 0),)
                        if (value := found.values[candidate.id].get(each.id)) is not None
                        else (Unknown(),)
                    )
                    for each in found.criteria
                ),
            ),
        )
        for candidate in found.candidates
    )
    table = TableView(
        Message(
            N_("The scores of “{title}” on one scale, from 0 to 100"),
            {"title": consultation.title},
        ),
        (N_("candidate"), *(Message(N_("{name}"), {"name": e.label}) for e in found.criteria)),
        rows,
        is_terse=True,
        sheet=f"{consultation.key}/values",
    )
    return ChartView(
        "heat",
        table,
        tuple(range(1, 1 + len(found.criteria))),
        Message(N_("The stronger the colour, the better: 0 is the worst score, 100 the best.")),
    )


def ranking_rows(places: Sequence[Place], found: Choosing) -> tuple[RowView, ...]:
    """A row for each candidate: its name, its rank, its total, and the ends of both."""
    names = {each.id: each.name for each in found.candidates}
    labels = {each.id: each.label for each in found.criteria}
    return tuple(
        RowView(
            (
                CellView((names[each.option],)),
                CellView((rank(each),)),
                CellView((_total(each),)),
                CellView((percent(each.low),)),
                CellView((percent(each.high),)),
                CellView(tuple(labels[name] for name in each.missing)),
            ),
        )
        for each in places
    )


def rank(place: Place) -> object:
    """The rank of a candidate, or the range that it lies in."""
    if place.is_sure:
        return place.first
    return Message(N_("{best} to {worst}"), {"best": place.first, "worst": place.last})


def _total(place: Place) -> object:
    if place.low == place.high:
        return percent(place.low)
    about = {"low": percent(place.low), "high": percent(place.high)}
    return Message(N_("{low} to {high}"), about)


def ranking_chart(
    consultation: Consultation, places: Sequence[Place], found: Choosing, sheet: str
) -> ChartView:
    """The totals as bars, each with the range that missing scores leave."""
    table = TableView(
        Message(N_("The ranking of “{title}”"), {"title": consultation.title}),
        (
            N_("candidate"),
            N_("rank"),
            N_("total out of 100"),
            N_("at least"),
            N_("at most"),
            N_("not scored on"),
        ),
        ranking_rows(places, found),
        sheet=sheet,
    )
    is_sure = all(each.low == each.high for each in places)
    said = N_("The weighted total of each candidate, out of 100.")
    ranged = N_(
        "The weighted total of each candidate, out of 100; the line goes as far as the scores that"
        " are missing may take it."
    )
    return ChartView(
        "bars", table, (2,), Message(said if is_sure else ranged), ends=None if is_sure else (3, 4)
    )


def _ranking(consultation: Consultation, found: Choosing, graph: Graph) -> SectionView | None:
    if not (found.criteria and found.candidates):
        return None
    title = Message(N_("Ranking"))
    if not found.ranking:
        said = N_("No ranking yet: no organisation has weighed every criterion.")
        return section("ranking", title, Message(said))
    count = Message(
        N_("By the weights of {names}, one voice each."),
        {"names": tuple(link(each.organisation) for each in found.heard)},
    )
    chart = ranking_chart(consultation, found.ranking, found, f"{consultation.key}/ranking")
    body = (_first(found.ranking, found), count, counted_in(graph), chart)
    if len(found.criteria) < 2:
        return section("ranking", title, *body)
    other = Link(Message(N_("Weigh otherwise")), what_if_url(consultation))
    return section("ranking", title, *body, other)


def counted_in(graph: Graph) -> Message:
    """What a ranking is over: for one audience the same words, whether anything is left out.

    Said only where something is, or with how much of it, they would tell the public of it.
    """
    return Message(COUNTED_IN_PUBLIC if graph.reader.is_public else COUNTED_FOR_MEMBERS)


COUNTED_IN_PUBLIC = N_(
    "This ranking is over what is published here: criteria, weights and scores kept to members, if"
    " there are any, do not count in it."
)
COUNTED_FOR_MEMBERS = N_(
    "This ranking is over all that members may read; on the public site, only what is published"
    " there counts."
)


def _first(places: Sequence[Place], found: Choosing) -> Message | None:
    """Who is first, in a sentence, or who may be."""
    names = {each.id: each.name for each in found.candidates}
    ahead = tuple(names[each.option] for each in places if each.first == 1)
    if leader(places):
        if all(each.low == each.high for each in places):
            return Message(N_("First: {name}."), {"name": ahead[0]})
        said = N_("First, whatever the scores that are missing: {name}.")
        return Message(said, {"name": ahead[0]})
    if all(each.is_sure for each in places):
        return Message(N_("Level in the first place: {names}."), {"names": ahead})
    said = N_("Scores are missing: the first place may be that of {names}.")
    return Message(said, {"names": ahead})


def _robustness(consultation: Consultation, found: Choosing) -> SectionView | None:
    if not found.ranking or len(found.candidates) < 2:
        return None
    names = {each.id: each.name for each in found.candidates}
    parts = [
        tuple(_answers(found, names)),
        _slacks(consultation, found, names),
        _chances(consultation, found, names),
    ]
    return section("robustness", Message(N_("How sure is the first rank?")), *_kept(parts))


def _answers(found: Choosing, names: Mapping[str, str]) -> Iterator[Message]:
    """How sure the first rank is, in words: by moving one share, then by drawing them all."""
    if found.slacks:
        yield _nearest(found, names)
    drawn = found.chances
    if drawn is None:
        return
    most = max(drawn.wins, key=drawn.wins.__getitem__)
    wins = drawn.wins[most]
    about = {"name": names[most], "share": percent(Fraction(wins, drawn.draws))}
    if not wins:
        yield Message(N_("Whatever the weights, nobody is surely first: scores are missing."))
    elif wins == drawn.draws:
        yield Message(N_("Of all the weights that were drawn, “{name}” is always first."), about)
    else:
        said = N_("With weights drawn at random, “{name}” is first in {share} % of the cases.")
        yield Message(said, about)


def _nearest(found: Choosing, names: Mapping[str, str]) -> Message:
    """The least move of one share that changes who is first."""
    labels = {each.id: each.label for each in found.criteria}
    first = leader(found.ranking)
    assert first, "shares can go nowhere where nobody leads"
    name = names[first]
    ends = [
        (abs(end - each.share), each, end, rival)
        for each in found.slacks
        for end, rival in ((each.low, each.rival_below), (each.high, each.rival_above))
        if rival is not None
    ]
    if not ends:
        said = N_("“{name}” stays first however far the share of any one criterion moves.")
        return Message(said, {"name": name})
    _, slack, end, rival = min(ends, key=lambda each: (each[0], each[1].criterion))
    about = {
        "name": name,
        "criterion": labels[slack.criterion],
        "share": percent(slack.share),
        "end": percent(end),
        "rival": names[rival],
    }
    below = N_(
        "The nearest change: “{name}” stays first until the share of “{criterion}”, {share} %"
        " today, falls to {end} %; below, it is “{rival}”."
    )
    above = N_(
        "The nearest change: “{name}” stays first until the share of “{criterion}”, {share} %"
        " today, rises to {end} %; above, it is “{rival}”."
    )
    return Message(below if end < slack.share else above, about)


def _kept(parts: Sequence[tuple[object, ...]]) -> tuple[object, ...]:
    return tuple(each for part in parts for each in part)


def _slacks(
    consultation: Consultation, found: Choosing, names: Mapping[str, str]
) -> tuple[object, ...]:
    if not found.slacks:
        said = N_(
            "No candidate is first alone whatever the missing scores: nothing can be said yet of"
            " how far a weight may move."
        )
        return (Message(said),)
    labels = {each.id: each.label for each in found.criteria}
    first = next(each for each in found.ranking if each.first == 1)
    rows = tuple(
        RowView(
            (
                CellView((labels[each.criterion],)),
                *(CellView((percent(share),)) for share in (each.share, each.low, each.high)),
                CellView(_rivals(each, names)),
            ),
        )
        for each in found.slacks
    )
    table = TableView(
        Message(
            N_("How far each share can go while “{name}” stays first"),
            {"name": names[first.option]},
        ),
        (
            N_("criterion"),
            N_("share, all together (%)"),
            N_("first down to (%)"),
            N_("first up to (%)"),
            N_("who comes first beyond"),
        ),
        rows,
        sheet=f"{consultation.key}/robustness",
    )
    said = N_(
        "The bar and its number are the share of each criterion, out of 100; the line goes as far"
        " as it can while the first rank holds."
    )
    return (ChartView("bars", table, (1,), Message(said), ends=(2, 3)),)


def _rivals(slack: Slack, names: Mapping[str, str]) -> tuple[Message, ...]:
    if slack.is_free:
        return (Message(N_("nobody, whatever this share")),)
    below = Message(N_("below: {name}"), {"name": names.get(slack.rival_below or "")})
    above = Message(N_("above: {name}"), {"name": names.get(slack.rival_above or "")})
    return tuple(
        said for said, rival in ((below, slack.rival_below), (above, slack.rival_above)) if rival
    )


def _chances(
    consultation: Consultation, found: Choosing, names: Mapping[str, str]
) -> tuple[object, ...]:
    drawn = found.chances
    if drawn is None:
        return ()
    order = [each.option for each in found.ranking]
    counts = [(names[each], drawn.wins[each]) for each in order]
    rows = [
        RowView((CellView((name,)), CellView((percent(Fraction(count, drawn.draws)),))))
        for name, count in counts
    ]
    if drawn.undecided:
        share = percent(Fraction(drawn.undecided, drawn.draws))
        label = Message(N_("undecided: missing scores decide, or several are first"))
        cells = (CellView((label,)), CellView((share,)))
        rows.append(RowView(cells))
    table = TableView(
        Message(N_("In how many random weightings each candidate is first")),
        (N_("candidate"), N_("share of the weightings (%)")),
        tuple(rows),
        sheet=f"{consultation.key}/chances",
    )
    said = Message(
        N_(
            "Whatever the weights: {draws} weightings drawn at random (seed {seed}); each share is"
            " right to within {margin} points, 95 times in 100."
        ),
        {
            "draws": drawn.draws,
            "seed": str(drawn.seed),
            "margin": Decimal(f"{drawn.margin * 100:.1f}"),
        },
    )
    shown = N_("The share of the random weightings in which each candidate is first, out of 100.")
    return (said, ChartView("bars", table, (1,), Message(shown)))


def own_url(consultation: Consultation, voice: Voice) -> str:
    """Where the ranking by the weights of one organisation is."""
    return f"{url_of(consultation)}weights/{voice.organisation.id}/"


def _by_organisation(consultation: Consultation, found: Choosing) -> SectionView | None:
    """The rank of each candidate by the weights of each organisation."""
    if not found.heard or not found.candidates:
        return None
    ranks = [{each.option: each for each in found.by(voice)} for voice in found.heard]
    overall = {each.option: each for each in found.ranking}
    rows = tuple(
        RowView(
            (
                CellView((each.name,)),
                *(CellView((rank(held[each.id]),)) for held in (*ranks, overall)),
            ),
        )
        for place in found.ranking
        for each in found.candidates
        if each.id == place.option
    )
    table = TableView(
        Message(
            N_("The rank of each candidate in “{title}” by the weights of each organisation"),
            {"title": consultation.title},
        ),
        (
            N_("candidate"),
            *(_own_link(consultation, voice) for voice in found.heard),
            FOR_ALL,
        ),
        rows,
        sheet=f"{consultation.key}/ranks",
        is_matrix=True,
        is_terse=True,
    )
    return section("ranks", Message(N_("Ranking by organisation")), table)


def _own_link(consultation: Consultation, voice: Voice) -> Link:
    organisation = voice.organisation
    return Link(
        organisation.title_text, own_url(consultation, voice), is_example=organisation.example
    )


def what_if_url(consultation: Consultation) -> str:
    """Where a reader weighs for themselves."""
    return f"{url_of(consultation)}weights/"


def _what_if_page(consultation: Consultation, found: Choosing, graph: Graph) -> PageView:
    """The ranking by whole weights, which a script lets one move."""
    share = found.weights or {}
    weights = tuple(int(percent(share.get(each.id, Fraction(0)), 0)) for each in found.criteria)
    ids = [each.id for each in found.criteria]
    places = ranking(found.values, dict(zip(ids, map(Fraction, weights), strict=True)))
    whole = lcm(1, *(e.denominator for held in found.values.values() for e in held.values()))
    order = [each.id for each in found.candidates]
    table = TableView(
        Message(N_("The ranking by these weights")),
        (N_("candidate"), N_("rank"), N_("total out of 100")),
        tuple(RowView(row.cells[:3]) for row in ranking_rows(places, found)),
        is_matrix=True,
        is_terse=True,
    )
    values = tuple(
        (order.index(each.option), _whole_values(found.values[each.option], ids, whole))
        for each in places
    )
    presets = tuple(
        Preset(_own_link(consultation, voice), _whole_weights(voice, ids)) for voice in found.heard
    )
    labels = tuple(each.label for each in found.criteria)
    said = N_(
        "The weights are the shares of all together to begin with, rounded to whole numbers; only"
        " their ratios count."
    )
    return PageView(
        url=what_if_url(consultation),
        collection=consultation.collection,
        title=Message(N_("{title}: with other weights"), {"title": consultation.title}),
        intro=Message(said),
        place=graph.place(consultation, "criteria"),
        is_example=consultation.example,
        sections=sections(
            section(
                "what-if",
                Message(N_("Weights and ranking")),
                counted_in(graph),
                WhatIf(table, labels, weights, whole, values, presets),
            ),
            section("back", Message(N_("The whole consultation")), link(consultation)),
        ),
    )


def _whole_values(
    held: Mapping[str, Fraction], ids: Sequence[str], whole: int
) -> tuple[int | None, ...]:
    return tuple(int(held[each] * whole) if each in held else None for each in ids)


def _whole_weights(voice: Voice, ids: Sequence[str]) -> tuple[int, ...]:
    """The weights of an organisation, if a slider can be put on each; else none."""
    held = [voice.weights[each] for each in ids]
    known = tuple(int(each) for each in held if each is not None and each.denominator == 1)
    return known if len(known) == len(ids) and max(known, default=0) <= 100 else ()


def other_pages(graph: Graph) -> tuple[PageView, ...]:
    """Where a reader weighs for themselves, and the rankings of each organisation."""
    found = graph.once(choosings)
    movable = (
        _what_if_page(each, found[each.id], graph)
        for each in graph.all(Consultation)
        if found[each.id].ranking and len(found[each.id].criteria) > 1
    )
    return (*movable, *_own_pages(graph))


def _own_pages(graph: Graph) -> tuple[PageView, ...]:
    """For each organisation that has weighed everything, the ranking by its weights alone."""
    found = graph.once(choosings)
    return tuple(
        _own_page(consultation, found[consultation.id], voice, graph)
        for consultation in graph.all(Consultation)
        if found[consultation.id].candidates
        for voice in found[consultation.id].heard
    )


def _own_page(consultation: Consultation, found: Choosing, voice: Voice, graph: Graph) -> PageView:
    name = link(voice.organisation)
    own = shares({id: each for id, each in voice.weights.items() if each is not None})
    rows = tuple(
        RowView(
            (
                CellView((each.label,)),
                _weight(voice.weights[each.id]),
                CellView((_share(own, each.id),)),
                CellView((_share(found.weights, each.id),)),
            ),
        )
        for each in found.criteria
    )
    weights = TableView(
        Message(N_("The weights of {name}"), {"name": name}),
        (N_("criterion"), N_("weight"), N_("share"), N_("share, all together")),
        rows,
    )
    places = found.by(voice)
    return PageView(
        url=own_url(consultation, voice),
        collection=consultation.collection,
        title=Message(
            N_("{title}: by the weights of {name}"), {"title": consultation.title, "name": name}
        ),
        place=graph.place(consultation, "criteria"),
        is_example=consultation.example,
        sections=sections(
            section("back", Message(N_("The whole consultation")), link(consultation)),
            section(
                "ranking",
                Message(N_("Ranking")),
                _first(places, found),
                counted_in(graph),
                ranking_chart(
                    consultation,
                    places,
                    found,
                    f"{consultation.key}/weights/{voice.organisation.id}",
                ),
            ),
            section("weights", Message(N_("Weights")), weights),
        ),
    )
