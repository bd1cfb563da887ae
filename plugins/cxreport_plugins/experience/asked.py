"""Exhibits of what customers answered when they were asked: NPS, CSAT, CES."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cxreport.api import Edition, Exhibit, Result, Words
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

ANSWERS = ("answer", "answers")
CUTS = {"source_id": "source", "segment": "segment", "location_name": "location", "channel": "channel"}


def nps(edition: Edition, words: Words) -> Iterator[Exhibit]:
    """The distribution of answers, and the score by source and segment."""
    result = main(edition, NPS)
    if result is None or not result.shown:
        return
    answers = list(reversed(parts(edition, result, "score")))
    groups = {r.dims["group"]: r for r in parts(edition, result, "group")}
    low = groups.get("detractor")
    title = f"{words.value(low)} of the answers are between 0 and 6" if low and low.shown else "Answers from 0 to 10"
    labelled = [(r.dims["score"], r) for r in answers]
    yield distribution(
        edition, words, "experience.nps", "Net Promoter Score: answers", title,
        "How likely to recommend, 0 to 10, share of answers", result, labelled, extra=list(groups.values()),
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
    column = CUTS.get(dim, dim.replace("_", " "))
    yield Exhibit(
        id=f"experience.nps_{dim}",
        heading=f"Net Promoter Score by {column}",
        title=_gap(rows, column, words),
        subtitle=f"Promoters minus detractors, points. {period(edition, words)}",
        results=tuple(results),
        table=estimates(rows, words, column.capitalize(), "NPS"),
        chart=lambda tokens, size: charts.dot_interval(drawn, tokens, size, unit="points", words=words),
        alt=f"Dots with intervals of the Net Promoter Score by {column}. {_gap(rows, column, words)}.",
        keys=(ESTIMATE, INTERVAL),
        note=marks_note(results, words),
        source=f"Base: {words.plural(sum(r.n for r in results), *ANSWERS)}.",
    )


def _value(dim: str, result: Result, words: Words) -> str:
    value = result.dims[dim]
    return words.channel(value) if dim == "channel" else value


def _gap(rows: Sequence[tuple[str, Result]], column: str, words: Words) -> str:
    ranked = [(label, r) for label, r in rows if testable(r)]
    if len(ranked) < 2:
        return f"Too few answers to compare the Net Promoter Score by {column}"
    (best, top), (worst, bottom) = ranked[0], ranked[-1]
    if not apart(top, bottom):
        return f"The Net Promoter Score does not clearly differ by {column}"
    return f"The Net Promoter Score runs from {words.value(bottom)} ({worst}) to {words.value(top)} ({best})"


def csat(edition: Edition, words: Words) -> Iterator[Exhibit]:
    """The distribution of answers on each scale."""
    for result in scales(edition, CSAT, "scale"):
        if result.shown:
            scale = result.dims["scale"].partition(" ")[0]
            answers = [(r.dims["score"], r) for r in reversed(parts(edition, result, "score"))]
            yield distribution(
                edition, words, f"experience.csat_{scale}", f"Satisfaction on {scale} points",
                f"{words.value(result)} gave one of the best two answers",
                f"Satisfaction, 1 to {scale}, share of answers", result, answers,
            )  # fmt: skip


def ces(edition: Edition, words: Words) -> Iterator[Exhibit]:
    """The distribution of answers of each version and scale."""
    for result in scales(edition, CES, "scale", "version"):
        if result.shown:
            yield _effort(edition, words, result)


def _effort(edition: Edition, words: Words, result: Result) -> Exhibit:
    version, scale = result.dims["version"], result.dims["scale"]
    easy, mean = (edition.get(CES, **result.dims, part=part) for part in ("easy", "mean"))
    question = "made it easy, 1 to {} (high is good)" if version == "2.0" else "effort it took, 1 to {} (low is good)"
    title = f"The effort index is {words.value(result)}"
    if easy is not None and easy.shown:
        title = f"{words.value(easy)} found it easy; the effort index is {words.value(result)}"
    answers = [(r.dims["score"], r) for r in reversed(parts(edition, result, "score"))]
    return distribution(
        edition, words, f"experience.ces_{version[0]}_{scale}", f"Customer effort {version}", title,
        f"CES {version}: {question.format(scale)}, share of answers", result, answers,
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
    parts_of = [(", ".join(r.dims[d] for d in r.dims if d not in result.dims), r) for r in extra]
    body = [(heading.partition(":")[0], result), *parts_of, *answers]
    return Exhibit(
        id=ident,
        heading=heading,
        title=title,
        subtitle=f"{subtitle}. {period(edition, words)}",
        results=(result, *extra, *(r for _, r in answers)),
        table=estimates(body, words, "Answer", "Value", heading),
        chart=lambda tokens, size: charts.share_bars(drawn, tokens, size, unit="share", words=words),
        alt=f"Bars of the share of each answer. {title}.",
        keys=(INTERVAL,),
        note=marks_note([result], words),
        source=f"Base: {words.plural(result.n, *ANSWERS)}.",
    )
