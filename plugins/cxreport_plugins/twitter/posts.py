"""From posts as the formats give them to records: what is the same whatever a post came in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

import polars as pl

from cxreport.api import Batch, Reject, reading

CHANNEL: Final = "x"
BATCH_ROWS = 10_000
REPOST_PATTERN: Final = r"^RT @\w{1,20}:? "
"""How the text of a repost begins."""
REPOST: Final = re.compile(REPOST_PATTERN)

_MOST: Final = 10**15

RAW: Final[dict[str, Any]] = {
    "source_row": pl.Int64, "source_pointer": pl.String, "native_id": pl.String, "created_at_raw": pl.String,
    "raw_text": pl.String, "full_text": pl.String, "raw_language": pl.String, "is_repost": pl.Boolean,
    "is_addressed": pl.Boolean,
    "author_id": pl.String, "author_handle": pl.String, "author_name": pl.String, "author_role": pl.String,
    "brand_authored": pl.Boolean, "brand_authored_basis": pl.String,
    "author_followers": pl.Int64, "author_following": pl.Int64, "author_posts": pl.Int64,
    "author_verified": pl.Boolean,
    "in_reply_to_id": pl.String, "in_reply_to_handle": pl.String, "conversation_id": pl.String,
    "quoted_id": pl.String, "reposted_id": pl.String,
    "likes": pl.Int64, "reposts": pl.Int64, "replies": pl.Int64, "quotes": pl.Int64, "bookmarks": pl.Int64,
    "impressions": pl.Int64, "metrics_of_original": pl.Boolean,
    "tags": pl.List(pl.String), "lat": pl.Float64, "lon": pl.Float64, "country": pl.String, "city": pl.String,
    "extra": pl.String, "is_context": pl.Boolean, "text_truncated": pl.Boolean,
}  # fmt: skip
"""One post as a format gives it: `full_text` is what to read instead of `raw_text`, where they differ.

`is_addressed` means that it speaks to an account although it answers no known post.
"""

_PSEUDO_LANGUAGES = ("und", "qme", "qst", "qht", "qct", "qam", "zxx", "art", "")
_OLD_LANGUAGES = {"in": "id", "iw": "he", "ji": "yi"}


def batches(found: Iterable[dict[str, Any] | Reject]) -> Iterator[Batch]:
    """Batches of records from raw posts (keys of `RAW`, absent ones are null) and rejects, in order."""
    waiting = iter(found)
    while chunk := list(islice(waiting, BATCH_ROWS)):
        posts = [post for post in chunk if not isinstance(post, Reject)]
        rejects = tuple(reject for reject in chunk if isinstance(reject, Reject))
        yield Batch(records(pl.DataFrame(posts, schema=RAW, strict=False)), rejects=rejects)


def filled(raw: pl.DataFrame) -> pl.DataFrame:
    """A frame with some columns of `RAW`, given the others as nulls."""
    cells = (
        (pl.col(name) if name in raw.columns else pl.lit(None)).cast(kind).alias(name) for name, kind in RAW.items()
    )
    return raw.select(*cells)


def records(raw: pl.DataFrame) -> pl.DataFrame:
    """Canonical records from a frame of the schema `RAW`."""
    frame = raw.with_columns(
        reading.x_text(pl.coalesce("full_text", "raw_text")).alias("text"),
        language(pl.col("raw_language")).alias("language"),
        kind().alias("kind"),
        url(),
        pl.lit(CHANNEL).alias("channel"),
    )
    frame = frame.with_columns(
        pl.when(pl.col("raw_text") != pl.col("text")).then("raw_text").alias("text_original"),
        pl.when(pl.col("language").is_not_null()).then(pl.lit("source")).alias("language_source"),
        (pl.col("text_truncated") | is_cut()).alias("text_truncated"),
    )
    whole = frame.drop("created_at_raw", "raw_text", "full_text", "raw_language", "is_repost", "is_addressed")
    return whole.hstack(dated(raw["created_at_raw"]))


def language(code: pl.Expr) -> pl.Expr:
    """BCP-47 tag; codes by which X says "no language" become null, those it kept from old times current."""
    return pl.when(~code.is_in(_PSEUDO_LANGUAGES)).then(code.replace(_OLD_LANGUAGES))


def kind() -> pl.Expr:
    """What a post is; one that both answers and quotes is a reply."""
    return (
        pl.when("is_repost")
        .then(pl.lit("repost"))
        .when(pl.col("in_reply_to_id").is_not_null())
        .then(pl.lit("reply"))
        .when(pl.col("quoted_id").is_not_null())
        .then(pl.lit("quote"))
        .when("is_addressed")
        .then(pl.lit("mention"))
        .otherwise(pl.lit("post"))
    )


def is_cut() -> pl.Expr:
    """Whether it repeats only the beginning of what it reposts: X cuts that at 140 characters."""
    return pl.col("is_repost") & pl.col("full_text").is_null() & pl.col("raw_text").str.ends_with("…")


def url() -> pl.Expr:
    """Address of the post; X finds it by id alone where the handle is unknown."""
    whose = pl.col("author_handle").fill_null("i/web")
    return pl.format("https://x.com/{}/status/{}", whose, "native_id").alias("url")


def dated(raw: pl.Series, zone: str | None = None, known: str | None = None) -> pl.DataFrame:
    """`created_at` and the columns that belong to it, and `warnings`.

    Times without an offset are in `zone`, else in `known`, the zone that the format is documented to use.
    """
    times = reading.parse_times(raw, zone=zone or known)
    frame = times.frame
    if known and not zone:
        frame = frame.with_columns(pl.col("tz_source").replace("assumed", "spec"))
    failed = pl.col("created_at").is_null() & reading.blank(pl.col("created_at_raw")).is_not_null()
    return frame.with_columns(pl.when(failed).then(pl.lit(["date_unreadable"])).alias("warnings"))


def text_of(value: Any) -> str | None:
    """A string, or a number as one; None for anything else and for the empty string."""
    if type(value) is str:
        return value or None
    return str(value) if type(value) is int else None


def count_of(value: Any) -> int | None:
    """A count, which archives write as a string; None when it is none."""
    if type(value) is int:
        return value if 0 <= value < _MOST else None
    text = text_of(value)
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 15:
        return None
    return int(text)


def dicts(value: Any) -> list[dict[str, Any]]:
    """The objects in a list; none when it is no list (R writes empty lists as `{}`)."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def mapping(value: Any) -> dict[str, Any]:
    """An object; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def tags(*groups: Sequence[str | None]) -> list[str] | None:
    """Labels of a post, each once, in order; None when there is none."""
    return list(dict.fromkeys(tag for group in groups for tag in group if tag)) or None


def point(value: Any) -> tuple[float | None, float | None]:
    """Latitude and longitude of a GeoJSON point, which has them the other way round."""
    try:
        lon, lat = (float(part) for part in mapping(value)["coordinates"])
    except (KeyError, TypeError, ValueError):
        return None, None
    return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else (None, None)


def extra_of(value: dict[str, Any], mapped: frozenset[str]) -> str | None:
    """The fields of a post that no column holds, as a JSON object with sorted keys."""
    rest = {key: item for key, item in value.items() if key not in mapped}
    return reading.sorted_json(rest) if rest else None
