"""The section `costs`: the page What reacting costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Final

from cxreport.api import Edition, Exhibit, Finding, Page, Result, Section, SectionView, Table, Words
from cxreport_plugins.common import say
from cxreport_plugins.economics.moving import LINKAGE, moving

COSTS: Final = Page("costs", "What reacting costs", "What to do", 160)
REACTION, RECOVERY, LOAD = "economics.reaction", "economics.net_recovery", "economics.reactive_load"
PARTS: Final = {
    "handling": "Dealing with contacts", "goodwill": "Refunds and vouchers", "churn": "Customers who leave",
    "contagion": "Customers put off",
}  # fmt: skip
RETURNS: Final = {"saved": "Kept by recovery", "spent": "Spent on recovery", "contagion": "Customers put off"}
LABELS: Final = {
    "hour": "An hour of work", "productive_hours": "Productive hours a month", "goodwill": "Goodwill for a complaint",
    "goodwill_share": "Complaints with goodwill", "customer_value": "Margin of a customer a year",
    "years": "Years a customer stays", "churn": "Who leave over a complaint",
    "exposed_customers": "Customers among viewers", "lost_conversion": "Viewers put off",
    "recovery": "Winning one customer back", "programme": "The programme", "contact": "A contact",
    "minutes": "Minutes of a contact", "contacts": "Contacts a month",
}  # fmt: skip
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
            reason = whole.reason if whole else "it was not measured"
            return SectionView(self.name, "What reacting costs was not computed", f"{_sentence(reason)}.")
        notes = (
            "Ranges hold nine in ten of 10,000 draws of the client's own figures. Nothing here is a price of ours, and "
            "no part without its figures enters a sum.",
            "Counts of the exports are brought to twelve months. Not every complaint was exported.",
        )
        lede = f"Reacting costs {words.interval(whole)} {_currency(edition)} in twelve months, on the figures stated."
        return SectionView(self.name, headline(edition, words), lede, notes=notes)

    def exhibits(self, edition: Edition, words: Words) -> Sequence[Exhibit]:
        """The parts, the tornado, recovery, the work, what moves with experience, and the figures."""
        found = [
            _bars(edition, words, REACTION, "economics.parts", headline(edition, words), PARTS, "All of it"),
            _tornado(edition, words),
            _bars(edition, words, RECOVERY, "economics.recovery", _recovery(edition, words), RETURNS, "Net value"),
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
        return (f"We cannot say what reacting costs: {whole.reason}.",)


def headline(edition: Edition, words: Words) -> str:
    """What prevention would have to remove."""
    even = edition.get(REACTION, part="break_even")
    if even is None or not even.shown or even.low is None or even.high is None:
        return "What reacting costs in twelve months"
    if even.low > 1:
        return "On these figures prevention costs more than all reaction"
    if even.high > 1:
        return f"Prevention must remove at least {words.share(even.low)} of what reacting costs; it may not pay"
    ends = f"{words.share(even.low)} to {words.share(even.high)}"
    return f"Prevention breaks even once it removes {ends} of what reacting costs"


def _recovery(edition: Edition, words: Words) -> str:
    net = edition.get(RECOVERY)
    if net is None or net.low is None or net.high is None:
        return "What recovery brings cannot be summed"
    if net.high < 0:
        return "Recovery does not make up for the damage, on these figures"
    if net.low > 0:
        return "Recovery brings more than it costs and complaints do damage, on these figures"
    return "Whether recovery outweighs the damage cannot be told from these figures"


def _bars(
    edition: Edition, words: Words, measure: str, ident: str, title: str, parts: dict[str, str], whole: str
) -> Exhibit | None:
    """Parts and their sum as ranges of money."""
    named = [(label, edition.get(measure, part=part)) for part, label in parts.items()]
    rows = [(label, r) for label, r in [*named, (whole, edition.get(measure))] if r is not None]
    if measure == REACTION and (programme := edition.get(REACTION, part="programme")):
        rows.append(("Prevention, for comparison", programme))
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
        subtitle=f"{_currency(edition)} in twelve months; bars hold nine in ten draws of the stated ranges",
        results=tuple(r for _, r in rows),
        table=_table(rows, words, _currency(edition)),
        chart=draw,
        alt=f"Range bars of money by part. {said}.",
        note="".join(f"{label}: {r.reason}. " for label, r in rows if not r.shown).strip(),
        source=f"Figures: {_source(edition)}. Counts: {say.sources(edition, words)}.",
        heading=whole if measure == RECOVERY else "Reaction against prevention",
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
        title=f"No figure moves the sum more than “{first[0].lower()}{first[1:]}”",
        subtitle=f"All of reaction, {_currency(edition)}: each figure from low to high, the others at their middle",
        results=(found,),
        table=Table(("Figure", "At one end", "At the other"), body),
        chart=draw,
        alt=f"Range bars of the sum by figure. Widest: {', '.join(label for label, _ in rows[:3])}.",
        source=f"Figures: {_source(edition)}.",
        heading="Which figures matter",
    )


def _work(edition: Edition, words: Words) -> Exhibit | None:
    """The work of a month, and how much of what the brand writes is reaction."""
    named = [
        ("Work on contacts, hours a month", edition.get(LOAD)),
        ("The same in full-time agents", edition.get(LOAD, part="fte")),
        (f"The same in {_currency(edition)} a month", edition.get(LOAD, part="money")),
        ("Reactive share of what the brand writes", edition.get("care.two_way")),
    ]
    rows = [(label, r) for label, r in named if r is not None]
    if not any(r.shown for _, r in rows):
        return None
    return Exhibit(
        id="economics.else",
        title="What else was asked",
        subtitle="Work and share of reaction",
        results=tuple(r for _, r in rows),
        table=_table(rows, words, "Range"),
        source=f"Figures: {_source(edition)}. Counts: {say.sources(edition, words)}.",
    )


def _inputs(edition: Edition, words: Words) -> Exhibit | None:
    found = edition.get(REACTION, part="inputs")
    if found is None or not found.rows:
        return None
    body = tuple(
        (
            _label(str(row["input"]), words),
            *(_plain(row[end], words) for end in ("low", "likely", "high")),
            str(row["source"]),
        )
        for row in found.rows
    )
    return Exhibit(
        id="economics.inputs",
        title="The figures that all of this rests on",
        subtitle=f"As stated; money in {_currency(edition)}",
        results=(found,),
        table=Table(("Figure", "Low", "Likely", "High", "Source"), body, ("left", "right", "right", "right", "left")),
        source=f"{_source(edition)}.",
    )


def _table(rows: Sequence[tuple[str, Result]], words: Words, what: str) -> Table:
    return Table(
        ("Part", what), tuple((label, words.interval(r) if r.shown else _sentence(r.reason)) for label, r in rows)
    )


def _currency(edition: Edition) -> str:
    found = edition.get(REACTION, part="inputs")
    return str(found.rows[0]["currency"]) if found and found.rows else "Money"


def _source(edition: Edition) -> str:
    """Who stated the figures of the file as a whole."""
    found = edition.get(REACTION)
    return found.method.partition("Figures: ")[2] if found else ""


def _label(name: str, words: Words) -> str:
    """`minutes phone` as a reader says it."""
    key, _, channel = name.partition(" ")
    return (
        f"{LABELS[key]}, {words.channel(channel)}" if key in LABELS and channel else LABELS.get(name, name.capitalize())
    )


def _plain(value: float | None, words: Words) -> str:
    if value is None:
        return ""
    value = float(value)
    return words.number(value, 0 if value.is_integer() else 2 if value >= 0.1 else 4)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
