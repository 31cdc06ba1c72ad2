"""What the minutes of a meeting say was decided, is to be done, and is thought of requests.

The form is forgiving: a list below a heading, French or English, accents and capitals left aside.

- Decisions: `Subject: what was decided (replaces [[id]])`
- Actions: `Organisation: what is to be done (before 31 March 2013)`, or without an organisation;
  a ticked box, `[x]`, ends it, whichever meeting agreed upon it
- Positions: `Project: essential, rank 2, on [[request]] – why (condition: what must be respected)`

What the records say otherwise since is never undone: it is told, and left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import Any, TypeVar

from club.insight.actions import agreed
from club.insight.positions import OFF_PLATFORM, on_platforms
from club.model.dates import PartialDate
from club.model.graph import Graph
from club.model.markup import folded
from club.model.message import N_, Choice, Message, Translate
from club.model.problem import Place, Problem, Rule, nearest
from club.model.record import Audience, Record
from club.model.slug import slug
from club.records.decision.model import Decision
from club.records.meeting.model import Action, ActionState, Meeting
from club.records.organisation.model import Organisation
from club.records.project.model import Project
from club.records.request.model import Position, Request, RequestState, Stance

R = TypeVar("R", bound=Record)
HEADS = {
    "decisions": ("décisions", "décision", "decisions", "decision"),
    "actions": ("actions", "action"),
    "positions": ("positions", "position"),
}
HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
# What a word processor puts before an item is taken for what Markdown does.
ITEM = re.compile(r"^ *(?:[-*+•·–—]|\d+[.)])\s+(.*\S)\s*$")
UNDERLINE = re.compile(r"^ {0,3}(=+|-+) *$")
BOLD_LINE = re.compile(r"^ {0,3}(\*\*|__)(.+?)\1\s*:?\s*$")
BELOW_ALL = 7
"""The level of a heading that is only a line in bold: any true one ends what is below it."""
NOT_A_LIST = re.compile(r"^ {0,3}[|>].*\w")
BOX = re.compile(r"^\[([ xX])\]\s+")
BOLD = re.compile(r"(\*\*|__)(\S(?:.*?\S)?)\1")
FENCE = re.compile(r"^ {0,3}(```|~~~)")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
COLON = re.compile(r"\s*[\u00a0\u202f ]?:\s+")
REPLACES = re.compile(r"\s*\((?:remplace|replaces)\s+\[\[([^\]|]+)(?:\|[^\]]*)?\]\]\)\s*$", re.I)
DUE = re.compile(r"\s*\((avant|pour|d[’']ici|before|by)\s+(?:le\s+|la\s+)?([^()]+)\)\s*$", re.I)
PERHAPS = frozenset({"pour", "by"})
"""What leads to a day, or to anything else: “pour les lycées”."""
RANK = re.compile(r",?\s*\(?\b(?:rang|rank)\s+([^\s,;()]+)\)?", re.I)
ABOUT = re.compile(r"(?:,|\s)\s*(?:sur|on)\s+(?:la\s+demande\s+|the\s+request\s+)?", re.I)
LED_TO = re.compile(rf"{ABOUT.pattern}(?=\[\[)", re.I)
LINKED = re.compile(r"\[\[([^\]|]+)(?:\|[^\]]*)?\]\]")
WHY = re.compile(r"\s+(?:(?:[–—-]|parce que|car|because)\s+|parce qu[’'])", re.I)
CONDITION = re.compile(r"\s*\(\s*condition\s*:\s*(.+)\)\s*$", re.I)
LONGEST = 50
SHUT = {RequestState.WITHDRAWN, RequestState.DUPLICATE, RequestState.DRAFT}

BAD_MINUTES = Rule(
    name="bad-minutes",
    wants=N_(
        "Below “Decisions”, “Actions” and “Positions”, each line of a list says one thing in the"
        " form that the club reads."
    ),
    example=(
        "## Actions\n\n- Académie de Lyon : préparer la rencontre (avant 2013-03)\n\n"
        "## Positions\n\n- e-lyco : indispensable, rang 2, sur [[exporter-le-carnet]] – pourquoi"
    ),
)
RULES = (BAD_MINUTES,)
NO_SUBJECT = N_("what was decided is not told apart from its subject")
A_DECISION = N_("Subject: what was decided")
NO_OWNER = N_("no organisation is called “{found}”")
AN_ACTION = N_("an organisation and a colon before what it does, or no colon")
NO_PROJECT = N_("no project is called “{found}”")
NOBODY = N_("no organisation")
NO_DAY = N_("no day")
NO_STANCE = N_("“{found}” does not begin with a stance")
NO_REQUEST = N_("no request is called “{found}”")
NO_TARGET = N_("the request is not named")
A_POSITION = N_("Project: stance, rank N, on [[request]] – why")
ONE_OF = N_("one of {values}")
NO_DATE = N_("“{found}” is not a date")
A_DATE = N_("a form such as 2013-03-31, March 2013 or 2013")
SHUT_REQUEST = N_("“{found}” is “{state}”: a position on it would count for nothing")
TWICE = N_("a position of “{project}” on “{request}” already stands at line {line}")
NO_SUCH_DECISION = N_("no decision is called “{found}”")
EMPTY = N_("nothing is said after the colon")
NOTHING = N_("nothing is said to be done")
MADE_UP = N_("either “{found}” or the meeting is made up: neither tells of the other")
NO_RANK = N_("“{found}” is no rank")
A_RANK = N_("a whole number, from 1")
NOT_UNDERSTOOD = N_("“{found}” is not understood")
NO_KIND = N_("the club keeps no decisions")
TWICE_DECIDED = N_("“{found}” is decided already at line {line}")
NESTED = N_("an item inside another is read as neither")
NESTED_EXPECTED = N_("one line of the list for each thing that is said")
NO_DASH = N_("this line says something, and is no item of a list")
A_DASH = N_("a dash and a space before it")
SAYS_OTHERWISE = N_("the record “{id}” says otherwise: “{held}”; it is left as it is")
ELSEWHERE = N_("the action stands at “{meeting}” already; it is not written a second time")
SAID_SINCE = N_(
    "“{project}” took another position on “{request}” since ({date}); it is left as it is"
)
ENDED = str(ActionState.DONE.value)
REPLACED = ("rank", "reason", "constraint", "as_of")
"""The fields of a position that are those of the day when it was taken."""


@dataclass(frozen=True, slots=True)
class Line:
    """An item of a list: its words, and where they begin; *fault* is why it is none."""

    text: str
    place: Place
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What is told of a line that is read and changes nothing."""

    place: Place
    said: Message


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, as a record has its fields."""

    id: str
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Taken:
    """A position, as a part has its fields, and where the request has one of that project.

    Of the one that it takes the place of, the fields *dropped* do not stay.
    """

    request: Request
    fields: dict[str, str]
    index: int | None
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """An action of *meeting*, by its place there, that the minutes tell is done."""

    meeting: Meeting
    index: int


@dataclass(frozen=True, slots=True)
class Minutes:
    """What the minutes say that the records do not say yet; nothing of it if there are *faults*.

    An action is its fields as a part has them.
    """

    decisions: tuple[Decided, ...]
    actions: tuple[dict[str, str], ...]
    positions: tuple[Taken, ...]
    known: int
    faults: tuple[Problem, ...]
    notes: tuple[Note, ...] = ()
    done: tuple[Done, ...] = ()

    @property
    def says_nothing_new(self) -> bool:
        """Whether nothing is to be written."""
        return not (self.decisions or self.actions or self.positions or self.done)


def lines_of(path: str, text: str) -> dict[str, list[Line]]:
    """The items below each of the three headings of *text*, the file at *path*.

    A heading of the same level or above ends what is below it, underlined or not; a line in bold
    may be one of the three. Code and comments are left aside.
    """
    found: dict[str, list[Line]] = {name: [] for name in HEADS}
    part, level, is_code, column = "", 0, False, 0
    hidden = COMMENT.sub(lambda each: re.sub(r"[^\n]", " ", each[0]), text)
    lines = hidden.expandtabs(4).splitlines()
    for number, (line, after) in enumerate(zip(lines, [*lines[1:], ""], strict=True), 1):
        if FENCE.match(line):
            is_code = not is_code
        if is_code or FENCE.match(line) or not line.strip():
            continue
        depth, title = _heading(line, after)
        if depth:
            name = _part_called(title)
            if name or depth <= level:
                part, level, column = name, depth, 0
        elif part:
            indent = len(line) - len(line.lstrip())
            place = Place(path, number, indent + 1)
            item = ITEM.match(line)
            if column and indent >= column and not item:
                last = found[part].pop()
                joined = f"{last.text} {line.strip()}"
                found[part].append(Line(joined, last.place, last.fault))
            elif column and indent >= column:
                found[part].append(Line(line.strip(), place, NESTED))
            elif item:
                column = item.start(1)
                found[part].append(Line(_bare(item[1]), Place(path, number, column + 1)))
            elif COLON.search(line) or NOT_A_LIST.match(line):
                found[part].append(Line(line.strip(), place, NO_DASH))
    return found


def _heading(line: str, after: str) -> tuple[int, str]:
    """The level and the title of *line* as a heading, which *after* may underline; 0 if none."""
    if found := HEADING.match(line):
        return len(found[1]), found[2]
    if (found := UNDERLINE.match(after)) and not ITEM.match(line) and line.strip(" -="):
        return (1 if found[1].startswith("=") else 2), line.strip()
    # A line in bold is one of ours, or part of the text.
    if (found := BOLD_LINE.match(line)) and _part_called(found[2]):
        return BELOW_ALL, found[2]
    return 0, ""


def _bare(text: str) -> str:
    """*text* less the marks of what is bold, which say nothing here."""
    return BOLD.sub(lambda each: each[2], text)


def _part_called(title: str) -> str:
    said = folded(_bare(title).rstrip(" :\u00a0\u202f"))
    return next((name for name, words in HEADS.items() if said in map(folded, words)), "")


def read_minutes(
    meeting: Meeting, path: str, text: str, graph: Graph, translate: Translate
) -> Minutes:
    """What *text*, the minutes of *meeting*, says; *translate* tells what stances are called."""
    reader = _Reader(meeting, graph, translate)
    found = lines_of(path, text)
    for name, read in (
        ("decisions", reader.decision),
        ("actions", reader.action),
        ("positions", reader.position),
    ):
        for line in found[name]:
            if line.fault:
                reader.misplaced(line)
            else:
                read(line)
    return reader.minutes()


class _Reader:
    """Reads one line after the other, and keeps what is wrong with each."""

    def __init__(self, meeting: Meeting, graph: Graph, translate: Translate) -> None:
        self._meeting, self._graph, self._translate = meeting, graph, translate
        self._decisions: list[Decided] = []
        self._actions: list[tuple[Line, dict[str, str]]] = []
        self._positions: list[Taken] = []
        self._notes: list[Note] = []
        self._subjects: dict[str, int] = {}
        self._is_kept = is_kept(meeting)
        self._faults: list[Problem] = []
        self._lines: dict[tuple[str, str], int] = {}
        self._known = 0
        self._done: list[Done] = []

    def minutes(self) -> Minutes:
        actions = tuple(self._new_actions())
        return Minutes(
            tuple(self._decisions),
            actions,
            tuple(self._positions),
            self._known,
            tuple(sorted(self._faults, key=lambda each: each.sort_key)),
            tuple(sorted(self._notes, key=lambda each: each.place.line)),
            tuple(self._done),
        )

    def misplaced(self, line: Line) -> None:
        """A line that is none of the list, and seems to say something of it."""
        expected = {NESTED: NESTED_EXPECTED, NO_DASH: A_DASH}[line.fault]
        self._fault(line, line.fault, expected=Message(expected))

    def _note(self, at: Line, said: str, **about: Any) -> None:
        self._notes.append(Note(at.place, Message(said, about)))

    def _fault(self, at: Line, said: str, **about: Any) -> None:
        self._faults.append(BAD_MINUTES.problem(at.place, said, record=self._meeting.key, **about))

    def decision(self, line: Line) -> None:
        if not self._graph.registry.has(Decision):
            self._fault(line, NO_KIND)
            return
        text, replaced = BOX.sub("", line.text), ""
        if match := REPLACES.search(text):
            text, replaced = text[: match.start()], match[1].strip()
            former = self._graph.find(replaced)
            if isinstance(former, Decision) and not self._is_of_one_world(line, former):
                return
            if not isinstance(former, Decision):
                known = [each.id for each in self._graph.all(Decision)]
                near = nearest(replaced, known)
                self._fault(line, NO_SUCH_DECISION, found=replaced, nearest=near)
                return
        subject, _, outcome = _parted(text)
        if not (subject and outcome):
            self._fault(line, NO_SUBJECT, expected=Message(A_DECISION))
            return
        first = self._subjects.setdefault(folded(subject), line.place.line)
        if first != line.place.line:
            self._fault(line, TWICE_DECIDED, found=subject, line=first)
        elif held := self._decided(subject):
            self._known += 1
            if folded(held.outcome) != folded(outcome):
                self._note(line, SAYS_OTHERWISE, id=held.id, held=held.outcome)
        else:
            self._decide(subject, outcome, replaced)

    def _decided(self, subject: str) -> Decision | None:
        """What the meeting decided on *subject*, if a record says so."""
        return next(
            (
                each
                for each in self._graph.all(Decision)
                if self._graph.get(each.body) is self._meeting
                and folded(each.subject) == folded(subject)
            ),
            None,
        )

    def _decide(self, subject: str, outcome: str, replaced: str) -> None:
        taken = {each.id for each in self._decisions} | set(self._graph.ids)
        fields = {
            "subject": subject,
            "body": self._meeting.id,
            "outcome": outcome,
            **({"replaces": replaced} if replaced else {}),
            **({"audience": Audience.MEMBERS.value} if self._is_kept else {}),
            **({"example": "yes"} if self._meeting.example else {}),
        }
        self._decisions.append(
            Decided(_free(f"decision-{slug(subject, LONGEST)}".rstrip("-"), taken), fields)
        )

    def _is_of_one_world(self, line: Line, record: Record) -> bool:
        """Whether *record* and the meeting are both true, or both made up."""
        if record.example != self._meeting.example:
            self._fault(line, MADE_UP, found=record.id)
        return record.example == self._meeting.example

    def action(self, line: Line) -> None:
        text, fields = line.text, dict[str, str]()
        if box := BOX.match(text):
            text = text[box.end() :]
            fields |= {"state": ENDED} if box[1] != " " else {}
        if match := DUE.search(text):
            said = match[2].strip()
            try:
                fields["due"] = str(PartialDate.parse(said))
                text = text[: match.start()]
            except ValueError:
                if folded(match[1]) not in PERHAPS:
                    self._fault(line, NO_DATE, found=said, expected=Message(A_DATE))
                    return
        before, colon, after = _parted(text)
        if colon:
            owner = self._called(Organisation, before)
            if owner is None:
                near = nearest(before, self._names(Organisation))
                expected = Message(AN_ACTION)
                self._fault(line, NO_OWNER, found=before, nearest=near, expected=expected)
                return
            if not after:
                self._fault(line, EMPTY)
                return
            fields["owner"] = owner.id
        if not (after if colon else before):
            self._fault(line, NOTHING)
            return
        self._actions.append((line, {"what": after if colon else before, **fields}))

    def _new_actions(self) -> Iterator[dict[str, str]]:
        """Those that the meeting has not yet: each of its own is that of one line at most."""
        left = list(self._meeting.actions)
        waiting: list[tuple[Line, dict[str, str]]] = []
        for line, fields in self._actions:
            same = next((each for each in left if self._is_same(each, fields)), None)
            if same is None:
                waiting.append((line, fields))
            else:
                left.remove(same)
                self._known += 1
        taken = {each.id for each in self._meeting.actions}
        for line, fields in waiting:
            alike = next((each for each in left if self._is_about(each, fields)), None)
            if alike is not None:
                left.remove(alike)
                if self._ends(self._meeting, alike, fields):
                    continue
                self._known += 1
                self._note(line, SAYS_OTHERWISE, id=alike.id, held=self._difference(alike, fields))
            elif not self._is_elsewhere(line, fields):
                id = _free(slug(fields["what"], LONGEST) or "action", taken)
                taken.add(id)
                yield {"id": id, **fields}

    def _is_elsewhere(self, line: Line, fields: dict[str, str]) -> bool:
        """Whether an earlier meeting agreed upon it: this may end it, or have ended it."""
        for each in agreed(self._graph):
            is_ours = each.meeting is self._meeting
            if is_ours or each.meeting.example != self._meeting.example:
                continue
            if _is_later(each.meeting, self._meeting) or not (
                self._is_about(each.action, fields) and self._agrees(each.action, fields)
            ):
                continue
            if fields.get("state") == each.action.state.value == ENDED:
                self._known += 1
                return True
            if each.action.state is ActionState.OPEN:
                if not self._ends(each.meeting, each.action, fields):
                    self._known += 1
                    self._note(line, ELSEWHERE, meeting=each.meeting.title)
                return True
        return False

    def _ends(self, meeting: Meeting, held: Action, fields: dict[str, str]) -> bool:
        """Whether *fields* say that *held* is done, and nothing else that it does not say."""
        is_done = fields.get("state") == ENDED
        if not (is_done and held.state is ActionState.OPEN and self._agrees(held, fields)):
            return False
        self._done.append(Done(meeting, meeting.actions.index(held)))
        return True

    def _is_about(self, held: Action, fields: dict[str, str]) -> bool:
        return folded(held.what) == folded(fields["what"])

    def _agrees(self, held: Action, fields: dict[str, str]) -> bool:
        """Whether *held* has the organisation and the day of *fields*; it may say more."""
        owner = self._graph.get(held.owner)
        is_his = fields.get("owner") in (None, owner.id if owner else "")
        return is_his and fields.get("due") in (None, str(held.due))

    def _is_same(self, held: Action, fields: dict[str, str]) -> bool:
        """Whether *held* says what *fields* do; it may say more, written since."""
        is_so = self._is_about(held, fields) and self._agrees(held, fields)
        return is_so and fields.get("state") in (None, held.state.value)

    def _difference(self, held: Action, fields: dict[str, str]) -> object:
        """What *held* says that *fields* deny: its organisation, its day or its state."""
        owner = self._graph.get(held.owner)
        if fields.get("owner") not in (None, owner.id if owner else ""):
            return owner.title_text if owner else Message(NOBODY)
        if fields.get("due") not in (None, str(held.due)):
            return held.due or Message(NO_DAY)
        return held.state

    def position(self, line: Line) -> None:
        name, colon, said = _parted(BOX.sub("", line.text))
        project = self._called(Project, name) if colon else None
        if project is None:
            near = nearest(name, self._names(Project))
            expected = Message(A_POSITION)
            self._fault(line, NO_PROJECT, found=name, nearest=near, expected=expected)
            return
        stance = self._stance(said)
        if stance is None:
            words = said.split(",")[0].strip()
            names = [self._translate(each.label) for each in Stance]
            self._fault(
                line,
                NO_STANCE,
                found=words,
                expected=Message(ONE_OF, {"values": tuple(names)}),
                nearest=nearest(words, names),
            )
            return
        request, rest = self._request(line, said)
        if request is None or not self._is_of_one_world(line, request):
            return
        key = (project.id, request.id)
        if key in self._lines:
            about = {"project": project.id, "request": request.id, "line": self._lines[key]}
            self._fault(line, TWICE, **about)
            return
        self._lines[key] = line.place.line
        value, word = stance
        before = said[: match.start()] if (match := _about(said)) else said
        told = {"stance": value, **_reasons(before, rest)}
        if not self._is_understood(line, told, _left_over(before, word, rest)):
            return
        if project not in on_platforms(self._graph):
            self._note(line, OFF_PLATFORM, project=project.id)
        self._take(line, project, request, told)

    def _is_understood(self, line: Line, told: dict[str, str], left_over: str) -> bool:
        """Whether a position has a rank that is one, and nothing that is *left_over*."""
        rank = told.get("rank", "1")
        if not (rank.isdecimal() and int(rank) > 0):
            self._fault(line, NO_RANK, found=rank, expected=Message(A_RANK))
        elif left_over:
            self._fault(line, NOT_UNDERSTOOD, found=left_over, expected=Message(A_POSITION))
        else:
            return True
        return False

    def _take(self, line: Line, project: Project, request: Request, fields: dict[str, str]) -> None:
        when = self._meeting.date.value if self._meeting.date else None
        every = {
            "project": project.id,
            **fields,
            **({"as_of": str(when)} if when else {}),
            "meeting": self._meeting.id,
            **({"audience": Audience.MEMBERS.value} if self._is_kept else {}),
        }
        places = (
            index
            for index, each in enumerate(request.positions)
            if self._graph.get(each.project) is project
        )
        index = next(places, None)
        if index is None:
            self._positions.append(Taken(request, every, None))
            return
        held = request.positions[index]
        is_ours = self._graph.get(held.meeting) is self._meeting
        if is_ours and self._says(held, every):
            self._known += 1
        elif held.as_of and when and not is_ours and when.is_before(held.as_of):
            self._known += 1
            about = {"project": project.name, "request": request.title, "date": held.as_of}
            self._note(line, SAID_SINCE, **about)
        else:
            stale = (name for name in REPLACED if name not in every and getattr(held, name))
            self._positions.append(Taken(request, every, index, () if is_ours else tuple(stale)))

    def _says(self, held: Position, fields: dict[str, str]) -> bool:
        """Whether *held* says what *fields* do, under whatever name each record goes by."""
        said = {name: str(getattr(held, name)) for name in fields}
        for name in ("project", "meeting"):
            target = self._graph.find(said[name])
            said[name] = target.id if target else said[name]
        return said == fields

    def _stance(self, said: str) -> tuple[str, str] | None:
        """The stance that *said* begins with, in words or as files have it, and those words."""
        start = folded(said)
        found = [
            (len(match[0]), str(each.value), match[0])
            for each in Stance
            for word in self._words_of(each)
            if (match := re.match(rf"{re.escape(word)}(?:e?s?)\b", start))
        ]
        return max(found)[1:] if found else None

    def _words_of(self, choice: Choice) -> Iterator[str]:
        """What *choice* may be called: its code, and its words, masculine and feminine."""
        for said in (str(choice.value).replace("_", " "), self._translate(choice.label)):
            word = folded(said)
            yield word
            yield word.removesuffix("e")

    def _request(self, line: Line, said: str) -> tuple[Request | None, str]:
        """The request that a position is on, and what follows its name."""
        about = _about(said)
        rest = said[about.end() :] if about else ""
        if linked := LINKED.match(rest):
            ends = [linked.end()]
        else:  # a title may hold a word that begins a reason: the longest that is one is meant
            whole = CONDITION.sub("", rest)
            ends = [len(whole), *(each.start() for each in reversed([*WHY.finditer(whole)]))]
        names = [linked[1].strip() if linked else rest[:end].strip(" «»“”.") for end in ends]
        if not names[-1]:
            self._fault(line, NO_TARGET, expected=Message(A_POSITION))
            return None, ""
        called = ((self._called(Request, name), end) for name, end in zip(names, ends, strict=True))
        request, end = next((each for each in called if each[0]), (None, 0))
        if request is None:
            near = nearest(names[-1], self._names(Request))
            self._fault(line, NO_REQUEST, found=names[-1], nearest=near)
            return None, ""
        if request.state in SHUT:
            self._fault(line, SHUT_REQUEST, found=request.id, state=request.state)
            return None, ""
        return request, rest[end:]

    def _called(self, model: type[R], name: str) -> R | None:
        """The only record of *model* that *name* means: by id, former id, title or short name."""
        linked = LINKED.fullmatch(name.strip(" *_"))
        said = linked[1].strip() if linked else name.strip(" *_")
        found = self._graph.find(said)
        if isinstance(found, model):
            return found
        alike = [each for each in self._graph.all(model) if folded(said) in _names_of(each)]
        return alike[0] if len(alike) == 1 else None

    def _names(self, model: type[Record]) -> Sequence[str]:
        return [name for each in self._graph.all(model) for name in (each.id, each.title_text)]


def _is_later(one: Meeting, other: Meeting) -> bool:
    """Whether *one* is known to come after *other*."""
    return bool(one.date and other.date and other.date.value.is_before(one.date.value))


def is_kept(meeting: Meeting) -> bool:
    """Whether members alone may read the minutes of *meeting*, hence all that comes from them."""
    held = meeting.audience
    return Audience.MEMBERS in (held.get(""), held.get("minutes"))


def _free(base: str, taken: Container[str]) -> str:
    """*base*, or the first of it with a number that is not *taken*."""
    numbered = (f"{base}-{number}" for number in count(2))
    return next(id for id in chain([base], numbered) if id not in taken)


def _names_of(record: Record) -> Iterable[str]:
    said = (record.id, record.title_text, getattr(record, "short_name", None))
    return {folded(each) for each in said if each}


def _parted(text: str) -> tuple[str, str, str]:
    """What stands before the first colon, the colon, and what stands after it."""
    match = COLON.search(text)
    if not match:
        return text.strip(), "", ""
    return text[: match.start()].strip(), ":", text[match.end() :].strip()


def _about(said: str) -> re.Match[str] | None:
    """What leads to the name of the request: before a link rather than elsewhere."""
    return LED_TO.search(said) or ABOUT.search(said)


def _reasons(before: str, rest: str) -> dict[str, str]:
    """The rank, the reason and the condition of a position.

    *before* stands before the name of the request, *rest* after it.
    """
    found: dict[str, str] = {}
    if rank := RANK.search(before) or RANK.search(_parts(rest)[0]):
        found["rank"] = rank[1].lstrip("0") or "0"
    if condition := CONDITION.search(rest):
        found["constraint"] = condition[1].strip()
    if reason := _parts(rest)[1]:
        found["reason"] = reason
    return found


def _parts(rest: str) -> tuple[str, str]:
    """What stands before the reason of a position, and the reason."""
    head, *why = WHY.split(f" {CONDITION.sub('', rest)}", maxsplit=1)
    return head, why[0].strip() if why else ""


def _left_over(before: str, stance: str, rest: str) -> str:
    """The words of a position that say nothing to the club; *stance* are those of its stance."""
    said = folded(RANK.sub("", before)).removeprefix(stance)
    after = RANK.sub("", _parts(rest)[0])
    return next((each for part in (said, after) if (each := part.strip(" ,;.()"))), "")
