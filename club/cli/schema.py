"""`club schema`: the JSON Schemas that editors use."""

from __future__ import annotations

import argparse
from typing import Any

from club.model.folder import ClubFolder
from club.model.message import N_
from club.publish.data.schema import write_editor_schemas
from club.publish.words.language import Words


def add(commands: Any) -> None:
    """Declares the command."""
    parser = commands.add_parser("schema", help=N_("write the JSON Schemas that editors use"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, folder: ClubFolder, words: Words) -> int:
    """Prints the path of each file it writes."""
    for path in write_editor_schemas(folder, words):
        print(path)
    return 0
