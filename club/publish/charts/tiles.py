"""A map of the French départements, one square each: where the square of each stands.

Drawn here by hand, for nobody's outlines: neighbours stay neighbours as far as squares can, areas
and distances are not kept. Overseas, the squares stand in the corner that the mainland leaves free.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

ROWS = """
971 972 973 .   .   .   .   62  59  .   .   .   .
974 976 .   .   .   .   76  80  02  08  .   .   .
.   .   .   .   50  14  27  60  51  55  54  57  67
29  22  35  53  61  78  95  93  77  10  52  88  68
.   56  44  49  72  28  92  75  94  89  21  70  90
.   .   85  79  37  41  45  91  58  71  39  25  .
.   .   17  86  36  18  03  42  69  01  74  .   .
.   .   16  87  23  63  43  07  26  38  73  .   .
.   33  24  19  15  48  30  84  04  05  .   .   .
.   40  47  46  12  34  13  83  06  .   .   .   .
.   64  32  82  81  11  .   .   .   .   .   2B  .
.   .   65  31  09  66  .   .   .   .   .   2A  .
"""
NONE = "."

Square = tuple[int, int]
"""A column and a row."""


def _placed() -> Mapping[str, Square]:
    lines = [line.split() for line in ROWS.strip().splitlines()]
    return {
        code: (column, row)
        for row, line in enumerate(lines)
        for column, code in enumerate(line)
        if code != NONE
    }


SQUARES = _placed()
OVERSEAS_LINE = 1 + max(row for code, (_, row) in SQUARES.items() if code.startswith("97"))
"""The row beneath the squares of overseas, which is free there."""
COLUMNS = 1 + max(column for column, _ in SQUARES.values())


def squares(codes: Iterable[str]) -> Mapping[str, Square]:
    """Every square of the map; those of *codes* that it does not know stand in rows beneath it."""
    below = 1 + max(row for _, row in SQUARES.values())
    others = sorted({*codes} - {*SQUARES})
    added = {code: (index % COLUMNS, below + index // COLUMNS) for index, code in enumerate(others)}
    return {**SQUARES, **added}
