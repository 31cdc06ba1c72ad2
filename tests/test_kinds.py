"""Every kind is whole, and the schemas for editors agree with what the club accepts."""

from __future__ import annotations

import ast
import datetime
import importlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from club.model.field import fields_of, models_in
from club.model.kind import Kind
from club.model.message import Choice
from club.model.record import Record
from club.publish.data.schema import collection_schema, editor_schemas, record_schema
from club.publish.words.language import Words
from club.read.load import load
from tests.clubs import FROZEN, REGISTRY, TOY, folder_at
from tests.test_problems import CASES, read_case

ROOT = Path(__file__).parent.parent
RECORDS = ROOT / "club/records"
FRENCH = Words("fr")
names = pytest.mark.parametrize("kind", REGISTRY.kinds, ids=lambda kind: kind.name)
VALIDATORS = {
    is_folder: {
        kind.collection: Draft202012Validator(
            (record_schema if is_folder else collection_schema)(kind, FRENCH)
        )
        for kind in REGISTRY.kinds
    }
    for is_folder in (True, False)
}


def as_an_editor_reads(text: str) -> Any:
    """YAML 1.2, as the editors' language server reads it: a bare 09 is a number, a day is text."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {str(key): plain(each) for key, each in value.items()}
        if isinstance(value, list):
            return [plain(each) for each in value]
        if isinstance(value, datetime.date):
            return value.isoformat()
        return value

    return plain(YAML(typ="safe", pure=True).load(text))


def faults(path: str, text: str) -> list[str]:
    parts = Path(path).parts
    is_folder = len(parts) > 2
    validator = VALIDATORS[is_folder][parts[1] if is_folder else Path(path).stem]
    return [
        f"{each.json_path}: {each.message[:200]}"
        for each in validator.iter_errors(as_an_editor_reads(text))
    ]


def folder_of(kind: Kind[Any]) -> str:
    """The folder of the modules of *kind*: a module has no hyphen in its name."""
    return kind.name.replace("-", "_")


def test_the_registry_has_every_folder() -> None:
    folders = {path.parent.name for path in RECORDS.glob("*/model.py")}
    # Wiki pages have a model, for the graph, and no collection: they stand in docs/.
    assert folders - {"page"} == {folder_of(kind) for kind in REGISTRY.kinds}
    assert {kind.name for kind in REGISTRY.kinds} == set(REGISTRY.by_name)
    assert len(REGISTRY.by_collection) == len(REGISTRY.by_name) == len(REGISTRY.kinds)


@names
def test_a_kind_has_what_it_needs(kind: Kind[Record]) -> None:
    assert importlib.import_module(f"club.records.{folder_of(kind)}.kind").KIND is kind
    assert kind.model.__doc__
    assert kind.singular
    assert kind.plural
    assert kind.intro
    assert sum(column.is_title for column in kind.columns) == 1
    assert len({facet.key for facet in kind.facets}) == len(kind.facets)
    rules = [each.rule for each in kind.checks]
    assert all(rule.wants and rule.example for rule in rules)
    checks = RECORDS / folder_of(kind) / "checks.py"
    assert checks.exists() == bool(rules)


@names
def test_every_field_has_a_title(kind: Kind[Record]) -> None:
    for model in models_in(kind.model):
        for name, field in model.model_fields.items():
            if name != "id" or model is not kind.model:
                assert field.title, f"{model.__name__}.{name}"


def marked(tree: ast.AST) -> Iterator[str]:
    """The words that a piece of code marks for translation itself."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="N_"), args=[ast.Constant(value=str(words))]):
                yield words


def headings(path: Path) -> Iterator[str]:
    """The words of a module that label columns, filters and facts."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id="Column" | "Fact"), args=[label, *_]):
                yield from marked(label)
            case ast.Call(func=ast.Name(id="Facet"), args=[_, label, *_]):
                yield from marked(label)
            case ast.Call(func=ast.Name(id="TableView"), args=[_, columns, *_]):
                yield from marked(columns)


@names
def test_a_label_is_written_once(kind: Kind[Record]) -> None:
    """What shows a field takes the field's own label: `Column.of`, `Facet.of`, `fact`, `labels`."""
    fields = {str(field.title).casefold() for field in kind.model.model_fields.values()}
    folder = RECORDS / kind.name
    said = [words for path in folder.glob("*.py") for words in headings(path)]
    assert [words for words in said if words.casefold() in fields] == []


@names
def test_the_parts_of_every_list_say_what_tells_them_apart(kind: Kind[Record]) -> None:
    for model in models_in(kind.model):
        for field in fields_of(model).values():
            if field.part and field.many:
                assert field.part.identity, field.part.__name__
                assert set(field.part.identity) <= set(fields_of(field.part))


