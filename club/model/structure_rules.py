"""The rules about the structure of files and fields, with the sentences that report a breach."""

from __future__ import annotations

from club.model.message import N_
from club.model.problem import Level, Rule

TOO_LARGE = Rule(
    name="file-too-large",
    wants=N_("A data file stays small enough to be read and reviewed: 16 MiB at most."),
    example="data/requests/*.yaml",
)
TOO_LARGE_FOUND = N_("the file weighs {size} bytes, more than the limit of {limit}")

PAGE_TOO_LARGE = Rule(
    name="page-too-large",
    wants=N_("A page, or one text of a record, stays small enough to be read: 1 MiB at most."),
    example="docs/charte.md",
)
TEXT_TOO_LARGE_FOUND = N_("the text has {size} characters, more than the limit of {limit}")

TOO_INTRICATE = Rule(
    name="too-intricate",
    wants=N_(
        "A text is simple enough for Markdown to convert it within seconds: its marks are closed,"
        " and few of them stand inside one another."
    ),
    example="- [un lien](charte.md)\n  - une liste dans une liste",
)
TOO_HEAVY = (PAGE_TOO_LARGE, TOO_INTRICATE)
TEXT_TOO_DEEP = N_("more than {limit} lists, quotes, emphases or blocks stand inside one another")
TEXT_TOO_MUCH = N_(
    "from here on, converting the text would take too long: brackets, tags, backticks or"
    " fences that nothing closes, too many marks without an empty line between them, too many"
    " notes, too large a table, or a number without end"
)

SYMLINK = Rule(
    name="symbolic-link",
    wants=N_("A file of data/ or docs/ is a real file: a symbolic link could point elsewhere."),
    example="data/projects.yaml",
)
SYMLINK_FOUND = N_("the file is a symbolic link")
SYMLINK_EXPECTED = N_("a copy of the file itself, in the place of the link")

SPECIAL_FILE = Rule(
    name="special-file",
    wants=N_("Under data/ and docs/ stand files and folders: no pipe, no socket, no device."),
    example="data/projects.yaml",
)
SPECIAL_FILE_FOUND = N_("this is neither a file nor a folder")
NOT_PLAIN = (SYMLINK, SPECIAL_FILE)

UNREADABLE = Rule(
    name="unreadable-file",
    wants=N_("A data file is a plain file, which whoever builds the site may read."),
    example="data/requests/exporter-le-carnet.yaml",
)
NOT_A_FILE_FOUND = N_("this is not a plain file")
UNREADABLE_FOUND = N_("the file cannot be read ({reason})")

NOT_UTF8 = Rule(
    name="not-utf-8",
    wants=N_("A data file is saved as UTF-8, so that accents read the same everywhere."),
    example="title: Réunion de lancement",
)
NOT_UTF8_FOUND = N_("the byte {byte} is not UTF-8: save the file with the UTF-8 encoding")
NAME_NOT_UTF8_FOUND = N_("the name of this file, or of its folder, is not UTF-8")

CONTROL_CHARACTER = Rule(
    name="control-character",
    wants=N_("A data file holds text only, without invisible control characters."),
    example="title: Réunion de lancement",
)
CONTROL_CHARACTER_FOUND = N_("the character {code} is not allowed in a data file")

CONFLICT = Rule(
    name="merge-conflict",
    wants=N_("A merge is finished before it is published: no conflict marker stays in a file."),
    example="state: delivered",
)
CONFLICT_FOUND = N_("an unfinished merge: the marker “{found}” is still in the file")

UNCLOSED_QUOTE = Rule(
    name="unclosed-quote",
    wants=N_("A quote that opens a text is closed at its end."),
    example='title: "Le carnet : où le trouver ?"',
)
UNCLOSED_QUOTE_FOUND = N_("the quote opened here is never closed")

TAB = Rule(
    name="tab",
    wants=N_("Lines are indented with spaces; YAML does not accept tabs."),
    example="positions:\n  - project: e-lyco",
)
TAB_FOUND = N_("a tab indents this line")

