"""The filters of a table: their values, how many rows have each, and what each is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from club.model.message import Choice, Message
from club.model.slug import address_part
from club.model.view import ChoiceView, FacetView, Link

Values = Sequence[tuple[Choice | Link, ...]]
"""What each row of a table has for one filter."""


def slug_of(choice: Choice | Link) -> str:
    """The key of a filter's value: an enumeration's value, or the last part of a page's address."""
    if isinstance(choice, Choice):
        return str(choice.value)
    own = choice.url.rstrip("/").rpartition("/")[2]
    return own or address_part(choice.key or str(choice.title))


def slugs_of(values: tuple[Choice | Link, ...]) -> tuple[str, ...]:
    """The keys of what one row has for a filter."""
    return tuple(map(slug_of, values))


def facet_view(
    key: str,
    label: str,
    values: Values,
    examples: Sequence[bool],
    url: Callable[[Choice | Link], str],
) -> FacetView:
    """The filter *key*; *examples* says which rows are made up, *url* where a value is alone."""
    counts = Counter(each for row in values for each in dict.fromkeys(row))
    made_up = Counter(
        each
        for row, is_example in zip(values, examples, strict=True)
        for each in (dict.fromkeys(row) if is_example else ())
    )
    return FacetView(
        key,
        label,
        tuple(
            ChoiceView(
                slug_of(each),
                Message(each.label) if isinstance(each, Choice) else each.title,
                counts[each],
                url(each),
                made_up[each],
                isinstance(each, Link) and each.is_example,
            )
            for each in sorted(counts, key=_order)
        ),
    )


def _order(choice: Choice | Link) -> tuple[int, str]:
    if isinstance(choice, Choice):
        return (list(choice.__class__).index(choice), "")
    return (0, (choice.key or str(choice.title)).casefold())
