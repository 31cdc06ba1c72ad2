"""What is for members leaves no trace in a public build: not a byte, not a file name."""

from __future__ import annotations

import gzip
import hashlib
import itertools
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args, get_origin
from urllib.parse import quote
from zipfile import ZipFile, is_zipfile

import pytest
import yaml
from markdown import Markdown
from mkdocs.utils import markdown_extensions
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pypdf import PdfReader

from club.model.dates import PartialDate
from club.model.fields import Citation, Claim, Reference, target_kinds
from club.model.kind import Kind
from club.model.message import Choice
from club.model.money import Money
from club.model.names import PAGE_SUFFIX
from club.model.record import Part
from club.publish.html.markdown import EXTENSIONS
from club.publish.html.sanitise import ATTRIBUTES
from club.read.attachments import OTHER_PAGE_SUFFIXES, PLAIN_SUFFIXES
from club.read.files import LEFT_ALONE
from tests.clubs import FROZEN, REGISTRY
from tests.shipped.conftest import build
from tests.ways import WAYS

SECRET = "zqsecret"
LEFT_OUT = {"id", "aliases", "audience", "example", "deduced", "duplicate_of"}
ONE_PER_PATTERN = {
    "start": "09:41",
    "end": "16:43",
    "contact": f"{SECRET}boite@example.org",
    "table": "suite.csv",
    "sheet": "outils.csv",
    "schools_table": "ecoles.csv",
}
NEVER_TEXT = {
    "department_code": "44",
    "region_code": "52",
    "academy_code": "10",
    "siren": "732829320",
    "territory": "44",
}


class PlainDumper(yaml.SafeDumper):
    """Writes values out in full."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


class Planter:
    """Fills every field of every kind with secrets nobody else would write."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self.secrets: set[str] = set()

    def secret(self) -> str:
        token = f"{SECRET}{next(self._numbers):05}x"
        self.secrets.add(token)
        return token

    def commit_id(self) -> str:
        found = hashlib.sha1(self.secret().encode()).hexdigest()
        self.secrets.add(found)
        return found

    def fields(self, model: type[BaseModel], *, required_only: bool = False) -> dict[str, Any]:
        model.model_rebuild()
        return {
            name: self.value(name, field)
            for name, field in model.model_fields.items()
            if name not in LEFT_OUT or (name == "id" and issubclass(model, Part))
            if not required_only or field.is_required()
        }

    def value(self, name: str, field: FieldInfo) -> Any:
        if name in NEVER_TEXT:
            return NEVER_TEXT[name]
        if name in ONE_PER_PATTERN and not _holds_dates(field):
            return ONE_PER_PATTERN[name]
        if name == "commit_id":
            return self.commit_id()
        if name == "id":
            return self.secret()
        if name == "file":
            return f"files/{self.secret()}.odt"
        if name in {"url", "website", "archived_url"}:
            return f"https://{self.secret()}.example/"
        return self._of(field.annotation)

    def _of(self, annotation: Any) -> Any:
        arguments = [each for each in get_args(annotation) if each is not type(None)]
        origin = get_origin(annotation)
        if origin is tuple:
            return [self._of(arguments[0])]
        if origin is Reference:
            return f"public-{target_kinds(annotation)[0]}"
        if hasattr(annotation, "__metadata__"):
            return self._of(annotation.__origin__)
        if arguments and not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
            return self._of(arguments[0])
        return self._leaf(annotation)

    def _leaf(self, annotation: Any) -> Any:
        if issubclass(annotation, Choice):
            return str(next(iter(annotation)).value)
        if issubclass(annotation, BaseModel):
            return self.fields(annotation)
        if issubclass(annotation, bool):
            return "yes"
        if issubclass(annotation, int):
            number = 700_000_000 + next(self._numbers) * 7919
            self.secrets.add(str(number))
            return str(number)
        if issubclass(annotation, Decimal):
            return "12"
        fixed = {PartialDate: "2011-03", Money: "12 €", Citation: "public-source"}
        return fixed.get(annotation) or f"Texte {self.secret()}"


def optional_texts(kind: Kind[Any]) -> list[str]:
    return [
        name
        for name, field in kind.model.model_fields.items()
        if name not in LEFT_OUT and not field.is_required()
    ]


def has_parts(model: type[BaseModel]) -> Iterator[tuple[str, type[BaseModel]]]:
    for name, field in model.model_fields.items():
        if name in LEFT_OUT:  # its parts name fields, and hide with them
            continue
        for each in _inside(field.annotation):
            if isinstance(each, type) and issubclass(each, Part):
                yield name, each


