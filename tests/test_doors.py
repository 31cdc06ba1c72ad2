"""What a club says of its own: settings, words and templates, told in sentences when wrong."""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.utils.yaml import yaml_load

from club.cli import main
from club.model.message import Message
from club.publish.words.catalogues import may_stand_for, slots_of
from club.publish.words.language import Words
from club.read.settings import read_settings
from tests.clubs import REGISTRY, few, toy_in, write
from tests.shipped.conftest import build

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
WORDS = "locale/fr/LC_MESSAGES/club.po"
KEY = "the key “{key}” already stands at line {line}"
ASKED = Message(KEY, {"key": "a", "line": 3})


def set_club(root: Path, text: str) -> Path:
    """Puts *text* under `extra.club` of the toy club at *root*."""
    settings = (root / "mkdocs.yml").read_text("utf-8").partition("extra:")[0]
    return write(root, {"mkdocs.yml": f"{settings}extra:\n  club:\n    {text}\n"})


SETTINGS = [
    "audience: membres",
    "forge: gitlap",
    "branch: [main]",
    "without: 3",
    "without: offer",
    "without: [ofer]",
    "without: [project]",
    "withuot: [offer]",
    "footer: index.md",
    "footer: [{a: b}]",
    "contributors: [a]",
    "contributors: {a.example: academie-fictiv}",
]


