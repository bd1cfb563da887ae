"""The section `costs`: the page What reacting costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Final

from cxreport.api import Edition, Exhibit, Finding, Page, Result, Section, SectionView, Table, Words, message
from cxreport_plugins.common import say
from cxreport_plugins.economics.ledger import VIEWED
from cxreport_plugins.economics.moving import LINKAGE, moving

COSTS: Final = Page("costs", "What reacting costs", "What to do", 160)
REACTION, RECOVERY, LOAD = "economics.reaction", "economics.net_recovery", "economics.reactive_load"
PARTS: Final = {
    "handling": message("Dealing with contacts"), "goodwill": message("Refunds and vouchers"),
    "churn": message("Customers who leave"), "contagion": message("Customers put off"),
}  # fmt: skip
RETURNS: Final = {
    "saved": message("Kept by recovery"), "spent": message("Spent on recovery"),
    "contagion": message("Customers put off"),
}  # fmt: skip
LABELS: Final = {
    "hour": message("An hour of work"), "productive_hours": message("Productive hours a month"),
    "goodwill": message("Goodwill for a complaint"), "goodwill_share": message("Complaints with goodwill"),
    "customer_value": message("Margin of a customer a year"), "years": message("Years a customer stays"),
    "churn": message("Who leave over a complaint"), "exposed_customers": message("Customers among viewers"),
    "lost_conversion": message("Viewers put off"), "recovery": message("Winning one customer back"),
    "programme": message("The programme"), "contact": message("A contact"), "minutes": message("Minutes of a contact"),
    "contacts": message("Contacts a month"), VIEWED: message("Share of followers who see a post"),
}  # fmt: skip
STATED: Final = (message("Figure"), message("Low"), message("Likely"), message("High"), message("Source"))
SWINGS: Final = 8
"""Rows of the tornado that are drawn."""


class WhatReactingCosts(Section):
    """Reaction against prevention, what moves it, recovery, and the figures that all rests on."""

    name: ClassVar[str] = "costs"
    page: ClassVar[Page] = COSTS
    order: ClassVar[int] = 10
    needs: ClassVar[tuple[str, ...]] = (REACTION, RECOVERY, LOAD, LINKAGE)

    def view(self, edition: Edition, words: Words) -> SectionView:
        """The heading is the break-even, or that it cannot be computed."""
        whole = edition.get(REACTION)
        if whole is None or not whole.shown:
            reason = words.retell(whole.reason) if whole else words.say("it was not measured")
            return SectionView(self.name, words.say("What reacting costs was not computed"), f"{_sentence(reason)}.")
        notes = (
            words.say(
                "Ranges hold nine in ten of 10,000 draws of the client's own figures. Nothing here is a price of ours, "
                "and no part without its figures enters a sum."
            ),
            words.say("Counts of the exports are brought to twelve months. Not every complaint was exported."),
        )
        lede = words.say(
            "Reacting costs {range} {currency} in twelve months, on the figures stated.",
            range=words.interval(whole), currency=_currency(edition, words),
        )  # fmt: skip
        return SectionView(self.name, headline(edition, words), lede, notes=notes)

    def exhibits(self, edition: Edition, words: Words) -> Sequence[Exhibit]:
        """The parts, the tornado, recovery, the work, what moves with experience, and the figures."""
        found = [
            _bars(edition, words, REACTION, "economics.parts", headline(edition, words), PARTS),
            _tornado(edition, words),
            _bars(edition, words, RECOVERY, "economics.recovery", _recovery(edition, words), RETURNS),
            _work(edition, words),
            moving(edition, words),
            _inputs(edition, words),
        ]
        return [exhibit for exhibit in found if exhibit is not None]

    def findings(self, edition: Edition, words: Words) -> Sequence[Finding]:
        """None: a range of stated figures is no finding of the data."""
        return ()

    def limits(self, edition: Edition, words: Words) -> Sequence[str]:
        """What the figures cannot tell."""
        whole = edition.get(REACTION)
        if whole is None or whole.shown:
            return ()
        return (words.say("We cannot say what reacting costs: {reason}.", reason=words.retell(whole.reason)),)


def headline(edition: Edition, words: Words) -> str:
    """What prevention would have to remove."""
    even = edition.get(REACTION, part="break_even")
    if even is None or not even.shown or even.low is None or even.high is None:
        return words.say("What reacting costs in twelve months")
    if even.low > 1:
        return words.say("On these figures prevention costs more than all reaction")
    if even.high > 1:
        return words.say(
            "Prevention must remove at least {share} of what reacting costs; it may not pay",
            share=words.share(even.low),
        )
    return words.say(
        "Prevention breaks even once it removes {low} to {high} of what reacting costs",
        low=words.share(even.low), high=words.share(even.high),
    )  # fmt: skip


def _recovery(edition: Edition, words: Words) -> str:
    net = edition.get(RECOVERY)
    if net is None or net.low is None or net.high is None:
        return words.say("What recovery brings cannot be summed")
    if net.high < 0:
        return words.say("Recovery does not make up for the damage, on these figures")
    if net.low > 0:
        return words.say("Recovery brings more than it costs and complaints do damage, on these figures")
    return words.say("Whether recovery outweighs the damage cannot be told from these figures")


def _bars(
    edition: Edition, words: Words, measure: str, ident: str, title: str, parts: dict[str, str]
) -> Exhibit | None:
    """Parts and their sum as ranges of money."""
    whole = words.say("Net value" if measure == RECOVERY else "All of it")
    named = [(words.say(label), edition.get(measure, part=part)) for part, label in parts.items()]
    rows = [(label, r) for label, r in [*named, (whole, edition.get(measure))] if r is not None]
    if measure == REACTION and (programme := edition.get(REACTION, part="programme")):
        rows.append((words.say("Prevention, for comparison"), programme))
    drawn = [(label, r) for label, r in rows if r.shown and r.low is not None]
    if not drawn:
        return None

    def draw(tokens: Any, size: Any) -> Any:
        from cxreport.api import charts

        bars = [charts.Estimate(label, None, r.low, r.high) for label, r in drawn]
        return charts.range_bars(bars, tokens, size, unit="money", words=words)

    said = "; ".join(f"{label} {words.interval(r)}" for label, r in drawn)
    return Exhibit(
        id=ident,
        title=title,
        subtitle=words.say(
            "{currency} in twelve months; bars hold nine in ten draws of the stated ranges",
            currency=_currency(edition, words),
        ),
        results=tuple(r for _, r in rows),
        table=_table(rows, words, _currency(edition, words)),
        chart=draw,
        alt=words.say("Range bars of money by part. {parts}.", parts=said),
        note=" ".join(
            words.say("{part}: {reason}.", part=label, reason=words.retell(r.reason))
            for label, r in rows
            if not r.shown
        ),
        source=_sources(edition, words),
        heading=whole if measure == RECOVERY else words.say("Reaction against prevention"),
    )


def _tornado(edition: Edition, words: Words) -> Exhibit | None:
    found = edition.get(REACTION, part="tornado")
    if found is None or not found.rows:
        return None
    rows = [(_label(str(row["input"]), words), row) for row in found.rows[:SWINGS]]

    def draw(tokens: Any, size: Any) -> Any:
        from cxreport.api import charts

        bars = [charts.Estimate(label, None, row["low"], row["high"]) for label, row in rows]
        return charts.range_bars(bars, tokens, size, unit="money", words=words)

    body = tuple((label, words.number(round(r["low"])), words.number(round(r["high"]))) for label, r in rows)
    first = rows[0][0]
    return Exhibit(
        id="economics.tornado",
        title=words.say("No figure moves the sum more than “{figure}”", figure=f"{first[0].lower()}{first[1:]}"),
        subtitle=words.say(
            "All of reaction, {currency}: each figure from low to high, the others at their middle",
            currency=_currency(edition, words),
        ),
        results=(found,),
        table=Table((words.say("Figure"), words.say("At one end"), words.say("At the other")), body),
        chart=draw,
        alt=words.say(
            "Range bars of the sum by figure. Widest: {figures}.", figures=", ".join(label for label, _ in rows[:3])
        ),
        source=words.say("Figures: {source}.", source=_source(edition)),
        heading=words.say("Which figures matter"),
    )


def _work(edition: Edition, words: Words) -> Exhibit | None:
    """The work of a month, and how much of what the brand writes is reaction."""
    named = [
        (words.say("Work on contacts, hours a month"), edition.get(LOAD)),
        (words.say("The same in full-time agents"), edition.get(LOAD, part="fte")),
        (
            words.say("The same in {currency} a month", currency=_currency(edition, words)),
            edition.get(LOAD, part="money"),
        ),
        (words.say("Reactive share of what the brand writes"), edition.get("care.two_way")),
    ]
    rows = [(label, r) for label, r in named if r is not None]
    if not any(r.shown for _, r in rows):
        return None
    return Exhibit(
        id="economics.else",
        title=words.say("What else was asked"),
        subtitle=words.say("Work and share of reaction"),
        results=tuple(r for _, r in rows),
        table=_table(rows, words, words.say("Range")),
        source=_sources(edition, words),
    )


def _inputs(edition: Edition, words: Words) -> Exhibit | None:
    found = edition.get(REACTION, part="inputs")
    if found is None or not found.rows:
        return None
    body = tuple(
        (
            _label(str(row["input"]), words),
            *(_plain(row[end], words) for end in ("low", "likely", "high")),
            words.retell(str(row["source"])),
        )
        for row in found.rows
    )
    return Exhibit(
        id="economics.inputs",
        title=words.say("The figures that all of this rests on"),
        subtitle=words.say("As stated; money in {currency}", currency=_currency(edition, words)),
        results=(found,),
        table=Table(tuple(map(words.say, STATED)), body, ("left", "right", "right", "right", "left")),
        source=f"{_source(edition)}.",
    )


def _table(rows: Sequence[tuple[str, Result]], words: Words, what: str) -> Table:
    return Table(
        (words.say("Part"), what),
        tuple((label, words.interval(r) if r.shown else _sentence(words.retell(r.reason))) for label, r in rows),
    )


def _currency(edition: Edition, words: Words) -> str:
    found = edition.get(REACTION, part="inputs")
    return str(found.rows[0]["currency"]) if found and found.rows else words.say("Money")


def _source(edition: Edition) -> str:
    """Who stated the figures of the file as a whole."""
    found = edition.get(REACTION)
    return found.method.partition("Figures: ")[2] if found else ""


def _sources(edition: Edition, words: Words) -> str:
    """Who stated the figures, and which exports were counted."""
    counts = say.sources(edition, words)
    return words.say("Figures: {source}. Counts: {counts}.", source=_source(edition), counts=counts)


def _label(name: str, words: Words) -> str:
    """`minutes phone` as a reader says it."""
    key, _, channel = name.partition(" ")
    if key in LABELS and channel:
        return f"{words.say(LABELS[key])}, {words.channel(channel)}"
    return words.say(LABELS[name]) if name in LABELS else name.capitalize()


def _plain(value: float | None, words: Words) -> str:
    if value is None:
        return ""
    value = float(value)
    return words.number(value, 0 if value.is_integer() else 2 if value >= 0.1 else 4)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
