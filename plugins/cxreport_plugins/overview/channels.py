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
    message,
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
SHARES = (message("Channel"), message("Negative"), message("Neutral"), message("Positive"), message("Base"))


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
        return [Kpi(SENTIMENT, words.say("Net sentiment"), result, (-100, 100), order=20, page=CHANNELS.href)]

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
            words.say(
                "{share} of the customer records have no sentiment: they hold no text, or their language has no word "
                "list.",
                share=words.share(left.value / left.n),
            )
        ]


def by_channel(edition: Edition, words: Words) -> list[Labelled]:
    """Net sentiment of each channel, from the highest to the lowest; those without a number last."""
    results = edition.cut(SENTIMENT, "channel")
    ordered = sorted(results, key=lambda r: (r.value is None, -(r.value or 0), r.dims["channel"]))
    return [(words.channel(r.dims["channel"]), r) for r in ordered]


def _heading(rows: Sequence[Labelled], words: Words) -> str:
    ranked = [(label, r) for label, r in rows if testable(r)]
    if not ranked and unsure(r for _, r in rows):
        return words.say("Net sentiment of the channels can be read as a direction only")
    if not ranked:
        return words.say("No channel has enough scored records to compare")
    if len(ranked) == 1:
        (channel, only) = ranked[0]
        return words.say(
            "Net sentiment is {value} on {channel}, the only channel with enough records",
            value=words.value(only), channel=channel,
        )  # fmt: skip
    if not apart(ranked[0][1], ranked[-1][1]):
        return words.say("The channels do not clearly differ in net sentiment")
    return _extremes(ranked, words)


def _extremes(ranked: Sequence[Labelled], words: Words) -> str:
    """The best and the worst channel, each where it differs from all others."""
    (best, top), (worst, bottom) = ranked[0], ranked[-1]
    ends = {"best": best, "top": words.value(top), "worst": worst, "bottom": words.value(bottom)}
    lowest = all(apart(r, bottom) for _, r in ranked[:-1])
    highest = all(apart(top, r) for _, r in ranked[1:])
    if lowest and highest:
        return words.say("{best} sounds best of all channels ({top}), {worst} worst ({bottom})", **ends)
    if lowest:
        return words.say("{worst} sounds worst of all channels: net sentiment {bottom}", **ends)
    if highest:
        return words.say("{best} sounds best of all channels: net sentiment {top}", **ends)
    return _span(ranked[-1], ranked[0], words)


def _span(low: Labelled, high: Labelled, words: Words) -> str:
    (worst, bottom), (best, top) = low, high
    return words.say(
        "Net sentiment differs by channel, from {bottom} ({worst}) to {top} ({best})",
        bottom=words.value(bottom), worst=worst, top=words.value(top), best=best,
    )  # fmt: skip


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
        heading=words.say("Net sentiment by channel"),
        title=plain or signs(rows, words, ("channel", "channels")),
        subtitle=words.say("Share positive minus share negative, points. {period}", period=period(edition, words)),
        results=tuple(results),
        table=estimates(
            rows, words, words.say("Channel"), words.say("Net sentiment"), words.say("Net sentiment by channel")
        ),
        chart=lambda tokens, size: charts.dot_interval(drawn, tokens, size, unit="points", words=words),
        alt=words.say(
            "Dots with intervals of net sentiment by channel. {title}.",
            title=signs(rows, words, ("channel", "channels")),
        ),
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
        heading=words.say("Sentiment by channel"),
        title=title,
        subtitle=words.say(
            "Negative, neutral and positive records, share of those scored. {period}", period=period(edition, words)
        ),
        results=tuple(p for _, _, parts in whole for p in parts),
        table=Table(tuple(map(words.say, SHARES)), body, caption=words.say("Sentiment by channel")),
        chart=lambda tokens, size: charts.diverging_bars(splits, tokens, size, words=words),
        alt=words.say("Diverging bars of negative, neutral and positive records by channel. {title}.", title=title),
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
        return words.say("Shares of sentiment can be read as a direction only")
    channels = words.plural(len(tested), "channel", "channels")
    if over:
        return words.say(
            "More than half of the records are negative on {some} of {channels}",
            some=words.number(over), channels=channels,
        )  # fmt: skip
    if tested and under == len(tested):
        return words.say("On no channel are more than half of the records negative")
    return words.say("No channel is clearly negative by more than half of its records")


