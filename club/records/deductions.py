"""What the club says it deduced: of fields that say something."""

from __future__ import annotations

from collections.abc import Iterator

from club.model.field import fields_of
from club.model.graph import Graph
from club.model.kind import check
from club.model.message import N_
from club.model.problem import Problem, Rule, nearest

DEDUCED_FIELD = Rule(
    name="deduced-field",
    wants=N_("What is said to be deduced is a field of the record, which has a value."),
    example='territory: "42"\ndeduced:\n  - {field: territory, reason: Le département du porteur.}',
)


@check(DEDUCED_FIELD)
def check_deduced_field(graph: Graph) -> Iterator[Problem]:
    """A reason that stands beside no value would be read by nobody."""
    for record in graph:
        for index, each in enumerate(record.deduced):
            fields = {name for name, one in fields_of(record.__class__).items() if one.is_content}
            said = fields & record.model_fields_set
            if each.field not in said:
                yield DEDUCED_FIELD.problem(
                    graph.place(record, "deduced", index, "field"),
                    N_("the record says nothing under “{found}”, which is said to be deduced"),
                    nearest=nearest(each.field, sorted(said)),
                    record=record.key,
                    found=each.field,
                )
