"""The exhibit of what platforms themselves report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cxreport.api import Edition, Exhibit, Result, Table, Words
from cxreport_plugins.overview.platform import AVERAGE, BEST

MEASURE = "overview.platform_figures"
SHOWN = 20
NAMES = {
    AVERAGE: "Average rating", "rating_count": "Ratings", "new_follows": "New followers", "unfollows": "Followers lost",
    "posts": "Posts written",
}  # fmt: skip


def stated(edition: Edition, words: Words) -> Exhibit | None:
    """Value, date and source of each figure; None where no export states one."""
    results = [r for r in edition.results(MEASURE) if r.testable]
    lines = [r for r in results if r.value != 0 and not (r.dims["name"] == "rating_count" and _beside(r, results))]
    if not lines:
        return None
    shown = lines[:SHOWN]
    more = f" {words.number(len(lines) - SHOWN)} more are in the audit." if len(lines) > SHOWN else ""
    return Exhibit(
        id="data.platforms",
        heading="What the platforms themselves report",
        title=_title(lines, edition, words),
        subtitle="As their exports state it; no record stands behind it and no measure uses it",
        results=tuple(results),
        table=Table(
            ("Of", "Figure", "Value", "Date", "Source"),
            tuple(_row(r, edition, words) for r in shown),
            align=("left", "left", "right", "left", "left"),
            caption="What the platforms themselves report",
        ),
        note=f"How a platform counts, weighs and filters is its own affair.{more}",
        source="The platforms, when the exports were made.",
    )


def _beside(count: Result, results: Sequence[Result]) -> bool:
    """Whether the average that a count belongs to is told, which then tells the count too."""
    whom = {**count.dims, "name": AVERAGE}
    return any(r.dims == whom for r in results)


def _title(lines: Sequence[Result], edition: Edition, words: Words) -> str:
    averages = [r for r in lines if r.dims["name"] == AVERAGE and r.shown]
    if not averages:
        return f"{words.plural(len(lines), 'total comes', 'totals come')} from the platforms themselves"
    widest = max(averages, key=lambda r: r.n)
    return f"{_whom(widest, edition)} has an average of {_value(widest, words)} on its platform"


def _row(result: Result, edition: Edition, words: Words) -> tuple[str, ...]:
    name = result.dims["name"]
    label = NAMES.get(name, name.replace("_", " ").capitalize())
    return (_whom(result, edition), label, _value(result, words), _when(result, words), _source(result, edition))


def _whom(result: Result, edition: Edition) -> str:
    """The subject that the file names, after the company if it is a rival's or only a number; else the company."""
    entity, subject = result.dims.get("entity", "brand"), result.dims.get("subject", "")
    if entity == "brand":
        own = edition.meta.brand or "The brand"
        return f"{own}, place {subject}" if subject.isdigit() else subject or own
    rival = edition.meta.rivals.get(entity, entity)
    return f"{rival}: {subject}" if subject else rival


def _value(result: Result, words: Words) -> str:
    if not result.shown or result.value is None:
        return words.value(result)
    if result.dims["name"] != AVERAGE:
        return words.number(result.value)
    best = result.rows[0]["best"] if result.rows else BEST
    digits = 1 if round(result.value, 1) == result.value else 2
    of = f"{words.number(result.value, digits)} of {words.number(best)}"
    return f"{of} ({words.plural(result.n, 'rating', 'ratings')})" if result.n else of


def _when(result: Result, words: Words) -> str:
    facts = result.rows[0] if result.rows else {}
    if "from" not in facts:
        return "when exported" if result.shown else ""
    first, last = facts["from"], facts["to"]
    return words.period(first, last) if first != last else words.date(date.fromisoformat(first))


def _source(result: Result, edition: Edition) -> str:
    system = result.dims["system"]
    return next((load.system_title for load in edition.loads if load.system == system and load.system_title), system)
