"""A search index of static files: what is asked for is fetched, and nothing else.

`start.json` says where things are; `words/<n>.json` gives, for a run of the alphabet, the documents
that say each term; `texts/<n>.json` what a result shows of some documents. The script that reads
them (`search.js`) folds what is typed as `terms` folds what is written: a test holds both together.
"""

from __future__ import annotations

import json
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise
from unicodedata import normalize

FOLDER = "search"
START = f"{FOLDER}/start.json"
FACETS = f"{FOLDER}/facets.json"
TEXTS = 8
"""How many documents share a file of texts."""
SHOWN = 4_000
"""How many characters of a section can be shown."""
SHARD = 24_000
"""At how many characters a file of words is full."""

APOSTROPHES = re.compile(r"[’‘ʼ`´]")
MARKS = re.compile(r"[\u0300-\u036f\u00ad\u200b\u2060]")
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
RUN = re.compile(r"[^\W_]+(?:['\-‐][^\W_]+)*")
"""What stands together in a folded text: words, and what hyphens and apostrophes join."""
JOINT = re.compile(r"['\-‐]")
ELIDED = {"l", "d", "n", "s", "j", "c", "m", "t", "qu", "jusqu", "lorsqu", "puisqu", "quelqu"}
STOP = frozenset(
    {
        *("de", "du", "des", "la", "le", "les", "un", "une", "et", "en", "au", "aux", "ou", "est"),
        *("sont", "pour", "par", "dans", "sur", "avec", "ce", "cet", "cette", "ces", "qui", "que"),
        *("dont", "se", "sa", "son", "ses", "ne", "pas", "il", "elle", "ils", "elles", "on"),
        *("nous", "vous", "leur", "leurs", "of", "the", "and", "to", "in"),
    }
)
"""Words that tell no page from another, in the languages of the sites."""

LEVEL_BASE = 1.4
"""A level of a term in a document weighs this much more than the one below (in `search.js` too)."""
TITLE, HEADING, TEXT = 15, 10, 4
"""The levels of what a title of one word, a heading of one word and a text full of it say."""
LONG_TITLE = 8
"""From how many words a title is about none of them in particular."""
LOWER = 2
"""By how many levels a made-up record or a page worked out is less about what one looks for."""
LEVELS = 16
MANY = 8
TEXT_LEVELS = [min(TEXT, 2 * (max(1, count).bit_length() - 1)) for count in range(MANY + 1)]
"""The level of a term by how often the text says it: each time it is twice as often, two more."""


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a document: its id in the page, its heading, its sentences."""

    id: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """What a search finds: a page, or what a page defines.

    *mark* says that it is made up, *also* is found without being shown, *about* are the facets it
    belongs to: the name of each, and the id of a value of it.
    """

    url: str
    title: str
    parts: tuple[Part, ...]
    mark: str = ""
    also: str = ""
    is_minor: bool = False
    """Whether it is a page worked out, which comes after the records it is about."""
    about: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A document ready for the index; a function of the document alone, so it can be kept.

    *shown* is its JSON, *terms* are its terms with their levels: `term level term level…`.
    """

    shown: str
    terms: str
    about: tuple[tuple[str, str], ...] = ()


def fold(text: str) -> str:
    """*text* less case, accents, ligatures, invisible marks and kinds of apostrophes."""
    bare = MARKS.sub("", normalize("NFKD", APOSTROPHES.sub("'", text)))
    return bare.lower().translate(LIGATURES)


def stem(word: str) -> str:
    """*word*, folded, in the singular: what French adds, not what it is.

    Source: J. Savoy, "A stemming procedure and stopword list for general French corpora", Journal
    of the American Society for Information Science 50(10), 1999: the plurals of its light stemmer.
    """
    if len(word) < 4 or word.isdigit():
        return word
    if word.endswith("aux") and len(word) > 4:
        return word[:-1] if word.endswith("eaux") else f"{word[:-3]}al"
    return word[:-1] if word[-1] in "sx" else word


def terms(run: str) -> tuple[str, ...]:
    """The terms of *run*, folded: its words, and those that its joints part, put together."""
    parts = JOINT.split(run)
    if len(parts) > 1 and parts[0] in ELIDED:
        parts = parts[1:]
    joined = ["".join(parts[at:]) for at in range(len(parts) - 1)]
    said = (each for each in (*parts, *joined) if len(each) > 1 or each.isdigit())
    return tuple(dict.fromkeys(stem(each) for each in said if each not in STOP))


class _Terms(dict[str, tuple[str, ...]]):
    """The terms of what stands between spaces, worked out once: a club says the same words again.

    Spaces part words whether folded or not, and to split is what costs least.
    """

    def __missing__(self, word: str) -> tuple[str, ...]:
        runs = RUN.findall(fold(word))
        found = tuple(dict.fromkeys(term for run in runs for term in terms(run)))
        if len(self) < KEPT:
            self[word] = found
        return found


KEPT = 200_000
TERMS = _Terms()


