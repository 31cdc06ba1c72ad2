"""Hold the guide of the data against the kinds of records: it names every collection."""

import re
import sys
from pathlib import Path

from club.read.registry import find_registry

GUIDE = Path("docs/donnees.md")


def main() -> int:
    """1 if a collection has no row in the table, or a row names none."""
    rows = (each.split("|")[1] for each in GUIDE.read_text("utf-8").splitlines() if "| `" in each)
    named = {name for row in rows for name in re.findall(r"`([a-z-]+)`", row)}
    held = {each.model.collection for each in find_registry().kinds}
    wrong = sorted(named ^ held)
    sys.stderr.writelines(f"{GUIDE}: {each}\n" for each in wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
