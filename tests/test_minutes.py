"""Agendas proposed, minutes written and applied, on clubs and minutes made at random."""

from __future__ import annotations

import re
import subprocess
from datetime import date
from difflib import ndiff
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from club.insight.agenda import proposed
from club.insight.minutes import lines_of, read_minutes
from club.model.graph import Graph, Node
from club.model.record import Audience
from club.model.source import Block
from club.model.structure import Raw
from club.publish.words.language import Words
from club.read.load import load
from club.records.meeting.model import Meeting
from tests import processes
from tests.clubs import folder_at, write

TODAY = date(2024, 4, 1)
DAY = "1711972800"  # that very day
ORGANISATIONS = {
    "nord": {"name": "Académie du Nord", "short_name": "Nord-Est", "type": "academy"},
    "sud": {"name": "Académie du Sud", "type": "academy"},
}
PROJECTS = {
    id: {"name": id.title(), "platform": "base", "state": "rollout"} for id in ("un", "deux")
}
REQUESTS = {
    "r1": {
        "title": "Exporter le carnet",
        "need": "N",
        "state": "shared",
        "positions": [{"project": "un", "stance": "neutral", "reason": "Avant"}],
    },
    "r2": {"title": "Imprimer la liste du car scolaire", "need": "N", "state": "discussed"},
    "invente": {"title": "Inventée", "need": "N", "state": "shared", "example": True},
    "parti": {"title": "Retirée", "need": "N", "state": "withdrawn"},
}
MEETINGS: dict[str, Any] = {
    "avant": {
        "title": "Avant",
        "type": "plenary",
        "status": "held",
        "date": "2024-01-10",
        "agenda": [
            {"id": "ouvert", "title": "Un point ouvert", "state": "open"},
            {"id": "porte", "title": "Un point porté", "state": "postponed", "carried_to": "m"},
            {"id": "ailleurs", "title": "Ailleurs", "state": "postponed", "carried_to": "apres"},
            {"id": "fait", "title": "Un point traité", "state": "treated"},
        ],
        "actions": [{"id": "a", "what": "Une action en retard", "due": "2024-02-01"}],
    },
    "m": {
        "title": "La rencontre",
        "type": "plenary",
        "status": "held",
        "date": "2024-03-14",
        "agenda": [{"id": "propre", "title": "Le sien"}],
    },
    "apres": {"title": "Après", "type": "thematic", "status": "planned", "date": "2025-01-10"},
    "exemple": {
        "title": "Exemple",
        "type": "thematic",
        "status": "held",
        "date": "2023-01-10",
        "example": True,
        "agenda": [{"id": "invente", "title": "Inventé"}],
    },
}


def files(**more: str) -> dict[str, str]:
    def said(records: dict[str, Any]) -> str:
        return yaml.safe_dump(records, allow_unicode=True, sort_keys=False)

    return {
        "mkdocs.yml": "site_name: C\ntheme: {name: material, language: fr}\nplugins: [club]\n",
        "docs/index.md": "# Accueil\n",
        "data/platforms.yaml": "base: {name: Base}\n",
        "data/organisations.yaml": said(ORGANISATIONS),
        "data/projects.yaml": said(PROJECTS),
        "data/requests.yaml": said(REQUESTS),
        "data/meetings.yaml": said(MEETINGS),
        **more,
    }


