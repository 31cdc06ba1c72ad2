"""The registry of a club: the standard kinds, those of other packages, less what it leaves out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

from club.model.kind import Check, Kind
from club.model.message import N_, Message, reason_of
from club.model.problem import Rule
from club.model.record import Record
from club.model.registry import Registry, RegistryError, kind_fault
from club.read.exceptions import RULES as STRUCTURE
from club.read.upkeep import RULES as UPKEEP
from club.records import standard

KINDS, RULES = "club.kinds", "club.rules"
"""The entry points where a package adds a kind (a `Kind`) or a rule across kinds (a `Check`)."""
TEMPLATES, CATALOGUES = "templates", "locale"
"""The folders of a club, then of a package that adds to it, searched before ours."""
LATER_RULES = ("left-out", "shallow-history")
"""The names of the rules of rooms further right."""
LIBRARY = "club"

UNUSABLE = N_("the entry point “{point}” ({group}) of the package “{package}”: {reason}")
RAISED = N_("it cannot be loaded ({reason})")
NOT_OF_TYPE = N_("it is no {type}")
NO_RECORDS = N_("its model is no Record")
NO_RULE = N_("one of its checks is no Check of a Rule")
TAKEN_RULE = N_("the rule “{name}” is already that of {other}")


@dataclass(frozen=True, slots=True)
class _Added:
    """What *package* adds by the entry point *point*."""

    point: EntryPoint
    value: Any

    @property
    def package(self) -> str:
        return _package(self.point)


def find_registry(root: Path | None = None, without: Collection[str] = ()) -> Registry:
    """What the club at *root* may write down; *without* names the kinds that it leaves out.

    Raises `RegistryError` for what a package adds and that cannot be taken, and `ValueError`, with
    the names that would do, for a kind that does not exist.
    """
    kinds, rules = (list(_added(*each)) for each in ((KINDS, Kind), (RULES, Check)))
    _refuse_kinds(kinds)
    roots = [*((root,) if root else ()), *_packages(kinds + rules)]
    registry = Registry(
        kinds=(*standard.KINDS, *(each.value for each in kinds)),
        checks=(*standard.CHECKS, *(each.value for each in rules)),
        templates=tuple(each / TEMPLATES for each in roots),
        catalogues=tuple(each / CATALOGUES for each in roots),
        origins=_origins(kinds + rules),
    )
    names = registry.by_name.keys()
    if unknown := sorted(set(without) - names):
        raise ValueError(f"{', '.join(unknown)}: {', '.join(sorted(names))}")
    return registry.less(without)


def _refuse_kinds(added: Collection[_Added]) -> None:
    """Raises `RegistryError` for the first kind that cannot stand beside those before it."""
    taken: list[tuple[Kind[Any], str]] = [(kind, LIBRARY) for kind in standard.KINDS]
    for each in added:
        if not (isinstance(each.value.model, type) and issubclass(each.value.model, Record)):
            raise _error(each.point, Message(NO_RECORDS))
        if fault := kind_fault(each.value, taken):
            raise _error(each.point, fault)
        taken.append((each.value, each.package))


def _origins(added: Collection[_Added]) -> dict[str, str]:
    """The package of each rule that is *added*; raises `RegistryError` for two of one name."""
    ours = [check.rule for kind in standard.KINDS for check in kind.checks]
    ours += [*(check.rule for check in standard.CHECKS), *STRUCTURE, *UPKEEP]
    first: dict[str, tuple[Rule | None, str]] = {rule.name: (rule, LIBRARY) for rule in ours}
    first |= dict.fromkeys(LATER_RULES, (None, LIBRARY))
    found: dict[str, str] = {}
    for each in added:
        for rule in _rules(each):
            other, package = first.setdefault(rule.name, (rule, each.package))
            if other is not rule:
                about = {"name": rule.name, "other": package}
                raise _error(each.point, Message(TAKEN_RULE, about))
            if package != LIBRARY:
                found[rule.name] = package
    return found


def _rules(added: _Added) -> Iterator[Rule]:
    checks = added.value.checks if isinstance(added.value, Kind) else (added.value,)
    for check in checks:
        if not isinstance(check, Check) or not isinstance(check.rule, Rule):
            raise _error(added.point, Message(NO_RULE))
        yield check.rule


def _packages(added: Collection[_Added]) -> list[Path]:
    """The folders of the packages that add a kind or a rule."""
    modules = (import_module(each.point.module.partition(".")[0]) for each in added)
    # A module alone stands among those of others, where no folder is its own.
    found = (Path(each) for module in modules for each in getattr(module, "__path__", ()))
    return list(dict.fromkeys(found))


def _added(group: str, type_: type[Any]) -> Iterator[_Added]:
    """What installed packages add to *group*, by the names they give it."""
    for point in sorted(entry_points(group=group), key=lambda point: (point.name, _package(point))):
        value = _loaded(point)
        if not isinstance(value, type_):
            raise _error(point, Message(NOT_OF_TYPE, {"type": type_.__name__}))
        yield _Added(point, value)


def _loaded(point: EntryPoint) -> Any:
    try:
        return point.load()
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a package may fail in any way, or even leave
        raise _error(point, Message(RAISED, {"reason": reason_of(error)})) from error


def _error(point: EntryPoint, reason: Message) -> RegistryError:
    about = {"point": point.name, "group": point.group, "package": _package(point)}
    return RegistryError(Message(UNUSABLE, {**about, "reason": reason}))


def _package(point: EntryPoint) -> str:
    """The name of the distribution that declares *point*."""
    return point.dist.name if point.dist else point.module
