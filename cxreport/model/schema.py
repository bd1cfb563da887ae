"""The canonical tables, as Polars schemas: what every source yields and every later stage may rely on.

Instants are UTC with microseconds. Ids are strings. `null` means "not in the export", never zero.
"""

from __future__ import annotations

import polars as pl

from cxreport.model.message import message

INSTANT = pl.Datetime("us", "UTC")
LABELS = pl.List(pl.Struct({"label": pl.String, "weight": pl.Float64, "rule": pl.String}))
"""Type of a multi-valued enricher column; the core explodes it into the table `labels`."""

AUTHOR_BUCKETS = 512
"""Authors are hashed into this many buckets at load; bootstraps resample the sums of buckets."""

MOMENTS = ("stimulus", "zmot", "fmot", "smot")
SENTIMENTS = (message("negative"), message("neutral"), message("positive"))

_S, _I, _F, _B = pl.String, pl.Int64, pl.Float64, pl.Boolean

RECORDS: dict[str, pl.DataType | type[pl.DataType]] = {
    # where it comes from
    "record_id": _S, "source_id": _S, "source_entity": _S, "source_system": _S, "source_format": _S,
    "source_file": _S, "source_member": _S, "source_row": _I, "source_pointer": _S, "source_sha256": _S,
    "id_space": _S, "native_id": _S, "id_damaged": _B, "kind": _S, "channel": _S, "url": _S,
    # when
    "created_at": INSTANT, "created_at_raw": _S, "time_precision": _S, "tz_source": _S,
    "updated_at": INSTANT, "experienced_at": INSTANT,
    # who
    "author_id": _S, "author_bucket": pl.UInt16, "author_handle": _S, "author_name": _S, "author_role": _S,
    "brand_authored": _B, "brand_authored_basis": _S,
    "author_followers": _I, "author_following": _I, "author_posts": _I, "author_verified": _B,
    "author_country": _S,
    # what was said
    "title": _S, "text": _S, "text_original": _S, "text_positive": _S, "text_negative": _S,
    "text_translated": _S, "text_truncated": _B, "language": _S, "language_source": _S,
    # what was rated
    "metric": _S, "rating_raw": _S, "rating_value": _F, "rating_min": _F, "rating_max": _F,
    "rating_scale_source": _S, "rating_reversed": _B, "rating_norm": _F,
    "nps_score": _I, "nps_group": _S, "csat_value": _F, "csat_max": _F, "ces_value": _F, "ces_max": _F,
    "question_id": _S, "question_text": _S,
    # in answer to what
    "in_reply_to_id": _S, "in_reply_to_handle": _S, "conversation_id": _S, "thread_root_id": _S,
    "quoted_id": _S, "reposted_id": _S,
    # how far it went
    "likes": _I, "reposts": _I, "replies": _I, "quotes": _I, "bookmarks": _I, "shares": _I,
    "impressions": _I, "video_views": _I, "reach": _I, "engagements": _I, "helpful_votes": _I,
    "metrics_of_original": _B,
    # about what
    "brand": _S, "product_id": _S, "product_name": _S, "sku": _S, "app_version": _S, "device": _S,
    "location_id": _S, "location_name": _S, "lat": _F, "lon": _F, "country": _S, "region": _S, "city": _S,
    "segment": _S, "tags": pl.List(_S), "sentiment_vendor": _S, "verified_purchase": _B, "invited": _B,
    "weight": _F, "is_context": _B, "complete": _B, "duration_s": _F, "versions": _I,
    "extra": _S,  # JSON object of every unmapped field: nothing is lost
    "warnings": pl.List(_S),
}  # fmt: skip

ANSWERS: dict[str, pl.DataType | type[pl.DataType]] = {
    "record_id": _S, "question_id": _S, "question_text": _S, "row_label": _S, "position": _I,
    "answer_type": _S, "value_text": _S, "value_number": _F, "value_codes": pl.List(_S),
    "scale_min": _F, "scale_max": _F, "not_shown": _B,
}  # fmt: skip

LABELS_TABLE: dict[str, pl.DataType | type[pl.DataType]] = {
    "record_id": _S, "kind": _S, "label": _S, "weight": _F, "rule": _S,
}  # fmt: skip

METRICS: dict[str, pl.DataType | type[pl.DataType]] = {
    "source_id": _S, "source_file": _S, "system": _S, "entity": _S,
    "subject": _S, "date": pl.Date, "name": _S, "value": _F,
}  # fmt: skip
"""Figures that a platform states and nobody said: they are told beside the measures and enter none of them.

`subject` is the place, product or account as the file names it, null where the file names none. `date` is the day
that a total is of, null for what held when the file was made. `name` is `rating_average`, `rating_count`,
`review_count` or `rating_max` (the best rating there is, 5 if absent); any other is a total, in snake_case.
"""

FILLED_BY_CORE = (
    "record_id", "source_id", "source_entity", "source_file", "source_member", "source_sha256", "id_space",
    "author_bucket", "versions",
)  # fmt: skip
"""Columns of `records` that a source leaves alone: the loader writes them."""

_FALSE_BY_DEFAULT = ("id_damaged", "text_truncated", "rating_reversed", "metrics_of_original", "is_context")


def conform(frame: pl.DataFrame, schema: dict[str, pl.DataType | type[pl.DataType]] = RECORDS) -> pl.DataFrame:
    """Give `frame` exactly the columns of `schema`, in order and typed; absent columns become null.

    Raises `ValueError` naming the columns that the schema does not know, so that a typo in a source is
    found by its first test and not by a missing number on a page.
    """
    unknown = sorted(set(frame.columns) - set(schema))
    if unknown:
        raise ValueError(f"columns outside the canonical schema: {', '.join(unknown)}")
    if not frame.columns:
        return pl.DataFrame(schema=schema)
    columns = [
        (pl.col(name) if name in frame.columns else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in schema.items()
    ]
    whole = frame.select(columns)
    flags = [pl.col(name).fill_null(value=False) for name in _FALSE_BY_DEFAULT if name in schema]
    return whole.with_columns(flags) if flags else whole
