"""The explorer's columns: a hundred thousand records as strings of a few characters each, filtered without a server.

A column is a list of its values and a string that gives each row's place in that list, in one to three characters of
`ALPHABET`. A selection of records becomes a stretch of rows (they lie in order of time), sets of allowed places of the
columns people filter by, a label, and marks: what is left of its terms, as bits of one more column.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from cxreport.model.dossier import Dossier, Rows, Selection, term_name

ALPHABET = "".join(chr(code) for code in range(35, 127) if chr(code) not in "<\\")
"""90 characters that stand for themselves in JavaScript and HTML."""
FACETS = ("source_id", "channel", "moment", "sentiment", "lang", "entity")
NEVER = {"from": 0, "to": 0}

Codes = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Coded:
    """One column."""

    values: list[Any]
    codes: Codes

    def dump(self) -> dict[str, Any]:
        """As the explorer reads it."""
        return {"values": self.values, "codes": written(self.codes, len(self.values))}


def written(codes: Codes, size: int) -> str:
    """Places in a list of `size` values, most significant character first; as many characters each as `size` needs."""
    letters = np.frombuffer(ALPHABET.encode(), dtype=np.uint8)
    base, width = len(ALPHABET), 1
    while base**width < size:
        width += 1
    digits = [letters[codes // base**power % base] for power in reversed(range(width))]
    return np.stack(digits, axis=1).tobytes().decode() if len(codes) else ""


def coded(values: pl.Series) -> Coded:
    """A column of texts; null is its last value, where it occurs."""
    known = values.drop_nulls().unique().sort().to_list()
    whole = [*known, None] if values.null_count() else known
    places = values.replace_strict(known, range(len(known)), default=len(known), return_dtype=pl.Int64)
    return Coded(whole, places.to_numpy())


class Columns:
    """A dossier as columns, for the selections that pages link to."""

    def __init__(self, dossier: Dossier, asked: Iterable[Selection]) -> None:
        self.dossier, self.frame = dossier, dossier.frame
        self.asked = list(asked)
        self.facets = {name: coded(self.frame[name]) for name in FACETS}

    @cached_property
    def months(self) -> list[tuple[str, int]]:
        """Each month and the row at which it begins; rows without a date come last, under an empty name."""
        named = self.frame.select(month=pl.col("created_at").dt.strftime("%Y-%m").fill_null(""))
        first = named.with_row_index("at").group_by("month").agg(pl.col("at").min()).sort("at")
        return [(str(month), int(at)) for month, at in first.iter_rows()]

    @cached_property
    def labels(self) -> tuple[list[tuple[str, str]], Coded]:
        """All labels as (kind, label), and by row which of them it has."""
        pairs = self.frame.select("labels").with_row_index("at").explode("labels").drop_nulls().unnest("labels")
        known = pairs.select("kind", "label").unique().sort("kind", "label").with_row_index("code")
        sets = (
            pairs.join(known, on=["kind", "label"]).sort("at", "code").group_by("at", maintain_order=True).agg("code")
        )
        rows = self.frame.select(at=pl.int_range(pl.len(), dtype=pl.UInt32)).join(sets, on="at", how="left")
        texts = rows.select(pl.col("code").fill_null([]).cast(pl.List(pl.String)).list.join(" "))["code"]
        column = coded(texts)
        spelt = [[int(code) for code in text.split()] for text in column.values]
        return [(k, label) for _, k, label in known.iter_rows()], Coded(spelt, column.codes)

    @cached_property
    def ways(self) -> dict[str, dict[str, Any]]:
        """By term that some selection asks: how the explorer tells whether it holds."""
        names = dict.fromkeys(term_name(term) for selection in self.asked for term in selection.terms)
        return {name: self._way(self.frame[name].to_numpy()) for name in names if name in self.frame.columns}

    def _way(self, holds: Rows) -> dict[str, Any]:
        if holds.all():
            return {}
        rows = np.flatnonzero(holds)
        if not len(rows):
            return NEVER
        if rows[-1] - rows[0] + 1 == len(rows):
            return {"from": int(rows[0]), "to": int(rows[-1]) + 1}
        for name, column in self.facets.items():
            size = len(column.values)
            true, every = np.bincount(column.codes[holds], minlength=size), np.bincount(column.codes, minlength=size)
            if ((true == 0) | (true == every)).all():
                return {"in": name, "codes": np.flatnonzero(true).tolist()}
        return {"mark": True}

    @cached_property
    def marks(self) -> tuple[list[str], Coded]:
        """Terms that nothing else tells, and by row which of them hold, as hexadecimal digits of eight terms a pair."""
        names = [name for name, way in self.ways.items() if "mark" in way]
        if not names or not self.frame.height:
            return names, Coded([""], np.zeros(self.frame.height, dtype=np.int64))
        bits = np.packbits(self.frame.select(names).to_numpy(), axis=1)
        sets, places = np.unique(bits, axis=0, return_inverse=True)
        return names, Coded([row.tobytes().hex() for row in sets], places.reshape(-1).astype(np.int64))

    def asks(self, selection: Selection) -> dict[str, Any] | None:
        """A selection as the explorer tests it; None where the records do not tell it."""
        names = [term_name(term) for term in selection.terms]
        pairs, _ = self.labels
        if any(name not in self.ways for name in names):
            return None
        ways = [self.ways[name] for name in names]
        stretches = [way for way in ways if "from" in way]
        test: dict[str, Any] = {
            "from": max((way["from"] for way in stretches), default=0),
            "to": min((way["to"] for way in stretches), default=self.frame.height),
        }
        for name in FACETS:
            allowed = [set(way["codes"]) for way in ways if way.get("in") == name]
            if allowed:
                test[name] = sorted(set.intersection(*allowed))
        marks, _ = self.marks
        test["marks"] = [marks.index(name) for name in names if name in marks]
        test["labels"] = [pairs.index(pair) for pair in selection.labels if pair in pairs]
        return {**test, **NEVER} if len(test["labels"]) < len(selection.labels) else test
