"""Relate: what only whole tables can tell, joined back to the records by id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from cxreport.engine.base import Engine
from cxreport.plugin.enricher import Relation

Frame = nw.LazyFrame[Any]


def relate(relations: Sequence[Relation], engine: Engine) -> None:
    """Run relations in order; each sees what the earlier ones added."""
    if not relations:
        return
    records = engine.open("records")
    for relation in relations:
        name = f"relation-{relation.name}"
        engine.write(relation.relate(records, engine.keep).select("record_id", *relation.adds), name)
        records = joined(records, engine.open(name), tuple(relation.adds))
    engine.write(records, "records")


def joined(records: Frame, added: Frame, columns: tuple[str, ...]) -> Frame:
    """Left join; where records already have a column, the relation's value wins if it gives one."""
    existing = set(records.collect_schema().names())
    wide = records.join(added, on="record_id", how="left", suffix="__new")
    both = [c for c in columns if c in existing]
    merged = {c: nw.coalesce(f"{c}__new", c) for c in both}
    return wide.with_columns(**merged).drop(*(f"{c}__new" for c in both)) if both else wide
