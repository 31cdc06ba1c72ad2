"""A small club with a consultation, as its members would write it."""

from __future__ import annotations

from typing import Any

import yaml

SETTINGS = """\
site_name: Club
site_url: https://club.example/
theme: {name: material, language: fr, font: false}
plugins: [search, club]
extra:
  club:
    audience: !ENV [CLUB_AUDIENCE, public]
"""
SCHOOLS = ("nord", "sud", "est")
CONSULTATION: dict[str, Any] = {
    "title": "Choisir une messagerie",
    "organiser": "nord",
    "participants": ["nord", "sud", "est"],
    "phases": [
        {
            "number": number,
            **({"title": title} if title else {}),
            "start": start,
            "end": end,
        }
        for number, (title, start, end) in enumerate(
            (
                ("Outils en usage", "2024-04-01", "2024-06-30"),
                ("Appel à participer", "2024-09-01", "2024-10-07"),
                ("Usages et pratiques", "2024-10-07", "2024-11-03"),
                ("Attentes", "2024-11-04", "2024-12-01"),
                ("Étude du marché", "2024-12-02", "2024-12-31"),
                ("Essais", "2025-01-03", "2025-03-07"),
                ("", "2025-03-08", "2025-04-04"),
                ("Décision", "2025-04-03", "2025-04-30"),
            ),
            1,
        )
    ],
    "candidates": [
        {"id": "alpha", "name": "Alpha", "state": "recommended", "proposals": 7},
        {"id": "beta", "name": "Bêta", "state": "tested"},
        {
            "id": "gamma",
            "name": "Gamma",
            "state": "set_aside",
            "since": "2024-11-02",
            "reason": "Sans hébergement en Europe.",
        },
        {"id": "delta", "name": "Delta", "state": "studied"},
        {"id": "omega", "name": "Oméga", "proposals": 3},
    ],
    "needs": [
        {
            "id": "mobilite",
            "label": "Être joint partout",
            "weights": [
                {"organisation": "nord", "weight": 2},
                {"organisation": "sud", "weight": 1},
            ],
        },
        {
            "id": "sobriete",
            "label": "Peu dépenser",
            "weights": [
                {"organisation": "nord", "weight": 1},
                {"organisation": "sud", "weight": 1},
            ],
        },
    ],
    "criteria": [
        {
            "id": "mobile",
            "label": "Sur téléphone",
            "need": "mobilite",
            "scale": {"worst": 0, "best": 10},
            "weights": [
                {"organisation": "nord", "weight": 60},
                {"organisation": "sud", "weight": 20},
            ],
        },
        {
            "id": "cout",
            "label": "Coût",
            "need": "sobriete",
            "scale": {"worst": 12, "best": 0, "unit": "€"},
            "weights": [
                {"organisation": "nord", "weight": 40},
                {"organisation": "sud", "weight": 80},
            ],
        },
    ],
    "weights_total": 100,
    "inventory": {"sheet": "outils.csv", "as_of": "2024-06"},
    "tests": [
        {"candidate": "alpha", "instrument": "sus", "table": "sus-alpha.csv", "date": "2025-02"},
        {"candidate": "beta", "instrument": "sus", "table": "sus-beta.csv", "date": "2025-02"},
        {"candidate": "delta", "instrument": "sus", "table": "sus-delta.csv", "date": "2025-02"},
        {"candidate": "alpha", "instrument": "umux_lite", "table": "umux.csv", "date": "2025-03"},
        {"candidate": "beta", "instrument": "umux_lite", "table": "umux.csv"},
    ],
    "opinions": [
        {"body": "Comité des usages", "date": "2025-03-10", "opinion": "Favorable."},
        {"body": "Conseil des directions", "date": "2025-04-02", "opinion": "Favorable aussi."},
    ],
    "change_plans": [
        {
            "organisation": "sud",
            "before": "Courriel",
            "after": "Alpha",
            "start": "2025-05-01",
            "end": "2025-06-30",
        },
    ],
    "scores": [
        {
            "candidate": "alpha",
            "criterion": "mobile",
            "score": 8,
            "by": "cabinet",
            "source": "etude",
        },
        {"candidate": "alpha", "criterion": "mobile", "score": 6, "by": "est"},
        {"candidate": "alpha", "criterion": "cout", "score": 6, "by": "cabinet"},
        {"candidate": "beta", "criterion": "mobile", "score": 2, "by": "cabinet"},
        {"candidate": "beta", "criterion": "cout", "score": 3, "by": "cabinet"},
        {"candidate": "gamma", "criterion": "cout", "score": 0, "by": "cabinet"},
        {"candidate": "delta", "criterion": "mobile", "score": 9, "by": "cabinet"},
    ],
}
"""By all, mobile 40 % and cout 60 %: Alpha 0.4·0.7 + 0.6·0.5 = 58, Bêta 0.4·0.2 + 0.6·0.75 = 53,
Delta 36 at least and 96 at most, as nobody has scored its cost."""


HEAD = ";".join(f"Q{number}" for number in range(1, 11))
TABLES = {
    "data/tables/outils.csv": "Outil;nord;Sud\nMessagerie;oui;non\nForum;;oui\n",
    "data/tables/sus-alpha.csv": f"{HEAD}\n" + "5;1;5;1;5;1;5;1;5;1\n" * 5,
    "data/tables/sus-beta.csv": f"{HEAD}\n" + "3;3;3;3;3;3;3;3;3;3\n" * 5 + "3;3;3;3;;3;3;3;3;3\n",
    "data/tables/sus-delta.csv": f"{HEAD}\n" + "4;1;4;1;4;1;4;1;4;1\n" * 4,
    "data/tables/umux.csv": "Q1;Q2\n6;6\n7;7\n5;6\n6;5\n4;\n7;6\n",
}


def files(**more: Any) -> dict[str, str]:
    """The files of a club with `CONSULTATION`, its fields changed by *more*."""
    organisations = {each: {"name": each.title(), "type": "school"} for each in SCHOOLS}
    organisations["cabinet"] = {"name": "Cabinet Ronce", "type": "consultancy"}
    return {
        "mkdocs.yml": SETTINGS,
        "docs/index.md": "# Club\n",
        "data/exceptions.yaml": written(
            [
                {
                    "rule": "phase-untitled",
                    "record": "consultations/choix",
                    "reason": "La source ne donne pas de titre à la septième.",
                }
            ]
        ),
        "data/organisations.yaml": written(organisations),
        "data/sources.yaml": written({"etude": {"title": "Étude du marché"}}),
        **TABLES,
        "data/consultations.yaml": written({"choix": {**CONSULTATION, **more}}),
    }


def written(records: Any) -> str:
    """*records* as a file of data."""
    return str(yaml.safe_dump(records, allow_unicode=True, sort_keys=False))
