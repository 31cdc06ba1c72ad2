"""A club of N requests, always the same one for the same N, with two ways to publish it.

`mkdocs.yml` is our plugin; `stock.yml` is MkDocs and Material, whose records are written as
Markdown by `stock_pages.py` through mkdocs-gen-files. Both read the same `data/` and `docs/`.

    python benchmarks/generate.py 1000 /dev/shm/club-1000
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
from pathlib import Path

import yaml

HERE = Path(__file__).parent
VOTERS = 12
"""Projects on the club's platform: every request names those that have not spoken yet, so their
number is that of a real club and does not grow with N."""
POSITIONS = 3
STATES = ("draft", "submitted", "discussed", "shared", "sent", "accepted", "planned", "delivered")
STANCES = ("essential", "wanted", "wanted", "neutral", "opposed")
SERVICES = (
    "Cahier de textes",
    "Emploi du temps",
    "Messagerie",
    "Absences",
    "Notes",
    "Réservation de salles",
    "Restauration",
    "Livret de compétences",
    "Espace de stockage",
    "Visioconférence",
    "Agenda partagé",
    "Manuels numériques",
)
AXES = (
    "Usages",
    "Accompagnement",
    "Services",
    "Interopérabilité",
    "Assistance",
    "Hébergement",
    "Communication",
)
DEPARTMENTS = ("09", "12", "31", "32", "42", "44", "46", "49", "53", "65", "72", "81", "82", "85")
SUBJECTS = (
    "les parents",
    "les professeurs principaux",
    "les élèves internes",
    "la vie scolaire",
    "les chefs d’établissement",
    "les documentalistes",
    "les gestionnaires",
    "les collectivités",
)
VERBS = (
    "consultent chaque soir",
    "attendent depuis deux ans",
    "recopient à la main",
    "voudraient partager",
    "demandent sans cesse",
    "préparent avant la rentrée",
    "corrigent en fin de trimestre",
    "impriment pour les familles",
)
OBJECTS = (
    "le cahier de textes de la classe",
    "les listes d’options",
    "la liste des absences du jour",
    "les convocations aux conseils",
    "les documents du conseil d’administration",
    "le calendrier des stages",
    "les pièces jointes trop lourdes",
    "l’emploi du temps modifié",
)
ENDINGS = (
    "depuis un téléphone",
    "sans nouvelle saisie",
    "d’une année à l’autre",
    "hors de l’établissement",
    "au moment des inscriptions",
    "quand le réseau est lent",
    "dans un format ouvert",
    "avant huit heures",
)
ACTIONS = ("Exporter", "Consulter", "Partager", "Archiver", "Imprimer", "Retrouver", "Signaler")


class Club:
    """The club of *count* requests; every choice comes from one generator seeded by *count*."""

    def __init__(self, count: int) -> None:
        self.random = random.Random(count)
        self.count = count
        self.requests = [f"demande-{number:05}" for number in range(1, count + 1)]
        self.projects = [f"projet-{number:04}" for number in range(1, max(count // 20, 8) + 1)]
        self.services = [f"service-{number:02}" for number in range(1, len(SERVICES) + 1)]
        self.axes = [f"axe-{number}" for number in range(1, len(AXES) + 1)]
        self.organisations = [f"organisation-{number:02}" for number in range(1, 31)]

    def sentence(self) -> str:
        parts = [self.random.choice(each) for each in (SUBJECTS, VERBS, OBJECTS, ENDINGS)]
        return f"{' '.join(parts)}.".capitalize()

    def paragraph(self, sentences: int) -> str:
        return " ".join(self.sentence() for _ in range(sentences))

    def date(self, year: int) -> str:
        return f"{year}-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}"

    def need(self) -> str:
        """Half of the texts are plain; the others have emphasis, a list or a link."""
        text = self.paragraph(2)
        marks = self.random.random()
        if marks < 0.5:
            return text
        text = text.replace(" sans ", " **sans** ").replace(" depuis ", " *depuis* ")
        if marks < 0.75:
            text += f" Voir aussi [[{self.random.choice(self.requests)}]]."
        if marks > 0.65:
            items = "\n".join(f"- {self.sentence()}" for _ in range(2))
            text += f"\n\n{items}"
        return text

    def request(self, number: int) -> dict[str, object]:
        pick = self.random
        steps = pick.randint(1, len(STATES))
        year = 2008 + number % 15
        content = {
            "title": f"{pick.choice(ACTIONS)} {pick.choice(OBJECTS)} {pick.choice(ENDINGS)}",
            "need": self.need(),
            "acceptance": self.paragraph(1),
            "service": pick.choice(self.services),
            "axes": sorted(pick.sample(self.axes, pick.randint(1, 2))),
            "origin": pick.choice(self.projects),
            "created": self.date(year),
            "state": STATES[steps - 1],
            "history": [
                {"state": state, "date": f"{year + 1 + index}-{pick.randint(1, 12):02}"}
                for index, state in enumerate(STATES[:steps])
            ],
            "positions": [
                {"project": project, "stance": pick.choice(STANCES), "reason": self.sentence()}
                for project in pick.sample(self.projects, POSITIONS)
            ],
        }
        if steps >= STATES.index("accepted"):
            content["answers"] = [
                {"date": self.date(year + 3), "answer": "accepted", "text": self.sentence()}
            ]
        return content

    def project(self, number: int) -> dict[str, object]:
        pick = self.random
        target = pick.randint(40, 400)
        return {
            "name": f"ENT {number:04}",
            **({"platform": "k-decole"} if number <= VOTERS else {}),
            "carriers": [
                {"organisation": id, "role": role}
                for id, role in zip(
                    pick.sample(self.organisations, 3), ("owner", "partner", "partner"), strict=True
                )
            ],
            "territory": pick.choice(DEPARTMENTS),
            "school_types": ["college", "lycee"],
            "school_sectors": ["public"],
            "state": pick.choice(("pilot", "rollout", "generalised")),
            "started": {"value": 2008 + number % 10, "source": "source-01"},
            "schools_equipped": [{"value": target - 10, "as_of": 2012, "source": "source-02"}],
            "schools_target": [{"value": target, "as_of": 2012, "source": "source-02"}],
            "summary": self.paragraph(3),
        }

    def data(self) -> dict[str, dict[str, object]]:
        """The collections that are one file each."""
        return {
            "projects": {id: self.project(n) for n, id in enumerate(self.projects, 1)},
            "organisations": {
                id: {"name": f"Organisation {n:02}", "type": "academy", "summary": self.sentence()}
                for n, id in enumerate(self.organisations, 1)
            },
            "platforms": {"k-decole": {"name": "K-d’école", "summary": self.sentence()}},
            "axes": {
                id: {
                    "label": AXES[n],
                    "nature": "technical",
                    "order": n + 1,
                    "summary": self.sentence(),
                }
                for n, id in enumerate(self.axes)
            },
            "families": {
                f"famille-{n}": {"label": f"Famille {n}", "order": n, "frame": "i-cart"}
                for n in range(1, 4)
            },
            "services": {
                id: {
                    "label": SERVICES[n],
                    "families": [f"famille-{n % 3 + 1}"],
                    "profiles": ["student", "teacher"],
                    "summary": self.sentence(),
                }
                for n, id in enumerate(self.services)
            },
            "sources": {
                f"source-{n:02}": {"title": f"Document {n:02}", "date": 2012} for n in range(1, 21)
            },
        }

    def wiki_page(self, number: int) -> str:
        """About 3 KB of French Markdown, whose links both sites understand."""
        parts = [f"# Note {number:04}", self.paragraph(3)]
        for index in range(1, 4):
            id = self.random.choice(self.requests)
            parts += [
                f"## Partie {index}",
                f"{self.paragraph(4)} *{self.sentence()}* Voir [la demande](../requests/{id}.md).",
                "\n".join(f"- **{self.sentence()}**" for _ in range(3)),
            ]
        return "\n\n".join(parts) + "\n"


def generate(count: int, folder: Path) -> None:
    """Writes the club of *count* requests under *folder*, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    requests, wiki = folder / "data" / "requests", folder / "docs" / "wiki"
    requests.mkdir(parents=True)
    wiki.mkdir(parents=True)
    club = Club(count)
    for name, records in club.data().items():
        _write(folder / "data" / f"{name}.yaml", records)
    for number, id in enumerate(club.requests, 1):
        _write(requests / f"{id}.yaml", club.request(number))
    links = []
    for number in range(1, count // 10 + 1):
        (wiki / f"note-{number:04}.md").write_text(club.wiki_page(number), "utf-8")
        links.append(f"- [Note {number:04}](note-{number:04}.md)")
    (wiki / "index.md").write_text("# Wiki\n\n" + "\n".join(links) + "\n", "utf-8")
    (folder / "docs" / "index.md").write_text("# Club\n\nUn club de mesure.\n", "utf-8")
    (folder / "mkdocs.yml").write_text(_settings(["search", "club"]), "utf-8")
    stock = [{"search": {"lang": "fr"}}, {"gen-files": {"scripts": ["stock_pages.py"]}}]
    (folder / "stock.yml").write_text(_settings(stock), "utf-8")
    shutil.copy(HERE / "stock_pages.py", folder)


def _write(path: Path, content: object) -> None:
    path.write_text(
        yaml.dump(content, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=100),
        "utf-8",
    )


def _settings(plugins: list[object]) -> str:
    """The settings of a site: the same two but for the plugins, records and wiki out of the nav."""
    collections = {
        "Demandes": "requests",
        "Projets": "projects",
        "Organisations": "organisations",
        "Plateformes": "platforms",
        "Axes": "axes",
        "Services": "services",
        "Familles": "families",
        "Sources": "sources",
    }
    settings = {
        "site_name": "Club de mesure",
        "site_url": "https://club.example/",
        "repo_url": "https://forge.example/club/mesure",
        "use_directory_urls": True,
        "theme": {
            "name": "material",
            "language": "fr",
            "font": False,
            "palette": [
                {
                    "scheme": "default",
                    "toggle": {"icon": "material/weather-night", "name": "Sombre"},
                },
                {"scheme": "slate", "toggle": {"icon": "material/weather-sunny", "name": "Clair"}},
            ],
            "features": ["navigation.tabs", "navigation.indexes", "content.action.edit"],
        },
        "extra": {"club": {"audience": "public"}},
        "plugins": plugins,
        "markdown_extensions": ["attr_list", "tables", {"toc": {"permalink": True}}],
        "validation": {"omitted_files": "ignore"},
        "nav": [
            {"Accueil": "index.md"},
            *({title: f"{name}/index.md"} for title, name in collections.items()),
            {"Wiki": "wiki/index.md"},
        ],
    }
    return json.dumps(settings, ensure_ascii=False, indent=2) + "\n"  # JSON is YAML


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    generate(options.count, options.folder)


if __name__ == "__main__":
    main()
