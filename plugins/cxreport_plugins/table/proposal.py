"""The mapping that inspect proposes for a table that nobody has described, and what a person needs to complete it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from cxreport.api import reading
from cxreport_plugins.table.guess import Guess, guess, scale
from cxreport_plugins.table.layout import CONTENT

_SHAPE: Final = 24
_PROSE: Final = 4
_COLUMNS: Final = 40
_LOOKED_AT: Final = 100


def options(table: reading.Table, first: reading.TableBatch | None) -> dict[str, Any]:
    """A mapping by the names of the columns, with scales by their values; empty when no column says anything.

    A score whose values are on no known scale is not proposed, and says nothing by itself.
    """
    proposal = guess(table.header, table.preview)
    if first is None or not proposal.has_content():
        return {}
    out: dict[str, Any] = {"columns": dict(proposal.columns)}
    main = scale(proposal.rating, first.frame[proposal.rating]) if proposal.rating else None
    if main is not None:
        out["rating"] = main
    scales = [scale(name, first.frame[name]) for name in proposal.answers]
    answers = [_answer(found) for found in scales if found is not None]
    if answers:
        out["answers"] = answers
    says = set(CONTENT) & set(proposal.columns) or main is not None or answers
    return out if says else {}


def hints(table: reading.Table, first: reading.TableBatch | None, proposed: dict[str, Any]) -> Iterator[str]:
    """Lines of comments below the proposal: what is not known, and what the other columns look like."""
    proposal = guess(table.header, table.preview)
    if not proposed:
        yield "columns: {text: …}   # a header; at least `text`, `title`, `rating` or `answers`"
    yield from _scales(proposal, proposed)
    yield "channel: …   # where customers said it: phone, email, web, survey …"
    if "created_at" in proposal.columns or not proposed:
        yield "timezone: …   # such as Europe/Berlin, where the times carry no zone"
    used = {*proposed.get("columns", {}).values(), proposed.get("rating", {}).get("column")}
    used |= {answer["column"] for answer in proposed.get("answers", ())}
    others = [name for name in table.header if name and name not in used]
    if others and first is not None:
        yield "Columns that nothing is read from yet; add `NAME: header` to `columns` (names: docs/records.md):"
        yield from (f"  {name}   # {described(first.frame[name])}" for name in others[:_COLUMNS])
    if len(others) > _COLUMNS:
        yield f"  and {len(others) - _COLUMNS} more"


def described(cells: pl.Series) -> str:
    """What a column holds without showing it: `empty`, `times`, a range, how wordy, or the shape of a cell."""
    filled = cells.to_frame("cell").select(reading.blank(pl.col("cell"))).drop_nulls()["cell"]
    if filled.is_empty():
        return "empty"
    numbers = filled.to_frame("cell").select(reading.to_float(pl.col("cell")))["cell"]
    words = filled.str.split(" ").list.len().mean()
    many = f"{filled.n_unique():,} different in {len(cells):,} rows"
    if not numbers.null_count():
        return f"numbers from {float(numbers.min() or 0):g} to {float(numbers.max() or 0):g}, {many}"  # type: ignore[arg-type]
    if not reading.parse_times(filled.head(_LOOKED_AT)).failed:
        return f"times, {many}"
    if isinstance(words, float) and words >= _PROSE:
        return f"texts of about {words:.0f} words, {many}"
    return f"such as {shape(filled[0])}, {many}"


def shape(cell: str) -> str:
    """A cell with every letter as x and every digit as 9, for it may be somebody's name or address."""
    plain = "".join("9" if c.isdigit() else "X" if c.isupper() else "x" if c.isalpha() else c for c in cell.strip())
    flat = " ".join(plain.split())
    return flat if len(flat) <= _SHAPE else flat[: _SHAPE - 1] + "…"


def _scales(proposal: Guess, proposed: dict[str, Any]) -> Iterator[str]:
    """A score whose scale its cells do not tell."""
    if proposal.rating and "rating" not in proposed:
        yield f"rating: {{column: {proposal.rating}, min: …, max: …}}   # its cells do not tell the scale"


def _answer(found: dict[str, Any]) -> dict[str, Any]:
    """The scale of a sub-rating: as of a rating, without its metric, both ends written."""
    usual = {"stars": (1, 5), "nps": (0, 10)}.get(found["metric"], (0, 1))
    return {"column": found["column"], "min": found.get("min", usual[0]), "max": found.get("max", usual[1])}
