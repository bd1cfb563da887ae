"""What the exports of Freshdesk have in common: a rating is a code or its words, on seven steps."""

from __future__ import annotations

from typing import Final

METRIC: Final = "custom"
LOWEST, HIGHEST = 1.0, 7.0
CODES: Final = {-103: 1.0, -102: 2.0, -101: 3.0, 100: 4.0, 101: 5.0, 102: 6.0, 103: 7.0}
"""Code of an answer → its step: 103 is extremely happy, 100 neutral, -103 extremely unhappy."""
WORDS: Final = {
    "extremely unhappy": 1.0, "very unhappy": 2.0, "unhappy": 3.0, "neutral": 4.0,
    "happy": 5.0, "very happy": 6.0, "extremely happy": 7.0,
}  # fmt: skip
"""The words that Freshdesk proposes for the same steps; an account may have others."""
WORDS_NOTE: Final = (
    "Survey results are taken for the seven answers that Freshdesk proposes, extremely unhappy (1) to extremely happy "
    "(7); confidence fair. Other words are kept without a value."
)
NOTE: Final = (
    "Freshdesk writes ratings as codes: 101, 102 and 103 read as happy, very and extremely happy, 100 as neutral, "
    "-101 to -103 as unhappy to extremely unhappy, and so as steps 5 to 7, 4 and 3 to 1. These meanings are known "
    "from common use, not from a verified export: confidence fair. An account with fewer answers uses only some."
)
