"""A table that a person keeps: CSV with `#` comments, each row held to a model, each fault with its line."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel

from cxreport.config.load import suggestion, validate
from cxreport.config.nodes import Document
from cxreport.model.problem import Problem
from cxreport.reading import choose_delimiter, decode

M = TypeVar("M", bound=BaseModel)
Line = tuple[int, list[str]]
_NUMBERS = (int, float)


def read_rows(path: Path, shown: str, model: type[M], problems: list[Problem]) -> list[tuple[int, M]]:
    """(line, row) for each row of a table, comma or semicolon between cells; faults are added to `problems`.

    Lines that begin with `#` are comments, empty cells count as not written; between semicolons a comma may be
    the decimal mark. `path` exists.
    """
    data = path.read_bytes()
    text = data.decode(decode(data).name, "replace")
    plain = "\n".join("" if line.lstrip().startswith("#") else line for line in text.splitlines())
    delimiter = choose_delimiter(plain)
    try:
        lines = list(_lines(plain, delimiter))
    except csv.Error as error:
        problems.append(Problem(shown, f"it is no CSV: {error}.", "Save it as CSV, UTF-8."))
        return []
    return _Rows(shown, model, problems, delimiter).read(lines)


def _lines(text: str, delimiter: str) -> Iterator[Line]:
    """(line on which it begins, cells) of each record that is not blank."""
    reader, begun = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True), 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield begun, [cell.strip() for cell in cells]
        begun = reader.line_num + 1


class _Rows(Generic[M]):
    """Holds the records of one table to a model."""

    def __init__(self, shown: str, model: type[M], problems: list[Problem], delimiter: str) -> None:
        self.shown, self.model, self.problems, self.decimal_comma = shown, model, problems, delimiter == ";"

    def read(self, lines: list[Line]) -> list[tuple[int, M]]:
        """The sound rows; a header that is wrong is told once, not on every row."""
        at, header = lines[0] if lines else (1, [])
        names = [name.casefold() for name in header]
        if not self._sound(at, names):
            return []
        rows = ((line, self._row(line, cells, names)) for line, cells in lines[1:])
        return [(line, row) for line, row in rows if row is not None]

    def _sound(self, at: int, names: list[str]) -> bool:
        fields = self.model.model_fields
        lacking = [name for name, field in fields.items() if field.is_required() and name not in names]
        strange = [name for name in names if name not in fields]
        twice = sorted({name for name in names if names.count(name) > 1})
        for name in strange:
            self._add(at, f"the column {name!r} is unknown.", suggestion(name, fields))
        if lacking:
            self._add(at, f"it has no column {', '.join(lacking)}.", f"Columns: {', '.join(fields)}.")
        for name in twice:
            self._add(at, f"the column {name!r} is written twice.", "Keep one of them.")
        return not (lacking or strange or twice)

    def _row(self, line: int, cells: list[str], names: list[str]) -> M | None:
        if len(cells) > len(names):
            self._add(line, f"it has {len(cells)} cells under {len(names)} columns.", "Put the cell into quotes.")
            return None
        filled = {name: self._cell(name, cell) for name, cell in zip(names, cells, strict=False) if cell}
        document = Document(self.shown, lines={(): line, **{(name,): line for name in names}})
        return validate(self.model, filled, document, (), self.problems)

    def _cell(self, name: str, cell: str) -> str:
        number = self.decimal_comma and self.model.model_fields[name].annotation in _NUMBERS
        return cell.replace(",", ".") if number else cell

    def _add(self, line: int, what: str, mend: str) -> None:
        self.problems.append(Problem(f"{self.shown}:{line}", what, mend))