def _volumes(edition: Edition, words: Words) -> Exhibit | None:
    results = edition.cut(VOLUME, "channel")
    rows = sorted(((words.channel(r.dims["channel"]), r) for r in results), key=lambda x: (-x[1].n, x[0]))
    total = sum(r.n for r in results)
    if not total:
        return None
    from cxreport.api import charts

    bars = [charts.Estimate(label, r.value, status=r.status) for label, r in rows]
    first, most = rows[0]
    share = words.share(most.n / total)
    title = words.say("{share} of the customer records come from {channel}", share=share, channel=first)
    if len(rows) == 1:
        title = words.count(
            total, "All {n}\u00a0customer record comes from {channel}",
            "All {n}\u00a0customer records come from {channel}", channel=first,
        )  # fmt: skip
    body = tuple((label, words.value(r), words.share(r.n / total) if r.shown else "") for label, r in rows)
    return Exhibit(
        id="channels.volume",
        heading=words.say("Volume by channel"),
        title=title,
        subtitle=words.say("Customer records. {period}", period=period(edition, words)),
        results=tuple(results),
        table=Table(
            (words.say("Channel"), words.say("Records"), words.say("Share")),
            body,
            caption=words.say("Volume by channel"),
        ),
        chart=lambda tokens, size: charts.share_bars(bars, tokens, size, unit="records", words=words),
        alt=words.say("Bars of customer records by channel. {title}.", title=title),
        note=words.say("Volumes tell what was exported, not where customers are."),
        source=base_line(edition, words, total, ("customer record", "customer records")),
    )


def _level(result: Result, edition: Edition, words: Words) -> str:
    parts = [edition.get(SENTIMENT, sentiment=part) for part in PARTS]
    shares = [words.value(p) for p in parts if p is not None and p.shown]
    net = {"value": words.value(result), "interval": words.interval(result), "base": words.base(result.n)}
    if len(shares) < len(PARTS):
        return words.say("Net sentiment is {value} ({interval}, {base}).", **net)
    return words.say(
        "Net sentiment is {value} ({interval}, {base}): {negative} of the scored records are negative, {neutral} "
        "neutral and {positive} positive.",
        **net, **dict(zip(PARTS, shares, strict=True)),
    )  # fmt: skip


def _level_finding(edition: Edition, words: Words) -> Finding | None:
    result = edition.get(SENTIMENT)
    if result is None or not sound(result) or (result.low or 0) <= 0 <= (result.high or 0):
        return None
    worse = (result.value or 0) < 0
    title = words.say(
        "Customers say more bad than good of {brand}: net sentiment {value}"
        if worse
        else "Customers say more good than bad of {brand}: net sentiment {value}",
        brand=edition.meta.brand or words.say("the brand"),
        value=words.value(result),
    )
    return Finding(
        id="channels.level", title=title, text=_level(result, edition, words),
        weight=weight(result.value or 0, 1.0, result), results=(result,),
        link=Link("channels.sentiment", words.say("See the channels")),
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
        + words.say("Each channel draws its own people, so the gap need not lie in how they were treated.")
    )
    return Finding(
        id="channels.gap",
        title=_span(rows[-1], rows[0], words),
        text=text, weight=weight(gap, bottom.n / total, bottom) / 2, results=(bottom, top),  # half may be who writes
        link=Link("channels.sentiment", words.say("See the channels")),
        exhibit=sentiment_exhibit(edition, words, plain=words.say("Net sentiment by channel")),
    )  # fmt: skip
