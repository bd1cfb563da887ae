"""Two audits of one client, as small as a test needs them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cxreport.changes.compare import compare
from cxreport.model.audit import Meta
from cxreport.model.basis import Basis, Mix
from cxreport.model.change import Change
from cxreport.model.predicate import Predicate
from cxreport.model.result import Result
from cxreport.model.snapshot import Measured, Snapshot
from cxreport.stats import wilson

SOURCES = {"x.api.v2 x": 600, "trustpilot.csv trustpilot": 400}
ORIGINS = {"voice": "1 a", "themes": "1+book b", "sentiment": "2 c", "moments": "2 d", "entity": "1 e"}
COLUMNS = {
    "customer_voice": ("voice",), "themes_read": ("themes", "voice"), "sentiment": ("sentiment",),
    "moment": ("moments", "voice"), "entity": ("entity",), "offers_read": ("offers",),
}  # fmt: skip


def share(k: int, n: int, ident: str = "care.rate", **facts: Any) -> Result:
    """k of n, with Wilson's interval, over customers' records."""
    low, high = wilson(k, n)
    about = Predicate(all=(("customer_voice", "eq", True), ("kind", "eq", "post")))
    return Result(**{"id": ident, "value": k / n, "low": low, "high": high, "n": n, "population": about, **facts})


def basis(keys: Sequence[str] = (), cells: Mapping[str, int] | None = None, named: float = 0.5, **facts: Any) -> Basis:
    """What the numbers rest on."""
    mix = Mix(keys=tuple(keys), cells=dict(SOURCES if cells is None else cells), named=named)
    whole = {
        "origins": ORIGINS, "columns": COLUMNS, "names": "names", "frames": {"x.api.v2": "complete"},
        "mixes": (mix,) if keys else (), **facts,
    }  # fmt: skip
    return Basis(**whole)


def snapshot(*results: Result, year: int = 2026, needs: Sequence[str] = (), about: Basis | None = None) -> Snapshot:
    """An audit of the first half of a year in which each measure is compared by the dims of its results."""
    by: dict[str, list[Result]] = {}
    for result in results:
        by.setdefault(result.id, []).append(result)
    infos = {
        name: Measured(title=name, needs=tuple(needs), compared=tuple({tuple(r.dims) for r in found}), digest="1")
        for name, found in by.items()
    }
    return Snapshot(
        meta=meta(year), infos=infos, measures={name: tuple(found) for name, found in by.items()},
        basis=about or basis([r.key for r in results]),
    )  # fmt: skip


def meta(year: int, client: str = "Meridian Air") -> Meta:
    """The cover."""
    return Meta(
        title="Audit", client=client, brand=client, period_from=f"{year}-01-01", period_to=f"{year}-06-30",
    )  # fmt: skip


def change(before: Result, now: Result, **facts: Any) -> Change:
    """The only change between two audits of one result; `facts` are those of the later basis and its needs."""
    needs = facts.pop("needs", ())
    earlier = snapshot(before, year=2025, needs=needs)
    later = snapshot(now, needs=needs, about=basis([now.key], **facts))
    [found] = compare(earlier, later)
    return found
