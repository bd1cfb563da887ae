"""Exhibits of the stars that customers gave, site by site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cxreport.api import Edition, Exhibit, Result, Table, Words
from cxreport_plugins.common.say import apart, marks_note, period, testable
from cxreport_plugins.experience.asked import distribution
from cxreport_plugins.experience.chosen import STARS, parts, scales

RATINGS = ("rating", "ratings")


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
    columns = ("Site", "Mean", "95% interval", "1", "2", "3", "4", "5", "Base")
    return Exhibit(
        id="experience.stars",
        heading="Stars by site",
        title=_title(sites, words),
        subtitle=f"Ratings from one star (left) to five (right), share of ratings. {period(edition, words)}",
        results=tuple(sites),
        table=Table(columns, tuple(body), caption="Stars by site"),
        chart=lambda tokens, size: charts.diverging_bars(splits, tokens, size, words=words),
        alt=f"Diverging bars of ratings by site, from one star to five. {_title(sites, words)}.",
        note=f"Three stars are hatched in the middle. {marks_note(sites, words)}".strip(),
        source=f"Base: {words.plural(sum(r.n for r in sites), *RATINGS)}.",
    )


def _title(sites: Sequence[Result], words: Words) -> str:
    told = [f"{words.value(r)} on {words.channel(r.dims['channel'])}" for r in sites]
    if len(sites) == 1:
        return f"The mean rating is {told[0]}"
    ranked = sorted((r for r in sites if testable(r)), key=lambda r: r.value or 0)
    if len(ranked) > 1 and apart(ranked[-1], ranked[0]):
        low, high = (f"{words.value(r)} on {words.channel(r.dims['channel'])}" for r in (ranked[0], ranked[-1]))
        return f"Mean ratings run from {low} to {high}"
    return f"The mean ratings of {words.number(len(sites))} sites do not clearly differ"


def _other(edition: Edition, words: Words, result: Result) -> Exhibit:
    site, scale = words.channel(result.dims["channel"]), result.dims["scale"]
    answers = [(r.dims["score"], r) for r in reversed(parts(edition, result, "score"))]
    return distribution(
        edition, words, f"experience.stars_{result.dims['channel']}_{scale}", f"Ratings on {site}",
        f"The mean rating on {site} is {words.value(result)} of {scale}",
        f"Ratings from 1 to {scale}, share of ratings", result, answers,
    )  # fmt: skip
