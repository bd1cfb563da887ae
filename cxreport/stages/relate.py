"""Relate: what only whole tables can tell, joined back to the records by id."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from cxreport.engine.base import Engine, Lazy
from cxreport.engine.store import key_of
from cxreport.plugin.code import plugin_digest
from cxreport.plugin.enricher import Relation


def relate(relations: Sequence[Relation], engine: Engine) -> None:
    """Run relations in order; each sees what the earlier ones added, and of it only what it needs."""
    for relation in relations:
        needs = ("record_id", *relation.needs)
        digest = key_of(plugin_digest(relation), engine.digest("records", needs))
        engine.join("records", tuple(relation.adds), partial(_related, relation, engine, needs), digest)


def _related(relation: Relation, engine: Engine, needs: Sequence[str]) -> Lazy:
    related = relation.relate(engine.open("records").select(*dict.fromkeys(needs)), engine.keep)
    return related.select("record_id", *relation.adds)
