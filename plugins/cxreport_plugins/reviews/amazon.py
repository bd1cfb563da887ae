"""Amazon reviews of the research data sets of 2014, 2018 and 2023 (JSON lines, Python literals, CSV)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from cxreport.api import Batch, Detection, Input, reading
from cxreport_plugins.common.look import Look
from cxreport_plugins.reviews import ids, items, loose, tables
from cxreport_plugins.reviews.format import Format
from cxreport_plugins.reviews.raw import Reviews

SYSTEM: Final = "amazon"
_NEW, _OLD = "2023", "2014-2018"
_BREAK = r"(?i)<br\s*/?>"
_DAY = 86_400
_LAST = 4_102_444_800_000
_COMMON: Final = {"sku": ("asin",), "text": ("text", "reviewtext"), "title": ("title", "summary")}
_NEW_ALIASES: Final = {
    **_COMMON, "rating_raw": ("rating",), "product_id": ("parent asin",), "author_id": ("user id",),
    "created": ("timestamp",), "helpful_votes": ("helpful vote",), "verified_purchase": ("verified purchase",),
}  # fmt: skip
_OLD_ALIASES: Final = {
    **_COMMON, "rating_raw": ("overall",), "product_id": ("asin",), "author_id": ("reviewerid",),
    "author_name": ("reviewername",), "created": ("unixreviewtime",), "day": ("reviewtime",),
    "helpful_votes": ("vote", "helpful"), "verified_purchase": ("verified",),
}  # fmt: skip


def detect(look: Look) -> Detection | None:
    """By the fields of either generation, as JSON, as Python literals or in a table."""
    return tables.Detector(SYSTEM, _LAYOUTS)(look) or (_literal(look) if look.text.startswith("{'") else None)


def read(data: Input, found: Detection, reviews: Reviews) -> Iterator[Batch]:
    """Reviews without ids: a hash of customer, product and time tells one from another."""
    yield from tables.read(data, _LITERALS if found.format == _QUOTED else _LAYOUTS[found.format], reviews)


def _literal(look: Look) -> Detection | None:
    try:
        first = items.mapping(loose.literal(look.text.partition("\n")[0]))
    except ValueError:
        return None
    names = {reading.norm(name) for name in first}
    if not _LITERALS.signature <= names:
        return None
    return Detection(SYSTEM, _QUOTED, 1.0, "Each line is a Python literal with `reviewerID`, `asin` and `overall`.")


def _parse(text: reading.TextStream) -> Iterator[tuple[int, str, object]]:
    """A Python literal a line; a line that is none gives a problem in its place."""
    lines = (line for line in text.lines() if not line.isspace())
    for index, line in enumerate(lines):
        try:
            value = loose.literal(line)
        except ValueError as error:
            value = reading.JsonProblem(index, "broken", f"This line cannot be read: {error}.")
        yield index, f"/{index}", value


def _recent(raw: pl.DataFrame, reviews: Reviews) -> pl.DataFrame:
    """Milliseconds; of those that a spreadsheet rounded to `1.52309E+12`, no more than the day is left."""
    found = pl.col("created")
    refined = _refined(raw).with_columns(found.alias("created_raw"))
    is_rounded = raw["created"].str.contains(r"[eE]\+?\d")
    if not is_rounded.any():
        return refined
    day = pl.when(is_rounded).then(_day(found.cast(pl.Float64, strict=False)))
    return refined.with_columns(pl.coalesce(day, found).alias("created"))


def _early(raw: pl.DataFrame, reviews: Reviews) -> pl.DataFrame:
    """Seconds that stand for whole days, or the day as `09 13, 2009`; `helpful` is `[helpful, all]`."""
    seconds = pl.col("created").cast(pl.Float64, strict=False)
    created = pl.coalesce(pl.when(seconds % _DAY == 0).then(_day(seconds * 1000)), "created")
    written = pl.col("day").str.replace(r"^(\d{1,2}) (\d{1,2}), (\d{4})$", "${3}-${1}-${2}")
    votes = pl.col("helpful_votes")
    return _refined(raw).with_columns(
        pl.coalesce(created, written).alias("created"),
        pl.coalesce("created", "day").alias("created_raw"),
        pl.coalesce(votes.str.extract(r"^[\[(]\s*(\d+)"), votes).alias("helpful_votes"),
    )


def _day(milliseconds: pl.Expr) -> pl.Expr:
    """The date in UTC; null for what lies before 1970 or after 2100."""
    known = pl.when(milliseconds.is_between(0, _LAST)).then(milliseconds)
    return known.cast(pl.Int64).cast(pl.Datetime("ms")).dt.to_string("%Y-%m-%d")


def _refined(raw: pl.DataFrame) -> pl.DataFrame:
    """An id, and text without the HTML that it holds."""
    plain = raw.select(reading.html_text(pl.col("text").map_batches(_unbroken, return_dtype=pl.String))).to_series()
    return raw.with_columns(
        ids.digests(raw, "author_id", "sku", "created"),
        plain,
        pl.when(plain != raw["text"]).then("text").alias("text_original"),
    )


def _unbroken(texts: pl.Series) -> pl.Series:
    """Line breaks for their tags, in the few texts that have any."""
    places = texts.str.contains("<", literal=True).arg_true()
    return texts.scatter(places, texts.gather(places).str.replace_all(_BREAK, "\n")) if len(places) else texts


_EARLY: Final = frozenset(("reviewerid", "asin", "overall"))
_VOTES: Final = frozenset(("helpful_votes",))
_LAYOUTS: Final = {
    _NEW: tables.Layout(frozenset(("parent asin", "rating", "user id")), _NEW_ALIASES, _recent),
    _OLD: tables.Layout(_EARLY, _OLD_ALIASES, _early, doubled=_VOTES),
}
_QUOTED = "2014, Python literals"
_LITERALS: Final = tables.Layout(_EARLY, _OLD_ALIASES, _early, doubled=_VOTES, parse=_parse)
FORMAT: Final = Format(
    SYSTEM, "Amazon research data sets 2014–2023 (JSONL)", "amazon", detect, read, frame="without_replies"
)
