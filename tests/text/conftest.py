"""Hand-made records, and the six text enrichers as a build would make them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from cxreport.api import RECORDS, Brand, Company, Context, Enricher, conform
from cxreport_plugins.entity.enricher import Entity
from cxreport_plugins.language.enricher import Language
from cxreport_plugins.moments.enricher import Moments
from cxreport_plugins.redaction.enricher import Redaction
from cxreport_plugins.sentiment.enricher import Sentiment
from cxreport_plugins.voice.enricher import Voice

ADDED = {"lang": pl.String, "customer_voice": pl.Boolean}
"""Columns that an earlier enricher adds and a later one needs."""
BRAND = Brand(
    Company(name="Meridian Air", names=("Meridian Air", "Меридиан"), handles=("@meridianair",)),
    (
        Company(name="Norda", handles=("@flynorda", "nordacare")),
        Company(name="Pier & Sky", names=("PierSky",), handles=("@piersky",)),
    ),
)
Records = Callable[..., pl.DataFrame]
Make = Callable[..., Enricher]


@pytest.fixture(scope="session")
def context(tmp_path_factory: pytest.TempPathFactory) -> Context:
    """The audit of the invented Meridian Air."""
    return Context(BRAND, tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="session")
def records() -> Records:
    """Records from columns: `records(text=["…", "…"], channel="x")`; a single value stands for every row."""

    def build(**columns: Any) -> pl.DataFrame:
        height = max(len(v) if _is_column(v) else 1 for v in columns.values())
        types = {**RECORDS, **ADDED}
        filled = {
            name: pl.Series(name, list(value) if _is_column(value) else [value] * height, dtype=types[name])
            for name, value in columns.items()
        }
        canonical = conform(pl.DataFrame({k: v for k, v in filled.items() if k not in ADDED}))
        return canonical.with_columns(v for k, v in filled.items() if k in ADDED)

    return build


def _is_column(value: Any) -> bool:
    return isinstance(value, Sequence | pl.Series) and not isinstance(value, str)


@pytest.fixture(scope="session")
def make(context: Context) -> Make:
    """An enricher by class and options: `make(Voice, open_channels=("x",))`."""

    def build(cls: type[Enricher], base: Path | None = None, **options: Any) -> Enricher:
        where = context if base is None else Context(context.brand, base)
        return cls(cls.Options.model_validate(options), where)

    return build


class FrameView:
    """A view over one frame whose order is the order of the draw."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame = frame

    def counts(self, *columns: str) -> pl.DataFrame:
        """See `cxreport.api.View`."""
        return self.frame.group_by(columns).len()

    def sample(self, n: int, by: tuple[str, ...] = ()) -> pl.DataFrame:
        """See `cxreport.api.View`."""
        return self.frame.group_by(by, maintain_order=True).head(n) if by else self.frame.head(n)

    def rows(self, ids: pl.Series) -> pl.DataFrame:
        """See `cxreport.api.View`."""
        return self.frame.filter(pl.col("record_id").is_in(ids.implode()))


@pytest.fixture(scope="session")
def view() -> type[FrameView]:
    """A view over a frame, for `fit`."""
    return FrameView


@pytest.fixture(scope="session")
def six(make: Make) -> list[Enricher]:
    """All text enrichers in running order."""
    return [make(cls) for cls in (Redaction, Language, Entity, Voice, Sentiment, Moments)]
