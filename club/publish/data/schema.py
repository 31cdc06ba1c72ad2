"""JSON Schemas of what contributors write, from the models: for editors and for others."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from club.edit.plan import Plan
from club.model.field import fields_of, models_in
from club.model.folder import ClubFolder
from club.model.kind import Kind
from club.model.message import Choice, Message
from club.model.record import ID_PATTERN, Audience, Record
from club.model.registry import Registry
from club.publish.words.language import Words

DIALECT = "https://json-schema.org/draft/2020-12/schema"
EDITOR_FOLDER = ".vscode/schemas"


def record_schema(kind: Kind[Record], words: Words) -> dict[str, Any]:
    """The schema of one record of *kind*, its labels and help in the language of *words*."""
    schema = _translated(_schema_of(kind.model), words, kind.model)
    for name in kind.left_out:
        del schema["properties"][name]
    return {"$schema": DIALECT, **schema, "title": words.translate(kind.singular)}


@cache
def _schema_of(model: type[Record]) -> dict[str, Any]:
    """What pydantic makes of *model*, which takes long: to be read only."""
    return model.model_json_schema()


def collection_schema(kind: Kind[Record], words: Words) -> dict[str, Any]:
    """The schema of a collection in one file: ids to records."""
    record = record_schema(kind, words)
    definitions = record.pop("$defs", {})
    record.pop("$schema")
    return {
        "$schema": DIALECT,
        "title": words.translate(kind.plural),
        "type": "object",
        "patternProperties": {f"^{ID_PATTERN}$": {"$ref": "#/$defs/Record"}},
        "additionalProperties": False,
        "$defs": {**definitions, "Record": record},
    }


def _translated(schema: dict[str, Any], words: Words, model: type[Record]) -> dict[str, Any]:
    labels = _labels_by_values(words, model)

    def walk(node: Any, *, is_properties: bool = False) -> Any:
        if isinstance(node, list):
            return [walk(each) for each in node]
        if not isinstance(node, dict):
            return node
        if node.get("default", "") is None:
            node = {key: each for key, each in node.items() if key != "default"}
        result = {
            key: walk(each, is_properties=key in {"properties", "$defs"} and not is_properties)
            for key, each in node.items()
        }
        if is_properties:
            return result
        for key in ("title", "description"):
            if isinstance(result.get(key), str):
                result[key] = words.say(Message(_escaped(result[key])))
        if "enum" in result and (said := labels.get(tuple(result["enum"]))):
            result["enumDescriptions"] = said
            result["markdownEnumDescriptions"] = said
        return result

    return dict(walk(schema))


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}") if "{" in text else text


def _labels_by_values(words: Words, model: type[Record]) -> dict[tuple[str, ...], list[str]]:
    """The labels of each enumeration, found by its values."""
    fields = (field for each in models_in(model) for field in fields_of(each).values())
    choices: list[type[Choice]] = [Audience, *(field.choice for field in fields if field.choice)]
    return {
        tuple(str(each.value) for each in choice): [words.say(each) for each in choice]
        for choice in choices
    }


def editor_schemas(registry: Registry, words: Words) -> dict[str, str]:
    """The files that editors read, by path from the club's folder."""
    written = {}
    for kind in registry.kinds:
        for name, schema in (
            (kind.name, record_schema(kind, words)),
            (kind.collection, collection_schema(kind, words)),
        ):
            text = json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
            written[f"{EDITOR_FOLDER}/{name}.json"] = text
    return written


def write_editor_schemas(folder: ClubFolder, words: Words) -> list[str]:
    """Writes the editors' schemas and the workspace setting that points to them."""
    files = editor_schemas(folder.registry, words)
    settings = {
        "yaml.schemas": {
            f"{EDITOR_FOLDER}/{name}.json": pattern
            for kind in folder.registry.kinds
            for name, pattern in (
                (kind.name, f"data/{kind.collection}/*.yaml"),
                (kind.collection, f"data/{kind.collection}.yaml"),
            )
        },
        "files.encoding": "utf8",
        "files.eol": "\n",
        "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2},
    }
    files[".vscode/settings.json"] = json.dumps(settings, ensure_ascii=False, indent=2) + "\n"
    Plan(files).apply(folder.root)
    return list(files)
