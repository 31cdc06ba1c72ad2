"""A desk in words: its page, with what is expected and where it is written down."""

from __future__ import annotations

from collections.abc import Iterator

from club.insight.desk import Desk, Group, Task, desk_view
from club.model.message import N_, Message
from club.model.view import CardView, Counted, EditLink, Link, PageView, SectionView
from club.model.viewing import link, section, sections

TITLE = N_("{name}: what awaits")
FEW = 12
"""How many tasks of a sort that another page lists are shown."""


def desk_page(
    desk: Desk,
    *help: SectionView | None,
    first: SectionView | None = None,
    more: dict[str, Link] | None = None,
) -> PageView:
    """The page of *desk*: what comes *first*, what there is to do, then what may *help*.

    *more* has another way to see the tasks of one sort, by the id of the sort.
    """
    subject, view = desk.subject, desk_view(desk)
    to_do = Message(N_("To do: {count}"), {"count": desk.count})
    return PageView(
        url=view.link.url,
        collection=subject.collection,
        title=Message(TITLE, {"name": view.link.title}),
        badges=(to_do, link(subject)) if desk.count else (link(subject),),
        is_example=subject.example,
        desk=view,
        sections=sections(first, *_tasks(desk, more or {}), *help),
    )


def _tasks(desk: Desk, more: dict[str, Link]) -> Iterator[SectionView | None]:
    if not desk.groups:
        none = Message(N_("Nothing awaits you here. Thank you!"))
        yield section("nothing", Message(N_("Nothing to do")), none)
    for group in desk.groups:
        yield _folded(group) if group.is_one else _group(group, more.get(group.id))


def _group(group: Group, more: Link | None) -> SectionView | None:
    """The first tasks, and how many more there are, where they can be seen otherwise."""
    shown = group.tasks[:FEW] if more else group.tasks
    cards = (_card(each, group) for each in shown)
    hidden = group.tasks[len(shown) :]
    rest = Counted(len(hidden), sum(each.is_example for each in hidden))
    left = Message(N_("and {count} more"), {"count": rest}) if rest else None
    return section(group.id, _title(group), group.expected, *cards, left, more, layout="cards")


def _folded(group: Group) -> SectionView | None:
    """Tasks that are one piece of work: what they are about is a list, with one edit link."""
    edit = EditLink(Message(group.how), group.place) if group.place else None
    return section(
        group.id,
        _title(group),
        group.expected,
        edit,
        *(each.what for each in group.tasks),
        layout="grid",
        fold=Message(N_("See them: {count}"), {"count": group.held}),
    )


def _title(group: Group) -> Message:
    about = {"things": Message(group.title), "count": group.held}
    return Message(N_("{things}: {count}"), about)


def _card(task: Task, group: Group) -> CardView:
    edit = (EditLink(Message(group.how), task.place),) if task.place else ()
    is_marked = isinstance(task.what, Link) and task.what.is_example
    return CardView(task.what, (*task.about, *edit), is_example=task.is_example and not is_marked)
