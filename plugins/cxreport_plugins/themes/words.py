"""What the parts of the section say alike: names of themes, and which of them clearly changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cxreport.api import Edition, Result
from cxreport_plugins.common.say import testable

SHARE, FEELING, CHANGE, PHRASES = "themes.share", "themes.sentiment", "themes.change", "themes.phrases"
Q = 0.10
"""Accepted share of false discoveries."""
LEAST_CHANGE = 2.0
"""Points; a smaller change is none, however sure (methods: effect-size floor)."""


@dataclass(frozen=True)
class Names:
    """Labels by id."""

    labels: Mapping[str, str]

    def of(self, result: Result) -> str:
        """The label of a result's theme."""
        theme = result.dims["theme"]
        return self.labels.get(theme, theme)


def names(edition: Edition) -> Names:
    """The labels that the codebook gave."""
    listed = edition.get(SHARE, part="codebook")
    return Names({row["id"]: row["label"] for row in listed.rows} if listed else {})


def changed(result: Result) -> bool:
    """Whether a change is clear: adjusted for all themes, its interval without zero, and not too small."""
    if not testable(result) or not result.rows:
        return False
    clear = (result.low or 0) > 0 or (result.high or 0) < 0
    return clear and result.rows[0]["q"] < Q and abs(result.value or 0) >= LEAST_CHANGE


def risen(edition: Edition) -> list[Result]:
    """Themes that clearly rose."""
    return [r for r in edition.cut(CHANGE, "theme") if changed(r) and (r.value or 0) > 0]