SYNTAX = Rule(
    name="yaml-syntax",
    wants=N_("A data file is YAML: “key: value” lines, indented by two spaces."),
    example="e-lyco:\n  name: e-lyco",
)
SYNTAX_FOUND = N_("this is not YAML ({reason})")
NOTHING_ELSE_OF_FILE = N_("{fault}; nothing else of this file was checked")
NOTHING_ELSE_OF_RECORD = N_("{fault}; nothing else of this record was checked")
COLON_FOUND = N_("a text without quotes around it contains “: ”")
QUOTES_AROUND_COLON = N_("quotes around a text that contains “: ”")
TEXT_AFTER_QUOTE = N_("the quote is closed here, and the text goes on")
OTHER_QUOTES = N_(
    "single quotes around a text that contains double ones, or a backslash before each"
)
DOUBLE_QUOTES = N_("double quotes around a text that contains an apostrophe")
SIGN_FOUND = N_("a text that starts with “{found}” needs quotes around it")
NO_COMMA_FOUND = N_("what stands after “{found}” is not parted by commas")
UNCLOSED_BRACKET_FOUND = N_("the bracket “{found}” opened here is never closed")
NO_COLON_FOUND = N_("a colon and a space are missing after the key")
NO_BREAK_FOUND = N_("a no-break space ({code}) stands where YAML needs a plain one")
NO_DASH_FOUND = N_("a dash and a space are missing before this item of a list")
AT_MARGIN_FOUND = N_("“{found}” is a field, and stands at the margin as an id does")
AT_MARGIN_EXPECTED = N_("two spaces before each field, under the id of its record")
NO_SPACE_FOUND = N_("a space is missing after “{found}”")
INDENTATION_FOUND = N_("this line begins at column {column}, and no line of its block does")
AT_COLUMN = N_("column {one}, as the lines above")
AT_COLUMNS = N_("column {one} or {other}, as the lines above")
AT_A_SIGN = (
    *("cannot start any token", "block scalar", "block sequence entries are not allowed"),
    *("mapping keys are not allowed", "expected node content", "a tag", "directive"),
)
"""What the parser says of a sign where a text was to start."""
OTHERS = {
    "unknown escape character": (
        N_("between double quotes, “\\” makes a sign of the letter that follows it"),
        N_("single quotes around a text that contains “\\”"),
    ),
    "single document": (
        N_("a line “---” begins a second document"),
        N_("no line “---” in a data file"),
    ),
}
"""What is said of other faults and what to do about them, by words of the parser."""

LOST_WORDS = Rule(
    name="lost-words",
    wants=N_(
        "A text that holds a “#” after a space has quotes around it: YAML drops the rest otherwise."
        " A comment has a space after its “#”."
    ),
    example='title: "Le mur de la classe #3B"',
    level=Level.WARNING,
)
LOST_WORDS_FOUND = N_("YAML takes “{found}” for a comment, and drops it")

YAML_TAG = Rule(
    name="yaml-tag",
    wants=N_("Values are plain text, lists and mappings: no YAML tag such as “!!python”."),
    example="started: 2011",
)
QUOTES_AROUND_SIGN = N_("quotes around a text that starts with “!”")
YAML_TAG_FOUND = N_("the tag “{found}” is not accepted")

YAML_ALIAS = Rule(
    name="yaml-alias",
    wants=N_("Each record says what it means in full: no YAML anchor and alias (“&x”, “*x”)."),
    example="territory: ['44', '49']",
)
YAML_ALIAS_FOUND = N_("a YAML alias repeats another part of the file: write the value out")
NEEDS_QUOTES_FOUND = N_("a text that starts with “*” or “&” needs quotes around it")

TOO_DEEP = Rule(
    name="too-deep",
    wants=N_("Records stay shallow: no more than 24 levels inside one another."),
    example="positions:\n  - project: e-lyco",
)
TOO_DEEP_FOUND = N_("more than {limit} levels of nesting")

KEY_NOT_TEXT = Rule(
    name="key-not-text",
    wants=N_("The key before a colon is a plain word."),
    example="name: e-lyco",
)
KEY_NOT_TEXT_FOUND = N_("this key is not a plain word")

DUPLICATE_KEY = Rule(
    name="duplicate-key",
    wants=N_("A key stands once: of two values for the same key, one would be lost."),
    example="state: delivered",
)
DUPLICATE_KEY_FOUND = N_("the key “{key}” already stands at line {line}")

NOT_A_MAPPING = Rule(
    name="not-a-mapping",
    wants=N_("A file holds “key: value” lines; a collection in one file maps each id to a record."),
    example="e-lyco:\n  name: e-lyco",
)
NOT_A_MAPPING_FOUND = N_("a list of “key: value” lines was expected here")

EMPTY_FOUND = N_("the file is empty")

