"""Ids for reviews whose export gives none: hashes of what tells them apart."""

from __future__ import annotations

from hashlib import blake2b

import polars as pl

_SEPARATOR = "\x1f"
_BYTES = 12


def digest(*parts: str | None) -> str | None:
    """24 hex digits of the parts; None when all are missing. Of public things only: it can be guessed back."""
    if not any(parts):
        return None
    return blake2b(_SEPARATOR.join(part or "" for part in parts).encode(), digest_size=_BYTES).hexdigest()


def digests(frame: pl.DataFrame, *columns: str) -> pl.Series:
    """`digest` of the columns that the frame has, row by row, as `native_id`."""
    known = [pl.col(column).fill_null("") for column in columns if column in frame.columns]
    joined = frame.select(pl.concat_str(known, separator=_SEPARATOR)).to_series().cast(pl.Binary)
    nothing = _SEPARATOR.encode() * (len(known) - 1)
    hashes = [None if whole == nothing else blake2b(whole, digest_size=_BYTES).digest() for whole in joined.to_list()]
    return pl.Series("native_id", hashes, dtype=pl.Binary).bin.encode("hex")
