"""Exhibits of what customers answered when they were asked: NPS, CSAT, CES."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cxreport.api import Edition, Exhibit, Result, Words, counted, message
from cxreport_plugins.common.say import (
    ESTIMATE,
    INTERVAL,
    apart,
    estimates,
    marks_note,
    period,
    row,
    testable,
)
from cxreport_plugins.experience.chosen import CES, CSAT, NPS, main, parts, scales

ANSWERS = counted("answer", "answers")
CUTS = {
    "source_id": message("source"), "segment": message("segment"), "location_name": message("location"),
    "channel": message("channel"),
}  # fmt: skip
PARTS = (message("promoter"), message("passive"), message("detractor"), message("easy"), message("mean"))
"""Parts of a score as measures name them, for the catalogues."""
MADE_EASY = message("CES {version}: made it easy, 1 to {scale} (high is good), share of answers")
TOOK_EFFORT = message("CES {version}: effort it took, 1 to {scale} (low is good), share of answers")


def nps(edition: Edition, words: Words) -> Iterator[Exhibit]:
    """The distribution of answers, and the score by source and segment."""
    result = main(edition, NPS)
    if result is None or not result.shown:
        return
    answers = list(reversed(parts(edition, result, "score")))
    groups = {r.dims["group"]: r for r in parts(edition, result, "group")}
    low = groups.get("detractor")
    title = words.say("Answers from 0 to 10")
    if low and low.shown:
        title = words.say("{share} of the answers are between 0 and 6", share=words.value(low))
    labelled = [(r.dims["score"], r) for r in answers]
    yield distribution(
        edition, words, "experience.nps", words.say("Net Promoter Score: answers"), title,
        words.say("How likely to recommend, 0 to 10, share of answers"), result, labelled, extra=list(groups.values()),
    )  # fmt: skip
    dims = {dim for r in edition.results(NPS) for dim in r.dims if len(r.dims) == 1} - {"group", "score"}
    for dim in sorted(dims):
        yield from _by(edition, words, dim)


def _by(edition: Edition, words: Words, dim: str) -> Iterator[Exhibit]:
    """The score by the values of one column."""
    from cxreport.api import charts

    results = [r for r in edition.cut(NPS, dim) if r.testable]
    rows = [
        (_value(dim, r, words), r) for r in sorted(results, key=lambda r: (r.value is None, -(r.value or 0), r.key))
    ]
    if not rows:
        return
    drawn = [row(label, r) for label, r in rows]
    column = words.say(CUTS.get(dim, dim.replace("_", " ")))
    title = _gap(rows, column, words)
    yield Exhibit(
        id=f"experience.nps_{dim}",
        heading=words.say("Net Promoter Score by {column}", column=column),
        title=title,
        subtitle=words.say("Promoters minus detractors, points. {period}", period=period(edition, words)),
        results=tuple(results),
        table=estimates(rows, words, column.capitalize(), "NPS"),
        chart=lambda tokens, size: charts.dot_interval(drawn, tokens, size, unit="points", words=words),
        alt=words.say(
            "Dots with intervals of the Net Promoter Score by {column}. {title}.", column=column, title=title
        ),
        keys=(ESTIMATE, INTERVAL),
        note=marks_note(results, words),
        source=words.say("Base: {records}.", records=words.plural(sum(r.n for r in results), *ANSWERS)),
    )


def _value(dim: str, result: Result, words: Words) -> str:
    value = result.dims[dim]
    return words.channel(value) if dim == "channel" else value


def _gap(rows: Sequence[tuple[str, Result]], column: str, words: Words) -> str:
    ranked = [(label, r) for label, r in rows if testable(r)]
    if len(ranked) < 2:
        return words.say("Too few answers to compare the Net Promoter Score by {column}", column=column)
    (best, top), (worst, bottom) = ranked[0], ranked[-1]
    if not apart(top, bottom):
        return words.say("The Net Promoter Score does not clearly differ by {column}", column=column)
    return words.say(
        "The Net Promoter Score runs from {low} ({worst}) to {high} ({best})",
        low=words.value(bottom), worst=worst, high=words.value(top), best=best,
    )  # fmt: skip


def csat(edition: Edition, words: Words) -> Iterator[Exhibit]:
    """The distribution of answers on each scale."""
    for result in scales(edition, CSAT, "scale"):
        if result.shown:
            scale = result.dims["scale"].partition(" ")[0]
            answers = [(r.dims["score"], r) for r in reversed(parts(edition, result, "score"))]
            yield distribution(
                edition, words, f"experience.csat_{scale}", words.say("Satisfaction on {scale} points", scale=scale),
                words.say("{share} gave one of the best two answers", share=words.value(result)),
                words.say("Satisfaction, 1 to {scale}, share of answers", scale=scale), result, answers,
            )  # fmt: skip


def ces(edition: Edition, words: Words) -> Iterator[Exhibit]:
    """The distribution of answers of each version and scale."""
    for result in scales(edition, CES, "scale", "version"):
        if result.shown:
            yield _effort(edition, words, result)


def _effort(edition: Edition, words: Words, result: Result) -> Exhibit:
    version, scale = result.dims["version"], result.dims["scale"]
    easy, mean = (edition.get(CES, **result.dims, part=part) for part in ("easy", "mean"))
    question = MADE_EASY if version == "2.0" else TOOK_EFFORT
    title = words.say("The effort index is {index}", index=words.value(result))
    if easy is not None and easy.shown:
        title = words.say(
            "{share} found it easy; the effort index is {index}", share=words.value(easy), index=words.value(result)
        )
    answers = [(r.dims["score"], r) for r in reversed(parts(edition, result, "score"))]
    return distribution(
        edition, words, f"experience.ces_{version[0]}_{scale}", words.say("Customer effort {version}", version=version),
        title, words.say(question, version=version, scale=scale), result, answers,
        extra=[r for r in (easy, mean) if r is not None],
    )  # fmt: skip


def distribution(
    edition: Edition,
    words: Words,
    ident: str,
    heading: str,
    title: str,
    subtitle: str,
    result: Result,
    answers: Sequence[tuple[str, Result]],
    extra: Sequence[Result] = (),
) -> Exhibit:
    """Bars of each answer's share; the headline and other parts stand in the table above them."""
    from cxreport.api import charts

    drawn = [row(label, r) for label, r in answers]
    parts_of = [(", ".join(words.say(r.dims[d]) for d in r.dims if d not in result.dims), r) for r in extra]
    body = [(heading.partition(":")[0], result), *parts_of, *answers]
    return Exhibit(
        id=ident,
        heading=heading,
        title=title,
        subtitle=f"{subtitle}. {period(edition, words)}",
        results=(result, *extra, *(r for _, r in answers)),
        table=estimates(body, words, words.say("Answer"), words.say("Value"), heading),
        chart=lambda tokens, size: charts.share_bars(drawn, tokens, size, unit="share", words=words),
        alt=words.say("Bars of the share of each answer. {title}.", title=title),
        keys=(INTERVAL,),
        note=marks_note([result], words),
        source=words.say("Base: {records}.", records=words.plural(result.n, *ANSWERS)),
    )
