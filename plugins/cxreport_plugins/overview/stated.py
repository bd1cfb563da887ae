"""The exhibit of what platforms themselves report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cxreport.api import Edition, Exhibit, Result, Table, Words, message
from cxreport_plugins.overview.platform import AVERAGE, BEST

MEASURE = "overview.platform_figures"
SHOWN = 20
COLUMNS = (message("Of"), message("Figure"), message("Value"), message("Date"), message("Source"))
NAMES = {
    AVERAGE: message("Average rating"), "rating_count": message("Ratings"), "new_follows": message("New followers"),
    "unfollows": message("Followers lost"), "posts": message("Posts written"),
}  # fmt: skip


def stated(edition: Edition, words: Words) -> Exhibit | None:
    """Value, date and source of each figure; None where no export states one."""
    results = [r for r in edition.results(MEASURE) if r.testable]
    lines = [r for r in results if r.value != 0 and not (r.dims["name"] == "rating_count" and _beside(r, results))]
    if not lines:
        return None
    shown = lines[:SHOWN]
    more = len(lines) - SHOWN
    note = words.say("How a platform counts, weighs and filters is its own affair.")
    if more > 0:
        note += " " + words.count(more, "{n} more is in the audit.", "{n} more are in the audit.")
    return Exhibit(
        id="data.platforms",
        heading=words.say("What the platforms themselves report"),
        title=_title(lines, edition, words),
        subtitle=words.say("As their exports state it; no record stands behind it and no measure uses it"),
        results=tuple(results),
        table=Table(
            tuple(map(words.say, COLUMNS)),
            tuple(_row(r, edition, words) for r in shown),
            align=("left", "left", "right", "left", "left"),
            caption=words.say("What the platforms themselves report"),
        ),
        note=note,
        source=words.say("The platforms, when the exports were made."),
    )


def _beside(count: Result, results: Sequence[Result]) -> bool:
    """Whether the average that a count belongs to is told, which then tells the count too."""
    whom = {**count.dims, "name": AVERAGE}
    return any(r.dims == whom for r in results)


def _title(lines: Sequence[Result], edition: Edition, words: Words) -> str:
    averages = [r for r in lines if r.dims["name"] == AVERAGE and r.shown]
    if not averages:
        return words.count(
            len(lines), "{n}\u00a0total comes from the platforms themselves",
            "{n}\u00a0totals come from the platforms themselves",
        )  # fmt: skip
    widest = max(averages, key=lambda r: r.n)
    return words.say(
        "{company} has an average of {value} on its platform",
        company=_whom(widest, edition, words), value=_value(widest, words),
    )  # fmt: skip


def _row(result: Result, edition: Edition, words: Words) -> tuple[str, ...]:
    name = result.dims["name"]
    label = words.say(NAMES.get(name, name.replace("_", " ").capitalize()))
    return (_whom(result, edition, words), label, _value(result, words), _when(result, words), _source(result, edition))


def _whom(result: Result, edition: Edition, words: Words) -> str:
    """The subject that the file names, after the company if it is a rival's or only a number; else the company."""
    entity, subject = result.dims.get("entity", "brand"), result.dims.get("subject", "")
    if entity == "brand":
        own = edition.meta.brand or words.say("The brand")
        return words.say("{company}, place {id}", company=own, id=subject) if subject.isdigit() else subject or own
    rival = edition.meta.rivals.get(entity, entity)
    return f"{rival}: {subject}" if subject else rival


def _value(result: Result, words: Words) -> str:
    if not result.shown or result.value is None:
        return words.value(result)
    if result.dims["name"] != AVERAGE:
        return words.number(result.value)
    best = result.rows[0]["best"] if result.rows else BEST
    digits = 1 if round(result.value, 1) == result.value else 2
    of = words.say("{value} of {best}", value=words.number(result.value, digits), best=words.number(best))
    return f"{of} ({words.plural(result.n, 'rating', 'ratings')})" if result.n else of


def _when(result: Result, words: Words) -> str:
    facts = result.rows[0] if result.rows else {}
    if "from" not in facts:
        return words.say("when exported") if result.shown else ""
    first, last = facts["from"], facts["to"]
    return words.period(first, last) if first != last else words.date(date.fromisoformat(first))


def _source(result: Result, edition: Edition) -> str:
    system = result.dims["system"]
    return next((load.system_title for load in edition.loads if load.system == system and load.system_title), system)
