"""The page of a method, and the kit that a school prints to follow it."""

from __future__ import annotations

from dataclasses import replace

from club.insight.impact import CHOICES_URL, COVERAGE_URL
from club.insight.impact_told import licence_section
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import (
    CardView,
    CellView,
    Link,
    PageView,
    RowView,
    SectionView,
    TableView,
)
from club.model.viewing import (
    label_of,
    link,
    link_list,
    links,
    page,
    section,
    sections,
    text,
    url_of,
)
from club.records.domain.model import Domain
from club.records.impact_analysis.model import (
    CHOICES,
    ELEMENTS,
    Activation,
    ImpactAnalysis,
    Paperless,
    UseScope,
)
from club.records.method.model import Method
from club.records.practice.model import Practice

KIT = N_("Kit to print: {method}")
OF_CHOICE = {"activation": Activation, "scope": UseScope, "paperless": Paperless}


def kit_url(method: Method) -> str:
    """Where the kit of *method* is."""
    return f"{url_of(method)}kit/"


def view(method: Method, graph: Graph) -> PageView:
    """A method: its steps, one after the other, its domains, and what was made with it."""
    has_analyses = graph.registry.has(ImpactAnalysis)
    made = graph.pointing(method, ImpactAnalysis) if has_analyses else ()
    ways = (
        Link(Message(KIT, {"method": method.title}), kit_url(method)),
        Link(Message(N_("Which project thought of which domain")), COVERAGE_URL),
        Link(Message(N_("The choices of the projects compared")), CHOICES_URL),
    )
    return page(
        graph,
        method,
        lead=method.summary,
        sections=sections(
            _steps(method, graph),
            _domains(method, graph),
            section("ways-in", Message(N_("Go straight to")), *ways, layout="grid")
            if has_analyses
            else None,
            link_list("analyses", N_("Impact analyses"), made),
            licence_section(graph, (method,)),
        ),
        listed=(ImpactAnalysis,),
    )


def _steps(method: Method, graph: Graph) -> SectionView | None:
    return section(
        "steps",
        Message(N_("Steps of the method")),
        *(
            CardView(
                Message(N_("{number}. {title}"), {"number": step.number, "title": step.title}),
                step.elements,
                text(graph, step.summary),
                place=graph.place(method, "steps", index),
            )
            for index, step in enumerate(method.steps)
        ),
        layout="steps",
    )


def _domains(method: Method, graph: Graph) -> SectionView | None:
    found = tuple(each for each in map(graph.get, method.domains) if each)
    numbered = (
        link(each, Message(N_("number {number}"), {"number": number}))
        for number, each in enumerate(found, 1)
    )
    said = (method.is_open,) if method.is_open and found else ()
    return section("domains", Message(N_("Domains to think of")), *said, *numbered, layout="list")


def kit(method: Method, graph: Graph) -> PageView:
    """What a school prints: the steps, a sheet to fill in for each domain, the choices to make."""
    domains = tuple(each for each in map(graph.get, method.domains) if isinstance(each, Domain))
    return PageView(
        url=kit_url(method),
        collection=Method.collection,
        title=Message(KIT, {"method": method.title}),
        is_example=method.example,
        sections=sections(
            _steps(method, graph),
            _order(domains),
            *(_sheet(number, each, graph) for number, each in enumerate(domains, 1)),
            _choices(),
            _whole(licence_section(graph, (method,))),
        ),
    )


def _whole(section: SectionView | None) -> SectionView | None:
    """*section* as a sheet that no page of paper cuts, if it fits one."""
    return replace(section, layout="sheet") if section else None


def _blank(count: int) -> tuple[CellView, ...]:
    return (CellView(("",), tone="blank"),) * count


def _order(domains: tuple[Domain, ...]) -> SectionView | None:
    """Where a school says which domains come first."""
    rows = tuple(RowView((CellView((link(each),)), *_blank(3))) for each in domains)
    other = RowView((CellView((Message(N_("another domain")),)), *_blank(3)))
    heads = (
        N_("domain"),
        label_of(ImpactAnalysis, "priority"),
        N_("why"),
        label_of(ImpactAnalysis, "validated_by"),
    )
    table = TableView(
        Message(N_("The domains in the order of the school")),
        heads,
        (*rows, other, other),
        is_form=True,
    )
    return section("order", Message(N_("Choose the domains")), table, layout="sheet")


def _sheet(number: int, domain: Domain, graph: Graph) -> SectionView | None:
    """A sheet to fill in for *domain*, and the practices that others share on it."""
    rows = tuple(
        RowView((CellView((Message(label_of(ImpactAnalysis, name)),)), *_blank(1)))
        for name in (*ELEMENTS, "practices")
    )
    table = TableView(
        Message(N_("To fill in: {domain}"), {"domain": link(domain)}),
        (N_("element"), N_("what the school says of it")),
        rows,
        is_form=True,
    )
    shared = graph.pointing(domain, Practice, "domains") if graph.registry.has(Practice) else ()
    said = Message(N_("Practices shared on this domain: {names}"), {"names": links(shared)})
    title = Message(N_("{number}. {title}"), {"number": number, "title": link(domain)})
    return section(f"domain-{number}", title, table, said if shared else None, layout="sheet")


def _choices() -> SectionView | None:
    rows = tuple(
        RowView(
            (
                CellView((Message(label_of(ImpactAnalysis, name)),)),
                CellView(tuple(Message(each.label) for each in OF_CHOICE[name])),
                *_blank(1),
            )
        )
        for name in CHOICES
    )
    heads = (N_("choice"), N_("possible answers"), N_("what the school chooses"))
    table = TableView(Message(N_("How the school goes about it")), heads, rows, is_form=True)
    return section("choices", Message(N_("Make the choices")), table, layout="sheet")
