"""Three-way merging of the club's files, by record and by field."""

from club.merge.driver import MergedFile, merge_path
from club.merge.result import Conflict, Merged
from club.merge.texts import merge_texts

__all__ = ["Conflict", "Merged", "MergedFile", "merge_path", "merge_texts"]
