"""Coding sheets → Coding: every fault at once, each with its file, its row and the mend."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from cxreport.config.load import suggestion
from cxreport.model.coding import CODES, FIELDS, FIXED, MULTIPLE, NONE, SETTLED, SINGLE, Coding
from cxreport.model.problem import Problem
from cxreport.reading import ROW, Input, ReadError, open_table

_KEYS = ("record_id", "coder")
_WRITE = "`cxreport code sample` writes one."


@dataclass(frozen=True)
class Sheets:
    """The coding sheets of a project as read, and what is wrong with them."""

    coding: Coding
    problems: tuple[Problem, ...] = ()
    places: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """`acts`, `themes` → code → where it was first written (`file:row`)."""

    def foreign(self, known: Mapping[str, Collection[str]]) -> list[Problem]:
        """Problems for acts and themes that no enricher of this audit knows; `known` holds codes by field."""
        return [
            Problem(place, f"{name}: {code!r} is no code of this audit.", suggestion(code, known.get(name, ())))
            for name, codes in self.places.items()
            for code, place in codes.items()
            if code not in known.get(name, ())
        ]


def read_coding(base: Path, names: Sequence[str]) -> Sheets:
    """Read the files that `coding:` names, relative to `base`; rows without any code count as not coded."""
    reader, digest = _Reader(), hashlib.sha256()
    for path in dict.fromkeys(path for name in names for path in _found(base, name, reader.problems)):
        shown = path.relative_to(base).as_posix() if path.is_relative_to(base) else path.as_posix()
        try:
            reader.take(shown, Input.at(path, shown))
            digest.update(path.read_bytes())
        except ReadError as error:
            reader.problems += error.problems
    rows = pl.DataFrame(reader.rows, schema=CODES).sort("record_id", "coder")
    coding = Coding(rows, ", ".join(names), digest.hexdigest() if names else "")
    return Sheets(coding, tuple(reader.problems), reader.places)


def _found(base: Path, name: str, problems: list[Problem]) -> list[Path]:
    """The files of one name; `*` takes tables only, so that the coding page may lie beside them."""
    found = [base / name] if "*" not in name else sorted(base.glob(name))
    tables = [p for p in found if p.is_file() and ("*" not in name or p.suffix.lower() in (".csv", ".xlsx"))]
    if not tables:
        problems.append(Problem("coding", f"there is no coding sheet {name}.", _WRITE))
    return tables


class _Reader:
    """Collects rows and problems of all files."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.rows: list[dict[str, Any]] = []
        self.places: dict[str, dict[str, str]] = {name: {} for name in MULTIPLE}
        self.seen: dict[tuple[str, str], str] = {}

    def take(self, shown: str, file: Input) -> None:
        """Add one file; faults of its rows become problems, a file that is no table raises `ReadError`."""
        table = open_table(file, header=1)
        named = {name: column.strip().lower() for name, column in zip(table.header, table.raw_header, strict=True)}
        lacking = [name for name in _KEYS if name not in named.values()]
        lacking += [] if set(FIELDS).intersection(named.values()) else [f"{', '.join(FIELDS[:-1])} or {FIELDS[-1]}"]
        if lacking:
            what = f"it has no column {' and no column '.join(lacking)}."
            self._add(f"{shown}:1", what, "Keep the header row as `cxreport code sample` writes it.")
            return
        for batch in table.batches():
            for reject in batch.rejects:
                self._add(f"{shown}:{reject.row}", f"{reject.detail}.", "Put the cell into quotes.")
            self._rows(shown, batch.frame.rename(named))

    def _rows(self, shown: str, frame: pl.DataFrame) -> None:
        for row in frame.iter_rows(named=True):
            values = {name: (row.get(name) or "").strip() for name in (*_KEYS, *FIELDS, "stratum", "weight")}
            if any(values[name] for name in FIELDS):
                self._row(f"{shown}:{row[ROW]}", values)

    def _row(self, place: str, values: dict[str, str]) -> None:
        ident, coder = values["record_id"], _name(values["coder"])
        if not ident or not coder:
            lack = "record_id" if not ident else "coder"
            self._add(place, f"it has codes, but its {lack} is empty.", f"Fill in the column {lack}.")
            return
        earlier = self.seen.setdefault((ident, coder), place)
        if earlier != place:
            self._add(place, f"{coder} coded {ident} at {earlier} already.", "Keep the row that holds.")
            return
        self.rows.append({
            "record_id": ident, "coder": coder, "stratum": values["stratum"] or None,
            "weight": self._weight(place, values["weight"]),
            **{name: self._single(place, name, values[name]) for name in SINGLE},
            **{name: self._multiple(place, name, values[name]) for name in MULTIPLE},
        })  # fmt: skip

    def _weight(self, place: str, cell: str) -> float | None:
        try:
            weight = float(cell.replace(",", ".")) if cell else None
        except ValueError:
            weight = -1.0
        if weight is None or 0 < weight < float("inf"):
            return weight
        self._add(place, f"weight: {cell!r} is no number above 0.", "Copy it from the sheet that was drawn.")
        return None

    def _single(self, place: str, name: str, cell: str) -> str | None:
        code = cell.casefold()
        if not code or code in FIXED[name]:
            return code or None
        self._add(place, f"{name}: {cell!r} is no code.", suggestion(code, FIXED[name]))
        return None

    def _multiple(self, place: str, name: str, cell: str) -> list[str] | None:
        codes = sorted({part.strip().casefold() for part in cell.replace(",", ";").split(";")} - {""})
        given = [code for code in codes if code != NONE]
        if given and given != codes:
            self._add(place, f"{name}: `{NONE}` stands beside {', '.join(given)}.", "Keep one or the other.")
        for code in given:
            self.places[name].setdefault(code, place)
        return given if codes else None

    def _add(self, place: str, what: str, mend: str) -> None:
        self.problems.append(Problem(place, what, mend))


def _name(coder: str) -> str:
    return SETTLED if coder.casefold() == SETTLED else coder
