"""What a figure may be split into: the choices behind each dimension but services."""

from __future__ import annotations

from collections.abc import Mapping

from club.model.message import Choice
from club.records.indicator.model import Device, Dimension
from club.records.project.model import SchoolType
from club.records.service.model import Profile

CHOICES: Mapping[str, type[Choice]] = {
    str(Dimension.PROFILE): Profile,
    str(Dimension.SCHOOL_TYPE): SchoolType,
    str(Dimension.DEVICE): Device,
}


def keys_of(dimension: str) -> tuple[str, ...]:
    """The keys of *dimension* as files write them; none for services, which are records."""
    return tuple(map(str, CHOICES[dimension])) if dimension in CHOICES else ()
