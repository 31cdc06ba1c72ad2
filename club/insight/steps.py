"""The steps of a rollout: which come before which, and the week in which they take place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from club.records.rollout.model import Step, StepType, Weekday


@dataclass(frozen=True)
class Course:
    """The *steps* of a rollout as they are listed, and what follows from their ties.

    What is tied to a step that is not there, or is after itself, is taken as tied to nothing.
    """

    steps: tuple[Step, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Step]:
        """The steps by their ids, the first of those that share one."""
        found: dict[str, Step] = {}
        for each in self.steps:
            found.setdefault(each.id, each)
        return found

    def before(self, step: Step) -> frozenset[str]:
        """The ids of all the steps before *step*, near or far; in a circle, its own is one of them.

        What comes before a whole comes before its parts; what comes after a part comes after no
        more than that part.
        """
        found: set[str] = set()
        waiting = list(self._directly(step))
        while waiting:
            id = waiting.pop()
            if id not in found and id in self.by_id:
                found.add(id)
                waiting += self._directly(self.by_id[id])
        return frozenset(found)

    def _directly(self, step: Step) -> Iterator[str]:
        yield from step.after
        whole = self.by_id.get(step.part_of) if step.part_of else None
        seen = {step.id}
        while whole and whole.id not in seen:
            seen.add(whole.id)
            yield from whole.after
            whole = self.by_id.get(whole.part_of) if whole.part_of else None

    def parts(self, step: Step) -> tuple[Step, ...]:
        """The steps that are parts of *step*."""
        return tuple(each for each in self.steps if each.part_of == step.id and each is not step)

    @cached_property
    def ordered(self) -> tuple[Step, ...]:
        """The steps, each after those that come before it, otherwise as they are listed.

        In a circle, the one that is listed first comes first.
        """
        waiting = list(self.steps)
        before = {id(each): self.before(each) for each in waiting}
        found: list[Step] = []
        while waiting:
            left = {each.id for each in waiting}
            free = (e for e in waiting if not (before[id(e)] - {e.id}) & left)
            chosen = next(free, waiting[0])
            waiting.remove(chosen)
            found.append(chosen)
        return tuple(found)

    def of_type(self, type: StepType) -> tuple[Step, ...]:
        """The steps that are of *type*."""
        return tuple(each for each in self.steps if each.type is type)

    def written_before(self, step: Step) -> tuple[Step, ...]:
        """The steps before *step* out of which something comes in writing."""
        before = self.before(step)
        return tuple(
            each
            for each in self.steps
            if each is not step
            and each.deliverables
            and (each.id in before or each.part_of in before)
        )


def week(steps: Sequence[Step]) -> tuple[tuple[Weekday, ...], tuple[Step, ...]]:
    """The days of the week on which *steps* take place, from the first on, and those that do.

    From Monday to Friday at least.
    """
    dated = tuple(each for each in steps if each.weekdays)
    named = {day for each in dated for day in each.weekdays}
    every = list(Weekday)
    last = max((every.index(day) for day in named), default=-1)
    return tuple(every[: max(last + 1, 5)]) if dated else (), dated
