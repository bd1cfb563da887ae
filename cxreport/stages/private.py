"""Raw identifiers of this audit's people, for the leak check: held in memory only, never written."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import narwhals as nw
import polars as pl

from cxreport.engine.base import Engine, Lazy
from cxreport.plan import Plan
from cxreport.stages.inspect import Mentioned, Private, plain_name

_COLUMNS = ("author_handle", "author_name", "author_id", "native_id")


def _public_names(plan: Plan) -> set[str]:
    """Names that the report is about or by: an account of the brand that nobody configured is called like it."""
    companies = (name for _, company in plan.context.brand.companies for name in company.all_names)
    return {plain_name(name) for name in (*companies, plan.config.site.client, plan.config.site.author)}


def identifiers(engine: Engine, plan: Plan, said: Mentioned | None = None) -> Private:
    """Handles, full names and long numbers of every author that is not the brand or a rival.

    With `said` only those that it may hold: few stand on a site, and the others stay where the engine computes.
    """
    found = _found(engine, said)
    names = {plain_name(name) for name in found["author_name"]} - _public_names(plan)
    ids = {i for c in ("author_id", "native_id") for i in found[c] if i.isdigit() and len(i) >= 10}
    own = {handle for _, company in plan.context.brand.companies for handle in company.bare_handles}
    return Private(
        handles=frozenset(h.removeprefix("@").casefold() for h in found["author_handle"]),
        names=frozenset(n for n in names if " " in n and len(n) >= 8 and n.lower() != n),
        numbers=frozenset(ids),
        allowed=frozenset(own),
        secrets=tuple(s for s in (plan.context.key.decode(), str(plan.base), str(Path.home())) if len(s) > 4),
    )


def _found(engine: Engine, said: Mentioned | None) -> dict[str, list[str]]:
    """By column, the values of people; those that come down to something said, if it is told."""
    records = engine.open("records")
    people = records.filter(~nw.col("brand_authored").fill_null(value=False))
    if said is None:
        frames = {c: people.select(c).filter(~nw.col(c).is_null()).unique() for c in _COLUMNS}
    else:
        frames = _standing(people, said, engine)
    return {column: frame.to_series().to_list() for column, frame in engine.collect(frames).items()}


def _standing(people: Lazy, said: Mentioned, engine: Engine) -> dict[str, Lazy]:
    bare = nw.col("author_handle").str.replace_all("@", "", literal=True).str.to_lowercase()
    plain = nw.col("author_name").str.replace_all(r"[^\p{L}]+", " ").str.strip_chars()
    looked: dict[str, tuple[nw.Expr, Collection[str]]] = {
        "author_handle": (bare, said.handles),
        "author_name": (plain, said.names),
        "author_id": (nw.col("author_id"), said.numbers),
        "native_id": (nw.col("native_id"), said.numbers),
    }
    return {c: _among(people, c, key, engine.keep(_frame(values))) for c, (key, values) in looked.items()}


def _among(people: Lazy, column: str, key: nw.Expr, wanted: Lazy) -> Lazy:
    told = people.filter(~nw.col(column).is_null()).select(column, __key=key)
    return told.join(wanted, on="__key", how="semi").select(column).unique()


def _frame(values: Collection[str]) -> pl.DataFrame:
    return pl.DataFrame({"__key": sorted(values)}, schema={"__key": pl.String})
