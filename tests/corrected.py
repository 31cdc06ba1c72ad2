"""Runs the tests beside a club that representatives have corrected: `python tests/corrected.py`.

The repository is copied; in the copy, figures, dates, titles and sentences of many records are
changed, some records added and some removed, at random and validly. The tests must not notice.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from club.read.load import load
from tests.clubs import folder_at

ROOT = Path(__file__).parent.parent
ENOUGH = 300
FIGURE = re.compile(r"(?<=value: )\d+(?=\s|$|,|})")
YEAR = re.compile(r"(?<=as_of: )\d{4}(?=\s|$|,|})")
# Where a word may be added: at the end of a sentence, of what is quoted, of a title.
SENTENCE = re.compile(r"(?<=[a-zé])(?=[.\"]$)", re.MULTILINE)
LABEL = re.compile(r"(?:^ *(?:title|label|name): [^>|\"'\[{\n]*[a-zé]|^## .*)$", re.MULTILINE)
PATTERNS = (FIGURE, YEAR, SENTENCE, LABEL)
ADDED = {
    "data/sources.yaml": "\nsource-ajoutee:\n  title: Un document de plus\n",
    "data/domains.yaml": "\ndomaine-ajoute: {label: Un domaine de plus, order: 70}\n",
}


def copied(target: Path) -> Path:
    """The files of the repository, as they stand, without what was built."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    for path in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / path).is_file():
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / path, target / path)
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "Le club"]):
        subprocess.run([*GIT, *command], cwd=target, check=True)
    return target


GIT = ["git", "-c", "user.name=club", "-c", "user.email=club@example.org"]


def corrected(text: str, pick: random.Random, most: int) -> tuple[str, int]:
    """*text* with up to *most* corrections, and how many there are."""
    places = [match for pattern in PATTERNS for match in pattern.finditer(text)]
    chosen = pick.sample(places, min(most, len(places)))
    for match in sorted(chosen, key=lambda match: -match.end()):
        start = match.end() if match.re in {SENTENCE, LABEL} else match.start()
        text = text[:start] + correction(match, pick) + text[match.end() :]
    return text, len(chosen)


def correction(match: re.Match[str], pick: random.Random) -> str:
    """A word more, or the next figure or year."""
    if match.re in {SENTENCE, LABEL}:
        return " corrigé"
    return str(max(1, int(match[0]) + pick.choice([-1, 1])))


def kept(root: Path, file: Path, change: Callable[[], object]) -> bool:
    """Whether the club is still sound after *change* of *file*, which is undone otherwise."""
    before = file.read_bytes()
    change()
    if not load(folder_at(root)).problems:
        return True
    file.write_bytes(before)
    return False


def correct(root: Path, pick: random.Random) -> Iterator[int]:
    """Corrects the club at *root*; yields how many corrections each step leaves."""
    files = [*(root / "data").rglob("*.yaml"), *(root / "docs").rglob("*.md")]
    for file in sorted(files):
        for most in (12, 4, 1):
            text, count = corrected(file.read_text("utf-8"), pick, most)
            if kept(root, file, lambda file=file, text=text: file.write_text(text, "utf-8")):  # type: ignore[misc]
                yield count
                break
    for path, text in ADDED.items():
        with (root / path).open("a", encoding="utf-8") as file:
            file.write(text)
        yield 1
    alone = sorted((root / "data").glob("*/*.yaml"))
    yield next(1 for file in pick.sample(alone, len(alone)) if kept(root, file, file.unlink))


def main() -> int:
    """The exit code of the tests in the corrected copy."""
    seed = random.SystemRandom().randrange(10**6) if len(sys.argv) < 2 else int(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        root = copied(Path(folder) / "club")
        count = sum(correct(root, random.Random(seed)))
        assert not load(folder_at(root)).problems
        assert count >= ENOUGH, count
        print(f"{count} corrections of the club, by seed {seed}", flush=True)
        paths = f"{root}:{root / 'plugins'}"
        command = ["env", f"PYTHONPATH={paths}", sys.executable, "-m", "pytest", "-n", "2"]
        return subprocess.run(command, cwd=root, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
