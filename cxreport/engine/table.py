"""A stored table: parts (stretches of rows) by groups (columns that one step made), each cell of it one file.

A step that adds columns adds a group and rewrites nothing. A later group's column hides an earlier one's of that
name. Files are named by what they were made from, so a cell that is there need not be made again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from cxreport.engine.store import Store, key_of

PARQUET = ".parquet"
QUICK: Mapping[str, Any] = {"compression": "lz4", "statistics": False, "row_group_size": 20_000}
"""Options for writing whole records: texts come back twice as fast as from zstd, nobody asks the parts what they
hold, and small groups of rows are written side by side in memory that is used again."""

MANY: Mapping[str, Any] = {"compression": "lz4", "statistics": False, "row_group_size": 250_000}
"""Options for what many queries will read: each of them has a price for every group of rows."""


@dataclass(frozen=True)
class Group:
    """Columns that one step made: one file a part."""

    columns: tuple[str, ...]
    keys: tuple[str, ...]

    def scan(self, store: Store, columns: Sequence[str]) -> pl.LazyFrame:
        """Some of its columns, all parts one below the other."""
        return pl.scan_parquet([store.path(key, PARQUET) for key in self.keys]).select(columns)


@dataclass(frozen=True)
class Table:
    """Row counts of the parts, and the groups from left to right."""

    rows: tuple[int, ...] = ()
    groups: tuple[Group, ...] = ()

    @property
    def height(self) -> int:
        """Rows of all parts."""
        return sum(self.rows)

    @property
    def columns(self) -> list[str]:
        """Column names, in the order in which they came to be."""
        return list(dict.fromkeys(column for group in self.groups for column in group.columns))

    def adding(self, group: Group) -> Table:
        """The table with one more group."""
        return replace(self, groups=(*self.groups, group))

    def below(self, rows: Sequence[int], keys: Sequence[str]) -> Table:
        """The table, of one group, with more parts below."""
        (group,) = self.groups
        return Table((*self.rows, *rows), (replace(group, keys=(*group.keys, *keys)),))

    def owner(self, column: str) -> Group:
        """The group whose column of that name is seen. Raises `KeyError`."""
        for group in reversed(self.groups):
            if column in group.columns:
                return group
        raise KeyError(column)

    def scan(self, store: Store) -> pl.LazyFrame:
        """The whole table; only the columns that a query asks for are read."""
        shown = [(g, [c for c in g.columns if self.owner(c) is g]) for g in self.groups]
        frames = [group.scan(store, columns) for group, columns in shown if columns]
        whole = frames[0] if len(frames) == 1 else pl.concat(frames, how="horizontal")
        return whole.select(self.columns)

    def read(self, store: Store, part: int, columns: Sequence[str]) -> pl.DataFrame:
        """Some columns of one part."""
        wanted: dict[int, list[str]] = {}
        for column in columns:
            wanted.setdefault(self.groups.index(self.owner(column)), []).append(column)
        frames = [
            pl.read_parquet(store.path(self.groups[i].keys[part], PARQUET), columns=names)
            for i, names in wanted.items()
        ]
        height = {"rows": pl.Series([None] * self.rows[part])}
        whole = pl.concat(frames, how="horizontal") if frames else pl.DataFrame(height)
        return whole.select(columns)

    def digest(self, columns: Iterable[str] | None = None, part: int | None = None) -> str:
        """What these columns (all by default) hold, of one part or of all."""
        names = self.columns if columns is None else list(columns)
        keys = {name: self.owner(name).keys for name in names}
        made = {name: [of[part]] if part is not None else list(of) for name, of in keys.items()}
        return key_of("table", made)

    def dump(self) -> dict[str, Any]:
        """As plain values."""
        return {"rows": self.rows, "groups": [{"columns": g.columns, "keys": g.keys} for g in self.groups]}

    @classmethod
    def of(cls, dump: dict[str, Any]) -> Table:
        """From plain values."""
        groups = (Group(tuple(g["columns"]), tuple(g["keys"])) for g in dump["groups"])
        return cls(tuple(dump["rows"]), tuple(groups))
