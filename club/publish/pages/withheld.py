"""Which files go with what is for members, told from the pages that the public would read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from club.model.folder import ClubFolder
from club.model.graph import TEXT, Graph
from club.model.names import PAGE_SUFFIX
from club.model.problem import Problem
from club.model.record import Audience, Examples, Record
from club.publish.html.own_templates import TemplateError
from club.publish.html.render import Renderer
from club.publish.html.wiki import WikiConverter
from club.publish.pages.site import Site
from club.publish.words.language import Words
from club.read.attachments import files_under, is_plain_type
from club.read.load import Club
from club.read.withheld import Withheld


def withheld_of(folder: ClubFolder, whole: Graph, shown: Graph) -> Withheld:
    """The files that the readers of *shown* may not have."""
    return Withheld(folder, whole, shown, _Pages(folder, whole, shown).html)


def check_withheld(club: Club, examples: Examples = Examples.SHOWN) -> Iterator[Problem]:
    """Each public link to a file that only what is for members leads to by its path.

    Or what is made up, where *examples* are hidden: whoever reads then, they do not lead there.
    """
    if club.stopping:  # what an error hides would seem not to link to it
        return
    if files := _files_beside(club.folder):
        public, members = (
            club.restricted(each, examples) for each in (Audience.PUBLIC, Audience.MEMBERS)
        )
        made_up = withheld_of(club.folder, club.graph, members)
        yield from withheld_of(club.folder, club.graph, public).dead_links(files, made_up)


def files_beside(club: Club) -> dict[str, bool] | None:
    """The files beside the pages, and whether each is public; None where errors hide what leads."""
    if club.stopping:
        return None
    files = [each for each in _files_beside(club.folder) if is_plain_type(each)]
    if not files:
        return {}
    withheld = withheld_of(club.folder, club.graph, club.restricted(Audience.PUBLIC))
    return {each: each not in withheld for each in files}


def _files_beside(folder: ClubFolder) -> list[str]:
    docs = folder.root / folder.docs
    paths = (file.relative_to(docs).as_posix() for file, _ in files_under(folder.root, folder.docs))
    return [each for each in paths if not each.endswith(PAGE_SUFFIX) and folder.publishes(each)]


class _Pages:
    """Makes pages one by one, without the words of their past and of the theme."""

    def __init__(self, folder: ClubFolder, whole: Graph, shown: Graph) -> None:
        self._folder, self._whole, self._shown = folder, whole, shown

    @cached_property
    def _site(self) -> Site:
        return Site(self._shown, Renderer(self._folder.registry, "en"))

    @cached_property
    def _wiki(self) -> WikiConverter:
        return WikiConverter(self._shown, self._whole, Words("en"), self._folder.named.extensions)

    def html(self, record: Record) -> str:
        """The page of *record*; nothing if it takes a template or an extension that fails."""
        try:
            if not record.is_page:
                return self._site.page(record).html
            return self._wiki.convert(record.id, getattr(record, TEXT), lambda block: "")
        except (ImportError, TemplateError):  # the build tells it
            return ""
