"""The templates of a club and of packages: which there are, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from traceback import walk_tb
from typing import Any

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.ext import extract_from_ast

from club.model.message import reason_of
from club.model.own_rules import (
    BAD_TEMPLATE,
    BAD_TEMPLATE_FOUND,
    ENDLESS_TEMPLATE_FOUND,
    NO_TEMPLATE_FOUND,
)
from club.model.problem import Place, Problem, nearest
from club.model.registry import Registry
from club.model.source import decoded

SUFFIX = ".jinja"
LIBRARY = Path(__file__).parents[2]


class TemplateError(Exception):
    """A template of a club or of a package could not be filled: *problem* says where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.place}: {problem.message.render(str)}")
        self.problem = problem


@dataclass(frozen=True, slots=True)
class _Own:
    """A template that is not ours: its file, and the name by which others call it."""

    path: Path
    name: str

    def problem(self, line: int, message: str, **params: Any) -> Problem:
        return BAD_TEMPLATE.problem(Place(self.path.as_posix(), line), message, **params)


def own_templates(registry: Registry) -> Iterator[_Own]:
    """Each template of the club and of the packages."""
    for folder in registry.templates:
        for path in sorted(folder.rglob(f"*{SUFFIX}")):
            yield _Own(path, path.relative_to(folder).as_posix())
    for kind in registry.kinds:
        folder = kind.module.parent
        if not folder.is_relative_to(LIBRARY):
            for path in sorted(folder.glob(f"*{SUFFIX}")):
                yield _Own(path, f"{kind.name}/{path.name}")


def check_templates(registry: Registry, environment: Environment) -> Iterator[Problem]:
    """What keeps each template from being used, as far as it shows before it is filled."""
    for own in own_templates(registry):
        text = decoded(own.path.as_posix(), own.path.read_bytes())
        if isinstance(text, Problem):
            yield replace(text, rule=BAD_TEMPLATE)
            continue
        try:
            environment.compile(text, own.name, str(own.path))
            tree = environment.parse(text, own.name, str(own.path))
        except TemplateSyntaxError as error:
            yield own.problem(error.lineno, BAD_TEMPLATE_FOUND, reason=str(error.message))
            continue
        yield from _check_calls(own, tree, environment)


def _check_calls(own: _Own, tree: nodes.Template, environment: Environment) -> Iterator[Problem]:
    """The templates that *own* names are there, and lead on to others than itself."""
    calls: Any = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
    for each in tree.find_all(calls):
        if not isinstance(each.template, nodes.Const) or getattr(each, "ignore_missing", False):
            continue
        called = str(each.template.value)
        if not _is_there(called, environment):
            near = nearest(called, environment.list_templates())
            yield own.problem(each.lineno, NO_TEMPLATE_FOUND, found=called, nearest=near)
        elif isinstance(each, nodes.Extends) and (loop := _loop(own.name, called, environment)):
            yield own.problem(each.lineno, ENDLESS_TEMPLATE_FOUND, names=" → ".join(loop))


def _is_there(name: str, environment: Environment) -> bool:
    try:
        return bool(environment.loader and environment.loader.get_source(environment, name))
    except UnicodeDecodeError:  # told of that template itself
        return True
    except TemplateNotFound:
        return False


def _loop(name: str, called: str, environment: Environment) -> list[str]:
    """The templates that lead from *name* through *called* back to *name*, if they do."""
    names = [name]
    while called and called not in names:
        names.append(called)
        called = _extended(called, environment)
    return [*names, called] if called == name else []


def _extended(name: str, environment: Environment) -> str:
    """What the template *name* extends, if that can be told."""
    assert environment.loader
    try:
        text = environment.loader.get_source(environment, name)[0]
        found = environment.parse(text).find(nodes.Extends)
    except (TemplateNotFound, TemplateSyntaxError, UnicodeDecodeError):
        return ""
    return str(found.template.value) if found and isinstance(found.template, nodes.Const) else ""


def template_words(registry: Registry, environment: Environment) -> Iterator[str]:
    """The words that the templates of the club and of the packages say in the site's language."""
    for own in own_templates(registry):
        text = decoded(own.path.as_posix(), own.path.read_bytes())
        if isinstance(text, str):
            try:
                tree = environment.parse(text)
            except TemplateSyntaxError:
                continue
            for _, _, said in extract_from_ast(tree, ("_",)):
                yield from (each for each in (said if isinstance(said, tuple) else (said,)) if each)


def failure(error: Exception, registry: Registry) -> TemplateError | None:
    """What *error*, met while a template was filled, tells of a template that is not ours."""
    own = {each.path.as_posix(): each for each in own_templates(registry)}
    at = [
        (own[path], line)
        for frame, line in walk_tb(error.__traceback__)
        if (path := Path(frame.f_code.co_filename).as_posix()) in own
    ]
    if isinstance(error, TemplateSyntaxError) and str(error.filename) in own:
        at.append((own[str(error.filename)], error.lineno))
    if not at:
        return None
    template, line = at[-1]
    return TemplateError(template.problem(line, BAD_TEMPLATE_FOUND, reason=reason_of(error)))
