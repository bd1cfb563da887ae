"""Invented posts in any number, by a seed: what the size of an audit is measured with.

Sentences are put together from pieces, so that nearly all texts differ. They hold what costs time in real ones:
handles, links, numbers, emoji, capitals, negations, entities, and now and then an address or a telephone number.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import numpy as np
import polars as pl

BRAND, RIVAL, OWN = "Meridian Air", "Norda", "meridianair"
CALLS: Final = (
    ("@meridianair", "@meridianair hi,", "@meridianair @flynorda", "Hey @meridianair", "Meridian Air", "@MeridianAir"),
    ("@flynorda", "Norda", "@flynorda hello,"),
)
WHO: Final = (
    "my flight", "our connection", "the crew", "your app", "the gate agent", "my bag", "the refund", "check-in",
    "flight {} to Tbilisi", "the seat in row {}", "your chat", "booking for {} people", "the lounge", "boarding",
)  # fmt: skip
DID: Final = (
    "was cancelled again", "is late by {} hours", "was really friendly", "never arrived", "worked perfectly",
    "has been lost for {} days", "is not answering", "was wonderful, thank you", "crashed twice", "was on time",
    "cost me {} euros more", "wasn't helpful at all", "made my day", "is a joke", "got better since last year",
)  # fmt: skip
THEN: Final = (
    "and nobody told us anything", "but the new plane is GREAT", "and I will recommend you", "so I missed a wedding",
    "and I am still waiting on hold for {} minutes", "but at least the coffee was good", "and the kids loved it",
    "&amp; your staff shrugged", "so I want my money back", "and that is why I fly with you", "for the {}th time",
    "and I slept on the floor of the airport",
)  # fmt: skip
ASK: Final = (
    "What should I do now?", "Please call me.", "Any news?", "Never again!!!", "Well done.", "Do better.", "Thanks!",
    "See https://example.com/p/{}", "My number is +44 20 7946 0{}", "Write to guest{}@example.com", "Reference MA{}X.",
    "How long does it take?", "So disappointed.", "Love it.",
)  # fmt: skip
MOOD: Final = ("", "", "", "", " 😡", " 😍", " #fail", " #travel", " :(", " :)")
_FIRST_ID: Final = 1_400_000_000_000_000_000
_START_MS: Final = int(datetime(2025, 7, 1, tzinfo=UTC).timestamp() * 1000)
_YEAR_MS: Final = 365 * 86_400_000


def posts(count: int, seed: int = 2026, first: int = 0) -> pl.DataFrame:
    """`count` posts: id, text, at (UTC), author, followers, rival (whether it is about the rival).

    Ids go on from the post number `first`, for files that are written in parts.
    """
    rng = np.random.default_rng(seed)
    rival = rng.random(count) < 0.15
    calls = pl.select(
        pl.when(pl.lit(pl.Series(rival)))
        .then(pl.lit(_picked(rng, CALLS[1], count)))
        .otherwise(pl.lit(_picked(rng, CALLS[0], count)))
    ).to_series()
    parts = [_numbered(rng, _picked(rng, pieces, count)) for pieces in (WHO, DID, THEN, ASK)]
    frame = pl.DataFrame({"call": calls, **{str(i): part for i, part in enumerate(parts)}})
    said = pl.concat_str("call", *(str(i) for i in range(len(parts))), separator=" ")
    author = (rng.pareto(1.2, count) * count / 40).astype(np.int64) % max(1, count // 2)
    return pl.DataFrame({
        "id": pl.Series(np.arange(first, first + count) * 7919 + _FIRST_ID).cast(pl.String),
        "text": frame.select(said).to_series() + _picked(rng, MOOD, count),
        "at": pl.Series(np.sort(rng.integers(0, _YEAR_MS, count)) + _START_MS).cast(pl.Datetime("ms", "UTC")),
        "author": author,
        "followers": (50 * (1 + rng.pareto(1.1, count))).astype(np.int64).clip(0, 5_000_000),
        "rival": rival,
    })  # fmt: skip


def _picked(rng: np.random.Generator, pieces: tuple[str, ...], count: int) -> pl.Series:
    return pl.Series(pieces, dtype=pl.String).gather(rng.integers(0, len(pieces), count))


def _numbered(rng: np.random.Generator, texts: pl.Series) -> pl.Series:
    """Pieces with a number in the place of `{}`."""
    numbers = pl.Series(rng.integers(2, 900, len(texts))).cast(pl.String)
    halves = texts.str.splitn("{}", 2).struct.unnest().to_series(0), texts.str.splitn("{}", 2).struct.unnest()
    frame = pl.DataFrame({"before": halves[0], "number": numbers, "after": halves[1].to_series(1)})
    whole = pl.concat_str("before", "number", "after")
    return frame.select(pl.when(pl.col("after").is_null()).then("before").otherwise(whole)).to_series()
