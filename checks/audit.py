"""Says what pip-audit found, from its JSON: `make audit`.

pip-audit says “No known vulnerabilities found” of packages that it could not look up, too.
"""

from __future__ import annotations

import json
import sys

FOUND, NOT_LOOKED = 1, 2


def main() -> int:
    """0 if every package was looked up and nothing is known of any, 1 if something is, else 2."""
    try:
        packages = json.loads(sys.stdin.read())["dependencies"]
    except (ValueError, KeyError, TypeError):
        packages = []  # it said why it stopped
    skipped = [each["name"] for each in packages if "skip_reason" in each]
    known = [
        f"{each['name']} {each['version']}: {found['id']}"
        f" (mended in {', '.join(found['fix_versions']) or 'no version'})"
        for each in packages
        for found in each.get("vulns", ())
    ]
    looked = len(packages) - len(skipped)
    for line in known:
        print(line)
    if not looked:
        print("Nothing could be looked up: this says nothing of the dependencies.")
    elif not known:
        print(f"Nothing is known of the {looked} packages that were looked up.")
    if looked and skipped:
        print(f"These could not be looked up: {', '.join(skipped)}.")
    return FOUND if known else NOT_LOOKED if skipped or not looked else 0


if __name__ == "__main__":
    sys.exit(main())
