"""The measure `experience.goals`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Result, Scope, message
from cxreport_plugins.common.cells import partitions
from cxreport_plugins.common.dims import plain
from cxreport_plugins.common.shares import SHARE, SHARE_SOURCE, share, tally

ASKED: Final = (
    r"^\s*(did|have|were|was) (you|we|your)\b.{0,60}\b(achieved?|accomplish(ed)?|find|found|completed?|able to|"
    r"solved?|resolved?|managed?|succeed(ed)?|reach(ed)?|(get|got) what)\b|"
    r"^\s*(was|is|has) (your|the) .{0,40}\b(problem|issue|request|question|case|enquiry|inquiry|goal)\b.{0,40}"
    r"\b(solved|resolved|answered|settled|fixed|met|reached)\b|"
    r"\b(удалось|получилось) ли\b|\b(нашли|достигли|смогли|решили|получили) ли вы\b|"
    r"\b(решен\S*|решил\S+|закрыт\S*) ли (\S+ ){0,3}(вопрос|проблем\S+|запрос|обращени\S+)"
)
"""Questions whether a goal was reached, in lower case, ё as е."""
YES: Final = r"^\s*(yes|y|true|1|1\.0|completely|fully|да|полностью)\b"
NO: Final = (
    r"^\s*(no|n|false|0|0\.0|not (at all|yet|really)|partly|partially|somewhat|нет|частично|не (совсем|полностью))\b"
)


class Goals(Measure):
    """Share of those asked whether they reached their goal who say that they did (dim `question`)."""

    name: ClassVar[str] = "experience.goals"
    title: ClassVar[str] = "Goals reached"
    question: ClassVar[str] = "Do customers reach what they came for?"
    concepts: ClassVar[tuple[str, ...]] = ("D22",)
    unit: ClassVar[Any] = "share"
    method: ClassVar[Method] = Method(
        formula="answers that say yes / answers that say yes, no or partly; each question by itself",
        interval=SHARE,
        source=SHARE_SOURCE,
        limits=(
            "A question is known by its wording (“Did you find …?”, “Were you able to …?”, “Удалось ли …?”). An answer "
            "that is neither yes, no nor partly is left out; partly is not reached."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Answers and those that say yes, per question and author cluster."""
        wording: Any = nw.col("question_text").str.to_lowercase().str.replace_all("ё", "е", literal=True)
        asked = feedback.answers.filter(wording.str.contains(ASKED).fill_null(value=False))
        said: Any = nw.col("value_text").str.to_lowercase().str.replace_all("ё", "е", literal=True)
        number = nw.col("value_number").cast(nw.Int64).cast(nw.String)
        told = asked.with_columns(__said=nw.coalesce(said, number))
        flags = {name: nw.col("__said").str.contains(regex).fill_null(value=False) for name, regex in
                 (("yes", YES), ("no", NO))}  # fmt: skip
        plain = told.with_columns(**flags).filter(nw.col("yes") | nw.col("no"))
        given = plain.select("record_id", "yes", asked=nw.col("question_text"))
        return {"answers": tally(feedback.of(scope.population).join(given, on="record_id", how="inner"), "asked",
                                 reached=nw.col("yes"))}  # fmt: skip

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Each question by itself."""
        found = [
            share(self, rows, "reached", dims={"question": plain(str(values["asked"]))}, population=scope.population)
            for values, rows in partitions(frames["answers"], "asked")
        ]
        why = message("no survey asks whether customers reached what they came for")
        return found or [self.untestable(why, "a survey question such as: did you find what you were looking for")]
