"""The section `methods`: the appendix that lets a number be checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from cxreport.api import Edition, Exhibit, MeasureInfo, Page, Result, Section, SectionView, Table, Words, stats
from cxreport_plugins.assurance.coverage import coverage
from cxreport_plugins.assurance.pages import METHODS
from cxreport_plugins.assurance.plain import Term, common, states, told

PROFILES = {
    "internal": "Internal edition: redacted verbatims and pseudonyms are shown; it is not to leave the team.",
    "client": (
        "Client edition: redacted verbatims without links to people; numbers about fewer than 5 people are hidden, and "
        "at most 500 posts of X are passed on."
    ),
    "public": (
        "Public edition: no verbatims; numbers about fewer than 10 people are hidden, and counts are rounded to 5."
    ),
}
RULES = (
    f"Under {stats.HIDDEN_BELOW} records a number is hidden (<{stats.HIDDEN_BELOW}).",
    f"{stats.HIDDEN_BELOW} to {stats.TESTED_FROM - 1}: shown with ** and hatched; not tested, not ranked.",
    f"{stats.TESTED_FROM} to {stats.PLAIN_FROM - 1}: shown with *. From {stats.PLAIN_FROM} on: shown plainly.",
    "Directional: shown, but something other than the base forbids tests; the exhibit says what.",
    "Not testable: the data cannot show it; the reason and the input that would make it possible stand beside it.",
    "Intervals tell sampling variation, as if records were a random sample; not who is missing from the exports.",
    "Two numbers are said to differ only where their intervals do not overlap or a test that is named says so.",
)


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
        of = words.plural(len(infos), "measure", "measures")
        return SectionView(
            id=self.name,
            title=f"{words.number(len(able))} of {of} can be told from this data" if infos else "Nothing was measured",
            lede="How each number came about: formula, interval and source, whom it counts, and what it cannot say.",
            meta=f"Audit {edition.audit}, edition “{edition.profile}”.",
            data={
                "population": words.join([told(term, words) for term in default]) or "any record",
                "rules": RULES,
                "privacy": _privacy(edition, words),
                "measures": [_measure(edition, info, default, words) for info in infos],
                "versions": _versions(edition),
            },
        )

    def exhibits(self, edition: Edition, words: Words) -> Sequence[Exhibit]:
        """How often intervals hold the truth; what is not testable, why, and what it needs."""
        if not edition.measures:
            return []
        absent = _absent(edition, words)
        return [coverage(words), *([absent] if absent else [])]


def _absent(edition: Edition, words: Words) -> Exhibit | None:
    rows = [
        (edition.infos[r.id].title if r.id in edition.infos else r.id, _dims(r), r.reason, "; ".join(r.needs) or "–")
        for results in edition.measures.values()
        for r in results
        if not r.testable
    ]
    if not rows:
        return None
    return Exhibit(
        id="methods.absent",
        heading="What is not testable",
        title=f"{words.plural(len(rows), 'number is', 'numbers are')} not testable, each for a reason",
        subtitle="What the exports cannot show, and the input that would make it possible",
        table=Table(("Measure", "Of", "Reason", "Needs"), tuple(rows), align=("left",) * 4, caption="Not testable"),
    )


def _testable(edition: Edition, info: MeasureInfo) -> bool:
    return any(result.testable for result in edition.results(info.id))


def _dims(result: Result) -> str:
    return ", ".join(f"{dim} {value}" for dim, value in result.dims.items()) or "all"


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
        return f"the default population{' where ' if own else ''}{words.join(own)}"
    return f"each record is {words.join([told(term, words) for term in terms])}"


def _measure(edition: Edition, info: MeasureInfo, default: Sequence[Term], words: Words) -> dict[str, Any]:
    results = edition.results(info.id)
    whole = _whole(results)
    return {
        "id": info.id,
        "title": info.title,
        "question": info.question,
        "rows": [
            (name, text)
            for name, text in (
                ("Concepts", ", ".join(info.concepts)),
                ("Formula", info.formula),
                ("Interval", info.interval),
                ("Source", info.source),
                ("Population", _population(whole, default, words)),
                ("Cut by", ", ".join(column.replace("_", " ") for column in info.by)),
                ("Base in this audit", _base(whole, words)),
                ("Results", states(results, words)),
                ("Limits", info.limits),
            )
            if text
        ],
    }


def _base(whole: Result | None, words: Words) -> str:
    if whole is None:
        return "none: not testable"
    people = "" if whole.n_authors is None else f", by {words.plural(whole.n_authors, 'person', 'people')}"
    of = f" ({_dims(whole)})" if whole.dims else ""
    return f"{words.plural(whole.n, 'record', 'records')}{people}{of}"


def _privacy(edition: Edition, words: Words) -> list[str]:
    kept = [f"Withheld here: {reason}, {words.number(n)}." for reason, n in edition.withheld.items() if n]
    return [PROFILES[edition.profile], *kept]


def _versions(edition: Edition) -> list[tuple[str, str]]:
    meta = edition.meta
    plugins = ", ".join(f"{name} {version}" for name, version in sorted(meta.plugins.items()))
    rows = [
        ("Audit", edition.audit), ("cxreport", meta.cxreport_version), ("Options", meta.options_digest),
        ("Plugins that read and enrich", plugins),
    ]  # fmt: skip
    return [(name, value) for name, value in rows if value]
