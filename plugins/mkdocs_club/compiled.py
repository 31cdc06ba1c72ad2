"""Compiled templates, kept from one build to the next and trusted only when they are whole."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

LENGTH = hashlib.sha256().digest_size


class CompiledTemplates(BytecodeCache):
    """One file a template, behind a mark of what it holds.

    Jinja's own cache hands what it finds to `marshal`, which a damaged file makes crash.
    """

    def __init__(self, folder: Path) -> None:
        """*folder* is made when something is kept there."""
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fills *bucket* if what is kept of it is whole."""
        with suppress(OSError):
            raw = self._file(bucket).read_bytes()
            if raw[:LENGTH] == hashlib.sha256(raw[LENGTH:]).digest():
                bucket.bytecode_from_string(raw[LENGTH:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps *bucket* in one move, or not at all where nothing can be written."""
        raw = bucket.bytecode_to_string()
        file = self._file(bucket)
        new = file.with_name(f".{file.name}.{os.getpid()}")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            new.write_bytes(hashlib.sha256(raw).digest() + raw)
            os.replace(new, file)
        except OSError:
            with suppress(OSError):
                new.unlink()

    def _file(self, bucket: Bucket) -> Path:
        return self._folder / bucket.key
