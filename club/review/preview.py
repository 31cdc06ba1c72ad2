"""A proposal from outside, made fit to be built: its records and pages, the main branch's code.

Whatever could run comes from the club's own folder: settings, plugins, templates, scripts, styles.
Of the proposal only plain files of known types are taken, from `data/` and `docs/`; each other one
is left out and reported.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from club.edit.plan import WriteError
from club.git.command import GitMissingError
from club.git.repository import Repository
from club.model.folder import DATA, HEAD, ClubFolder
from club.model.front_matter import page_text
from club.model.message import N_, Message
from club.model.problem import Place, Problem, Rule
from club.model.source import MAX_PAGE, parse
from club.read.attachments import is_plain_type
from club.read.svg import is_harmless
from club.review.files import ProposedFile, contents, files_in_commit, files_in_folder

MIB = 1024 * 1024
MAX_FILE, MAX_TOTAL, MAX_FILES = 16 * MIB, 256 * MIB, 20_000
MAX_FRONT_MATTER = 16 * 1024
DATA_SUFFIXES = {".yaml", ".yml", ".csv"}
BUILT = {".git", ".venv", "site", ".cache", "node_modules", "__pycache__"}
"""What is made from the club rather than part of it."""
NAME = re.compile(r'[^\x00-\x1f\x7f\\/:*?"<>|. ][^\x00-\x1f\x7f\\/:*?"<>|]*')
MAX_DEPTH, MAX_PATH = 8, 240

LEFT_OUT = Rule(
    name="left-out",
    wants=N_("A proposal brings plain files: records under data/, pages and pictures under docs/."),
    example="docs/images/plan.png",
)
NOT_PLAIN = N_("this is not a plain file: a link or a folder of elsewhere is left out")
BAD_PATH = N_("this path is left out: its name could be mistaken for something else")
BAD_TYPE = N_("files of this type are left out: they could run in the reader's browser")
TOO_BIG = N_("this file is left out: it has {size} bytes, more than {limit}")
TOO_MUCH = N_("the rest of the proposal is left out: it is too large as a whole")
BAD_DRAWING = N_("this drawing is left out: it holds more than shapes and words")
BAD_FRONT = N_("this page is left out: its first lines hold what could harm the build: {reason}")


@dataclass(slots=True)
class Sifted:
    """What is taken of a proposal, and what is left out."""

    taken: list[ProposedFile] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    total: int = 0

    def refuse(self, path: str, message: str, **params: Any) -> None:
        """Notes why *path* is left out."""
        self.problems.append(LEFT_OUT.problem(Place(path), message, **params))


def assemble(folder: ClubFolder, proposal: str, target: Path) -> list[Problem] | Message:
    """Writes into *target* the club in *folder* with the records and pages of *proposal*.

    *proposal* is a folder or a ref of the repository; the problems are what was left out.
    """
    if target.exists() and any(target.iterdir()):
        return Message(N_("{path} is not empty"), {"path": str(target)})
    is_folder = Path(proposal).is_dir()
    with _repository(folder.root, is_needed=not is_folder) as repo:
        if is_folder:
            files = list(files_in_folder(Path(proposal), _tops(folder)))
        elif repo is not None and (commit_id := repo.commit_id(proposal)):
            files = list(files_in_commit(repo, commit_id, _tops(folder)))
        else:
            return Message(N_("“{name}” is neither a folder nor a commit"), {"name": proposal})
        sifted = _sifted(files, folder)
        with _whole(target):
            _copy_base(folder, target, repo)
            return _written(sifted, repo, target, folder)


@contextmanager
def _whole(target: Path) -> Iterator[None]:
    """Leaves nothing at *target*, absent or empty, if it cannot all be written; `WriteError`."""
    was_there = target.exists()
    try:
        yield
    except OSError as error:
        shutil.rmtree(target, ignore_errors=True)
        if was_there:
            with suppress(OSError):
                target.mkdir()
        raise WriteError.of(str(target), error) from error


def _tops(folder: ClubFolder) -> tuple[str, str]:
    return DATA, folder.docs


def _repository(root: Path, *, is_needed: bool) -> AbstractContextManager[Repository | None]:
    """The repository that holds the club, if any; without Git, none unless it *is_needed*."""
    try:
        return Repository.holding(root) or nullcontext()
    except GitMissingError:
        if is_needed:
            raise
        return nullcontext()


def extract(repo: Repository, commit_id: str, target: Path, folder: ClubFolder) -> list[Problem]:
    """Writes into *target* the records and pages of a commit that may be read without trust."""
    files = list(files_in_commit(repo, commit_id, _tops(folder)))
    return _written(_sifted(files, folder), repo, target, folder)


def _written(
    sifted: Sifted, repo: Repository | None, target: Path, folder: ClubFolder
) -> list[Problem]:
    for path, content in contents(sifted.taken, repo):
        if not _is_fit(path, content, sifted):
            continue
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    for top in _tops(folder):
        (target / top).mkdir(parents=True, exist_ok=True)
    return sorted(sifted.problems, key=lambda each: each.sort_key)


def _sifted(files: list[ProposedFile], folder: ClubFolder) -> Sifted:
    """What may be taken, from names, types and sizes alone: nothing is read yet."""
    found = Sifted()
    for each in files:
        suffix = PurePosixPath(each.path).suffix.lower()
        limit = MAX_PAGE if suffix == ".md" else MAX_FILE
        if not each.is_plain:
            found.refuse(each.path, NOT_PLAIN)
        elif not _is_sound(each.path, folder):
            found.refuse(each.path, BAD_PATH)
        elif not _is_known_type(each.path):
            # The main branch's own file of that name stays in its place.
            found.refuse(each.path, BAD_TYPE)
        elif each.size > limit:
            found.refuse(each.path, TOO_BIG, size=each.size, limit=limit)
        elif found.total + each.size > MAX_TOTAL or len(found.taken) >= MAX_FILES:
            found.refuse(each.path, TOO_MUCH)
            break
        else:
            found.total += each.size
            found.taken.append(each)
    return found


def _is_sound(path: str, folder: ClubFolder) -> bool:
    top, *names = path.split("/")
    if top not in _tops(folder) or not names or len(names) > MAX_DEPTH or len(path) > MAX_PATH:
        return False
    hidden = names[-1] == HEAD and top == DATA
    return all(NAME.fullmatch(name) for name in (names[:-1] if hidden else names))


def _is_known_type(path: str) -> bool:
    if path.startswith(f"{DATA}/"):
        return PurePosixPath(path).suffix.lower() in DATA_SUFFIXES
    return is_plain_type(path)


def _is_fit(path: str, content: bytes, sifted: Sifted) -> bool:
    """Whether what the file holds may be built."""
    if path.lower().endswith(".svg") and not is_harmless(content):
        sifted.refuse(path, BAD_DRAWING)
        return False
    if path.lower().endswith(".md") and (fault := _fault_in_front(content)):
        sifted.refuse(path, BAD_FRONT, reason=fault)
        return False
    return True


def _fault_in_front(content: bytes) -> Message | None:
    """What is wrong with a page's front matter, read as strictly as a record."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Message(N_("the file is not UTF-8"))
    front = page_text(text).front
    if len(front) > MAX_FRONT_MATTER:
        return Message(N_("they are too long"))
    problems = parse("", front).problems
    return problems[0].message if problems else None


def _copy_base(folder: ClubFolder, target: Path, repo: Repository | None) -> None:
    """The club's own files, less those that come from the proposal."""
    for path in _own_files(folder.root, repo):
        top = path.split("/", 1)[0]
        if top == DATA or (top == folder.docs and is_plain_type(path)):
            continue
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(folder.root / path, file, follow_symlinks=False)


def _own_files(root: Path, repo: Repository | None) -> Iterator[str]:
    if repo is not None:
        yield from (path for path in repo.tracked() if (root / path).is_file())
        return
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(set(folders) - BUILT)
        yield from (Path(folder, name).relative_to(root).as_posix() for name in sorted(files))
