"""The table "What else was asked" of discovery."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cxreport.api import Edition, Exhibit, Result, Table, Words
from cxreport_plugins.common.say import Labelled, marks_note, period
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


def others(edition: Edition, words: Words) -> Exhibit | None:
    """What else was asked: every further measure in one table."""
    rows = [
        (question, label, told(r, words), r)
        for question, found in _questions(edition, words)
        for label, r in found
        if r is not None
    ]
    if not rows:
        return None
    return Exhibit(
        id="discovery.others", heading="What else was asked", title="What else was asked on the way to a choice",
        subtitle=f"Values with 95% intervals and bases. {period(edition, words)}",
        results=tuple(r for *_, r in rows),
        table=Table(
            ("Question", "Of", "Answer"), tuple((q, label, text) for q, label, text, _ in rows),
            align=("left", "left", "left"), caption="What else was asked",
        ),
        note=marks_note([r for *_, r in rows], words),
    )  # fmt: skip


def _questions(edition: Edition, words: Words) -> Iterable[tuple[str, Sequence[tuple[str, Result | None]]]]:
    """Questions, each with its labelled answers."""
    yield "Where do they talk?", _best([(words.channel(r.dims["channel"]), r) for r in edition.cut(PLACES, "channel")])
    yield (
        "Whom do they call expert?",
        _best([(named("cited", r.dims["cited"]), r) for r in edition.cut(CITED, "cited")]) or _none(edition, CITED),
    )
    sides = {"customers": "other customers", "brand": "the brand", "rivals": "rivals"}
    yield (
        "Whom do they answer and pass on?",
        [(sides[r.dims["whom"]], r) for r in edition.cut(INFLUENCE, "whom") if r.dims["whom"] in sides]
        or _none(edition, INFLUENCE),
    )
    yield (
        "What do they ask about?",
        _best([(theme(edition, r.dims["theme"]), r) for r in edition.cut(TOPICS, "theme")]) or _none(edition, TOPICS),
    )
    used = [r for r in edition.cut(TECHNOLOGIES, "of", "technology") if r.dims["of"] == "texts"]
    yield "Which technologies do they mention?", _best([(named("technology", r.dims["technology"]), r) for r in used])
    yield (
        "What comes of their search?",
        [
            ("bought, of those known", edition.get(OUTCOME, part="conversion")),
            ("bought, of all, bounds", edition.get(OUTCOME, part="bounds")),
        ],
    )
    yield (
        "Who stands beside the brand, and wins?",
        [
            ("texts that look around and name a rival", edition.get(RIVALS, part="named")),
            ("come from a rival, of those that come or go", edition.get(RIVALS, part="won")),
        ],
    )
    yield (
        "Do they want, love, own it?",
        [
            *((named("ladder", r.dims["step"]).lower(), r) for r in edition.cut(LADDER, "step")),
            *((r.dims["ratio"].replace(":", " over "), r) for r in edition.cut(LADDER, "ratio")),
        ],
    )
    yield "Do people get what they ask for?", [("public questions answered", edition.get(OPENNESS, part="rate"))]
    yield (
        "What does a search show?",
        [
            ("own pages", edition.get(SEARCH, part="own")),
            ("not negative", edition.get(SEARCH, part="harmless")),
        ]
        if edition.cut(SEARCH, "part")
        else _none(edition, SEARCH),
    )
    yield "Which words are used of the brand, which of rivals?", _words_of(edition) or _none(edition, KEYNESS)
    yield (
        "What do campaigns set off?",
        [("looking around, over what was expected", r) for r in edition.results(TRIGGER) if not r.dims][:1],
    )
    yield (
        "Does what is shared feed who looks around?",
        _largest_lag(edition) or _none(edition, LOOP),
    )
    yield (
        "Do those who came by a digital way judge otherwise?",
        _gaps(edition) or _none(edition, CONNECTED),
    )
    yield (
        "Which pillars of social commerce do texts lean on?",
        _best([(named("pillar", r.dims["pillar"]).lower(), r) for r in edition.cut(PILLARS, "pillar")])
        or _none(edition, PILLARS),
    )
    yield (
        "How far is what the company believes from the data?",
        [(f"{r.dims['question']}, {r.dims['who']}; 0 is none", r) for r in edition.cut(PERCEPTION, "question", "who")]
        or _none(edition, PERCEPTION),
    )


def _gaps(edition: Edition) -> list[Labelled]:
    """Connected customers less others, on each scale."""
    scales = {"nps": "recommendation", "csat": "satisfaction", "ces": "effort"}
    return [
        (f"{scales[r.dims['metric']]} (scale to {r.dims['scale']}), mean, connected less others", r)
        for r in edition.cut(CONNECTED, "metric", "part", "scale")
    ]


def _words_of(edition: Edition) -> list[Labelled]:
    """The clearest phrases of either side, by language; their count stands for the answer."""
    sides = {"brand": "of the brand", "rivals": "of rivals"}
    return [
        (f"{sides[side]}: {', '.join(phrases[:5])}", r)
        for r in edition.cut(KEYNESS, "lang")
        for side in sides
        if (phrases := [str(row["phrase"]) for row in r.rows if row["side"] == side])
    ]


def _largest_lag(edition: Edition) -> list[Labelled]:
    """The lag with the strongest correlation."""
    found = [r for r in edition.cut(LOOP, "lag") if r.shown]
    best = max(found, key=lambda r: abs(r.value or 0), default=None)
    return [] if best is None else [(f"correlation after {best.dims['lag']} weeks, the strongest of nine", best)]


def _none(edition: Edition, measure: str) -> list[Labelled]:
    """Why a measure has nothing to tell."""
    return [("", r) for r in edition.results(measure) if not r.testable][:1]


def _best(rows: Sequence[Labelled], most: int = 3) -> list[Labelled]:
    """The largest of shares that are shown."""
    return by_size([one for one in rows if one[1].shown])[:most]
