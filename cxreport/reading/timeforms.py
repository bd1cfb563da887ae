"""The forms in which exports write times, each a pattern with named parts; parts become local times.

Everything works on whole columns. A form's parts are text until `local_times` puts them together; what is no
real date (30 February, 25:00) comes out null.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import polars as pl

_CLOCK = (
    r"(?P<h>[0-9]{1,2}):(?P<mi>[0-9]{2})(?::(?P<s>[0-9]{2})(?:[.,](?P<frac>[0-9]{1,9})[0-9]*)?)?"
    r"(?:\s?(?P<ap>[AaPp])\.?\s?[Mm]\.?)?"
)
_ZONE = (
    r"(?:\s?(?P<off>Z|z|(?:UTC|GMT)?[+\-−][0-9]{1,2}(?::?[0-9]{2})?|UTC|GMT|E[SD]T|C[SD]T|M[SD]T|P[SD]T"
    r"|CES?T|WES?T|EES?T|MSK|JST))?(?:\s?\([^)]*\))?"
)
_TIME = rf"{_CLOCK}{_ZONE}"
_NAME = r"(?P<mon>[A-Za-z]{3,9})\.?"
_WEEKDAY = r"(?:[A-Za-z]{3,9}\.?,?\s)?"
_DAY = r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?"
_GAP = r"(?:,|,?\sat)?\s"

FORMS: tuple[str, ...] = (
    rf"^(?P<y>[0-9]{{4}})[-/.](?P<mo>[0-9]{{1,2}})[-/.](?P<d>[0-9]{{1,2}})\.?(?:(?:[Tt]|,?\s){_TIME})?$",
    rf"^{_WEEKDAY}{_NAME}\s(?P<d>[0-9]{{1,2}})\s{_TIME}\s(?P<y>[0-9]{{4}})$",
    rf"^{_WEEKDAY}{_NAME}\s{_DAY},?\s(?P<y>[0-9]{{4}})(?:{_GAP}{_TIME})?$",
    rf"^{_WEEKDAY}{_DAY}\.?[\s\-/]{_NAME}[\s\-/](?P<y>[0-9]{{4}}|[0-9]{{2}})(?:{_GAP}{_TIME})?$",
    rf"^{_CLOCK}\s?·\s?{_NAME}\s{_DAY},?\s(?P<y>[0-9]{{4}})$",
    r"^(?P<y>(?:19|20)[0-9]{2})(?P<mo>[01][0-9])(?P<d>[0-3][0-9])$",
    r"^(?P<y>(?:19|20)[0-9]{2})(?P<mo>[01][0-9])(?P<d>[0-3][0-9])T?(?P<h>[0-2][0-9])(?P<mi>[0-5][0-9])(?P<s>[0-5][0-9])(?P<off>Z)?$",
    rf"^{_NAME},?\s(?P<y>[0-9]{{4}})$",
    r"^(?P<y>[0-9]{4})[-/](?P<mo>[0-9]{1,2})$",
    r"^(?P<y>(?:19|20)[0-9]{2})$",
)
"""Forms that are read in one way only: ISO, Ruby, English month names, compact, month, year."""
EXACT = (
    r"^[12][0-9]{3}-[01][0-9]-[0-3][0-9][T ][0-2][0-9]:[0-5][0-9]:[0-5][0-9]"
    r"(?:\.[0-9]{1,9})?(?: ?(?:Z|UTC|[+-][0-9]{2}:?[0-9]{2}))?$"
)
"""The form in which programs write; cells in it need no cleaning."""
NUMERIC, DOTTED = (
    rf"^(?P<a>[0-9]{{1,2}}){sep}\s?(?P<b>[0-9]{{1,2}}){sep}\s?(?P<y>[0-9]{{4}}|[0-9]{{2}})\.?(?:,?\s{_TIME})?$"
    for sep in (r"[/\-]", r"\.")
)
"""Day first or month first: the parts `a` and `b` wait for the column's decision."""
EPOCH = r"^(?P<epoch>[0-9]{9,10}|[0-9]{12,13}|[0-9]{16}|[0-9]{19})(?P<part>\.[0-9]+)?$"
WHOLE_EPOCH = r"^(?:[0-9]{9,10}|[0-9]{12,13}|[0-9]{16}|[0-9]{19})$"
SERIAL = r"^(?P<serial>[0-9]{5}(?:[.,][0-9]+)?)$"

