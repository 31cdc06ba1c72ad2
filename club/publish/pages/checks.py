"""What only the pages of the site tell is wrong with a club."""

from __future__ import annotations

from club.publish.pages.addresses import check_addresses
from club.read.attachments import check_attachments
from club.read.load import Club
from club.read.sections import check_sections


def check_pages(club: Club) -> Club:
    """*club* with what is wrong with its pages, for those who are about to publish it."""
    return club.with_errors(
        [*check_attachments(club), *check_sections(club), *check_addresses(club)]
    )
