"""How to reach a person, found in a text: telephone numbers, addresses that look like theirs.

What is found is never repeated whole: a report is read by more people than a file.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import pairwise

from club.model.markup import folded

SPACE = r"[ \t\u00a0\u2009\u202f]"
HARD_SPACE = re.compile(r"&(?:nbsp|thinsp|#0{0,3}160|#[xX]0{0,3}[aA]0);")
"""A space as HTML names it: as many spaces take its place, so that places stay."""
BETWEEN = rf"{SPACE}*\n{SPACE}*|{SPACE}{{1,2}}|\u00a0{{6,9}}|[.\-/_\u2010\u2011\u2013]"
"""What may stand between two groups of digits; a text that is folded may break a number."""
PAIRS = re.compile(rf"(?<![\w+])(?<!\d[.,:/_-])\d\d(?:(?:{BETWEEN})\d\d(?![^\W_]))+")
IN_ONE = re.compile(r"(?<![\w+])(?<!\d[.,])0[1-9]\d{8}(?!\w|[.,]\d)")
IN_FOUR = re.compile(
    rf"(?<![\w+])(?<!\d[.,])(?:0[1-9]\d\d(?:{BETWEEN})\d\d(?:{BETWEEN})\d\d(?:{BETWEEN})\d\d"
    rf"|0[89]\d\d(?:{BETWEEN})\d{{3}}(?:{BETWEEN})\d{{3}})(?!\w|(?:{BETWEEN})\d\d\b)"
)
ABROAD = re.compile(
    rf"(?<![\w+])(?:\+|00)(?:{BETWEEN})?(?:33(?:{BETWEEN})?(?:\(0\)(?:{BETWEEN})?)?[1-9]"
    rf"(?:(?:{BETWEEN})?\d\d){{4}}"
    rf"|(?:262|590|594|596)(?:{BETWEEN})?[1-9]\d\d(?:(?:{BETWEEN})?\d\d){{3}})(?!\w)"
)
IN_BRACKETS = re.compile(
    rf"(?<![\w+])\(0[1-9]\)(?:{BETWEEN})?\d\d(?:(?:{BETWEEN})?\d\d){{3}}(?!\w)"
)
PAIRS_IN_A_NUMBER = 5
LONGEST_WEB_ADDRESS = 500

AT = (
    r"(?:@|%40|&#0*64;|&#[xX]0*40;|&commat;| ?[\[({](?:at|arobase|arobas|chez)[\])}] ?"
    r"| (?:arobase|arobas) )"
)
DOT = r"(?:\.| ?[\[({](?:point|dot)[\])}] ?| point )"
ADDRESS = re.compile(
    rf"(?<![\w.+@-])([\w.+-]{{1,64}}){AT}([\w-]{{1,63}}(?:{DOT}[\w-]{{1,63}})+)", re.IGNORECASE
)
DOTS = re.compile(DOT, re.IGNORECASE)
SIGNS = ("@", "%40", "&#", "&commat", "[", "{", "(", "arob")
"""What a text holds that holds an address: files of figures are large, and hold none of them."""
OF_NOBODY = ("example.org", "example.com", "example.net", "example", "invalid", "test", "localhost")
"""The domains that are kept for examples: nobody is reached there."""
OF_PERSONS = frozenset(
    {
        *("gmail", "googlemail", "hotmail", "outlook", "live", "msn", "yahoo", "ymail", "icloud"),
        *("aol", "gmx", "protonmail", "proton", "tutanota", "mailo", "laposte", "orange", "free"),
        *("wanadoo", "sfr", "neuf", "bbox", "numericable", "aliceadsl", "club-internet"),
    }
)
"""The providers of private mailboxes, by the name before the last dots."""
SHARED = frozenset(
    {
        *("academie", "accueil", "achats", "admin", "administration", "aide", "assistance"),
        *("bureau", "cabinet", "canope", "cdi", "ce", "cellule", "club", "college", "commercial"),
        *("communication", "commun", "conseil", "contact", "courrier", "ctice", "dan"),
        *("departement", "enquete", "forge", "forum", "greta", "hebergement", "hotline"),
        *("inscription", "lycee", "mairie", "maintenance", "metropole", "moderation", "newsletter"),
        *("partenaires", "postmaster", "recrutement", "rectorat", "redaction", "region", "tech"),
        *("technique", "webinaire"),
        *("dane", "delegation", "direction", "donnees", "dpo", "dpd", "drane", "drne", "dsden"),
        *("dsi", "dsii", "ecole", "educ", "education", "ent", "equipe", "formation", "gar", "help"),
        *("info", "infos", "informatique", "liste", "mail", "marche", "marches", "mission", "ne"),
        *("no", "noreply", "num", "numerique", "poste", "pole", "presse", "projet", "projets"),
        *("referent", "reply", "responsable", "reseau", "rgpd", "rssi", "rupn", "secretariat"),
        *("securite", "service", "services", "sic", "siege", "sos", "support", "team", "tice"),
        *("tuteurs", "usages", "utilisateurs", "vie", "web", "webmaster", "webmestre"),
    }
)
"""The words by which a mailbox says that several people read it."""
WORDS = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class PrivateContact:
    """What stands at *start*: a telephone number, or an address, cut to what may be told of it."""

    start: int
    is_number: bool
    told: str
    instead: str = ""
    is_sure: bool = True
    """False of an address of one word, such as `jmartin`, which no role is known by."""


def private_contacts(text: str, known: Container[str] = ()) -> tuple[PrivateContact, ...]:
    """Each telephone number and each address of a person in *text*, in order.

    *known* are names of organisations, projects and the like, as `in_one` writes them: a mailbox
    called so is no person's.
    """
    plain = HARD_SPACE.sub(lambda each: "\u00a0" * len(each[0]), text)
    found = (*_numbers(plain), *_addresses(text, known))
    return tuple(sorted(found, key=lambda each: each.start))


def _numbers(text: str) -> Iterator[PrivateContact]:
    spans = [*_in_pairs(text)]
    for form in (IN_ONE, IN_FOUR, IN_BRACKETS, ABROAD):
        spans += [(match.start(), match.end()) for match in form.finditer(text)]
    for start, end in spans:
        if not (_is_in_web_address(text, start) or _is_of_a_book(text, start)):
            yield PrivateContact(start, True, f"{text[start : start + 2]}…{text[end - 2 : end]}")


def _in_pairs(text: str) -> Iterator[tuple[int, int]]:
    """The runs of pairs of digits, parted alike, that are one number or several."""
    for match in PAIRS.finditer(text):
        found = match[0]
        pairs = [*re.finditer(r"\d\d", found)]
        parts = [found[a.end() : b.start()] for a, b in pairwise(pairs)]
        alike = {" " if part.isspace() else part for part in parts}
        numbers = pairs[::PAIRS_IN_A_NUMBER]
        is_whole = len(pairs) % PAIRS_IN_A_NUMBER == 0 and len(alike) == 1
        if not is_whole or not all(_begins_a_number(each[0]) for each in numbers):
            continue
        if sum("\n" in part for part in parts) > len(numbers):  # a column of figures
            continue
        lasts = pairs[PAIRS_IN_A_NUMBER - 1 :: PAIRS_IN_A_NUMBER]
        for each, last in zip(numbers, lasts, strict=True):
            yield match.start() + each.start(), match.start() + last.end()


def _begins_a_number(pair: str) -> bool:
    return pair[0] == "0" and pair[1] != "0"


def _is_in_web_address(text: str, start: int) -> bool:
    before = text[max(0, start - LONGEST_WEB_ADDRESS) : start]
    return "://" in re.split(r"[\s\"'<>()]", before)[-1]


def _is_of_a_book(text: str, start: int) -> bool:
    return "ISBN" in text[max(0, start - 12) : start].upper()


def _addresses(text: str, known: Container[str]) -> Iterator[PrivateContact]:
    lower = text.lower()
    if not any(sign in lower for sign in SIGNS):
        return
    for match in ADDRESS.finditer(text):
        name, domain = match[1], DOTS.sub(".", match[2]).lower().rstrip(".")
        if domain.endswith(tuple(f".{each}" for each in OF_NOBODY)) or domain in OF_NOBODY:
            continue
        is_private = not OF_PERSONS.isdisjoint(domain.split(".")[-3:-1])
        instead = "" if is_private else f"contact@{domain}"
        told = f"{name[0]}…@{domain}"
        if is_private or (_is_a_name(name) and in_one(name) not in known):
            yield PrivateContact(match.start(), False, told, instead)
        elif _may_be_a_name(name, domain, known):
            yield PrivateContact(match.start(), False, told, instead, is_sure=False)


SHORTEST = 4
"""An initial and a last name have as many letters, at least; a sign such as `ia31` has fewer."""
LONG_ENOUGH = 5
"""A word of a role, inside another, is one from so many letters on: `ent` is in `laurent` too."""


def _may_be_a_name(name: str, domain: str, known: Container[str]) -> bool:
    """Whether the one word before the sign is that of no role, nor of what the club knows.

    Nobody can tell `jmartin` from a word: what is known by no name is worth a second look.
    """
    words = WORDS.findall(folded(name.partition("+")[0]))
    if len(words) != 1 or len(words[0]) < SHORTEST:
        return False
    (word,) = words
    if in_one(name) in known or word in known or word in in_one(domain):
        return False
    inside = (each for each in SHARED if len(each) >= LONG_ENOUGH)
    return word not in SHARED and not _is_of_two_roles(word) and all(e not in word for e in inside)


def _is_of_two_roles(word: str) -> bool:
    """`poleent`, `supportgar`: two words of roles, written as one."""
    return any(word[:at] in SHARED and word[at:] in SHARED for at in range(2, len(word) - 1))


def in_one(text: str) -> str:
    """The letters of *text*, as an address writes a name."""
    return "".join(WORDS.findall(folded(text)))


def _is_a_name(name: str) -> bool:
    """Whether the part before the sign is made as a first and a last name are: of two words."""
    words = WORDS.findall(folded(name.partition("+")[0]))
    return len(words) > 1 and SHARED.isdisjoint(words)
