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
        {"number": 1, "title": "Outils en usage", "start": "2024-04-01", "end": "2024-06-30"},
        {"number": 2, "title": "Appel", "start": "2024-09-01", "end": "2024-10-07"},
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


def files(**more: Any) -> dict[str, str]:
    """The files of a club with `CONSULTATION`, its fields changed by *more*."""
    organisations = {each: {"name": each.title(), "type": "school"} for each in SCHOOLS}
    organisations["cabinet"] = {"name": "Cabinet Ronce", "type": "consultancy"}
    return {
        "mkdocs.yml": SETTINGS,
        "docs/index.md": "# Club\n",
        "data/organisations.yaml": written(organisations),
        "data/sources.yaml": written({"etude": {"title": "Étude du marché"}}),
        "data/consultations.yaml": written({"choix": {**CONSULTATION, **more}}),
    }


def written(records: Any) -> str:
    """*records* as a file of data."""
    return str(yaml.safe_dump(records, allow_unicode=True, sort_keys=False))
