"""A commit as typed changes: the one place where files, records and pages meet Git."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from club.git.log import Commit, FileChange
from club.git.repository import Repository
from club.history.changes import (
    Added,
    Change,
    FieldChanged,
    Published,
    Removed,
    Renamed,
    TextChanged,
    is_hidden,
    record_changes,
)
from club.history.merges import in_every
from club.history.versions import (
    Records,
    differing,
    is_page,
    new_records,
    page_subject,
    records_of,
    text_of,
    top_level_entries,
)
from club.model.folder import DATA, SUFFIXES, ClubFolder, is_one_record
from club.model.front_matter import page_text
from club.model.markup import headings
from club.model.record import Audience, is_example
from club.model.source import Block, parse

MAX_TITLE = 300


@dataclass(slots=True)
class Reading:
    """What a commit changed; *broken* files could not be read and *mended* ones can again.

    A broken file comes with the blob it had before, a mended one with the blob it has now: the
    change is then told from the last version that could be read.
    """

    changes: list[Change] = field(default_factory=list)
    broken: dict[str, str] = field(default_factory=dict)
    mended: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Sides:
    """The records of a commit's files before and after, as far as they differ."""

    olds: dict[str, Block] = field(default_factory=dict)
    news: dict[str, Block] = field(default_factory=dict)
    has_gone: bool = True

    def add(self, olds: Records, news: Records) -> None:
        self.olds.update(olds)
        self.news.update(news)


class Reader:
    """Reads commits of one repository."""

    def __init__(self, repo: Repository, folder: ClubFolder) -> None:
        """*repo* gives the blobs; *folder* says what each file is."""
        self._repo = repo
        self._folder = folder

    def read(self, commit: Commit) -> Reading:
        """The changes of *commit*; of a merge, those that none of its parents had."""
        reading = Reading()
        parents = max((len(each.olds) for each in commit.files), default=1)
        if parents == 1:
            reading.changes = list(self._from(commit, 0, reading))
            return reading
        found = [
            list(self._from(commit, parent, Reading() if parent else reading))
            for parent in range(parents)
        ]
        reading.changes = [*in_every(found), *self._merged_pages(commit)]
        reading.mended = {}  # the branches tell what they brought
        return reading

    def mended(self, path: str, good: str, new: str) -> list[Change]:
        """The changes of a file since *good*, the last of its versions that could be read."""
        sides = _Sides()
        if not self._compare(sides, FileChange(path, (good,), new), good, Reading()):
            return []
        return list(self._record_changes(sides))

    def is_readable(self, path: str, blob: str) -> bool:
        """Whether that version of a data file can be read."""
        return not blob or self._records(path, blob) is not None

    def _from(self, commit: Commit, parent: int, reading: Reading) -> Iterator[Change]:
        sides = _Sides(has_gone=any(not each.new or each.old_path for each in commit.files))
        for each in commit.files:
            old = each.olds[parent]
            if any(map(self._folder.collection_of, (each.path, each.old_path))):
                self._compare(sides, each, old, reading)
            elif len(each.olds) == 1 and any(map(self._subject, (each.path, each.old_path))):
                yield from self._page(commit, each)
        yield from self._record_changes(sides)

    def _compare(self, sides: _Sides, file: FileChange, old: str, reading: Reading) -> bool:
        """Adds the records of a file to *sides*, unless a version of it cannot be read."""
        if old == file.new and not file.old_path:
            return True
        if old and file.new and not file.old_path:
            before, after = self._text(old), self._text(file.new)
            if before is not None and after is not None:
                found = differing(file.path, before, after)
                if found:
                    sides.add(*found)
                    return True
        # A file that comes alone is no conversion of another: what it is called is enough.
        read = new_records if not old and not sides.has_gone else records_of
        news = self._records(file.path, file.new, read)
        if news is None:
            reading.broken[file.path] = old
            return False
        olds = self._records(file.old_path or file.path, old)
        if olds is None:
            if file.new:
                reading.mended[file.path] = file.new
            return False
        sides.add(olds, news)
        return True

    def _records(
        self, path: str, blob: str, read: Callable[[str, str], Records | None] = records_of
    ) -> Records | None:
        if not blob or not self._folder.collection_of(path):
            return {}
        text = self._text(blob)
        return None if text is None else read(path, text)

    def _text(self, blob: str) -> str | None:
        return text_of(self._repo.blob(blob)) if blob else ""

    def _page(self, commit: Commit, file: FileChange) -> Iterator[Change]:
        subject = self._subject(file.path) or file.path
        old, new = self._text(file.olds[0]) or "", self._text(file.new) or ""
        is_same = bool(file.olds[0] and file.new) and old.split() == new.split()
        if not is_page(subject):
            if not is_same:
                yield TextChanged(subject, *self._marks(commit.id, subject))
            return
        was, is_now = _is_page_hidden(old), _is_page_hidden(new)
        hidden, example = was or is_now, any(map(_is_page_example, (old, new)))
        if file.old_path and is_page(self._subject(file.old_path)):
            yield Renamed(subject, file.old_path, hidden, example)
        elif not file.olds[0]:
            yield Added(subject, page_title(subject, new), hidden, example=example)
        elif not file.new:
            yield Removed(subject, page_title(subject, old), hidden, example=example)
        if was and file.new and not is_now:
            yield Published(subject)
        if file.olds[0] and file.new and not is_same:
            yield TextChanged(subject, hidden, example)

    def _merged_pages(self, commit: Commit) -> Iterator[Change]:
        """The pages where a merge wrote a line that none of its parents had."""
        for file in commit.files:
            subject = self._subject(file.path)
            if not subject or len(file.olds) < 2:
                continue
            new = self._text(file.new) or ""
            olds = [self._text(each) or "" for each in file.olds]
            if set(new.splitlines()).difference(*(old.splitlines() for old in olds)):
                if is_page(subject):
                    marks = (_is_page_hidden, _is_page_example)
                    hidden, example = (any(map(test, (new, *olds))) for test in marks)
                    yield TextChanged(subject, hidden, example)
                else:
                    yield TextChanged(subject, *self._marks(commit.id, subject))

    def _subject(self, path: str) -> str:
        return page_subject(path, self._folder)

    def _record_changes(self, sides: _Sides) -> Iterator[Change]:
        renamed = dict(_renamed(sides))
        for subject in sorted(sides.olds.keys() | sides.news.keys()):
            if subject in renamed.values():
                continue
            old, new = sides.olds.get(subject), sides.news.get(subject)
            if subject in renamed:
                assert new is not None
                old = sides.olds[renamed[subject]]
                hidden, example = (any(map(test, (old, new))) for test in (is_hidden, is_example))
                yield Renamed(subject, renamed[subject], hidden, example)
            if old is not None or new is not None:
                model = self._folder.registry.model_of(subject)
                assert model
                yield from (
                    each
                    for each in record_changes(model, subject, old, new)
                    if subject not in renamed
                    or not (isinstance(each, FieldChanged) and each.keys == ("aliases",))
                )

    def _marks(self, commit_id: str, subject: str) -> tuple[bool, bool]:
        """Whether the record was for members, and made up, when its long text changed.

        Yes where in doubt.
        """
        found = [self._record_at(name, subject) for name in (commit_id, f"{commit_id}^1")]
        hidden, example = (
            not any(found) or any(each is None or test(each) for each in found)
            for test in (is_hidden, is_example)
        )
        return hidden, example

    def _record_at(self, commit_name: str, subject: str) -> Block | None:
        """The record at that commit, empty where it is not there; None if it cannot be read."""
        collection, _, id = subject.partition("/")
        for path in (f"{DATA}/{collection}/{id}", f"{DATA}/{collection}"):
            for suffix in SUFFIXES:
                data = self._repo.blob(f"{commit_name}:{self._repo.folder}{path}{suffix}")
                if data is not None:
                    text = text_of(data)
                    return None if text is None else _one_of(f"{path}{suffix}", text, subject)
        return Block()


