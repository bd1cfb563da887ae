"""How a delimited file is written: its delimiter, and what the ledger says about a table."""

from __future__ import annotations

import csv
import itertools
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass

from .encodings import Encoding

DELIMITERS = ",;\t|"
QUOTE = '"'
_RECORDS = 12
_SEP = re.compile(r'\ufeff?"?sep=(.)"?\n?', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a table was read. Delimiter and quote are empty for tables that are not delimited text."""

    delimiter: str
    quotechar: str
    header_row: int
    """1-based record number of the header; 0 when the format names its columns itself (JSON, Parquet)."""
    encoding: Encoding
    formula_cells: int
    """Cells seen so far that begin with `=`, or with `'` before `= + - @`."""
    columns: tuple[str, ...]


def declared_delimiter(line: str) -> str | None:
    """The delimiter that a first line `sep=;` declares, or None."""
    match = _SEP.fullmatch(line)
    return match[1] if match else None


def choose_delimiter(sample: str) -> str:
    """Comma, semicolon, tab or bar: the one that gives the most columns consistently after quoting.

    Looks at the first 12 records that are not blank. A delimiter that already splits the first record into
    the usual number of columns counts double: in `a;b` over `1,5;2,5` the decimal commas do not.
    """
    newline = sample.find("\n")
    declared = declared_delimiter(sample[: newline + 1] if newline >= 0 else sample)
    if declared is not None:
        return declared
    return max(DELIMITERS, key=lambda delimiter: _score(sample, delimiter))


def _score(sample: str, delimiter: str) -> float:
    widths = _widths(sample, delimiter)
    if not widths:
        return 0.0
    usual, times = max(Counter(widths).items(), key=lambda item: (item[1], item[0]))
    bonus = 2 if widths[0] == usual else 1
    return bonus * (usual - 1) * times / len(widths)


def _widths(sample: str, delimiter: str) -> list[int]:
    lines = (line + "\n" for line in sample.split("\n"))
    reader = csv.reader(lines, delimiter=delimiter, quotechar=QUOTE)
    widths: list[int] = []
    with suppress(csv.Error):  # a cell past the field limit ends the look
        filled = (len(record) for record in reader if any(cell.strip() for cell in record))
        widths.extend(itertools.islice(filled, _RECORDS))
    return widths
