"""The section `journey`: the emotion curve, and what stands under each of its points."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, ClassVar

from cxreport.api import (
    MOMENTS,
    Edition,
    Evidence,
    Exhibit,
    Finding,
    Key,
    Link,
    Page,
    Result,
    Section,
    SectionView,
    Words,
    message,
)
from cxreport_plugins.common.quotes import quotable
from cxreport_plugins.common.say import (
    ESTIMATE,
    HOLLOW,
    INTERVAL,
    Labelled,
    apart,
    base_line,
    estimates,
    leaning,
    marks_note,
    period,
    row,
    signs,
    sound,
    testable,
    unsure,
    weight,
)
from cxreport_plugins.journey.further import breaks, budget, engagement, phases
from cxreport_plugins.journey.pages import JOURNEY
from cxreport_plugins.journey.profile import SHARED
from cxreport_plugins.journey.words import (
    BREAKS,
    ENGAGEMENT,
    MEASURE,
    NEEDS,
    PHASES,
    banner,
    caution,
    directional,
    feelings,
    left_out,
    part,
    then,
    untested,
    when,
)

Step = tuple[str, Result]


class Journey(Section):
    """Net sentiment at each moment with its interval and base, and one voice from each."""

    name: ClassVar[str] = "journey"
    page: ClassVar[Page] = JOURNEY
    order: ClassVar[int] = 10
    tells: ClassVar[tuple[str, ...]] = ("journey.fall", "journey.lowest")
    needs: ClassVar[tuple[str, ...]] = (MEASURE, PHASES, ENGAGEMENT, BREAKS, NEEDS)

    def view(self, edition: Edition, words: Words) -> SectionView:
        """The largest clear change along the journey, else its clearly lowest moment, else that there is none."""
        rows = feelings(edition)
        base = sum(r.n for _, r in rows)
        note = left_out(edition, words)
        return SectionView(
            id=self.name,
            title=_heading(edition, words),
            lede=words.say(
                "Four moments, and one thing that can happen at any of them: a customer shares the experience, and it "
                "becomes the next customer’s research."
            ),
            meta=f"{words.plural(base, 'scored record', 'scored records')}, {period(edition, words)}.",
            notes=(note,) if note else (),
            data={"columns": [_column(edition, words, m) for m in (*MOMENTS, SHARED)] if rows else []},
        )

    def exhibits(self, edition: Edition, words: Words) -> Sequence[Exhibit]:
        """The emotion curve; before, during and after; engagement; break points."""
        below = [phases(edition, words), engagement(edition, words), breaks(edition, words), budget(edition, words)]
        first = [curve(edition, words)] if feelings(edition) else []
        return [*first, *(exhibit for exhibit in below if exhibit is not None)]

    def findings(self, edition: Edition, words: Words) -> Sequence[Finding]:
        """The largest clear fall between consecutive moments, and the clearly lowest moment if it is another.

        Where moments are not tested, where they point to.
        """
        rows = [(m, r) for m, r in feelings(edition) if (leaning(r) if directional(edition) else sound(r))]
        fall, lowest = largest_fall(rows), clearly_lowest(rows)
        found = [_fall(edition, words, *fall)] if fall else []
        if lowest and not (fall and fall[1][0] == lowest[0]):
            found.append(_lowest(edition, words, lowest))
        return found

    def limits(self, edition: Edition, words: Words) -> Sequence[str]:
        """That moments are not tested, where they are not."""
        said = untested(edition, words)
        return [said] if said else []


def largest_fall(rows: Sequence[Step]) -> tuple[Step, Step] | None:
    """The largest fall between consecutive moments among those whose intervals do not overlap."""
    falls = [pair for pair in _consecutive(rows) if apart(pair[0][1], pair[1][1])]
    return max(falls, key=_size, default=None)


def largest_rise(rows: Sequence[Step]) -> tuple[Step, Step] | None:
    """Likewise the largest rise."""
    rises = [pair for pair in _consecutive(rows) if apart(pair[1][1], pair[0][1])]
    return max(rises, key=_size, default=None)


def clearly_lowest(rows: Sequence[Step]) -> Step | None:
    """The moment whose interval lies below those of all others; None with fewer than two."""
    if len(rows) < 2:
        return None
    lowest = min(rows, key=lambda step: step[1].value or 0)
    return lowest if all(apart(r, lowest[1]) for m, r in rows if m != lowest[0]) else None


def _consecutive(rows: Sequence[Step]) -> list[tuple[Step, Step]]:
    """Pairs of moments that follow each other directly."""
    place = {moment: i for i, moment in enumerate(MOMENTS)}
    return [(a, b) for a, b in pairwise(rows) if place[b[0]] - place[a[0]] == 1]


def _size(pair: tuple[Step, Step]) -> float:
    return abs((pair[0][1].value or 0) - (pair[1][1].value or 0))


def _heading(edition: Edition, words: Words) -> str:
    soft = directional(edition)
    told = [(m, r) for m, r in feelings(edition) if (leaning(r) if soft else testable(r))]
    fall, lowest, rise = largest_fall(told), clearly_lowest(told), largest_rise(told)
    if fall:
        return _change(fall, words)
    if lowest:
        return words.say(
            "The journey seems at its lowest {when}: net sentiment {value}"
            if soft
            else "The journey is at its lowest {when}: net sentiment {value}",
            when=when(lowest[0], words),
            value=words.value(lowest[1]),
        )
    return _change(rise, words) if rise else _nowhere(soft, len(told), words)


def _nowhere(soft: bool, told: int, words: Words) -> str:
    """That no moment stands out, and why."""
    if soft:
        return words.say("The journey points to no moment in particular")
    if told > 1:
        return words.say("No moment of the journey clearly stands out")
    return words.say("Too few records tell a moment to draw the journey")


def _change(pair: tuple[Step, Step], words: Words) -> str:
    """How sentiment changes from one moment to the next; only where it points if the moments are not tested."""
    (before, first), (after, last) = pair
    told = {
        "first": words.value(first), "before": when(before, words),
        "last": words.value(last), "after": then(after, words),
    }  # fmt: skip
    falls = (last.value or 0) < (first.value or 0)
    if unsure((first, last)):
        return words.say(
            "Net sentiment points down from {first} {before} to {last} {after}"
            if falls
            else "Net sentiment points up from {first} {before} to {last} {after}",
            **told,
        )
    return words.say(
        "Net sentiment falls from {first} {before} to {last} {after}"
        if falls
        else "Net sentiment rises from {first} {before} to {last} {after}",
        **told,
    )


def curve(edition: Edition, words: Words, plain: str = "") -> Exhibit:
    """The emotion curve; as dots one below the other where `plain` labels it in a finding."""
    from cxreport.api import charts

    rows, shared = feelings(edition), edition.get(MEASURE, moment=SHARED)
    told = shared if shared is not None and shared.testable else None
    labelled = [(words.moment(m), r) for m, r in rows]
    full = [(words.moment(m, long=True), r) for m, r in rows]
    ring = [(words.moment(SHARED, long=True), told)] if told else []
    drawn, last = [row(*labels) for labels in labelled], row(words.moment(SHARED), told) if told else None
    listed = [*drawn, *([last] if last else [])]
    results = [r for _, r in rows] + ([told] if told else [])
    said = _said(edition, [*labelled, *([(words.say("what is shared"), told)] if told else [])], words)

    def draw(tokens: Any, size: Any) -> Any:
        if plain:
            return charts.dot_interval(listed, tokens, size, unit="points", words=words)
        return charts.emotion_curve(drawn, tokens, size, shared=last, words=words)

    return Exhibit(
        id="journey.moments" if plain else "journey.curve",
        heading=words.say("Net sentiment by moment"),
        title=plain or said,
        subtitle=words.say(
            "Net sentiment at each moment: share positive minus share negative, points. {period}",
            period=period(edition, words),
        ),
        results=tuple(results),
        table=estimates(
            [*full, *ring], words, words.say("Moment"), words.say("Net sentiment"), words.say("Net sentiment by moment")
        ),
        chart=draw,
        alt=words.say(
            "Dots of net sentiment by moment with intervals. {title}."
            if plain
            else "Curve of net sentiment by moment with intervals. {title}.",
            title=said,
        ),
        keys=(ESTIMATE, HOLLOW, INTERVAL, *((Key("shared", message("shared with others")),) if told else ())),
        note=" ".join(
            text for text in (banner(edition, words), _note(told, plain, words), marks_note(results, words)) if text
        ),
        source=base_line(edition, words, sum(r.n for _, r in rows), ("scored record", "scored records")),
    )


def _said(edition: Edition, rows: Sequence[Labelled], words: Words) -> str:
    """Which moments are clearly negative or positive; their span where they are not to be tested."""
    if not directional(edition):
        return signs(rows, words, ("moment", "moments"))
    ranked = sorted((r.value, label) for label, r in rows if r.shown and r.value is not None)
    if not ranked:
        return words.say("No moment has enough records to be shown")
    (low, worst), (high, best) = ranked[0], ranked[-1]
    return words.say(
        "As measured, net sentiment lies between {low} ({worst}) and {high} ({best})",
        low=words.signed(low), worst=worst, high=words.signed(high), best=best,
    )  # fmt: skip


def _note(shared: Result | None, plain: str, words: Words) -> str:
    between = words.say("Between moments the line is drawn straight; nothing is measured there.")
    view = words.say("Shared is a view over public records that pass the experience on, not a fifth step.")
    return " ".join(text for text, stands in ((between, not plain), (view, shared)) if stands)


def _column(edition: Edition, words: Words, moment: str) -> dict[str, Any]:
    """What stands under a point of the curve."""
    name, _, gloss = words.moment(moment, long=True).partition(": ")
    net = edition.get(MEASURE, moment=moment)
    said = _voice(edition, moment, net)
    return {
        "id": moment,
        "name": name,
        "gloss": gloss[:1].upper() + gloss[1:],
        "records": _counted(edition, words, moment),
        "net": "" if net is None else words.value(net),
        "interval": words.interval(net) if net is not None and net.shown else "",
        "quote": said.text if said else None,
        "lang": said.lang if said else None,
        "sentiment": said.sentiment if said else None,
    }


def _counted(edition: Edition, words: Words, moment: str) -> str:
    count, share = part(edition, moment, "records"), part(edition, moment, "share")
    if count is None or count.value is None:
        return words.say("fewer than can be shown")
    number = words.number(count.value)
    if moment == SHARED:
        return words.say("{records}, counted within the four", records=number)
    return f"{number} ({words.value(share)})" if share is not None else number


def _voice(edition: Edition, moment: str, net: Result | None) -> Evidence | None:
    """The most typical record on the side to which the moment leans; none where its number is withheld."""
    if net is None or not net.shown:
        return None
    side = "negative" if (net.value or 0) < 0 else "positive"
    return next((e for e in quotable(edition) if e.sentiment == side and e.moment == moment), None)


def _fall(edition: Edition, words: Words, before: Step, after: Step) -> Finding:
    share = part(edition, after[0], "share")
    reach = (share.value or 0) if share else 0.0
    said = (
        *(f"{words.moment(m, long=True)}: {words.interval(r)}, {words.base(r.n)}." for m, r in (before, after)),
        words.say("The intervals do not overlap."), caution((before[1], after[1]), words), _about(reach, words),
    )  # fmt: skip
    text = " ".join(part for part in said if part)
    return Finding(
        id="journey.fall", title=_change((before, after), words), text=text,
        weight=weight(_size((before, after)), reach, after[1]), results=(before[1], after[1]),
        link=Link("journey.curve", words.say("See the journey map")),
        exhibit=curve(edition, words, words.say("Net sentiment by moment")),
    )  # fmt: skip


def _about(reach: float, words: Words) -> str:
    share = words.share(reach)
    return words.say("{share} of the records are about that moment.", share=share) if reach else ""


def _lowest(edition: Edition, words: Words, lowest: Step) -> Finding:
    moment, result = lowest
    share = part(edition, moment, "share")
    reach = (share.value or 0) if share else 0.0
    below = words.say(
        "{moment}: {interval}, {base}, below the interval of every other moment.",
        moment=words.moment(moment, long=True), interval=words.interval(result), base=words.base(result.n),
    )  # fmt: skip
    text = " ".join(part for part in (below, caution((result,), words), _about(reach, words)) if part)
    return Finding(
        id="journey.lowest",
        title=words.say(
            "Customers seem least content {when}: net sentiment {value}"
            if unsure((result,))
            else "Customers are least content {when}: net sentiment {value}",
            when=then(moment, words),
            value=words.value(result),
        ),
        text=text, weight=weight(result.value or 0, reach, result), results=(result,),
        link=Link("journey.curve", words.say("See the journey map")),
        exhibit=curve(edition, words, words.say("Net sentiment by moment")),
    )  # fmt: skip
