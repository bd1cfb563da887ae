"""Coded: what people coded judges the classifiers, then overrules them (methods.md §G.2 rule 1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cxreport.engine.base import Engine
from cxreport.model.audit import Card
from cxreport.model.coding import Coding


def code(engine: Engine, coding: Coding, models: Sequence[dict[str, Any]] = ()) -> Card | None:
    """The accuracy card of this audit, or None where nothing was coded and nothing learned."""
    if coding.rows.is_empty() and not models:
        return None
    return Card(
        file=coding.file, sha256=coding.sha256, records=len(coding.ids),
        coders=coding.rows["coder"].n_unique(), models=tuple(models),
    )  # fmt: skip
