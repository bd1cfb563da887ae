"""The section `experience`: ratings that customers were asked for, and the stars that they gave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from cxreport.api import Edition, Exhibit, Finding, Kpi, Link, Page, Result, Section, SectionView, Words
from cxreport_plugins.common.say import period, sound, weight
from cxreport_plugins.experience import asked, given, others
from cxreport_plugins.experience.chosen import CES, CSAT, NPS, STARS, best_ces, best_csat, best_stars, main

PAGE = Page("experience", "Ratings", "Customers", 55)
LATER = 50
"""Figures without a number come after those with one."""
EXPECTED = (NPS, STARS)
"""Figures that readers look for even where they cannot be told."""


class Experience(Section):
    """One exhibit with its distribution for NPS, each CSAT and CES scale, and each rating site."""

    name: ClassVar[str] = "experience"
    page: ClassVar[Page] = PAGE
    order: ClassVar[int] = 10
    tells: ClassVar[tuple[str, ...]] = ("experience.nps",)
    needs: ClassVar[tuple[str, ...]] = (NPS, CSAT, CES, STARS, others.BANALITY, *others.OTHERS)

    def view(self, edition: Edition, words: Words) -> SectionView:
        """The first rating that there is, as a sentence."""
        return SectionView(
            id=self.name,
            title=_heading(edition, words),
            lede=_lede(edition, words),
            meta=words.say(
                "{period}. Scales of different length or direction are never pooled.", period=period(edition, words)
            ),
            notes=tuple(_absent(edition, words)),
        )

    def exhibits(self, edition: Edition, words: Words) -> Sequence[Exhibit]:
        """NPS and its cuts, then CSAT, CES and stars: those that were rated; banality, and what else was asked."""
        further = (others.banality(edition, words), others.others(edition, words))
        return [
            *asked.nps(edition, words), *asked.csat(edition, words), *asked.ces(edition, words),
            *given.stars(edition, words), *(exhibit for exhibit in further if exhibit is not None),
        ]  # fmt: skip

    def kpis(self, edition: Edition, words: Words) -> Sequence[Kpi]:
        """NPS, CSAT, CES and stars, of the scale or site with most answers."""
        stars = best_stars(edition)
        site = words.say("Stars")
        if stars and stars.dims:
            site = words.say("Stars, {site}", site=words.channel(stars.dims.get("channel")))
        top = float(stars.dims.get("scale", 5)) if stars else 5.0
        found = [
            (NPS, words.say("Net Promoter Score"), main(edition, NPS), (-100.0, 100.0), 10),
            (CSAT, words.say("Satisfied"), best_csat(edition), (0.0, 1.0), 35),
            (STARS, site, stars, (1.0, max(top, 5.0)), 45),
            (CES, words.say("Effort index"), best_ces(edition), (-100.0, 100.0), 55),
        ]
        return [
            Kpi(ident, name, result, domain, order=order + (0 if result.testable else LATER), page=PAGE.href)
            for ident, name, result, domain, order in found
            if result is not None and (result.testable or ident in EXPECTED)
        ]

    def findings(self, edition: Edition, words: Words) -> Sequence[Finding]:
        """The level of the net promoter score, where it is clear."""
        result = main(edition, NPS)
        if result is None or not sound(result) or (result.low or 0) <= 0 <= (result.high or 0):
            return []
        title = words.say(
            "There are more promoters than detractors: the Net Promoter Score is {score}"
            if (result.value or 0) > 0
            else "There are more detractors than promoters: the Net Promoter Score is {score}",
            score=words.value(result),
        )
        return [
            Finding(
                id="experience.nps", title=title, text=_nps_words(edition, result, words), results=(result,),
                weight=weight(result.value or 0, 0.5, result),
                link=Link("experience.nps", words.say("See the ratings")),
            )
        ]  # fmt: skip


def _heading(edition: Edition, words: Words) -> str:
    nps, stars, csat = main(edition, NPS), best_stars(edition), best_csat(edition)
    if nps is not None and nps.shown:
        return _nps_heading(nps, words)
    if csat is not None and csat.shown:
        return words.say("{share} of those who answered are satisfied", share=words.value(csat))
    if stars is not None and stars.shown:
        top = words.number(float(stars.dims["scale"]))
        return words.say(
            "Customers give {stars} of {top} on {site}",
            stars=words.value(stars), top=top, site=words.channel(stars.dims["channel"]),
        )  # fmt: skip
    return words.say("No rating can be told from these exports")


def _nps_heading(nps: Result, words: Words) -> str:
    score = words.value(nps)
    if nps.low is None or nps.high is None or nps.low <= 0 <= nps.high:
        return words.say("Promoters and detractors keep the balance: the Net Promoter Score is {score}", score=score)
    return words.say(
        "Promoters outnumber detractors: the Net Promoter Score is {score}"
        if nps.low > 0
        else "Detractors outnumber promoters: the Net Promoter Score is {score}",
        score=score,
    )


def _lede(edition: Edition, words: Words) -> str:
    nps = main(edition, NPS)
    return _nps_words(edition, nps, words) if nps is not None and nps.shown else ""


def _nps_words(edition: Edition, nps: Result, words: Words) -> str:
    groups = [edition.get(NPS, group=g) for g in ("promoter", "passive", "detractor")]
    shares = [words.value(g) for g in groups if g is not None and g.shown]
    score = words.say(
        "The score is {score} ({interval}, {base}).",
        score=words.value(nps), interval=words.interval(nps), base=words.base(nps.n),
    )  # fmt: skip
    if len(shares) < len(groups):
        return score
    told = words.say(
        "{promoters} answered 9 or 10, {passives} answered 7 or 8, and {detractors} answered 0 to 6.",
        promoters=shares[0], passives=shares[1], detractors=shares[2],
    )  # fmt: skip
    return f"{score} {told}"


def _absent(edition: Edition, words: Words) -> list[str]:
    """What was not rated, and what it would need."""
    out = []
    for name in (NPS, CSAT, CES, STARS):
        result = main(edition, name)
        info = edition.infos.get(name)
        if result is not None and not result.testable:
            title = words.say(info.title) if info else name
            said = words.say("{title} is not testable: {reason}.", title=title, reason=words.retell(result.reason))
            needs = words.say("It needs: {needs}.", needs="; ".join(map(words.retell, result.needs)))
            out.append(f"{said} {needs}" if result.needs else said)
    return out
