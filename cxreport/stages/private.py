"""Raw identifiers of this audit's people, for the leak check: held in memory only, never written."""

from __future__ import annotations

from pathlib import Path

import narwhals as nw

from cxreport.engine.base import Engine
from cxreport.plan import Plan
from cxreport.stages.inspect import Private, plain_name


def _public_names(plan: Plan) -> set[str]:
    """Names that the report is about or by: an account of the brand that nobody configured is called like it."""
    companies = (name for _, company in plan.context.brand.companies for name in company.all_names)
    return {plain_name(name) for name in (*companies, plan.config.site.client, plan.config.site.author)}


def identifiers(engine: Engine, plan: Plan) -> Private:
    """Handles, full names and long numbers of every author that is not the brand or a rival."""
    records = engine.open("records")
    people = records.filter(~nw.col("brand_authored").fill_null(value=False))
    columns = ("author_handle", "author_name", "author_id", "native_id")
    frames = {c: people.select(c).filter(~nw.col(c).is_null()).unique() for c in columns}
    found = {c: frame[c].to_list() for c, frame in engine.collect(frames).items()}
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
