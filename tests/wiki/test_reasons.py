"""What readers are told of the past of a real repository, as each forge leaves it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from club.history.reasons import reason_of
from club.model.record import Audience
from club.model.view import CardView
from club.publish.data.feeds import ALL, Feeds
from club.publish.pages.since import since_pages
from club.publish.words.changelog import Changelog, read_changelog
from club.publish.words.language import Words
from club.read.load import load
from club.review.proposal import Proposal, commit_proposal
from tests.clubs import folder_at
from tests.wiki.conftest import Work

REQUESTS = "data/requests.yaml"
ONE = "tout: {title: Tout, need: N, state: draft}\nrien: {title: Rien, need: N, state: draft}\n"
SENT = ONE.replace("draft", "sent", 1)
PAGE = "docs/charte.md"
TITLE = "La demande est partie"
SECRET = "zqsecret"
FRENCH = Words("fr")
MERGES = {
    "gitlab": f"Merge branch 'x' into 'main'\n\n{TITLE}\n\nSee merge request club/site!12",
    "github": f"Merge pull request #12 from somebody/x\n\n{TITLE}",
    "forgejo": f"Merge pull request '{TITLE}' (#12) from x into main",
}


@pytest.fixture
def club(work: Work) -> Work:
    """A club whose first commit brought all that it has."""
    work.commit({REQUESTS: ONE, PAGE: "# La charte\n\nUne règle.\n"}, "The club as it was found")
    return work


def changelog(work: Work, root: Path | None = None) -> Changelog:
    folder = folder_at(root or work.club)
    read = load(folder)
    shown = read.restricted(Audience.PUBLIC)
    found = read_changelog(folder, read.graph, shown, FRENCH, None)
    assert found
    return found


def told(work: Work) -> list[tuple[str, str]]:
    """Each change with its reason, newest first."""
    found = changelog(work)
    return [
        (FRENCH.say(sentence).replace("\u00a0", " "), view.reason)
        for view in found.views(found.timeline.events)
        for sentence in view.sentences
    ]


MOVED = "état : brouillon → transmise à l’éditeur"


def test_what_came_with_the_import_is_no_change(club: Work) -> None:
    found = changelog(club)
    assert found.timeline.events == ()
    assert list(found.days()) == []
    assert found.timeline.began
    past = found.of_page(PAGE, None)
    assert (past.is_known, past.last, past.events) == (True, None, ())
    assert str(past.first) == "2023-11-15"


@pytest.mark.parametrize("forge", MERGES)
def test_the_title_of_a_request_is_the_reason_on_each_forge(forge: str, club: Work) -> None:
    club.branch("x")
    club.commit({REQUESTS: SENT}, "Update requests.yaml")
    club.switch("main")
    club.merge("x", MERGES[forge])
    assert told(club) == [(MOVED, TITLE)]


@pytest.mark.parametrize("number", ["(#12)", "(!12)"])
def test_a_squashed_request_keeps_its_title(number: str, club: Work) -> None:
    club.commit({REQUESTS: SENT}, f"{TITLE} {number}\n\n* wip\n\n* Update requests.yaml")
    assert told(club) == [(MOVED, TITLE)]


@pytest.mark.parametrize(
    "subject",
    [
        "Merge branch 'main' into feature (#3)",
        'Revert "Ajoute une réponse (#12)" (#13)',
        "Bump lxml from 5.1 to 5.2 (#14)",
        "Merge pull request #12 from somebody/x",
    ],
)
def test_what_git_or_a_robot_names_is_no_reason(subject: str) -> None:
    assert reason_of(subject) == ""


@pytest.mark.parametrize("after", ["Signed-off-by: A", "\nSigned-off-by: A", "\nUn paragraphe"])
def test_a_reason_ends_with_its_paragraph(after: str) -> None:
    text = f"Sujet\n\nReason: {TITLE}\n  jusqu’au bout\n{after}\n\n    une note d’atelier"
    assert reason_of(text) == f"{TITLE} jusqu’au bout"


def test_what_is_proposed_is_the_reason_however_it_is_merged(club: Work) -> None:
    club.write({REQUESTS: SENT})
    found = commit_proposal(folder_at(club.club), TITLE, language="fr")
    assert isinstance(found, Proposal)
    club.git("checkout", "-q", "--force", "main")
    club.git("merge", "-q", "--no-ff", "-m", f"Merge branch '{found.branch}'", found.branch)
    assert told(club) == [(MOVED, TITLE)]
    club.git("reset", "-q", "--hard", "HEAD^")
    club.commit({"Makefile": "all:\n"}, "Meanwhile, on main")
    club.git("cherry-pick", found.commit_id)  # as a forge that rebases does
    assert told(club) == [(MOVED, TITLE)]


def test_a_maintainer_s_commit_is_told_without_its_subject(club: Work) -> None:
    club.commit({REQUESTS: SENT}, "Requests: the state of the first one\n\nAs the club asked.")
    assert told(club) == [(MOVED, "")]
    club.branch("ours")
    club.commit({REQUESTS: ONE}, "Put back")
    club.switch("main")
    club.merge("ours", "Merge branch 'ours'\n\nWork of maintainers")
    assert [reason for _, reason in told(club)] == ["", ""]


def test_what_readers_cannot_see_is_no_change(club: Work) -> None:
    club.commit({"club/code.py": "1\n", "Makefile": "all:\n"}, "Refactor (#13)")
    club.commit({REQUESTS: f"# Les demandes.\n\n\n{ONE}"}, "Normal form (#14)")
    club.commit({PAGE: "#  La charte\n\n\nUne\nrègle.\n"}, "Wrapped lines (#15)")
    club.git("mv", PAGE, "docs/regles.md")
    club.commit({}, "Pages in their place (#16)")
    split = {
        "data/requests/tout.yaml": "title: Tout\nneed: N\nstate: draft\n",
        "data/requests/rien.yaml": "title: Rien\nneed: N\nstate: draft\n",
    }
    club.commit({REQUESTS: None, **split}, "A file each (#17)")
    assert told(club) == []


def test_a_new_record_and_a_page_s_text_are_changes(club: Work) -> None:
    club.commit({REQUESTS: f"{ONE}neuf: {{title: Neuf, need: N, state: draft}}\n"}, "a (#1)")
    club.commit({PAGE: "# La charte\n\nDeux règles.\n"}, "b (#2)")
    assert told(club) == [("page modifiée", "b"), ("fiche créée", "a")]


def test_changes_for_members_leave_no_trace(club: Work) -> None:
    hidden = f"{ONE}cache: {{title: {SECRET}, need: N, state: draft, audience: members}}\n"
    club.commit({REQUESTS: hidden}, f"{SECRET} (#1)")
    club.commit({REQUESTS: hidden.replace("tout: {title: Tout", "tout: {title: Tous")}, "b (#2)")
    club.commit(
        {REQUESTS: hidden.replace("need: N, state: draft, aud", "need: O, state: sent, aud")}
    )
    assert told(club) == [("titre : Tous → Tout", ""), ("titre : Tout → Tous", "b")]


def test_the_reason_of_a_text_that_links_to_a_secret_names_it_to_nobody(club: Work) -> None:
    hidden = f"{ONE}cache: {{title: {SECRET} dit, need: N, state: draft, audience: members}}\n"
    club.commit({REQUESTS: hidden})
    club.commit({PAGE: f"# La charte\n\nVoir [[cache]] et [[{SECRET} dit]].\n"}, "Cite Cache (#2)")
    club.commit({PAGE: "# La charte\n\nUne autre.\n"}, f"Ôte {SECRET.upper()} dit (#3)")
    club.commit({PAGE: "# La charte\n\nUne règle.\n"}, "Revient (#4)")
    assert [reason for _, reason in told(club)] == ["Revient", "", ""]


def test_a_shallow_clone_knows_of_nothing(club: Work, tmp_path: Path) -> None:
    club.commit({REQUESTS: SENT}, f"{TITLE} (#12)")
    club.git("clone", "-q", "--depth", "1", f"file://{club.root}", str(tmp_path / "clone"))
    found = changelog(club, tmp_path / "clone")
    assert not found.is_known
    assert found.timeline.events == ()


MEETING = "title: Réunion\ntype: plenary\nstatus: held\ndate: 2012\n"
PROJECT = "un:\n  name: Un\n  state: pilot\n  schools_equipped: {{value: {}, as_of: 2012{}}}\n"


def test_since_the_meeting_real_moves_alone_are_told(work: Work) -> None:
    def since() -> str:
        found = changelog(work)
        (page,) = since_pages(found, load(folder_at(work.club)).graph)
        cards = (each for section in page.sections for each in section.body)
        said = [each.values[0] if isinstance(each, CardView) else (each,) for each in cards]
        return " | ".join(FRENCH.say(value) for values in said for value in values)

    files = {"data/meetings/reunion.yaml": MEETING, "data/projects.yaml": PROJECT.format(7, "")}
    work.commit(files, "All that was known")
    assert since() == "Rien n’a bougé depuis."
    noted = PROJECT.format(7, ", note: Compté deux fois., reliability: verified")
    work.commit({"data/projects.yaml": noted}, "Notes")
    assert since() == "Rien n’a bougé depuis. | Un"  # a note: the record alone is named, folded
    work.commit({"data/projects.yaml": noted.replace("value: 7", "value: 9")}, "Nine")
    work.commit({"data/projects.yaml": noted}, "Seven after all")
    assert since() == "Rien n’a bougé depuis. | Un"
    work.commit({"data/projects.yaml": noted.replace("value: 7", "value: 8")}, "Eight")
    assert since().startswith("19\u00a0novembre 2023 | établissements équipés")
    assert "7 → 8" in since()


CELLS = """un:
  title: Les versions
  subjects: [un]
  criteria:
    - {{id: version-api, label: Version lue, type: text}}
  cells:
    - {{subject: un, criterion: version-api, claim: {{value: "{}", note: {}}}}}
