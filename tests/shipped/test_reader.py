"""A reader of the site meets words: nothing that only a machine would write, on any page."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from checks.read_pages import read, read_site
from club.model.message import Choice
from tests.clubs import REGISTRY, few, write
from tests.shipped.conftest import Built, build
from tests.shipped.test_leak import PlainDumper, Planter, consistent, has_parts

WORD = "Zorvex"
"""A word of no language: in a club made of it, every other word is ours."""
CODES = {"licence": "CC-BY-SA-4.0", "language": "de", "time_zone": "Europe/Paris"}
CODES |= {"frame": "sdet-v4-v6", "dnma_code": "zorvex_code"}


class Namer(Planter):
    """Fills every field of every kind with words that nobody else would write."""

    def secret(self) -> str:
        return f"{WORD}{next(self._numbers)}"

    def fields(self, model: type[BaseModel], *, required_only: bool = False) -> dict[str, Any]:
        found = super().fields(model, required_only=required_only)
        if "deduced" in found:
            found["deduced"] = [{"field": next(iter(found)), "reason": self.secret()}]
        return found

    def value(self, name: str, field: FieldInfo) -> Any:
        if name == "id":
            return super().value(name, field).lower()
        return CODES[name] if name in CODES else super().value(name, field)

    def _leaf(self, annotation: Any) -> Any:
        said = super()._leaf(annotation)
        return said.replace("Texte ", "") if isinstance(said, str) else said


def every_choice(namer: Namer, kind: Any, required: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A record for each value of each enumeration of *kind*."""
    for name, info in kind.model.model_fields.items():
        found = [each for each in _classes(info.annotation) if issubclass(each, Choice)]
        for choice in found if name != "audience" else ():
            for value in choice:
                is_many = "tuple" in str(info.annotation)
                yield {**required, name: [str(value.value)] if is_many else str(value.value)}


def _classes(annotation: Any) -> Iterator[type]:
    if isinstance(annotation, type):
        yield annotation
    for each in getattr(annotation, "__args__", ()):
        yield from _classes(each)


def named_club(root: Path, language: str) -> Path:
    """A club that has every field of every kind, and every value of every enumeration."""
    namer, plain = Namer(), Namer()
    plain._numbers = itertools.count(5000)
    (root / "data").mkdir(parents=True)
    (root / "docs").mkdir()
    for kind in REGISTRY.kinds:
        required = plain.fields(kind.model, required_only=True)
        records: dict[str, Any] = {f"public-{kind.name}": required}
        records[f"whole-{kind.name}"] = namer.fields(kind.model)
        for name, part in has_parts(kind.model):
            if name == "deduced":
                continue  # it speaks of another field: the whole record has one
            is_many = "tuple" in str(kind.model.model_fields[name].annotation)
            held = namer.fields(part)
            slug = f"part-{kind.name}-{name.replace('_', '-')}"
            records[slug] = {**namer.fields(kind.model, required_only=True)}
            records[slug][name] = [held] if is_many else held
        for number, record in enumerate(every_choice(namer, kind, required)):
            own = namer.fields(kind.model, required_only=True)
            if record.get("state") == "duplicate":
                own["duplicate_of"] = "public-request"
            if record.get("reliability") == "deduced":
                own["note"] = WORD
            if record.get("access", "public") != "public":
                own["audience"] = "members"
            records[f"choice-{kind.name}-{number}"] = {**own, **_changed(record, required)}
        text = yaml.dump(
            consistent(records), Dumper=PlainDumper, allow_unicode=True, sort_keys=False
        )
        (root / f"data/{kind.collection}.yaml").write_text(text, "utf-8")
    (root / "data/tables").mkdir()
    items = ";".join(f"Q{number}" for number in range(1, 11))
    (root / "data/tables/suite.csv").write_text(f"{items}\n", "utf-8")
    tools = f"Outil;public-organisation\n{WORD};oui\n"
    (root / "data/tables/outils.csv").write_text(tools, "utf-8")
    (root / "data/tables/ecoles.csv").write_text("uai;status\n9990001X;planned\n", "utf-8")
    (root / "docs/index.md").write_text(f"# {WORD}\n", "utf-8")
    (root / "mkdocs.yml").write_text(
        f"site_name: {WORD}\nsite_url: https://club.example/\n"
        "repo_url: https://gitlab.example/club/zorvex\nrepo_name: Zorvex\n"
        f"theme: {{name: material, language: {language}, font: false,"
        " logo: assets/club/logo.svg, favicon: assets/club/logo.svg,"
        " features: [navigation.tabs, navigation.indexes, content.action.edit]}\n"
        "extra: {generator: false, club: {forge: gitlab}}\nplugins: [search, club]\n",
        "utf-8",
    )
    return root


def _changed(record: dict[str, Any], required: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if required.get(name) != value}


def test_the_pages_of_the_club_are_words(site: Built) -> None:
    """The frozen club, in French: pages, index of the search, feeds."""
    assert [str(each) for each in read_site(site.folder)] == []


