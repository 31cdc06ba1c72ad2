"""What other packages bring in: taken if it is sound, else told with the name of the package."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path

import pytest

from club.cli import main
from club.cli.explain import rules
from club.model.registry import OUR_COLLECTIONS, Registry, RegistryError
from club.publish.pages.addresses import Writer, addresses
from club.publish.words.forge import ForgeType
from club.read.load import load
from club.read.registry import LATER_RULES, RULES, find_registry
from club.read.settings import FORGES
from tests.clubs import FROZEN, REGISTRY, folder_at, toy_in, write

NUMBERS = count()
METADATA = "Metadata-Version: 2.1\nName: {name}\nVersion: 1\n"
KIND = """
from club.model.kind import Column, Kind, check
from club.model.fields import Line, about
from club.model.problem import Level, Rule
from club.model.record import Record
from club.model.viewing import page

class Visit(Record, kind={kind!r}, collection={collection!r}):
    title: Line = about("title", "The name of the visit.")

def kind_of(model, **more):
    return Kind(
        model=model, singular="visit", plural="visits", intro="", columns=(),
        view=lambda visit, graph: page(graph, visit), **more,
    )

def rule_of(name):
    return Rule(name=name, wants="A visit.", example="a", level=Level.WARNING)

def check_of(name):
    return check(rule_of(name))(lambda graph: iter(()))

POINT = kind_of(Visit)
"""
CHECK = KIND.format(kind="visit", collection="visits")

Install = Callable[..., Path]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Installs the package *name* of the module *code*, as pip would, with its entry points."""
    added: set[str] = set()

    def put(name: str, code: str, points: Mapping[str, str], group: str = "club.kinds") -> Path:
        module = f"package_{next(NUMBERS)}"
        lines = [f"{point} = {target.format(module=module)}" for point, target in points.items()]
        site = write(
            tmp_path / module,
            {
                f"{module}.py": code,
                f"{module}.dist-info/METADATA": METADATA.format(name=name),
                f"{module}.dist-info/entry_points.txt": "\n".join([f"[{group}]", *lines, ""]),
            },
        )
        monkeypatch.syspath_prepend(str(site))
        added.add(module)
        return site

    yield put
    for module in added:
        sys.modules.pop(module, None)


def told(root: Path, capsys: pytest.CaptureFixture[str], status: int = 2) -> str:
    """What `club check` says of the club at *root*."""
    assert main(["--root", str(root), "--language", "en", "check"]) == status
    captured = capsys.readouterr()
    return captured.err if status == 2 else captured.out


