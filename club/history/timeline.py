"""The history as one audience may read it: by record and page, under the names they have now.

For the public, a change leaves no line, date or contributor if what it touches is for members now,
or was when it was made; nor does the reason of a commit that touched such a thing at all. The same
goes for what was made up, on a site that hides its examples.

What came with the first import is no change, nor is another address: they are dates at most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from functools import cached_property

from club.history.changes import Added, Change, Published, Removed, Renamed, TextChanged
from club.history.history import History, Revision, State
from club.history.present import Present
from club.history.reasons import reason_of
from club.history.versions import is_left_out, is_page
from club.model.folder import ClubFolder
from club.model.graph import Graph


@dataclass(frozen=True, slots=True)
class Event:
    """What one commit did to one record or page; *subject* is what it is called now.

    *known_as* is what it was called then, and *author* the address of whoever wrote the commit.
    *date* is when everybody could read it, *written* the day that its author gives (ISO 8601).
    """

    subject: str
    known_as: str
    commit_id: str
    date: datetime
    written: str
    author: str
    reason: str
    changes: tuple[Change, ...]


class Disclosure(Enum):
    """What a reader is told of a change: all of it, nothing, or not even its commit's reason."""

    TOLD = "told"
    OMITTED = "omitted"
    WITHHOLDS_REASON = "withholds_reason"


@dataclass(slots=True)
class _Seen:
    """The changes of a revision that may be told, and whether it holds others that are secret."""

    revision: Revision
    shown: list[tuple[str, Change]] = field(default_factory=list)
    has_secret: bool = False


