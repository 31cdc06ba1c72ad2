"""The rules about what a club or a package says of its own: settings, words, templates, rules."""

from __future__ import annotations

from club.model.message import N_
from club.model.problem import Level, Rule

BROKEN_RULE = Rule(
    name="broken-rule",
    wants=N_("A rule of a package reads the records, and gives problems alone."),
    example='yield LONELY.problem(graph.place(visit), N_("this visit is to nobody"))',
)
BROKEN_RULE_FOUND = N_("the rule “{name}” of the package “{package}” failed: {reason}")

BAD_SETTING = Rule(
    name="bad-setting",
    wants=N_("A setting of the club is one that it knows, with a value that it can take."),
    example="extra:\n  club:\n    without: [offer, comparison]",
)
NOT_MKDOCS_YML = N_("these are no settings ({reason})")
UNKNOWN_SETTING = N_("the setting “{found}” does not exist")
WRONG_TYPE_OF_SETTING = N_("“{found}” does not fit the setting “{name}”")
WRONG_SETTING = N_("“{found}” is not a value of the setting “{name}”")
NEEDED_KIND = N_(
    "one cannot do without “{found}” as long as “{kind}” is kept, whose field “{field}” needs it"
)
NO_ORGANISATION = N_("no organisation has the id “{found}”")
A_TEXT = N_("a text")
A_LIST = N_("a list, such as {example}")
A_MAPPING = N_("“key: value” lines")

BAD_CATALOGUE = Rule(
    name="bad-catalogue",
    wants=N_("A file of words is a PO file: each msgid in quotes, then its msgstr, in UTF-8."),
    example='msgid "projects"\nmsgstr "chantiers"',
)
NOT_PO_FOUND = N_("this is not a line of a PO file")
BAD_CATALOGUE_FOUND = N_("this file of words cannot be read ({reason})")

WRONG_SLOTS = Rule(
    name="wrong-slots",
    wants=N_("Other words for a sentence have the same slots between braces, and no others."),
    example='msgid "projects on {platform}"\nmsgstr "chantiers sur {platform}"',
)
WRONG_SLOTS_FOUND = N_("these words are left aside: they have not the slots of “{id}”")
SLOTS_EXPECTED = N_("the slots {slots}, once each at least")
NO_SLOT_EXPECTED = N_("no slot, and no brace")

UNKNOWN_WORD = Rule(
    name="unknown-word",
    level=Level.WARNING,
    wants=N_("A file of words says otherwise what the club says: each msgid is one of its own."),
    example='msgid "projects"\nmsgstr "chantiers"',
)
UNKNOWN_WORD_FOUND = N_("the club never says “{found}”")

BAD_TEMPLATE = Rule(
    name="bad-template",
    wants=N_("A template of the club is written in Jinja, in UTF-8, and extends another one."),
    example='templates/project/page.html.jinja:\n{% extends "page.html.jinja" %}',
)
BAD_TEMPLATE_FOUND = N_("the template cannot be used ({reason})")
ENDLESS_TEMPLATE_FOUND = N_("the template extends itself ({names})")
NO_TEMPLATE_FOUND = N_("there is no template “{found}”")

ALL: tuple[Rule, ...] = tuple(value for value in globals().values() if isinstance(value, Rule))
"""Every one of them, for `club explain`."""
