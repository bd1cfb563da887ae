"""What the tables of reviews share: finding the header, reading batches, the columns that nothing maps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import polars as pl

from cxreport.api import Batch, Detection, Input, ReadFacts, reading
from cxreport_plugins.common import rows
from cxreport_plugins.common.look import Look
from cxreport_plugins.reviews.raw import Reviews

Names = dict[str, str]
"""Column of a table by its normalised name."""
Aliases = Mapping[str, Sequence[str]]
"""Column of a raw review → normalised names it may have in the file, the best first."""
PERSONAL = ("review user email", "email", "reviewer email")


def detect(look: Look, system: str, signature: frozenset[str], format: str = "") -> Detection | None:
    """A table one of whose first records names all columns of `signature`."""
    at = reading.find_header(look.records, signature)
    if at is None:
        return None
    return Detection(system, format, 1.0, f"Row {at + 1} names the columns {', '.join(sorted(signature))}.")


def read(
    data: Input, signature: frozenset[str], reviews: Reviews, aliases: Aliases,
    refine: Callable[[pl.DataFrame], pl.DataFrame] = lambda raw: raw,
) -> Iterator[Batch]:  # fmt: skip
    """Batches of a table of reviews. Raises ReadError when the table cannot be opened."""
    table = reading.open_table(
        data, encoding=reviews.options.encoding, header=lambda records: reading.find_header(records, signature)
    )
    names = {reading.norm(name): name for name in reversed(table.header)}
    mapping = {column: chosen for column, known in aliases.items() if (chosen := _first(names, known))}
    _tell_personal(names, reviews.facts)
    used = {*mapping.values(), *(names[name] for name in PERSONAL if name in names)}
    extra = rows.leftover(rows.unmapped(table.header, used))
    for batch in table.batches():
        rejects = rows.rejects(batch, reviews.facts)
        raw = batch.frame.select(
            pl.col(reading.ROW).alias("source_row"),
            *(pl.col(name).alias(column) for column, name in mapping.items()),
            extra,
        )
        yield reviews.batch(refine(raw), rejects)
    rows.describe(table, reviews.facts)
    reviews.finish()


def _first(names: Names, known: Sequence[str]) -> str | None:
    return next((names[name] for name in known if name in names), None)


def _tell_personal(names: Names, facts: ReadFacts) -> None:
    dropped = [names[name] for name in PERSONAL if name in names]
    if dropped:
        facts.notes.append(f"Not read, because they hold contact details: {', '.join(dropped)}.")