def entry(document: Document) -> Entry:
    """*document* ready for the index."""
    counts: dict[str, int] = {}
    text = " ".join((document.also, *(each.text for each in document.parts)))
    for word, count in Counter(text.split()).items():
        for term in TERMS[word]:
            counts[term] = counts.get(term, 0) + count
    levels = {term: TEXT_LEVELS[min(count, MANY)] for term, count in counts.items()}
    for part in document.parts:
        _raise(levels, part.heading, HEADING)
    _raise(levels, document.title, TITLE)
    less = LOWER * (bool(document.mark) + document.is_minor)
    told = (f"{term} {max(0, level - less)}" for term, level in levels.items())
    parts = [[each.id, each.heading, _shown(each.text)] for each in document.parts]
    shown = json_of([document.url, document.title, document.mark, parts])
    return Entry(shown, " ".join(told), document.about)


def _shown(text: str) -> str:
    """What of *text* an excerpt may be taken from: all of it, but for lists as long as a club."""
    return text if len(text) <= SHOWN else f"{text[:SHOWN].rpartition(' ')[0]}…"


def _raise(levels: dict[str, int], title: str, top: int) -> None:
    """The terms of *title* are at the level of one: the fewer there are, the higher."""
    words = [found for each in title.split() if (found := TERMS[each])]
    level = top - min(len(words) - 1, 3 if len(words) >= LONG_TITLE else 2)
    for word in words:
        for term in word:
            levels[term] = max(levels.get(term, 0), level)


@dataclass
class Index:
    """The files of an index, from the entries of its documents in their order."""

    kinds: list[tuple[str, int]] = field(default_factory=list)
    """Each group of documents, with the number of the first one after it."""
    _texts: list[str] = field(default_factory=list)
    _documents: dict[str, array[int]] = field(
        default_factory=lambda: defaultdict(lambda: array("I"))
    )
    _facets: dict[str, dict[str, array[int]]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, kind: str, entries: Iterable[Entry]) -> None:
        """Adds the *entries* of one group, called *kind*."""
        for each in entries:
            number = len(self._texts)
            self._texts.append(each.shown)
            words = each.terms.split(" ") if each.terms else []
            for term, level in zip(words[::2], words[1::2], strict=True):
                self._documents[term].append(number * LEVELS + int(level))
            for name, id in each.about:
                self._facets[name].setdefault(id, array("I")).append(number)
        if len(self._texts) > (self.kinds[-1][1] if self.kinds else 0):
            self.kinds.append((kind, len(self._texts)))

    def files(
        self, facets: Mapping[str, Mapping[str, str]], labels: Mapping[str, str], **said: object
    ) -> Iterator[tuple[str, str]]:
        """Each file of the index, with its path from the root of the site.

        *facets* gives the title of each value of each facet, *labels* the name of each facet;
        *said* is what the script needs besides. The name of a version, which follows the content
        of all the rest, lets browsers keep what they have.
        """
        version = sha256()
        for path, content in self._parts():
            version.update(content.encode())
            yield path, content
        kept = {
            name: {id: titles[id] for id in self._facets[name] if id in titles}
            for name, titles in facets.items()
        }
        postings = {
            name: [_gaps(self._facets[name][id], 1) for id in titles]
            for name, titles in kept.items()
        }
        content = json_of(postings)
        yield FACETS, content
        start = {
            "size": len(self._texts),
            "texts": TEXTS,
            "kinds": self.kinds,
            "heads": self._heads,
            "stop": sorted(STOP),
            "facets": [
                [name, labels[name], list(kept[name].values())] for name in kept if kept[name]
            ],
            **said,
        }
        version.update(f"{content}{json_of(start)}".encode())
        yield START, json_of({"version": version.hexdigest()[:8], **start})

    def _parts(self) -> Iterator[tuple[str, str]]:
        for at in range(0, len(self._texts), TEXTS):
            yield (
                f"{FOLDER}/texts/{at // TEXTS}.json",
                f"[{','.join(self._texts[at : at + TEXTS])}]",
            )
        self._heads: list[str] = []
        shard: list[str] = []
        size = 0
        for term in sorted(self._documents, key=_in_script):
            said = f"{json_of(term)}:{json_of(_gaps(self._documents[term], LEVELS))}"
            if shard and size + len(said) > SHARD:
                yield self._shard(shard)
                shard, size = [], 0
            if not shard:
                self._heads.append(term)
            shard.append(said)
            size += len(said)
        if shard:
            yield self._shard(shard)

    def _shard(self, terms: Sequence[str]) -> tuple[str, str]:
        return f"{FOLDER}/words/{len(self._heads) - 1}.json", f"{{{','.join(terms)}}}"


def _in_script(term: str) -> bytes:
    """Where *term* stands among others as a script compares them: by UTF-16 code units."""
    return term.encode("utf-16-be", "surrogatepass")


def _gaps(numbers: array[int], levels: int) -> list[int]:
    """*numbers*, which grow, as what each adds to the one before, its level kept."""
    first = numbers[0] if numbers else 0
    steps = (b - a // levels * levels for a, b in pairwise(numbers))
    return [first, *steps] if numbers else []


def json_of(value: object) -> str:
    """*value* as compact JSON."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
