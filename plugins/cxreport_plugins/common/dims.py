"""Values of dims that come from somebody's own words."""

from __future__ import annotations

import re

WIDEST = 80
"""Characters."""


def plain(wording: str) -> str:
    """Words as the value of a dim: without the signs that would end one in a written key, and not endless."""
    return " ".join(re.sub(r"[\[\],=]", " ", wording).split())[:WIDEST]
