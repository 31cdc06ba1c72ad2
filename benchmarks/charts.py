"""Times pictures: the libraries loaded, the first drawn, others, and those that were kept.

python benchmarks/charts.py --rounds 5
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from club.model.dates import PartialDate
from club.model.message import Message
from club.model.view import CellView, ChartForm, ChartView, Link, RowView, TableView
from club.publish.charts.charts import Charts
from club.publish.words.language import Words

ROWS = 20
FIRST = "import altair, vl_convert"


def chart(form: ChartForm, number: int) -> ChartView:
    """A picture of 20 rows, another for each *number*."""
    rows = tuple(RowView(cells(form, each, number)) for each in range(ROWS))
    columns = {"spans": (1, 2, 3), "tiles": (1,)}.get(form, (1, 2))
    table = TableView(f"Chart {number}", ("a", "b", "c", "d"), rows)
    return ChartView(form, table, columns, Message("Seen"))


def cells(form: ChartForm, row: int, number: int) -> tuple[CellView, ...]:
    """What stands in a row."""
    day, later = (PartialDate.parse(f"{year}-01") for year in (1990 + row, 1991 + row + number))
    match form:
        case "spans":
            found: tuple[object, ...] = (f"Row {row}", day, later, "")
        case "tiles":
            found = (f"{row + 1:02}", Link(f"Project {row % 5 + number}", "p/"), "", "")
        case "lines":
            found = (day, row + number, 2 * row, "")
        case _:
            found = (f"Row {row}", row + number, 2 * row, "")
    return tuple(CellView((each,)) for each in found)


def timed(charts: Charts, some: list[ChartView]) -> float:
    """The median time of one of *some*, in milliseconds."""
    times = []
    for each in some:
        start = time.perf_counter()
        found = charts.picture(each)
        times.append(1000 * (time.perf_counter() - start))
        assert found
    return median(times)


def main() -> None:
    """Prints a line for each form."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    alone = time.perf_counter() - start
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", FIRST], check=True)
    print(f"the libraries: {time.perf_counter() - start - alone:.2f} s")
    with tempfile.TemporaryDirectory() as place:
        charts = Charts(Words("fr"), Path(place), lambda problem: print(problem.message.params))
        print(f"the first, libraries and all: {timed(charts, [chart('bars', 99)]) / 1000:.2f} s")
        forms: tuple[ChartForm, ...] = ("bars", "lines", "spans", "heat", "tiles")
        for form in forms:
            some = [chart(form, number) for number in range(rounds)]
            drawn, again = timed(charts, some), timed(charts, some)
            size = sum(len(p.svg) for each in some if (p := charts.picture(each))) / rounds
            print(f"{form}: {drawn:.0f} ms, kept {again:.2f} ms, {size / 1024:.1f} KiB")


if __name__ == "__main__":
    main()
