"""Exhibits of reach: three ways to tell it, its asymmetry, and the tiers of those who wrote."""

from __future__ import annotations

from typing import Any, Final

from cxreport.api import Edition, Exhibit, Result, Table, Words, message
from cxreport_plugins.common import say
from cxreport_plugins.network.asymmetry import FEW

POTENTIAL, ESTIMATED, MEASURED = (
    "network.potential_reach", "network.estimated_impressions", "network.measured_impressions",
)  # fmt: skip
ASYMMETRY, AUDIENCE = "network.reach_asymmetry", "network.audience"
WAYS: Final = (
    (POTENTIAL, message("Followers"), message("Potential reach: bounds")),
    (ESTIMATED, message("Impressions, assumed"), message("A set share of followers sees each record")),
    (MEASURED, message("Impressions, counted"), message("The network’s own count")),
)
TONES: Final = ("negative", "neutral", "positive")
COLUMNS: Final = (
    message("Reach as"), message("All"), message("Negative"), message("Neutral"), message("Positive"),
    message("What it is"),
)  # fmt: skip
MOSTLY: Final = {
    "negative": message(
        "Of the impressions of negative records, {share} are of one record, whose tone may be misread."
    ),
    "neutral": message("Of the impressions of neutral records, {share} are of one record, whose tone may be misread."),
    "positive": message(
        "Of the impressions of positive records, {share} are of one record, whose tone may be misread."
    ),
}
TIERS: Final = (
    message("Followers"), message("People"), message("Records"), message("Net sentiment"), message("95% interval"),
    message("Base"),
)  # fmt: skip
MOST: Final = 0.5
"""Part of the impressions of a tone above which one record holds most of them."""
WEIGHTS: Final[tuple[tuple[dict[str, str], str], ...]] = (
    ({}, message("Followers")),
    ({"without": "top"}, message("Followers, without the author who has most")),
    ({"weight": "impressions"}, message("Measured impressions")),
    ({"weight": "records"}, message("Records, whoever wrote them")),
)


def ways(edition: Edition, words: Words) -> Exhibit | None:
    """Potential reach, estimated and measured impressions side by side."""
    potential = edition.get(POTENTIAL)
    if potential is None or not potential.shown:
        return None
    found = [(edition.get(measure), label, basis, measure) for measure, label, basis in WAYS]
    rows = tuple(
        (words.say(label), _figure(result, words), *(_figure(edition.get(m, sentiment=t), words) for t in TONES),
         words.say(basis))
        for result, label, basis, m in found if result is not None
    )  # fmt: skip
    return Exhibit(
        id="network.ways",
        title=_ways_title(edition, words),
        subtitle=words.say(
            "Followers, assumed and counted impressions of public records, by tone. {period}",
            period=say.period(edition, words),
        ),
        results=tuple(r for r, *_ in found if r is not None),
        table=Table(
            tuple(map(words.say, COLUMNS)), rows,
            align=("left", "right", "right", "right", "right", "left"),
        ),
        note=" ".join([
            words.say("Who wrote in several tones stands in each. Impressions are showings, not people."),
            *_largest(edition, words),
        ]),
        source=say.base_line(edition, words, potential.n, ("public record", "public records")),
        heading=words.say("Reach in three ways"),
    )  # fmt: skip


def _ways_title(edition: Edition, words: Words) -> str:
    measured = edition.get(MEASURED)
    if measured is None or not measured.shown or measured.value is None:
        return words.say("Followers bound how far words can travel; no export counts how far they did")
    return words.count(
        measured.n,
        "The networks counted {impressions} impressions of {n}\u00a0record; the other figures are bounds and "
        "assumptions",
        "The networks counted {impressions} impressions of {n}\u00a0records; the other figures are bounds and "
        "assumptions",
        impressions=words.number(measured.value),
    )


def _largest(edition: Edition, words: Words) -> list[str]:
    """A record that holds most of what was counted for its tone: the tone of one record may be misread."""
    shares = {tone: edition.get(MEASURED, sentiment=tone, part="largest") for tone in TONES}
    return [
        words.say(MOSTLY[tone], share=words.value(r))
        for tone, r in shares.items()
        if r is not None and r.shown and (r.value or 0) > MOST
    ]


def _figure(result: Result | None, words: Words) -> str:
    return "" if result is None else words.value(result)


def asymmetry(edition: Edition, words: Words, plain: bool = False) -> Exhibit | None:
    """The ratio by followers, with and without its top author, beside other weights."""
    ratio = edition.get(ASYMMETRY)
    if ratio is None or not ratio.shown:
        return None
    found = [(words.say(label), edition.get(ASYMMETRY, **dims)) for dims, label in WEIGHTS]
    rows = [(label, r) for label, r in found if r is not None and r.shown]
    sound = [(label, r) for label, r in rows if r is ratio or r.status != "directional"]

    def draw(tokens: Any, size: Any) -> Any:
        from cxreport.api import charts

        return charts.dot_interval([say.row(*row) for row in sound], tokens, size, unit="ratio", words=words)

    figures = ", ".join(f"{label.lower()} {words.value(r)}" for label, r in rows)
    doubts = [
        words.say("{what}: directional, {reason}.", what=label, reason=words.retell(r.reason))
        for label, r in rows
        if r.status == "directional"
    ]
    return Exhibit(
        id="network.asymmetry",
        title=words.say("Negative over positive reach") if plain else asymmetry_title(ratio, words),
        subtitle=words.say(
            "Negative over positive, by what is summed; 1 is balance. {period}", period=say.period(edition, words)
        ),
        results=tuple(r for _, r in rows),
        table=say.estimates(rows, words, words.say("Summed"), words.say("Negative / positive")),
        chart=draw,
        alt=words.say("Dots with intervals of negative over positive reach. {figures}.", figures=figures),
        note=" ".join(
            [words.say("Above 1, negative voices reach further. Each author counts once on each side."), *doubts]
        ),
        keys=(say.ESTIMATE, say.INTERVAL),
        source=say.base_line(edition, words, ratio.n, ("positive or negative record", "positive and negative records")),
        heading=words.say("Negative over positive reach"),
    )


