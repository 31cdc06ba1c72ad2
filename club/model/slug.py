"""Words to a name that every file system, address and branch takes."""

from __future__ import annotations

import re
from hashlib import blake2b
from unicodedata import combining, normalize

LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss"})


def slug(text: str, longest: int = 0) -> str:
    """*text* in lower-case ASCII, words apart by hyphens, cut between words at *longest*."""
    letters = normalize("NFKD", text.translate(LIGATURES)).lower()
    plain = "".join(each for each in letters if not combining(each))
    found = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if not longest or len(found) <= longest:
        return found
    return found[: longest + 1].rpartition("-")[0] or found[:longest]


LONGEST_PART = 80


def address_part(text: str) -> str:
    """*text* as one part of an address: always the same for the same words, and never empty."""
    found = slug(text, LONGEST_PART)
    return found or f"x{blake2b(text.encode(), digest_size=6).hexdigest()}"
