"""Merging by record and field: three versions of a file in, one out, with its conflicts."""

from club.merge.driver import MergedFile, merge_path
from club.merge.result import Conflict, Merged
from club.merge.texts import merge_texts

__all__ = ["Conflict", "Merged", "MergedFile", "merge_path", "merge_texts"]
