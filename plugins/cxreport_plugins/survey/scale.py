"""Scales of answers: their bounds, who says so, and the values of answers on them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from cxreport_plugins.survey.profile import Profile, score
from cxreport_plugins.survey.words import plain, words

ScaleSource = Literal["spec", "file", "labels", "observed", "user"]
_BOUNDS = re.compile(r"(?<!\d)([01])\s*(?:[-–—…]|\.\.+|to|bis|à|a|au|до|tot|til)\s*(4|5|6|7|10)(?!\d)", re.I)
_USUAL = (5.0, 7.0, 10.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """From `low` to `high`; with `is_reversed` the low end is the good one."""

    low: float
    high: float
    source: ScaleSource
    is_reversed: bool = False
    labels: Mapping[str, float] = field(default_factory=dict)
    """Answers in words, plain (`words.plain`), and their values."""

    def __str__(self) -> str:
        return f"{self.low:g}–{self.high:g}"

    def raw(self, cells: pl.Expr) -> pl.Expr:
        """The number that a cell stands for, inside the scale or not; null where it stands for none."""
        if not self.labels:
            return score(cells)
        table = dict(self.labels)
        spoken = _plain(cells).replace_strict(table, default=None, return_dtype=pl.Float64)
        return pl.coalesce(score(cells), spoken)

    def value(self, cells: pl.Expr, *, whole: bool = False) -> pl.Expr:
        """The answer in units of the scale; null when it lies outside or, if `whole`, between its points."""
        raw = self.raw(cells)
        inside = raw.is_between(self.low, self.high)
        return pl.when(inside & (raw % 1 == 0) if whole else inside).then(raw)


NPS = Scale(0, 10, "spec")


def _plain(cells: pl.Expr) -> pl.Expr:
    """`words.plain` as an expression."""
    lower = cells.str.to_lowercase().str.replace_all("’", "'", literal=True)
    return lower.str.replace_all(r"\s+", " ").str.strip_chars(" .:!*")


def stated(text: str) -> Scale | None:
    """The scale that a question's own text states (`from 1 to 7`), if it does."""
    found = _BOUNDS.search(text)
    return Scale(float(found[1]), float(found[2]), "file") if found else None


def labelled(metric: str, profile: Profile) -> Scale | None:
    """The agreed label set that holds all answers, when at least two of its labels occur."""
    spoken = {plain(value) for value in profile.values} - words().no_answer
    for labels in words().scales.get(metric, ()):
        if len(spoken) > 1 and spoken <= set(labels):
            return Scale(1, max(labels.values()), "labels", labels=labels)
    return None


def observed(profile: Profile) -> Scale | None:
    """The usual scale that just holds all answers: 1–5, 1–7, 1–10 or, with zeros, 0–10."""
    if profile.low is None or profile.high is None or profile.low < 0 or profile.high > 10:
        return None
    if profile.low == 0:
        return Scale(0, 10, "observed")
    return Scale(1, min(top for top in _USUAL if top >= profile.high), "observed")