def _inside(annotation: Any) -> Iterator[Any]:
    yield annotation
    for each in get_args(annotation):
        yield from _inside(each)


def _holds_dates(field: FieldInfo) -> bool:
    return any(
        each is PartialDate or each is Claim[PartialDate] for each in _inside(field.annotation)
    )


def consistent(records: dict[str, Any]) -> dict[str, Any]:
    """Criteria and requests are those of the record, shares sum and consents hold, as rules ask."""
    for record in records.values():
        for funder in record.get("funding", ()):
            funder["share"] = "100"
        for claim in record.get("duration_months", ()):
            claim["qualifier"] = "about"  # an exact one would have to lead to the end
        if "splits" in record:
            whole = records["public-indicator"]
            record |= {"unit": whole["unit"], "period": whole["period"]}
        if "consent" in record:
            del record["consent"]["withdrawn"]
        for step in record.get("steps", ()):
            # The steps of a rollout, not those of a practice or of a method.
            if isinstance(step, dict) and "number" not in step:
                step |= {"after": [], "type": "other", "days": "2", "outage_hours": "12"}
                step.pop("part_of", None)
        for criterion in record.get("criteria", ()):
            if "scale" not in criterion:
                criterion["type"] = "text"
                continue
            criterion["scale"]["best"] = "24"
            criterion["need"] = record.setdefault("needs", [PUBLIC_NEED])[0]["id"]
        if "inventory" in record:
            record.setdefault("organiser", "public-organisation")
        for trial in record.get("tests", ()):
            trial["candidate"] = record.setdefault("candidates", [PUBLIC_CANDIDATE])[0]["id"]
        for score in record.get("scores", ()):
            score["candidate"] = record.setdefault("candidates", [PUBLIC_CANDIDATE])[0]["id"]
            score["criterion"] = record.setdefault("criteria", [PUBLIC_CRITERION])[0]["id"]
        for cell in record.get("cells", ()):
            cell["criterion"] = record["criteria"][0]["id"]
        for number, frozen in enumerate(record.get("requests", ()), 1):
            frozen["number"] = str(number)
    return records


PUBLIC_NEED = {"id": "need", "label": "A need"}
PUBLIC_CANDIDATE = {"id": "candidate", "name": "A candidate"}
PUBLIC_CRITERION = {"id": "criterion", "label": "A", "scale": {"worst": "0", "best": "24"}}


def links_to(above: str) -> str:
    """Every way to link to every hidden page, from a page that stands below *above*."""
    aims = [f"{above}projects/{SECRET}-record-project.md", f"{above}{SECRET}-page.md"]
    aims += [f"{above}projects/{SECRET}-record-project/#a", f"{above}{SECRET}-page/?b=c"]
    aims += [f"/projects/{SECRET}-record-project/", f"https://club.example/{SECRET}-page/"]
    aims += [aims[0].replace("-", "%2D"), aims[1].replace("-", "&#45;")]
    ways = (way.format(to=to, n=n) for n, (way, to) in enumerate(itertools.product(WAYS, aims)))
    return "\n".join(f"\n{way}\n" for way in ways)


ATTACHED = {
    suffix: f"files/{SECRET}{sign}file{suffix}"
    for suffix, sign in zip(
        sorted(PLAIN_SUFFIXES - {PAGE_SUFFIX}), itertools.cycle("-#?\\%: "), strict=False
    )
}
"""A file of each type that stands beside the pages; their names hold what no address may."""
BESIDE = {
    "data/series/suite.csv": f"# {SECRET}\nindicator,project,period,value\n",
    "data/tables/suite.csv": f"# {SECRET}\n{';'.join(f'Q{n}' for n in range(1, 11))}\n",
    "data/tables/outils.csv": f"# {SECRET}\nOutil;public-organisation\n{SECRET};oui\n",
    "data/tables/ecoles.csv": f"# {SECRET}\nuai;name;status\n9990001X;{SECRET};open\n",
    "data/meetings.yaml": f"# {SECRET}\n",
    "docs/.brouillon.md": f"# {SECRET}\n",
}
"""What nobody publishes: comments, long tables, hidden files."""


