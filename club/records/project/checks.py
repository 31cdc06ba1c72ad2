"""Rules about projects: partners that add up, support that fits the number of schools."""

from __future__ import annotations

from collections.abc import Iterator

from club.model.claims import used
from club.model.fields import Claim
from club.model.graph import Graph
from club.model.kind import check
from club.model.message import N_, Message
from club.model.problem import Level, Problem, Rule, nearest
from club.records.project.model import CarrierRole, Project

PLAUSIBLE_FACTOR = 1.25
"""Above this, "about twenty schools each" no longer explains the difference."""

PARTNER_COUNT = Rule(
    name="partner-count",
    level=Level.WARNING,
    wants=N_("The partners a source announces are as many as the carriers listed by name."),
    example="partners_expected: 9\ncarriers:\n  - {organisation: academie-toulouse, role: owner}",
)
SUPPORT_PLAUSIBILITY = Rule(
    name="support-plausibility",
    level=Level.WARNING,
    wants=N_("Support centres times the schools each covers is close to the number of schools."),
    example="support_levels:\n  - {level: 2, who: Pôles d'appui, count: 22, covers: 13}",
)
CARRIER_TWICE = Rule(
    name="carrier-twice",
    wants=N_("An organisation carries a project once, with one role."),
    example="carriers:\n  - {organisation: academie-nantes, role: owner}",
)


PLATFORM_VERSION = Rule(
    name="platform-version",
    level=Level.WARNING,
    wants=N_("A project runs a version that stands in the record of its platform, if any does."),
    example="platform: k-decole\nplatform_version: '4.2'",
)


@check(PLATFORM_VERSION)
def check_platform_version(graph: Graph) -> Iterator[Problem]:
    """What is usable where is told by the order of the versions: an unknown one has no place."""
    for project in graph.all(Project):
        platform = graph.get(project.platform)
        known = [each.id for each in platform.versions] if platform else []
        for index, stated in enumerate(project.platform_version if known else ()):
            if str(stated.value) not in known:
                yield PLATFORM_VERSION.problem(
                    graph.place(project, "platform_version", index),
                    N_("“{platform}” has no version “{found}”"),
                    nearest=nearest(str(stated.value), known),
                    expected=Message(N_("one of {values}"), {"values": ", ".join(known)}),
                    record=project.key,
                    platform=platform.id if platform else "",
                    found=stated.value,
                )


@check(PARTNER_COUNT)
def check_partner_count(graph: Graph) -> Iterator[Problem]:
    """Nine partners are 1 + 1 + 7: as many as the owners and partners listed."""
    for project in graph.all(Project):
        roles = {CarrierRole.OWNER, CarrierRole.PARTNER}
        listed = sum(carrier.role in roles for carrier in project.carriers)
        for index, stated in enumerate(project.partners_expected):
            if stated.value != listed:
                yield PARTNER_COUNT.problem(
                    graph.place(project, "partners_expected", index),
                    N_("{stated} partners are announced, {listed} carriers are listed"),
                    expected=Message(N_("the missing carriers, or another count")),
                    record=project.key,
                    stated=stated.value,
                    listed=listed,
                )


@check(SUPPORT_PLAUSIBILITY)
def check_support_plausibility(graph: Graph) -> Iterator[Problem]:
    """22 centres of about 20 schools would look after 440, more than the 292 there are."""
    for project in graph.all(Project):
        schools = max((each.value for each in project.schools_equipped), default=0)
        for index, level in enumerate(project.support_levels):
            count, covers = used(level.count), used(level.covers)
            if not (schools and count and covers):
                continue
            covered = count.value * covers.value
            if covered > schools * PLAUSIBLE_FACTOR:
                stated = max(project.schools_equipped, key=lambda each: each.value)
                yield SUPPORT_PLAUSIBILITY.problem(
                    graph.place(project, "support_levels", index, "count"),
                    N_(
                        "{count} × {covers} = {covered} schools covered ({support_source}),"
                        " more than the {schools} there are ({schools_source})"
                    ),
                    record=project.key,
                    count=count.value,
                    covers=covers.value,
                    covered=covered,
                    schools=schools,
                    support_source=_source(graph, count),
                    schools_source=_source(graph, stated),
                )


def _source(graph: Graph, claim: Claim[int]) -> object:
    record = graph.cited(claim.source)
    if record:
        return record.title_text
    return str(claim.source) if claim.source else Message(N_("no source"))


@check(CARRIER_TWICE)
def check_carrier_twice(graph: Graph) -> Iterator[Problem]:
    """Each carrier stands once."""
    for project in graph.all(Project):
        seen: dict[str, int] = {}
        for index, carrier in enumerate(project.carriers):
            if carrier.organisation.id in seen:
                yield CARRIER_TWICE.problem(
                    graph.place(project, "carriers", index, "organisation"),
                    N_("“{found}” is already the carrier listed at line {line}"),
                    record=project.key,
                    found=carrier.organisation.id,
                    line=graph.place(project, "carriers", seen[carrier.organisation.id]).line,
                )
            seen.setdefault(carrier.organisation.id, index)


CHECKS = (
    check_partner_count,
    check_support_plausibility,
    check_carrier_twice,
    check_platform_version,
)
