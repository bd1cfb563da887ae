"""Hand-made feedback and editions, for tests of measures and sections.

    results = run(Nps, records({"nps_score": 10}, {"nps_score": 3, "author_id": "b"}))
    page = edition({"experience.nps": results})

Records get the canonical columns, the enrichers' columns, and defaults that put them into the default
population: a customer's post on X about the brand, by an author of their own, in January 2026.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar, cast

import narwhals as nw
import polars as pl

from cxreport.engine.base import Engine
from cxreport.model.audit import Evidence, Load, MeasureInfo, Meta, Step
from cxreport.model.edition import Edition
from cxreport.model.result import Result
from cxreport.model.schema import ANSWERS, AUTHOR_BUCKETS, LABELS_TABLE, METRICS, RECORDS, conform
from cxreport.plugin.context import Brand, Company, Context
from cxreport.plugin.measure import Measure, Scope
from cxreport.plugin.section import Section
from cxreport.stages.measure import measure as run_stage
from cxreport.stages.scope import scope_of

S = TypeVar("S", bound=Section)

Row = Mapping[str, Any]
NOON = datetime(2026, 1, 15, 12, tzinfo=UTC)

ENRICHED: dict[str, pl.DataType | type[pl.DataType]] = {
    "entity": pl.String, "entity_rule": pl.String, "lang": pl.String,
    "customer_voice": pl.Boolean, "voice_rule": pl.String,
    "sentiment": pl.String, "sentiment_score": pl.Float64, "sentiment_scorer": pl.String,
    "moment": pl.String, "moment_rule": pl.String, "shared": pl.String,
    "title_redacted": pl.String, "text_redacted": pl.String, "duplicate_of": pl.String,
}  # fmt: skip
"""What first-party enrichers and relations add; `more` in `records` adds others (threads, for one)."""

DEFAULTS: dict[str, Any] = {
    "source_id": "demo", "source_system": "demo.csv", "source_file": "demo.csv", "versions": 1,
    "kind": "post", "channel": "x", "created_at": NOON,
    "entity": "brand", "customer_voice": True, "shared": "public", "lang": "en",
}  # fmt: skip

COVER = Meta(title="Customer experience audit", client="Meridian Air", brand="Meridian Air")


def ident(number: int | str) -> str:
    """A record id like the core's: 24 hex digits of a hash."""
    return hashlib.sha256(f"record {number}".encode()).hexdigest()[:24]


def bucket(author: str | None) -> int | None:
    """An author's bucket."""
    digest = hashlib.sha256((author or "").encode()).hexdigest()
    return None if author is None else int(digest[:8], 16) % AUTHOR_BUCKETS


def records(*rows: Row, more: Mapping[str, Any] | None = None, **common: Any) -> pl.DataFrame:
    """Records from a few fields each; `common` fields hold for all, `more` types columns outside the schema.

    The field `acts` (a list) is kept aside for `labels`.
    """
    extra = {**ENRICHED, **(more or {})}
    filled = [_filled(number, {**common, **row}) for number, row in enumerate(rows)]
    types = {**RECORDS, **extra}
    unknown = {key for row in filled for key in row if key not in types}
    if unknown:
        raise ValueError(f"columns that no schema knows: {', '.join(sorted(unknown))}; name them in `more`")
    frame = pl.DataFrame(filled, schema={c: types[c] for c in types if any(c in row for row in filled)})
    canonical = conform(frame.select(c for c in frame.columns if c in RECORDS))
    if not filled:
        canonical = pl.DataFrame(schema=RECORDS)
    added = [
        (frame[c] if c in frame.columns else pl.Series(c, [None] * len(filled))).cast(dtype).alias(c)
        for c, dtype in extra.items()
    ]
    return canonical.with_columns(added)


def _filled(number: int, row: Row) -> dict[str, Any]:
    author = row.get("author_id", f"author {number}")
    who = {"author_id": author, "author_bucket": bucket(author)}
    own = {"record_id": ident(number), "native_id": str(number), **who}
    whole = {**DEFAULTS, **own, **{key: value for key, value in row.items() if key != "acts"}}
    text = whole.get("text")
    return {**whole, "text_redacted": whole.get("text_redacted", text)} if text else whole


def repeated(count: int, **row: Any) -> list[dict[str, Any]]:
    """The same row so many times (each still by an author of its own)."""
    return [dict(row) for _ in range(count)]


def labels(*rows: Row) -> pl.DataFrame:
    """The table `labels` of the `acts` that rows name; the rows are those given to `records`, in order."""
    found = [
        (row.get("record_id", ident(number)), "acts", act, 1.0, "test")
        for number, row in enumerate(rows)
        for act in row.get("acts", ())
    ]
    return pl.DataFrame(found, schema=LABELS_TABLE, orient="row")