UNKNOWN_FILE = Rule(
    name="unknown-file",
    wants=N_("Every file under data/ belongs to a collection the club knows."),
    example="data/projects.yaml",
)
UNKNOWN_FILE_FOUND = N_("“{found}” is not a collection of the club")

UNKNOWN_RECORD_FILE_FOUND = N_("“{found}” is no record: they are .yaml files")
NO_TABLE_FOUND = N_("“{found}” is no table: they are .csv files")
UNKNOWN_FILE_EXPECTED = N_("one of {names}")

COLLECTION_TWICE = Rule(
    name="collection-twice",
    wants=N_("A collection is one file or one folder, never both at once."),
    example="data/meetings/2013.yaml",
)
COLLECTION_TWICE_FOUND = N_("the collection “{collection}” is both a file and a folder")
COLLECTION_IN_TWO_FILES = N_("the collection “{collection}” already stands in {other}")

HIDDEN_FILE = Rule(
    name="hidden-file",
    wants=N_(
        "A file whose name begins with a dot holds no record; “.head.yaml” holds the comments at"
        " the head of a collection, and nothing else."
    ),
    example="data/requests/exporter-le-carnet.yaml",
)
HIDDEN_FILE_FOUND = N_("“{found}” is hidden: nothing reads it")
HEAD_FOUND = N_("“{found}” holds more than comments: nothing reads the rest")

BAD_ID = Rule(
    name="bad-id",
    wants=N_("An id is made of lower-case letters without accents, digits and hyphens."),
    example="reunion-2013",
)
BAD_ID_FOUND = N_("“{found}” cannot be the id of a record")

DUPLICATE_ID = Rule(
    name="duplicate-id",
    wants=N_("An id or an alias names one record of the whole club, so that a link has one end."),
    example="aliases: [ancien-identifiant]",
)
DUPLICATE_ID_FOUND = N_("the id “{found}” is already used at {other}")

DUPLICATE_ADDRESS = Rule(
    name="duplicate-address",
    wants=N_("An address of the site is that of one thing: of two, one would be lost."),
    example="docs/nouvelles.md\nrather than docs/news.md, where the latest changes are",
)
DUPLICATE_ADDRESS_FOUND = N_("the address “{found}” is already that of “{title}” ({other})")
DUPLICATE_ADDRESS_OURS = N_("the address “{found}” is that of what the club writes itself: {title}")
DUPLICATE_ADDRESS_THEIRS = N_(
    "the address “{found}” is that of what the theme or another plugin brings: {title}"
)
DUPLICATE_ADDRESS_BROUGHT = N_(
    "“{brought}”, which the theme or another plugin brings, would be at the address “{found}”, that"
    " of “{title}”"
)
DUPLICATE_TAG_FOUND = N_("the tag “{found}” would share the page of “{tag}” ({other})")

PAGE_NAME = Rule(
    name="page-suffix",
    wants=N_(
        "The name of a page ends in “.md”: under another suffix it would be published without being"
        " read, and what it reserves to members with it."
    ),
    example="docs/charte.md",
)
PAGE_NAME_FOUND = N_("the club does not read pages whose name ends in “{found}”")

ATTACHMENT = Rule(
    name="attachment-type",
    wants=N_(
        "A file beside the pages is of a type that no browser runs, unless “mkdocs.yml” names it:"
        " as a style, a script, a picture, or in the list “files” under “extra.club”."
    ),
    example="docs/fichiers/modele.odt\n\nextra:\n  club:\n    files: [polices, CNAME]",
)
ATTACHMENT_FOUND = N_("“{found}” could run in the reader’s browser, or is of an unknown type")
ATTACHMENT_EXPECTED = N_("one of the types {types}, or a file that mkdocs.yml names")
ATTACHMENT_INSTEAD = {
    (".heic", ".heif", ".bmp", ".tif", ".tiff"): N_("the same picture saved as JPEG or PNG"),
    (".mp4", ".mov", ".avi", ".mkv", ".webm", ".m4v", ".ogv"): N_(
        "a link to the page of a video host where it is published, with a picture of it if need be"
    ),
    (".mp3", ".m4a", ".ogg", ".wav", ".flac"): N_(
        "a link to the page of a host where the recording is published"
    ),
    (".doc", ".xls", ".ppt", ".rtf", ".pages", ".numbers", ".key"): N_(
        "the same document saved as PDF, ODT, ODS, ODP, DOCX, XLSX or PPTX"
    ),
    (".zip", ".7z", ".rar", ".gz", ".tar"): N_("the files themselves, out of their archive"),
    (".html", ".htm"): N_("a page written in Markdown, whose name ends in “.md”"),
}
"""What to bring instead of a file of another type, by suffix."""
DRAWING_EXPECTED = N_("the same drawing saved as PNG, or as plain SVG without scripts nor links")
DRAWING_FOUND = N_("this drawing holds more than shapes and words")

