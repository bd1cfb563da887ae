"""Text columns as instants in UTC, with precision and the zone's origin; nothing is guessed in silence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import polars as pl

from .problems import ReadError
from .timeforms import (
    DOTTED,
    EPOCH,
    EXACT,
    FORMS,
    NUMERIC,
    PLAUSIBLE,
    READ,
    SERIAL,
    WHOLE_EPOCH,
    epoch_times,
    exact_times,
    from_serial,
    local_times,
    match,
    serial_times,
    split,
)
from .values import missing

_BLANKS = "[\\s\u00a0\u202f\u2009\u200e\u200f\ufeff]+"
_SNOWFLAKE_EPOCH_MS = 1_288_834_974_657
_FIRST_SNOWFLAKE = 30_000_000_000
ZoneSource = Literal["header", "spec", "assumed"]
_WHOLE_DAYS = ("day", "month", "year")


@dataclass(frozen=True, slots=True)
class Times:
    """What became of a column of times.

    `frame` has a row per cell: `created_at` (Datetime µs, UTC; null when unread), `created_at_raw` (the cell
    as found), `time_precision` (second, minute, day, month, year, none) and `tz_source` (explicit, spec,
    assumed, unknown). Days, months and years keep their calendar date at 00:00 UTC and are never shifted.
    """

    frame: pl.DataFrame
    warnings: list[str]
    ambiguous: bool
    """Day and month could be told apart in no row, or rows contradict each other."""
    failed: int
    """Cells that hold something which is no time."""
    day_first: bool | None
    """How `05/06/2026` was read; None when no cell was of that kind."""


def parse_times(
    series: pl.Series,
    *,
    zone: str | None = None,
    formats: Sequence[str] | None = None,
    day_first: bool | None = None,
    zone_source: ZoneSource = "assumed",
) -> Times:
    """Read a text column of times, in mixed forms if need be.

    Understood are ISO 8601, Ruby and Twitter dates, English month names, `MM/DD/YYYY hh:mm AM`,
    `DD.MM.YYYY`, epochs and spreadsheet serials. `formats` (strptime) replace them. Times without an offset
    are in `zone` (IANA) with `tz_source` = `zone_source`: `header` if the file tells the zone, `spec` if the
    format's documentation does, `assumed` if a person does; without `zone` they are taken as UTC with
    `tz_source` unknown. Unless `day_first` is given,
    the whole column decides: a first part above 12 means day first, a second one month first. A year before
    1900 or after 2119, or an epoch beyond 2037, is no time: it may be a card or telephone number. For a table
    that comes in batches, ask `decide_day_first` once. Raises ReadError for an unknown zone.
    """
    if zone is not None:
        _check_zone(zone)
    cells = _numbered(series)
    if not cells.height:
        return Times(_nothing(series), [], False, 0, None)
    swift, others = _swift(cells) if not formats else ([], cells)
    waiting = _clean(others)
    if formats:
        reads, order = _with_formats(waiting, formats), _Order(None, False, [])
    else:
        reads, order = _with_forms(waiting, day_first)
    read = pl.concat([pl.DataFrame(schema=READ), *swift, *reads]).filter(PLAUSIBLE)
    failed = cells.height - others.height + waiting.height - read.height
    warnings = [*order.warnings, *([f"{failed} cells hold no time that could be read."] if failed else [])]
    return Times(_instants(series, read, zone, zone_source), warnings, order.ambiguous, failed, order.day_first)


def decide_day_first(columns: Iterable[pl.Series]) -> bool | None:
    """Whether `05/06/2026` is 5 June, by the first cell of the columns that tells; None when none does."""
    for column in columns:
        numbered = _clean(_numbered(column))
        for parts in (match(numbered, form).parts for form in (NUMERIC, DOTTED)):
            days, months = _evidence(parts) if parts.height else (0, 0)
            if days or months:
                return days >= months
    return None


def excel_serial(column: pl.Expr, *, date1904: bool = False) -> pl.Expr:
    """Spreadsheet serials (days since 1899-12-30, as text or number) as naive Datetime µs, to the second."""
    text = column.cast(pl.String).str.strip_chars().str.replace(",", ".", literal=True)
    return from_serial(text.cast(pl.Float64, strict=False), date1904=date1904)


def snowflake_ms(column: pl.Expr) -> pl.Expr:
    """Epoch milliseconds (Int64) hidden in an X id; null for ids before November 2010 and for other text."""
    number = column.cast(pl.String).cast(pl.Int64, strict=False)
    return pl.when(number >= _FIRST_SNOWFLAKE).then(number // (1 << 22) + _SNOWFLAKE_EPOCH_MS)


@dataclass(frozen=True, slots=True)
class _Order:
    """Day first or month first, and what had to be said about it."""

    day_first: bool | None
    ambiguous: bool
    warnings: list[str]
    is_mixed: bool = False


def _numbered(series: pl.Series) -> pl.DataFrame:
    """The cells that hold something, as row and text."""
    return series.cast(pl.String).alias("text").to_frame().with_row_index("row").drop_nulls("text")


def _clean(cells: pl.DataFrame) -> pl.DataFrame:
    return cells.with_columns(missing(pl.col("text").str.replace_all(_BLANKS, " ")).alias("text")).drop_nulls("text")


def _swift(cells: pl.DataFrame) -> tuple[list[pl.DataFrame], pl.DataFrame]:
    """What programs wrote is read as it stands; and the cells that need a second look."""
    exact, others = split(cells, EXACT)
    whole, others = split(others, WHOLE_EPOCH)
    return [exact_times(exact), epoch_times(whole.rename({"text": "epoch"}))], others


def _with_forms(waiting: pl.DataFrame, day_first: bool | None) -> tuple[list[pl.DataFrame], _Order]:
    reads: list[pl.DataFrame] = []
    for form, read in ((EPOCH, epoch_times), *((form, local_times) for form in FORMS), (SERIAL, serial_times)):
        matched = match(waiting, form)
        waiting = matched.rest
        if matched.parts.height:
            reads.append(read(matched.parts))
    orders: list[_Order] = []
    for form in (NUMERIC, DOTTED):
        matched = match(waiting, form)
        waiting = matched.rest
        if matched.parts.height:
            orders.append(_order(matched.parts, day_first, is_dotted=form == DOTTED))
            reads.append(local_times(_ordered(matched.parts, orders[-1])))
    return reads, _both(orders)


def _both(orders: Sequence[_Order]) -> _Order:
    """What is said of a column in which dates with dots stand beside others."""
    warnings = [warning for order in orders for warning in order.warnings]
    day_first = orders[0].day_first if orders else None
    return _Order(day_first, any(order.ambiguous for order in orders), warnings)


def _evidence(parts: pl.DataFrame) -> tuple[int, int]:
    """Cells that can only be day first, and cells that can only be month first."""
    first, second = (pl.col(name).cast(pl.Int32) for name in ("a", "b"))
    days = (first.is_between(13, 31) & (second <= 12)).sum()
    months = (second.is_between(13, 31) & (first <= 12)).sum()
    return parts.select(days=days, months=months).row(0)


def _order(parts: pl.DataFrame, asked: bool | None, *, is_dotted: bool) -> _Order:
    days, months = _evidence(parts)
    if asked is not None:
        against = months if asked else days
        warning = f"{against} dates cannot be read {_words(asked)}, as the options ask."
        return _Order(asked, False, [warning] if against else [])
    if days and months:
        warning = (
            f"Day and month stand in both orders ({days} times day first, {months} times month first); "
            "dates that could be either were not read. Set day_first to decide."
        )
        return _Order(days >= months, True, [warning], is_mixed=True)
    if days or months:
        return _Order(days > 0, False, [])
    return _Order(True, False, []) if is_dotted else _undecided(parts)


def _undecided(parts: pl.DataFrame) -> _Order:
    """No cell tells. AM and PM speak for month first; what is assumed is said, unless nothing hangs on it."""
    day_first = not parts["ap"].is_not_null().any()
    if parts.select((pl.col("a").cast(pl.Int32) == pl.col("b").cast(pl.Int32)).all()).item():
        return _Order(day_first, False, [])
    warning = (
        f"No date tells whether day or month comes first; they were read {_words(day_first)}. Set day_first to decide."
    )
    return _Order(day_first, True, [warning])


def _words(day_first: bool) -> str:
    return "day first" if day_first else "month first"


def _ordered(parts: pl.DataFrame, order: _Order) -> pl.DataFrame:
    """Parts with `d` and `mo` for `a` and `b`; in a mixed column only where a cell tells by itself."""
    a, b = pl.col("a"), pl.col("b")
    if not order.is_mixed:
        d, mo = (a, b) if order.day_first else (b, a)
        return parts.with_columns(d=d, mo=mo)
    first, second = a.cast(pl.Int32), b.cast(pl.Int32)
    is_day_first = pl.when(first > 12).then(True).when(second > 12).then(False).when(first == second).then(True)
    table = parts.with_columns(is_day_first=is_day_first.otherwise(None))
    d = pl.when("is_day_first").then(a).when(~pl.col("is_day_first")).then(b).otherwise(pl.lit("0"))
    mo = pl.when("is_day_first").then(b).otherwise(a)
    return table.with_columns(d=d, mo=mo)


def _with_formats(waiting: pl.DataFrame, formats: Sequence[str]) -> list[pl.DataFrame]:
    reads: list[pl.DataFrame] = []
    for form in formats:
        local = _strptime(waiting["text"], form)
        has_zone = isinstance(local.dtype, pl.Datetime) and local.dtype.time_zone is not None
        read = waiting.select(
            "row",
            local.dt.replace_time_zone(None).cast(pl.Datetime("us")).alias("local"),
            pl.lit(0 if has_zone else None, pl.Int32).alias("offset"),
            pl.lit(_precision_of(form)).alias("precision"),
            is_instant=pl.lit(False),
        )
        reads.append(read.drop_nulls("local"))
        waiting = waiting.filter(local.is_null())
    return reads


def _precision_of(form: str) -> str:
    """`%d.%m.%Y %H:%M` → minute."""
    told = {directive[-1] for directive in re.findall(r"%[-_:.]?\w|%\+", form)}
    for letters, precision in (
        ("STrXcs+", "second"),
        ("HIklMR", "minute"),
        ("dejDFxvV", "day"),
        ("mbB", "month"),
    ):
        if told & set(letters):
            return precision
    return "year"


def _strptime(text: pl.Series, form: str) -> pl.Series:
    missing_parts = {"month": ("-01", "-%d"), "year": ("-01-01", "-%m-%d")}
    suffix, rest = missing_parts.get(_precision_of(form), ("", ""))
    try:
        return (text + suffix).str.to_datetime(form + rest, strict=False, time_unit="us")
    except pl.exceptions.PolarsError as error:
        raise ReadError(
            "time format",
            f"{form!r} is no strptime format ({error}).",
            mend="Write for example '%d.%m.%Y %H:%M'.",
        ) from error


def _instants(series: pl.Series, read: pl.DataFrame, zone: str | None, source: str) -> pl.DataFrame:
    """One row per cell, in order, from the rows that were read."""
    rows = series.cast(pl.String).alias("created_at_raw").to_frame().with_row_index("row")
    table = rows.join(read, on="row", how="left", maintain_order="left")
    is_local = pl.col("offset").is_null() & ~pl.col("precision").is_in(_WHOLE_DAYS)
    told = (pl.col("local") - pl.duration(minutes=pl.col("offset").fill_null(0))).dt.replace_time_zone("UTC")
    instant = told if zone is None else pl.when(is_local).then(_in_zone(pl.col("local"), zone)).otherwise(told)
    origin = (
        pl.when(pl.col("local").is_null()).then(pl.lit("unknown"))
        .when(pl.col("is_instant")).then(pl.lit("spec"))
        .when(pl.col("offset").is_not_null()).then(pl.lit("explicit"))
        .otherwise(pl.lit("unknown" if zone is None else source))
    )  # fmt: skip
    return table.select(
        instant.alias("created_at"),
        "created_at_raw",
        pl.col("precision").fill_null("none").alias("time_precision"),
        origin.alias("tz_source"),
    )


def _nothing(series: pl.Series) -> pl.DataFrame:
    """The frame of a column without any time."""
    return pl.DataFrame({"created_at_raw": series.cast(pl.String)}).select(
        pl.lit(None, pl.Datetime("us", "UTC")).alias("created_at"),
        "created_at_raw",
        pl.lit("none").alias("time_precision"),
        pl.lit("unknown").alias("tz_source"),
    )


def _check_zone(zone: str) -> None:
    try:
        pl.Series([datetime(2000, 1, 1)]).dt.replace_time_zone(zone)
    except pl.exceptions.ComputeError as error:
        mend = "Write an IANA name such as Europe/Berlin."
        raise ReadError("timezone", f"{zone!r} is no time zone.", mend=mend, code="unknown_zone") from error


def _in_zone(local: pl.Expr, zone: str) -> pl.Expr:
    """Local clock to UTC. Of an hour that comes twice the first; an hour that is skipped moves on by one."""
    at = local.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
    later = local.dt.offset_by("1h").dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
    return pl.coalesce(at, later).dt.convert_time_zone("UTC")