@pytest.mark.parametrize("text", few(SETTINGS, 2))
def test_check_and_build_tell_a_setting_in_the_same_sentence(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It was a traceback, a sentence a letter, or silence, each command in its own way."""
    root = set_club(toy_in(tmp_path / "club"), text)
    assert main(["--root", str(root), "check"]) == 1
    line = next(each for each in capsys.readouterr().out.splitlines() if "[bad-setting]" in each)
    assert line.startswith("mkdocs.yml:")
    assert " erreur : " in line
    done = build(root, tmp_path / "site", strict=False)
    assert done.returncode != 0
    assert line in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("text", [each for each in SETTINGS if "academie" not in each])
@pytest.mark.parametrize(
    "command", [["show", "jardin-nord"], ["export", "--markdown", "x"], ["fmt", "--check"]]
)
def test_other_commands_stop_at_a_setting(
    command: list[str],
    text: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = set_club(toy_in(tmp_path / "club"), text)
    monkeypatch.chdir(root)
    assert main(command) == 2
    captured = capsys.readouterr()
    assert "[bad-setting]" in captured.err
    assert captured.out == ""
    assert not (root / "x").exists()


@pytest.mark.parametrize("text", ["site_name: [a", "- a", "a: b: c", "\tsite_name: x", "\0", "x"])
def test_settings_that_are_not_yaml_are_an_error(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`check` found no error, `export` said it was ready."""
    root = write(toy_in(tmp_path), {"mkdocs.yml": text})
    assert main(["--root", str(root), "check"]) == 1
    assert "mkdocs.yml:1:" in capsys.readouterr().out
    assert main(["--root", str(root), "export", "--markdown", str(tmp_path / "x")]) == 2


def test_several_settings_are_told_at_once_in_the_build(tmp_path: Path) -> None:
    root = set_club(toy_in(tmp_path / "club"), "without: [ofer]\n    audience: membres")
    said = build(root, tmp_path / "site", strict=False).stderr
    assert said.count("[bad-setting]") == 2
    assert "public et members" in said
    assert "gitlab" not in said


def test_a_merge_heeds_no_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git runs it in a club of any day, whose settings may be in conflict themselves."""
    root = set_club(toy_in(tmp_path), "without: 3")
    monkeypatch.chdir(root)
    for name in ("base", "ours", "theirs"):
        write(root, {name: "a:\n  label: A\n"})
    assert main(["merge", "base", "ours", "theirs", "data/axes.yaml"]) == 0


def test_the_messages_of_a_build_are_in_the_language_of_the_site(tmp_path: Path) -> None:
    """A French club was told “1 errors in the records”."""
    root = toy_in(tmp_path / "club")
    write(root, {"data/axes.yaml": "a: [\n"})
    done = build(root, tmp_path / "site", strict=False)
    assert "Erreurs dans les fiches\u00a0: " in done.stderr
    text = (root / "mkdocs.yml").read_text("utf-8")
    write(root, {"mkdocs.yml": f"{text}\nuse_directory_urls: false\n"})
    assert "le plugin club exige" in build(root, tmp_path / "site", strict=False).stderr


MISFILLED = [
    "{cle} à la ligne {line}",
    "{key} là",
    "déjà là",
    "{} {}",
    "{0} {1}",
    "{key.__class__.__mro__} {line}",
    "{key[0]} {line}",
    "{key!r} {line}",
    "{key:>1000000000} {line}",
    "{key} {line} {",
    "{key} {line} }",
    "{key} {line} {line.real}",
    "{key} {line} {autre}",
]


@pytest.mark.parametrize("text", MISFILLED)
def test_words_that_cannot_be_filled_are_told_and_ours_said(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A KeyError hid every fault of the data, or the insides of the program were shown."""
    write(toy_in(tmp_path), {WORDS: f'{HEAD}msgid "{KEY}"\nmsgstr "{text}"\n'})
    assert Words("fr", [tmp_path / "locale"]).say(ASKED) == Words("fr").say(ASKED)
    write(tmp_path, {"data/axes.yaml": "a:\n  label: A\n  label: B\n"})
    assert main(["--root", str(tmp_path), "check"]) == 1
    said = capsys.readouterr().out
    assert f"{WORDS}:4:1: " in said
    assert Words("fr").say(Message(KEY, {"key": "label", "line": 2})) in said


def test_words_that_can_be_filled_are_said(tmp_path: Path) -> None:
    text = "ligne {line}, {key} ; oui, {key} {{sic}}"
    write(tmp_path, {WORDS: f'{HEAD}msgid "{KEY}"\nmsgstr "{text}"\n'})
    said = Words("fr", [tmp_path / "locale"]).say(ASKED)
    assert said.replace("\u202f", " ") == "ligne 3, a ; oui, a {sic}"


@given(st.text("{}abc.[]!:0_ ", max_size=20))
def test_whatever_may_stand_for_a_sentence_can_be_said(text: str) -> None:
    """Nothing of what fills it shows but its words."""
    id = "{a} {b}"
    if may_stand_for(text, id) and text:
        assert slots_of(text) == {"a", "b"}
        text.format(a="x", b="y")
        assert all(name in (None, "a", "b") for _, name, _, _ in Formatter().parse(text))


BAD_FILES = {
    "Latin-1": 'msgid "projects"\nmsgstr "démarches"\n'.encode("latin-1"),
    "UTF-16": 'msgid "projects"\nmsgstr "chantiers"\n'.encode("utf-16"),
    "a quote left open": b'msgid "projects"\nmsgstr "chantiers\n',
    "no quote": b"msgid projects\nmsgstr chantiers\n",
    "half": b'msgid "projects"\n',
    "other half": b'msgstr "chantiers"\n',
    "prose": b"Les mots du club",
    "charset": b'msgid ""\nmsgstr "Content-Type: text/plain; charset=rien\\n"\n\nmsgid "a\n',
    "plurals": b'msgid ""\nmsgstr "Plural-Forms: nplurals=x; plural=__import__;\\n"\n"\n',
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_file_of_words_that_cannot_be_read_is_told_with_its_line(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It was a traceback, or nothing at all."""
    path = toy_in(tmp_path) / WORDS
    path.parent.mkdir(parents=True)
    path.write_bytes(BAD_FILES[case])
    assert main(["--root", str(tmp_path), "check"]) == 1
    captured = capsys.readouterr()
    assert f"{WORDS}:" in captured.out
    assert "[bad-catalogue]" in captured.out
    assert "WARNING" not in captured.out


@pytest.mark.long
def test_a_site_is_built_with_our_words_where_those_of_the_club_are_wrong(tmp_path: Path) -> None:
    root = toy_in(tmp_path / "club")
    write(root, {WORDS: f'{HEAD}msgid "projects"\nmsgstr "{{x}} chantiers"\n'})
    done = build(root, tmp_path / "site", strict=False)
    assert done.returncode == 0
    assert f"{WORDS}:4:1: " in done.stderr
    assert "Projets" in (tmp_path / "site/projects/index.html").read_text("utf-8")
    assert build(root, tmp_path / "strict").returncode != 0


def test_words_of_the_club_s_own_templates_are_no_unknown_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = toy_in(tmp_path)
    write(
        root,
        {
            "templates/project/page.html.jinja": '{{ _("Come and see {what}", what=page.title) }}',
            WORDS: f'{HEAD}msgid "Come and see {{what}}"\nmsgstr "Venez voir {{what}}"\n',
        },
    )
    assert main(["--root", str(root), "check", "--strict"]) == 0, capsys.readouterr().out


ONE = "templates/project/page.html.jinja"
AT_BUILD = {
    "undefined name": ("<h1>\n{{ page.titel }}</h1>", 2),
    "undefined": ("{{ autre.chose }}", 1),
    "type": ("\n\n{{ page.title + 3 }}", 3),
    "division": ("{% set a = 1 / 0 %}", 1),
    "a macro of itself": ("{% macro a() %}\n{{ a() }}{% endmacro %}\n{{ a() }}", 2),
    "includes itself": ('{% include "project/page.html.jinja" %}', 1),
}


@pytest.mark.parametrize("case", few(AT_BUILD))
def test_a_template_that_cannot_be_filled_is_told_with_its_line(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It was a traceback of Jinja."""
    text, line = AT_BUILD[case]
    root = write(toy_in(tmp_path / "club"), {ONE: text})
    assert main(["--root", str(root), "check"]) == 0
    assert main(["--root", str(root), "export", "--markdown", str(tmp_path / "x")]) == 1
    # How Python words that a template goes round for ever depends on where it gives up.
    said = capsys.readouterr().err.partition(" while ")[0].strip()
    assert said.startswith(f"{ONE}:{line}: erreur : ")
    assert not (tmp_path / "x").exists()
    done = build(root, tmp_path / "site", strict=False)
    assert done.returncode != 0
    assert said in done.stderr
    assert "Traceback" not in done.stderr


AT_CHECK = {
    "open block": b"<h1>\n{% if page %}",
    "no filter": b"\n{{ page.title|uper }}",
    "Latin-1": "\né".encode("latin-1"),
    "extends itself": b'\n{% extends "project/page.html.jinja" %}',
    "extends nothing": b'\n{% extends "pages.html.jinja" %}',
}


@pytest.mark.parametrize("case", few(AT_CHECK, 2))
def test_check_tells_a_template_that_cannot_be_used(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It was green, and the build a traceback of Jinja, of Unicode or of recursion."""
    path = toy_in(tmp_path / "club") / ONE
    path.parent.mkdir(parents=True)
    path.write_bytes(AT_CHECK[case])
    assert main(["--root", str(tmp_path / "club"), "check"]) == 1
    said = capsys.readouterr().out.splitlines()[0]
    assert said.startswith(f"{ONE}:2")
    done = build(tmp_path / "club", tmp_path / "site", strict=False)
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "near", "others"),
    [
        (["new", "projetc"], "peut-être\u00a0: project", ""),
        (["new", "visit"], "", "les sortes sont\u00a0: axis, "),
        (["new", "axis", "x", "--set", "xyz=1"], "", "les champs sont\u00a0: "),
        (["new", "axis", "x", "--set", "lable=1"], "peut-être\u00a0: label", ""),
        (["new", "axis", "!!!"], "", ""),
        (["explain", "duplicat-key"], "peut-être\u00a0: duplicate-key", ""),
        (["explain", "nope"], "", "les règles sont\u00a0: "),
        (["show", "nope"], "", ""),
        (["show", "jardin-nor"], "peut-être\u00a0: jardin-nord", ""),
    ],
)
def test_perhaps_stands_before_near_names_alone(
    arguments: list[str],
    near: str,
    others: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """“peut-être” stood before the whole list, a dash or nothing."""
    assert main(["--root", str(toy_in(tmp_path)), *arguments]) in (1, 2)
    said = capsys.readouterr().err
    assert near in said
    assert others in said
    assert ("peut-être" in said) == bool(near)


def test_a_club_without_kinds_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = ", ".join(REGISTRY.by_name)
    write(tmp_path, {"mkdocs.yml": f"extra: {{club: {{without: [{names}]}}}}\n"})
    assert main(["--root", str(tmp_path), "new", "project"]) == 2
    said = capsys.readouterr().err.strip()
    assert said.endswith("le club n’en a aucune")


def test_pages_are_those_of_the_folder_that_the_settings_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(toy_in(tmp_path), {"wiki/guide.md": "# Guide\n\n[[nulle-part]]\n"})
    settings = tmp_path / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8") + "docs_dir: wiki\n", "utf-8")
    assert main(["--root", str(tmp_path), "check"]) == 1
    assert "wiki/guide.md:3:1: " in capsys.readouterr().out


INHERITED = {
    "mkdocs.yml": "INHERIT: base/commun.yml\nsite_name: A\nextra: {club: {branch: tronc}}\n",
    "base/commun.yml": "INHERIT: ../racine.yml\ndocs_dir: wiki\nnav: [a.md]\nextra: {a: {b: 1}}\n",
    "racine.yml": "extra: {club: {branch: main, audience: members}, a: 2}\nnav: [b.md]\n",
}


def test_settings_that_inherit_are_those_of_mkdocs(tmp_path: Path) -> None:
    """They were those of one file alone: the build and the commands read two clubs."""
    write(tmp_path, INHERITED)
    with (tmp_path / "mkdocs.yml").open("rb") as file:
        assert read_settings(tmp_path, {}).config == yaml_load(file)


def test_settings_may_be_a_symbolic_link(tmp_path: Path) -> None:
    """MkDocs follows it."""
    root = set_club(toy_in(tmp_path / "club"), "without: []")
    (root / "mkdocs.yml").rename(tmp_path / "shared.yml")
    (root / "mkdocs.yml").symlink_to(tmp_path / "shared.yml")
    assert main(["--root", str(root), "check"]) == 0