UNKNOWN_KEY = Rule(
    name="unknown-key",
    wants=N_("A record has only the fields of its kind: a misspelt field would be ignored."),
    example="title: Exporter le cahier de textes",
)
UNKNOWN_KEY_FOUND = N_("the field “{found}” does not exist here")
UNKNOWN_KEY_EXPECTED = N_("one of {fields}")

MISSING_FIELD = Rule(
    name="missing-field",
    wants=N_("A record has the fields its kind requires."),
    example="title: Exporter le cahier de textes",
)
MISSING_FIELD_FOUND = N_("the field {field} is missing")

UNKNOWN_VALUE = Rule(
    name="unknown-value",
    wants=N_("A field with a closed list of values takes one of them."),
    example="state: discussed",
)
UNKNOWN_VALUE_FOUND = N_("“{found}” is not a value of {field}")
UNKNOWN_VALUE_EXPECTED = N_("one of {values}")

WRONG_TYPE = Rule(
    name="wrong-type",
    wants=N_("A field holds the type its kind declares: text, number, list or mapping."),
    example="rank: 3",
)
WRONG_TYPE_FOUND = N_("“{found}” does not fit the field {field}")

BAD_DATE = Rule(
    name="bad-date",
    wants=N_("A date is written at the precision that is known, and exists in the calendar."),
    example="started: 2011\ncompletion: rentrée 2014\ndate: 2012-02-17",
)
BAD_DATE_FOUND = N_("“{found}” is not a date")
BAD_DATE_EXPECTED = N_("a form such as {forms}")

BAD_IDENTIFIER = Rule(
    name="bad-identifier",
    wants=N_("An official identifier (UAI, SIREN, SIRET, codes) has its form and its check mark."),
    example="siren: '732829320'",
)
BAD_IDENTIFIER_FOUND = N_("“{found}” is not a valid {identifier}")
BAD_IDENTIFIER_EXPECTED = N_("{form}")

BAD_MONEY = Rule(
    name="bad-money",
    wants=N_("An amount is a decimal number with its currency."),
    example="amount: 17.7 M€",
)
BAD_MONEY_FOUND = N_("“{found}” is not an amount of money")

BAD_URL = Rule(
    name="bad-url",
    wants=N_("An address starts with https:// or http://, and a reference is a known id."),
    example="url: https://example.org/page",
)
BAD_URL_FOUND = N_("“{found}” is not a web address")

MEMBERS_REQUIRED_FIELD = Rule(
    name="members-required-field",
    wants=N_("A required field cannot be hidden alone: mark the whole record “members” instead."),
    example="audience: members",
)
MEMBERS_REQUIRED_FIELD_FOUND = N_("the required field {field} cannot be reserved to members")
MEMBERS_UNKNOWN_FIELD_FOUND = N_("“audience” names a field that does not exist: “{field}”")

UNKNOWN_REFERENCE = Rule(
    name="unknown-reference",
    wants=N_("A field that points to another record gives the id of one that exists."),
    example="project: e-lyco",
)
UNKNOWN_REFERENCE_FOUND = N_("no record of the kind {kinds} has the id “{found}”")
WRONG_KIND_FOUND = N_("“{found}” is the id of another kind ({actual}), not {kinds}")

UNKNOWN_LINK = Rule(
    name="unknown-link",
    wants=N_(
        "A link between double brackets gives the id or the title of a record or of a wiki page."
        " What does not exist yet is on the list of wanted pages."
    ),
    example="[[e-lyco]]\n[[e-lyco|le projet]]\n[[Charte du club]]",
)
UNKNOWN_LINK_FOUND = N_("the link “[[{found}]]” leads to no record and to no page")

AMBIGUOUS_LINK = Rule(
    name="ambiguous-link",
    wants=N_("A title that several records or pages share cannot be linked: use an id."),
    example="[[reunion-2013]] rather than [[Réunion]]",
)
AMBIGUOUS_LINK_FOUND = N_("the title “{found}” is that of {count} records or pages")

