"""What a browser's tab, a search engine and the words of a note say: no path, no marks."""

from __future__ import annotations

import json
import re
from pathlib import Path

from club.publish.data.redirects import redirect_html, redirects
from club.publish.html.render import Renderer
from club.publish.pages.site import Site
from club.publish.words.language import Words
from tests.clubs import REGISTRY, club_of

LEAD = (
    "![Le plan](../plan.png) Un `code`, *deux* mots[^1], [un lien](../a.md), l’_ENT_ "
    "et [[autre|celui-ci]].\n\n- puis\n- enfin\n\n[^1]: Une note."
)
PROJECTS = f"""un:
  name: Projet un
  state: rollout
  aliases: [un-autrefois]
  summary: {json.dumps(LEAD)}
autre:
  name: Projet autre
  state: rollout
"""


def site_of(root: Path) -> Site:
    return Site(club_of(root, {"data/projects.yaml": PROJECTS}).graph, Renderer(REGISTRY, "fr"))


def test_the_title_of_a_former_address_was_a_path(tmp_path: Path) -> None:
    (found,) = redirects(site_of(tmp_path).graph)
    html = redirect_html(found, Words("fr", REGISTRY.catalogues))
    title = re.search("<title>(.*)</title>", html)
    assert title
    assert title[1] == "Projet un (ancienne adresse)"


def test_a_description_held_the_marks_of_markdown(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    record = site.graph.find("un")
    assert record is not None
    page = site.page(record)
    assert page.description == (
        "Le plan Un code, deux mots, un lien, l’ENT et celui-ci. puis enfin"
    )
    assert "Revenir à l’appel de la note 1" in page.html
