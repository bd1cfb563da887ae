"""The section `service`: the page Service performance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from cxreport.api import (
    Edition,
    Exhibit,
    Finding,
    Kpi,
    Link,
    Page,
    Result,
    Section,
    SectionView,
    Table,
    Words,
)
from cxreport_plugins.care.aftermath import RECOVERY, RESOLUTION, asked, last_word, stages
from cxreport_plugins.care.curve import RATE, TIME, curve_of, headline
from cxreport_plugins.care.response_rate import rates
from cxreport_plugins.common import say

SERVICE = Page("service", "Service performance", "Customers", 80)


class Service(Section):
    """How many are answered and how soon: the response curve, channels, months, rivals."""

    name: ClassVar[str] = "service"
    page: ClassVar[Page] = SERVICE
    order: ClassVar[int] = 10
    tells: ClassVar[tuple[str, ...]] = ("care.answered", "care.change")
    needs: ClassVar[tuple[str, ...]] = (RATE, TIME, RESOLUTION, RECOVERY)

    def view(self, edition: Edition, words: Words) -> SectionView:
        """The heading is the finding."""
        rate = edition.get(RATE)
        if rate is None or not rate.shown:
            reason = rate.reason if rate else "not measured"
            return SectionView(self.name, "Service in public cannot be judged from this data", f"Because {reason}.")
        notes = (
            "An answer is a human reply by the brand in the same public thread. Automatic acknowledgements are no "
            "answers, and answers given in private cannot be seen.",
            "Waiting times are clock hours. Who was never answered is not left out: such a record counts as still "
            "waiting when the audit was made.",
        )
        lede = _lede(edition, words)
        return SectionView(self.name, headline(rate, words), lede, _meta(rate, edition, words), notes)

    def exhibits(self, edition: Edition, words: Words) -> Sequence[Exhibit]:
        """The response curve, what becomes of those who write, the rate by channel, month and rival, and the rest."""
        found = [
            curve_of(edition, words),
            stages(edition, words),
            last_word(edition, words),
            _cut(edition, words, "channel", "care.channels"),
            _months(edition, words),
            _rivals(edition, words),
            asked(edition, words),
        ]
        return [exhibit for exhibit in found if exhibit is not None]

    def findings(self, edition: Edition, words: Words) -> Sequence[Finding]:
        """Whether most are answered, and whether that clearly changed within the period."""
        rate = edition.get(RATE)
        if rate is None or not say.sound(rate):
            return ()
        curve = curve_of(edition, words, plain=True)
        told = Finding(
            "care.answered", headline(rate, words), _lede(edition, words), _weight(rate, edition),
            (rate,), Link("care.curve" if curve else SERVICE.href, "See service performance"), curve,
        )  # fmt: skip
        return (told, *_change(edition, words))

    def kpis(self, edition: Edition, words: Words) -> Sequence[Kpi]:
        """Answered, and the median first response."""
        rate, time = edition.get(RATE), edition.get(TIME)
        found = [Kpi(RATE, "Answered in public", rate, (0, 1), 30, SERVICE.href)] if rate else []
        if time:
            top = max(1440.0, 1.2 * (time.high or time.value or 0))
            found.append(Kpi(TIME, "First response, median", time, (0, top), 40, SERVICE.href, "lower"))
        return found

    def limits(self, edition: Edition, words: Words) -> Sequence[str]:
        """What public records cannot tell about service."""
        rate = edition.get(RATE)
        if rate is None:
            return ()
        if not rate.testable:
            return (f"We cannot say how many customers are answered: {rate.reason}. It needs {rate.needs[0]}.",)
        return ("We cannot see answers given in private, nor whether a problem was solved after the last public word.",)


def _meta(rate: Result, edition: Edition, words: Words) -> str:
    return f"{words.plural(rate.n, 'first public record', 'first public records')}, {say.period(edition, words)}."


def _lede(edition: Edition, words: Words) -> str:
    """How soon, in two sentences at most."""
    time, day = edition.get(TIME), edition.get(TIME, within="1 day")
    parts = []
    if day is not None and day.shown and day.value is not None:
        parts.append(f"{words.share(day.value)} hear back within a day ({words.interval(day)}).")
    if time is not None and time.shown and time.value is not None:
        parts.append(f"Half have an answer after {words.duration(time.value)} ({words.interval(time)}).")
    elif time is not None and time.shown:
        parts.append("The median wait cannot be stated, because fewer than half were ever answered.")
    return " ".join(parts)


def _cut(edition: Edition, words: Words, dim: str, ident: str) -> Exhibit | None:
    found = [(words.channel(value), result) for value, result in rates(edition.results(RATE), dim)]
    shown = sorted(found, key=lambda item: -(item[1].value or 0))
    if sum(result.shown for _, result in found) < 2:
        return None
    best, worst = _ends(shown)
    title = "No channel is clearly answered more often than another"
    if best and worst and say.apart(best[1], worst[1]):
        title = (
            f"{best[0]} is answered most often ({_share(best[1], words)}), {worst[0]} least ({_share(worst[1], words)})"
        )
    return _dots(edition, words, ident, title, "channel", shown)


def _rivals(edition: Edition, words: Words) -> Exhibit | None:
    """Brand and rivals on the one channel where most of a rival's records were collected."""
    found = [r for r in edition.cut(RATE, "entity", "channel") if say.testable(r)]
    if not found:
        return None
    rival = max(found, key=lambda r: (r.n, r.key))
    channel, names = rival.dims["channel"], edition.meta.rivals
    own = edition.get(RATE, channel=channel)
    if own is None or not say.testable(own):
        return None
    others = [(names.get(r.dims["entity"], r.dims["entity"]), r) for r in found if r.dims["channel"] == channel]
    brand, name, place = edition.meta.brand, names.get(rival.dims["entity"], ""), words.channel(channel)
    title = f"On {place}, {brand} and {name} answer about equally often"
    if say.apart(own, rival):
        title = (
            f"On {place}, {brand} answers more often than {name}: {_share(own, words)} against {_share(rival, words)}"
        )
    elif say.apart(rival, own):
        title = (
            f"On {place}, {name} answers more often than {brand}: {_share(rival, words)} against {_share(own, words)}"
        )
    return _dots(edition, words, "care.rivals", title, "company", [(brand, own), *others])


