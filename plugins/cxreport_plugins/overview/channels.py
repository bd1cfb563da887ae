"""The section `channels`: how much is said on each channel, and how it sounds there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from cxreport.api import (
    Edition,
    Exhibit,
    Finding,
    Kpi,
    Link,
    Page,
    Result,
    Section,
    SectionView,
    Table,
    Words,
)
from cxreport_plugins.common.say import (
    ESTIMATE,
    HOLLOW,
    INTERVAL,
    Labelled,
    apart,
    base_line,
    estimates,
    marks_note,
    period,
    row,
    signs,
    sound,
    testable,
    unsure,
    weight,
)
from cxreport_plugins.overview.months import SENTIMENT, VOLUME, sentiment_by_month
from cxreport_plugins.overview.pages import CHANNELS

PARTS = ("negative", "neutral", "positive")
UNSCORED_WORTH_SAYING = 0.1


class Channels(Section):
    """Net sentiment by channel and month, shares, volumes; the figure and findings of net sentiment."""

    name: ClassVar[str] = "channels"
    page: ClassVar[Page] = CHANNELS
    order: ClassVar[int] = 10
    tells: ClassVar[tuple[str, ...]] = ("channels.level", "channels.gap")
    needs: ClassVar[tuple[str, ...]] = (VOLUME, SENTIMENT)

    def view(self, edition: Edition, words: Words) -> SectionView:
        """Where net sentiment is lowest and highest, if that is clear."""
        whole = edition.get(SENTIMENT)
        lede = "" if whole is None or not whole.shown else _level(whole, edition, words)
        heading = _heading(by_channel(edition, words), words)
        return SectionView(id=self.name, title=heading, lede=lede, meta=f"{period(edition, words)}.")

    def exhibits(self, edition: Edition, words: Words) -> Sequence[Exhibit]:
        """Net sentiment, shares, volumes, months: those there are results for."""
        found = [
            sentiment_exhibit(edition, words), _shares(edition, words), _volumes(edition, words),
            sentiment_by_month(edition, words),
        ]  # fmt: skip
        return [exhibit for exhibit in found if exhibit is not None]

    def kpis(self, edition: Edition, words: Words) -> Sequence[Kpi]:
        """Net sentiment."""
        result = edition.get(SENTIMENT)
        if result is None:
            return []
        return [Kpi(SENTIMENT, "Net sentiment", result, (-100, 100), order=20, page=CHANNELS.href)]

    def findings(self, edition: Edition, words: Words) -> Sequence[Finding]:
        """The level of net sentiment, and the gap between channels, where they are clear."""
        found = [_level_finding(edition, words), _gap_finding(edition, words)]
        return [finding for finding in found if finding is not None]

    def limits(self, edition: Edition, words: Words) -> Sequence[str]:
        """How much of what was written has no sentiment."""
        left = edition.get(SENTIMENT, sentiment="unscored")
        if left is None or left.value is None or not left.n or left.value / left.n < UNSCORED_WORTH_SAYING:
            return []
        return [
            f"{words.share(left.value / left.n)} of the customer records have no sentiment: they hold no text, or "
            "their language has no word list."
        ]


def by_channel(edition: Edition, words: Words) -> list[Labelled]:
    """Net sentiment of each channel, from the highest to the lowest; those without a number last."""
    results = edition.cut(SENTIMENT, "channel")
    ordered = sorted(results, key=lambda r: (r.value is None, -(r.value or 0), r.dims["channel"]))
    return [(words.channel(r.dims["channel"]), r) for r in ordered]


def _heading(rows: Sequence[Labelled], words: Words) -> str:
    ranked = [(label, r) for label, r in rows if testable(r)]
    if not ranked and unsure(r for _, r in rows):
        return "Net sentiment of the channels can be read as a direction only"
    if not ranked:
        return "No channel has enough scored records to compare"
    (best, top), (worst, bottom) = ranked[0], ranked[-1]
    if len(ranked) == 1:
        return f"Net sentiment is {words.value(top)} on {best}, the only channel with enough records"
    if not apart(top, bottom):
        return "The channels do not clearly differ in net sentiment"
    lowest = all(apart(r, bottom) for _, r in ranked[:-1])
    highest = all(apart(top, r) for _, r in ranked[1:])
    extremes = {
        (True, True): f"{best} sounds best of all channels ({words.value(top)}), {worst} worst ({words.value(bottom)})",
        (True, False): f"{worst} sounds worst of all channels: net sentiment {words.value(bottom)}",
        (False, True): f"{best} sounds best of all channels: net sentiment {words.value(top)}",
    }
    return extremes.get((lowest, highest), _span(ranked[-1], ranked[0], words))


def _span(low: Labelled, high: Labelled, words: Words) -> str:
    (worst, bottom), (best, top) = low, high
    return f"Net sentiment differs by channel, from {words.value(bottom)} ({worst}) to {words.value(top)} ({best})"


def sentiment_exhibit(edition: Edition, words: Words, plain: str = "") -> Exhibit | None:
    """Net sentiment by channel; `plain` is the label that stands for the title in a finding."""
    rows = by_channel(edition, words)
    if not rows:
        return None
    from cxreport.api import charts

    results = [r for _, r in rows]
    drawn = [row(label, r) for label, r in rows]
    return Exhibit(
        id="channels.sentiment",
        heading="Net sentiment by channel",
        title=plain or signs(rows, words, ("channel", "channels")),
        subtitle=f"Share positive minus share negative, points. {period(edition, words)}",
        results=tuple(results),
        table=estimates(rows, words, "Channel", "Net sentiment", "Net sentiment by channel"),
        chart=lambda tokens, size: charts.dot_interval(drawn, tokens, size, unit="points", words=words),
        alt=f"Dots with intervals of net sentiment by channel. {signs(rows, words, ('channel', 'channels'))}.",
        keys=(ESTIMATE, INTERVAL, HOLLOW),
        note=marks_note(results, words),
        source=base_line(edition, words, sum(r.n for r in results), ("scored record", "scored records")),
    )


def _shares(edition: Edition, words: Words) -> Exhibit | None:
    rows = [(label, r, _parts(edition, r)) for label, r in by_channel(edition, words)]
    whole = [(label, r, parts) for label, r, parts in rows if len(parts) == len(PARTS)]
    if not whole:
        return None
    from cxreport.api import charts

    splits = [charts.Split(label, tuple(p.value or 0 for p in parts), r.n) for label, r, parts in whole]
    title = _most_negative(whole, words)
    body = tuple((label, *(words.value(p) for p in parts), words.base(r.n)) for label, r, parts in whole)
    return Exhibit(
        id="channels.shares",
        heading="Sentiment by channel",
        title=title,
        subtitle=f"Negative, neutral and positive records, share of those scored. {period(edition, words)}",
        results=tuple(p for _, _, parts in whole for p in parts),
        table=Table(("Channel", "Negative", "Neutral", "Positive", "Base"), body, caption="Sentiment by channel"),
        chart=lambda tokens, size: charts.diverging_bars(splits, tokens, size, words=words),
        alt=f"Diverging bars of negative, neutral and positive records by channel. {title}.",
        note=" ".join(
            part
            for part in (
                words.say("Negative left, positive right, neutral hatched between."),
                marks_note([r for _, r, _ in whole], words),
            )
            if part
        ),
        source=base_line(edition, words, sum(r.n for _, r, _ in whole), ("scored record", "scored records")),
    )


def _parts(edition: Edition, result: Result) -> list[Result]:
    found = [edition.get(SENTIMENT, **result.dims, sentiment=part) for part in PARTS]
    return [r for r in found if r is not None and r.shown and r.value is not None]


def _most_negative(rows: Sequence[tuple[str, Result, list[Result]]], words: Words) -> str:
    """On how many channels the negative records are clearly more than half, or clearly fewer."""
    tested = [parts[0] for _, _, parts in rows if testable(parts[0])]
    over = sum((p.low or 0) > 0.5 for p in tested)
    under = sum((p.high if p.high is not None else 1) < 0.5 for p in tested)
    if not tested and unsure(parts[0] for _, _, parts in rows):
        return "Shares of sentiment can be read as a direction only"
    channels = words.plural(len(tested), "channel", "channels")
    if over:
        return f"More than half of the records are negative on {words.number(over)} of {channels}"
    if tested and under == len(tested):
        return "On no channel are more than half of the records negative"
    return "No channel is clearly negative by more than half of its records"


def _volumes(edition: Edition, words: Words) -> Exhibit | None:
    results = edition.cut(VOLUME, "channel")
    rows = sorted(((words.channel(r.dims["channel"]), r) for r in results), key=lambda x: (-x[1].n, x[0]))
    total = sum(r.n for r in results)
    if not total:
        return None
    from cxreport.api import charts

    bars = [charts.Estimate(label, r.value, status=r.status) for label, r in rows]
    first, most = rows[0]
    title = f"{words.share(most.n / total)} of the customer records come from {first}"
    if len(rows) == 1:
        title = f"All {words.plural(total, 'customer record comes', 'customer records come')} from {first}"
    body = tuple((label, words.value(r), words.share(r.n / total) if r.shown else "") for label, r in rows)
    return Exhibit(
        id="channels.volume",
        heading="Volume by channel",
        title=title,
        subtitle=f"Customer records. {period(edition, words)}",
        results=tuple(results),
        table=Table(("Channel", "Records", "Share"), body, caption="Volume by channel"),
        chart=lambda tokens, size: charts.share_bars(bars, tokens, size, unit="records", words=words),
        alt=f"Bars of customer records by channel. {title}.",
        note="Volumes tell what was exported, not where customers are.",
        source=base_line(edition, words, total, ("customer record", "customer records")),
    )


def _level(result: Result, edition: Edition, words: Words) -> str:
    parts = [edition.get(SENTIMENT, sentiment=part) for part in PARTS]
    shares = [words.value(p) for p in parts if p is not None and p.shown]
    told = (
        f"{shares[0]} of the scored records are negative, {shares[1]} neutral and {shares[2]} positive"
        if len(shares) == 3
        else ""
    )
    net = f"Net sentiment is {words.value(result)} ({words.interval(result)}, {words.base(result.n)})"
    return f"{net}: {told}." if told else f"{net}."


def _level_finding(edition: Edition, words: Words) -> Finding | None:
    result = edition.get(SENTIMENT)
    if result is None or not sound(result) or (result.low or 0) <= 0 <= (result.high or 0):
        return None
    worse = (result.value or 0) < 0
    brand = edition.meta.brand or "the brand"
    more = "bad than good" if worse else "good than bad"
    title = f"Customers say more {more} of {brand}: net sentiment {words.value(result)}"
    return Finding(
        id="channels.level", title=title, text=_level(result, edition, words),
        weight=weight(result.value or 0, 1.0, result), results=(result,),
        link=Link("channels.sentiment", "See the channels"),
    )  # fmt: skip


def _gap_finding(edition: Edition, words: Words) -> Finding | None:
    rows = [(label, r) for label, r in by_channel(edition, words) if sound(r)]
    total: Any = sum(r.n for _, r in rows)
    if len(rows) < 2 or not apart(rows[0][1], rows[-1][1]):
        return None
    (best, top), (worst, bottom) = rows[0], rows[-1]
    gap = (top.value or 0) - (bottom.value or 0)
    text = (
        f"{worst}: {words.interval(bottom)}, {words.base(bottom.n)}. "
        f"{best}: {words.interval(top)}, {words.base(top.n)}. "
        "Each channel draws its own people, so the gap need not lie in how they were treated."
    )
    return Finding(
        id="channels.gap",
        title=_span(rows[-1], rows[0], words),
        text=text, weight=weight(gap, bottom.n / total, bottom) / 2, results=(bottom, top),  # half may be who writes
        link=Link("channels.sentiment", "See the channels"),
        exhibit=sentiment_exhibit(edition, words, plain="Net sentiment by channel"),
    )  # fmt: skip