def attach(root: Path) -> str:
    """Writes what stands beside pages and records; gives every way to lead to each file."""
    for path in ATTACHED.values():
        (root / "docs/files").mkdir(exist_ok=True)
        text = SECRET
        if path.endswith(".svg"):
            text = f'<svg xmlns="http://www.w3.org/2000/svg"><title>{SECRET}</title></svg>'
        (root / "docs" / path).write_text(text, "utf-8")
    for path, text in BESIDE.items():
        (root / path).parent.mkdir(exist_ok=True)
        with (root / path).open("a", encoding="utf-8") as file:
            file.write(text)
    ways = itertools.cycle(WAYS)
    links = (next(ways).format(to=quote(to), n=n) for n, to in enumerate(ATTACHED.values()))
    return "\n\n".join(links)


def plant(root: Path) -> set[str]:
    """Writes a club where every kind hides a record, fields and parts."""
    planter = Planter()
    (root / "data").mkdir(parents=True)
    (root / "docs/meetings").mkdir(parents=True)
    public_planter = Planter()
    public_planter.secret = lambda: "public"  # type: ignore[method-assign]
    for kind in REGISTRY.kinds:
        records: dict[str, Any] = {}
        records[f"public-{kind.name}"] = public_planter.fields(kind.model, required_only=True)
        hidden_id = f"{SECRET}-record-{kind.name}"
        planter.secrets.add(hidden_id)
        records[hidden_id] = {**planter.fields(kind.model), "audience": "members"}
        half = {
            name: planter.value(name, kind.model.model_fields[name])
            for name in optional_texts(kind)
        }
        required = public_planter.fields(kind.model, required_only=True)
        records[f"half-{kind.name}"] = {
            **half,
            **required,
            "deduced": [{"field": name, "reason": planter.secret()} for name in half],
            "audience": dict.fromkeys(optional_texts(kind), "members"),
        }
        if kind.model.for_members:  # nothing is said of their audience
            unsaid = {
                name: planter.value(name, kind.model.model_fields[name])
                for name in sorted(kind.model.for_members)
            }
            records[f"unsaid-{kind.name}"] = {**required, **unsaid}
        for name, part in has_parts(kind.model):
            if name in required or name in LEFT_OUT:
                continue
            hidden = {**planter.fields(part), "audience": "members"}
            is_many = "tuple" in str(kind.model.model_fields[name].annotation)
            shown = [hidden] if is_many else hidden
            records[f"part-{kind.name}-{name.replace('_', '-')}"] = {**required, name: shown}
        (root / f"data/{kind.collection}.yaml").write_text(
            yaml.dump(consistent(records), Dumper=PlainDumper, allow_unicode=True, sort_keys=False),
            "utf-8",
        )
    link = f"{SECRET}-record-project"
    with (root / "data/requests.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "pointing-request:\n"
            "  title: Une demande publique\n"
            f"  need: Voir [[{link}]] et [[{link}|un autre projet]].\n"
            "  state: draft\n"
            f"  origin: {link}\n"
            f"  axes: [{SECRET}-record-axis]\n"
            "  positions:\n"
            f"    - {{project: {link}, stance: opposed, reason: {planter.secret()}}}\n"
        )
    body, page = planter.secret(), planter.secret()
    (root / f"docs/meetings/{SECRET}-record-meeting.md").write_text(f"## Titre {body}\n", "utf-8")
    (root / f"docs/{SECRET}-page.md").write_text(
        f"---\naudience: members\n---\n\n# Page {page}\n\n{attach(root)}\n", "utf-8"
    )
    hidden = f"Voir [[{link}]], [[{link}|ce projet]] et [[{SECRET}-record-axis#part]].\n"
    (root / "docs/index.md").write_text(f"# Accueil\n\n{hidden}{links_to('')}", "utf-8")
    (root / "docs/meetings/public-meeting.md").write_text(
        f"## Titre\n\n{hidden}{links_to('../')}", "utf-8"
    )
    with (root / "data/practices.yaml").open("a", encoding="utf-8") as file:
        text = "\n".join(f"      {line}" for line in links_to("../").splitlines())
        file.write(
            f"linking-practice:\n  title: Une pratique\n  project: public-project\n"
            f"  maturity: proven\n  steps: |\n{text}\n"
        )
    config = (FROZEN / "mkdocs.yml").read_text("utf-8").partition("\nnav:")[0]
    (root / "mkdocs.yml").write_text(
        f"{config}\nnav:\n  - index.md\n  - {SECRET}-page.md\n  - requests/index.md\n{NAV}", "utf-8"
    )
    written = "".join(file.read_text("utf-8") for file in root.rglob("*.*"))
    return {secret for secret in planter.secrets if secret in written}


