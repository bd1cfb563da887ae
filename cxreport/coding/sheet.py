"""The coding sheet: what coders see of each drawn record, as CSV and as a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import narwhals as nw
import polars as pl

from cxreport.engine.base import Engine
from cxreport.model.coding import FIELDS, FIXED, NONE
from cxreport.model.problem import CxreportError, Problem

SHOWN: Final = ("channel", "month", "answers", "title", "text")
"""What a coder sees. Never what a classifier said: a label that is seen is a label that is repeated."""
Codes = Mapping[str, Mapping[str, str]]
"""Field → code → what it means."""
MEANINGS: Final[Codes] = {
    "sentiment": {"negative": "unhappy on the whole", "neutral": "neither, or both alike", "positive": "happy"},
    "moment": {
        "stimulus": "an advert, a first hearing of it",
        "zmot": "looking around before buying",
        "fmot": "choosing, booking, paying",
        "smot": "using it, and being helped with it",
        NONE: "none of these, or all of them",
    },
    "voice": {"customer": "buys, uses or may buy", "other": "news, advert, job, bot, staff"},
}
"""What the codes of every audit mean."""


def offered(codes: Codes) -> dict[str, dict[str, str]]:
    """Every field that can be coded, in order; acts and themes where the audit's enrichers know some."""
    every = {**MEANINGS, **codes}
    return {field: dict(every[field]) for field in FIELDS if every.get(field)}


def sheet(engine: Engine, drawn: pl.DataFrame, fields: Sequence[str]) -> pl.DataFrame:
    """The rows to code, in the order drawn: id, an empty coder, stratum and weight, `SHOWN`, empty fields."""
    whole = drawn.join(shown(engine, drawn["record_id"]), on="record_id", how="left", maintain_order="left")
    blanks = dict.fromkeys(("coder", *fields), pl.lit(None, pl.String))
    return whole.with_columns(**blanks).select("record_id", "coder", "stratum", "weight", *SHOWN, *fields)


def shown(engine: Engine, ids: pl.Series) -> pl.DataFrame:
    """`record_id` and `SHOWN`: `answers` is the text that a reply answers, or the question of a survey.

    Texts are the redacted ones; raises `CxreportError` where nothing redacts.
    """
    records = engine.view("records").rows(ids)
    if "text_redacted" not in records.columns:
        mend = "Enable the plugin redaction."
        raise CxreportError(Problem("code", "nothing redacts texts, and no other may be handed out.", mend))
    seen = records.join(_parents(engine, records), on=["id_space", "in_reply_to_id"], how="left")
    return seen.select(
        "record_id", "channel",
        month=pl.col("created_at").dt.strftime("%Y-%m"),
        answers=pl.coalesce("parent", "question_text"),
        title="title_redacted", text="text_redacted",
    )  # fmt: skip


def _parents(engine: Engine, records: pl.DataFrame) -> pl.DataFrame:
    """`id_space, in_reply_to_id, parent`: the redacted texts that these records answer."""
    wanted = records.select("id_space", "in_reply_to_id").drop_nulls().unique()
    told = engine.open("records").select("id_space", parent="text_redacted", in_reply_to_id="native_id")
    mine = told.filter(nw.col("in_reply_to_id").is_in(wanted["in_reply_to_id"].to_list()))
    parents = engine.collect({"parents": mine})["parents"]
    return parents.sort("parent").unique(["id_space", "in_reply_to_id"], keep="first", maintain_order=True)


def write_workbook(path: Path, rows: pl.DataFrame, codes: Codes) -> None:
    """The sheet as XLSX: choices in lists, long texts wrapped, the codebook on a second sheet. Same rows, same bytes.

    Cells are written as text, never as formulas.
    """
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": "Coding sheet", "created": datetime(2000, 1, 1)})
        _fill(book, book.add_worksheet("coding"), rows, codes)
        _codebook(book, book.add_worksheet("codebook"), codes)


def _fill(book: Any, page: Any, rows: pl.DataFrame, codes: Codes) -> None:
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    widths = {"record_id": 26, "coder": 10, "answers": 40, "title": 24, "text": 70}
    for place, name in enumerate(rows.columns):
        page.set_column(place, place, widths.get(name, 14), wrap)
        page.write_string(0, place, name, bold)
        choices = [*FIXED.get(name, ())]
        if choices and rows.height:
            page.data_validation(1, place, rows.height, place, {"validate": "list", "source": choices})
    for number, row in enumerate(rows.iter_rows(), 1):
        for place, value in enumerate(row):
            if isinstance(value, float):
                page.write_number(number, place, value, wrap)
            elif value is not None:
                page.write_string(number, place, value, wrap)
    page.freeze_panes(1, 2)


def _codebook(book: Any, page: Any, codes: Codes) -> None:
    bold = book.add_format({"bold": True})
    page.set_column(0, 1, 20)
    page.set_column(2, 2, 60)
    lines = [(field, code, meaning) for field, meanings in codes.items() for code, meaning in meanings.items()]
    for number, line in enumerate([("field", "code", "meaning"), *lines]):
        page.write_row(number, 0, line, None if number else bold)