def _one_of(path: str, text: str, subject: str) -> Block | None:
    """The record *subject* of a file, of which only its own entry is parsed if that can be."""
    if not is_one_record(path):
        id = subject.partition("/")[2]
        named = (each for each in top_level_entries(text) if each.lstrip("\"'").startswith(id))
        text = "\n".join(named)
    found = records_of(path, text)
    return None if found is None else found.get(subject, Block())


def _renamed(sides: _Sides) -> Iterator[tuple[str, str]]:
    """The new subjects that say themselves, or show by saying all the same, which they were."""
    gone = [each for each in sides.olds if each not in sides.news]
    if not gone:
        return
    came = [each for each in sides.news if each not in sides.olds]
    for subject in sorted(came):
        collection = subject.partition("/")[0]
        aliases = sides.news[subject].get("aliases")
        said = aliases if isinstance(aliases, list) else [aliases]
        names = {f"{collection}/{each}" for each in said}
        same = [
            each
            for each in gone
            if each in names
            or (each.startswith(f"{collection}/") and sides.olds[each] == sides.news[subject])
        ]
        if same:
            gone.remove(same[0])
            yield subject, same[0]


def _is_page_hidden(text: str) -> bool:
    return _says(text, "audience", _is_for_members)


def _is_page_example(text: str) -> bool:
    return _says(text, "example", is_example)


def _is_for_members(front: Block) -> bool:
    return str(front.get("audience", "")).strip() == Audience.MEMBERS


def _says(text: str, field: str, test: Callable[[Block], bool]) -> bool:
    """Whether the front matter of a page holds *field* and passes *test*; yes where in doubt."""
    parts = page_text(text)
    if field not in (text if parts.is_unclosed else parts.front):
        return False
    content = parse("", parts.front).content
    # What cannot be read may have asked for it.
    return test(content) if isinstance(content, Block) else True


def page_title(subject: str, text: str) -> str:
    """What a page of the wiki is called: by its front matter, or else by its first heading."""
    parts = page_text(text)
    content = parse("", parts.front).content
    said = content.get("title") if isinstance(content, Block) else None
    first = next((each.title for each in headings(parts.body) if each.level == 1), "")
    return str(said or first or subject).strip()[:MAX_TITLE]
