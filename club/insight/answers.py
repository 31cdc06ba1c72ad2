"""What the rows of a filled sheet say: the answer of the vendor to each request, or every fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import cast

from club.insight.answer_sheet import ALSO, ANSWER, COLUMNS, FILLED, OPEN, REQUEST, TITLE
from club.insight.waiting import ASKS_BACK
from club.model.cells import CLUB, FOR, Cell, Row, Table, is_read_wrongly
from club.model.dates import PartialDate, is_to_come
from club.model.fields import SOURCE_KIND, WEB_ADDRESS
from club.model.graph import Graph
from club.model.mangled import Mangled, day, formula, version
from club.model.markup import capital, folded
from club.model.message import N_, Message, Translate
from club.model.problem import Level, Place, Problem, Rule, nearest
from club.model.record import Record
from club.records.package.model import Package
from club.records.platform.model import Platform
from club.records.project.model import Project
from club.records.request.model import Answer, AnswerType, Request, RequestState

CLOSED = {RequestState.DRAFT, RequestState.WITHDRAWN, RequestState.DUPLICATE}
"""The states in which nobody asks the vendor anything."""
UNSENT = {RequestState.SUBMITTED, RequestState.DISCUSSED, RequestState.SHARED}
LEADS_TO = {
    AnswerType.ACCEPTED: RequestState.ACCEPTED,
    AnswerType.REFUSED: RequestState.REFUSED,
}
"""The state that an answer speaks for."""
EXAMPLE_TITLE = N_("{title} (example)")
"""The title of what is made up, as the sheet says it."""
ALIKE = 0.6
"""How like a title must be to be the same one, corrected since."""

ROW = Rule(
    name="answers-row",
    wants=N_("A row answers one request of the club, one that was sent, once."),
    example="exporter-le-carnet;Exporter le carnet;accord;V4;2012-09-20;;",
)
VALUE = Rule(
    name="answers-value",
    wants=N_("Answers, versions, dates and sources are those the club knows, as they are written."),
    example="exporter-le-carnet;Exporter le carnet;à l’étude;;2012-09-20;Pas avant l’été.;",
)
DOUBT = Rule(
    name="answers-doubt",
    level=Level.WARNING,
    wants=N_("An answer comes after those before it, for a request that was sent."),
    example="exporter-le-carnet;Exporter le carnet;refus;;2012-09-20;;",
)
RULES = (ROW, VALUE, DOUBT)

NO_REQUEST = N_("no request is called “{found}”")
NO_ID = N_("the row does not say which request it answers")
NOT_A_REQUEST = N_("“{found}” is a record, but no request")
OTHER_TITLE = N_("the title is that of “{id}”: the row was moved beside another request")
UNLIKE = N_("the title is not that of “{id}”: “{title}”")
REWORDED = N_("the title is no longer that of “{id}”: “{title}”")
TWICE = N_("“{id}” is answered at line {line} already, and otherwise")
IS_DUPLICATE = N_("“{id}” is a duplicate: the answer is for “{original}”")
IS_CLOSED = N_("“{id}” waits for no answer: its state is “{state}”")
NOT_SENT = N_("“{id}” was not sent to the vendor yet: its state is “{state}”")
NO_ANSWER = N_("“{found}” is none of the answers")
ANSWERS = N_("one of: {names}")
BLANK = N_("the row says something, but not what the answer is")
NO_VERSION = N_("no version is called “{found}”")
NO_VERSION_YET = N_("one of {versions}; a new one is first written in the record of its platform")
NONE_YET = N_("a version that stands in the record of its platform")
NO_SOURCE = N_("“{found}” is neither a source of the club nor a web address")
MOJIBAKE = N_("“{found}” was read in another encoding than it was written in")
LOST = re.compile(r"\w\?\w")
LETTERS_LOST = N_("“{found}” has lost letters, that became “?”: save the file in UTF-8")
SAID_OTHERWISE = N_("“{id}” has an answer of that day already, which says otherwise")
EARLIER = N_("the answer is of {date}, and one of {last}, which is later, stands there already")
TO_COME = N_("the answer is dated {date}, which is yet to come")
OTHER_CLUB = N_("the file was made for “{found}”")
THIS_CLUB = N_("the answers to “{club}”")
OTHER_PACKAGE = N_("the file answers “{found}”, which is nothing that this club sent")
NOT_LISTED = N_("“{found}” is not in the list that the file answers")


@dataclass(frozen=True, slots=True)
class Answered:
    """A request with the answer that it is to have, and where the file says it."""

    request: Request
    answer: Mapping[str, str]
    place: Place
    is_known: bool = False
    """Whether the record has the answer already, and only its state does not follow yet."""

    @property
    def type(self) -> AnswerType:
        """What the vendor answers."""
        return AnswerType(self.answer[ANSWER])

    @property
    def state(self) -> RequestState | None:
        """The state that the answer speaks for, if the request still waits for it."""
        return LEADS_TO.get(self.type) if self.request.state is RequestState.SENT else None

    @property
    def asks_back(self) -> bool:
        """Whether it is for the club to say more."""
        return self.type is ASKS_BACK


@dataclass(slots=True)
class Sheet:
    """What a file of answers says: the *answered* to write, and how many rows say nothing new."""

    answered: list[Answered] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    settled: list[Answered] = field(default_factory=list)
    """Those that the records have already as their last, while the state does not follow yet."""
    blank: int = 0
    known: int = 0
    days_first: list[str] = field(default_factory=list)
    """The dates that were to be understood with the day before the month."""

    @property
    def errors(self) -> list[Problem]:
        """What keeps the answers from being written."""
        return [each for each in self.problems if each.rule.level is Level.ERROR]


def column_words(translate: Translate) -> dict[str, tuple[str, ...]]:
    """What each column may be called: as the site says it, in English, by its field."""
    return {
        name: tuple(dict.fromkeys((capital(translate(label)), label, name)))
        for name, label in COLUMNS.items()
    }


def answer_words(translate: Translate) -> dict[str, AnswerType]:
    """Every word for an answer, less case and accents."""
    found: dict[str, AnswerType] = {}
    for each in AnswerType:
        also = (Message(ALSO[each]).render(say).split(",") for say in (translate, _english))
        said = [each.value, each.value.replace("_", " "), translate(each.label)]
        for word in (*said, _english(each.label), *(word for words in also for word in words)):
            found.setdefault(folded(word), each)
    return found


def _english(id: str) -> str:
    return id.partition("\x04")[2] or id


def read_answers(table: Table, graph: Graph, translate: Translate, club: str) -> Sheet:
    """The answers of *table* to the requests of *graph*, with every fault of every row.

    *club* is what the site is called.
    """
    reader = _Reader(graph, translate)
    reader.about(table.about, club)
    for row in table.rows:
        reader.read(row)
    return reader.sheet


class _Reader:
    """Reads rows one after the other."""

    def __init__(self, graph: Graph, translate: Translate) -> None:
        self.sheet = Sheet()
        self._graph = graph
        self._translate = translate
        self._answers = answer_words(translate)
        self._requests = {each.id: each for each in graph.all(Request)}
        self._by_title = {_letters(each.title): each for each in self._requests.values()}
        self._frozen: dict[str, str] | None = None
        """What each request of the list was called, if the file answers one."""
        self._seen: dict[str, tuple[Mapping[str, str], int]] = {}

    def about(self, about: Mapping[str, Cell], club: str) -> None:
        """What the file was made for is this club, and something that it sent."""
        if (cell := about.get(CLUB)) and _letters(cell.text) != _letters(club):
            expected = Message(THIS_CLUB, {"club": club})
            self._fault(ROW, cell, Message(OTHER_CLUB, {"found": cell.text}), expected)
        if (cell := about.get(FOR)) and cell.text != OPEN:
            self._list(cell)

    def _list(self, cell: Cell) -> None:
        """The list of requests that the file answers: no other may stand in it."""
        found = self._graph.find(cell.text)
        if not isinstance(found, Package):
            near = nearest(cell.text, [OPEN, *(each.id for each in self._graph.all(Package))])
            self._fault(ROW, cell, Message(OTHER_PACKAGE, {"found": cell.text}), near=near)
            return
        self._frozen = {}
        for frozen in found.requests:
            if request := self._graph.get(frozen.request):
                self._frozen[request.id] = _letters(frozen.title)

    def read(self, row: Row) -> None:
        """One row: an answer, nothing, or faults."""
        filled = {name: row[name] for name in FILLED if name in row and row[name].text}
        first = next(iter(row.values()), None)
        cell = row.get(REQUEST) or first
        if cell is None or not (filled or cell.text or any(each.text for each in row.values())):
            return
        count = len(self.sheet.errors)
        spoilt = self._spoilt(row)
        request = self._request(cell, row.get(TITLE))
        if not filled:
            self.sheet.blank += 1
            return
        answer = self._answer(filled, request, spoilt)
        if request and self._may_be_answered(request, cell) and ANSWER not in filled:
            self._fault(VALUE, cell, Message(BLANK), self._expected())
        if request and len(self.sheet.errors) == count:
            self._take(request, answer, cell)

    def _spoilt(self, row: Row) -> set[str]:
        """The columns whose cells a spreadsheet spoilt."""
        spoilt = set()
        for name, cell in row.items():
            if name != TITLE and (found := formula(cell.text)):
                self._mangled(cell, found)
                spoilt.add(name)
            elif name != TITLE and LOST.search(cell.text):
                # What the vendor says at length may hold such a mark; its other cells cannot.
                rule = DOUBT if name == "text" else VALUE
                self._fault(rule, cell, Message(LETTERS_LOST, {"found": cell.text}))
                spoilt |= {name} if rule is VALUE else set()
            elif is_read_wrongly(cell.text):
                self._fault(VALUE, cell, Message(MOJIBAKE, {"found": cell.text}))
                spoilt.add(name)
        return spoilt

    def _request(self, cell: Cell, title: Cell | None) -> Request | None:
        """The request of the row, by its id or a former one, if the title is its own."""
        named = self._named(title.text) if title and title.text else None
        if not cell.text:
            self._fault(ROW, cell, Message(NO_ID), near=(named.id,) if named else ())
            return None
        found = self._graph.find(cell.text)
        if not isinstance(found, Request):
            said = NOT_A_REQUEST if found else NO_REQUEST
            near = (named.id,) if named else nearest(cell.text, self._requests)
            self._fault(ROW, cell, Message(said, {"found": cell.text}), near=near)
            return None
        if self._frozen is not None and found.id not in self._frozen:
            near = (named.id,) if named else nearest(cell.text, self._frozen)
            self._fault(ROW, cell, Message(NOT_LISTED, {"found": cell.text}), near=near)
            return None
        if title and title.text:
            self._check_title(found, title, named)
        return found

    def _said(self, title: str) -> str:
        """The letters of *title*, less the mark of what is made up."""
        mark = Message(EXAMPLE_TITLE, {"title": ""}).render(self._translate)
        return _letters(title).removesuffix(_letters(mark)).strip()

    def _named(self, title: str) -> Request | None:
        """The request that has *title*, if any."""
        return self._by_title.get(self._said(title))

    def _check_title(self, request: Request, title: Cell, named: Request | None) -> None:
        own, said = _letters(request.title), self._said(title.text)
        if said == own or said == (self._frozen or {}).get(request.id):
            return
        if named:
            about = {"id": named.id}
            self._fault(ROW, title, Message(OTHER_TITLE, about), near=(named.id,))
            return
        is_alike = SequenceMatcher(None, said, own).ratio() >= ALIKE
        about = {"id": request.id, "title": request.title}
        rule, id = (DOUBT, REWORDED) if is_alike else (ROW, UNLIKE)
        self._fault(rule, title, Message(id, about))

    def _may_be_answered(self, request: Request, cell: Cell) -> bool:
        about = {"id": request.id, "state": request.state}
        if request.duplicate_of:
            original = self._graph.get(request.duplicate_of)
            said = {**about, "original": original.id if original else request.duplicate_of}
            near = (original.id,) if original else ()
            self._fault(ROW, cell, Message(IS_DUPLICATE, said), near=near)
        elif request.state in CLOSED:
            self._fault(ROW, cell, Message(IS_CLOSED, about))
        elif request.state in UNSENT:
            self._fault(DOUBT, cell, Message(NOT_SENT, about))
            return True
        else:
            return True
        return False

    def _answer(
        self, filled: Mapping[str, Cell], request: Request | None, spoilt: set[str]
    ) -> dict[str, str]:
        """The fields of the answer, each as the club writes it, less those at fault."""
        read: dict[str, Callable[[Cell], str]] = {
            ANSWER: self._type,
            "version": lambda cell: self._version(cell, request),
            "date": self._day,
            "source": self._source,
        }
        found = {
            name: read[name](cell) if name in read else cell.text
            for name, cell in filled.items()
            if name not in spoilt
        }
        return {name: text for name, text in found.items() if text}

    def _type(self, cell: Cell) -> str:
        said = folded(cell.text.strip(" .!"))
        if said in self._answers:
            return str(self._answers[said].value)
        near = nearest(said, self._answers)
        labels = [self._translate(self._answers[each].label) for each in near]
        message = Message(NO_ANSWER, {"found": cell.text})
        self._fault(VALUE, cell, message, self._expected(), near=tuple(dict.fromkeys(labels)))
        return ""

    def _expected(self) -> Message:
        return Message(ANSWERS, {"names": tuple(AnswerType)})

    def _version(self, cell: Cell, request: Request | None) -> str:
        known = versions(self._graph, request)
        if cell.text in known:
            return cell.text
        if found := version(cell.text, known):
            self._mangled(cell, found)
        else:
            said = Message(NO_VERSION_YET, {"versions": known}) if known else Message(NONE_YET)
            about = Message(NO_VERSION, {"found": cell.text})
            self._fault(VALUE, cell, about, said, near=nearest(cell.text, known))
        return ""

    def _day(self, cell: Cell) -> str:
        found = day(cell.text)
        if isinstance(found, Mangled):
            self._mangled(cell, found)
            return ""
        if "/" in cell.text and found.day:
            self.sheet.days_first.append(cell.text)
        return str(found)

    def _source(self, cell: Cell) -> str:
        sources = self._graph.ids_of((SOURCE_KIND,))
        source = self._graph.find(cell.text)
        if WEB_ADDRESS.fullmatch(cell.text) or (source and source.kind == SOURCE_KIND):
            return source.id if source else cell.text
        near = nearest(cell.text, sources)
        self._fault(VALUE, cell, Message(NO_SOURCE, {"found": cell.text}), near=near)
        return ""

    def _take(self, request: Request, answer: dict[str, str], cell: Cell) -> None:
        """Keeps the answer, unless it is there already."""
        if request.id in self._seen:
            said, line = self._seen[request.id]
            if said != answer:
                self._fault(ROW, cell, Message(TWICE, {"id": request.id, "line": line}))
            else:
                self.sheet.known += 1
            return
        self._seen[request.id] = answer, cell.place.line
        held = [_written(each, self._graph) for each in request.answers]
        if _bare(answer) in held:
            self.sheet.known += 1
            known = Answered(request, answer, cell.place, is_known=True)
            if held[-1] == _bare(answer) and known.state:
                self.sheet.settled.append(known)
            return
        dated = [each.date for each in request.answers if each.date]
        date = PartialDate.parse(answer["date"]) if "date" in answer else None
        if any((each.date, str(each.answer)) == (date, answer[ANSWER]) for each in request.answers):
            self._fault(ROW, cell, Message(SAID_OTHERWISE, {"id": request.id}))
            return
        if date and is_to_come(date, self._graph.today):
            self._fault(DOUBT, cell, Message(TO_COME, {"date": date}))
        if date and dated and date.is_before(dated[-1]):
            about = {"date": date, "last": dated[-1]}
            self._fault(DOUBT, cell, Message(EARLIER, about))
        self.sheet.answered.append(Answered(request, answer, cell.place))

    def _mangled(self, cell: Cell, found: Mangled) -> None:
        self._fault(VALUE, cell, found.found, found.expected, found.near)

    def _fault(
        self,
        rule: Rule,
        cell: Cell,
        message: Message,
        expected: Message | None = None,
        near: Sequence[str] = (),
    ) -> None:
        problem = Problem(
            rule=rule,
            place=cell.place,
            message=cell.said(message),
            expected=expected,
            nearest=tuple(near),
        )
        self.sheet.problems.append(problem)


def versions(graph: Graph, request: Request | None) -> tuple[str, ...]:
    """The versions of the platforms of the projects that *request* concerns, or else of all."""
    named = [each.project for each in request.positions] if request else []
    if request and request.origin:
        named.append(request.origin)
    projects = [cast(Project, graph.get(each)) for each in named if graph.get(each)]
    platforms = [graph.get(each.platform) for each in projects]
    found = [each for each in platforms if each and each.versions] or graph.all(Platform)
    return tuple(dict.fromkeys(one.id for each in found for one in each.versions))


def _written(answer: Answer, graph: Graph) -> dict[str, str]:
    """*answer* of a record as a row would say it."""
    source: Record | None = graph.cited(answer.source)
    said = {
        "date": str(answer.date) if answer.date else "",
        ANSWER: str(answer.answer.value),
        "version": answer.version or "",
        "text": answer.text or "",
        "source": source.id if source else str(answer.source or ""),
    }
    return _bare(said)


def _letters(text: str) -> str:
    """*text* less all but its letters and digits: the rest may not survive another encoding."""
    return " ".join(re.findall(r"\w+", folded(text)))


def _bare(answer: Mapping[str, str]) -> dict[str, str]:
    """*answer* less the spaces that say nothing."""
    return {name: " ".join(text.split()) for name, text in answer.items() if text}