def ran(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    day = {"SOURCE_DATE_EPOCH": DAY}
    return processes.club("--root", str(root), "meeting", *arguments, env=day)


def data(root: Path, name: str) -> Any:
    return yaml.safe_load((root / f"data/{name}.yaml").read_text("utf-8"))


def test_an_agenda_begins_with_what_earlier_meetings_left(tmp_path: Path) -> None:
    root = write(tmp_path, files())
    graph = load(folder_at(root), today=TODAY).graph
    meeting = graph.find("m")
    points = proposed(meeting, graph)  # type: ignore[arg-type]
    assert [each.id for each in points] == [
        "ouvert",
        "porte",
        "actions-en-retard",
        "positions-manquantes",
    ]
    assert ran(root, "agenda", "m").returncode == 0
    assert data(root, "meetings") == MEETINGS
    before = (root / "data/meetings.yaml").read_text("utf-8").splitlines()
    assert ran(root, "agenda", "m", "--write").returncode == 0
    after = (root / "data/meetings.yaml").read_text("utf-8").splitlines()
    assert not [line for line in ndiff(before, after) if line.startswith("- ")]
    agenda = data(root, "meetings")["m"]["agenda"]
    assert [each["id"] for each in agenda] == ["propre", *(each.id for each in points)]
    assert agenda[1]["title"] == "Un point ouvert"
    assert "[[r1]]" in agenda[-1]["note"]
    assert "Deux" in agenda[-1]["note"]
    assert ran(root, "agenda", "m", "--write").stdout.startswith("Rien de plus")
    assert data(root, "meetings")["m"]["agenda"] == agenda


def test_a_skeleton_of_minutes_is_sound_and_overwrites_nothing(tmp_path: Path) -> None:
    root = write(tmp_path, files())
    assert ran(root, "minutes", "m").returncode == 0
    text = (root / "docs/meetings/m.md").read_text("utf-8")
    assert text.index("## 1. Le sien") < text.index("## Décisions") < text.index("## Positions")
    again = ran(root, "minutes", "m")
    assert again.returncode == 1
    assert "rien n’est écrasé" in again.stderr
    assert (root / "docs/meetings/m.md").read_text("utf-8") == text
    done = ran(root, "apply", "m")
    assert done.returncode == 0
    assert "Rien à écrire" in done.stdout
    assert data(root, "requests") == REQUESTS


WRITTEN = """\
## Décisions

- Rythme\u00a0: deux réunions par an
* Une liste : elle sera publique

## ACTIONS :

1. Nord-Est : préparer la rencontre (avant le 31 mars 2024)
2. [[sud]] : relire
   la charte
3. Choisir une date

### Positions

- **Un** : Indispensable, rang 2, sur [[r1]] – pour l’inspection (condition : sans surcoût)
- deux : opposée sur « Imprimer la liste du car scolaire »

## La suite

- ceci n’est pas une position : du tout
"""


def test_minutes_are_shown_then_written_once(tmp_path: Path) -> None:
    root = write(tmp_path, files(**{"docs/meetings/m.md": WRITTEN}))
    shown = ran(root, "apply", "m")
    assert shown.returncode == 0, shown.stderr
    assert "Rythme" in shown.stdout
    assert (data(root, "meetings"), data(root, "requests")) == (MEETINGS, REQUESTS)
    assert ran(root, "apply", "m", "--write").returncode == 0
    assert data(root, "meetings")["m"]["actions"] == [
        {
            "id": "preparer-la-rencontre",
            "what": "préparer la rencontre",
            "owner": "nord",
            "due": date(2024, 3, 31),
        },
        {"id": "relire-la-charte", "what": "relire la charte", "owner": "sud"},
        {"id": "choisir-une-date", "what": "Choisir une date"},
    ]
    taken = {"as_of": date(2024, 3, 14), "meeting": "m"}
    requests = data(root, "requests")
    assert requests["r1"]["positions"] == [
        {
            "project": "un",
            "stance": "essential",
            "rank": 2,
            "reason": "pour l’inspection",
            "constraint": "sans surcoût",
            **taken,
        }
    ]
    assert requests["r2"]["positions"] == [{"project": "deux", "stance": "opposed", **taken}]
    decision = yaml.safe_load((root / "data/decisions/decision-rythme.yaml").read_text("utf-8"))
    assert decision == {"subject": "Rythme", "body": "m", "outcome": "deux réunions par an"}
    assert load(folder_at(root), today=TODAY).errors == ()
    again = ran(root, "apply", "m", "--write")
    assert "Rien à écrire" in again.stdout


@pytest.mark.parametrize(
    ("part", "line", "told"),
    [
        ("Décisions", "Sans rien", "Sujet : ce qui est décidé"),
        ("Décisions", "A : b (remplace [[rien]])", "rien"),
        ("Actions", "Académie du Nort : relire", "peut-être : Académie du Nord"),
        ("Actions", "relire (avant le 45 mars)", "45 mars"),
        ("Positions", "unn : neutre sur [[r1]]", "unn"),
        ("Positions", "un : enthousiaste sur [[r1]]", "enthousiaste"),
        ("Positions", "un : neutre", "pas nommée"),
        ("Positions", "un : neutre sur [[r9]]", "r9"),
        ("Positions", "un : neutre sur [[parti]]", "retirée"),
        ("Positions", "un : neutre sur [[r1]]\n- Un : opposé sur [[r1]]", "ligne 3"),
        ("Positions", "un : neutre sur [[r1]]\n\nDeux : neutre sur [[r1]]", "un tiret"),
        ("Positions", "un : neutre sur [[r1]]\n    - opposé sur [[r2]]", "à l’intérieur"),
        ("Positions", "un : neutre sur [[r1]]\n\t* deux : opposé sur [[r2]]", "à l’intérieur"),
        ("Décisions", "A : b\n- a : c", "ligne 3"),
        ("Positions", "un : neutre, rang 0 sur [[r1]]", "à partir de 1"),
        ("Positions", "un : neutre, rang deux, sur [[r1]]", "deux"),
        ("Positions", "un : neutre, sans surcoût, sur [[r1]]", "sans surcout"),
        ("Positions", "un : neutre sur [[r1]] malgré le coût", "malgré le coût"),
        ("Positions", "un : neutre – on verra, sur [[r1]]", "on verra"),
        ("Positions", "un : neutre sur [[invente]]", "inventée"),
    ],
)
def test_a_line_that_is_not_understood_keeps_all_from_being_written(
    tmp_path: Path, part: str, line: str, told: str
) -> None:
    text = f"## {part}\n\n- {line}\n\n## Actions\n\n- Une action juste\n"
    root = write(tmp_path, files(**{"docs/meetings/m.md": text}))
    done = ran(root, "apply", "m", "--write")
    assert done.returncode == 1
    said = done.stderr.replace("\u00a0", " ")
    assert told in said
    assert "docs/meetings/m.md:" in said
    assert "Traceback" not in said
    assert (data(root, "meetings"), data(root, "requests")) == (MEETINGS, REQUESTS)


def test_what_a_meeting_to_come_decides_is_not_known_yet(tmp_path: Path) -> None:
    root = write(tmp_path, files(**{"docs/meetings/apres.md": WRITTEN}))
    done = ran(root, "apply", "apres", "--write")
    assert done.returncode == 1
    assert data(root, "requests") == REQUESTS


WORDS = st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x17F), min_size=1, max_size=9)
SAID = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
STANCES = {
    "essential": ["indispensable", "Indispensable", "essential"],
    "wanted": ["souhaitée", "souhaité", "wanted", "SOUHAITEE"],
    "neutral": ["neutre", "neutral"],
    "opposed": ["opposé", "opposée", "opposed"],
    "not_concerned": ["non concerné", "non concernée", "not concerned"],
}
BULLETS = st.sampled_from(["-", "*", "+", "1."])
COLONS = st.sampled_from([":", " :", "\u00a0:", "\u202f:"])


