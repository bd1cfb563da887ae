"""Identity: which record is which, and whose, whatever file or order it came in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np
import polars as pl

from cxreport.model.schema import AUTHOR_BUCKETS

_SEPARATOR = "\x1f"
_BYTES = 12
_CONTENT = ("kind", "created_at_raw", "author_id", "title", "text", "rating_raw", "extra")


@dataclass
class Identity:
    """Occurrence numbers of records without a native id, so that equal contents stay distinct and stable."""

    seen: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """How many records were numbered so far."""
        return self.seen.total()

    def number(self, content: str) -> int:
        """How often this content has been met, this time included."""
        self.seen[content] += 1
        return self.seen[content]


def buckets(authors: pl.Series) -> pl.Series:
    """Author → one of 512 buckets; keyless, so that results do not depend on the project's key."""
    distinct = authors.drop_nulls().unique()
    hashes = b"".join(blake2b(name, digest_size=4).digest() for name in distinct.cast(pl.Binary).to_list())
    numbers = pl.Series(np.frombuffer(hashes, ">u4") % AUTHOR_BUCKETS, dtype=pl.UInt16)
    table = pl.DataFrame({"author": distinct, "author_bucket": numbers}, schema_overrides={"author": pl.String})
    return authors.alias("author").to_frame().join(table, on="author", how="left", maintain_order="left").to_series(1)


def record_ids(frame: pl.DataFrame, identity: Identity) -> pl.Series:
    """24 hex digits of `id_space` and native id; without a native id, of the content and its occurrence.

    Never of file and row: appending a row to an export would change every id after it.
    """
    named = frame.select(named=pl.concat_str("id_space", "native_id", separator=_SEPARATOR))["named"]
    hashes = [blake2b(name, digest_size=_BYTES).digest() for name in named.drop_nulls().cast(pl.Binary).to_list()]
    ids = pl.Series("record_id", hashes, dtype=pl.Binary).bin.encode("hex")
    if not named.null_count():
        return ids
    parts = [pl.col(column).cast(pl.String).fill_null("") for column in _CONTENT]
    content = frame.filter(named.is_null()).select(pl.concat_str("source_system", *parts, separator=_SEPARATOR))
    numbered = pl.Series([_numbered(text, identity) for text in content.to_series()], dtype=pl.String)
    places = pl.concat([named.is_not_null().arg_true(), named.is_null().arg_true()])
    return pl.concat([ids, numbered]).gather(places.arg_sort()).alias("record_id")


def _numbered(content: str, identity: Identity) -> str:
    short = blake2b(content.encode(), digest_size=_BYTES).hexdigest()
    return blake2b(f"{short}#{identity.number(short)}".encode(), digest_size=_BYTES).hexdigest()
