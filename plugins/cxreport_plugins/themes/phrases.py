"""The measure `themes.phrases`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, MeasureOptions, Method, Result, Scope
from cxreport_plugins.themes import periods
from cxreport_plugins.themes.logodds import log_odds
from cxreport_plugins.themes.periods import BOUNDS, LATE
from cxreport_plugins.themes.stopwords import ALONE, LANGUAGES, verdicts
from cxreport_plugins.themes.wording import Frame, spoken

SAMPLE = 50_000
"""Texts a language whose phrases are counted: those with the smallest record ids, which are hashes."""
PEOPLE = 10
"""People who must use a phrase before it is counted anywhere: what fewer say may tell who they are."""
CANDIDATES = 5_000
"""Phrases a language that are compared: those of the most people."""
FEWEST = 30
"""People that either group must have."""
Q = 0.10
"""Accepted share of false discoveries among what is listed."""
SHOWN = 12
"""Phrases listed for either side."""
CONTRASTS = ("sentiment", "time")


class PhrasesOptions(MeasureOptions):
    """What is left out."""

    ignore: tuple[str, ...] = ()
    """Words that have no subject in this audit, such as the letters of a flight number."""


class Phrases(Measure):
    """Phrases that set groups of texts apart: negative from positive, the last third of the period from before.

    One series a contrast and language (dims `contrast`, `lang`). Its rows hold `phrase`, `side` (`negative`,
    `positive`, `late`, `before`), `odds` (ratio, above 1 on its own side) with `low` and `high`, `z`, `q`, and
    `people`, rounded down to fives.
    """

    name: ClassVar[str] = "themes.phrases"
    Options: ClassVar[type[PhrasesOptions]] = PhrasesOptions
    title: ClassVar[str] = "Telling phrases"
    question: ClassVar[str] = "Which words tell bad experiences from good ones, and now from before?"
    concepts: ClassVar[tuple[str, ...]] = ("C03",)
    unit: ClassVar[Any] = "text"
    needs: ClassVar[tuple[str, ...]] = ("text_redacted", "title_redacted", "lang", "sentiment", "created_at")
    method: ClassVar[Method] = Method(
        formula=(
            "log-odds ratio of the people who use a phrase of one or two words in one group and in the other, with a "
            "prior worth 100 people of both groups together"
        ),
        interval="95% normal on the log-odds; listed where q < 0.10 (Benjamini–Hochberg over all phrases compared)",
        source="Monroe, Colaresi & Quinn 2008, with people in place of words; Benjamini & Hochberg 1995",
        limits=(
            "At most 50,000 texts a language, chosen by a hash; English and Russian, for only their stop words are "
            "known. Phrases of fewer than ten people are not counted. Words that only judge (great, awful) are left "
            "out where sentiments are compared, for the sentiment was read from them. In time only channels heard in "
            "both parts count."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """For each contrast: people of either side a language, and a phrase and language."""
        records = feedback.of(scope.population)
        feeling = {"negative": True, "positive": False}
        felt = records.filter(nw.col("sentiment").is_in(list(feeling))).with_columns(
            side=nw.col("sentiment").replace_strict(feeling, return_dtype=nw.Boolean)
        )
        dated = periods.parted(records).with_columns(side=nw.col("part") == LATE)
        frames = {BOUNDS: periods.bounds(records)}
        names = [word for name in self.context.brand.own.all_names for word in name.split()] + [*self.options.ignore]
        for contrast, sided, extra in zip(CONTRASTS, (felt, dated), (verdicts(), ()), strict=True):
            drawn = _drawn(sided)
            used = spoken(drawn, "lang", "side", "who", extra=(*names, *extra))
            frames[contrast] = _people(drawn, "lang")
            frames[f"{contrast} phrases"] = _common(_people(used, "lang", "phrase"))
        return frames

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """A series for each contrast and language that has enough people on either side."""
        day = periods.turn(frames[BOUNDS])
        out = [self._series(contrast, language, frames, day, scope) for contrast in CONTRASTS for language in LANGUAGES]
        found = [result for result in out if result is not None]
        if found:
            return found
        what = f"no language has {FEWEST} people on either side of a contrast (English and Russian are read)"
        return [self.untestable(what, "more texts, redacted, with a sentiment or a date")]

    def _series(
        self, contrast: str, language: str, frames: Mapping[str, pl.DataFrame], day: str, scope: Scope
    ) -> Result | None:
        whole = frames[contrast].filter(pl.col("lang") == language)
        if whole.height != 1 or min(whole["first"].item(), whole["second"].item()) < FEWEST:
            return None
        sizes = whole["first"].item(), whole["second"].item()
        used = frames[f"{contrast} phrases"].filter(pl.col("lang") == language).sort("phrase")
        sides = ("negative", "positive") if contrast == CONTRASTS[0] else ("late", "before")
        rows = _rows(used, sizes, sides)
        there = scope.population.where(("lang", "eq", language))
        return self.result(
            dims={"contrast": contrast, "lang": language}, kind="series",
            n=sum(sizes), n_authors=whole["people"].item(),
            rows=tuple({**row, "turn": day} for row in rows) if contrast == CONTRASTS[1] else tuple(rows),
            population=there, evidence=there,
        )  # fmt: skip


def _drawn(sided: Frame) -> Frame:
    """The texts to be counted, with who wrote them: a text without an author is somebody else's each time."""
    known = sided.filter(nw.col("lang").is_in(list(LANGUAGES)), ~nw.col("text_redacted").is_null())
    chosen = known.with_columns(__rank=nw.col("record_id").rank("ordinal").over("lang")).filter(
        nw.col("__rank") <= SAMPLE
    )
    return chosen.with_columns(who=nw.coalesce("author_id", "record_id"))


