"""A consultation as its ranking reads it: who has a voice, what is ranked, what a change moves."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

from club.insight.choosing import Choosing, choosings
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.record import Audience
from club.model.view import RowView, TableView
from club.records.consultation.figures import ranks
from club.records.consultation.model import Consultation
from club.records.consultation.weighing import weighing_sections
from tests.choice import CONSULTATION, files
from tests.clubs import club_of


def graph_of(root: Path, **more: Any) -> Graph:
    return club_of(root, files(**more)).graph


def choice_of(root: Path, **more: Any) -> Choosing:
    return choosings(graph_of(root, **more))["choix"]


def test_several_evaluators_have_one_voice_each(tmp_path: Path) -> None:
    """The cabinet gives Alpha 8 of 10, a school 6: it is worth 0.7."""
    found = choice_of(tmp_path)
    assert found.values["alpha"] == {"mobile": Fraction(7, 10), "cout": Fraction(1, 2)}
    assert found.values["delta"] == {"mobile": Fraction(9, 10)}
    assert found.missing == 1


def test_who_has_not_weighed_everything_has_no_voice_yet(tmp_path: Path) -> None:
    criteria = [dict(each) for each in CONSULTATION["criteria"]]
    criteria[0]["weights"] = [
        *criteria[0]["weights"],
        {"organisation": "est", "weight": 100},
    ]
    found = choice_of(tmp_path, criteria=criteria)
    assert [each.organisation.id for each in found.voices] == ["nord", "sud", "est"]
    assert [each.organisation.id for each in found.heard] == ["nord", "sud"]
    assert found.weights == {"mobile": Fraction(2, 5), "cout": Fraction(3, 5)}


def test_nobody_has_weighed_and_nobody_has_scored(tmp_path: Path) -> None:
    bare = [{**each, "weights": []} for each in CONSULTATION["criteria"]]
    found = choice_of(tmp_path / "a", criteria=bare, weights_total=None)
    assert (found.weights, found.ranking, found.slacks) == (None, (), ())
    found = choice_of(tmp_path / "b", scores=[])
    assert {(each.first, each.last) for each in found.ranking} == {(1, 3)}
    assert found.chances is None


def test_the_weight_of_a_criterion_for_members_was_the_total_less_the_sum(tmp_path: Path) -> None:
    """30 and 39 of 100 were kept, and the table of the others ended with 70 and 61."""
    criteria = [dict(each) for each in CONSULTATION["criteria"]]

    def sums(graph: Graph) -> list[RowView]:
        (consultation,) = graph.all(Consultation)
        found = [each for each in weighing_sections(consultation, graph) if each]
        tables = [each for section in found for each in section.body if isinstance(each, TableView)]
        assert tables
        return [
            row
            for table in tables
            for row in table.rows
            if row.cells[0].values == (Message(N_("sum")),)
        ]

    whole = club_of(tmp_path / "a", files(criteria=criteria))
    assert len(sums(whole.restricted(Audience.PUBLIC))) == 1
    criteria[0]["audience"] = "members"
    cut = club_of(tmp_path / "b", files(criteria=criteria))
    assert sums(cut.restricted(Audience.PUBLIC)) == []
    assert len(sums(cut.restricted(Audience.MEMBERS))) == 1


def test_a_proposal_that_moves_a_rank_is_told_of_it(tmp_path: Path) -> None:
    """Its cost scored the worst, Delta can no more be first: 36 of 100."""
    before = {key: each.number for key, each in ranks(graph_of(tmp_path / "a"))}
    last = {"candidate": "delta", "criterion": "cout", "score": 12, "by": "cabinet"}
    after = {
        key: each.number
        for key, each in ranks(graph_of(tmp_path / "b", scores=[*CONSULTATION["scores"], last]))
    }
    moved = {key[1:]: (before[key], after[key]) for key in before if before[key] != after[key]}
    assert moved == {
        ("alpha", "worst rank"): (2, 1),
        ("beta", "worst rank"): (3, 2),
        ("delta", "best rank"): (1, 3),
    }
