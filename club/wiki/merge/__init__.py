"""Three-way merging of the club's files, by record and by field."""

from club.wiki.merge.driver import MergedFile, merge_path
from club.wiki.merge.files import merge_texts
from club.wiki.merge.result import Conflict, Merged

__all__ = ["Conflict", "Merged", "MergedFile", "merge_path", "merge_texts"]
