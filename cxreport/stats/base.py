"""Base sizes: how few people are too few to show, to test, or to show without a mark.

The defaults follow common practice in market research: no test under a base of 30, a small-base mark under
100 (UNICOM Intelligence, Ypulse), and nothing at all under 10, where a number would also point at people.
"""

from __future__ import annotations

from typing import Final, Literal

HIDDEN_BELOW: Final = 10
"""Under this base nothing is shown."""
TESTED_FROM: Final = 30
"""From this base on a number may be tested, ranked and given an arrow."""
PLAIN_FROM: Final = 100
"""From this base on a number is shown without a mark."""

BaseStatus = Literal["hidden", "small_base", "ok"]
Mark = Literal["", "*", "**"]


def base_status(n: float) -> BaseStatus:
    """What a base allows: ``hidden`` under 10, ``small_base`` (shown with a mark) under 100, else ``ok``."""
    if not n >= HIDDEN_BELOW:
        return "hidden"
    return "ok" if n >= PLAIN_FROM else "small_base"


def mark(n: float) -> Mark:
    """The small-base mark printed beside a number: ``**`` under 30, ``*`` under 100, else nothing."""
    if not n >= TESTED_FROM:
        return "**"
    return "" if n >= PLAIN_FROM else "*"


def may_test(n: float) -> bool:
    """Whether a number on base ``n`` may be tested against another, ranked, or given an arrow."""
    return n >= TESTED_FROM
