"""Licences by their names: what an SPDX identifier, or the usual name, stands for.

Sources: the SPDX licence list for the identifiers, Creative Commons for the terms and addresses.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from club.model.message import N_, Message
from club.model.view import Link

if TYPE_CHECKING:
    from club.model.graph import Graph

CC = re.compile(r"cc-(by(?:-nc)?(?:-sa|-nd)?)-(\d\.\d)(?:-([a-z]{2,3}))?")
CC_NAMES = {
    "by": N_("Creative Commons Attribution {version}"),
    "by-sa": N_("Creative Commons Attribution – ShareAlike {version}"),
    "by-nd": N_("Creative Commons Attribution – NoDerivatives {version}"),
    "by-nc": N_("Creative Commons Attribution – NonCommercial {version}"),
    "by-nc-sa": N_("Creative Commons Attribution – NonCommercial – ShareAlike {version}"),
    "by-nc-nd": N_("Creative Commons Attribution – NonCommercial – NoDerivatives {version}"),
}
CC_PAGE = "https://creativecommons.org/licenses/"
SPDX_PAGE = "https://spdx.org/licenses/"
OTHERS = {
    "cc0-1.0": (
        "CC0-1.0",
        N_("Creative Commons Zero 1.0 (no rights reserved)"),
        "https://creativecommons.org/publicdomain/zero/1.0/",
    ),
    "etalab-2.0": ("etalab-2.0", N_("Etalab Open Licence 2.0"), ""),
    "odbl-1.0": ("ODbL-1.0", N_("Open Database License (ODbL) 1.0"), ""),
    "mit": ("MIT", N_("MIT licence"), ""),
    "apache-2.0": ("Apache-2.0", N_("Apache licence 2.0"), ""),
    "eupl-1.2": ("EUPL-1.2", N_("European Union Public Licence 1.2"), ""),
    "cecill-2.1": ("CECILL-2.1", N_("CeCILL free software licence 2.1"), ""),
    "gpl-3.0-only": ("GPL-3.0-only", N_("GNU General Public License 3"), ""),
    "gpl-3.0-or-later": ("GPL-3.0-or-later", N_("GNU General Public License 3 or later"), ""),
    "agpl-3.0-or-later": (
        "AGPL-3.0-or-later",
        N_("GNU Affero General Public License 3 or later"),
        "",
    ),
    "lgpl-3.0-or-later": (
        "LGPL-3.0-or-later",
        N_("GNU Lesser General Public License 3 or later"),
        "",
    ),
}
"""The others: the identifier, the name, the licence's page where SPDX's would say less."""


def licence(written: str, graph: Graph | None = None) -> str | Link:
    """The licence *written* by its name, its own page and its short name; other words as written.

    Creative Commons, the Open Licence and those of free software are known.
    """
    folded = re.sub(r"[\s_]+", "-", written.strip().casefold())
    if found := CC.fullmatch(folded):
        terms, version, place = found.groups()
        address = "/".join(each for each in (terms, version, place) if each)
        title = Message(CC_NAMES[terms], {"version": version})
        return Link(title, f"{CC_PAGE}{address}/", _short(found), is_external=True)
    if folded in OTHERS:
        id, name, address = OTHERS[folded]
        return Link(Message(name), address or f"{SPDX_PAGE}{id}.html", is_external=True)
    return written


def short_licence(written: str, graph: Graph | None = None) -> str | Link:
    """The same, short enough for a table: `CC BY-SA 4.0`."""
    said = licence(written, graph)
    if isinstance(said, Link) and said.note:
        return Link(said.note, said.url, is_external=True)
    return said


def _short(found: re.Match[str]) -> str:
    terms, version, place = found.groups()
    return " ".join(each for each in ("CC", terms.upper(), version, (place or "").upper()) if each)
