"""From a table as read to clean cells by position: trimmed, "no answer" made null, unwanted rows left out."""

from __future__ import annotations

import polars as pl

from cxreport.api import reading
from cxreport_plugins.survey.answers import ROW
from cxreport_plugins.survey.model import Layout, cell, hidden

POINTER = "source_pointer"
"""Where in a JSON file a response stands (RFC 6901); tables have no such column."""

_PREVIEW = r"preview|vorschau|aperçu|vista previa|visualiza|anteprima|предпросмотр"
_REASONS = {
    "survey_preview": (("1", "9", "17"), _PREVIEW),
    "survey_test": (("2",), r"\btest"),
    "survey_spam": (("8",), r"\bspam"),
    "survey_disqualified": ((), r"^disqualified$"),
    "survey_deleted": ((), r"^deleted$"),
    "survey_dismissed": ((), r"^dismissed$"),
    "survey_pending": ((), r"^pending$"),
}
"""Why a response is none: the codes of a status column, and the words that stand for them."""
_OURS = (reading.ROW, POINTER)


def by_position(frame: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    """Columns `c0`, `c1`, … of trimmed cells (null where blank), `source_row` and `source_pointer`.

    Where the system marks what it did not ask, `h0`, `h1`, … say of each cell of an answer whether it was marked.
    Columns are taken by their position: a file may call one `*` or `^.*$`, which Polars would expand.
    """
    asked = {column.index for question in layout.questions for column in question.columns}
    width = sum(name not in _OURS for name in frame.columns)
    pointer = pl.col(POINTER) if POINTER in frame.columns else pl.lit(None, pl.String).alias(POINTER)
    return frame.select(
        pl.col(reading.ROW).alias(ROW),
        pointer,
        *(_clean(pl.nth(i), layout, is_answer=i in asked).alias(cell(i)) for i in range(width)),
        *(_marked(pl.nth(i), layout).alias(hidden(i)) for i in sorted(asked) if layout.not_shown),
    )


def _marked(column: pl.Expr, layout: Layout) -> pl.Expr:
    return column.str.strip_chars().is_in(layout.not_shown).fill_null(value=False)


def _clean(column: pl.Expr, layout: Layout, *, is_answer: bool) -> pl.Expr:
    trimmed = column.str.strip_chars(" \t\r\n\u00a0\u200b\ufeff")
    if not is_answer:
        return pl.when(trimmed != "").then(trimmed)
    text = reading.strip_formula_guard(trimmed)
    told = text
    for sign, meant in layout.escapes:
        told = told.str.replace_all(sign, meant, literal=True)
    return pl.when(~text.is_in(["", *layout.missing, *layout.not_shown])).then(told)


def unwanted(layout: Layout) -> dict[str, pl.Expr]:
    """Reason → which rows are no responses: previews, tests, spam, rows without a single answer."""
    reasons: dict[str, pl.Expr] = {}
    status = layout.roles.get("status")
    if status is not None:
        cells = pl.col(status.cell)
        for reason, (codes, words) in _REASONS.items():
            reasons[reason] = (cells.is_in(codes) | cells.str.contains(f"(?i){words}")).fill_null(value=False)
    blank = (pl.col(c.cell).is_null() for q in layout.questions for c in q.columns)
    reasons["empty_response"] = pl.all_horizontal(pl.lit(value=True), *blank)
    return reasons


def sifted(frame: pl.DataFrame, layout: Layout) -> tuple[pl.DataFrame, dict[str, int]]:
    """The rows that are responses, and how many others were left out for which reason."""
    counts: dict[str, int] = {}
    for reason, condition in unwanted(layout).items():
        kept = frame.filter(~condition)
        counts[reason] = frame.height - kept.height
        frame = kept
    return frame, counts
