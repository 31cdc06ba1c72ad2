"""A word now and then for whoever waits."""

from __future__ import annotations

import time
from collections.abc import Callable

SECONDS_BETWEEN_REPORTS = 2.0


def now_and_then(report: Callable[[int], None]) -> Callable[[int], None]:
    """*report*, but only when two seconds have gone by since the start or the last time."""
    last = time.monotonic()

    def maybe(count: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= SECONDS_BETWEEN_REPORTS:
            last = now
            report(count)

    return maybe
