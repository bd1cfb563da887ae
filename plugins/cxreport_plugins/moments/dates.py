"""What the dates of a transaction tell: before the order one looks around, after receiving one uses."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from cxreport.api import reading
from cxreport_plugins.moments.options import DateRule

DATED: dict[str, pl.DataType | type[pl.DataType]] = {"dated": pl.String, "dated_rule": pl.String}
ORDERED, RECEIVED = "__ordered", "__received"


def dated(batch: pl.DataFrame, rules: Sequence[DateRule]) -> pl.DataFrame:
    """`dated`, the moment that dates tell, and `dated_rule`, for the rows of `batch`; null where they tell none.

    Days are compared, for most exports tell no more. Before the day of the order: zmot; on it: fmot; from the day of
    delivery or use on: smot. Between ordering and receiving dates tell nothing. Needs the columns `source_id`,
    `created_at`, `experienced_at` and `extra`.
    """
    days = batch.select(
        day=pl.col("created_at").dt.date(),
        ordered=_day(batch, rules, "ordered"),
        received=pl.coalesce(_day(batch, rules, "received"), pl.col("experienced_at").dt.date()),
    )
    said = {
        "date.received": ("smot", pl.col("day") >= pl.col("received")),
        "date.before_order": ("zmot", pl.col("day") < pl.col("ordered")),
        "date.order_day": ("fmot", pl.col("day") == pl.col("ordered")),
    }
    told = [(rule, moment, fits.fill_null(value=False)) for rule, (moment, fits) in said.items()]
    return days.select(
        dated=pl.coalesce([pl.when(fits).then(pl.lit(moment)) for _, moment, fits in told]),
        dated_rule=pl.coalesce([pl.when(fits).then(pl.lit(rule)) for rule, _, fits in told]),
    )


def _day(batch: pl.DataFrame, rules: Sequence[DateRule], kind: str) -> pl.Expr:
    """The day that the first rule of a record's source finds in `extra`."""
    days: list[pl.Expr] = [pl.lit(None, pl.Date)]
    for rule in rules:
        field = getattr(rule, kind)
        if field:
            found = pl.lit(_read(batch["extra"], field, rule.day_first))
            days.append(pl.when(pl.col("source_id").is_in(list(rule.source))).then(found))
    return pl.coalesce(days)


def _read(extra: pl.Series, field: str, day_first: bool) -> pl.Series:
    """The field of each JSON object as a day."""
    key = field.replace("'", r"\'")
    raw = extra.str.json_path_match(f"$['{key}']")
    return reading.parse_times(raw, day_first=day_first).frame["created_at"].dt.date()
