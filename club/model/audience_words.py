"""What people write when they mean for whom a text is, whatever its name and its words.

An audience that nobody heeds would publish what it was to keep: what looks like one is told.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any

from club.model.markup import folded
from club.model.record import Audience

AUDIENCE = "audience"
PUBLIC = frozenset({"public", "publics", "publique", "publiques", "publie", "published"})
MEMBERS = frozenset(
    {
        *("member", "members", "membre", "membres", "adherent", "adherents"),
        *("prive", "privee", "prives", "privees", "private", "privacy"),
        *("reserve", "reservee", "reserves", "reservees", "reserved"),
        *("confidentiel", "confidentielle", "confidentiels", "confidentialite", "confidential"),
        *("restreint", "restreinte", "restricted", "secret", "secrete", "interne", "internal"),
    }
)
NAMES = frozenset({AUDIENCE, "audiences", "lecteurs", "visibilite", "visibility"})
BESIDE = frozenset(
    {
        *("a", "au", "aux", "au", "de", "des", "du", "la", "le", "les", "pour", "par", "est"),
        *("vise", "visee", "cible", "club", "acces", "seul", "seuls", "seulement", "uniquement"),
        *("access", "for", "is", "only", "the", "to", "target", "non", "not", "tout", "tous"),
    }
)
"""Words that say nothing of an audience by themselves, and may stand beside one that does."""
YES = frozenset({"oui", "yes", "true", "vrai", "on", "1"})
NO = frozenset({"non", "no", "false", "faux", "off", "0"})
WORD = re.compile(r"[a-z]+|\d+")
NEAR = 0.8
"""How alike a word and one that says an audience are, for the first to be a slip for the other."""


def meant(name: str, value: Any) -> Audience | None:
    """The audience that the field *name* holding *value* says, if either looks like one."""
    said = _words(value)
    if not (is_name(name) or _is_of(said, PUBLIC | MEMBERS)):
        return None
    is_public_name = _is_of(_words(name), PUBLIC)
    if said & (YES if is_public_name else NO) or (said & PUBLIC and not said & (MEMBERS | NO)):
        return Audience.PUBLIC
    return Audience.MEMBERS


def is_name(name: str) -> bool:
    """Whether *name* looks like that of a field that says an audience."""
    return _is_of(_words(name), PUBLIC | MEMBERS | NAMES)


def is_value(value: str) -> bool:
    """Whether *value* looks like an audience, or like the answer to whether it is one."""
    said = _words(value)
    return bool(said) and (said <= YES | NO or _is_of(said, PUBLIC | MEMBERS))


def correct(audience: Audience) -> str:
    """The line that says *audience*."""
    return f"{AUDIENCE}: {audience}"


def _is_of(said: frozenset[str], known: frozenset[str]) -> bool:
    """Whether *said* has a word of *known*, and none of another matter."""
    others = said - known - BESIDE
    slips = {each for each in others if get_close_matches(each, known, 1, NEAR)}
    return bool(said & known or slips) and others == slips


def _words(value: Any) -> frozenset[str]:
    """The words of *value*, a text or a list of texts, without their accents or capitals."""
    if isinstance(value, list):
        return frozenset().union(*map(_words, value))
    if not isinstance(value, str):
        return frozenset()
    return frozenset(WORD.findall(folded(value)))