@names
def test_every_record_can_be_viewed_and_listed(kind: Kind[Record]) -> None:
    graph = load(folder_at(TOY)).graph
    for record in kind.ordered(graph):
        assert kind.view(record, graph).title
        for column in kind.columns:
            column.value(record, graph)
        for facet in kind.facets:
            facet.values(record, graph)
    kind.more_pages(graph)
    kind.index_sections(graph)


def test_every_value_has_a_label() -> None:
    for choice in Choice.__subclasses__():
        for member in choice:
            assert member.label, member
            assert member == member.value == str(member)


@names
def test_schemas_are_schemas(kind: Kind[Record]) -> None:
    for schema in (record_schema(kind, FRENCH), collection_schema(kind, FRENCH)):
        Draft202012Validator.check_schema(schema)
        said = json.dumps(schema)
        assert '"default": null' not in said
        assert "\\u0004" not in said
        assert json.loads(said) == schema
    assert "id" not in record_schema(kind, FRENCH)["properties"]
    assert "id" not in record_schema(kind, FRENCH).get("required", ())


def test_editors_have_a_schema_for_every_file() -> None:
    written = editor_schemas(REGISTRY, FRENCH)
    assert len(written) == 2 * len(REGISTRY.kinds)


@pytest.mark.parametrize("root", [TOY, FROZEN], ids=["toy", "frozen"])
def test_schemas_accept_sound_data(root: Path) -> None:
    found = {}
    for file in sorted((root / "data").rglob("*.yaml")):
        path = file.relative_to(root).as_posix()
        if path != "data/exceptions.yaml" and (wrong := faults(path, file.read_text("utf-8"))):
            found[path] = wrong[:3]
    assert found == {}


SEEN_BY_AN_EDITOR = {
    "unknown-key",
    "unknown-key-blank",
    "unknown-key-id",
    "unknown-key-in-a-part",
    "missing-field",
    "missing-field-blank",
    "blank-item",
    "unknown-value",
    "unknown-value-audience",
    "wrong-type",
    "wrong-type-hour",
    "wrong-type-long",
    "bad-alias",
    "bad-url",
    "not-a-mapping",
    "not-a-mapping-text",
}


@pytest.mark.parametrize("name", sorted(SEEN_BY_AN_EDITOR))
def test_schemas_refuse_what_the_club_refuses(name: str) -> None:
    (path,) = (each for each in CASES if each.stem == name)
    case = read_case(path)
    broken = {problem["at"].split(":")[0] for problem in case["problems"]}
    for file in broken:
        assert faults(file, case["files"][file]), f"{file} passes"


def test_schemas_accept_the_club_s_ways_of_writing() -> None:
    families = 'f: {label: 2012, order: "1 000", frame: 4.1, verified: oui, example: NON}'
    assert faults("data/families.yaml", families.replace("NON", "non")) == []
    dates = ("2012", "2012-02", "2012-02-17", "~2012", "rentrée 2014", "fin 2014", "2012-2013")
    for each in (*dates, "17/02/2012", "1er mars 2012", "vers 2012", "2012?"):
        text = f"d: {{title: T, symptom: S, state: open, created: {each}}}"
        assert faults("data/difficulties.yaml", text) == [], each


@pytest.mark.parametrize("date", ["hier", "12", "2012-13-45-6", "[2012]"])
def test_schemas_refuse_what_does_not_look_like_a_date(date: str) -> None:
    text = f"d: {{title: T, symptom: S, state: open, created: {date}}}"
    assert faults("data/difficulties.yaml", text)


def test_labels_are_in_the_language_of_the_reader() -> None:
    schema = record_schema(REGISTRY.by_name["project"], FRENCH)
    jsonschema.validate({"name": "a", "state": "pilot"}, schema)
    assert schema["properties"]["name"]["title"] == FRENCH.translate("name")
    states = schema["$defs"]["ProjectState"]
    assert len(states["enumDescriptions"]) == len(states["enum"])


def test_the_schemas_that_editors_use_are_those_of_the_models() -> None:
    """`make schemas` writes them; an old one would complete fields that are gone."""
    stale = [
        path
        for path, text in editor_schemas(REGISTRY, Words("fr")).items()
        if not (ROOT / path).is_file() or (ROOT / path).read_text("utf-8") != text
    ]
    assert stale == []


@pytest.mark.parametrize("kind", REGISTRY.kinds, ids=lambda kind: kind.name)
def test_ties_are_between_fields_that_are_there(kind: Kind[Any]) -> None:
    for path in (*kind.model.ties, *kind.model.ties.values()):
        field, name = path.split(".")
        part = fields_of(kind.model)[field].part
        assert part
        assert name in fields_of(part)
