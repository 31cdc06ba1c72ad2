"""Signs that stand in a text for what is written there later, which nobody can write beforehand.

What a contributor writes is in a file before the key is drawn, and the key is on no page.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from secrets import token_hex

KEY = "".join(chr(0xE010 + int(digit, 16)) for digit in token_hex(16))
"""Signs for private use: Markdown makes no id of them."""
START, END = f"\ue000{KEY}\ue001", "\ue002"
HELD = re.compile(rf"{START}(\d+){END}")


def hold(number: int) -> str:
    """What stands in a text for the thing of that *number*."""
    return f"{START}{number}{END}"


def put(text: str, write: Callable[[int], str]) -> str:
    """*text* with what *write* makes of each number that is held there."""
    return HELD.sub(lambda held: write(int(held[1])), text)