PARTS = ("y", "mo", "mon", "d", "h", "mi", "s", "frac", "ap", "off")
SERIAL_RANGE = (20_000, 80_000)
"""Days since 1899-12-30 that are taken for dates: 1954 to 2119."""
_ENGLISH = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_NAMES = {name: number for number, month in enumerate(_ENGLISH, 1) for name in (month, month[:3], month[:4])}
_ZONES = {
    "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420,
    "CET": 60, "CEST": 120, "WET": 0, "WEST": 60, "EET": 120, "EEST": 180, "MSK": 180, "JST": 540,
    "Z": 0, "UTC": 0, "GMT": 0,
}  # fmt: skip
"""Minutes east of UTC: the abbreviations of RFC 2822 and those that mean one thing only."""
_PIVOT = 69
READ = {
    "row": pl.UInt32(),
    "local": pl.Datetime("us"),
    "offset": pl.Int32(),
    "precision": pl.String(),
    "is_instant": pl.Boolean(),
}
"""A read time: row, the clock it shows, minutes east of UTC if told, precision, whether it is an epoch."""
PLAUSIBLE = pl.col("local").is_between(
    datetime(1900, 1, 1), pl.when("is_instant").then(datetime(2038, 1, 1)).otherwise(datetime(2120, 1, 1)), "left"
)
"""Times that feedback may have. Later epochs are other numbers: those of cards begin beyond 2038, of telephones too."""


@dataclass(frozen=True, slots=True)
class Matched:
    """Rows that match a form, with its parts, and the rows left over."""

    parts: pl.DataFrame
    rest: pl.DataFrame


def match(waiting: pl.DataFrame, form: str) -> Matched:
    """Split `waiting` (row, text) into what matches `form` and the rest."""
    if not waiting.height:
        return Matched(pl.DataFrame(), waiting)
    found, rest = split(waiting, form)
    if not found.height:
        return Matched(pl.DataFrame(), rest)
    parts = found.select("row", pl.col("text").str.extract_groups(form).alias("parts")).unnest("parts")
    return Matched(parts, rest)