@dataclass
class Memory:
    """What measuring needs of an engine, over frames in memory."""

    tables: dict[str, pl.DataFrame] = field(default_factory=dict)

    def open(self, name: str) -> nw.LazyFrame[Any]:
        """A table as a lazy frame."""
        return nw.from_native(self.tables[name].lazy())

    def derive(self, name: str, needs: Sequence[str], columns: Mapping[str, nw.Expr], digest: str) -> None:
        """Add what expressions tell."""
        self.tables[name] = nw.from_native(self.tables[name]).with_columns(**columns).to_native()

    def keep(self, frame: nw.LazyFrame[Any] | pl.DataFrame) -> nw.LazyFrame[Any]:
        """All lies in memory."""
        return nw.from_native(frame.lazy()) if isinstance(frame, pl.DataFrame) else frame

    def compact(self, name: str) -> None:
        """Nothing lies more compact than memory."""

    def collect(self, frames: Mapping[str, nw.LazyFrame[Any]]) -> dict[str, pl.DataFrame]:
        """All of them, in one go."""
        return dict(zip(frames, pl.collect_all([f.to_native() for f in frames.values()]), strict=True))


def engine(
    table: pl.DataFrame,
    label_table: pl.DataFrame | None = None,
    answers: pl.DataFrame | None = None,
    metrics: pl.DataFrame | None = None,
) -> Engine:
    """An engine that holds the feedback; it opens tables and collects, and does no more."""
    memory = Memory({
        "records": table,
        "labels": pl.DataFrame(schema=LABELS_TABLE) if label_table is None else label_table,
        "answers": pl.DataFrame(schema=ANSWERS) if answers is None else answers,
        "metrics": pl.DataFrame(schema=METRICS) if metrics is None else metrics,
    })  # fmt: skip
    return cast("Engine", memory)


def context(period: tuple[date | None, date | None] = (None, None), **fields: Any) -> Context:
    """The project Meridian Air, with the rival Norda."""
    own = Company(name="Meridian Air", names=("Meridian Air",), handles=("@meridianair",))
    brand = Brand(own, (Company(name="Norda", handles=("@flynorda",)),))
    return Context(brand=brand, base=Path(), period=period, key=b"a key for tests", **fields)


def scope(table: pl.DataFrame, about: Context | None = None, loads: Sequence[Load] = (), **changes: Any) -> Scope:
    """The default scope of records, as the core makes it; `changes` replace its fields."""
    made, _ = scope_of(engine(table), about or context(), loads)
    return replace(made, **changes)


def run(
    cls: type[Measure],
    table: pl.DataFrame,
    *,
    label_table: pl.DataFrame | None = None,
    answers: pl.DataFrame | None = None,
    metrics: pl.DataFrame | None = None,
    within: Scope | None = None,
    about: Context | None = None,
    **options: Any,
) -> tuple[Result, ...]:
    """Results of a measure over records, through the same stage as a build (so: held to the contract)."""
    one = cls(cls.Options.model_validate(options), about or context())
    chosen = within or scope(table, about)
    return run_stage([one], engine(table, label_table, answers, metrics), chosen)[cls.name]


def pick(results: Iterable[Result], **dims: str) -> Result:
    """The result with exactly these dims."""
    found = [r for r in results if r.dims == dims]
    assert len(found) == 1, f"{len(found)} results with {dims}: {[r.key for r in results]}"
    return found[0]


def info(cls: type[Measure]) -> MeasureInfo:
    """What the method appendix says of a measure."""
    method = cls.method
    return MeasureInfo(
        id=cls.name, title=cls.title, question=cls.question, concepts=cls.concepts, unit=cls.unit, by=cls.by,
        formula=method.formula, interval=method.interval, source=method.source, limits=method.limits,
        plugin="test",
    )  # fmt: skip


def edition(
    measures: Mapping[str, Sequence[Result]] | None = None,
    *,
    evidence: Sequence[Evidence] = (),
    loads: Sequence[Load] = (),
    waterfall: Sequence[Step] = (),
    meta: Meta = COVER,
    profile: Any = "internal",
    **fields: Any,
) -> Edition:
    """A hand-made edition."""
    return Edition(
        profile=profile, audit="0123456789ab", meta=meta, loads=tuple(loads), waterfall=tuple(waterfall),
        measures={name: tuple(results) for name, results in (measures or {}).items()},
        evidence=tuple(evidence), **{"infos": {}, **fields},
    )  # fmt: skip


def result(
    ident: str,
    value: float | None,
    low: float | None = None,
    high: float | None = None,
    n: int = 500,
    *,
    facts: Mapping[str, Any] | None = None,
    **dims: str,
) -> Result:
    """A result as a section reads it; `facts` are its further fields, such as `unit` and `status`."""
    whole = {"unit": "points", **(facts or {})}
    return Result(id=ident, value=value, low=low, high=high, n=n, dims=dims, **whole)


def section(cls: type[S]) -> S:
    """A section, as the core makes it."""
    return cls(cls.Options(), context())