BROKEN = {
    "raises": ("1 / 0", "{module}:POINT", "ZeroDivisionError: division by zero"),
    "leaves": ("raise SystemExit(3)", "{module}:POINT", "SystemExit: 3"),
    "no Python": ("def", "{module}:POINT", "SyntaxError"),
    "missing attribute": ("", "{module}:KIND", "AttributeError"),
    "missing module": ("", "{module}_other:KIND", "ModuleNotFoundError"),
    "no object": ("", "{module}", "it is no Kind"),
    "no Kind": ("POINT = 3", "{module}:POINT", "it is no Kind"),
    "a class": (CHECK, "{module}:Visit", "it is no Kind"),
    "no Record": (f"{CHECK}\nPOINT = kind_of(int)", "{module}:POINT", "its model is no Record"),
    "no name": (f"{CHECK}\nPOINT = kind_of(Record)", "{module}:POINT", "its model names no kind"),
    "no Check": (
        f"{CHECK}\nPOINT = kind_of(Visit, checks=(3,))",
        "{module}:POINT",
        "one of its checks is no Check of a Rule",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_kind_that_cannot_be_taken_is_told_in_a_sentence(
    case: str, install: Install, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It was a traceback, in the command and in the build."""
    code, point, reason = BROKEN[case]
    install("club-visits", code, {"visit": point})
    said = told(toy_in(tmp_path / "club"), capsys)
    start = "the entry point “visit” (club.kinds) of the package “club-visits”: "
    assert said.startswith(start)
    assert reason in said
    assert said.count("\n") == 1


BROKEN_RULES = {
    "no Check": ("POINT = lambda graph: ()", "it is no Check"),
    "no Rule": (
        "from club.model.kind import Check\nPOINT = Check(3, iter)",
        "one of its checks is no Check of a Rule",
    ),
    "our name": (
        f"{CHECK}\nPOINT = check_of('host-repeated')",
        "the rule “host-repeated” is already that of club",
    ),
    "a name of the structure": (
        f"{CHECK}\nPOINT = check_of('tab')",
        "the rule “tab” is already that of club",
    ),
    "a name of a later room": (
        f"{CHECK}\nPOINT = check_of('left-out')",
        "the rule “left-out” is already that of club",
    ),
}


@pytest.mark.parametrize("case", BROKEN_RULES)
def test_a_rule_that_cannot_be_taken_is_told_in_a_sentence(
    case: str, install: Install, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, reason = BROKEN_RULES[case]
    install("club-visits", code, {"visits": "{module}:POINT"}, RULES)
    said = told(toy_in(tmp_path / "club"), capsys)
    assert said == f"the entry point “visits” (club.rules) of the package “club-visits”: {reason}\n"


NAMES = [
    *((name, "visits") for name in ("Visit", "Élan x", "a/b", "..", "404.html", "a_b", "page")),
    *(
        ("visit", name)
        for name in (
            *("pages", "404.html", "tags", "data", "search", "assets", "exceptions", "a/b", ".."),
            *("index", "Élan x", "report", "news", "feeds", "schema", "Visits", "visits."),
        )
    ),
]


@pytest.mark.parametrize(("kind", "collection"), NAMES, ids=str)
def test_a_kind_under_a_name_that_cannot_be_is_refused(
    kind: str,
    collection: str,
    install: Install,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`pages` gave a traceback, the others were taken."""
    install("club-visits", KIND.format(kind=kind, collection=collection), {"v": "{module}:POINT"})
    said = told(toy_in(tmp_path / "club"), capsys)
    assert said.startswith("the entry point “v” (club.kinds) of the package “club-visits”: ")
    assert f"“{kind if collection == 'visits' else collection}”" in said


def test_every_address_of_ours_is_a_name_that_the_club_keeps() -> None:
    """Whatever the club writes beside its collections stands under a name no kind may take."""
    graph = load(folder_at(FROZEN)).graph
    ours = addresses(graph).of(Writer.INDEX, Writer.VIEW, Writer.DATA)
    heads = {each.url.split("/")[0] for each in ours}
    assert heads - REGISTRY.collections <= OUR_COLLECTIONS
    assert {*LATER_RULES} <= set(rules(REGISTRY))
    assert tuple(map(str, ForgeType)) == FORGES


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (("visit", "visits"), ("visit", "tours"), "the kind “visit” is already that of club-one"),
        (("visit", "visits"), ("tour", "visits"), "the collection “visits” is already that of"),
        (("tour", "tours"), ("project", "works"), "the kind “project” is already that of club"),
        (("tour", "tours"), ("work", "projects"), "the collection “projects” is already that of"),
    ],
)
def test_a_kind_of_two_packages_is_told_with_both(
    first: tuple[str, str],
    second: tuple[str, str],
    reason: str,
    install: Install,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """They were told as addresses given twice, which named neither package."""
    for name, names in (("club-one", first), ("club-two", second)):
        code = KIND.format(kind=names[0], collection=names[1])
        install(name, code, {"a": "{module}:POINT"})
    said = told(toy_in(tmp_path / "club"), capsys)
    assert said.startswith("the entry point “a” (club.kinds) of the package “club-two”: ")
    assert reason in said


def test_two_rules_of_one_name_are_told_with_both_packages(
    install: Install, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody noticed."""
    for name in ("club-one", "club-two"):
        install(name, f"{CHECK}\nPOINT = check_of('lonely')", {"a": "{module}:POINT"}, RULES)
    said = told(toy_in(tmp_path / "club"), capsys)
    assert "of the package “club-two”: the rule “lonely” is already that of club-one" in said


FAILING = {
    "raises": ("return 1 / 0", "ZeroDivisionError: division by zero"),
    "raises after a while": ("yield from (); 1 / 0", "ZeroDivisionError"),
    "nothing": ("return None", "TypeError"),
    "junk": ("yield 3", "it gives no problems"),
}


@pytest.mark.parametrize("case", FAILING)
def test_a_rule_that_fails_is_told_and_the_others_speak(
    case: str, install: Install, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The whole check was lost."""
    code, reason = FAILING[case]
    failing = f"{CHECK}\n@check(rule_of('lonely'))\ndef POINT(graph):\n    {code}\n"
    install("club-visits", failing, {"visits": "{module}:POINT"}, RULES)
    root = toy_in(tmp_path / "club")
    write(root, {"data/axes.yaml": "a: [\n"})
    said = told(root, capsys, 1)
    assert "the rule “lonely” of the package “club-visits” failed: " in said
    assert reason in said
    assert "data/axes.yaml:1:4" in said


def test_a_rule_of_ours_that_fails_is_a_bug(install: Install, tmp_path: Path) -> None:
    """Only what packages bring is caught."""
    assert find_registry(tmp_path).origins == {}
    install("club-visits", f"{CHECK}\nPOINT = check_of('a')", {"a": "{module}:POINT"}, RULES)
    assert find_registry(tmp_path).origins == {"a": "club-visits"}


def test_a_package_at_fault_is_told_in_french_and_in_the_build(
    install: Install, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = install("club-visits", "1 / 0", {"visit": "{module}:KIND"})
    root = toy_in(tmp_path / "club")
    assert main(["--root", str(root), "export", "--markdown", str(tmp_path / "x")]) == 2
    said = capsys.readouterr().err
    assert said.startswith("le point d’entrée «\u00a0visit\u00a0» (club.kinds) du paquet")
    program = (
        f"import sys; sys.path.insert(0, {str(site)!r}); from mkdocs.__main__ import cli; cli()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "build", "-d", str(tmp_path / "site")],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert said.strip() in done.stderr
    assert "Traceback" not in done.stderr


def test_a_club_is_started_whatever_a_package_does(install: Install, tmp_path: Path) -> None:
    install("club-visits", "1 / 0", {"visit": "{module}:KIND"})
    assert main(["init", str(tmp_path / "club")]) == 0


def test_a_registry_made_by_hand_refuses_the_same() -> None:
    with pytest.raises(RegistryError, match="the kind “project” is already that of"):
        Registry((*REGISTRY.kinds, REGISTRY.kinds[0]))
