"""Dossier: the redacted records behind the numbers of an audit, bounded, and how many stand behind each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

import narwhals as nw
import polars as pl

from cxreport.engine.base import Engine, Lazy
from cxreport.engine.store import key_of
from cxreport.engine.table import PARQUET
from cxreport.model.audit import Audit
from cxreport.model.dossier import RECORD, Dossier, Selection, selections, term_name
from cxreport.model.predicate import Predicate, Term
from cxreport.plugin.code import code_digest

_COLUMNS = {
    "record_id": "id", "source_id": "source_id", "channel": "channel", "kind": "kind", "entity": "entity",
    "entity_rule": "entity_rule", "created_at": "created_at", "title_redacted": "title", "text_redacted": "text",
    "lang": "lang", "sentiment": "sentiment", "sentiment_scorer": "sentiment_rule", "moment": "moment",
    "moment_rule": "moment_rule", "shared": "shared", "brand_authored": "by_brand",
    "source_file": "file", "source_row": "row", "rating_value": "rating_value", "rating_max": "rating_max",
}  # fmt: skip
_SORT = ("created_at", "record_id")


def dossier(engine: Engine, audit: Audit, titles: Mapping[str, Mapping[str, str]], limit: int) -> Dossier:
    """Up to `limit` records that stand behind any number of the audit, those with the smallest ids, and those that
    the audit quotes. Kept in the engine's store, for as long as records, labels and selections stay the same.
    """
    wanted = selections(result for results in audit.measures.values() for result in results)
    quoted = sorted(record.id for record in audit.evidence)
    kinds = sorted({*titles, *(kind for selection in wanted.values() for kind, _ in selection.labels)})
    tables = [engine.digest(name) for name in ("records", "labels")]
    key = key_of("dossier", tables, sorted(wanted), quoted, kinds, limit, code_digest(__name__))
    counts, path = engine.store.load(key), engine.store.find(key, PARQUET)
    if counts is None or path is None:
        frame, counts = _gathered(engine, list(wanted.values()), quoted, kinds, limit)
        engine.store.put(key, PARQUET, frame.write_parquet)
        engine.store.save(key, counts)
    else:
        frame = pl.read_parquet(path)
    return Dossier(frame, counts, titles)


def _gathered(
    engine: Engine, wanted: list[Selection], quoted: list[str], kinds: list[str], limit: int
) -> tuple[pl.DataFrame, dict[str, int]]:
    records, labels = engine.open("records"), engine.open("labels").filter(nw.col("kind").is_in(kinds))
    asked = _Asked(records, wanted)
    matched = records.filter(asked.any)
    drawn = matched.sort("record_id").head(limit) if limit else matched.head(0)
    cited = records.filter(nw.col("record_id").is_in(quoted if limit else []))
    unique = labels.select("record_id", "kind", "label", "rule")
    frames = {
        "counts": records.select(**asked.counts()),
        "labelled": asked.labelled(records, labels),
        **{name: rows.select(**asked.columns()) for name, rows in (("drawn", drawn), ("cited", cited))},
        "drawn labels": unique.join(drawn.select("record_id"), on="record_id", how="semi"),
        "cited labels": unique.join(cited.select("record_id"), on="record_id", how="semi"),
    }
    found = engine.collect(frames)
    held = pl.concat([found["drawn"], found["cited"]]).unique("id")
    told = pl.concat([found["drawn labels"], found["cited labels"]]).sort("record_id", "kind", "label", "rule")
    told = told.unique(["record_id", "kind", "label"], keep="first", maintain_order=True)
    return _framed(held, told), asked.counted(found["counts"], found["labelled"])


class _Asked:
    """Selections as expressions over the records that the engine holds."""

    def __init__(self, records: Lazy, wanted: list[Selection]) -> None:
        schema = records.collect_schema()
        self.have = set(schema.names())
        self.instants = {name for name, dtype in schema.items() if dtype == nw.Datetime}
        self.wanted = [s for s in wanted if all(column in self.have for column, _, _ in s.terms)]
        self.terms = {term_name(term): self._term(term) for s in self.wanted for term in s.terms}
        parts = {Selection(s.terms).name: s.terms for s in self.wanted}
        self.parts = {name: Predicate(all=tuple(map(self._term, terms))).expr() for name, terms in parts.items()}

    def _term(self, term: Term) -> Term:
        """Instants are written in audits as text."""
        column, op, value = term
        moment = column in self.instants and isinstance(value, str)
        return (column, op, datetime.fromisoformat(value)) if moment else term  # type: ignore[arg-type]

    @property
    def any(self) -> nw.Expr:
        """Whether any number counts the record; a selection that narrows another adds nothing."""
        asked = {frozenset(map(term_name, s.terms)): s for s in self.wanted}
        widest = [s for terms, s in asked.items() if not any(other < terms for other in asked)]
        parts = [self.parts[Selection(s.terms).name] for s in widest]
        return reduce(or_, parts) if parts else nw.col("record_id").is_null()

    def columns(self) -> dict[str, nw.Expr]:
        """What is known of a record, and each term."""
        known = {name: nw.col(column) for column, name in _COLUMNS.items() if column in self.have}
        return {**known, **{name: Predicate(all=(term,)).expr() for name, term in self.terms.items()}}

    def counts(self) -> dict[str, nw.Expr]:
        """How many records hold all terms of a selection without labels."""
        plain = [s for s in self.wanted if not s.labels]
        sums = {s.name: self.parts[s.name].cast(nw.Int64).sum() for s in plain}
        return {"records": nw.len(), **sums}

    def labelled(self, records: Lazy, labels: Lazy) -> Lazy:
        """By label: how many records with it hold the terms of each selection with labels."""
        parts = {Selection(s.terms).name: self.parts[Selection(s.terms).name] for s in self.wanted if s.labels}
        told = records.select("record_id", **{name: expr.cast(nw.Int64) for name, expr in parts.items()})
        pairs = labels.select("record_id", "kind", "label").unique()
        sums = {name: nw.col(name).sum() for name in parts}
        return pairs.join(told, on="record_id").group_by("kind", "label").agg(n=nw.len(), **sums)

    def counted(self, plain: pl.DataFrame, labelled: pl.DataFrame) -> dict[str, int]:
        """Name of each selection → how many records it selects."""
        row = plain.row(0, named=True)
        by_label = {(line["kind"], line["label"]): line for line in labelled.iter_rows(named=True)}
        counts: dict[str, int] = {}
        for selection in self.wanted:
            line: dict[str, Any] = row
            if selection.labels:
                line = by_label.get(selection.labels[0], {})
            counts[selection.name] = int(line.get(Selection(selection.terms).name) or 0)
        return counts


def _framed(held: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """The columns of `RECORD` and those of the terms, by day and id: the order within a day tells nothing."""
    terms = [column for column in held.columns if column.startswith("[")]
    labels = (
        told.sort("kind", "label")
        .group_by("record_id", maintain_order=True)
        .agg(labels=pl.struct("kind", "label", "rule"))
    )
    whole = held.join(labels, left_on="id", right_on="record_id", how="left").with_columns(rating=_rating(held.columns))
    columns = [
        (pl.col(name) if name in whole.columns else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in RECORD.items()
    ]
    framed = whole.select(*columns, *terms).with_columns(
        pl.col("labels").fill_null(pl.lit([], RECORD["labels"])),
        pl.col("file").fill_null(""),
        pl.col("by_brand").fill_null(value=False),
    )
    return framed.sort(pl.col("created_at").dt.date(), "id", nulls_last=True)


def _rating(columns: Iterable[str]) -> pl.Expr:
    """`4 of 5`, or the value alone where nobody said of how many."""
    if not {"rating_value", "rating_max"} <= set(columns):
        return pl.lit(None, pl.String)
    value, top = (pl.col(c).cast(pl.String).str.strip_suffix(".0") for c in ("rating_value", "rating_max"))
    return pl.when(top.is_null()).then(value).otherwise(value + " of " + top)