UNKNOWN_SECTION = Rule(
    name="unknown-section",
    wants=N_("A link to a part of a page gives the anchor of a heading that is there."),
    example="[[charte#changer-une-regle]]",
)
UNKNOWN_SECTION_FOUND = N_("the page of “{target}” has no part “#{found}”")

WITHHELD_FILE = Rule(
    name="withheld-file",
    wants=N_(
        "What is public links to a file beside the pages by its path, or by the address of the site"
        " that mkdocs.yml gives: one that only what is for members, or hidden examples, links to"
        " is not published."
    ),
    example="[le plan](files/plan.pdf)",
)
WITHHELD_FILE_FOUND = N_(
    "“{found}” would lead to {file}, which goes with what is for members and is not published"
)
MADE_UP_FILE_FOUND = N_(
    "“{found}” would lead to {file}, which goes with examples, hidden here, and is not published"
)

DEAD_LINK = Rule(
    name="dead-link",
    level=Level.WARNING,
    wants=N_("A link or a picture leads to a page or a file that the site has."),
    example="[la charte](charte.md)\n![le plan](files/plan.png)",
)
DEAD_LINK_FOUND = N_("“{found}” leads to no page and to no file")
DEAD_LINK_OF_RECORD = N_(
    "“{found}” leads to no page and to no file from the address of this record, /{url}"
)
DEAD_ADDRESS_FOUND = N_("“{found}” is an address of the site: a page names the file it leads to")
DEAD_HTML_FOUND = N_(
    "“{found}”, in HTML, leads to no page and to no file from the address of this page, /{url}"
)
DEAD_ANCHOR_FOUND = N_("“{found}” leads to no part of its page")
DEAD_NAVIGATION = N_("“{found}”, in “{name}”, is no page of the wiki or of the club")

TAKEN_OUT = Rule(
    name="taken-out",
    level=Level.WARNING,
    wants=N_(
        "A text holds only the HTML that says something: what runs, loads or covers the page is"
        " taken out of it."
    ),
    example='<abbr title="Espace numérique de travail">ENT</abbr>\n!!! note\n    Un encadré.',
)
TAG_TAKEN_OUT = N_("“<{found}>” is taken out of the page")
ATTRIBUTE_TAKEN_OUT = N_("the attribute “{found}” of “<{tag}>” is taken out of the page")
CLASS_TAKEN_OUT = N_("the class “{found}” is taken out of the page")
ID_TAKEN_OUT = N_("the id “{found}” is taken out of the page")
ADDRESS_TAKEN_OUT = N_("the address “{found}” is taken out of the page")
ATTRIBUTES_EXPECTED = N_("one of {names}")
NO_CLASS_EXPECTED = N_(
    "a class of text, such as those of “!!! note”; those of the theme are its own"
)
ID_EXPECTED = N_("an id that begins with a letter or a digit, and not with “club-”")
LINK_EXPECTED = N_("an address in https://, http:// or mailto:, or a path")
PICTURE_EXPECTED = N_("a picture of the folder of pages, by its path")
INSTEAD_OF_TAGS = {
    ("script", "style", "link", "meta", "base", "object", "embed", "applet", "template"): N_(
        "Markdown alone: scripts and styles are the business of maintainers, in mkdocs.yml"
    ),
    ("iframe", "frame", "video", "audio", "source", "track", "canvas"): N_(
        "a link to the page that shows it"
    ),
    ("form", "input", "button", "select", "option", "textarea", "label"): N_(
        "a link to the page of the form"
    ),
    ("svg", "math", "path", "picture"): N_("a picture of the folder of pages, by its path"),
}
"""What to write instead of some elements."""
BACKTICKS_EXPECTED = N_("backticks around what is to be shown as it is: `<{found}>`")

DEDUCED_REASON = Rule(
    name="deduced-reason",
    wants=N_("What the club deduced says from what: in the note of a value, or in a reason."),
    example="schools_equipped:\n  - {value: 46, reliability: deduced, note: 57 moins 11 gagnés.}",
)
DEDUCED_REASON_FOUND = N_("nothing says from what the club deduced this")
DEDUCED_REASON_EXPECTED = N_("a note that says from what")

BAD_QUERY = Rule(
    name="bad-query",
    wants=N_(
        "A query, in a block “club” of a page, asks a collection for its records by their fields."
    ),
    example="```club\ntable: requests\nwhere: {state: discussed}\nsort: -created\n```",
)