def clear(ratio: Result) -> int:
    """1 if negative voices clearly reach further, -1 if positive ones do, else 0."""
    if not say.sound(ratio) or ratio.low is None or ratio.high is None:
        return 0
    return int(ratio.low > 1) - int(ratio.high < 1)


def asymmetry_title(ratio: Result, words: Words) -> str:
    """Never more than the interval and the top author allow."""
    side = clear(ratio)
    if side > 0:
        return words.say(
            "Those who complain have {ratio} times the followers of those who praise", ratio=words.value(ratio)
        )
    if side < 0 and ratio.value:
        return words.say(
            "Those who praise have {ratio} times the followers of those who complain",
            ratio=words.number(1 / ratio.value, 2),
        )
    if ratio.status == "directional":
        hangs = ratio.reason != FEW
        return words.say(
            "Which side reaches further hangs on one author"
            if hangs
            else "Too few people to say which side reaches further"
        )
    return words.say("Neither those who complain nor those who praise clearly reach further")


def audience(edition: Edition, words: Words) -> Exhibit | None:
    """People by tier of followers, nobody named, with how each tier feels."""
    tiers = [r for r in edition.results(AUDIENCE) if r.dims.get("part") == "people" and r.shown]
    if not tiers:
        return None

    def draw(tokens: Any, size: Any) -> Any:
        from cxreport.api import charts

        amounts = [charts.Amount(tier_name(r, words), r.value or 0) for r in reversed(tiers)]
        return charts.pyramid(amounts, tokens, size, words=words)

    figures = ", ".join(f"{tier_name(r, words)}: {words.value(r)}" for r in reversed(tiers))
    feelings = [edition.get(AUDIENCE, tier=r.dims["tier"]) for r in tiers]
    top = edition.get(AUDIENCE, statistic="top")
    return Exhibit(
        id="network.audience",
        title=_audience_title(top, words),
        subtitle=words.say(
            "People who wrote in public, by their number of followers. {period}", period=say.period(edition, words)
        ),
        results=(*tiers, *(r for r in feelings if r is not None)),
        table=_tiers(tiers, feelings, edition, words),
        chart=draw,
        alt=words.say("Pyramid of people by number of followers. {figures}.", figures=figures),
        note=_spread(edition, words),
        source=say.base_line(edition, words, sum(r.n for r in tiers), ("person", "people")),
        heading=words.say("People by number of followers"),
    )


def _audience_title(top: Result | None, words: Words) -> str:
    if top is None or not top.shown or top.value is None:
        return words.say("Most customers who write have a small audience")
    return words.say("One in a hundred of those who wrote has {share} of all followers", share=words.share(top.value))


def tier_name(tier: Result, words: Words) -> str:
    """Under 100, 100 to 999, 10,000 and more."""
    low, _, high = tier.dims["tier"].partition("-")
    if not high:
        floor = int(low.removesuffix("+"))
        return words.say("{number} and more", number=words.number(floor)) if floor else words.say("All")
    if low == "0":
        return words.say("Under {number}", number=words.number(int(high) + 1))
    return words.say("{low} to {high}", low=words.number(int(low)), high=words.number(int(high)))


def _tiers(tiers: list[Result], feelings: list[Result | None], edition: Edition, words: Words) -> Table:
    rows = []
    for tier, net in zip(tiers, feelings, strict=True):
        records = edition.get(AUDIENCE, tier=tier.dims["tier"], part="records")
        shown = net is not None and net.shown
        rows.append((
            tier_name(tier, words), words.value(tier), _figure(records, words), _figure(net, words),
            words.interval(net) if net and shown else "", words.base(net.n) if net and shown else "",
        ))  # fmt: skip
    return Table(tuple(map(words.say, TIERS)), tuple(reversed(rows)))


def _spread(edition: Edition, words: Words) -> str:
    """Median, p90 and Gini in words."""
    median, p90, gini = (edition.get(AUDIENCE, statistic=s) for s in ("median", "p90", "gini"))
    said = []
    if median and p90 and median.shown and p90.shown:
        said.append(
            words.say(
                "Half have {median} followers or fewer ({interval}), nine in ten {p90} or fewer ({around}).",
                median=words.value(median), interval=words.interval(median),
                p90=words.value(p90), around=words.interval(p90),
            )
        )  # fmt: skip
    if gini and gini.shown:
        said.append(
            words.say(
                "Gini {value} ({interval}): 0 is equal, 1 is all with one.",
                value=words.value(gini), interval=words.interval(gini),
            )
        )  # fmt: skip
    return " ".join(said)
