"""The gate of cues: does this post read like a customer, or like news, an advert, a job offer, spam?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import polars as pl
import yaml

LANGUAGES = ("en", "ru")
"""Languages that have a gate."""
CUSTOMER = "customer"
FOREIGN_CUE, RETWEET, LINK, PASS = -2, -2, -1, 1
"""Worth of a cue against, of a quoted "RT @", of a link; the score that passes."""


@dataclass(frozen=True)
class Gate:
    """Cues of one language."""

    language: str
    customer: tuple[str, ...]
    against: Mapping[str, tuple[str, ...]]
    """Kind of voice that is no customer → its patterns."""

    def judge(self, text: pl.Expr, addressed: pl.Expr) -> pl.Expr:
        """Struct of `score`, and `rule`: the kind of cue against that weighs most, or what else was missing.

        `text` is folded; `addressed` is what addressing the company is worth.
        """
        hits = {kind: _count(text, patterns) for kind, patterns in self.against.items()}
        retweet = text.str.contains(r"\brt @")
        link = text.str.contains(r"https?://")
        score = (
            _count(text, self.customer)
            + FOREIGN_CUE * pl.sum_horizontal(hits.values())
            + RETWEET * retweet.cast(pl.Int64)
            + LINK * link.cast(pl.Int64)
            + addressed
        )
        most = pl.max_horizontal(hits.values())
        other = pl.when(retweet).then(pl.lit("retweet")).otherwise(pl.lit("no_cue"))
        kinds = [pl.when(count == most).then(pl.lit(kind)) for kind, count in hits.items()]
        rule = pl.when(most == 0).then(other).otherwise(pl.coalesce(kinds))
        return pl.struct(score.alias("score"), rule.alias("rule"))


@cache
def gate(language: str) -> Gate:
    """The gate of one of `LANGUAGES`."""
    path = files(__package__) / "gates" / f"{language}.yaml"
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    lists = {kind: tuple(lines.splitlines()) for kind, lines in raw.items() if kind != "language"}
    return Gate(language, lists.pop(CUSTOMER), lists)


def fold(text: pl.Expr) -> pl.Expr:
    """The form in which cues are looked for."""
    return text.str.to_lowercase().str.replace_all("ё", "е", literal=True).str.replace_all("’", "'", literal=True)


def _count(text: pl.Expr, patterns: tuple[str, ...]) -> pl.Expr:
    return pl.sum_horizontal(text.str.count_matches(pattern).cast(pl.Int64) for pattern in patterns)
