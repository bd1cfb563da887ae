"""The measure `discovery.technologies`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Result, Scope
from cxreport_plugins.common.shares import SHARE, SHARE_SOURCE, share, tally, with_hits
from cxreport_plugins.discovery import lists
from cxreport_plugins.discovery.answers import answered
from cxreport_plugins.discovery.counting import PATTERNS, cued, having, read


class Technologies(Measure):
    """What customers use (dim `technology`): as texts mention it (`of=texts`) and as surveys ask (`of=answers`)."""

    name: ClassVar[str] = "discovery.technologies"
    title: ClassVar[str] = "Technologies and services"
    question: ClassVar[str] = "Which technologies and services do customers use?"
    concepts: ClassVar[tuple[str, ...]] = ("B08",)
    needs: ClassVar[tuple[str, ...]] = ("cues_read",)
    method: ClassVar[Method] = Method(
        formula="texts that mention a technology / texts read; answers that name it / answers",
        interval=SHARE,
        source=SHARE_SOURCE,
        limits=f"People mention what works or fails, not all they use. {PATTERNS}",
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Texts, those that mention each technology, and answers that name it; all per author cluster."""
        records = feedback.of(read(scope))
        return {
            "texts": tally(records),
            "each": tally(cued(records, feedback, "technology"), "label"),
            "answers": answered(feedback, scope, "used", lists.answer("technology")),
        }

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Texts, then answers."""
        if not frames["texts"].height and not frames["answers"].height:
            return [self.untestable("no customer's text is in English or Russian", "texts in such a language")]
        return [*self._texts(frames, scope), *self._answers(frames["answers"], scope)]

    def _texts(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Iterator[Result]:
        for ident in lists.cues("technology") if frames["texts"].height else ():
            label = f"technology.{ident}"
            hits = with_hits(frames["texts"], frames["each"].filter(pl.col("label") == label))
            dims = {"of": "texts", "technology": ident}
            yield share(self, hits, "k", dims=dims, population=read(scope), evidence=having(label))

    def _answers(self, rows: pl.DataFrame, scope: Scope) -> Iterator[Result]:
        for ident in lists.answer("technology") if rows.height else ():
            dims = {"of": "answers", "technology": ident}
            yield share(self, rows, ident, dims=dims, population=scope.population)
