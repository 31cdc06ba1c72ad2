"""A plan: files to write and to remove, worked out before anything is touched."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Plan:
    """Files to write and to remove, worked out before anything is touched."""

    written: dict[str, str] = field(default_factory=dict)
    removed: tuple[str, ...] = ()

    def apply(self, root: Path) -> None:
        """Writes everything, then removes: an interruption leaves too much, never too little."""
        for path, text in self.written.items():
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            temporary = file.with_name(f".{file.name}.new")
            temporary.write_text(text, encoding="utf-8", newline="")
            os.replace(temporary, file)
        for path in self.removed:
            (root / path).unlink()
        for folder in {(root / path).parent for path in self.removed}:
            if folder.name != "data" and not any(folder.iterdir()):
                folder.rmdir()
