"""The table `answers`: a row for each answered question of each response."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from cxreport.api import ANSWERS
from cxreport_plugins.survey.choices import Ticks, answer_type, ticks
from cxreport_plugins.survey.mapping import Mapped, Measured
from cxreport_plugins.survey.model import Column, Question, hidden
from cxreport_plugins.survey.profile import Profile, number
from cxreport_plugins.survey.words import words

ROW = "source_row"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with all that is needed to write its answers."""

    question: Question
    position: int
    """1-based place among the questions of the survey."""
    measured: Mapping[int, Measured]
    """Column → what it measures."""
    ticks: Ticks | None
    joiner: str | None
    profiles: Mapping[int, Profile]


def asked(
    questions: tuple[Question, ...], taken: Mapped, profiles: Mapping[int, Profile], marks: Mapping[str, str]
) -> tuple[Asked, ...]:
    """The questions that are kept, with how they were asked; `marks` joins choices in one cell."""
    scores = {measured.question.main[0].index: measured for measured in taken.measured}
    texts = {question.id for question in taken.texts}
    kept = ((position, q) for position, q in enumerate(questions, 1) if q.id not in taken.ignored)
    return tuple(
        Asked(
            q, position, measured, None if measured else ticks(q, profiles),
            None if q.id in texts else marks.get(q.id), profiles,
        )
        for position, q in kept
        for measured in [{c.index: scores[c.index] for c in q.main if c.index in scores}]
    )  # fmt: skip


def answers(frame: pl.DataFrame, questions: tuple[Asked, ...]) -> pl.DataFrame:
    """All answers of a batch, question by question; `source_row` says whose they are.

    A question that the survey did not ask is a row too where the system tells it: `not_shown`, without a value.
    """
    lazy = frame.lazy()
    selected = (columns for q in questions for columns in _selections(q, frame.columns))
    parts = [lazy.select(ROW, *columns).filter(_is_answered() | pl.col("not_shown")) for columns in selected]
    empty = pl.DataFrame(schema={ROW: pl.Int64} | {k: v for k, v in ANSWERS.items() if k != "record_id"})
    return pl.concat([empty, *pl.collect_all(parts)])


def _is_answered() -> pl.Expr:
    return pl.col("value_text").is_not_null() | (pl.col("value_codes").list.len() > 0)


def _selections(asked: Asked, known: Sequence[str]) -> Iterator[list[pl.Expr]]:
    """The columns of `answers`, once for each row that a response may give; `known` are those of the frame."""
    ticked = asked.ticks.labels if asked.ticks else {}
    if ticked:
        yield [*_multi(asked, ticked), _not_shown(ticked, known)]
    for column in asked.question.columns:
        if column.index not in ticked:
            yield [*_one(asked, column), _not_shown((column.index,), known)]


def _not_shown(indices: Iterable[int], known: Sequence[str]) -> pl.Expr:
    """Whether none of these columns was asked."""
    marks = [pl.col(hidden(index)) if hidden(index) in known else pl.lit(value=False) for index in indices]
    return pl.all_horizontal(marks).alias("not_shown")


def _multi(asked: Asked, ticked: Mapping[int, str]) -> list[pl.Expr]:
    """One answer of all ticked boxes."""
    by_index = {column.index: column for column in asked.question.columns}
    boxes = [pl.when(_is_ticked(pl.col(by_index[index].cell))).then(pl.lit(label)) for index, label in ticked.items()]
    codes = pl.concat_list(boxes).list.drop_nulls()
    return _row(asked, "multi", text=_joined(codes), codes=codes)


def _is_ticked(cells: pl.Expr) -> pl.Expr:
    plain_cells = cells.str.to_lowercase().str.strip_chars()
    return cells.is_not_null() & ~plain_cells.is_in(sorted(words().unticked))


def _one(asked: Asked, column: Column) -> list[pl.Expr]:
    """The answer in one column: a score, choices joined in a cell, a number, a choice or words."""
    cells = pl.col(column.cell)
    label = column.label if len(asked.question.columns) > 1 else None
    measured = asked.measured.get(column.index)
    if measured is not None:
        scale, value = measured.scale, _points(measured, cells)
        return _row(asked, "scale", text=cells, value=value, label=measured.topic,
                    bounds=(scale.low, scale.high))  # fmt: skip
    if asked.joiner is not None and not column.is_other:
        parts = cells.str.split(asked.joiner).list.eval(pl.element().str.strip_chars(" /"))
        codes = parts.list.eval(pl.element().filter(pl.element() != ""))
        return _row(asked, "multi", text=_joined(codes), codes=codes, label=label)
    if column.is_other:
        return _row(asked, "text", text=cells, label=label)
    kind = answer_type(asked.question, asked.profiles[column.index])
    value = number(cells) if kind == "number" else pl.lit(None, pl.Float64)
    return _row(asked, kind, text=cells, value=value, label=label)


def _points(measured: Measured, cells: pl.Expr) -> pl.Expr:
    """The value on the scale; that of a part of the experience is turned so that high is good."""
    scale = measured.scale
    value = scale.value(cells, whole=measured.metric == "nps")
    return scale.low + scale.high - value if measured.topic and scale.is_reversed else value


def _joined(codes: pl.Expr) -> pl.Expr:
    return pl.when(codes.list.len() > 0).then(codes.list.join("; "))


def _row(
    asked: Asked, kind: str, *, text: pl.Expr, value: pl.Expr | None = None, codes: pl.Expr | None = None,
    label: str | None = None, bounds: tuple[float, float] | None = None,
) -> list[pl.Expr]:  # fmt: skip
    low, high = bounds or (None, None)
    return [
        pl.lit(asked.question.id).alias("question_id"),
        pl.lit(asked.question.text or None, pl.String).alias("question_text"),
        pl.lit(label, pl.String).alias("row_label"),
        pl.lit(asked.position, pl.Int64).alias("position"),
        pl.lit(kind).alias("answer_type"),
        text.alias("value_text"),
        (value if value is not None else pl.lit(None, pl.Float64)).alias("value_number"),
        (codes if codes is not None else pl.lit(None, pl.List(pl.String))).alias("value_codes"),
        pl.lit(low, pl.Float64).alias("scale_min"),
        pl.lit(high, pl.Float64).alias("scale_max"),
    ]