def _dots(edition: Edition, words: Words, ident: str, title: str, first: str, rows: Sequence[say.Labelled]) -> Exhibit:
    shown = [result for _, result in rows]

    def draw(tokens: Any, size: Any) -> Any:
        from cxreport.api import charts

        return charts.dot_interval([say.row(*row) for row in rows], tokens, size, unit="share", words=words)

    figures = ", ".join(f"{label} {words.value(result)}" for label, result in rows if result.shown)
    caution = (
        " A rival's records must have been collected by the same query to be compared." if first == "company" else ""
    )
    return Exhibit(
        id=ident,
        title=title,
        subtitle=f"Share of first public records with an answer, by {first}, {say.period(edition, words)}",
        results=tuple(shown),
        table=say.estimates(rows, words, first.capitalize(), "Answered"),
        chart=draw,
        alt=f"Dot plot of the share answered by {first}. {figures}.",
        note=say.marks_note(shown, words) + caution,
        keys=(say.ESTIMATE, say.INTERVAL),
        source=say.base_line(edition, words, sum(r.n for r in shown if r.shown), ("record", "records")),
        heading=f"Answered, by {first}",
    )  # fmt: skip


def _months(edition: Edition, words: Words) -> Exhibit | None:
    found = rates(edition.results(RATE), "month")
    if sum(result.shown for _, result in found) < 4:
        return None

    def draw(tokens: Any, size: Any) -> Any:
        from cxreport.api import charts

        rows = [charts.Month(m, r.value, r.low, r.high, r.n) if r.shown else charts.Month(m) for m, r in found]
        return charts.monthly_line(rows, tokens, size, unit="share", words=words)

    labelled = [(_month(month, words), result) for month, result in found]
    change = _change(edition, words)
    title = change[0].title if change else "The share answered did not clearly change from month to month"
    body = say.estimates(labelled, words, "Month", "Answered")
    return Exhibit(
        id="care.months",
        title=title,
        subtitle="Share of first public records with an answer, by the month in which the customer wrote",
        results=tuple(r for _, r in found),
        table=Table(body.columns, body.rows),
        chart=draw,
        alt=f"Line of the share answered by month. {title}.",
        note=say.marks_note([r for _, r in found], words),
        keys=(say.INTERVAL,),
        source=say.base_line(edition, words, sum(r.n for _, r in found), ("record", "records")),
        heading="Answered, by month",
    )


def _change(edition: Edition, words: Words) -> tuple[Finding, ...]:
    """Lowest against highest month, if their intervals are clearly apart in time's direction."""
    found = [(month, r) for month, r in rates(edition.results(RATE), "month") if say.testable(r)]
    if len(found) < 4:
        return ()
    low = min(found, key=lambda item: item[1].value or 0)
    high = max(found, key=lambda item: item[1].value or 0)
    if not say.apart(high[1], low[1]):
        return ()
    first, last = sorted((low, high), key=lambda item: item[0])
    verb = "rose" if first is low else "fell"
    title = (
        f"The share answered {verb} from {_share(first[1], words)} in {_month(first[0], words)} to "
        f"{_share(last[1], words)} in {_month(last[0], words)}"
    )
    text = (
        f"The two months lie clearly apart: {words.interval(first[1])} ({words.base(first[1].n)}) and "
        f"{words.interval(last[1])} ({words.base(last[1].n)})."
    )
    gap = abs((last[1].value or 0) - (first[1].value or 0))
    reach = (first[1].n + last[1].n) / max(1, _measured(edition))
    weight = say.weight(100 * gap, reach, last[1])
    return (Finding("care.change", title, text, weight, (first[1], last[1]), Link("care.months", "See the months")),)


def _weight(rate: Result, edition: Edition) -> float:
    """Those who were not answered, among all customer records."""
    return say.weight(100 * (1 - (rate.value or 0)), rate.n / max(1, _measured(edition)), rate)


def _measured(edition: Edition) -> int:
    """All customer records of the audit."""
    return edition.waterfall[-1].left if edition.waterfall else 0


def _ends(rows: Sequence[say.Labelled]) -> tuple[say.Labelled | None, say.Labelled | None]:
    """The highest and the lowest that may be compared."""
    able = [row for row in rows if say.testable(row[1])]
    return (able[0], able[-1]) if len(able) > 1 else (None, None)


def _share(result: Result, words: Words) -> str:
    return words.share(result.value or 0)


def _month(month: str, words: Words) -> str:
    from datetime import date

    return words.month(date(int(month[:4]), int(month[5:7]), 1))
