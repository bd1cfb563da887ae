"""What people coded: the labels that coders gave to records of the coding sheet."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from cxreport.model.schema import MOMENTS, SENTIMENTS

SETTLED = "settled"
"""The coder whose rows decide where the others disagree."""

SINGLE = ("sentiment", "moment", "voice")
"""Fields with one code a record."""
MULTIPLE = ("acts", "themes")
"""Fields with any number of codes a record; none at all is written `none`."""
FIELDS = (*SINGLE, *MULTIPLE)

NONE = "none"
"""Written where a field was looked at and nothing of it holds: no moment, no act, no theme."""
CUSTOMER, OTHER = "customer", "other"
"""Codes of `voice`: somebody who buys, uses or thinks of buying; and everybody else."""
FIXED: dict[str, tuple[str, ...]] = {
    "sentiment": SENTIMENTS,
    "moment": (*MOMENTS, NONE),
    "voice": (CUSTOMER, OTHER),
}
"""The codes of the fields with one code a record, in their order."""

CODES: dict[str, pl.DataType | type[pl.DataType]] = {
    "record_id": pl.String, "coder": pl.String, "stratum": pl.String, "weight": pl.Float64,
    **dict.fromkeys(SINGLE, pl.String), **dict.fromkeys(MULTIPLE, pl.List(pl.String)),
}  # fmt: skip
"""One row a record and coder; null where that coder left the field open. `weight` is how many records of the
audit a coded one stands for (the inverse of its chance to be drawn)."""


@dataclass(frozen=True)
class Coding:
    """A coding sheet as read: see `CODES`. Without a sheet there are no rows."""

    rows: pl.DataFrame
    file: str = ""
    sha256: str = ""

    @classmethod
    def empty(cls) -> Coding:
        """No sheet."""
        return cls(pl.DataFrame(schema=CODES))

    @property
    def ids(self) -> pl.Series:
        """The coded records, sorted."""
        return self.rows["record_id"].unique().sort()

    def given(self, field: str) -> pl.DataFrame:
        """`record_id, coder, value` of a field with one code, where it was filled in, sorted."""
        filled = self.rows.filter(pl.col(field).is_not_null())
        return filled.select("record_id", "coder", value=field).sort("record_id", "coder")

    def deciding(self, field: str) -> pl.DataFrame:
        """The rows that say what is true of a field: those of the coder `settled`, else all that fill it in."""
        filled = self.rows.filter(pl.col(field).is_not_null())
        settled = pl.col("coder") == SETTLED
        return filled.filter(settled | ~settled.any().over("record_id"))

    def truth(self, field: str) -> pl.DataFrame:
        """`record_id, value, part, weight`: the truth of a field with one code.

        `part` (0..1) sums to 1 over the values of a record: coders who disagree share it evenly, until a row of
        the coder `settled` decides. Leaving the disputed ones out would keep only what is easy to read.
        """
        parts = (
            self.deciding(field)
            .select("record_id", value=field, part=1 / pl.len().over("record_id"))
            .group_by("record_id", "value")
            .agg(pl.col("part").sum())
        )
        return parts.join(self.weights(), on="record_id", how="left").sort("record_id", "value")

    def truths(self, field: str, also: pl.Series | None = None) -> pl.DataFrame:
        """`record_id, value, part, weight` of a field with any number of codes: one row a record and code.

        `value` runs over every code that anybody gave anywhere and those of `also`; `part` is the share of the
        deciding coders who gave it to this record: 1 it holds, 0 it does not, between them they disagree.
        """
        deciding = self.deciding(field).select("record_id", value=field)
        coders = deciding.group_by("record_id").agg(coders=pl.len())
        given = deciding.explode("value").group_by("record_id", "value").agg(given=pl.len())
        more = pl.Series("value", [] if also is None else also, pl.String)
        codes = pl.concat([given["value"], more]).drop_nulls().unique().to_frame()
        every = coders.join(codes, how="cross").join(given, on=["record_id", "value"], how="left")
        part = pl.col("given").fill_null(0) / pl.col("coders")
        parts = every.select("record_id", "value", part=part)
        return parts.join(self.weights(), on="record_id", how="left").sort("record_id", "value")

    def weights(self) -> pl.DataFrame:
        """`record_id, weight`: how many records of the audit each coded one stands for."""
        return self.rows.group_by("record_id").agg(pl.col("weight").drop_nulls().first().fill_null(1.0))

    def agreed(self, field: str) -> pl.DataFrame:
        """`record_id, value` where the coders agree or the matter is settled: what replaces a rule's verdict."""
        return self.truth(field).filter(pl.col("part") > 1 - 1e-9).select("record_id", "value")
