"""Ids for reviews whose export gives none: hashes of what tells them apart."""

from __future__ import annotations

import hashlib

import polars as pl

_SEPARATOR = "\x1f"


def digest(*parts: str | None) -> str | None:
    """24 hex digits of the parts; None when all are missing. Of public things only: it can be guessed back."""
    if not any(parts):
        return None
    return hashlib.blake2b(_SEPARATOR.join(part or "" for part in parts).encode(), digest_size=12).hexdigest()


def digests(frame: pl.DataFrame, *columns: str) -> pl.Series:
    """`digest` of the columns that the frame has, row by row, as `native_id`."""
    known = [frame[column] for column in columns if column in frame.columns]
    return pl.Series("native_id", [digest(*cells) for cells in zip(*known, strict=True)], dtype=pl.String)
