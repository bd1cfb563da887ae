"""The section `service`: the page Service performance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

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
    message,
)
from cxreport_plugins.care.aftermath import RECOVERY, RESOLUTION, asked, last_word, stages
from cxreport_plugins.care.curve import RATE, TIME, curve_of, headline
from cxreport_plugins.care.response_rate import rates
from cxreport_plugins.common import say


class Cut(NamedTuple):
    """How the share answered is told by channel or by company."""

    heading: str
    subtitle: str
    column: str
    caution: str = ""


BY_CHANNEL = Cut(
    message("Answered, by channel"),
    message("Share of first public records with an answer, by channel, {period}"),
    message("Channel"),
)
BY_COMPANY = Cut(
    message("Answered, by company"),
    message("Share of first public records with an answer, by company, {period}"),
    message("Company"),
    message("A rival's records must have been collected by the same query to be compared."),
)
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
            reason = words.retell(rate.reason) if rate else words.say("not measured")
            title = words.say("Service in public cannot be judged from this data")
            return SectionView(self.name, title, words.say("Because {reason}.", reason=reason))
        notes = (
            words.say(
                "An answer is a human reply by the brand in the same public thread. Automatic acknowledgements are no "
                "answers, and answers given in private cannot be seen."
            ),
            words.say(
                "Waiting times are clock hours. Who was never answered is not left out: such a record counts as still "
                "waiting when the audit was made."
            ),
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
            (rate,), Link("care.curve" if curve else SERVICE.href, words.say("See service performance")), curve,
        )  # fmt: skip
        return (told, *_change(edition, words))

    def kpis(self, edition: Edition, words: Words) -> Sequence[Kpi]:
        """Answered, and the median first response."""
        rate, time = edition.get(RATE), edition.get(TIME)
        found = [Kpi(RATE, words.say("Answered in public"), rate, (0, 1), 30, SERVICE.href)] if rate else []
        if time:
            top = max(1440.0, 1.2 * (time.high or time.value or 0))
            found.append(Kpi(TIME, words.say("First response, median"), time, (0, top), 40, SERVICE.href, "lower"))
        return found

    def limits(self, edition: Edition, words: Words) -> Sequence[str]:
        """What public records cannot tell about service."""
        rate = edition.get(RATE)
        if rate is None:
            return ()
        if not rate.testable:
            said = words.say(
                "We cannot say how many customers are answered: {reason}. It needs {input}.",
                reason=words.retell(rate.reason), input=words.retell(rate.needs[0]),
            )  # fmt: skip
            return (said,)
        return (
            words.say(
                "We cannot see answers given in private, nor whether a problem was solved after the last public word."
            ),
        )


def _meta(rate: Result, edition: Edition, words: Words) -> str:
    records = words.plural(rate.n, "first public record", "first public records")
    return f"{records}, {say.period(edition, words)}."


def _lede(edition: Edition, words: Words) -> str:
    """How soon, in two sentences at most."""
    time, day = edition.get(TIME), edition.get(TIME, within="1 day")
    parts = []
    if day is not None and day.shown and day.value is not None:
        share = words.share(day.value)
        parts.append(
            words.say("{share} hear back within a day ({interval}).", share=share, interval=words.interval(day))
        )
    if time is not None and time.shown and time.value is not None:
        half = words.duration(time.value)
        parts.append(
            words.say("Half have an answer after {time} ({interval}).", time=half, interval=words.interval(time))
        )
    elif time is not None and time.shown:
        parts.append(words.say("The median wait cannot be stated, because fewer than half were ever answered."))
    return " ".join(parts)


def _cut(edition: Edition, words: Words, dim: str, ident: str) -> Exhibit | None:
    found = [(words.channel(value), result) for value, result in rates(edition.results(RATE), dim)]
    shown = sorted(found, key=lambda item: -(item[1].value or 0))
    if sum(result.shown for _, result in found) < 2:
        return None
    best, worst = _ends(shown)
    title = words.say("No channel is clearly answered more often than another")
    if best and worst and say.apart(best[1], worst[1]):
        title = words.say(
            "{best} is answered most often ({most}), {worst} least ({least})",
            best=best[0], most=_share(best[1], words), worst=worst[0], least=_share(worst[1], words),
        )  # fmt: skip
    return _dots(edition, words, ident, title, BY_CHANNEL, shown)


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
    ends = {"channel": place, "first": brand, "second": name, "more": own, "less": rival}
    title = words.say("On {channel}, {first} and {second} answer about equally often", **ends)
    if say.apart(rival, own):
        ends |= {"first": name, "second": brand, "more": rival, "less": own}
    if say.apart(own, rival) or say.apart(rival, own):
        title = words.say(
            "On {channel}, {first} answers more often than {second}: {more} against {less}",
            **{key: _share(end, words) if isinstance(end, Result) else end for key, end in ends.items()},
        )
    return _dots(edition, words, "care.rivals", title, BY_COMPANY, [(brand, own), *others])


def _dots(edition: Edition, words: Words, ident: str, title: str, cut: Cut, rows: Sequence[say.Labelled]) -> Exhibit:
    shown = [result for _, result in rows]

    def draw(tokens: Any, size: Any) -> Any:
        from cxreport.api import charts

        return charts.dot_interval([say.row(*row) for row in rows], tokens, size, unit="share", words=words)

    figures = ", ".join(f"{label} {words.value(result)}" for label, result in rows if result.shown)
    notes = (say.marks_note(shown, words), words.say(cut.caution))
    return Exhibit(
        id=ident,
        title=title,
        subtitle=words.say(cut.subtitle, period=say.period(edition, words)),
        results=tuple(shown),
        table=say.estimates(rows, words, words.say(cut.column), words.say("Answered")),
        chart=draw,
        alt=f"{words.say(cut.heading)}. {figures}.",
        note=" ".join(note for note in notes if note),
        keys=(say.ESTIMATE, say.INTERVAL),
        source=say.base_line(edition, words, sum(r.n for r in shown if r.shown), ("record", "records")),
        heading=words.say(cut.heading),
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
    title = change[0].title if change else words.say("The share answered did not clearly change from month to month")
    body = say.estimates(labelled, words, words.say("Month"), words.say("Answered"))
    return Exhibit(
        id="care.months",
        title=title,
        subtitle=words.say("Share of first public records with an answer, by the month in which the customer wrote"),
        results=tuple(r for _, r in found),
        table=Table(body.columns, body.rows),
        chart=draw,
        alt=words.say("Line of the share answered by month. {title}.", title=title),
        note=say.marks_note([r for _, r in found], words),
        keys=(say.INTERVAL,),
        source=say.base_line(edition, words, sum(r.n for _, r in found), ("record", "records")),
        heading=words.say("Answered, by month"),
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
    title = words.say(
        "The share answered rose from {before} in {first} to {after} in {last}"
        if first is low
        else "The share answered fell from {before} in {first} to {after} in {last}",
        before=_share(first[1], words), first=_month(first[0], words),
        after=_share(last[1], words), last=_month(last[0], words),
    )  # fmt: skip
    text = words.say(
        "The two months lie clearly apart: {before} ({base_before}) and {after} ({base_after}).",
        before=words.interval(first[1]), base_before=words.base(first[1].n),
        after=words.interval(last[1]), base_after=words.base(last[1].n),
    )  # fmt: skip
    gap = abs((last[1].value or 0) - (first[1].value or 0))
    reach = (first[1].n + last[1].n) / max(1, _measured(edition))
    weight = say.weight(100 * gap, reach, last[1])
    return (
        Finding(
            "care.change", title, text, weight, (first[1], last[1]), Link("care.months", words.say("See the months"))
        ),
    )


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
