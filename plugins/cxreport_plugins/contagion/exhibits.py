"""Exhibits of the page How experience spreads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from cxreport.api import Edition, Exhibit, Result, Table, Words, message
from cxreport_plugins.common import say

SHARES, RATE, BRANCHING = "contagion.shareability", "contagion.share_rate", "contagion.branching"
BURSTS, EXPOSURE, SKEW = "contagion.bursts", "contagion.exposure", "contagion.negativity_skew"
LADDER = "contagion.ladder"
COMPLAINTS, MOOD, PUBLIC = "contagion.complaint_rate", "contagion.mood_of_replies", "contagion.publicness"

Row = Mapping[str, Any]
OTHERS: Final[tuple[tuple[str, str, dict[str, str], str], ...]] = (
    (message("Reshares per post"), RATE, {}, ""),
    (message("Reshares per negative post"), RATE, {"sentiment": "negative"}, ""),
    (message("Reshares per positive post"), RATE, {"sentiment": "positive"}, ""),
    (message("Reshares of the median post"), RATE, {"statistic": "median"}, ""),
    (message("Part of all reshares that the top 1% of posts hold"), RATE, {"statistic": "top"}, ""),
    (
        message("Branching of cascades"),
        BRANCHING,
        {},
        message("Further posts set off by each post of a cascade; below 1 always"),
    ),
    (message("Branching, negative"), BRANCHING, {"sentiment": "negative"}, ""),
    (message("Branching, positive"), BRANCHING, {"sentiment": "positive"}, ""),
    (message("Half of the reposts came within"), BRANCHING, {"statistic": "half_time"}, ""),
    (message("Replies to negative posts that are negative"), MOOD, {"parent": "negative"}, ""),
    (message("Replies to other posts that are negative"), MOOD, {"parent": "other"}, ""),
    (message("Difference of the two"), MOOD, {}, message("An association, not a cause")),
    (
        message("Highest day of a burst over an ordinary day"),
        BURSTS,
        {"part": "amplitude"},
        message("Median of all bursts"),
    ),
    (message("Doubling time of a burst"), BURSTS, {"part": "doubling"}, message("Median of all bursts")),
    (message("Records that anybody can read"), PUBLIC, {"shared": "public"}, message("Of what was collected")),
    (message("Records that some can read"), PUBLIC, {"shared": "semi"}, ""),
    (message("Records that only the brand can read"), PUBLIC, {"shared": "private"}, ""),
)

ASKED = (message("Asked"), message("Value"), message("95% interval"), message("Base"), message("What it is"))
CASES = (
    message("Theme"), message("First day"), message("Days"), message("Records"), message("People, highest day"),
    message("Over an ordinary day"), message("Doubled in"), message("Followers, bounds"),
)  # fmt: skip
RUNGS = (
    message("Theme"), message("Complained in private before"), message("First public day"), message("Highest day"),
    message("People, highest day"), message("First answer after"), message("Written before it"),
    message("Answered"), message("Last day"),
)  # fmt: skip


def sides(edition: Edition) -> tuple[Result | None, Result | None, Result | None]:
    """The odds ratio, and the shares of positive and of negative posts passed on, where they are shown."""
    found = (edition.get(SHARES), *(edition.get(SHARES, sentiment=s) for s in ("positive", "negative")))
    odds, positive, negative = (r if r is not None and r.shown else None for r in found)
    return odds, positive, negative


def clear_odds(odds: Result) -> int:
    """1 where positive posts are clearly passed on more readily, -1 where negative ones are, else 0."""
    if not say.sound(odds) or odds.low is None or odds.high is None:
        return 0
    return int(odds.low > 1) - int(odds.high < 1)


def away(gap: Result) -> bool:
    """Whether a difference can be told from zero."""
    return gap.low is not None and gap.high is not None and (gap.low > 0 or gap.high < 0)


def passing_title(edition: Edition, words: Words) -> str:
    """Never more than the interval of the odds ratio allows."""
    odds, positive, negative = sides(edition)
    clear = clear_odds(odds) if odds else 0
    if not clear or positive is None or negative is None:
        return words.say("Positive and negative posts are passed on about equally often")
    return words.say(
        "Positive posts are passed on more often than negative ones: {positive} against {negative}"
        if clear > 0
        else "Negative posts are passed on more often than positive ones: {negative} against {positive}",
        positive=words.value(positive),
        negative=words.value(negative),
    )


def passing(edition: Edition, words: Words, plain: bool = False) -> Exhibit | None:
    """Share of posts passed on at least once, by sentiment."""
    odds, positive, negative = sides(edition)
    if odds is None or positive is None or negative is None:
        return None
    rows = [(words.say("Negative posts"), negative), (words.say("Positive posts"), positive)]
    title = words.say("Passed on at least once") if plain else passing_title(edition, words)
    note = words.say(
        "Odds of a positive post over those of a negative one: {odds} ({interval}).",
        odds=words.value(odds), interval=words.interval(odds),
    )  # fmt: skip
    return _dots(
        edition, words, "contagion.passing", title, words.say("Share of public posts passed on at least once"), rows,
        words.say("Posts"), words.say("Passed on"), note, words.say("Passed on, by tone"),
    )  # fmt: skip


def _titled(row: Row, edition: Edition) -> str:
    """A theme by its label."""
    book = edition.get("themes.share", part="codebook")
    labels = {r["id"]: r["label"] for r in book.rows} if book else {}
    return str(labels.get(row["theme"], row["theme"]))


def burst_title(edition: Edition, words: Words) -> str:
    """The largest burst in one sentence."""
    cases = edition.get(BURSTS, part="cases")
    if cases is None or not cases.rows:
        return words.say("Complaints did not burst on any theme")
    first = cases.rows[0]
    return words.say(
        "Complaints of “{theme}” burst on {day}: {times} times an ordinary day",
        theme=_titled(first, edition), day=_on(first["day"], words), times=words.number(first["amplitude"]),
    )  # fmt: skip


def grown(row: Row, words: Words) -> str:
    """How many wrote, and how fast that grew."""
    people = row["people"]
    if not row["doubling_hours"]:
        return words.count(
            people, "{n}\u00a0person wrote on the highest day.", "{n}\u00a0people wrote on the highest day."
        )
    return words.count(
        people, "{n}\u00a0person wrote on the highest day; that number doubled within {time}.",
        "{n}\u00a0people wrote on the highest day; their number doubled within {time}.",
        time=words.duration(60 * row["doubling_hours"]),
    )  # fmt: skip


def bursts(edition: Edition, words: Words) -> Exhibit | None:
    """The bursts of ten people or more."""
    cases, count = edition.get(BURSTS, part="cases"), edition.get(BURSTS)
    if cases is None or count is None or not cases.shown or not cases.rows:
        return None
    body = tuple(
        (
            _titled(row, edition), _on(row["day"], words), words.number(row["days"]),
            words.number(row["records"]), words.number(row["people"]), f"{words.number(row['amplitude'], 1)}×",
            words.duration(60 * row["doubling_hours"]) if row["doubling_hours"] else "",
            _followers(row, words),
        )
        for row in cases.rows
    )  # fmt: skip
    small, note = int(count.value or 0) - len(cases.rows), words.say("Followers are not viewers.")
    if small:
        left_out = words.count(
            small,
            "{n}\u00a0smaller burst is not listed; among many themes and days some pass the limit by chance.",
            "{n}\u00a0smaller bursts are not listed; among many themes and days some pass the limit by chance.",
        )
        note = f"{left_out} {note}"
    return Exhibit(
        id="contagion.bursts", title=burst_title(edition, words),
        subtitle=words.say(
            "Days with more public complaints of a theme than its control limit. {period}",
            period=say.period(edition, words),
        ),
        results=(cases, count), table=Table(tuple(map(words.say, CASES)), body), note=note,
        source=say.base_line(edition, words, cases.n, ("negative record on a theme", "negative records on a theme")),
        heading=words.say("Bursts of complaints"),
    )  # fmt: skip


def ladder(edition: Edition, words: Words) -> Exhibit | None:
    """How the largest bursts escalated, rung by rung."""
    found = edition.get(LADDER)
    if found is None or not found.shown or not found.rows:
        return None
    return Exhibit(
        id=LADDER, heading=words.say("Ladder of escalation"), title=_rung(found.rows[0], edition, words),
        subtitle=words.say("Bursts of ten people or more, step by step. {period}", period=say.period(edition, words)),
        results=(found,), table=Table(tuple(map(words.say, RUNGS)), tuple(
            (
                _titled(row, edition), _private(row, words), _on(row["day"], words), _on(row["peak_day"], words),
                words.number(row["people"]), _reply(row, words),
                "" if row["before_answer"] is None else words.share(row["before_answer"]), words.share(row["answered"]),
                _on(row["last_day"], words),
            )
            for row in found.rows
        ), align=("left", "left", "left", "left", "right", "right", "right", "right", "left")),
        note=words.say("Private complaints of the 30 days before are about the same theme, not surely the same case. "
                       "What press and management did stands with the rating of the case."),
    )  # fmt: skip


def _rung(row: Row, edition: Edition, words: Words) -> str:
    """How long the public waited for the first word of the brand."""
    theme = _titled(row, edition)
    if row["answer_hours"] is None:
        return words.say("When complaints of “{theme}” burst, nobody was answered", theme=theme)
    return words.say(
        "When complaints of “{theme}” burst, the first answer came after {time} and {share} were answered",
        theme=theme, time=words.duration(60 * row["answer_hours"]), share=words.share(row["answered"]),
    )  # fmt: skip


def _private(row: Row, words: Words) -> str:
    if not row["private"]:
        return words.say("none known")
    times = words.count(row["private"], "{n} time", "{n} times")
    return words.say("{times}, last {days} before", times=times, days=words.plural(row["private_days"], "day", "days"))


def _reply(row: Row, words: Words) -> str:
    return words.say("never") if row["answer_hours"] is None else words.duration(60 * row["answer_hours"])


def _followers(row: Row, words: Words) -> str:
    if not row["reach_high"]:
        return ""
    return words.say("{low} to {high}", low=words.number(row["reach_low"]), high=words.number(row["reach_high"]))


def _on(day: str, words: Words) -> str:
    return words.date(date.fromisoformat(day))


def exposure(edition: Edition, words: Words) -> Exhibit | None:
    """Chance of meeting a negative review, by platform."""
    rows = [(words.channel(r.dims["channel"]), r) for r in edition.cut(EXPOSURE, "channel") if r.shown]
    if not rows:
        return None
    low, high = (pick(r.value or 0 for _, r in rows) for pick in (min, max))
    title = words.say("Chance that a reader of a few reviews meets a negative one: {share}", share=words.share(low))
    if len(rows) > 1:
        title = words.say(
            "Chance that a reader of a few reviews meets a negative one: {low} to {high}, by platform",
            low=words.share(low), high=words.share(high),
        )  # fmt: skip
    return _dots(
        edition, words, "contagion.exposure", title,
        words.say("Chance of at least one negative review among those read"), _ordered(rows),
        words.say("Platform"), words.say("Chance"),
        words.say("As if reviews were read at random; platforms sort them."), words.say("Exposure, by platform"),
    )  # fmt: skip


def skew_title(edition: Edition, words: Words) -> str:
    """Never more than the interval allows."""
    gap, own, asked = (edition.get(SKEW), edition.get(SKEW, side="spontaneous"), edition.get(SKEW, side="solicited"))
    if gap is None or own is None or asked is None or not say.testable(gap) or not away(gap):
        return words.say("Who writes unasked is about as often negative as who is asked")
    return words.say(
        "Who writes unasked is more often negative than who is asked: {own} against {asked}"
        if (gap.value or 0) > 0
        else "Who writes unasked is less often negative than who is asked: {own} against {asked}",
        own=words.value(own),
        asked=words.value(asked),
    )


def skew(edition: Edition, words: Words, plain: bool = False) -> Exhibit | None:
    """Share negative, of what was asked for and what was not."""
    found = (
        (words.say("Unasked"), edition.get(SKEW, side="spontaneous")),
        (words.say("Asked"), edition.get(SKEW, side="solicited")),
    )
    rows = [(label, r) for label, r in found if r is not None and r.shown]
    if len(rows) < len(found):
        return None
    title = words.say("Share of negative texts") if plain else skew_title(edition, words)
    return _dots(
        edition, words, "contagion.skew", title, words.say("Share of texts that are negative"), rows,
        words.say("Texts"), words.say("Negative"),
        words.say("Months that hold both. Different people on different channels."), words.say("Unasked and asked"),
    )  # fmt: skip


def complaints(edition: Edition, words: Words) -> Exhibit | None:
    """Complaint rate by channel, with the volume of the stream."""
    found = [r for r in edition.cut(COMPLAINTS, "channel") if r.shown]
    if len(found) < 2:
        return None
    rows = _ordered([(words.channel(r.dims["channel"]), r) for r in found])
    largest = max(
        edition.cut(COMPLAINTS, "channel", "volume"), key=lambda r: (r.value or 0, r.key), default=None
    )  # fmt: skip
    whole = edition.get(COMPLAINTS)
    title = words.say("How much of what customers address to the brand is negative")
    if whole and whole.shown:
        title = words.say("{share} of what customers address to the brand is negative", share=words.value(whole))
    note = say.marks_note([r for _, r in rows], words)
    if largest is not None and largest.shown:
        count = words.plural(int(largest.value or 0), "negative public record", "negative public records")
        channel = words.channel(largest.dims["channel"])
        most = words.say("Most of the stream runs on {channel}: {records}.", channel=channel, records=count)
        note = f"{most} {note}".strip()
    return _dots(
        edition, words, "contagion.complaints", title,
        words.say("Share of records addressed to the brand that are negative"), rows,
        words.say("Channel"), words.say("Negative"), note, words.say("Complaint rate, by channel"),
    )  # fmt: skip


def others(edition: Edition, words: Words) -> Exhibit | None:
    """Everything else, in one table."""
    asked = [(label, edition.get(measure, **dims), what) for label, measure, dims, what in OTHERS]
    found = [(label, r, what) for label, r, what in asked if r is not None]
    if not any(r.shown for _, r, _ in found):
        return None
    body = tuple(
        (
            words.say(label), words.value(r), words.interval(r) if r.shown else words.retell(r.reason),
            words.base(r.n) if r.n else "", _about(r, what, words),
        )
        for label, r, what in found
    )  # fmt: skip
    return Exhibit(
        id="contagion.others", title=words.say("What else was asked about spreading"),
        heading=words.say("What else was asked"),
        subtitle=say.period(edition, words), results=tuple(r for _, r, _ in found),
        table=Table(
            tuple(map(words.say, ASKED)), body,
            align=("left", "right", "right", "right", "left"),
        ),
        note=say.marks_note([r for _, r, _ in found if r.status != "directional"], words),
    )  # fmt: skip


def _about(result: Result, what: str, words: Words) -> str:
    if result.status != "directional":
        return words.say(what)
    return words.say("Directional: {reason}.", reason=words.retell(result.reason))


def measured(edition: Edition) -> int:
    """All customer records of the audit."""
    return edition.waterfall[-1].left if edition.waterfall else 0


def reach(result: Result, edition: Edition) -> float:
    """Which part of them a result is about."""
    return min(1.0, result.n / max(1, measured(edition)))


def _ordered(rows: Sequence[say.Labelled]) -> list[say.Labelled]:
    return sorted(rows, key=lambda row: -(row[1].value or 0))


def _dots(
    edition: Edition, words: Words, ident: str, title: str, what: str, rows: Sequence[say.Labelled], first: str,
    value: str, note: str, heading: str,
) -> Exhibit:  # fmt: skip
    def draw(tokens: Any, size: Any) -> Any:
        from cxreport.api import charts

        return charts.dot_interval([say.row(*row) for row in rows], tokens, size, unit="share", words=words)

    figures = ", ".join(f"{label} {words.value(r)}" for label, r in rows)
    marks = say.marks_note([r for _, r in rows], words)
    return Exhibit(
        id=ident, title=title, subtitle=f"{what}. {say.period(edition, words)}", results=tuple(r for _, r in rows),
        table=say.estimates(rows, words, first, value), chart=draw,
        alt=words.say("Dots with intervals. {what}. {figures}.", what=what, figures=figures),
        note=note if marks in note else f"{note} {marks}", keys=(say.ESTIMATE, say.INTERVAL),
        source=say.base_line(edition, words, sum(r.n for _, r in rows), ("record", "records")), heading=heading,
    )  # fmt: skip
