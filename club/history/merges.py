"""What a merge itself changed: only what none of the branches it joins had."""

from __future__ import annotations

from typing import Any

from club.history.changes import TEXT, Change, FieldChanged


def in_every(found: list[list[Change]]) -> list[Change]:
    """The changes of a merge from its first parent that it also has from each other one."""
    first, *others = found
    by_key = [{_key(each): each for each in changes} for changes in others]
    return [
        each
        for each in first
        if all(_key(each) in changes for changes in by_key)
        and _is_its_own(each, [changes[_key(each)] for changes in by_key])
    ]


def _key(change: Change) -> Any:
    keys = change.keys if isinstance(change, FieldChanged) else ()
    return (change.__class__, change.subject, keys)


def _is_its_own(change: Change, others: list[Change]) -> bool:
    """Whether the merge says something new, rather than what each branch added side by side."""
    if not isinstance(change, FieldChanged):
        return True
    olds = [each.old for each in (change, *others) if isinstance(each, FieldChanged)]
    if change.new == TEXT:
        return False  # texts are merged by line, and how they read is not kept
    if isinstance(change.new, list) and all(isinstance(old, list) for old in olds):
        came = [each for each in change.new if all(each not in old for old in olds)]
        went = [each for each in olds[0] if each not in change.new]
        return bool(came) or any(all(each in old for old in olds) for each in went)
    return True