@st.composite
def position(draw: st.DrawFn, project: str, request: str) -> tuple[str, dict[str, str]]:
    stance = draw(st.sampled_from(sorted(STANCES)))
    expected = {"project": project, "stance": stance}
    name = draw(st.sampled_from([project, project.title(), f"[[{project}]]", project.upper()]))
    text = f"{draw(BULLETS)} {name}{draw(COLONS)} {draw(st.sampled_from(STANCES[stance]))}"
    rank = draw(st.none() | st.integers(1, 99999))
    ranked = draw(st.sampled_from([", rang {}", " (rang {})", ", rank 0{}"])).format(rank)
    is_first = draw(st.booleans())
    if rank:
        expected["rank"] = str(rank)
        text += ranked if is_first else ""
    title = REQUESTS[request]["title"]
    linked = [f"[[{request}]]", f"[[{request}|cette demande]]"]
    named = draw(st.sampled_from([*linked, *([f"« {title} »", str(title)] if is_first else [])]))
    text += f" {draw(st.sampled_from(['sur', 'on', 'sur la demande']))} {named}"
    text += ranked if rank and not is_first else ""
    if reason := draw(st.none() | SAID):
        text += f" {draw(st.sampled_from(['–', '-', 'parce que', 'car', 'because']))} {reason}"
        expected["reason"] = reason
    if condition := draw(st.none() | SAID):
        text, expected["constraint"] = f"{text} (condition : {condition})", condition
    return text, expected


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_however_a_position_is_written_it_is_read(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    pairs = data.draw(
        st.lists(
            st.tuples(st.sampled_from(["un", "deux"]), st.sampled_from(["r1", "r2"])),
            unique=True,
            min_size=1,
        )
    )
    drawn = [data.draw(position(*pair)) for pair in pairs]
    text = "# Compte rendu\n\n## Positions\n\n" + "\n".join(line for line, _ in drawn)
    meeting = GRAPH.find("m")
    found = read_minutes(meeting, "m.md", text, GRAPH, Words("fr").translate)  # type: ignore[arg-type]
    assert found.faults == ()
    extra = {"as_of": "2024-03-14", "meeting": "m"}
    assert [(each.request.id, each.fields) for each in found.positions] == [
        (request, {**expected, **extra})
        for (_, request), (_, expected) in zip(pairs, drawn, strict=True)
    ]


@pytest.fixture(scope="module", autouse=True)
def _club(tmp_path_factory: pytest.TempPathFactory) -> None:
    global GRAPH  # noqa: PLW0603 - one club, read once, for every example
    root = write(tmp_path_factory.mktemp("club"), files())
    GRAPH = load(folder_at(root), today=TODAY).graph


GRAPH: Any = None


def changed(records: dict[str, Any], id: str, **fields: Any) -> str:
    """*records* as a file, with other *fields* of one of them."""
    return yaml.safe_dump(
        {**records, id: {**records[id], **fields}}, allow_unicode=True, sort_keys=False
    )


def test_what_members_decided_among_themselves_is_not_told_to_all(tmp_path: Path) -> None:
    """What the public may read before and after is the same."""
    text = "## Décisions\n\n- Zqsujet : zqdit\n\n## Actions\n\n- Zqfaire\n\n## Positions\n\n"
    text += "- Un : opposé sur [[r1]] – zqraison\n- Deux : neutre sur [[r2]] – zqraison\n"
    meetings = changed(MEETINGS, "m", audience="members")
    root = write(tmp_path, files(**{"data/meetings.yaml": meetings, "docs/meetings/m.md": text}))
    assert ran(root, "apply", "m", "--write").returncode == 0
    club = load(folder_at(root), today=TODAY)
    assert club.errors == ()
    for audience, is_told in ((Audience.PUBLIC, False), (Audience.MEMBERS, True)):
        said = " ".join(str(each) for each in club.restricted(audience)).casefold()
        assert ("zq" in said) is is_told
    assert "Rien à écrire" in ran(root, "apply", "m", "--write").stdout


def test_an_agenda_that_all_may_read_takes_nothing_from_a_meeting_of_members(
    tmp_path: Path,
) -> None:
    meetings = changed(MEETINGS, "avant", audience="members")
    root = write(tmp_path, files(**{"data/meetings.yaml": meetings}))
    done = ran(root, "agenda", "m", "--write")
    assert "Points réservés aux membres" in done.stdout
    assert [each["id"] for each in data(root, "meetings")["m"]["agenda"]] == [
        "propre",
        "positions-manquantes",
    ]
    both = {**yaml.safe_load(meetings), "m": {**MEETINGS["m"], "audience": "members"}}
    root = write(tmp_path / "members", files(**{"data/meetings.yaml": yaml.safe_dump(both)}))
    assert ran(root, "agenda", "m", "--write").returncode == 0
    assert "porte" in [each["id"] for each in data(root, "meetings")["m"]["agenda"]]


def test_a_made_up_meeting_says_nothing_of_what_is_true(tmp_path: Path) -> None:
    text = "## Positions\n\n- un : opposé sur [[{}]]\n"
    root = write(tmp_path, files(**{"docs/meetings/exemple.md": text.format("r2")}))
    assert ran(root, "apply", "exemple", "--write").returncode == 1
    assert data(root, "requests") == REQUESTS
    write(root, {"docs/meetings/exemple.md": text.format("invente")})
    assert ran(root, "apply", "exemple", "--write").returncode == 0
    changed_to = data(root, "requests")
    assert changed_to.pop("invente")["positions"][0]["stance"] == "opposed"
    assert changed_to == {id: each for id, each in REQUESTS.items() if id != "invente"}
    text = "## Décisions\n\n- Rythme : deux (remplace [[vraie]])\n"
    true = "subject: Vraie\nbody: m\noutcome: Oui\n"
    write(root, {"docs/meetings/exemple.md": text, "data/decisions/vraie.yaml": true})
    assert ran(root, "apply", "exemple", "--write").returncode == 1
    assert [each.name for each in (root / "data/decisions").iterdir()] == ["vraie.yaml"]


def test_an_action_that_is_ticked_is_done_and_pour_may_lead_to_no_day(tmp_path: Path) -> None:
    text = "## Actions\n\n- [x] Sud : relire\n- [ ] Sud : écrire (pour les lycées)\n"
    text = text.replace("Sud", "Académie du Sud")
    root = write(tmp_path, files(**{"docs/meetings/m.md": text}))
    assert ran(root, "apply", "m", "--write").returncode == 0
    assert data(root, "meetings")["m"]["actions"] == [
        {"id": "relire", "what": "relire", "owner": "sud", "state": "done"},
        {"id": "ecrire-pour-les-lycees", "what": "écrire (pour les lycées)", "owner": "sud"},
    ]
    assert "Rien à écrire" in ran(root, "apply", "m", "--write").stdout


def test_a_ticked_action_stayed_late_and_stood_twice(tmp_path: Path) -> None:
    """One of the meeting before is ended there; one of its own, here; neither is written again."""
    own = {"id": "b", "what": "Relire", "owner": "sud", "due": "2024-04-01"}
    meetings = changed(MEETINGS, "m", actions=[own])
    text = "## Actions\n\n- [x] Une action en retard\n- [x] Académie du Sud : relire\n"
    root = write(tmp_path, files(**{"docs/meetings/m.md": text, "data/meetings.yaml": meetings}))
    done = ran(root, "apply", "m", "--write")
    assert done.returncode == 0, done.stderr
    held = data(root, "meetings")
    assert held["avant"]["actions"] == [{**MEETINGS["avant"]["actions"][0], "state": "done"}]
    assert held["m"]["actions"] == [{**own, "state": "done"}]
    assert "Rien à écrire" in ran(root, "apply", "m", "--write").stdout


def test_an_action_that_another_meeting_agreed_upon_is_not_written_twice(tmp_path: Path) -> None:
    text = "## Actions\n\n- Une action en retard\n- Une action en retard (avant 2024-09)\n"
    root = write(tmp_path, files(**{"docs/meetings/m.md": text}))
    done = ran(root, "apply", "m", "--write")
    assert "docs/meetings/m.md:3:3" in done.stdout
    assert "« Avant »" in done.stdout.replace("\u00a0", " ")
    held = data(root, "meetings")
    assert held["avant"] == MEETINGS["avant"]
    assert [each["due"] for each in held["m"]["actions"]] == ["2024-09"]


def test_what_the_record_says_otherwise_is_told(tmp_path: Path) -> None:
    own = {"id": "b", "what": "Relire", "owner": "sud", "due": "2024-04-01"}
    meetings = changed(MEETINGS, "m", actions=[own])
    text = "## Actions\n\n- [x] Relire (avant 2024-05-01)\n"
    root = write(tmp_path, files(**{"docs/meetings/m.md": text, "data/meetings.yaml": meetings}))
    done = ran(root, "apply", "m", "--write")
    assert "1er avril 2024" in done.stdout.replace("\u00a0", " ")
    assert data(root, "meetings")["m"]["actions"] == [own]


STATES = ("open", "postponed", "treated", "dropped")


@st.composite
def yearly(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    """Meetings, one a year, whose points go on from one another or not; the last is to come."""
    ids = [f"r{year}" for year in range(2017, 2017 + draw(st.integers(2, 5)))]
    meetings: dict[str, dict[str, Any]] = {}
    for place, id in enumerate(ids):
        later, points = ids[place + 1 :], []
        for subject in draw(st.lists(st.sampled_from("abc"), unique=True)):
            point = {"id": subject, "title": f"Sujet {subject}"}
            point["state"] = draw(st.sampled_from(STATES if later else STATES[:1]))
            if point["state"] == "postponed":
                point["carried_to"] = draw(st.sampled_from(later))
            points.append(point)
        status = draw(st.sampled_from(("held", "cancelled"))) if later else "planned"
        when = str(2015 + place) if later else "2025-12"
        about = {"title": id, "type": "thematic", "status": status, "date": when}
        meetings[id] = {**about, "agenda": points}
    return meetings


def left(meetings: dict[str, dict[str, Any]]) -> list[tuple[str, str]]:
    """What the last of *meetings* should take up: each subject where it was last spoken of."""
    *earlier, last = meetings.values()
    taken = {each["title"] for each in last["agenda"]}
    latest = {
        point["title"]: (meeting["title"], point["state"])
        for meeting in earlier
        for point in meeting["agenda"]
    }
    return sorted(
        (title, id)
        for title, (id, state) in latest.items()
        if state in ("open", "postponed") and title not in taken
    )


@settings(max_examples=100, deadline=None)
@given(yearly())
def test_a_point_is_left_by_the_last_meeting_that_spoke_of_it(
    meetings: dict[str, dict[str, Any]],
) -> None:
    records = [Meeting.model_validate({"id": id, **each}) for id, each in meetings.items()]
    nodes = [Node(each, Raw(each.id, Block(), f"{each.id}.yaml")) for each in records]
    graph = Graph(nodes, GRAPH.registry, today=TODAY)
    found = proposed(records[-1], graph)
    told = [(each.title, each.about[0].params["meeting"]) for each in found]  # type: ignore[union-attr]
    assert sorted(told) == left(meetings)  # type: ignore[type-var]


def test_words_of_an_action_are_no_markdown_in_the_agenda(tmp_path: Path) -> None:
    late = [{"id": "a", "what": "Dire *tout* [[ici]] <b>", "due": "2024-03-01"}]
    meetings = changed(MEETINGS, "avant", actions=late)
    root = write(tmp_path, files(**{"data/meetings.yaml": meetings}))
    assert ran(root, "agenda", "m", "--write").returncode == 0
    notes = [each.get("note", "") for each in data(root, "meetings")["m"]["agenda"]]
    assert any(r"Dire \*tout\* \[\[ici\]\] &lt;b>" in each for each in notes)


HELD = {"project": "un", "stance": "essential", "rank": 1, "reason": "Ancienne"}
LINE = "## Positions\n\n- Un : opposé sur [[r1]]\n"


def test_a_position_that_is_taken_again_keeps_no_reason_of_the_one_before(tmp_path: Path) -> None:
    requests = changed(REQUESTS, "r1", positions=[{**HELD, "as_of": "2023-01-01"}])
    root = write(tmp_path, files(**{"data/requests.yaml": requests, "docs/meetings/m.md": LINE}))
    assert ran(root, "apply", "m", "--write").returncode == 0
    [position] = data(root, "requests")["r1"]["positions"]
    assert str(position.pop("as_of")) == "2024-03-14"
    assert position == {"project": "un", "stance": "opposed", "meeting": "m"}


def test_minutes_applied_again_undo_nothing_that_was_said_since(tmp_path: Path) -> None:
    requests = changed(REQUESTS, "r1", positions=[{**HELD, "as_of": "2024-03-20"}])
    text = f"{LINE}\n## Décisions\n\n- Rythme : deux\n\n## Actions\n\n- Sud : relire (avant 2024)\n"
    decision = "subject: Rythme\nbody: m\noutcome: trois\n"
    action = {"id": "relire", "what": "Relire", "owner": "nord"}
    more = {
        "data/requests.yaml": requests,
        "data/decisions/d.yaml": decision,
        "data/meetings.yaml": changed(MEETINGS, "m", actions=[action]),
        "docs/meetings/m.md": text,
    }
    root = write(tmp_path, files(**more))
    done = ran(root, "apply", "m", "--write")
    assert done.returncode == 0
    assert {path: (root / path).read_text("utf-8") for path in more} == more
    told = done.stdout.splitlines()
    assert [line.split(":")[:2] for line in told[:3]] == [
        ["docs/meetings/m.md", line] for line in ("3", "7", "11")
    ]


def test_a_correction_written_since_in_the_record_stays(tmp_path: Path) -> None:
    root = write(tmp_path, files(**{"docs/meetings/m.md": WRITTEN}))
    assert ran(root, "apply", "m", "--write").returncode == 0
    path = root / "data/requests.yaml"
    corrected = re.sub(
        r"( +)stance: opposed", r"\1stance: opposed\n\1rank: 7", path.read_text("utf-8")
    )
    path.write_text(corrected, "utf-8")
    before = path.read_text("utf-8")
    assert "Rien à écrire" in ran(root, "apply", "m", "--write").stdout
    assert path.read_text("utf-8") == before


def test_a_subject_of_every_year_is_a_decision_of_each(tmp_path: Path) -> None:
    text = "## Décisions\n\n- Rythme : deux\n- Hôte : Nord\n"
    old = "subject: Rythme\nbody: avant\noutcome: une\n"
    root = write(
        tmp_path,
        files(**{"data/decisions/decision-rythme.yaml": old, "docs/meetings/m.md": text}),
    )
    assert ran(root, "apply", "m", "--write").returncode == 0
    assert sorted(each.stem for each in (root / "data/decisions").iterdir()) == [
        "decision-hote",
        "decision-rythme",
        "decision-rythme-2",
    ]
    assert (root / "data/decisions/decision-rythme.yaml").read_text("utf-8") == old


def test_two_who_do_the_same_thing_are_two_actions(tmp_path: Path) -> None:
    text = "## Actions\n\n- [ ] Nord-Est : relire\n- **Sud :** relire\n"
    root = write(tmp_path, files(**{"docs/meetings/m.md": text}))
    assert ran(root, "apply", "m", "--write").returncode == 0
    actions = data(root, "meetings")["m"]["actions"]
    assert [(each["id"], each["owner"]) for each in actions] == [
        ("relire", "nord"),
        ("relire-2", "sud"),
    ]
    assert "Rien à écrire" in ran(root, "apply", "m", "--write").stdout


def test_a_club_without_decisions_says_so(tmp_path: Path) -> None:
    root = write(tmp_path, files(**{"docs/meetings/m.md": "## Décisions\n\n- Rythme : deux\n"}))
    settings = (root / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(f"{settings}extra: {{club: {{without: [decision]}}}}\n")
    done = ran(root, "apply", "m", "--write")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "ne tient pas de décisions" in done.stderr
    (root / "docs/meetings/m.md").unlink()
    assert ran(root, "minutes", "m").returncode == 0
    assert "Décisions" not in (root / "docs/meetings/m.md").read_text("utf-8")


POINTS = st.lists(st.sampled_from(["budget", "charte", "outils"]), unique=True, max_size=3)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(POINTS, st.booleans()), max_size=4), POINTS, st.data())
def test_each_point_that_was_left_is_proposed_once_whatever_its_id(
    earlier: list[tuple[list[str], bool]], own: list[str], data: st.DataObject
) -> None:
    """Added to the agenda, none comes back, even once others of its id are treated."""

    def graph_of(agenda: list[dict[str, Any]], treated: set[tuple[int, str]]) -> Graph:
        records = [
            {
                "id": f"a{place}",
                "title": f"A{place}",
                "type": "plenary",
                "status": "held",
                "date": f"201{place}-01-10",
                "agenda": [
                    {
                        "id": id,
                        "title": f"{id} de {place}",
                        "state": "treated"
                        if (place, id) in treated
                        else "postponed"
                        if carried
                        else "open",
                        **({"carried_to": "m"} if carried and (place, id) not in treated else {}),
                    }
                    for id in ids
                ],
            }
            for place, (ids, carried) in enumerate(earlier)
        ]
        records.append({**MEETINGS["m"], "id": "m", "agenda": agenda})
        made = [Meeting.model_validate(each) for each in records]
        nodes = [Node(each, Raw(each.id, Block(), f"{each.id}.yaml")) for each in made]
        return Graph(nodes, GRAPH.registry, today=TODAY)

    def points(graph: Graph) -> tuple[Any, ...]:
        return proposed(graph.find("m"), graph)  # type: ignore[arg-type]

    agenda = [{"id": id, "title": f"{id} du jour"} for id in own]
    found = points(graph_of(agenda, set()))
    left = [f"{id} de {place}" for place, (ids, _) in enumerate(earlier) for id in ids]
    assert [each.title for each in found] == left
    assert len({*own, *(each.id for each in found)}) == len(own) + len(found)
    agenda += [
        {"id": each.id, "title": each.title, "note": Words("fr").say(each.about[0])}
        for each in found
    ]
    every = [(place, id) for place, (ids, _) in enumerate(earlier) for id in ids]
    treated = data.draw(st.sets(st.sampled_from(every))) if every else set()
    assert points(graph_of(agenda, treated)) == ()


def list_of(text: str) -> dict[str, list[str]]:
    found = lines_of("m.md", text)
    return {name: [each.text for each in lines] for name, lines in found.items() if lines}


@pytest.mark.parametrize(
    "head",
    [
        "# Actions",
        "## **Actions** :",
        "Actions\n=======",
        "Actions\n---",
        "**Actions**",
        "__Actions :__",
        "**Actions** :",
        "###### ACTIONS ######",
    ],
)
@pytest.mark.parametrize("mark", ["-", "*", "+", "1.", "2)", "•", "–", "—", "·"])
def test_lists_that_a_word_processor_wrote_were_not_read(head: str, mark: str) -> None:
    text = (
        f"Avant : rien.\n\n{head}\n\n{mark} Choisir une date\n{mark} Écrire\n\n# Suite\n\n- x : y\n"
    )
    assert list_of(text) == {"actions": ["Choisir une date", "Écrire"]}


def test_a_heading_above_ends_a_list_and_a_line_in_bold_of_the_text_does_not() -> None:
    text = "## Actions\n\n- a\n\n**Important** :\n\n- b\n\nSuite\n-----\n\n- c\n"
    assert list_of(text) == {"actions": ["a", "b"]}
    below = "Décisions\n---------\n\n- s : d\n\nDétail\n======\n\n- e : f\n"
    assert list_of(below) == {"decisions": ["s : d"]}


def test_front_matter_and_rules_are_no_headings() -> None:
    text = "---\ntitle: Actions\n---\n\n- a : b\n\n## Actions\n\n- c\n\n---\n\n- d\n"
    assert list_of(text) == {"actions": ["c", "d"]}


@pytest.mark.parametrize("line", ["| Lyon | préparer |", "> Lyon prépare", "> - Lyon prépare"])
def test_a_table_or_a_quotation_below_actions_was_left_out_in_silence(
    tmp_path: Path, line: str
) -> None:
    found = lines_of("m.md", f"## Actions\n\n| qui | quoi |\n| --- | --- |\n{line}\n")["actions"]
    assert line in [each.text for each in found]
    assert all(each.fault for each in found)


def test_a_cancelled_meeting_was_given_an_agenda(tmp_path: Path) -> None:
    cancelled = {**MEETINGS, "m": {**MEETINGS["m"], "status": "cancelled"}}
    root = write(tmp_path, files(**{"data/meetings.yaml": yaml.safe_dump(cancelled)}))
    done = ran(root, "agenda", "m", "--write")
    assert done.returncode == 1
    assert "annulée" in done.stderr
    assert data(root, "meetings") == cancelled


def test_an_agenda_of_a_meeting_that_was_held_says_so(tmp_path: Path) -> None:
    root = write(tmp_path, files())
    assert "a déjà eu lieu" in ran(root, "agenda", "m").stderr
    assert "a déjà eu lieu" not in ran(root, "agenda", "apres").stderr


@pytest.mark.parametrize("end", ["\n", "", "\n\n# fin\n"])
def test_decisions_that_a_club_keeps_in_one_file_were_refused(tmp_path: Path, end: str) -> None:
    kept = (
        "# Les décisions\nancienne:  # la première\n  subject: Rythme\n  body: avant\n"
        f"  outcome: Une par an{end}"
    )
    text = "## Décisions\n\n- Rythme : deux par an (remplace [[ancienne]])\n- Lieu : à Lyon\n"
    root = write(tmp_path, files(**{"docs/meetings/m.md": text, "data/decisions.yaml": kept}))
    done = ran(root, "apply", "m", "--write")
    assert done.returncode == 0, done.stderr
    after = (root / "data/decisions.yaml").read_text("utf-8")
    assert after.startswith(kept)
    found = yaml.safe_load(after)
    assert [each["outcome"] for each in found.values()] == ["Une par an", "deux par an", "à Lyon"]
    assert found["decision-rythme"]["replaces"] == "ancienne"
    assert load(folder_at(root), today=TODAY).errors == ()
    assert ran(root, "apply", "m", "--write").returncode == 0
    assert (root / "data/decisions.yaml").read_text("utf-8") == after
