"""The settings with which stock MkDocs and Zensical publish the folder: no plugin of ours."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import yaml

from club.model.names import PAGE_SUFFIX, page_address

KEPT = ("site_name", "site_description", "site_url", "repo_url", "repo_name", "copyright")
OF_THEME = ("language", "palette", "logo", "favicon")
STYLE, SCRIPT = "assets/club/club.css", "assets/club/club.js"


def portable_settings(config: Mapping[str, Any], urls: Collection[str]) -> str:
    """What `mkdocs.yml` says in the folder; *config* is the club's, *urls* are the pages'."""
    theme = config.get("theme")
    theme = theme if isinstance(theme, Mapping) else {}
    said: dict[str, Any] = {name: config[name] for name in KEPT if config.get(name)}
    said |= {
        "use_directory_urls": True,
        "edit_uri": "",
        "theme": {
            "name": "material",
            "font": False,
            **{name: theme[name] for name in OF_THEME if theme.get(name)},
        },
        "plugins": ["search"],
        "markdown_extensions": [],
        "extra_css": [STYLE],
        "extra_javascript": [SCRIPT],
        "validation": {
            "omitted_files": "ignore",
            "absolute_links": "warn",
            "unrecognized_links": "warn",
            "anchors": "warn",
        },
    }
    if nav := portable_nav(config.get("nav"), urls):
        said["nav"] = nav
    return yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=99)


def portable_nav(nav: Any, urls: Collection[str]) -> Any:
    """*nav* with each page where it is in the folder, less those that are not there."""
    if isinstance(nav, list):
        kept = (portable_nav(each, urls) for each in nav)
        return [each for each in kept if each]
    if isinstance(nav, Mapping):
        moved = {title: portable_nav(each, urls) for title, each in nav.items()}
        return {title: each for title, each in moved.items() if each}
    if not isinstance(nav, str) or not nav.endswith(PAGE_SUFFIX):
        return nav
    address = page_address(nav)
    url = f"{address}/" if address else ""
    return f"{url}index.md" if url in urls else None
