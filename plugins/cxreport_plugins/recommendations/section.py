"""The section `recommendations`: steps by horizon, impact against effort, what each should bring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Final

from cxreport.api import (
    Edition,
    Exhibit,
    Horizon,
    Page,
    Recommendation,
    Recommendations,
    Section,
    SectionView,
    Table,
    Words,
    message,
)
from cxreport_plugins.recommendations.matrix import matrix
from cxreport_plugins.recommendations.prospect import CLEAR, Prospect, name, prospect, reading, today, wanted

COLUMNS: Final = (
    message("Step"), message("Measure"), message("Today (95% interval)"), message("Expected"), message("By"),
    message("What could be told"),
)  # fmt: skip
PAGE: Final = Page("recommendations", "Recommendations", "What to do", 140)


class Advice(Section):
    """What to do: from findings to steps, who takes them, what they should bring, and how that will be seen."""

    name: ClassVar[str] = "recommendations"
    page: ClassVar[Page] = PAGE
    order: ClassVar[int] = 10

    def present(self, edition: Edition) -> bool:
        """Only where something is recommended."""
        return edition.recommendations is not None

    def view(self, edition: Edition, words: Words) -> SectionView:
        """How many steps there are and how many come first; the roadmap."""
        whole = _whole(edition)
        near, soon = _first(whole)
        return SectionView(
            id=self.name,
            title=words.count(
                len(whole.recommendations),
                "One step follows from the findings",
                "{n} steps follow from the findings, {near} of them {soon}",
                near=words.number(near), soon=words.say(soon),
            ),
            lede=whole.note or words.say("What to do, what it should bring, and how that will be seen."),
            notes=(
                words.say(
                    "Steps, impact and effort are the judgement of the author of this report. Ranges are expectations, "
                    "not forecasts from the data; each is held against a measure of this audit, to be taken again."
                ),
            ),
            data={"horizons": [_horizon(horizon, steps, edition, words) for horizon, steps in whole.by_horizon()]},
        )  # fmt: skip

    def exhibits(self, edition: Edition, words: Words) -> Sequence[Exhibit]:
        """The matrix, then every expected change."""
        return [matrix(_whole(edition), words), *_expected(edition, words)]


def _whole(edition: Edition) -> Recommendations:
    if edition.recommendations is None:
        raise ValueError("nothing is recommended in this edition")
    return edition.recommendations


def _first(whole: Recommendations) -> tuple[int, str]:
    """How many steps the nearest horizon that has any holds, and what it means."""
    horizon, steps = next(whole.by_horizon())
    return len(steps), horizon.means


def _horizon(
    horizon: Horizon, steps: Sequence[tuple[int, Recommendation]], edition: Edition, words: Words
) -> dict[str, Any]:
    """What the template shows of a horizon."""
    name = horizon.name
    return {
        "id": f"horizon-{'-'.join(''.join(c if c.isalnum() else ' ' for c in name.casefold()).split())}",
        "title": words.say(name[0].upper() + name[1:]),
        "means": words.say(horizon.means),
        "steps": [_step(number, one, edition, words) for number, one in steps],
    }


def _step(number: int, one: Recommendation, edition: Edition, words: Words) -> dict[str, Any]:
    return {
        "number": number,
        "id": one.id,
        "title": one.title,
        "findings": one.findings,
        "facts": [
            (label, text)
            for label, text in (
                (words.say("Why"), one.why),
                (words.say("How"), one.action),
                (words.say("Owner"), one.owner),
                (words.say("Measured by"), one.measured),
            )
            if text
        ],
        "expected": [_change(prospect(edition, expected), edition, words) for expected in one.expected],
    }


def _change(one: Prospect, edition: Edition, words: Words) -> dict[str, str]:
    by = one.expected.by
    return {
        "href": f"methods.html#{one.expected.measure.partition('[')[0]}",
        "name": name(one, edition, words),
        "today": today(one, words),
        "wanted": wanted(one, words),
        "by": words.say("by {date}", date=words.date(by)) if by else "",
    }


def _expected(edition: Edition, words: Words) -> Iterator[Exhibit]:
    """Every expected change beside today's figure, and whether it could be told from chance."""
    steps = enumerate(_whole(edition).recommendations, start=1)
    rows = [(number, prospect(edition, expected)) for number, one in steps for expected in one.expected]
    if not rows:
        return
    clear = sum(one.kind == CLEAR for _, one in rows)
    yield Exhibit(
        id="recommendations.expected",
        heading=words.say("What it should bring"),
        title=words.say(
            "{clear} of {all} expected changes are large enough for an audit of this size to tell",
            clear=words.number(clear), all=words.number(len(rows)),
        ),
        subtitle=words.say("Each range beside today’s figure and its interval"),
        table=Table(
            tuple(map(words.say, COLUMNS)), tuple(_row(number, one, edition, words) for number, one in rows),
            align=("left", "left", "left", "left", "left", "left"), caption=words.say("What it should bring"),
        ),
        note=words.say(
            "The next audit has an interval too. A change can be told where the near end of its range lies further "
            "from today’s figure than the limits of a difference of two figures as sure as today’s."
        ),
    )  # fmt: skip


def _row(number: int, one: Prospect, edition: Edition, words: Words) -> tuple[str, ...]:
    by = words.date(one.expected.by) if one.expected.by else "–"
    told = (name(one, edition, words), today(one, words), wanted(one, words), by, reading(one, words))
    return (words.number(number), *told)
