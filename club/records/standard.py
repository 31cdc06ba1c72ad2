"""The kinds that come with the library, in the order of their pages, and the rules across them."""

from __future__ import annotations

from typing import Any

from club.model.kind import Check, Kind
from club.records.axis.kind import KIND as AXIS
from club.records.comparison.kind import KIND as COMPARISON
from club.records.consultation.kind import KIND as CONSULTATION
from club.records.contract.kind import KIND as CONTRACT
from club.records.contradictions import check_silent_contradiction
from club.records.decision.kind import KIND as DECISION
from club.records.deductions import check_deduced_field
from club.records.difficulty.kind import KIND as DIFFICULTY
from club.records.domain.kind import KIND as DOMAIN
from club.records.family.kind import KIND as FAMILY
from club.records.impact_analysis.kind import KIND as ANALYSIS
from club.records.indicator.kind import KIND as INDICATOR
from club.records.meeting.kind import KIND as MEETING
from club.records.method.kind import KIND as METHOD
from club.records.offer.kind import KIND as OFFER
from club.records.organisation.kind import KIND as ORGANISATION
from club.records.package.kind import KIND as PACKAGE
from club.records.platform.kind import KIND as PLATFORM
from club.records.practice.kind import KIND as PRACTICE
from club.records.project.kind import KIND as PROJECT
from club.records.representative.kind import KIND as REPRESENTATIVE
from club.records.request.kind import KIND as REQUEST
from club.records.resource.kind import KIND as RESOURCE
from club.records.rollout.kind import KIND as ROLLOUT
from club.records.service.kind import KIND as SERVICE
from club.records.source.kind import KIND as SOURCE
from club.records.target.kind import KIND as TARGET

KINDS: tuple[Kind[Any], ...] = (
    PROJECT,
    PLATFORM,
    ORGANISATION,
    REPRESENTATIVE,
    AXIS,
    SERVICE,
    FAMILY,
    OFFER,
    COMPARISON,
    CONTRACT,
    ROLLOUT,
    REQUEST,
    PACKAGE,
    MEETING,
    DECISION,
    CONSULTATION,
    PRACTICE,
    DIFFICULTY,
    DOMAIN,
    INDICATOR,
    TARGET,
    METHOD,
    ANALYSIS,
    RESOURCE,
    SOURCE,
)

CHECKS: tuple[Check, ...] = (check_silent_contradiction, check_deduced_field)
