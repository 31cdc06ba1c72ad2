"""The page of recent changes, by day and by commit."""

from __future__ import annotations

from club.model.message import N_, Message
from club.publish.data.feeds import ALL
from club.publish.html.render import RenderedPage, Renderer, prefix_of
from club.publish.words.changelog import Changelog, day_of

NEWS = "news/"
RECENT_CHANGES = N_("Recent changes")


def news_page(changelog: Changelog, renderer: Renderer) -> RenderedPage:
    """The latest changes that an audience may read."""
    days = tuple(changelog.days())
    words = renderer.words
    began = changelog.timeline.began
    return RenderedPage(
        url=NEWS,
        collection="",
        title=words.say(Message(RECENT_CHANGES)),
        html=str(
            renderer.render(
                "news.html.jinja",
                prefix_of(NEWS),
                days=days,
                feed=ALL,
                began=day_of(began) if began else None,
            )
        ),
        contents=tuple((f"day-{at}", words.say(day.date)) for at, day in enumerate(days, 1)),
        in_search=False,
    )
