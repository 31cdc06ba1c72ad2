"""Reports of progress, as many as a reader can follow."""

from __future__ import annotations

import time
from collections.abc import Callable

SECONDS_BETWEEN_REPORTS = 2.0


def throttled(report: Callable[[int], None]) -> Callable[[int], None]:
    """*report*, called only when two seconds have gone by since the start or the last time."""
    last = time.monotonic()

    def report_if_due(count: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= SECONDS_BETWEEN_REPORTS:
            last = now
            report(count)

    return report_if_due
