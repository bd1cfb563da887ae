"""What the tables of reviews share: finding the header, reading batches, the columns that nothing maps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import polars as pl

from cxreport.api import Batch, Detection, Input, ReadFacts, reading
from cxreport_plugins.common import rows
from cxreport_plugins.common.look import Look
from cxreport_plugins.reviews.raw import Reviews

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
    header = rows.Header(tuple(table.header))
    mapping = {column: chosen for column, known in aliases.items() if (chosen := _first(header, known))}
    dropped = {header.by_norm[name] for name in PERSONAL if name in header.by_norm}
    _tell_personal([header.label(column) for column in sorted(dropped)], reviews.facts)
    extra = rows.leftover(header.others({*mapping.values(), *dropped}))
    for batch in table.batches():
        rejects = rows.rejects(batch, reviews.facts)
        raw = header.frame(batch).select(
            pl.col(reading.ROW).alias("source_row"),
            *(pl.col(name).alias(column) for column, name in mapping.items()),
            extra,
        )
        yield reviews.batch(refine(raw), rejects)
    rows.describe(table, reviews.facts)
    reviews.finish()


def _first(header: rows.Header, known: Sequence[str]) -> str | None:
    return next((header.by_norm[name] for name in known if name in header.by_norm), None)


def _tell_personal(dropped: Sequence[str], facts: ReadFacts) -> None:
    if dropped:
        facts.notes.append(f"Not read, because they hold contact details: {', '.join(dropped)}.")
