"""What members alone may read leaves no trace in what the public gets."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from club.model.audience import HIDDEN_WORDS
from club.model.field import fields_of
from club.model.graph import Graph
from club.model.record import Audience, Part, Record
from club.publish.data.published import cell, published
from club.publish.html.render import Renderer
from club.publish.pages.site import Site
from club.read.load import Club, load
from club.records.comparison.model import Comparison
from club.records.project.model import Project
from club.records.rollout.model import Rollout
from tests.clubs import FROZEN, TOY, club_of, few, folder_at, toy_in


def public(club: Club) -> Graph:
    return club.restricted(Audience.PUBLIC)


def trace(graph: Graph) -> str:
    """Everything a page, an export or a link could take from *graph*."""
    said = [json.dumps(published(each, graph), ensure_ascii=False) for each in graph]
    said += [repr(each) for each in graph]
    said += [cell(getattr(each, name)) for each in graph for name in each.__class__.model_fields]
    said += [pointer.target for each in graph for pointer in graph.pointers(each)]
    said += [link.record.id for each in graph for link in graph.backlinks(each)]
    return "\n".join([*said, *graph.ids])


def found(graph: Graph, id: str) -> Record:
    record = graph.find(id)
    assert record is not None
    return record


FILES = {
    "data/services.yaml": (
        "cache: {label: Nom secret, audience: members, aliases: [ancien-cache]}\n"
        "connu: {label: Connu, families: [ouverte, fermee]}\n"
    ),
    "data/families.yaml": (
        "ouverte: {label: Ouverte, order: 1, frame: f}\n"
        "fermee: {label: Nom secret, order: 2, frame: f, audience: members}\n"
    ),
    "data/projects.yaml": (
        "nord: {name: Nord, state: pilot}\n"
        "secret: {name: Nom secret, state: pilot, audience: members}\n"
        "suite: {name: Suite, state: pilot, successor: secret,"
        " summary: 'Avec [[secret]], [[secret|un autre]], [[nord]] et [[ secret ]].'}\n"
    ),
    "data/offers.yaml": (
        "de-cache: {service: cache, project: nord, state: available, note: Nom secret}\n"
        "de-secret: {service: connu, project: secret, state: available}\n"
        "par-alias: {service: ancien-cache, project: nord, state: partial, note: Nom secret}\n"
        "connue: {service: connu, project: nord, state: available, note: 'Voir [[de-cache]].'}\n"
    ),
    "data/difficulties.yaml": (
        "d: {title: D, symptom: S, state: solved, solved_by: secret, projects: [nord, secret]}\n"
    ),
    "data/practices.yaml": (
        "p: {title: P, project: nord, maturity: idea, reused_by:"
        " [{project: secret, result: Nom secret}, {project: suite}]}\n"
        "q: {title: Nom secret, project: secret, maturity: idea}\n"
    ),
    "data/requests/r.yaml": "title: R\nneed: N\nstate: draft\npractice: q\norigin: secret\n",
    "data/comparisons.yaml": (
        "c: {title: C, subjects: secret, criteria: [{id: x, label: Nom secret}]}\n"
        "e: {title: E, subjects: [nord, secret], criteria: [{id: x, label: X}], cells:"
        " [{subject: nord, criterion: x, claim: a},"
        " {subject: secret, criterion: x, claim: Nom secret}]}\n"
    ),
    "data/decisions.yaml": "e1: {subject: Nom secret, body: b, outcome: O}\n",
    "data/meetings/b.yaml": "title: B\ntype: plenary\nstatus: held\naudience: members\n",
}


def test_hidden_records_and_all_that_leans_on_them(tmp_path: Path) -> None:
    club = club_of(tmp_path, FILES)
    assert club.errors == ()
    graph = public(club)
    hidden = {"cache", "ancien-cache", "fermee", "secret", "de-cache", "de-secret", "par-alias"}
    hidden |= {"q", "c", "b", "e1"}
    assert {each.id for each in graph} == {
        *("connu", "ouverte", "nord", "suite", "connue", "d", "p", "r", "e"),
    }
    said = trace(graph)
    assert "Nom secret" not in said
    assert not [id for id in hidden if len(id) > 2 and id in said.replace("Nom secret", "")]
    assert not set(graph.ids) & hidden
    for each in graph:
        for pointer in graph.pointers(each):
            assert graph.find(pointer.target) is not None


def test_links_in_texts_keep_their_author_s_words(tmp_path: Path) -> None:
    graph = public(club_of(tmp_path, FILES))
    assert found(graph, "suite").summary == (
        f"Avec {HIDDEN_WORDS}, un autre, [[nord]] et {HIDDEN_WORDS}."
    )


def test_optional_references_and_lists_lose_what_is_hidden(tmp_path: Path) -> None:
    graph = public(club_of(tmp_path, FILES))
    difficulty, practice = found(graph, "d"), found(graph, "p")
    assert difficulty.solved_by is None
    assert [str(each) for each in difficulty.projects] == ["nord"]
    assert [str(each.project) for each in practice.reused_by] == ["suite"]
    assert [str(each) for each in found(graph, "connu").families] == ["ouverte"]
    assert len(found(graph, "e").cells) == 1


def test_members_read_everything(tmp_path: Path) -> None:
    club = club_of(tmp_path, FILES)
    assert club.restricted(Audience.MEMBERS) is club.graph
    assert len(club.graph) == 19


def test_fields_and_parts_of_the_toy_club() -> None:
    club = load(folder_at(TOY))
    graph = public(club)
    said = trace(graph)
    for secret in ("bureau-2021", "Secret du Sud", "12000", "80", "decision-bureau"):
        assert secret not in said, secret
    assert found(graph, "jardin-sud").users == ()
    assert found(graph, "jardin-sud").audience == {}
    assert [each.value for each in found(graph, "jardin-nord").schools_equipped] == [77]
    positions = found(graph, "exporter-le-carnet").positions
    assert [str(each.project) for each in positions] == ["jardin-nord"]
    assert len(club.graph.find("exporter-le-carnet").positions) == 2


def test_from_what_a_hidden_field_was_deduced_is_hidden_with_it() -> None:
    club = load(folder_at(TOY))
    told = {
        audience: [each.field for each in found(club.restricted(audience), "jardin-sud").deduced]
        for audience in Audience
    }
    assert told == {
        Audience.PUBLIC: ["school_types"],
        Audience.MEMBERS: ["school_types", "users"],
    }
    assert "Les comptes que le registre compte" not in trace(public(club))


def test_a_hidden_field_that_holds_the_only_link(tmp_path: Path) -> None:
    files = {
        "data/axes.yaml": "a: {label: A, nature: technical, order: 1}\n",
        "data/services.yaml": (
            "s: {label: S, summary: 'Voir [[a]]', audience: {summary: members, source: public}}\n"
        ),
    }
    graph = public(club_of(tmp_path, files))
    assert graph.backlinks(found(graph, "a")) == ()
    assert found(graph, "s").summary is None


def test_a_required_part_that_is_hidden_takes_its_owner(tmp_path: Path) -> None:
    files = {
        "data/projects.yaml": (
            "n: {name: N, state: pilot, history:"
            " [{what: Nom secret, date: {value: 2012, audience: members}},"
            " {what: Connu, date: 2013}]}\n"
        ),
        "data/comparisons.yaml": (
            "c: {title: Nom secret, subjects: n,"
            " criteria: [{id: x, label: X, audience: members}]}\n"
        ),
    }
    club = club_of(tmp_path, files)
    assert club.errors == ()
    said = trace(public(club))
    assert "Nom secret" not in said
    assert "Connu" in said


def test_nothing_hidden_changes_nothing(tmp_path: Path) -> None:
    club = club_of(tmp_path, {"data/axes.yaml": "a: {label: A, nature: technical, order: 1}\n"})
    assert [each is club.graph.find(each.id) for each in public(club)] == [True]


def test_a_link_by_file_to_a_hidden_page_keeps_only_its_words(tmp_path: Path) -> None:
    files = {
        "data/axes.yaml": (
            "ouvert: {label: O, nature: technical, order: 1}\n"
            "secret: {label: S, nature: technical, order: 2, audience: members}\n"
        ),
        "docs/axes/ouvert.md": "Voir [un axe](secret.md#suite) et [soi](ouvert.md).\n",
    }
    (node,) = public(club_of(tmp_path, files)).nodes
    assert node.body
    assert node.body.markdown == "Voir un axe et [soi](ouvert.md).\n"


def test_the_front_matter_of_a_long_text_is_not_shown(tmp_path: Path) -> None:
    files = {
        "data/axes.yaml": "ouvert: {label: O, nature: technical, order: 1}\n",
        "docs/axes/ouvert.md": "---\r\ntitle: Ailleurs\r\n---\r\nLe texte.\r\n",
    }
    (node,) = club_of(tmp_path, files).graph.nodes
    assert node.body
    assert node.body.markdown == "\n\n\nLe texte.\n"


def without_field(record: Record, rank: int) -> Record:
    """*record* with its *rank*-th field that may be for members so."""
    told = [
        field.name
        for field in fields_of(record.__class__).values()
        if field.is_content and not field.is_required and getattr(record, field.name)
    ]
    audience = dict.fromkeys(told[rank : rank + 1], Audience.MEMBERS)
    return record.model_copy(update={"audience": audience})


def without_part(record: Record, rank: int) -> Record:
    """*record* with the *rank*-th part of each of its lists for members."""
    changes = {}
    for name in record.__class__.model_fields:
        held = getattr(record, name)
        if isinstance(held, tuple) and all(isinstance(each, Part) for each in held):
            changes[name] = tuple(
                each.model_copy(update={"audience": Audience.MEMBERS}) if index == rank else each
                for index, each in enumerate(held)
            )
    return record.model_copy(update=changes)


@pytest.mark.parametrize("hide", [without_field, without_part])
@pytest.mark.parametrize("rank", few(range(12), 4))
@pytest.mark.parametrize("root", [TOY, FROZEN], ids=lambda root: root.name)
def test_a_record_of_which_a_part_is_hidden_is_shown_without_it(
    root: Path, rank: int, hide: Callable[[Record, int], Record]
) -> None:
    """“object is not subscriptable”: a meeting whose place is for members stopped the build."""
    club = load(folder_at(root))
    nodes = [
        node if node.record.is_page else replace(node, record=hide(node.record, rank))
        for node in club.graph.nodes
    ]
    shown = replace(club, graph=Graph(nodes, club.folder.registry)).restricted(Audience.PUBLIC)
    site = Site(shown, Renderer(club.folder.registry, "fr"))
    cut = [each for each in shown.nodes if each.is_cut]
    assert cut or rank > 5
    for record in site.records():
        assert site.page(record).html


MINIMAL = (
    "jardin-est:\n  name: Est\n  platform: verger\n  state: rollout\n  audience: {%s: members}\n"
)
OPTIONAL = [
    field.name
    for field in fields_of(Project).values()
    if field.is_content and not field.is_required
]


@pytest.mark.parametrize("name", OPTIONAL)
def test_a_field_for_members_that_says_nothing_stops_nothing(name: str, tmp_path: Path) -> None:
    """“tuple index out of range”: a project without figures, whose figures are for members."""
    root = toy_in(tmp_path)
    with (root / "data/projects.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\n{MINIMAL % name}")
    club = load(folder_at(root))
    assert club.errors == ()
    site = Site(public(club), Renderer(club.folder.registry, "fr"))
    for record in site.records():
        assert site.page(record).html


def test_from_what_a_field_of_hidden_parts_was_deduced_is_hidden_too(tmp_path: Path) -> None:
    """The public data gave the reason of a field whose every value was for members."""
    files = {
        "data/platforms.yaml": "socle:\n  name: Socle\n",
        "data/projects.yaml": "nord:\n  name: Nord\n  platform: socle\n  state: rollout\n"
        "  schools_target: [{value: 4242, audience: members}]\n"
        "  deduced:\n"
        "    - {field: schools_target, reason: zq}\n"
        "    - {field: state, reason: dit}\n",
    }
    club = club_of(tmp_path, files)
    assert not club.errors
    shown = [
        [each.reason for each in found(club.restricted(each_reader), "nord").deduced]
        for each_reader in (Audience.PUBLIC, Audience.MEMBERS)
    ]
    assert shown == [["dit"], ["zq", "dit"]]


STEPS = (
    "pose:\n  title: T\n  project: nord\n  steps:\n"
    "    - {id: zqsecret, title: S, audience: members}\n"
    "    - {id: a, title: A, after: [zqsecret, b], part_of: zqsecret}\n"
    "    - {id: b, title: B}\n"
)
CRITERIA = (
    "c:\n  title: T\n  subjects: nord\n  criteria:\n"
    "    - {id: zqsecret, label: S, audience: members}\n    - {id: ouvert, label: O}\n"
    "  cells:\n    - {subject: nord, criterion: zqsecret, claim: 'zqsecret'}\n"
    "    - {subject: nord, criterion: ouvert, claim: oui}\n"
)


def test_parts_named_those_that_only_members_know_of(tmp_path: Path) -> None:
    files = {
        "data/projects.yaml": "nord: {name: Nord, state: pilot}\n",
        "data/rollouts.yaml": STEPS,
        "data/comparisons.yaml": CRITERIA,
    }
    club = club_of(tmp_path, files)
    assert club.errors == ()
    graph = public(club)
    assert "zqsecret" not in trace(graph)
    comparison, rollout = graph.all(Comparison)[0], graph.all(Rollout)[0]
    assert [each.criterion for each in comparison.cells] == ["ouvert"]
    first, second = rollout.steps
    assert (first.after, first.part_of, second.id) == (("b",), None, "b")


def test_parts_named_those_of_a_field_that_is_for_members(tmp_path: Path) -> None:
    criteria = CRITERIA.replace(", audience: members", "") + "  audience: {criteria: members}\n"
    files = {
        "data/projects.yaml": "nord: {name: Nord, state: pilot}\n",
        "data/comparisons.yaml": criteria,
    }
    club = club_of(tmp_path, files)
    assert "zqsecret" not in trace(public(club))
