"""Exhibits of the stars that customers gave, site by site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cxreport.api import Edition, Exhibit, Result, Table, Words, counted, message
from cxreport_plugins.common.say import apart, marks_note, period, testable
from cxreport_plugins.experience.asked import distribution
from cxreport_plugins.experience.chosen import STARS, parts, scales

RATINGS = counted("rating", "ratings")
COLUMNS = (
    message("Site"), message("Mean"), message("95% interval"), "1", "2", "3", "4", "5", message("Base")
)  # fmt: skip


def stars(edition: Edition, words: Words) -> Iterator[Exhibit]:
    """Sites on five stars side by side, then each site on another scale by itself."""
    sites = [r for r in scales(edition, STARS, "channel", "scale") if r.shown]
    five = [r for r in sites if r.dims["scale"] == "5"]
    if five:
        yield _five(edition, words, five)
    for result in sites:
        if result not in five:
            yield _other(edition, words, result)


def _five(edition: Edition, words: Words, sites: Sequence[Result]) -> Exhibit:
    from cxreport.api import charts

    splits, body = [], []
    for site in sites:
        shares = [r.value or 0 for r in parts(edition, site, "score")][-5:]
        label = words.channel(site.dims["channel"])
        splits.append(charts.Split(label, tuple(shares), site.n))
        body.append((label, words.value(site), words.interval(site), *map(words.share, shares), words.base(site.n)))
    title = _title(sites, words)
    return Exhibit(
        id="experience.stars",
        heading=words.say("Stars by site"),
        title=title,
        subtitle=words.say(
            "Ratings from one star (left) to five (right), share of ratings. {period}", period=period(edition, words)
        ),
        results=tuple(sites),
        table=Table(tuple(map(words.say, COLUMNS)), tuple(body), caption=words.say("Stars by site")),
        chart=lambda tokens, size: charts.diverging_bars(splits, tokens, size, words=words),
        alt=words.say("Diverging bars of ratings by site, from one star to five. {title}.", title=title),
        note=f"{words.say('Three stars are hatched in the middle.')} {marks_note(sites, words)}".strip(),
        source=words.say("Base: {records}.", records=words.plural(sum(r.n for r in sites), *RATINGS)),
    )


def _title(sites: Sequence[Result], words: Words) -> str:
    if len(sites) == 1:
        return words.say("The mean rating is {rating}", rating=_told(sites[0], words))
    ranked = sorted((r for r in sites if testable(r)), key=lambda r: r.value or 0)
    if len(ranked) > 1 and apart(ranked[-1], ranked[0]):
        low, high = (_told(r, words) for r in (ranked[0], ranked[-1]))
        return words.say("Mean ratings run from {low} to {high}", low=low, high=high)
    return words.say("The mean ratings of {n} sites do not clearly differ", n=words.number(len(sites)))


def _told(result: Result, words: Words) -> str:
    """4.21 on Trustpilot."""
    site = words.channel(result.dims["channel"])
    return words.say("{rating} on {site}", rating=words.value(result), site=site)


def _other(edition: Edition, words: Words, result: Result) -> Exhibit:
    site, scale = words.channel(result.dims["channel"]), result.dims["scale"]
    answers = [(r.dims["score"], r) for r in reversed(parts(edition, result, "score"))]
    return distribution(
        edition, words, f"experience.stars_{result.dims['channel']}_{scale}", words.say("Ratings on {site}", site=site),
        words.say("The mean rating on {site} is {mean} of {scale}", site=site, mean=words.value(result), scale=scale),
        words.say("Ratings from 1 to {scale}, share of ratings", scale=scale), result, answers,
    )  # fmt: skip
