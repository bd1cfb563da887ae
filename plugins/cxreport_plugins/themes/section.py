"""The section `themes`: what customers talk about, how it sounds, what changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from cxreport.api import Edition, Exhibit, Finding, Link, Page, Result, Section, SectionView, Words
from cxreport_plugins.common.say import apart, period, sound, testable, weight
from cxreport_plugins.themes.counting import WITHOUT
from cxreport_plugins.themes.exhibits import changes, feelings, grid, shares
from cxreport_plugins.themes.intent import BEYOND, INTENDED, beyond, intended
from cxreport_plugins.themes.telling import telling
from cxreport_plugins.themes.words import CHANGE, FEELING, PHRASES, SHARE, Names, names, risen

PAGE = Page("themes", "What customers talk about", "Customers", 65)
OFTEN_WITHOUT = 0.4
"""From this share of texts without a theme on, it is said among the limits."""


class Themes(Section):
    """Shares, net sentiment and change of themes; phrases that tell bad from good and now from before."""

    name: ClassVar[str] = "themes"
    page: ClassVar[Page] = PAGE
    order: ClassVar[int] = 10
    tells: ClassVar[tuple[str, ...]] = ("themes.hurting", "themes.rising")
    needs: ClassVar[tuple[str, ...]] = (SHARE, FEELING, CHANGE, PHRASES, BEYOND, INTENDED)

    def view(self, edition: Edition, words: Words) -> SectionView:
        """The commonest theme; what is new."""
        notes = [text for text in (_new(edition, words), _without(edition, words)) if text]
        return SectionView(
            id=self.name, title=_heading(edition, words), lede=_lede(edition, words),
            meta=f"{period(edition, words)}.", notes=tuple(notes),
        )  # fmt: skip

    def exhibits(self, edition: Edition, words: Words) -> Sequence[Exhibit]:
        """Those there are results for."""
        makers = (shares, feelings, beyond, intended, grid, changes)
        found = [make(edition, words) for make in makers]
        return [*(exhibit for exhibit in found if exhibit is not None), *telling(edition, words)]

    def findings(self, edition: Edition, words: Words) -> Sequence[Finding]:
        """The theme that hurts most, and the one that clearly rose most."""
        found = [_hurting(edition, words), _rising(edition, words)]
        return [finding for finding in found if finding is not None]

    def limits(self, edition: Edition, words: Words) -> Sequence[str]:
        """How many texts have no theme of the codebook."""
        said = _without(edition, words)
        return [said] if said else []


def _ranked(edition: Edition) -> list[Result]:
    rows = [r for r in edition.cut(SHARE, "theme") if r.dims["theme"] != WITHOUT and r.shown]
    return sorted(rows, key=lambda r: (-(r.value or 0), r.key))


def _heading(edition: Edition, words: Words) -> str:
    named, ranked = names(edition), [r for r in _ranked(edition) if testable(r) and r.value]
    if not ranked:
        whole = edition.results(SHARE)
        untold = whole and whole[0].status == "not_testable"
        why = words.retell(whole[0].reason) if untold else words.say("too few texts")
        return words.say("Themes cannot be told: {reason}", reason=why)
    first, *others = ranked
    if not others or apart(first, others[0]):
        return words.say(
            "{theme} is what customers talk about most: {share} of their texts",
            theme=named.of(first), share=words.value(first),
        )  # fmt: skip
    equal = [r for r in ranked if not apart(first, r)]
    if len(equal) <= 3:
        themes = words.join([named.of(r) for r in equal])
        return words.say("{themes} are what customers talk about most", themes=themes)
    return words.count(
        len(equal), "No one theme stands out", "No one theme stands out: {n} are talked about equally often"
    )


def _lede(edition: Edition, words: Words) -> str:
    ranked = _ranked(edition)
    if not ranked:
        return ""
    base = words.plural(ranked[0].n, "text", "texts")
    return words.say(
        "A theme is found by the words of a codebook, in {texts} by customers; a text may have several. What the "
        "codebook has no words for is not found.",
        texts=base,
    )


def _new(edition: Edition, words: Words) -> str:
    fresh = [r for r in edition.results(CHANGE) if r.dims.get("part") == "new" and r.shown]
    if not fresh:
        return ""
    named = names(edition)
    told = [f"{named.of(r)} ({words.plural(int(r.value or 0), 'person', 'people')})" for r in fresh]
    return words.say(
        "New in the last third of the period, and said by nobody before: {themes}.", themes=words.join(told)
    )


def _without(edition: Edition, words: Words) -> str:
    rest = edition.get(SHARE, theme=WITHOUT)
    if rest is None or not rest.shown or (rest.value or 0) < OFTEN_WITHOUT:
        return ""
    return words.say(
        "{share} of customers’ texts have no theme of the codebook ({base}).",
        share=words.value(rest), base=words.base(rest.n),
    )  # fmt: skip


def _hurting(edition: Edition, words: Words) -> Finding | None:
    """Net sentiment times share is largest below zero, and the net sentiment clearly negative."""
    share = {r.dims["theme"]: r for r in _ranked(edition)}
    rows = [r for r in edition.cut(FEELING, "theme") if sound(r) and (r.high or 0) < 0 and r.dims["theme"] in share]
    if not rows:
        return None
    worst = min(rows, key=lambda r: ((r.value or 0) * (share[r.dims["theme"]].value or 0), r.key))
    part, named = share[worst.dims["theme"]], names(edition)
    return Finding(
        id="themes.hurting",
        title=words.say(
            "{theme} hurts most: net sentiment {value} in {share} of the texts",
            theme=named.of(worst), value=words.value(worst), share=words.value(part),
        ),
        text=words.say(
            "Net sentiment of the texts with this theme: {interval}, {base}. Share of all texts: {share}. No other "
            "theme weighs as much, net sentiment times share.",
            interval=words.interval(worst), base=words.base(worst.n), share=words.interval(part),
        ),
        weight=weight(worst.value or 0, part.value or 0, worst), results=(worst, part),
        link=Link("themes.sentiment", words.say("See how themes sound")),
        exhibit=feelings(edition, words, plain=words.say("Net sentiment by theme")),
    )  # fmt: skip


def _rising(edition: Edition, words: Words) -> Finding | None:
    rows = [r for r in risen(edition) if sound(r)]
    if not rows:
        return None
    top = max(rows, key=lambda r: (r.value or 0, r.key))
    named: Names = names(edition)
    before, late = (words.share(top.rows[0][part]) for part in ("before", "late"))
    return Finding(
        id="themes.rising",
        title=words.say(
            "{theme} is talked about more: {before} of texts before, {late} now",
            theme=named.of(top), before=before, late=late,
        ),
        text=words.say(
            "The last third of the period against what was before: {interval} points, {base} in the smaller part. The "
            "p-value adjusted for all themes is below {q}. Only channels heard in both parts count.",
            interval=words.interval(top), base=words.base(top.n), q=words.number(0.1, 1),
        ),
        weight=weight(top.value or 0, top.rows[0]["late"], top), results=(top,),
        link=Link("themes.change", words.say("See what changed")),
    )  # fmt: skip
