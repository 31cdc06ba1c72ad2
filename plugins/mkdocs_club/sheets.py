"""The style sheets of a site, cut down to what its pages use once all of them are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from club.publish.html.styles import Used, compact, pruned
from club.publish.write import write
from mkdocs_club.start import TO_COME

NAMES = re.compile(rf"assets/(?:stylesheets/(?:main|palette)|club/club)\.{TO_COME}\.css".encode())
HEAD_BYTES = 16_384
"""Where the style sheets of a page are named."""
THEIRS = "assets/javascripts"
"""Scripts that no page has when it starts."""


def prune_sheets(folder: Path) -> None:
    """Writes the style sheets that the pages under *folder* name, and gives them their names."""
    used, naming = Used(), []
    for path in sorted(folder.rglob("*.html")):
        html = path.read_bytes()
        used.add_page(html)
        if NAMES.search(html, 0, HEAD_BYTES):
            naming.append(path)
    for path in folder.rglob("*.js"):
        if not path.relative_to(folder).as_posix().startswith(THEIRS):
            used.add_script(path.read_text("utf-8", "replace"))
    names = dict(_written(folder, used)) if naming else {}
    for path in naming:
        _name(path, names)
    for path in [*folder.glob(f"{THEIRS}/**/*.map"), *folder.glob("assets/stylesheets/*.map")]:
        path.unlink()


def _written(folder: Path, used: Used) -> Iterator[tuple[bytes, bytes]]:
    """Each style sheet: the name that pages give it so far, and its own; both as long."""
    sheets = set(folder.rglob("*.css"))
    for start, path in _sources(folder):
        css = path.read_text("utf-8")
        for other in sheets - {path}:
            used.add_sheet(other.read_text("utf-8", "replace"))
        small = compact(css) if path.name == "club.css" else pruned(css, used)
        small = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", small)
        name = f"{start}.{sha256(small.encode()).hexdigest()[: len(TO_COME)]}.css"
        write(folder, name, small)
        yield f"{start}.{TO_COME}.css".encode(), name.encode()


def _sources(folder: Path) -> Iterator[tuple[str, Path]]:
    for start in ("main", "palette"):
        for path in sorted(folder.glob(f"assets/stylesheets/{start}.*.min.css")):
            yield f"assets/stylesheets/{start}", path
    if (ours := folder / "assets/club/club.css").exists():
        yield "assets/club/club", ours


def _name(path: Path, names: dict[bytes, bytes]) -> None:
    """Writes the true names over those that stand in the page at *path*, which keeps its size."""
    with path.open("r+b") as file:
        head = file.read(HEAD_BYTES)
        file.seek(0)
        file.write(NAMES.sub(lambda found: names.get(found[0], found[0]), head))
