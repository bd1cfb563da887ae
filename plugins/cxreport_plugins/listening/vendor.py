"""What is special to the export of one tool: its signature, and under which names it has which column."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from cxreport.api import Detection, reading
from cxreport_plugins.common import header as header_row
from cxreport_plugins.common.look import Look

Names = Mapping[str, Sequence[str]]
"""Raw column → normalised header names it has or had, the best first."""
Preview = Sequence[Sequence[str]]

RAW: Final = (
    "native_id", "url", "page", "entry", "created", "clock", "title", "text", "excerpt", "author_id",
    "author_handle", "author_name", "author_followers", "author_following", "author_posts", "author_verified",
    "likes", "reposts", "replies", "bookmarks", "impressions", "video_views", "reach", "engagements", "parent",
    "reposted", "conversation_id", "sentiment_vendor", "rating_raw", "product_name", "language", "country",
    "country_name", "region", "city", "lat", "lon",
)  # fmt: skip
"""A raw mention, all text: `page` is what sort of page it stands on, `entry` what sort of entry it is, `clock`
the time of day where it stands apart, `excerpt` a part of the text."""


def _same(raw: pl.DataFrame) -> pl.DataFrame:
    return raw


@dataclass(frozen=True, slots=True)
class Vendor:
    """The export of one tool."""

    system: str
    title: str
    signature: frozenset[str]
    """Normalised names that the header row has; with `is_prefix`, beginnings of such names."""
    columns: Names
    networks: Mapping[str, Names] = field(default_factory=dict)
    """Channel → columns that count for mentions of that channel only, and there before all others."""
    labels: Sequence[str] = ()
    """Normalised names of columns that hold tags, hashtags, categories."""
    is_prefix: bool = False
    is_own_posts: bool = False
    """Whether it holds the account's own posts and no mentions."""
    page_is_name: bool = False
    """Whether `page` names a publication instead of a sort of page."""
    zone: str | None = None
    """Zone of its times, where its header tells it."""
    refine: Callable[[pl.DataFrame], pl.DataFrame] = _same
    """Puts right what is special to it, on a frame of `RAW`, `channel` and `is_truncated`."""

    @property
    def tables(self) -> tuple[frozenset[str], ...]:
        """Its header row, where that is known by whole names."""
        return () if self.is_prefix else (self.signature,)

    def detect(self, look: Look) -> Detection | None:
        """A table whose header row, wherever it stands among the first records, has the tool's columns."""
        at = self.header(look.records)
        if at is None:
            return None
        names = ", ".join(sorted(self.signature))
        what = "columns that begin with" if self.is_prefix else "the columns"
        return Detection(self.system, "", 1.0, f"Row {at + 1} names {what} {names}.")

    def header(self, records: Preview) -> int | None:
        """0-based index of the header row among the first records; None when it is not this tool's table."""
        if not self.is_prefix:
            return header_row.find(records, self.signature)
        rows = (index for index, record in enumerate(records) if self._begins(record))
        return next(rows, None)

    def _begins(self, record: Sequence[str]) -> bool:
        names = [reading.norm(cell) for cell in record]
        return all(any(name.startswith(begin) for name in names) for begin in self.signature)
