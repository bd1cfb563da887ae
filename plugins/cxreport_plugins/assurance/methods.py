"""The section `methods`: the appendix that lets a number be checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from cxreport.api import (
    Edition,
    Exhibit,
    MeasureInfo,
    Page,
    Result,
    Section,
    SectionView,
    Table,
    Words,
    message,
    stats,
)
from cxreport_plugins.assurance.coverage import coverage
from cxreport_plugins.assurance.pages import METHODS
from cxreport_plugins.assurance.plain import Term, common, states, told

PROFILES = {
    "internal": message("Internal edition: redacted verbatims and pseudonyms are shown; it is not to leave the team."),
    "client": message(
        "Client edition: redacted verbatims without links to people; numbers about fewer than 5 people are hidden, and "
        "at most 500 posts of X are passed on."
    ),
    "public": message(
        "Public edition: no verbatims; numbers about fewer than 10 people are hidden, and counts are rounded to 5."
    ),
}
EDITIONS = {"internal": message("internal"), "client": message("client"), "public": message("public")}
RULES = (
    message("Under {directional} records a number is hidden (<{directional})."),
    message("{directional} to {below_small}: shown with ** and hatched; not tested, not ranked."),
    message("{small} to {below_plain}: shown with *. From {plain} on: shown plainly."),
    message("Directional: shown, but something other than the base forbids tests; the exhibit says what."),
    message(
        "Not testable: the data cannot show it; the reason and the input that would make it possible stand beside it."
    ),
    message(
        "Intervals tell sampling variation, as if records were a random sample; not who is missing from the exports."
    ),
    message(
        "Two numbers are said to differ only where their intervals do not overlap or a test that is named says so."
    ),
)
STEPS = {
    "directional": stats.HIDDEN_BELOW, "below_small": stats.TESTED_FROM - 1, "small": stats.TESTED_FROM,
    "below_plain": stats.PLAIN_FROM - 1, "plain": stats.PLAIN_FROM,
}  # fmt: skip
"""Bases at which the way to show a number changes."""


class Methods(Section):
    """Each measure with question, formula, interval, source, population, base and limits; what is not testable."""

    name: ClassVar[str] = "methods"
    page: ClassVar[Page] = METHODS
    order: ClassVar[int] = 10

    def view(self, edition: Edition, words: Words) -> SectionView:
        """How many measures can be told."""
        infos = [info for info in edition.infos.values() if edition.results(info.id)]
        able = [info for info in infos if _testable(edition, info)]
        default = _default(edition)
        told_of = words.say(
            "{shown} of {measures} can be told from this data",
            shown=words.number(len(able)), measures=words.plural(len(infos), "measure", "measures"),
        )  # fmt: skip
        return SectionView(
            id=self.name,
            title=told_of if infos else words.say("Nothing was measured"),
            lede=words.say(
                "How each number came about: formula, interval and source, whom it counts, and what it cannot say."
            ),
            meta=words.say(
                "Audit {audit}, edition “{edition}”.",
                audit=edition.audit, edition=words.say(EDITIONS[edition.profile]),
            ),
            data={
                "population": words.join([told(term, words) for term in default]) or words.say("any record"),
                "rules": [words.say(rule, **STEPS) for rule in RULES],
                "privacy": _privacy(edition, words),
                "measures": [_measure(edition, info, default, words) for info in infos],
                "versions": _versions(edition, words),
            },
        )  # fmt: skip

    def exhibits(self, edition: Edition, words: Words) -> Sequence[Exhibit]:
        """How often intervals hold the truth; what is not testable, why, and what it needs."""
        if not edition.measures:
            return []
        absent = _absent(edition, words)
        return [coverage(words), *([absent] if absent else [])]


def _absent(edition: Edition, words: Words) -> Exhibit | None:
    rows = [
        (
            words.say(edition.infos[r.id].title) if r.id in edition.infos else r.id,
            _dims(r, words),
            words.retell(r.reason),
            "; ".join(map(words.retell, r.needs)) or "–",
        )
        for results in edition.measures.values()
        for r in results
        if not r.testable
    ]
    if not rows:
        return None
    return Exhibit(
        id="methods.absent",
        heading=words.say("What is not testable"),
        title=words.count(
            len(rows),
            "{n}\u00a0number is not testable, each for a reason",
            "{n}\u00a0numbers are not testable, each for a reason",
        ),
        subtitle=words.say("What the exports cannot show, and the input that would make it possible"),
        table=Table(
            (words.say("Measure"), words.say("Of"), words.say("Reason"), words.say("Needs")), tuple(rows),
            align=("left",) * 4, caption=words.say("Not testable"),
        ),
    )  # fmt: skip


def _testable(edition: Edition, info: MeasureInfo) -> bool:
    return any(result.testable for result in edition.results(info.id))


def _dims(result: Result, words: Words) -> str:
    return ", ".join(f"{dim} {value}" for dim, value in result.dims.items()) or words.say("all")


def _default(edition: Edition) -> tuple[Term, ...]:
    """The default population: what most measures have in common."""
    wholes = (_whole(results) for results in edition.measures.values())
    return common(r.population for r in wholes if r is not None and r.population.all)


def _whole(results: Sequence[Result]) -> Result | None:
    """The result about most: least cut, then on the largest base."""
    return min((r for r in results if r.testable), key=lambda r: (len(r.dims), -r.n), default=None)


def _population(result: Result | None, default: Sequence[Term], words: Words) -> str:
    """Whom a measure counts, told by what it adds to the default population, or in full where it leaves that."""
    terms = result.population.all if result is not None else ()
    if not terms or set(default) <= set(terms):
        own = [told(term, words) for term in terms if term not in default]
        return words.say(
            "the default population where {terms}" if own else "the default population", terms=words.join(own)
        )
    return words.say("each record is {terms}", terms=words.join([told(term, words) for term in terms]))


def _measure(edition: Edition, info: MeasureInfo, default: Sequence[Term], words: Words) -> dict[str, Any]:
    results = edition.results(info.id)
    whole = _whole(results)
    return {
        "id": info.id,
        "title": words.say(info.title),
        "question": words.say(info.question),
        "rows": [
            (words.say(name), text)
            for name, text in (
                (message("Concepts"), ", ".join(info.concepts)),
                (message("Formula"), words.say(info.formula)),
                (message("Interval"), words.say(info.interval)),
                (message("Source"), words.say(info.source)),
                (message("Population"), _population(whole, default, words)),
                (message("Cut by"), ", ".join(column.replace("_", " ") for column in info.by)),
                (message("Base in this audit"), _base(whole, words)),
                (message("Results"), states(results, words)),
                (message("Limits"), words.say(info.limits)),
            )
            if text
        ],
    }


def _base(whole: Result | None, words: Words) -> str:
    if whole is None:
        return words.say("none: not testable")
    base = words.plural(whole.n, "record", "records")
    if whole.n_authors is not None:
        people = words.plural(whole.n_authors, "person", "people")
        base = words.say("{records}, by {people}", records=base, people=people)
    return f"{base} ({_dims(whole, words)})" if whole.dims else base


def _privacy(edition: Edition, words: Words) -> list[str]:
    kept = [
        words.say("Withheld here: {what}, {n}.", what=words.retell(reason), n=words.number(n))
        for reason, n in edition.withheld.items()
        if n
    ]
    return [words.say(PROFILES[edition.profile]), *kept]


def _versions(edition: Edition, words: Words) -> list[tuple[str, str]]:
    meta = edition.meta
    plugins = ", ".join(f"{name} {version}" for name, version in sorted(meta.plugins.items()))
    rows = [
        (words.say("Audit"), edition.audit), ("cxreport", meta.cxreport_version),
        (words.say("Options"), meta.options_digest), (words.say("Plugins that read and enrich"), plugins),
    ]  # fmt: skip
    return [(name, value) for name, value in rows if value]
