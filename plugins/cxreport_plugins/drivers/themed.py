"""Exhibits of what themes have to do with the score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from cxreport.api import Edition, Exhibit, Result, Table, Words, message
from cxreport_plugins.common import say
from cxreport_plugins.drivers.weighed import IMPACT

Q: Final = 0.10
"""Accepted share of false discoveries."""
MOST: Final = 12
"""Themes drawn: those that contribute most; the table has all."""
EACH: Final = 5
"""Themes told of one review site."""


@dataclass(frozen=True)
class Impact:
    """One theme beside one score."""

    name: str
    difference: Result
    contribution: Result

    @property
    def clear(self) -> bool:
        """Whether chance alone seldom gives it: tested, adjusted for all themes, both intervals without zero."""
        if not (say.testable(self.difference) and self.difference.rows):
            return False
        q = self.difference.rows[0]["q"]
        return q is not None and q < Q and _away(self.difference) and _away(self.contribution)

    @property
    def facts(self) -> dict[str, Any]:
        """Share of texts, and the score with and without it."""
        return dict(self.difference.rows[0])

    @property
    def weight(self) -> float:
        """Points it contributes, without their sign."""
        return abs(self.contribution.value or 0)


def _away(result: Result) -> bool:
    return (result.low or 0) > 0 or (result.high or 0) < 0


def impacts(edition: Edition, **score: str) -> list[Impact]:
    """The themes beside one score, those that pull it down most first."""
    book = edition.get("themes.share", part="codebook")
    labels = {str(row["id"]): str(row["label"]) for row in book.rows} if book else {}
    found = []
    for result in edition.cut(IMPACT, "theme", *score):
        if {key: result.dims[key] for key in score} == score and result.shown and result.rows:
            other = edition.get(IMPACT, **result.dims, part="contribution")
            if other is not None and other.shown:
                theme = result.dims["theme"]
                found.append(Impact(labels.get(theme, theme.replace("-", " ").capitalize()), result, other))
    return sorted(found, key=lambda one: (one.contribution.value or 0, one.name))


def nps(edition: Edition, words: Words) -> Exhibit | None:
    """Contribution of each theme to the net promoter score."""
    found = impacts(edition, outcome="nps")
    whole = edition.get(IMPACT, outcome="nps", part="all")
    if not found or whole is None or not whole.shown:
        return None
    kept = sorted(found, key=lambda one: (-one.weight, one.name))[:MOST]
    drawn = [one for one in found if one in kept]
    title = _title(found, words)
    rows = [say.row(one.name, one.contribution) for one in drawn]
    return Exhibit(
        id="drivers.themes", heading=words.say("Themes and the score"), title=title,
        subtitle=words.say(
            "Net Promoter Score of all texts less that of the texts without the theme, points. {period}",
            period=say.period(edition, words),
        ),
        results=tuple(r for one in found for r in (one.difference, one.contribution)),
        table=_table(found, words),
        chart=_dots(rows, words),
        alt=words.say("Dots with intervals of the contribution of themes to the score. {title}.", title=title),
        keys=(say.ESTIMATE, say.INTERVAL, say.HOLLOW),
        note=" ".join(text for text in (
            words.say(
                "The score of these texts is {score}. A text may have several themes, and each holds what came with "
                "it.", score=words.value(whole),
            ),
            words.say("Drawn: the {most} that contribute most.", most=MOST) if len(found) > MOST else "",
            say.marks_note([one.difference for one in found], words),
        ) if text),
        source=words.say("Base: {texts}.", texts=words.plural(whole.n, "text with a score", "texts with a score")),
    )  # fmt: skip


def _dots(rows: Sequence[Any], words: Words) -> Any:
    from cxreport.api import charts

    return lambda tokens, size: charts.dot_interval(rows, tokens, size, unit="points", words=words)


def _title(found: Sequence[Impact], words: Words) -> str:
    low = [one for one in found if one.clear and (one.contribution.value or 0) < 0]
    high = [one for one in reversed(found) if one.clear and (one.contribution.value or 0) > 0]
    if low:
        return words.say("{theme}: without the texts that name it the score would be {points} points higher",
                         theme=low[0].name, points=words.number(low[0].weight, 1))  # fmt: skip
    if high:
        return words.say("{theme}: without the texts that name it the score would be {points} points lower",
                         theme=high[0].name, points=words.number(high[0].weight, 1))  # fmt: skip
    return words.say("No theme clearly goes with a higher or lower score")


def _table(found: Sequence[Impact], words: Words) -> Table:
    columns = (
        message("Theme"), message("Share of texts"), message("NPS with it"), message("NPS without it"),
        message("Difference"), message("95% interval"), message("Contribution"), message("q"), message("Texts"),
    )  # fmt: skip
    body = tuple(
        (
            one.name, words.share(one.facts["share"]), words.signed(one.facts["with"]),
            words.signed(one.facts["without"]), words.value(one.difference), words.interval(one.difference),
            words.signed(one.contribution.value or 0, 1), _q(one.facts["q"], words), words.base(one.difference.n),
        )
        for one in found
    )  # fmt: skip
    return Table(tuple(words.say(column) for column in columns), body, caption=words.say("Themes and the score"))


def _q(q: float | None, words: Words) -> str:
    if q is None:
        return "–"
    return f"< {words.number(0.001, 3)}" if q < 0.001 else words.number(q, 3)


def stars(edition: Edition, words: Words) -> Exhibit | None:
    """The themes that clearly go with more or fewer stars, site by site."""
    sites = sorted({r.dims["channel"] for r in edition.cut(IMPACT, "theme", "outcome", "channel")})
    found = {site: impacts(edition, outcome="stars", channel=site) for site in sites}
    clear = [(site, one) for site, rows in found.items() for one in _strongest(rows)]
    if not clear:
        return None
    site, worst = min(clear, key=lambda one: (one[1].difference.value or 0, one[1].name))
    return Exhibit(
        id="drivers.stars", heading=words.say("Themes and stars"),
        title=_reviews(site, worst, words),
        subtitle=words.say("Mean stars with and without the theme, sites apart. {period}",
                           period=say.period(edition, words)),
        results=tuple(r for _, one in clear for r in (one.difference, one.contribution)),
        table=_stars(clear, words),
        note=words.say("Listed: up to {each} themes a site whose difference is clear after adjusting for all themes.",
                       each=EACH),
        source=words.say("Source: {sources}.", sources=say.sources(edition, words)),
    )  # fmt: skip


def _reviews(site: str, one: Impact, words: Words) -> str:
    parts = {"theme": one.name, "site": words.channel(site), "stars": words.number(abs(one.difference.value or 0), 1)}
    if (one.difference.value or 0) < 0:
        return words.say("{theme}: reviews on {site} that name it give {stars} stars fewer than others", **parts)
    return words.say("{theme}: reviews on {site} that name it give {stars} stars more than others", **parts)


def _strongest(rows: Sequence[Impact]) -> list[Impact]:
    kept = sorted((one for one in rows if one.clear), key=lambda one: (-one.weight, one.name))[:EACH]
    return sorted(kept, key=lambda one: (one.difference.value or 0, one.name))


def _stars(clear: Sequence[tuple[str, Impact]], words: Words) -> Table:
    columns = (
        message("Site and theme"), message("Share of texts"), message("Stars with it"), message("Stars without it"),
        message("Difference"), message("95% interval"), message("Contribution"), message("Texts"),
    )  # fmt: skip
    body = tuple(
        (
            f"{words.channel(site)}: {one.name}", words.share(one.facts["share"]), words.number(one.facts["with"], 1),
            words.number(one.facts["without"], 1), words.signed(one.difference.value or 0, 1),
            words.interval(one.difference), words.signed(one.contribution.value or 0, 2), words.base(one.difference.n),
        )
        for site, one in clear
    )  # fmt: skip
    return Table(tuple(words.say(column) for column in columns), body, caption=words.say("Themes and stars"))
