"""The command, run as people and forges run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from club.cli import main
from tests.clubs import FROZEN, TOY, copied, few, toy_in, write
from tests.shipped.conftest import build
from tests.test_problems import CASES, read_case, set_up

WARNING = {
    "data/resources.yaml": "a: {title: A, type: document, licence: CC-BY-4.0}\n",
    "mkdocs.yml": "site_name: x\n",
}


def club(*arguments: object, cwd: Path = TOY, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "club", *map(str, arguments)]
    run = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in run.stderr, run.stderr
    return run


def test_all_is_well(tmp_path: Path) -> None:
    for club_root in (TOY, FROZEN):
        # Away from a repository that may be shallow.
        root = copied(club_root, tmp_path / club_root.name)
        run = club("--language", "en", "check", "--strict", cwd=root)
        assert (run.returncode, run.stderr) == (0, "")
        assert run.stdout.count("\n") == 1


def test_errors_are_1_and_warnings_are_0_unless_strict(tmp_path: Path) -> None:
    write(tmp_path, WARNING)
    assert club("check", cwd=tmp_path).returncode == 0
    assert club("check", "--strict", cwd=tmp_path).returncode == 1
    write(tmp_path, {"data/axes.yaml": "a: [\n"})
    assert club("check", cwd=tmp_path).returncode == 1


@pytest.mark.long
def test_a_page_to_read_again_is_told_from_its_day_on(tmp_path: Path) -> None:
    toy_in(tmp_path)
    write(tmp_path, {"docs/regles.md": "---\nreview_by: 2022-06\n---\n\n# Règles\n"})
    before = club("check", "--date", "2022-06-30", cwd=tmp_path)
    after = club("check", "--date", "2022-07-01", cwd=tmp_path)
    by_epoch = club("check", cwd=tmp_path, SOURCE_DATE_EPOCH="1700000000")
    assert "stale-page" not in before.stdout
    assert "docs/regles.md:2:1" in after.stdout
    assert "stale-page" in after.stdout
    assert by_epoch.stdout == after.stdout


@pytest.mark.long
def test_what_the_wiki_lacks_is_told_when_it_is_asked_for(tmp_path: Path) -> None:
    toy_in(tmp_path)
    write(tmp_path, {"docs/seule.md": "# Seule\n\n## Le contexte\n\n## La suite\n\nUn mot.\n"})
    asked = club("--language", "en", "check", "--wiki", cwd=tmp_path)
    assert asked.returncode == 0
    assert "docs/seule.md:1:1: warning: nothing leads to “Seule” [orphan]" in asked.stdout
    assert "“Seule” leads nowhere [dead-end]" in asked.stdout
    assert "these headings of “Seule”: Le contexte [to-complete]" in asked.stdout
    assert "docs/index.md" not in asked.stdout
    assert club("check", "--strict", "--wiki", cwd=tmp_path).returncode == 1
    assert "orphan" not in club("check", cwd=tmp_path).stdout
    assert club("explain", "orphan", cwd=tmp_path).returncode == 0


def test_from_a_sub_folder_the_club_is_found_upwards(tmp_path: Path) -> None:
    toy_in(tmp_path)
    write(tmp_path, {"data/axes.yaml": "a: [\n"})
    for folder in ("data/meetings", "docs", "."):
        run = club("check", cwd=tmp_path / folder)
        assert run.returncode == 1
        assert run.stdout.startswith("data/axes.yaml:1:4: ")


def test_files_that_follow_what_is_for_members_are_told(tmp_path: Path) -> None:
    toy_in(tmp_path)
    write(tmp_path, {"docs/a.md": "# A\n\n[x](plan.pdf)\n", "docs/plan.pdf": "x"})
    assert "plan.pdf" not in club("check", cwd=tmp_path).stdout
    write(tmp_path, {"docs/a.md": "---\naudience: members\n---\n# A\n\n[x](plan.pdf)\n"})
    told = club("check", cwd=tmp_path)
    assert told.returncode == 0
    assert told.stdout.endswith("\u00a0: plan.pdf\n")


def test_no_club_here(tmp_path: Path) -> None:
    run = club("--language", "en", "check", cwd=tmp_path)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == "no club here: no folder “data” was found\n"
    elsewhere = club("--language", "en", "--root", tmp_path / "rien", "check")
    assert (elsewhere.returncode, elsewhere.stdout) == (2, "")


WRONG_CALLS = {
    "chek": "club\xa0: «\xa0chek\xa0» n’est pas connu ici\u202f; peut-être\xa0: check, schema",
    "check --format xml": "argument --format\xa0: «\xa0xml\xa0» n’est pas connu ici\u202f; valeurs",
    "check --strct": "«\xa0--strct\xa0» n’est pas connu ici\u202f; peut-être\xa0: --strict",
    "check --date hier": "argument --date\xa0: cette valeur ne convient pas\xa0: 'hier'",
    "check --strict=oui": "argument --strict\xa0: cette option ne prend pas de valeur\xa0: 'oui'",
    "check --root .": "«\xa0--root\xa0» se met avant le nom de la commande",
    "split": "club split\xa0: il manque\xa0: collection",
    "propose -m": "argument -m/--message\xa0: il manque une valeur",
    "propose -m a -F b": "ne va pas avec l’argument -m/--message",
    "diff a b": "«\xa0b\xa0» n’est pas connu ici",
    "--language de check": "«\xa0de\xa0» n’est pas connu ici\u202f; valeurs possibles\xa0: en, fr",
}


@pytest.mark.parametrize("arguments", WRONG_CALLS)
def test_a_wrong_call_is_2_and_told_in_the_language_of_the_club(
    arguments: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It was “invalid choice” to those who read French."""
    monkeypatch.chdir(TOY)
    with pytest.raises(SystemExit) as end:
        main(arguments.split())
    assert end.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("usage\xa0: club ")
    assert WRONG_CALLS[arguments] in said.err


