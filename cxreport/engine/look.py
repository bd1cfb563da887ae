"""What an enricher may look at while fitting, where the rows are elsewhere: few come here, drawn the same way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import narwhals as nw
import polars as pl

from cxreport.engine.base import Engine, Lazy


@dataclass(frozen=True)
class Look:
    """See `cxreport.plugin.enricher.View`. `record_id` is itself a hash, so its order is a fair draw."""

    engine: Engine
    table: Lazy
    types: Mapping[str, Any] = field(default_factory=dict)
    """Of columns, where the engine knows fewer than enrichers do."""

    def counts(self, *columns: str) -> pl.DataFrame:
        """Rows per combination, sorted by it."""
        counted = self.table.group_by(*columns).agg(nw.len().alias("len"))
        return self._collected(counted).sort(columns, nulls_last=True)

    def sample(self, n: int, by: tuple[str, ...] = ()) -> pl.DataFrame:
        """The `n` smallest record ids, per combination of `by`."""
        ids = self.table.select("record_id", *by)
        if by:
            keys = [nw.col(column).cast(nw.String).fill_null("\x00") for column in by]
            celled = ids.with_columns(__cell=nw.concat_str(*keys, separator="\x1f"))
            drawn = celled.filter(nw.col("record_id").rank("ordinal").over("__cell") <= n)
        else:
            drawn = ids.sort("record_id").head(n)
        return self.rows(self._collected(drawn.select("record_id")).to_series())

    def rows(self, ids: pl.Series) -> pl.DataFrame:
        """The records with these ids, sorted by id."""
        wanted = self.engine.keep(pl.DataFrame({"record_id": ids.unique()}, schema={"record_id": pl.String}))
        return self._collected(self.table.join(wanted, on="record_id", how="semi")).sort("record_id")

    def _collected(self, frame: Lazy) -> pl.DataFrame:
        found = self.engine.collect({"view": frame})["view"]
        return found.cast({name: dtype for name, dtype in self.types.items() if name in found.columns})
