"""Exhibits of discovery: whom people speak of, who answers, where they have it from, why they choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cxreport.api import MOMENTS, Edition, Exhibit, Words, message
from cxreport_plugins.common.drawn import Wording, bars, dots
from cxreport_plugins.common.say import Labelled, apart, testable
from cxreport_plugins.discovery.voice import ALL
from cxreport_plugins.discovery.words import (
    BREADTH,
    QUESTIONS,
    REASONS,
    SOURCES,
    VOICE,
    by_size,
    company,
    named,
    told,
)


def voice(edition: Edition, words: Words) -> Exhibit | None:
    """Share of voice of the brand and its rivals: of all records, and of those that look around."""
    found = [r for r in edition.cut(VOICE, "moment", "entity") if r.testable and r.dims["moment"] in (ALL, "zmot")]
    if not found:
        return None
    where = {ALL: message("{company}, all records"), "zmot": message("{company}, looking around")}
    rows = [(words.say(where[r.dims["moment"]], company=company(edition, r.dims["entity"])), r) for r in found]
    title = voice_title(edition, words)
    wording = Wording(
        id="discovery.voice", heading="Share of voice", title=title,
        subtitle="Records about a company, share of those about the brand and its rivals",
        columns=("Company", "Share of voice"), shown="shares of voice by company",
        base=(_most(rows), ("record", "records")),
        notes=("Valid only as far as rivals were collected by the same query as the brand.",),
    )  # fmt: skip
    return bars(wording, rows, edition, words)


def voice_title(edition: Edition, words: Words) -> str:
    """Whether the brand is spoken of as much by those who look around as by everybody."""
    looking, everybody = (edition.get(VOICE, moment=m, entity="brand") for m in ("zmot", ALL))
    if looking is None or not looking.shown:
        return words.say("Too few records of people who look around to tell whom they speak of")
    said = message("{share} of what people say as they look around is about {brand}")
    if everybody is not None and testable(looking) and testable(everybody):
        if apart(everybody, looking):
            said = message("{share} of what people say as they look around is about {brand}, less than of all they say")
        elif apart(looking, everybody):
            said = message("{share} of what people say as they look around is about {brand}, more than of all they say")
    return words.say(said, share=words.value(looking), brand=edition.meta.brand)


def answers(edition: Edition, words: Words) -> Exhibit | None:
    """Who answers questions before the choice."""
    parts = {"brand": message("The brand"), "peers": message("Other customers"), "unanswered": message("Nobody")}
    found = [(words.say(name), edition.get(QUESTIONS, part=part)) for part, name in parts.items()]
    rows = [(name, r) for name, r in found if r is not None and r.testable]
    if not rows:
        return None
    age = edition.get(QUESTIONS, part="age")
    note = ""
    if age is not None and age.shown:
        note = words.say("Median age of those that nobody answered: {age}.", age=told(age, words))
    wording = Wording(
        id="discovery.answers", heading="Answers to questions", title=answers_title(edition, words),
        subtitle="Public questions of people who look around, by who answered; both may",
        columns=("Answered by", "Share of questions"), shown="shares of questions by who answered",
        base=(_most(rows), ("question", "questions")), notes=(note,),
    )  # fmt: skip
    return bars(wording, rows, edition, words)


def answers_title(edition: Edition, words: Words) -> str:
    """How many questions nobody answered."""
    alone = edition.get(QUESTIONS, part="unanswered")
    if alone is None or not alone.shown:
        return words.say("Too few questions before the choice to tell who answers")
    return words.say("Nobody answers {share} of the questions people ask before they choose", share=words.value(alone))


def sources(edition: Edition, words: Words) -> Exhibit | None:
    """How customers heard of the brand, as they answered; as texts tell where no survey asks."""
    shown = [r for r in edition.cut(SOURCES, "of", "source") if r.shown]
    of = "answers" if any(r.dims["of"] == "answers" for r in shown) else "texts"
    found = [r for r in shown if r.dims["of"] == of]
    ranked = by_size([(named("source", r.dims["source"], words), r) for r in found if r.dims["source"] != "any"])
    if not ranked:
        return None
    first, result = ranked[0]
    others = [r for _, r in ranked[1:]]
    clear = testable(result) and all(apart(result, r) for r in others)
    title = words.say(
        "{source} is what most customers name: {share}" if clear
        else "{source} is among what most customers name: {share}",
        source=first, share=words.value(result),
    )  # fmt: skip
    slope, digital = edition.get(SOURCES, of=of, part="slope"), edition.get(SOURCES, of=of, medium="digital")
    note = []
    if digital is not None:
        note.append(words.say("Digital sources together: {share}.", share=told(digital, words)))
    if slope is not None and slope.shown:
        note.append(words.say("Their change a month, in points: {change}.", change=told(slope, words)))
    wording = Wording(
        id="discovery.sources", heading="How customers heard of it", title=title,
        subtitle="Answers to how customers heard of it; several count" if of == "answers"
        else "Texts up to the choice that name a source; several count",
        columns=("Source", "Share"), shown="shares by source", notes=tuple(note),
        base=(_most(ranked), ("answer", "answers")),
    )  # fmt: skip
    if of == "texts":
        wording = replace(wording, base=(_most(ranked), ("text", "texts")))
    return bars(wording, ranked, edition, words)


def reasons(edition: Edition, words: Words) -> Exhibit | None:
    """Why customers choose, among the texts that say so."""
    found = [(named("reason", r.dims["reason"], words), r) for r in edition.cut(REASONS, "reason") if r.shown]
    ranked = by_size(found)
    if not ranked:
        return None
    (first, result), stated = ranked[0], edition.get(REASONS, part="stated")
    note = ""
    if stated is not None:
        note = words.say("A reason is stated in {share} of the texts up to the choice.", share=told(stated, words))
    wording = Wording(
        id="discovery.reasons", heading="Stated reasons",
        title=words.say(
            "{reason} is the reason that {share} of those give who state one", reason=first, share=words.value(result)
        ),
        subtitle="Texts up to the choice that state a reason, share; several count",
        columns=("Reason", "Share"), shown="shares by reason", base=(_most(ranked), ("text", "texts")), notes=(note,),
    )  # fmt: skip
    return bars(wording, ranked, edition, words)


def breadth(edition: Edition, words: Words) -> Exhibit | None:
    """How many companies people name at each moment."""
    found = [(m, edition.get(BREADTH, moment=m)) for m in MOMENTS]
    said = [(m, r) for m, r in found if r is not None and r.shown]
    rows = [(words.moment(m, long=True), r) for m, r in said]
    if len(rows) < 2:
        return None
    moment, widest = max(said, key=lambda item: item[1].value or 0)
    title = words.say("No moment at which people clearly name more companies than at another")
    if testable(widest) and all(apart(widest, r) for _, r in rows if r is not widest):
        title = words.say(
            "People weigh most companies at the {moment}: {companies} each",
            moment=words.moment(moment), companies=words.value(widest),
        )  # fmt: skip
    looked = edition.get(BREADTH, of="answers", part="looked")
    note = ""
    if looked is not None:
        note = words.say("Asked in a survey, {share} looked at others before they bought.", share=told(looked, words))
    wording = Wording(
        id="discovery.breadth", heading="Companies in mind", title=title,
        subtitle="Companies that a person names in public at a moment, mean; 1 is the least",
        columns=("Moment", "Companies a person"), shown="companies named a person by moment", notes=(note,),
        base=(sum(r.n for _, r in rows), ("person at a moment", "people at a moment")),
    )  # fmt: skip
    return dots(wording, rows, edition, words, unit="ratio")


def _most(rows: Sequence[Labelled]) -> int:
    """The largest base."""
    return max(result.n for _, result in rows)
