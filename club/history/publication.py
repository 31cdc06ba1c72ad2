"""When everybody could read what a commit brought: once it was on the main line.

The main line is what the branch was in turn, so the first parents. Whoever writes a commit says
when it was made; a branch that waits for a month is news on the day of its merge.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from club.git.repository import Parents

NEVER = datetime.max.replace(tzinfo=UTC)
"""The date of a commit that holds none: like one to come, it is not to be believed."""


def main_line(skeleton: list[Parents]) -> list[Parents]:
    """The commits that the branch was at in turn, newest first, of all those that led to it."""
    by_id = {each.commit_id: each for each in skeleton}
    found = skeleton[:1]
    while found and found[-1].parents and found[-1].parents[0] in by_id:
        found.append(by_id[found[-1].parents[0]])
    return found


def merges(skeleton: list[Parents], mainline: list[Parents]) -> dict[str, str]:
    """The merge into the main line that brought each commit made beside it."""
    parents = {each.commit_id: each.parents for each in skeleton}
    seen = {each.commit_id for each in mainline}
    found: dict[str, str] = {}
    for merge in reversed(mainline):
        waiting = list(merge.parents[1:])
        while waiting:
            id = waiting.pop()
            if id not in seen:
                seen.add(id)
                found[id] = merge.commit_id
                waiting += parents.get(id, ())
    return found


def published(mainline: list[Parents], today: date | None) -> dict[str, datetime]:
    """When each commit of the main line came to it.

    One that says it comes after *today* was there when the next one came; if none did since, all
    that is known is that it is there today.
    """
    end = datetime.combine(today, time.max, UTC) if today else NEVER
    moments = [_moment(each.date) for each in mainline]
    start = [datetime.combine(today, time(), UTC)] if today else []
    latest = max((*start, *(each for each in moments if each <= end)), default=NEVER)
    found: dict[str, datetime] = {}
    for each, moment in zip(mainline, moments, strict=True):
        latest = moment if moment <= end else latest
        found[each.commit_id] = latest
    return found


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:  # none, or a year that no calendar has
        return NEVER
