"""The settings of the club, of which MkDocs has read the values already."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import yaml_load

from club.model.folder import ClubFolder, named
from club.model.publication import published_without
from club.model.registry import RegistryError
from club.publish.reports.problems import text
from club.publish.words.language import LANGUAGES, Words
from club.read.registry import CATALOGUES, find_registry
from club.read.settings import Settings, repeated, source_of
from club.read.settings_checks import check_settings


def settings_of(config: MkDocsConfig) -> Settings:
    """What the settings of the site say to the club, and where they stand in their file."""
    path = Path(config.config_file_path).resolve()
    said = {
        "docs_dir": config.docs_dir,
        "extra": dict(config.extra),
        "repo_url": config.repo_url,
        "theme": {"language": config.theme.get("language")},
    }
    source = source_of(path.parent, path.name)
    return Settings(said, source.content, repeated(source), root=path.parent, file=path.name)


def language_of(config: MkDocsConfig) -> str:
    """The language of the site, or English for one that the club does not speak."""
    said = str(config.theme.get("language") or config.theme.locale.language)
    return said if said in LANGUAGES else "en"


def club_folder(
    settings: Settings, config: MkDocsConfig, language: str, *, is_serving: bool
) -> ClubFolder:
    """Where the club of this site is written, and its kinds; every fault stops the build.

    Drafts are among its pages while it is being served.
    """
    root = settings.root
    try:
        registry = find_registry(root)
    except RegistryError as error:
        words = Words(language, [root / CATALOGUES])
        raise ConfigurationError(words.say(error.message)) from error
    words = Words(language, registry.catalogues)
    if faults := [text(each, words) for each in check_settings(settings, registry)]:
        raise ConfigurationError("\n".join(faults))
    with Path(config.config_file_path).open("rb") as file:
        said = named(yaml_load(file))
    published = published_without(config.exclude_docs, None if is_serving else config.draft_docs)
    kinds = registry.less(settings.without)
    return ClubFolder(root, kinds, settings.docs, said, published, settings.least_count)