def split(waiting: pl.DataFrame, form: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows of `waiting` that match a form, and the others."""
    hit = waiting["text"].str.contains(form)
    return waiting.filter(hit), waiting.filter(~hit)


def local_times(parts: pl.DataFrame) -> pl.DataFrame:
    """Parts (y, mo or mon, d, h …) as `READ`; impossible dates have a null `local`."""
    missing = [pl.lit(None, pl.String).alias(name) for name in PARTS if name not in parts.columns]
    table = parts.with_columns(missing).with_columns(
        y=_year(),
        mo=pl.coalesce(_int("mo"), pl.col("mon").str.to_lowercase().replace_strict(_NAMES, default=None)),
        d=_int("d"),
        h=_hour(),
        mi=_int("mi"),
        s=_int("s"),
        us=pl.col("frac").str.pad_end(6, "0").str.slice(0, 6).cast(pl.Int64),
        offset=_offset(),
        precision=_precision(),
    )
    return table.select(
        "row",
        _assembled().alias("local"),
        "offset",
        "precision",
        is_instant=pl.lit(False),
    )


def exact_times(found: pl.DataFrame) -> pl.DataFrame:
    """Cells (row, text) of the form `EXACT` as `READ`; what follows the clock is read once for all that share it."""
    cut = found.select("row", clock=pl.col("text").str.slice(0, 19), tail=pl.col("text").str.slice(19))
    tails = cut.select(pl.col("tail").unique(maintain_order=True)).with_columns(
        us=pl.col("tail").str.extract(r"^\.(\d+)").str.pad_end(6, "0").str.slice(0, 6).cast(pl.Int64).fill_null(0),
        off=pl.col("tail").str.extract(r"(Z|UTC|[+-].*)$"),
    )
    read = cut.join(tails.with_columns(offset=_offset()), on="tail", how="left", maintain_order="left")
    clock = (
        pl.col("clock")
        .str.replace("T", " ", literal=True)
        .str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False, time_unit="us")
    )
    return read.select(
        "row",
        local=clock + pl.duration(microseconds="us"),
        offset="offset",
        precision=pl.lit("second"),
        is_instant=pl.lit(False),
    )


def epoch_times(parts: pl.DataFrame) -> pl.DataFrame:
    """Seconds, milli-, micro- or nanoseconds since 1970, told apart by their length, as `READ`."""
    digits = pl.col("epoch").str.len_chars()
    number = pl.col("epoch").cast(pl.Int64, strict=False)
    scaled = (
        pl.when(digits <= 10).then(number * 1_000_000)
        .when(digits <= 13).then(number * 1_000)
        .when(digits <= 16).then(number)
        .otherwise(number // 1_000)
    )  # fmt: skip
    return parts.select(
        "row",
        scaled.cast(pl.Datetime("us")).alias("local"),
        pl.lit(0, pl.Int32).alias("offset"),
        pl.lit("second").alias("precision"),
        is_instant=pl.lit(True),
    )


def serial_times(parts: pl.DataFrame) -> pl.DataFrame:
    """Excel serials as `READ`, rounded to the second; a whole number is a day."""
    days = pl.col("serial").str.replace(",", ".", literal=True).cast(pl.Float64)
    sound = days.is_between(*SERIAL_RANGE)
    return parts.select(
        "row",
        pl.when(sound).then(from_serial(days)).alias("local"),
        pl.lit(None, pl.Int32).alias("offset"),
        pl.when(days == days.floor()).then(pl.lit("day")).otherwise(pl.lit("second")).alias("precision"),
        is_instant=pl.lit(False),
    )


def from_serial(days: pl.Expr, *, date1904: bool = False) -> pl.Expr:
    """Spreadsheet days (Float64) as a naive time, to the nearest second."""
    start = pl.datetime(1904, 1, 1) if date1904 else pl.datetime(1899, 12, 30)
    microseconds = (days * 86_400).round().cast(pl.Int64) * 1_000_000
    return microseconds.cast(pl.Duration("us")) + start


def _int(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.Int32, strict=False)


def _year() -> pl.Expr:
    year = _int("y")
    century = pl.when(year < _PIVOT).then(2000).otherwise(1900)
    return pl.when(pl.col("y").str.len_chars() == 2).then(year + century).otherwise(year)


def _hour() -> pl.Expr:
    hour, half = _int("h"), pl.col("ap").str.to_lowercase()
    on_dial = hour.is_between(1, 12) & half.is_not_null()
    return pl.when(on_dial).then(hour % 12 + pl.when(half == "p").then(12).otherwise(0)).otherwise(hour)


def _offset() -> pl.Expr:
    """Minutes east of UTC, null when the cell tells none."""
    text = pl.col("off").str.to_uppercase().str.replace("−", "-", literal=True)
    signed = text.str.strip_prefix("UTC").str.strip_prefix("GMT").str.replace(":", "", literal=True)
    digits = signed.str.slice(1)
    hours = digits.str.slice(0, pl.when(digits.str.len_chars() % 2 == 0).then(2).otherwise(1)).cast(
        pl.Int32, strict=False
    )
    minutes = (
        pl.when(digits.str.len_chars() >= 3)
        .then(digits.str.slice(-2))
        .otherwise(pl.lit("0"))
        .cast(pl.Int32, strict=False)
    )
    sign = pl.when(signed.str.starts_with("-")).then(-1).otherwise(1)
    named = text.replace_strict(_ZONES, default=None, return_dtype=pl.Int32)
    return pl.coalesce(named, pl.when(signed.str.contains(r"^[+\-]")).then(sign * (hours * 60 + minutes))).cast(
        pl.Int32
    )


def _precision() -> pl.Expr:
    return (
        pl.when(pl.col("s").is_not_null()).then(pl.lit("second"))
        .when(pl.col("h").is_not_null()).then(pl.lit("minute"))
        .when(pl.col("d").is_not_null()).then(pl.lit("day"))
        .when(pl.col("mo").is_not_null() | pl.col("mon").is_not_null()).then(pl.lit("month"))
        .otherwise(pl.lit("year"))
    )  # fmt: skip


def _assembled() -> pl.Expr:
    """A naive time from number columns; null when the date or the clock is impossible."""
    month = pl.when(pl.col("precision") == "year").then(1).otherwise(pl.col("mo"))
    day = pl.col("d").fill_null(1)
    hour, minute, second = (pl.col(name).fill_null(0) for name in ("h", "mi", "s"))
    first = pl.date(pl.col("y").clip(1, 9999), month.clip(1, 12), 1)
    date = first + pl.duration(days=day - 1)
    possible = (
        month.is_between(1, 12) & day.is_between(1, 31) & (date.dt.month() == month) & pl.col("y").is_between(1, 9999)
    )
    on_clock = hour.is_between(0, 23) & minute.is_between(0, 59) & second.is_between(0, 59)
    clock = pl.duration(hours=hour, minutes=minute, seconds=second, microseconds=pl.col("us").fill_null(0))
    return pl.when(possible & on_clock).then(date.cast(pl.Datetime("us")) + clock)
