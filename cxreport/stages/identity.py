"""Identity: which record is which, and whose, whatever file or order it came in."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field

import polars as pl

from cxreport.model.schema import AUTHOR_BUCKETS

_SEPARATOR = "\x1f"
_CONTENT = ("kind", "created_at_raw", "author_id", "title", "text", "rating_raw", "extra")


@dataclass
class Identity:
    """Occurrence numbers of records without a native id, so that equal contents stay distinct and stable."""

    seen: Counter[str] = field(default_factory=Counter)

    def number(self, content: str) -> int:
        """How often this content has been met, this time included."""
        self.seen[content] += 1
        return self.seen[content]


def buckets(authors: pl.Series) -> pl.Series:
    """Author → one of 512 buckets; keyless, so that results do not depend on the project's key."""
    distinct = authors.drop_nulls().unique()
    numbers = [_digest(a, 4) for a in distinct]
    table = {a: int(h, 16) % AUTHOR_BUCKETS for a, h in zip(distinct, numbers, strict=True)}
    mapped = authors.replace_strict(table, default=None, return_dtype=pl.UInt16) if table else authors.cast(pl.UInt16)
    return mapped.alias("author_bucket")


def record_ids(frame: pl.DataFrame, identity: Identity) -> pl.Series:
    """24 hex digits of `id_space` and native id; without a native id, of the content and its occurrence.

    Never of file and row: appending a row to an export would change every id after it.
    """
    named = pl.concat_str("id_space", "native_id", separator=_SEPARATOR)
    parts = [pl.col(column).cast(pl.String).fill_null("") for column in _CONTENT]
    content = pl.concat_str("source_system", *parts, separator=_SEPARATOR)
    keys = frame.select(named=named, content=pl.when(named.is_null()).then(content))
    ids = [
        _digest(name, 12) if name is not None else _numbered(text, identity)
        for name, text in zip(keys["named"], keys["content"], strict=True)
    ]
    return pl.Series("record_id", ids, dtype=pl.String)


def _numbered(content: str, identity: Identity) -> str:
    short = _digest(content, 12)
    return _digest(f"{short}#{identity.number(short)}", 12)


def _digest(text: str, size: int) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()
