"""The measure `discovery.sources`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Result, Scope, message
from cxreport_plugins.common.cells import MONTH, months, with_month
from cxreport_plugins.common.shares import SHARE, SHARE_SOURCE, share, tally, with_hits
from cxreport_plugins.common.slope import slope_of
from cxreport_plugins.discovery import lists
from cxreport_plugins.discovery.answers import OTHER, answered
from cxreport_plugins.discovery.counting import PATTERNS, cued, early, having, labels

ANY: Final = "any"
MEDIA: Final = ("digital", "traditional", "personal", "unclear")


class Sources(Measure):
    """Where customers draw their knowledge (dims `of`, `source`), and by which medium (dims `of`, `medium`).

    `of=answers` are answers to "How did you hear of us?", `of=texts` what texts up to the choice say by themselves;
    the two are never pooled. `source=any` is the share of texts that name any. `part=slope` is the change of the
    digital share of answers in points a month.
    """

    name: ClassVar[str] = "discovery.sources"
    title: ClassVar[str] = "Sources of knowledge"
    question: ClassVar[str] = "Where do customers hear of the brand, and whom do they ask?"
    concepts: ClassVar[tuple[str, ...]] = ("A03", "A05")
    needs: ClassVar[tuple[str, ...]] = ("cues_read", "moment")
    method: ClassVar[Method] = Method(
        formula=(
            "answers (or texts up to the choice) that name a class of sources / all answers (or all such texts); "
            "digital: search, review sites, experts, social networks, the company's own site; traditional: press and "
            "broadcasting, shops and agents; personal: friends, own experience; adverts do not tell their medium"
        ),
        interval=f"{SHARE}; slope: Theil–Sen over months, 95% by Sen",
        source=SHARE_SOURCE + "; Sen 1968",
        limits=f"An answer may name several. {PATTERNS} Who answers a survey at booking has found the brand already.",
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Answers and texts per author cluster, and those that name each class; answers also by month."""
        records = feedback.of(early(scope))
        texts = cued(records, feedback, "source")
        sourced = records.join(labels(feedback, "cues", "source.").select("record_id").unique(), on="record_id")
        found = {**lists.answer("source"), **_by_medium()}
        dated = Feedback({**feedback.tables, "records": with_month(feedback.records)})
        return {
            "texts": tally(records),
            "texts source": tally(texts, "label"),
            "texts any": tally(sourced),
            "answers": answered(feedback, scope, "heard", found),
            "answers month": answered(dated, scope, "heard", _by_medium(), MONTH),
        }

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Answers where there are any, texts where there are any."""
        answers, texts = frames["answers"], frames["texts"]
        if not answers.height and not texts.height:
            why = message("no survey asks how customers heard of it, and no text is about a choice")
            return [self.untestable(why, "a survey question: how did you hear of us")]
        return [*self._answers(answers, frames["answers month"], scope), *self._texts(frames, scope)]

    def _answers(self, rows: pl.DataFrame, by_month: pl.DataFrame, scope: Scope) -> Iterator[Result]:
        if not rows.height:
            why = message("no survey asks how customers heard of it")
            lacking = self.untestable(why, "a survey question: how did you hear of us")
            yield lacking.model_copy(update={"dims": {"of": "answers"}})
            return
        for ident in (*lists.answer("source"), OTHER):
            yield share(self, rows, ident, dims={"of": "answers", "source": ident}, population=scope.population)
        for medium in MEDIA:
            dims = {"of": "answers", "medium": medium}
            yield share(self, rows, f"by {medium}", dims=dims, population=scope.population)
        found = [
            share(self, cell.rows, "by digital", dims={"of": "answers", "medium": "digital", **cell.dims},
                  population=cell.population)
            for cell in months(by_month, scope.population)
        ]  # fmt: skip
        yield from (*found, slope_of(self, found, {"of": "answers", "part": "slope"}, scope.population))

    def _texts(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Iterator[Result]:
        base, there = frames["texts"], early(scope)
        if not base.height:
            why = message("no text in English or Russian is about a choice")
            yield self.untestable(why, "posts before the choice").model_copy(update={"dims": {"of": "texts"}})
            return
        yield share(
            self, with_hits(base, frames["texts any"]), "k", dims={"of": "texts", "source": ANY}, population=there
        )
        for ident in lists.cues("source"):
            label = f"source.{ident}"
            hits = with_hits(base, frames["texts source"].filter(pl.col("label") == label))
            dims = {"of": "texts", "source": ident}
            yield share(self, hits, "k", dims=dims, population=there, evidence=having(label))


def _by_medium() -> dict[str, str]:
    """The regex of all sources of each medium."""
    known = lists.cues("source").values()
    return {
        f"by {medium}": "|".join(f"(?:{cue.answer})" for cue in known if cue.medium == medium and cue.answer)
        for medium in MEDIA
    }
