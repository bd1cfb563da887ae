"""Exhibits of the page What changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cxreport.api import Change, Edition, Exhibit, Key, Result, Table, Words, message
from cxreport_plugins.change.naming import VERDICTS, interval, label, margin, moved, p_value, theme, value
from cxreport_plugins.common import say

RECURRENCE: Final = "change.recurrence"
MOST, MOST_BROKEN = 13, 6
"""Rows of a chart: of what was tested, and of what was measured twice but may not be compared."""
RANK: Final = {"up": 0, "down": 0, "same": 1, "open": 2}
PREVIOUS: Final = Key("previous", message("previous audit"))
FILLED: Final = Key("estimate", message("now; hollow: no clear and material change"))
RATE: Final = 0.1


@dataclass(frozen=True)
class Scale:
    """The results of one unit, which share a chart."""

    unit: str
    ident: str
    name: str
    subtitle: str


SCALES: Final = (
    Scale("share", "change.shares", message("Shares"), message("Shares, now and in the previous audit")),
    Scale("points", "change.points", message("Net scores"), message("Net scores, now and in the previous audit")),
    Scale("stars", "change.stars", message("Stars"), message("Mean stars, now and in the previous audit")),
)


def clear(change: Change) -> bool:
    """Whether it went up or down."""
    return change.verdict in ("up", "down")


def size(change: Change) -> float:
    """How many margins a change is wide: comparable between units."""
    return abs(change.value or 0) / change.margin if change.margin else 0.0


def ordered(changes: Sequence[Change]) -> list[Change]:
    """What was tested: clear changes first, the largest first, then none, then what cannot be told."""
    return sorted((c for c in changes if c.tested), key=lambda c: (RANK[c.verdict], -size(c), c.key))


def charts_of(edition: Edition, words: Words) -> Iterator[Exhibit]:
    """A chart for each unit that has changes to show, and a table of the rest."""
    for scale in SCALES:
        mine = [c for c in edition.changes if c.unit == scale.unit]
        twice = sorted((c for c in mine if c.verdict == "broken" and _both(c)), key=lambda c: len(c.dims))
        if any(c.tested for c in mine):
            yield _chart(scale, mine, twice, edition, words)
    others = [c for c in edition.changes if c.unit not in {scale.unit for scale in SCALES}]
    if any(c.tested for c in others):
        yield _rest(others, edition, words)


def _both(change: Change) -> bool:
    return all(side is not None and side.value is not None for side in (change.before, change.now))


def _chart(scale: Scale, mine: Sequence[Change], twice: Sequence[Change], edition: Edition, words: Words) -> Exhibit:
    tested, broken = ordered(mine)[:MOST], twice[:MOST_BROKEN]
    rows = [_row(change, edition, words) for change in (*tested, *broken)]

    def draw(tokens: Any, drawn_as: Any) -> Any:
        from cxreport.api import charts

        return charts.dot_interval(rows, tokens, drawn_as, unit=scale.unit, words=words)

    title = headline(tested, edition, words)
    return Exhibit(
        id=scale.ident,
        title=title,
        subtitle=f"{words.say(scale.subtitle)}. {periods(edition, words)}",
        results=results_of((*tested, *broken), edition),
        table=_tests(mine, edition, words),
        chart=draw,
        alt=words.say("Dots with intervals, and a tick for the previous value. {title}.", title=title),
        keys=(FILLED, PREVIOUS, say.INTERVAL),
        note=" ".join(note for note in _remarks(mine, tested, broken, edition, words) if note),
        source=say.base_line(edition, words, max(c.now.n for c in tested if c.now), ("record", "records")),
        heading=words.say(scale.name),
    )


def _remarks(
    mine: Sequence[Change], tested: Sequence[Change], broken: Sequence[Change], edition: Edition, words: Words
) -> Iterator[str]:
    left = sum(c.tested for c in mine) - len(tested)
    if left:
        yield words.count(left, "{n} more stands in the table.", "{n} more stand in the table.")
    if broken:
        yield words.say("≠: measured in both audits, but in another way; why stands under Breaks.")
    yield words.say(
        "Clear: adjusted p of no change at most {rate}, and a change of at least the margin. No material change: "
        "adjusted p of a material change at most {level}.",
        rate=words.number(RATE, 2), level=words.number(RATE / 2, 2),
    )  # fmt: skip
    yield say.marks_note(results_of(tested, edition), words)


def _row(change: Change, edition: Edition, words: Words) -> Any:
    from cxreport.api import charts

    now, before = change.now, change.before
    assert now is not None
    row = charts.Estimate(label(change, edition, words), now.value, now.low, now.high, now.n)
    was = before.value if before else None
    return row.against(was, clear(change)) if change.tested else row.across(was)


def _rest(changes: Sequence[Change], edition: Edition, words: Words) -> Exhibit:
    """Scores, ratios and waiting times, which share no scale."""
    tested = ordered(changes)
    return Exhibit(
        id="change.others",
        title=headline(tested, edition, words),
        subtitle=f"{words.say('Ratios, scores and waiting times')}. {periods(edition, words)}",
        results=results_of(tested, edition),
        table=_tests(changes, edition, words),
        heading=words.say("Other figures"),
    )


def headline(changes: Sequence[Change], edition: Edition, words: Words) -> str:
    """The largest clear change; without one, how many stayed and cannot be told."""
    first = next((c for c in changes if clear(c)), None)
    return counted(changes, words) if first is None else told(first, edition, words)


def told(change: Change, edition: Edition, words: Words) -> str:
    """`Net Promoter Score went up from +2 to +13`."""
    before, now = (value(side, change.unit, words) for side in (change.before, change.now))
    name = label(change, edition, words)
    if change.verdict == "up":
        return words.say("{name} went up from {before} to {now}", name=name, before=before, now=now)
    return words.say("{name} went down from {before} to {now}", name=name, before=before, now=now)


def counted(changes: Sequence[Change], words: Words) -> str:
    """How many figures did not change materially, and how many cannot be told."""
    same, open_ = (sum(c.verdict == verdict for c in changes) for verdict in ("same", "open"))
    said = [
        words.count(same, "{n} figure did not change materially", "{n} figures did not change materially"),
        words.count(open_, "of {n} it cannot be told", "of {n} it cannot be told"),
    ]
    return ", ".join(text for n, text in zip((same, open_), said, strict=True) if n or n == same)


def periods(edition: Edition, words: Words) -> str:
    """`July 2025 – June 2026 against July 2024 – June 2025`."""
    past = edition.past
    if past is None:
        return say.period(edition, words)
    before = words.period(past.period_from, past.period_to)
    return words.say("{now} against {before}", now=say.period(edition, words), before=before)


def results_of(changes: Sequence[Change], edition: Edition) -> tuple[Result, ...]:
    """The results of this audit that changes are about."""
    found = (edition.get(change.measure, **change.dims) for change in changes)
    return tuple(result for result in found if result is not None)


def _tests(changes: Sequence[Change], edition: Edition, words: Words) -> Table:
    """Every test, raw and adjusted over all of the page."""
    rows = [*ordered(changes), *(c for c in changes if c.verdict == "untested")]
    body = tuple(
        (
            label(change, edition, words),
            value(change.before, change.unit, words),
            value(change.now, change.unit, words),
            moved(change, words),
            interval(change, words),
            p_value(change.p, change.q, words),
            p_value(change.p_same, change.q_same, words),
            margin(change, words),
            words.base(min(side.n for side in (change.before, change.now) if side)),
            _verdict(change, words),
        )
        for change in rows
    )
    heads = (
        words.say("Figure"), words.say("Before"), words.say("Now"), words.say("Change"), words.say("95% interval"),
        words.say("p of no change, adjusted (raw)"), words.say("p of a material change, adjusted (raw)"),
        words.say("Margin"), words.say("Smaller base"), words.say("Verdict"),
    )  # fmt: skip
    return Table(heads, body, ("left", *("right",) * 8, "left"))


def _verdict(change: Change, words: Words) -> str:
    said = words.say(VERDICTS[change.verdict])
    why = change.reason or change.caution
    return f"{said}: {words.retell(why)}" if why else said


def breaks(edition: Edition, words: Words) -> Exhibit | None:
    """What may not be compared, by reason."""
    reasons: dict[str, list[Change]] = {}
    for change in edition.changes:
        if change.verdict in ("broken", "hidden"):
            reasons.setdefault(change.reason, []).append(change)
    if not reasons:
        return None
    body = tuple(
        (_sentence(words.retell(reason)), words.number(len(found)), _named(found, edition, words))
        for reason, found in sorted(reasons.items(), key=lambda item: (-len(item[1]), item[0]))
    )
    total = sum(len(found) for found in reasons.values())
    return Exhibit(
        id="change.breaks",
        title=words.count(total, "{n} figure cannot be compared", "{n} figures cannot be compared with those before"),
        subtitle=words.say("Why each has a break between the two audits"),
        table=Table((words.say("Reason"), words.say("Figures"), words.say("Which")), body, ("left", "right", "left")),
        note=words.say(
            "A figure is compared only where both audits used the same rules, classifiers, names, queries and sources. "
            "Measuring the earlier exports again with the rules of today closes a break."
        ),
        heading=words.say("Breaks"),
    )


def _named(changes: Sequence[Change], edition: Edition, words: Words) -> str:
    """Measures, each once, with how many of its results."""
    counts: dict[str, list[Change]] = {}
    for change in changes:
        counts.setdefault(change.measure, []).append(change)
    said = []
    for measure, found in counts.items():
        info = edition.infos.get(measure)
        title = words.retell(info.title) if info else measure
        alone = label(found[0], edition, words) if len(found) == 1 else f"{title} ({words.number(len(found))})"
        said.append(alone)
    return "; ".join(said)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def recurrence(edition: Edition, words: Words) -> Exhibit | None:
    """The worst themes of both audits."""
    found = edition.get(RECURRENCE)
    if found is None or not found.shown or not found.rows:
        return None
    rows = sorted(found.rows, key=lambda row: (row.get("rank_now", 99), row.get("rank_before", 99)))
    body = tuple(
        (theme(str(row["theme"]), edition), *(_place(row, name, words) for name in ("before", "now"))) for row in rows
    )
    listed = sum("rank_before" in row for row in rows)
    again = round((found.value or 0) * listed)
    return Exhibit(
        id=RECURRENCE,
        title=words.say(
            "{again} of the {listed} themes with most complaints are the same as before",
            again=words.number(again), listed=words.number(listed),
        ),
        subtitle=words.say("Rank among the ten themes with most complaining texts; share of complaints in brackets"),
        results=(found,),
        table=Table((words.say("Theme"), words.say("Before"), words.say("Now")), body),
        note=words.say("A theme that stays in the list may have become rarer, and one that left it more frequent."),
        source=periods(edition, words) + ".",
        heading=words.say("The same faults"),
    )  # fmt: skip


def _place(row: Any, name: str, words: Words) -> str:
    rank = row.get(f"rank_{name}")
    return "–" if rank is None else f"{words.number(rank)} ({words.share(row[f'share_{name}'])})"