class Timeline:
    """The events that an audience may read, newest first."""

    def __init__(
        self,
        folder: ClubFolder,
        history: History,
        whole: Graph,
        shown: Graph,
        pages: Collection[str] = (),
    ) -> None:
        """*shown* is what the audience may read of *whole*; *pages* are the site's, by path.

        What the site of *folder* leaves out has no history, whoever reads.
        """
        self._folder = folder
        self.state = history.state
        self._history = history
        self._present = Present(whole, shown, frozenset(pages))
        self._reader = shown.reader

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Every event, newest first."""
        seen = self._every
        tainted = {each.revision.commit_id for each in seen if each.has_secret}
        tainted |= {each.revision.merge for each in seen if each.has_secret}
        changed = (each for each in seen if not each.revision.is_import)
        found = [event for each in changed for event in _events(each, self._reason(each, tainted))]
        # The clock of whoever committed may have been wrong: the order of commits is not enough.
        return tuple(sorted(found, key=lambda event: event.date, reverse=True))

    def _reason(self, seen: _Seen, tainted: set[str]) -> str:
        """Why a commit was made, less what the reader may not know of.

        A text that links to a secret is told of as a text; its reason may be more talkative.
        """
        revision = seen.revision
        message = "" if revision.commit_id in tainted else revision.message
        merge_message = "" if revision.merge in tainted else revision.merge_message
        said = reason_of(message, merge_message)
        return "" if self._present.tells_a_secret(said) else said

    @cached_property
    def began(self) -> datetime | None:
        """When the oldest thing that may be told of came: with the import, or later."""
        moments = (each.revision.date for each in self._every if each.shown)
        return min(moments, default=None)

    @cached_property
    def brought(self) -> Mapping[str, datetime]:
        """When each record and page came that the import brought."""
        imports = (each for each in self._every if each.revision.is_import)
        return {
            subject: each.revision.date
            for each in imports
            for subject, change in each.shown
            if isinstance(change, Added)
        }

    @cached_property
    def _every(self) -> list[_Seen]:
        return list(self._seen())

    @cached_property
    def events_by_subject(self) -> Mapping[str, list[Event]]:
        """The events of each record and page, newest first."""
        found: dict[str, list[Event]] = defaultdict(list)
        for event in self.events:
            found[event.subject].append(event)
        return found

    def of(self, subject: str) -> list[Event]:
        """The events of one record (`collection/id`) or page (`docs/…`)."""
        return self.events_by_subject.get(subject, [])

    def _seen(self) -> Iterator[_Seen]:
        names = _Names()
        gone: dict[str, bool] = {}
        secret = frozenset() if self._reader.reads_everything else self._secret_ids()
        for revision in self._history.revisions:
            found = _Seen(revision)
            for change in revision.changes:
                subject = names.now(change.subject)
                is_gone = gone.setdefault(subject, isinstance(change, Removed))
                disclosure = Disclosure.TOLD
                if self._is_left_out(change, subject):
                    disclosure = Disclosure.WITHHOLDS_REASON
                elif not self._reader.reads_everything:
                    disclosure = self._disclosure(change, subject, secret, is_gone=is_gone)
                told = self._as_read(change)
                # Another id or another place is what links follow, not what the club does.
                if disclosure is Disclosure.TOLD and not isinstance(told, Renamed):
                    found.shown.append((subject, told))
                found.has_secret |= disclosure is Disclosure.WITHHOLDS_REASON
            for change in revision.changes:
                names.note(change)
            yield found

    def _is_left_out(self, change: Change, subject: str) -> bool:
        """Whether *change* is about a text that is not on the site, then or as *subject* now."""
        subjects = {each for each in (change.subject, subject) if is_page(each)}
        if isinstance(change, TextChanged):
            subjects.add(change.subject)
        return any(is_left_out(each, self._folder) for each in subjects)

    def _as_read(self, change: Change) -> Change:
        """A page that was left out and is no longer appears; where it was is nobody's business."""
        if not isinstance(change, Renamed) or not is_page(change.old_subject):
            return change
        is_new = is_left_out(change.old_subject, self._folder)
        return Published(change.subject) if is_new else change

    def _disclosure(
        self, change: Change, subject: str, secret: frozenset[str], *, is_gone: bool
    ) -> Disclosure:
        if self._was_kept(change) or self._present.hides(subject, change, secret):
            return Disclosure.WITHHOLDS_REASON
        if self._present.has(subject) or (is_gone and isinstance(change, Removed)):
            return Disclosure.TOLD
        # What is gone was taken away: that it is gone is enough. What is not, is kept from us.
        return Disclosure.OMITTED if is_gone else Disclosure.WITHHOLDS_REASON

    def _was_kept(self, change: Change) -> bool:
        """Whether what *change* is about was kept from such a reader when it was made."""
        return (self._reader.is_public and change.hidden) or (
            self._reader.lacks_examples and change.example
        )

    def _secret_ids(self) -> frozenset[str]:
        """The ids that the reader may not know, now or when they were last used."""
        found = set(self._present.hidden_ids)
        for revision in self._history.revisions:
            for change in revision.changes:
                if self._was_kept(change) and isinstance(change, Added | Removed | Renamed):
                    subjects = [change.subject]
                    if isinstance(change, Renamed):
                        subjects.append(change.old_subject)
                    found.update(each.partition("/")[2] for each in subjects if not is_page(each))
        return frozenset(found - self._present.shown_ids)


class _Names:
    """What the records and pages of older commits are called now."""

    def __init__(self) -> None:
        self._now: dict[str, str] = {}

    def now(self, subject: str) -> str:
        return self._now.get(subject, subject)

    def note(self, change: Change) -> None:
        """Before it was renamed, going back, the old name meant the same; the new one, another."""
        if isinstance(change, Renamed):
            self._now[change.old_subject] = self.now(change.subject)
        elif isinstance(change, Added):
            self._now.pop(change.subject, None)


def _events(seen: _Seen, reason: str) -> Iterator[Event]:
    revision = seen.revision
    by_subject: dict[str, list[Change]] = defaultdict(list)
    for subject, change in seen.shown:
        by_subject[subject].append(change)
    for subject, changes in by_subject.items():
        yield Event(
            subject,
            changes[0].subject,
            revision.commit_id,
            revision.date,
            revision.written,
            revision.author.rpartition("<")[2].rstrip(">").lower(),
            reason,
            tuple(changes),
        )


def is_known(timeline: Timeline | None) -> bool:
    """Whether dates can be told."""
    return timeline is not None and timeline.state is State.KNOWN