"""
AGENDA = (
    MEETING
    + """agenda:
  - {{id: axes-de-travail, title: Les axes, state: {}, note: {}}}
  - {{id: divers, title: {}}}
"""
)


def test_no_name_of_a_file_stands_in_a_sentence(work: Work) -> None:
    """A reader saw “axes-de-travail”, “version-api” and four times that a text changed."""
    project = PROJECT.format(7, "")
    work.commit(
        {
            "data/meetings/reunion.yaml": AGENDA.format("open", "Un.", "Divers"),
            "data/projects.yaml": project,
            "data/comparisons.yaml": CELLS.format("3.5", "Lue."),
        }
    )
    work.commit({"data/comparisons.yaml": CELLS.format("3.6", "Relue.")}, "a (#1)")
    work.commit({"data/meetings/reunion.yaml": AGENDA.format("treated", "Deux.", "Fin")}, "b (#2)")
    gone = MEETING + "agenda: []\n"
    work.commit({"data/meetings/reunion.yaml": gone}, "c (#3)")
    assert [said for said, _ in told(work)] == [
        "ordre du jour, retrait : Les axes (traité) et Fin",
        "ordre du jour : modifié",  # the point is gone, and its title with it
        "texte modifié",
        "texte modifié",
    ]
    work.commit({"data/meetings/reunion.yaml": AGENDA.format("open", "Un.", "Divers")}, "d (#4)")
    work.commit({"data/meetings/reunion.yaml": AGENDA.format("treated", "Un.", "Divers")}, "e (#5)")
    assert told(work)[0][0] == "ordre du jour, Les axes, état : à traiter → traité"


def test_a_commit_by_a_clock_that_was_late_stands_at_its_time(club: Work) -> None:
    """The latest changes read 04:43, 04:20, 05:00."""
    club.commit({REQUESTS: SENT}, "a (#1)")
    club.commit({PAGE: "# La charte\n\nDeux.\n"}, "b (#2)")
    early = "2023-11-15T00:00:00+00:00"
    club.git("commit", "-q", "--amend", "--no-edit", GIT_COMMITTER_DATE=early)
    moments = [each.date for each in changelog(club).timeline.events]
    assert moments == sorted(moments, reverse=True)
    assert len(moments) == 2
    assert [why for _, why in told(club)] == ["a", "b"]


HELD = """\
title: La plénière
type: plenary
status: held
date: {value: 2023-11-20}
"""


def day_moved(work: Work) -> str:
    """The first thing that the page of what moved since the plenary tells."""
    folder = folder_at(work.club)
    graph = load(folder).graph
    found = read_changelog(folder, graph, graph, FRENCH, None)
    assert found
    (page,) = since_pages(found, graph)
    moved = page.sections[0].body[0]
    return FRENCH.say(moved.values[0][0] if isinstance(moved, CardView) else moved)


def test_what_a_merge_brought_after_the_plenary_has_moved_since(club: Work) -> None:
    """A branch written before the plenary and merged after it: “Nothing has moved since.”."""
    club.commit({"data/meetings/pleniere.yaml": HELD}, "La plénière")
    club.branch("proposition")
    made = club.commit({REQUESTS: SENT}, "Envoyée")
    club.switch("main")
    club.day += 9
    club.merge("proposition", "Merge branch 'proposition'")
    assert day_moved(club) == "27\u00a0novembre 2023"
    (event, *_) = changelog(club).timeline.of("requests/tout")
    assert (event.commit_id, event.written) == (made, "2023-11-17")
    # So is what came there through a branch of that branch.
    club.branch("autre")
    club.branch("plus-loin")
    club.commit({REQUESTS: SENT.replace("draft", "sent")}, "L’autre aussi")
    club.switch("autre")
    club.merge("plus-loin", "Merge branch 'plus-loin'")
    club.switch("main")
    club.merge("autre", "Merge branch 'autre'")
    (event, *_) = changelog(club).timeline.of("requests/rien")
    assert f"{event.date:%Y-%m-%d}" == "2023-11-30"


def test_what_was_rewritten_after_the_plenary_has_moved_since(club: Work) -> None:
    """Squashed or rebased, a proposal keeps the day on which its author began it."""
    club.commit({"data/meetings/pleniere.yaml": HELD}, "La plénière")
    club.day += 9
    club.commit({REQUESTS: SENT}, "Envoyée", GIT_AUTHOR_DATE="2023-11-17T09:00:00+01:00")
    assert day_moved(club) == "26\u00a0novembre 2023"


@pytest.mark.parametrize("clock", ["GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"])
@pytest.mark.parametrize("is_last", [True, False])
def test_a_commit_of_2099_does_not_head_the_news(club: Work, clock: str, is_last: bool) -> None:
    """The latest changes were of 1 January 2099, whatever came after them."""
    today = date(2023, 11, 30)
    club.commit({REQUESTS: SENT}, "La demande", **{clock: "2099-01-01T00:00:00+00:00"})
    if not is_last:
        club.commit({PAGE: "# La charte\n\nDeux.\n"}, "La page")
    folder = folder_at(club.club)
    graph = load(folder, today=today).graph
    found = read_changelog(folder, graph, graph, FRENCH, None)
    assert found
    days = [each.date.date() for each in found.timeline.events]
    assert max(days) <= today
    assert found.timeline.events[0].subject == ("requests/tout" if is_last else PAGE)
    (feed,) = (
        text for path, text in Feeds(found, graph, FRENCH, "", "Club").files() if path == ALL
    )
    assert b"<updated>2099" not in feed
    assert b"<published>2099" not in feed


def test_a_commit_without_a_date_that_a_calendar_has_is_told(club: Work) -> None:
    """A machine wrote it in the year 10000: the site stopped."""
    far = "@253402300800 +0000"
    club.commit({REQUESTS: SENT}, "a", GIT_AUTHOR_DATE=far, GIT_COMMITTER_DATE=far)
    folder = folder_at(club.club)
    graph = load(folder, today=date(2023, 11, 30)).graph
    found = read_changelog(folder, graph, graph, FRENCH, None)
    assert found
    assert [f"{each.date:%Y-%m-%d}" for each in found.timeline.events] == ["2023-11-30"]
