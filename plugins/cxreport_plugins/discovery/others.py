"""The table "What else was asked" of discovery."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cxreport.api import Edition, Exhibit, Result, Table, Words, message
from cxreport_plugins.common.say import Labelled, marks_note, period
from cxreport_plugins.discovery.connected import LOW_IS_GOOD
from cxreport_plugins.discovery.words import (
    CITED,
    CONNECTED,
    INFLUENCE,
    KEYNESS,
    LADDER,
    LOOP,
    OPENNESS,
    OUTCOME,
    PERCEPTION,
    PILLARS,
    PLACES,
    RIVALS,
    SEARCH,
    TECHNOLOGIES,
    TOPICS,
    TRIGGER,
    by_size,
    named,
    theme,
    told,
)

RATIOS = {"love:own": message("love over own"), "own:want": message("own over want")}
BELIEFS = {"channels": message("channels, {who}; 0 is none"), "moments": message("moments, {who}; 0 is none")}


def others(edition: Edition, words: Words) -> Exhibit | None:
    """What else was asked: every further measure in one table."""
    rows = [
        (words.say(question), label, told(r, words), r)
        for question, found in _questions(edition, words)
        for label, r in found
        if r is not None
    ]
    if not rows:
        return None
    return Exhibit(
        id="discovery.others", heading=words.say("What else was asked"),
        title=words.say("What else was asked on the way to a choice"),
        subtitle=words.say("Values with 95% intervals and bases. {period}", period=period(edition, words)),
        results=tuple(r for *_, r in rows),
        table=Table(
            (words.say("Question"), words.say("Of"), words.say("Answer")),
            tuple((q, label, text) for q, label, text, _ in rows),
            align=("left", "left", "left"), caption=words.say("What else was asked"),
        ),
        note=marks_note([r for *_, r in rows], words),
    )  # fmt: skip


def _questions(edition: Edition, words: Words) -> Iterable[tuple[str, Sequence[tuple[str, Result | None]]]]:
    """Questions, each with its labelled answers."""
    yield (
        message("Where do they talk?"),
        _best([(words.channel(r.dims["channel"]), r) for r in edition.cut(PLACES, "channel")]),
    )
    yield (
        message("Whom do they call expert?"),
        _best([(named("cited", r.dims["cited"], words), r) for r in edition.cut(CITED, "cited")])
        or _none(edition, CITED),
    )
    sides = {"customers": message("other customers"), "brand": message("the brand"), "rivals": message("rivals")}
    yield (
        message("Whom do they answer and pass on?"),
        [(words.say(sides[r.dims["whom"]]), r) for r in edition.cut(INFLUENCE, "whom") if r.dims["whom"] in sides]
        or _none(edition, INFLUENCE),
    )
    yield (
        message("What do they ask about?"),
        _best([(theme(edition, r.dims["theme"]), r) for r in edition.cut(TOPICS, "theme")]) or _none(edition, TOPICS),
    )
    used = [r for r in edition.cut(TECHNOLOGIES, "of", "technology") if r.dims["of"] == "texts"]
    yield (
        message("Which technologies do they mention?"),
        _best([(named("technology", r.dims["technology"], words), r) for r in used]),
    )
    yield (
        message("What comes of their search?"),
        [
            (words.say("bought, of those known"), edition.get(OUTCOME, part="conversion")),
            (words.say("bought, of all, bounds"), edition.get(OUTCOME, part="bounds")),
        ],
    )
    yield (
        message("Who stands beside the brand, and wins?"),
        [
            (words.say("texts that look around and name a rival"), edition.get(RIVALS, part="named")),
            (words.say("come from a rival, of those that come or go"), edition.get(RIVALS, part="won")),
        ],
    )
    yield (
        message("Do they want, love, own it?"),
        [
            *((named("ladder", r.dims["step"], words).lower(), r) for r in edition.cut(LADDER, "step")),
            *((words.say(RATIOS[r.dims["ratio"]]), r) for r in edition.cut(LADDER, "ratio")),
        ],
    )
    yield (
        message("Do people get what they ask for?"),
        [(words.say("public questions answered"), edition.get(OPENNESS, part="rate"))],
    )
    yield (
        message("What does a search show?"),
        [
            (words.say("own pages"), edition.get(SEARCH, part="own")),
            (words.say("not negative"), edition.get(SEARCH, part="harmless")),
        ]
        if edition.cut(SEARCH, "part")
        else _none(edition, SEARCH),
    )
    yield (
        message("Which words are used of the brand, which of rivals?"),
        _words_of(edition, words) or _none(edition, KEYNESS),
    )
    yield (
        message("What do campaigns set off?"),
        [(words.say("looking around, over what was expected"), r) for r in edition.results(TRIGGER) if not r.dims][:1],
    )
    yield (
        message("Does what is shared feed who looks around?"),
        _largest_lag(edition, words) or _none(edition, LOOP),
    )
    yield (
        message("Do those who came by a digital way judge otherwise?"),
        _gaps(edition, words) or _none(edition, CONNECTED),
    )
    yield (
        message("Which pillars of social commerce do texts lean on?"),
        _best([(named("pillar", r.dims["pillar"], words).lower(), r) for r in edition.cut(PILLARS, "pillar")])
        or _none(edition, PILLARS),
    )
    yield (
        message("How far is what the company believes from the data?"),
        [
            (words.say(BELIEFS[r.dims["question"]], who=words.say(r.dims["who"])), r)
            for r in edition.cut(PERCEPTION, "question", "who")
        ]
        or _none(edition, PERCEPTION),
    )


def _gaps(edition: Edition, words: Words) -> list[Labelled]:
    """Connected customers less others, on each scale."""
    scales = {
        "nps": message("recommendation (scale to {top}), mean, connected less others"),
        "csat": message("satisfaction (scale to {top}), mean, connected less others"),
        "ces": message("effort (scale to {top}), mean, connected less others"),
    }
    return [
        (words.say(scales[r.dims["metric"]], top=_scale(r.dims["scale"], words)), r)
        for r in edition.cut(CONNECTED, "metric", "part", "scale")
    ]


def _scale(scale: str, words: Words) -> str:
    """The last number of a scale, and whether its low end is the good one."""
    points = scale.removesuffix(LOW_IS_GOOD)
    return points if points == scale else words.say("{points} low is good", points=points)


def _words_of(edition: Edition, words: Words) -> list[Labelled]:
    """The clearest phrases of either side, by language; their count stands for the answer."""
    sides = {"brand": message("of the brand: {phrases}"), "rivals": message("of rivals: {phrases}")}
    return [
        (words.say(said, phrases=", ".join(phrases[:5])), r)
        for r in edition.cut(KEYNESS, "lang")
        for side, said in sides.items()
        if (phrases := [str(row["phrase"]) for row in r.rows if row["side"] == side])
    ]


def _largest_lag(edition: Edition, words: Words) -> list[Labelled]:
    """The lag with the strongest correlation."""
    found = [r for r in edition.cut(LOOP, "lag") if r.shown]
    best = max(found, key=lambda r: abs(r.value or 0), default=None)
    if best is None:
        return []
    label = words.count(
        int(best.dims["lag"]), "correlation after {n} week, the strongest of nine",
        "correlation after {n} weeks, the strongest of nine",
    )  # fmt: skip
    return [(label, best)]


def _none(edition: Edition, measure: str) -> list[Labelled]:
    """Why a measure has nothing to tell."""
    return [("", r) for r in edition.results(measure) if not r.testable][:1]


def _best(rows: Sequence[Labelled], most: int = 3) -> list[Labelled]:
    """The largest of shares that are shown."""
    return by_size([one for one in rows if one[1].shown])[:most]
