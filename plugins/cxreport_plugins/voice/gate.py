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
SAID = pl.col("said")
FOREIGN_CUE, RETWEET, LINK, PASS = -2, -2, -1, 1
"""Worth of a cue against, of a quoted "RT @", of a link; the score that passes."""


@dataclass(frozen=True)
class Gate:
    """Cues of one language."""

    language: str
    customer: tuple[str, ...]
    against: Mapping[str, tuple[str, ...]]
    """Kind of voice that is no customer → its patterns."""

    def judge(self, texts: pl.DataFrame) -> pl.DataFrame:
        """Columns `passes`, and `rule`: the kind of cue against that weighs most, or what else was missing.

        `texts` has `said`, the folded text, and `addressed`, what addressing the company is worth. Cues of customers
        only add to the score, so they are counted, one by one, where it is still too low to pass.
        """
        judged = texts.select("addressed", **{kind: _count(patterns) for kind, patterns in self.against.items()},
                              retweet=SAID.str.contains(r"\brt @"), link=SAID.str.contains(r"https?://"))  # fmt: skip
        judged = judged.select(self._rule(), score=self._against() + pl.col("addressed"))
        score = judged["score"]
        for pattern in self.customer:
            low = (score < PASS).arg_true()
            score = score.scatter(low, score.gather(low) + texts["said"].gather(low).str.count_matches(pattern))
        return judged.select("rule", passes=score >= PASS)

    def _against(self) -> pl.Expr:
        hits = FOREIGN_CUE * pl.sum_horizontal(*self.against)
        return hits + RETWEET * pl.col("retweet").cast(pl.Int64) + LINK * pl.col("link").cast(pl.Int64)

    def _rule(self) -> pl.Expr:
        most = pl.max_horizontal(*self.against)
        other = pl.when("retweet").then(pl.lit("retweet")).otherwise(pl.lit("no_cue"))
        kinds = [pl.when(pl.col(kind) == most).then(pl.lit(kind)) for kind in self.against]
        return pl.when(most == 0).then(other).otherwise(pl.coalesce(kinds)).alias("rule")


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


def _count(patterns: tuple[str, ...]) -> pl.Expr:
    return pl.sum_horizontal(SAID.str.count_matches(pattern).cast(pl.Int64) for pattern in patterns)
