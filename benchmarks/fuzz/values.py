"""Files that are sound in form and hold what nobody expects: other types, other columns, hostile cells."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from random import Random
from typing import Any, Final

_CELLS: Final = (
    "", " ", "null", "NaN", "None", "-", "0", "-1", "11", "4,5", "1e400", "5.7E+17", "2026-13-45", "31/12/2026 25:61",
    "46000", "46000.73", "0001-01-01", "9999-12-31T23:59:59.999999999+14:00", "=1+1", "'@x", "@", "#", "\u202e",
    "\ufeff", "\ud83d\ude42" * 50, "x" * 5000, "a\nb\rc", '"', '{"ImportId":"x"}', "[]", "{", "&#x110000;", "&amp;lt;",
    "<b>", "\u0130", "\u212a", "TRUE", "9" * 30, "1.234.567,8", "12 %", "٤", "https://[::1", "http://a/%zz",
    "mailto:", "\u0000",
)  # fmt: skip
_LEAVES: Final[tuple[Any, ...]] = (
    None, True, False, 0, -1, 10**30, -(10**400), 1.5, float("inf"), float("nan"), 1e300, [], {}, [None], [[]],
    {"": None}, "\ud800", *_CELLS,
)  # fmt: skip
_MOST_CHANGES: Final = 4


def changed(rng: Random, data: bytes, other: bytes) -> bytes:
    """Cells or fields of a table, of JSON or of JSON lines changed; other files come back as they are."""
    text = data.decode("utf-8", "replace")
    for change in (_json, _lines, _table):
        found = change(rng, text)
        if found is not None:
            return found.encode("utf-8", "surrogatepass")
    return data


def _json(rng: Random, text: str) -> str | None:
    """Whole JSON, or JavaScript that assigns some."""
    head, sign, body = text.partition("=") if text.startswith(("window.", "var ", "Grailbird.")) else ("", "", text)
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return head + sign + json.dumps(_mutated(rng, value), ensure_ascii=rng.random() < 0.5)


def _lines(rng: Random, text: str) -> str | None:
    """JSON lines: one of them changed."""
    lines = text.splitlines(keepends=True)
    if not text.lstrip("\ufeff").startswith("{") or not lines:
        return None
    at = rng.randrange(len(lines))
    try:
        lines[at] = json.dumps(_mutated(rng, json.loads(lines[at]))) + "\n"
    except ValueError:
        return None
    return "".join(lines)


def _mutated(rng: Random, value: Any) -> Any:
    for _ in range(rng.randint(1, _MOST_CHANGES)):
        value = _with_change(rng, value)
    return value


def _with_change(rng: Random, value: Any) -> Any:
    """One leaf or branch replaced, removed, doubled or renamed; the branch is found by walking down at random."""
    if not isinstance(value, dict | list) or not value or rng.random() < 0.15:
        return rng.choice((rng.choice(_LEAVES), [value], {"value": value}, str(value)))
    if isinstance(value, list):
        at = rng.randrange(len(value))
        doubled = [value[at], value[at]] if rng.random() < 0.1 else [_with_change(rng, value[at])]
        return [*value[:at], *doubled, *value[at + 1 :]]
    key = rng.choice(sorted(value, key=str))
    rest = {k: v for k, v in value.items() if k != key}
    fate = rng.random()
    if fate < 0.15:
        return rest
    if fate < 0.2:
        return {**rest, rng.choice(_CELLS): value[key]}
    return {**value, key: _with_change(rng, value[key])}


def _table(rng: Random, text: str) -> str | None:
    """A delimited table: cells, columns or rows changed, whatever its delimiter is."""
    delimiter = max(",;\t|", key=text[:2000].count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error:
        return None
    if not rows or max(map(len, rows)) < 2:
        return None
    for _ in range(rng.randint(1, _MOST_CHANGES)):
        rng.choice(_TABLE_CHANGES)(rng, rows)
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=rng.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))).writerows(rows)
    return out.getvalue()


Rows = list[list[str]]


def _cell(rng: Random, rows: Rows) -> None:
    row = rng.choice(rows)
    if row:
        row[rng.randrange(len(row))] = rng.choice(_CELLS)


def _column(rng: Random, rows: Rows) -> None:
    """All cells of a column alike."""
    at, new = rng.randrange(max(map(len, rows)) or 1), rng.choice(_CELLS)
    for row in rows[1:]:
        if at < len(row):
            row[at] = new


def _lost_column(rng: Random, rows: Rows) -> None:
    at = rng.randrange(max(map(len, rows)) or 1)
    for row in rows:
        del row[at : at + 1]


def _twin_column(rng: Random, rows: Rows) -> None:
    at = rng.randrange(max(map(len, rows)) or 1)
    for row in rows:
        row.extend(row[at : at + 1])


def _row(rng: Random, rows: Rows) -> None:
    """A row doubled, emptied, shortened, lengthened or put first."""
    at = rng.randrange(len(rows))
    row = rows[at]
    choices: list[Rows] = [[row, list(row)], [[]], [row[:1]], [[*row, *row]], [[""] * len(row)]]
    rows[at : at + 1] = rng.choice(choices)
    if rng.random() < 0.2:
        rows.insert(0, rows.pop())


_TABLE_CHANGES: Final[tuple[Callable[[Random, Rows], None], ...]] = (
    _cell, _cell, _cell, _column, _lost_column, _twin_column, _row,
)  # fmt: skip