def _people(frame: Frame, *keys: str) -> Frame:
    """`first`, `second`: people on either side; `people`: all of them, for each combination of `keys`."""
    once = frame.select(*keys, "who", "side").unique()
    first = nw.col("side").cast(nw.Int64)
    return once.group_by(*keys).agg(first=first.sum(), second=(1 - first).sum(), people=nw.col("who").n_unique())


def _common(phrases: Frame) -> Frame:
    """The phrases of the most people; those of few never leave."""
    said = phrases.filter(nw.col("people") >= PEOPLE).with_columns(__fewer=-nw.col("people").cast(nw.Int64))
    place = nw.col("phrase").cum_count().over("lang", order_by=["__fewer", "phrase"])
    return said.with_columns(__place=place).filter(nw.col("__place") <= CANDIDATES).drop("__place", "__fewer")


def _rows(used: pl.DataFrame, sizes: tuple[int, int], sides: tuple[str, str]) -> list[dict[str, Any]]:
    """The phrases that tell the sides apart, the clearest first, no two of a side sharing a word."""
    if not used.height:
        return []
    odds = log_odds(used["first"], used["second"], *sizes)
    told = used.with_columns(
        side=pl.Series(odds.delta < 0).cast(pl.Int8).replace_strict({0: sides[0], 1: sides[1]}, return_dtype=pl.String),
        odds=pl.Series(odds.delta).abs().exp(),
        low=pl.Series(_nearest(odds.low, odds.high)).exp(),
        high=pl.Series(_farthest(odds.low, odds.high)).exp(),
        z=pl.Series(odds.z), q=pl.Series(odds.q),
    )  # fmt: skip
    clear = told.filter(pl.col("q") < Q).sort(pl.col("z").abs(), pl.col("phrase"), descending=[True, False])
    return [_row(row) for side in sides for row in _unlike(clear.filter(pl.col("side") == side))]


def _nearest(low: Any, high: Any) -> Any:
    """The limit nearer to zero, on the side of the estimate."""
    return (abs(low + high) - (high - low)) / 2


def _farthest(low: Any, high: Any) -> Any:
    return (abs(low + high) + (high - low)) / 2


def _unlike(clear: pl.DataFrame) -> list[dict[str, Any]]:
    """At most `SHOWN` phrases: `customer service` is not told again as `customer`, nor `not` without a word."""
    kept: list[dict[str, Any]] = []
    words: set[str] = set()
    for row in clear.iter_rows(named=True):
        own = set(row["phrase"].split()) - ALONE
        if own and not own & words:
            kept.append(row)
            words |= own
        if len(kept) == SHOWN:
            break
    return kept


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    facts = {key: row[key] for key in ("phrase", "side", "odds", "low", "high", "z", "q")}
    return {**facts, "people": row["people"] // 5 * 5}
