"""The exhibit of impact against effort, as the author judges them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from cxreport.api import Exhibit, Range, Recommendation, Recommendations, Table, Words, message

STEPS: Final = (message("very small"), message("small"), message("medium"), message("large"), message("very large"))
COLUMNS: Final = (
    message("No."), message("Step"), message("Impact"), message("Effort"), message("Begins"), message("Owner"),
)  # fmt: skip
QUARTERS: Final = (message("Do first"), message("Plan"), message("When there is time"), message("Think twice"))
MIDDLE: Final = 3.0
APART: Final = 0.16
"""Of a step, between dots that would lie on each other."""


def matrix(whole: Recommendations, words: Words) -> Exhibit:
    """A dot for each step; bars where its author gives a range."""
    steps = whole.recommendations
    title = _title(steps, words)
    return Exhibit(
        id="recommendations.matrix",
        heading=words.say("Impact and effort"),
        title=title,
        subtitle=words.say("Impact on customers against effort, each judged from 1 (very small) to 5 (very large)"),
        table=Table(
            tuple(map(words.say, COLUMNS)),
            tuple(_row(number, one, whole, words) for number, one in enumerate(steps, start=1)),
            align=("left", "left", "left", "left", "left", "left"), caption=words.say("Impact and effort"),
        ),
        chart=lambda tokens, size: _drawn(steps, tokens, size, words),
        alt=words.say("Scatter of {n} steps by effort and impact. {title}.", n=len(steps), title=title),
        note=words.say("Judged by the author of this report, not computed. A bar is a range; a hollow dot lies between "
                       "two quarters."),
    )  # fmt: skip


def _title(steps: Sequence[Recommendation], words: Words) -> str:
    """Which steps promise much for little: those whose whole range says so."""
    found = [i for i, one in enumerate(steps, start=1) if one.impact.low > MIDDLE and one.effort.high < MIDDLE]
    if not found:
        return words.say("No step is judged to do much for little effort")
    if len(found) == 1:
        return words.say("Step {n} is judged to do much for little effort", n=found[0])
    return words.say("Steps {list} are judged to do much for little effort", list=words.join([str(i) for i in found]))


def _drawn(steps: Sequence[Recommendation], tokens: Any, size: Any, words: Words) -> Any:
    from cxreport.api import charts

    met: Counter[tuple[float, float]] = Counter()
    spots = []
    for number, one in enumerate(steps, start=1):
        place = _middle(one.effort), _middle(one.impact)
        across = place[0] + APART * met[place]
        met[place] += 1
        effort, impact = _estimate(across, one.effort, across - place[0]), _estimate(place[1], one.impact, 0)
        spots.append(charts.Spot(f"{number} {one.title}", effort, impact))
    upper_left, upper_right, lower_left, lower_right = map(words.say, QUARTERS)
    quarters = charts.Quarters(
        (MIDDLE, MIDDLE), words.say("Effort"), words.say("Impact"), (upper_left, upper_right, lower_left, lower_right),
        units=("score", "score"), scale=(1, len(STEPS)),
    )  # fmt: skip
    return charts.quadrants(spots, tokens, size, quarters=quarters, words=words)


def _estimate(value: float, judged: Range, shift: float) -> Any:
    from cxreport.api import charts

    return charts.Estimate("", value, judged.low + shift, judged.high + shift)


def _middle(judged: Range) -> float:
    return (judged.low + judged.high) / 2 if judged.likely is None else judged.likely


def _row(number: int, one: Recommendation, whole: Recommendations, words: Words) -> tuple[str, ...]:
    judged = (_told(one.impact, words), _told(one.effort, words))
    return (words.number(number), one.title, *judged, words.say(whole.horizon_of(one).means), one.owner or "–")


def _told(judged: Range, words: Words) -> str:
    """`4 (large)`, `3 to 5`."""
    if judged.low < judged.high:
        return words.say("{low} to {high}", low=f"{judged.low:g}", high=f"{judged.high:g}")
    whole = judged.low.is_integer()
    return f"{judged.low:g} ({words.say(STEPS[int(judged.low) - 1])})" if whole else f"{judged.low:g}"
