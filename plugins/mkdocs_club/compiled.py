"""Compiled templates, kept from one build to the next and trusted only when they are whole."""

from __future__ import annotations

from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

from club.history.kept import keep, kept


class CompiledTemplates(BytecodeCache):
    """One file a template, behind a mark of what it holds.

    Jinja's own cache hands what it finds to `marshal`, which a damaged file makes crash.
    """

    def __init__(self, folder: Path) -> None:
        """*folder* is made when something is kept there."""
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fills *bucket* if what is kept of it is whole."""
        if (raw := kept(self._file(bucket))) is not None:
            bucket.bytecode_from_string(raw)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps *bucket*, if it can be."""
        keep(self._file(bucket), bucket.bytecode_to_string())

    def _file(self, bucket: Bucket) -> Path:
        return self._folder / bucket.key