def test_a_wrong_call_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--language=en", "--root", str(TOY), "split"])
    said = capsys.readouterr().err
    assert said.startswith("usage: club split")
    assert said.endswith("error: the following arguments are required: collection\n")


def test_help_is_in_the_language_of_the_club(capsys: pytest.CaptureFixture[str]) -> None:
    """Every word of it: what is left of the English catalogue of argparse, or of ours, shows."""
    for command in ([], ["check"], ["propose"], ["merge"]):
        helps = {}
        for language in ("fr", "en"):
            with pytest.raises(SystemExit) as end:
                main(["--language", language, *command, "-h"])
            assert end.value.code == 0
            shown = capsys.readouterr().out.partition("\n\n")[2]
            helps[language] = {line.strip() for line in shown.splitlines() if " " in line.strip()}
        assert helps["fr"]
        assert not {each for each in helps["fr"] & helps["en"] if each[0] not in "-{"}


def test_club_alone_says_what_one_needs_first(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(TOY)
    assert main([]) == 2
    said = capsys.readouterr().err
    assert said.startswith("club check             relire toutes les fiches")
    assert "club propose -m …      envoyer à la relecture" in said


def test_an_unknown_rule_is_2_and_offers_the_nearest() -> None:
    run = club("--language", "en", "explain", "duplicat-key")
    assert run.returncode == 2
    assert "duplicate-key" in run.stderr


def test_explain_lists_every_rule() -> None:
    run = club("explain")
    assert run.returncode == 0
    assert {"duplicate-key", "host-repeated", "orphan-body"} <= {
        line.split()[0] for line in run.stdout.splitlines()
    }


def test_formats(tmp_path: Path) -> None:
    write(tmp_path, WARNING | {"data/axes.yaml": "a: [\n"})
    runs = {
        name: club("check", "--format", name, cwd=tmp_path)
        for name in ("text", "github", "gitlab", "json")
    }
    assert {run.returncode for run in runs.values()} == {1}
    assert [each["check_name"] for each in json.loads(runs["gitlab"].stdout)] == [
        "yaml-syntax",
        "attribution",
    ]
    assert [each["level"] for each in json.loads(runs["json"].stdout)] == ["error", "warning"]
    assert [line.split()[0] for line in runs["github"].stdout.splitlines()] == [
        "::error",
        "::warning",
    ]


def test_words_pass_through_a_poor_terminal(tmp_path: Path) -> None:
    write(tmp_path, {"data/axes.yaml": "Été:\n  label: a\n"})
    run = club("check", cwd=tmp_path, PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0")
    assert run.returncode == 1
    assert "« Été »" in run.stdout.replace("\u00a0", " ")


@pytest.mark.long
def test_a_file_name_that_is_not_utf_8(tmp_path: Path) -> None:
    write(tmp_path, WARNING)
    (tmp_path / "data/meetings").mkdir()
    name = os.fsdecode(b"r\xe9union.yaml")
    (tmp_path / "data/meetings" / name).write_text("title: a\n")
    assert club("check", cwd=tmp_path).returncode == 1
    for format in ("json", "gitlab", "github"):
        assert club("check", "--format", format, cwd=tmp_path).returncode == 1


@pytest.mark.parametrize(
    "path", few(CASES[:: max(1, len(CASES) // 8)], 3), ids=lambda path: path.stem
)
def test_no_broken_file_ends_in_a_traceback(path: Path, tmp_path: Path) -> None:
    case = read_case(path)
    run = club("check", cwd=set_up(case, tmp_path))
    has_error = any(each["level"] == "error" for each in case["problems"])
    assert run.returncode == int(has_error)


@pytest.mark.long
def test_split_and_join(tmp_path: Path) -> None:
    toy_in(tmp_path)
    before = club("check", cwd=tmp_path).stdout
    run = club("split", "axes", cwd=tmp_path)
    assert (run.returncode, run.stdout.splitlines()) == (
        0,
        ["- data/axes.yaml", "+ data/axes/axe-usages.yaml", "+ data/axes/axe-marches.yaml"],
    )
    assert club("check", cwd=tmp_path).stdout == before
    assert club("split", "axes", cwd=tmp_path).returncode == 1
    assert club("join", "axes", cwd=tmp_path).returncode == 0
    assert club("check", cwd=tmp_path).stdout == before
    assert not (tmp_path / "data/axes").exists()


def test_a_reader_who_leaves_early_is_no_fault(tmp_path: Path) -> None:
    """`club explain | head -1`"""
    command = f'"{sys.executable}" -m club explain | head -1'
    run = subprocess.run(command, shell=True, cwd=TOY, capture_output=True, text=True, check=False)
    assert "Traceback" not in run.stderr


def test_an_english_club_is_answered_in_english(tmp_path: Path) -> None:
    root = toy_in(tmp_path)
    config = root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("language: fr", "language: en"), "utf-8")
    assert "language: en" in config.read_text("utf-8")
    assert "0 errors" in club("check", cwd=root).stdout
    assert "0 erreur" in club("--language", "fr", "check", cwd=root).stdout


SECONDS = (
    "SOURCE_DATE_EPOCH est un nombre entier de secondes depuis 1970, comme 1700000000, et avant"
    " l’an 2106\n"
)


@pytest.mark.parametrize(
    "epoch", few(["-1", "abc", "1.5", "9" * 20, "-" + "9" * 15, "1e9", str(2**32)])
)
def test_a_day_of_the_build_that_is_none_is_told(epoch: str, tmp_path: Path) -> None:
    root = toy_in(tmp_path / "club")
    for arguments in (["check"], ["export", "--markdown", str(tmp_path / "x")]):
        run = club(*arguments, cwd=root, SOURCE_DATE_EPOCH=epoch)
        assert run.returncode == 2
        assert run.stderr == SECONDS
    done = build(root, tmp_path / "site", SOURCE_DATE_EPOCH=epoch)
    assert done.returncode != 0
    assert SECONDS in done.stderr
    assert "Traceback" not in done.stderr
