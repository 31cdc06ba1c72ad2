"""What only the pages of the site tell is wrong with a club, and with what it says of its own."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from club.edit.plan import Plan
from club.edit.trial import tried
from club.model import structure_rules as rules
from club.model.folder import ClubFolder
from club.model.problem import Problem
from club.model.record import Examples
from club.model.registry import Registry
from club.publish.html.own_templates import check_templates, template_words
from club.publish.html.render import environment_of
from club.publish.pages.addresses import check_addresses
from club.publish.pages.dead_links import check_links
from club.publish.pages.taken_out import check_taken_out
from club.publish.pages.withheld import check_withheld
from club.publish.words.catalogues import catalogues_in, our_words, unknown_words
from club.read.attachments import check_attachments
from club.read.load import Club, load
from club.read.private_contacts import check_private_contacts
from club.read.sections import check_sections
from club.review.frozen import check_commits


def check_pages(club: Club, examples: Examples = Examples.SHOWN) -> Club:
    """*club* with what is wrong with its pages, for those who are about to publish it.

    *examples* is what becomes of what is made up on its site.
    """
    found = [*check_attachments(club), *check_sections(club), *check_addresses(club)]
    found += check_commits(club)
    found += check_private_contacts(club)
    club = club.with_problems([*found, *check_own(club.folder)])
    return club.with_problems(check_withheld(club, examples))


def broken_by(folder: ClubFolder, plan: Plan, *, today: date | None = None) -> list[Problem]:
    """The errors that *plan* would add to the club, told before it is applied.

    What depends on the day is checked when *today* is given.
    """
    with tried(folder, plan) as copy:
        after = check_pages(load(copy, today=today)).errors if copy else ()
    if not after:
        return []
    before = check_pages(load(folder, today=today)).errors
    # What was wrong may be told in other words once it is renamed, but not more often.
    added = Counter(each.rule for each in after) - Counter(each.rule for each in before)
    known = {each.identity for each in before}
    return [each for each in after if each.rule in added and each.identity not in known]


def check_texts(club: Club) -> Club:
    """*club* with what its texts say and that no reader would see, or that leads nowhere.

    A build leaves links to MkDocs, and says nothing of what it takes out. Nothing of it is told
    while a text is there that could take minutes to read.
    """
    if any(each.rule in rules.TOO_HEAVY for each in club.problems):
        return club
    return club.with_problems([*check_links(club), *check_taken_out(club)])


def check_own(folder: ClubFolder) -> Iterator[Problem]:
    """What is wrong with the templates and the words of the club and of its packages."""
    registry = folder.registry
    for problem in (*check_templates(registry, environment_of(registry)), *_check_words(folder)):
        yield problem.within(folder.root)


def _check_words(folder: ClubFolder) -> Iterator[Problem]:
    registry = folder.registry
    for each in catalogues_in(registry.catalogues):
        yield from each.problems
    for own in registry.catalogues:
        if own.is_relative_to(folder.root) and own.is_dir():
            yield from unknown_words(own, _known_words(registry, folder.root))


def _known_words(registry: Registry, root: Path) -> frozenset[str]:
    """What the library, the packages and the templates of the club say."""
    theirs = [each for each in registry.catalogues if not each.is_relative_to(root)]
    said = {id for each in catalogues_in(theirs) for id in each.lines}
    said |= set(template_words(registry, environment_of(registry)))
    return our_words().union(said, *(_texts(each.parent) for each in theirs))


def _texts(package: Path) -> Iterator[str]:
    """Every text in the code of *package*, which may be one that it says."""
    for path in package.rglob("*.py"):
        try:
            tree = ast.parse(path.read_bytes())
        except (SyntaxError, ValueError):  # no code of this Python
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
