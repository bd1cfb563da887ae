"""The measure `themes.phrases`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, MeasureOptions, Method, Result, Scope, message
from cxreport_plugins.common.contrast import FEWEST, common, drawn, people, rows
from cxreport_plugins.common.stopwords import LANGUAGES, verdicts
from cxreport_plugins.common.wording import spoken
from cxreport_plugins.themes import periods
from cxreport_plugins.themes.periods import BOUNDS, LATE

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
            "At most 8,000 texts a language, chosen by a hash; English and Russian, for only their stop words are "
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
            side=nw.col("sentiment").replace_strict(feeling, default=None, return_dtype=nw.Boolean)
        )
        dated = periods.parted(records).with_columns(side=nw.col("part") == LATE)
        frames = {BOUNDS: periods.bounds(records)}
        names = [word for name in self.context.brand.own.all_names for word in name.split()] + [*self.options.ignore]
        for contrast, sided, extra in zip(CONTRASTS, (felt, dated), (verdicts(), ()), strict=True):
            texts = drawn(sided)
            used = spoken(texts, "lang", "side", "who", extra=(*names, *extra))
            frames[contrast] = people(texts, "lang")
            frames[f"{contrast} phrases"] = common(people(used, "lang", "phrase"))
        return frames

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """A series for each contrast and language that has enough people on either side."""
        day = periods.turn(frames[BOUNDS])
        out = [self._series(contrast, language, frames, day, scope) for contrast in CONTRASTS for language in LANGUAGES]
        found = [result for result in out if result is not None]
        if found:
            return found
        what = message(
            "no language has {people} people on either side of a contrast (English and Russian are read)"
        ).format(people=FEWEST)
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
        told = rows(used, sizes, sides)
        there = scope.population.where(("lang", "eq", language))
        return self.result(
            dims={"contrast": contrast, "lang": language}, kind="series",
            n=sum(sizes), n_authors=whole["people"].item(),
            rows=tuple({**row, "turn": day} for row in told) if contrast == CONTRASTS[1] else tuple(told),
            population=there, evidence=there,
        )  # fmt: skip