@pytest.mark.parametrize("language", few(["fr", "en"]))
def test_every_field_and_every_value_is_said_in_the_language_of_the_site(
    tmp_path: Path, language: str
) -> None:
    """Eleven pages read “audience=<Audience.PUBLIC…> siren=None”; nine, “09123246658182”."""
    root = named_club(tmp_path / "club", language)
    done = build(root, tmp_path / "site", strict=False)
    assert done.returncode == 0, done.stderr
    found = read_site(tmp_path / "site", is_all_ours=True)
    assert [str(each) for each in found] == []


def test_what_is_empty_leaves_the_navigation_and_a_lost_reader_finds_the_way(
    tmp_path: Path,
) -> None:
    """The site led to a page of tags that said “Étiquettes”; a dead link, to the home page."""
    files = {
        "data/services.yaml": "notes: {label: Notes}\n",
        "docs/index.md": "# Accueil\n",
        "docs/contact.md": "# Contact\n",
        "docs/resources/index.md": "# Ressources\n\nBientôt.\n",
        "mkdocs.yml": (
            "site_name: Club\nsite_url: https://club.example/wiki/\n"
            "repo_url: https://gitlab.example/club/wiki\n"
            "theme: {name: material, language: fr, font: false,"
            " logo: assets/club/logo.svg, favicon: assets/club/logo.svg}\n"
            "plugins: [search, club]\n"
            "nav:\n  - Accueil: index.md\n  - Services: services/index.md\n"
            "  - Vide: [requests/index.md, meetings/index.md]\n"
            "  - Ressources: [resources/index.md, tags/index.md]\n  - État: report.md\n"
        ),
    }
    done = build(write(tmp_path / "club", files), tmp_path / "site", strict=False)
    assert done.returncode == 0, done.stderr
    for path in ("404.html", "services/notes/index.html", "contact/index.html"):
        html = (tmp_path / "site" / path).read_text("utf-8")
        assert not [each for each in ("Vide", "requests/", "meetings/", "tags/") if each in html]
        assert "resources/" in html
    assert (tmp_path / "site/tags/index.html").is_file()
    lost = Built(tmp_path / "site")._page("404.html", tmp_path / "site/404.html")
    links = lost.links()
    assert links["Revenir à l’accueil"] == "/wiki/" or links["Revenir à l’accueil"] == "/wiki/."
    assert links["Notes" if "Notes" in links else "Services"].startswith("/wiki/services/")
    assert links["Signaler ce lien"].startswith("https://gitlab.example/club/wiki/-/issues/new")
    report = Built(tmp_path / "site").page("report/")
    assert "../requests/" in report.links(report.section("wanted")).values()


FRENCH = '<html lang="fr"><body><article>{}</article>'
SAID = {
    "a value as the code writes it": [
        "<p>audience=&lt;Audience.PUBLIC: 'public'&gt; siren=None</p>",
        "<p>&lt;Family object at 0x7f00&gt;</p>",
        "<p>PartialDate(year=2012)</p>",
        "<p>frozenset()</p>",
        "<p>{'a': 1}</p>",
        '<a href="#" aria-label="Modifier {label}">x</a>',
    ],
    "a value that is none": ["<p>Date : None</p>", "<p>null</p>", '<p title="True">x</p>'],
    "the name of a value or a field": ["<p>état : in_progress</p>"],
    "an id where there is a title": ["<p>offre i-cart-absences</p>"],
    "values glued together": [
        "<p><span>2013</span><span>prévue</span></p>",
        "<td><a href='a'>09</a><a href='b'>12</a></td>",
    ],
    "an empty label": ["<dl><dt></dt><dd>x</dd></dl>", "<a href='x'> </a>"],
    "what was left out": ["<p>Voir […] puis</p>", "<p>[[e-lyco]]</p>"],
    "a plural between brackets": ["<p>1 changement(s)</p>"],
    "doubled punctuation": ["<p>Un,, deux</p>", "<p>Un , deux</p>", "<p>Un\u00a0 : deux</p>"],
    "the other language": ["<dl><dt>Edit this record</dt><dd>x</dd></dl>"],
}
QUIET = [
    "<p>Les notes, <code>in_progress</code>, et la suite.</p>",
    "<p><em>K</em>osmos, 1<sup>er</sup> mars</p>",
    "<p><a href='x'>Absences</a> <span>prévue</span>… et la suite</p>",
    '<a class="club-edit" href="x" aria-label="Modifier : état"></a>',
    "<p>Common collaboration offer of the club</p>",
    "<p>https://forge.example/data/i-cart-absences.json?a_b=1</p>",
    "<ul><li>09</li><li>12</li></ul>",
    '<details class="club-foot__source"><p>data/offers.yaml i-cart-absences</p></details>',
]


@pytest.mark.parametrize(
    ("rule", "html"), [(rule, html) for rule, many in SAID.items() for html in many]
)
def test_the_reader_refuses(rule: str, html: str) -> None:
    found = {each.rule for each in read(FRENCH.format(html), "p", {"i-cart-absences"})}
    assert rule in found


@pytest.mark.parametrize("html", QUIET)
def test_the_reader_lets_words_be(html: str) -> None:
    assert read(FRENCH.format(html), "p", {"i-cart-absences"}) == []