NAV = f"""\
  - projects/{SECRET}-record-project.md
  - Nom {SECRET}: axes/{SECRET}-record-axis.md
  - Partie {SECRET}:
      - Adresse {SECRET}: requests/{SECRET}-record-request/
      - Sous {SECRET}: {{Plus bas {SECRET}: services/{SECRET}-record-service.md}}
  - Une suite: [meetings/{SECRET}-record-meeting.md, meetings/index.md]
"""
"""A navigation that names what is hidden, in each way that settings can."""


def contents(site: Path) -> Iterator[tuple[str, bytes]]:
    for file in site.rglob("*"):
        name = file.relative_to(site).as_posix()
        data = file.read_bytes() if file.is_file() else b""
        if name.endswith(".xlsx") and is_zipfile(file):
            with ZipFile(file) as book:
                data = b"\n".join(book.read(each) for each in book.namelist())
        if name.endswith("/dossier.pdf"):
            said = [page.extract_text() for page in PdfReader(file).pages]
            data += "\n".join([*said, str(PdfReader(file).metadata)]).encode()
        yield name, gzip.decompress(data) if name.endswith(".gz") else data


def leaks(site: Path) -> list[tuple[str, str]]:
    return [
        (name, data[max(0, at - 60) : at + 60].decode("utf-8", "replace"))
        for name, data in contents(site)
        for at in [data.find(SECRET.encode())]
        if at >= 0 or SECRET in name
    ]


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, set[str]]:
    root = tmp_path_factory.mktemp("leak") / "club"
    return root, plant(root)


def test_a_public_build_holds_no_secret(planted: tuple[Path, set[str]], tmp_path: Path) -> None:
    root, secrets = planted
    done = build(root, tmp_path / "public", strict=False, CLUB_AUDIENCE="public")
    assert done.returncode == 0, done.stderr
    leaks = [
        (name, secret)
        for name, data in contents(tmp_path / "public")
        for secret in [SECRET, *secrets]
        if secret in name or secret.encode() in data
    ]
    assert leaks == []
    assert not [*(tmp_path / "public").glob("files/*")]
    page = (tmp_path / "public/requests/pointing-request/index.html").read_text("utf-8")
    assert "un autre projet" in page


def test_a_members_build_holds_every_secret(planted: tuple[Path, set[str]], tmp_path: Path) -> None:
    root, secrets = planted
    done = build(root, tmp_path / "members", strict=False, CLUB_AUDIENCE="members")
    assert done.returncode == 0, done.stderr
    names = {each.name for each in (tmp_path / "members/files").iterdir()}
    assert names == {Path(each).name for each in ATTACHED.values()}
    everything = b"".join(data for _, data in contents(tmp_path / "members"))
    assert [secret for secret in secrets if secret.encode() not in everything] == []


def test_every_kind_hides_a_record(planted: tuple[Path, set[str]]) -> None:
    assert {f"{SECRET}-record-{name}" for name in REGISTRY.by_name} <= planted[1]


NO_LINK = {"backtick", "escape", "linebreak", "entity", "em_strong", "automail", "autolink"}
"""What Markdown reads within a line that leads to no page and to no file of the site."""
URLS = {"href", "src", "cite", "data", "srcset", "poster", "action", "background", "longdesc"}


def test_a_new_kind_of_input_needs_a_case_here() -> None:
    """Suffixes, folders, attributes and marks are the code's own: what it adds turns this red."""
    assert {PAGE_SUFFIX, *OTHER_PAGE_SUFFIXES} == set(markdown_extensions)
    assert set(ATTACHED) | {PAGE_SUFFIX} == PLAIN_SUFFIXES
    assert {each.split("/")[1] for each in BESIDE if each.count("/") == 2} >= LEFT_ALONE
    assert set().union(*ATTRIBUTES.values()) & URLS == {"href", "src"}
    every = "".join(way.format(to="a.md", n=n) + "\n\n" for n, way in enumerate(WAYS))
    extensions = [*EXTENSIONS, *(yaml_extensions() - {*EXTENSIONS})]
    whole = Markdown(extensions=extensions).convert(every)
    for pattern in Markdown(extensions=extensions).inlinePatterns._priority:
        without = Markdown(extensions=extensions)
        without.inlinePatterns.deregister(pattern.name)
        is_used = without.convert(every) != whole
        assert is_used or pattern.name in NO_LINK, pattern.name


def yaml_extensions() -> set[str]:
    """The extensions that the settings of the club turn on."""
    text = (FROZEN / "mkdocs.yml").read_text("utf-8").replace("!ENV", "")
    said = yaml.safe_load(text)["markdown_extensions"]
    return {each if isinstance(each, str) else next(iter(each)) for each in said}