STALE_PAGE = Rule(
    name="stale-page",
    level=Level.WARNING,
    wants=N_("A page is read again before the date its “review_by” gives, and the date moved on."),
    example="review_by: 2027-06",
)
STALE_PAGE_FOUND = N_("this page was to be read again by: {date}")

FRONT_MATTER = Rule(
    name="front-matter",
    wants=N_("What is said of a page stands above its text, between two lines “---”."),
    example="---\ntitle: Charte du club\nreview_by: 2027\n---",
)
FRONT_MATTER_UNCLOSED = N_("the front matter opened here is never closed by a line “---”")
FRONT_MATTER_UNREAD_WHOLE = N_("MkDocs cannot read this front matter, and would show it as text")
FRONT_MATTER_UNREAD = N_("MkDocs cannot read “{found}”, and would show this front matter as text")
FRONT_MATTER_QUOTES = N_("the same between quotes: {example}")
FRONT_MATTER_BARE = N_("“{found}” stands above the text without a line “---” before and after")
FRONT_MATTER_ELSEWHERE = N_("this audience stands where nobody heeds it: the text would be public")
FRONT_MATTER_AT_TOP = N_(
    "“audience: members” between two lines “---”, the first of which is the first line of the file"
)

ORPHAN_BODY = Rule(
    name="orphan-body",
    wants=N_("A long text, docs/<collection>/<id>.md, belongs to the record of that id."),
    example="docs/meetings/reunion-2013.md\ndata/meetings/reunion-2013.yaml",
)
ORPHAN_BODY_FOUND = N_("no record “{found}” in the collection “{collection}” has this text")

MISSING_TABLE = Rule(
    name="missing-table",
    wants=N_("A table that a record names stands in the folder data/tables, under that name."),
    example="tests:\n  - {candidate: a, instrument: sus, table: essai-a.csv}",
)
MISSING_TABLE_FOUND = N_("there is no file “{found}” in data/tables")

ORPHAN_TABLE = Rule(
    name="orphan-table",
    wants=N_("A file of data/tables is named by a record: nothing shows it otherwise."),
    example="tests:\n  - {candidate: a, instrument: sus, table: essai-a.csv}",
    level=Level.WARNING,
)
ORPHAN_TABLE_FOUND = N_("no record names “{found}”")

BODY_AUDIENCE = Rule(
    name="body-audience",
    wants=N_("A long text is read by whoever reads its record: the record says its audience."),
    example="# data/requests/exporter-le-carnet.yaml\naudience: members",
)
BODY_AUDIENCE_FOUND = N_("this audience is not heeded here: the text would be public")

PRIVATE_CONTACT = Rule(
    name="private-contact",
    wants=N_(
        "Under data/ and docs/ stands no telephone number and no address of a person: a mailbox"
        " that several people read is enough, and Git would keep the rest for ever."
    ),
    example="contact: ent@academie.example",
    may_be_known=True,
)
PERHAPS_PRIVATE = Rule(
    name="perhaps-private",
    level=Level.WARNING,
    wants=N_(
        "The name of a mailbox says that several people read it: that of a role, of a service, of"
        " an organisation or a project of the club. One that does so all the same is a known"
        " exception."
    ),
    example="contact: ent@academie.example",
)
PERHAPS_FOUND = N_("this may be the address of a person: no role is known by that name ({found})")
NUMBER_FOUND = N_("this looks like a telephone number ({found})")
ADDRESS_FOUND = N_("this looks like the address of a person ({found})")

EXPECTED_PATTERN = N_("a text of the form {pattern}")
EXPECTED_OTHER = N_("another type of value ({kind})")
EXPECTED_BY_TYPE = {
    "int_": N_("a whole number"),
    "greater_than_equal": N_("a number that is at least {ge}"),
    "greater_than": N_("a number greater than {gt}"),
    "less_than": N_("a smaller number"),
    "decimal_": N_("a number"),
    "bool_": N_("yes or no"),
    "string_too_short": N_("a text that is not empty"),
    "string_too_long": N_("a text on one line, shorter than {max_length} characters"),
    "string_": N_("a text"),
    "tuple_": N_("a list"),
    "list_": N_("a list"),
    "dict_": N_("“key: value” lines"),
    "model_": N_("“key: value” lines"),
}

ALL: tuple[Rule, ...] = tuple(value for value in globals().values() if isinstance(value, Rule))
"""Every structural rule, for `club explain`."""
