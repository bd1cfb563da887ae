"""The table `records` of a survey: one row a response."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from cxreport.api import Context, reading
from cxreport_plugins.common.codes import listed
from cxreport_plugins.common.rows import leftover
from cxreport_plugins.survey.answers import ROW
from cxreport_plugins.survey.cells import POINTER
from cxreport_plugins.survey.dates import times
from cxreport_plugins.survey.mapping import Mapped
from cxreport_plugins.survey.model import Column, Layout, Role
from cxreport_plugins.survey.personal import author_ids
from cxreport_plugins.survey.scores import RATING, scores

_STATES = {"completed": True, "complete": True, "partial": False, "disqualified": False}
_STARTS: tuple[Role, ...] = ("started", "created", "ended")
_SCRIPTS = {"zh-s": "zh-Hans", "zh-t": "zh-Hant"}


@dataclass(frozen=True, slots=True)
class Recorder:
    """Turns batches of clean cells into records."""

    layout: Layout
    taken: Mapped
    filled: Mapping[str, Column]
    """Columns of the records that metadata fills."""
    context: Context
    zone: str | None
    day_first: bool | None

    def records(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The records of a batch, in canonical columns and `source_row`."""
        parts = [
            frame,
            times(frame, self.layout, self.zone, self.day_first),
            self._ids(frame),
            author_ids(frame, self.layout, self.context).to_frame(),
            scores(frame, self.taken),
        ]
        return pl.concat(parts, how="horizontal").select(
            ROW, POINTER, "native_id", "id_damaged", "author_id",
            "created_at", "created_at_raw", "time_precision", "tz_source", "duration_s",
            pl.lit("survey_response").alias("kind"),
            pl.lit("survey").alias("channel"),
            pl.lit("customer").alias("author_role"),
            pl.lit(value=False).alias("brand_authored"),
            pl.lit("export_type").alias("brand_authored_basis"),
            self._text().alias("text"),
            *self._metadata(frame),
            *(pl.col(column.cell).alias(name) for name, column in self.filled.items()),
            *RATING,
            self._extra(),
            self._warnings().alias("warnings"),
        )  # fmt: skip

    def _ids(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Native ids; none where a spreadsheet rounded them or the system gives none."""
        column = self.layout.roles.get("id")
        if column is None:
            found = pl.Series("native_id", [None] * frame.height, dtype=pl.String)
        else:
            found = frame.get_column(column.cell).str.replace(r"\.0$", "").alias("native_id")
        damaged = reading.damaged_ids(found).fill_null(value=False).alias("id_damaged")
        if self.layout.ids_per_file:
            found = frame.select(native_id=pl.concat_str([self._start(), found], separator="#"))["native_id"]
        return pl.DataFrame([found, damaged]).with_columns(native_id=pl.when(~pl.col("id_damaged")).then("native_id"))

    def _start(self) -> pl.Expr:
        """The earliest date that a response tells, as it stands there."""
        cells = [found for role in _STARTS if (found := self._cells(role)) is not None]
        return pl.coalesce(*cells, pl.lit(None, pl.String))

    def _text(self) -> pl.Expr:
        """The answers to the open questions of the mapping, in their order."""
        cells = [pl.col(column.cell) for question in self.taken.texts for column in question.columns]
        if not cells:
            return pl.lit(None, pl.String)
        joined = pl.concat_str(cells, separator="\n\n", ignore_nulls=True)
        return pl.when(joined != "").then(joined)

    def _metadata(self, frame: pl.DataFrame) -> list[pl.Expr]:
        language = self._language(frame)
        return [
            language.alias("language"),
            pl.when(language.is_not_null()).then(pl.lit("source")).alias("language_source"),
            self._complete().alias("complete"),
            self._number("lat").alias("lat"),
            self._number("lon").alias("lon"),
            self._number("weight").alias("weight"),
            self._tags().alias("tags"),
        ]

    def _cells(self, role: Role) -> pl.Expr | None:
        column = self.layout.roles.get(role)
        return None if column is None else pl.col(column.cell)

    def _number(self, role: Role) -> pl.Expr:
        cells = self._cells(role)
        return pl.lit(None, pl.Float64) if cells is None else reading.to_float(cells)

    def _language(self, frame: pl.DataFrame) -> pl.Expr:
        """BCP-47 tags from `EN`, `PT-BR`, `ZH-S`."""
        cells = self._cells("language")
        if cells is None:
            return pl.lit(None, pl.String)
        codes = frame.select(cells.drop_nulls().unique().sort()).to_series()
        return cells.replace_strict({code: tag(code) for code in codes}, default=None, return_dtype=pl.String)

    def _complete(self) -> pl.Expr:
        """Whether the survey was finished, as told, or because it carries the date of its submission."""
        told, dated = self._cells("finished"), self._cells("created")
        if told is not None:
            state = told.str.to_lowercase().replace_strict(_STATES, default=None, return_dtype=pl.Boolean)
            return pl.coalesce(state, reading.to_bool(told))
        if self.layout.dates_completion and dated is not None:
            return dated.is_not_null()
        return pl.lit(None, pl.Boolean)

    def _tags(self) -> pl.Expr:
        cells = self._cells("tags")
        if cells is None:
            return pl.lit(None, pl.List(pl.String))
        return cells.str.split(",").list.eval(pl.element().str.strip_chars())

    def _extra(self) -> pl.Expr:
        groups = [question.group for question in self.layout.questions if question.group is not None]
        return leftover(_keys([*self.layout.extra, *groups]))

    def _warnings(self) -> pl.Expr:
        undated = pl.col("created_at").is_null() & pl.col("created_at_raw").is_not_null()
        return listed(
            {
                "id_damaged": pl.col("id_damaged"),
                "date_unreadable": undated,
                "tz_unknown": pl.col("created_at").is_not_null() & (pl.col("tz_source") == "unknown"),
                "rating_out_of_scale": pl.col("out_of_scale"),
                "scale_observed": pl.col("scale_observed"),
                "nps_group_differs": pl.col("group_differs"),
            }
        )


def _keys(columns: Sequence[Column]) -> dict[str, str]:
    """Cell → its key in `extra`; of two columns with one name the second gets its number."""
    keys: dict[str, str] = {}
    for column in columns:
        number = f"column {column.index + 1}"
        is_taken = column.name in keys.values()
        keys[column.cell] = f"{column.name} ({number})" if is_taken else column.name or number
    return keys


def tag(code: str) -> str:
    """One language code as a BCP-47 tag: `PT-BR` → `pt-BR`."""
    low = code.casefold().replace("_", "-")
    if low in _SCRIPTS:
        return _SCRIPTS[low]
    language, separator, region = low.partition("-")
    return language + separator + (region.upper() if len(region) == 2 else region.title())
