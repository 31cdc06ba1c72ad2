"""What a competent author would write without our plugin: the records as Markdown, in one pass.

Run by mkdocs-gen-files. Each file is parsed once by the C parser, each page is one write, and the
tables are written as HTML, which Python-Markdown passes through faster than it reads its own.
"""

import re
from html import escape
from pathlib import Path

import mkdocs_gen_files
import yaml

ROOT = Path(__file__).parent
LINK = re.compile(r"\[\[([a-z0-9-]+)\]\]")
LABELS = {
    "service": "Service",
    "axes": "Axes",
    "origin": "Origine",
    "created": "Création",
    "state": "État",
    "platform": "Plateforme",
    "territory": "Territoire",
    "started": "Début",
    "school_types": "Types d’établissement",
    "school_sectors": "Secteurs",
    "families": "Familles",
    "schools_equipped": "Établissements équipés",
    "schools_target": "Établissements visés",
    "profiles": "Profils",
    "nature": "Nature",
    "order": "Ordre",
    "frame": "Cadre",
    "type": "Type",
    "date": "Date",
}
TITLES = {
    "requests": "Demandes",
    "projects": "Projets",
    "organisations": "Organisations",
    "platforms": "Plateformes",
    "axes": "Axes",
    "services": "Services",
    "families": "Familles",
    "sources": "Sources",
}
COLUMNS = {
    "requests": ("state", "service", "axes", "created"),
    "projects": ("platform", "state", "territory", "schools_equipped"),
    "services": ("families", "profiles"),
}


def read():
    """Every record by collection, then by id."""
    club = {}
    for name in TITLES:
        path = ROOT / "data" / f"{name}.yaml"
        if path.exists():
            club[name] = load(path)
        else:
            files = sorted((ROOT / "data" / name).glob("*.yaml"))
            club[name] = {file.stem: load(file) for file in files}
    return club


def load(path):
    return yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)


CLUB = read()
COLLECTION = {id: name for name, records in CLUB.items() for id in records}
TITLE = {
    id: record.get("title") or record.get("name") or record["label"]
    for records in CLUB.values()
    for id, record in records.items()
}
POINTING = {}
for _name, _records in CLUB.items():
    for _id, _record in _records.items():
        targets = [_record.get(key) for key in ("service", "origin", "platform")]
        targets += _record.get("axes", []) + _record.get("families", [])
        targets += [each["organisation"] for each in _record.get("carriers", [])]
        for target in dict.fromkeys(targets):
            if target:
                POINTING.setdefault(target, []).append(_id)
POSITIONS = {}
for _id, _record in CLUB["requests"].items():
    for _position in _record["positions"]:
        POSITIONS.setdefault(_position["project"], []).append((_id, _position))
VOTERS = [id for id, project in CLUB["projects"].items() if "platform" in project]


def link(id):
    return f"[{TITLE[id]}](../{COLLECTION[id]}/{id}.md)" if id in TITLE else str(id)


def anchor(id, prefix="../../"):
    """The link as HTML, for tables."""
    if id not in TITLE:
        return escape(str(id))
    return f'<a href="{prefix}{COLLECTION[id]}/{id}/">{escape(TITLE[id])}</a>'


def shown(value, write=link):
    if isinstance(value, list):
        return ", ".join(shown(each, write) for each in value)
    if isinstance(value, dict):
        return ", ".join(shown(each, write) for each in value.values())
    return write(value) if isinstance(value, str) else str(value)


def prose(text):
    return LINK.sub(lambda match: link(match[1]), text)


def table(head, rows):
    cells = "".join(f"<th>{each}</th>" for each in head)
    body = "\n".join("<tr>" + "".join(f"<td>{each}</td>" for each in row) + "</tr>" for row in rows)
    return f"<table>\n<thead><tr>{cells}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def page(id, record):
    parts = [f"# {TITLE[id]}"]
    if "summary" in record:
        parts.append(prose(record["summary"]))
    facts = [
        f"- **{label}** : {shown(record[key])}" for key, label in LABELS.items() if key in record
    ]
    parts.append("\n".join(facts))
    for key, title in (("need", "Besoin"), ("acceptance", "Critère d’acceptation")):
        if key in record:
            parts += [f"## {title}", prose(record[key])]
    if "carriers" in record:
        rows = ((anchor(each["organisation"]), each["role"]) for each in record["carriers"])
        parts += ["## Gouvernance", table(("Organisation", "Rôle"), rows)]
    if "positions" in record:
        parts += positions(record)
    if id in POSITIONS:
        rows = (
            (
                anchor(request),
                each["stance"],
                escape(each["reason"]),
                CLUB["requests"][request]["state"],
            )
            for request, each in POSITIONS[id]
        )
        parts += ["## Positions", table(("Demande", "Position", "Raison", "État"), rows)]
    if "answers" in record:
        parts.append("## Réponses de l’éditeur")
        parts += [
            f"**{each['answer']}**, {each['date']}. {each['text']}" for each in record["answers"]
        ]
    if "history" in record:
        steps = "\n".join(f"1. {each['state']}, {each['date']}" for each in record["history"])
        parts += ["## Étapes", steps]
    if id in POINTING:
        parts += ["## Ce qui mène ici", "\n".join(f"- {link(each)}" for each in POINTING[id])]
    return "\n\n".join(parts) + "\n"


def positions(record):
    rows = (
        (anchor(each["project"]), each["stance"], escape(each["reason"]))
        for each in record["positions"]
    )
    spoken = {each["project"] for each in record["positions"]}
    missing = ", ".join(TITLE[id] for id in VOTERS if id not in spoken)
    return [
        "## Positions des projets",
        table(("Projet", "Position", "Raison"), rows),
        f"Sans position : {missing}.",
    ]


def index(name, records):
    columns = COLUMNS.get(name, ())
    rows = (
        (anchor(id, "../"), *(shown(record.get(key, ""), short) for key in columns))
        for id, record in records.items()
    )
    return f"# {TITLES[name]}\n\n{table(('Titre', *(LABELS[key] for key in columns)), rows)}\n"


def short(id):
    return anchor(id, "../")


for _name, _records in CLUB.items():
    with mkdocs_gen_files.open(f"{_name}/index.md", "w") as _file:
        _file.write(index(_name, _records))
    for _id, _record in _records.items():
        with mkdocs_gen_files.open(f"{_name}/{_id}.md", "w") as _file:
            _file.write(page(_id, _record))
