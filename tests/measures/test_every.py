"""What holds of every measure that is installed: nobody who adds one can forget it here."""

from __future__ import annotations

import ast
import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from cxreport.api import ANSWERS, CONCEPTS, LABELS, METRICS, RECORDS, Context, Measure, Result, conform
from cxreport.engine.base import Engine
from cxreport.model.schema import LABELS_TABLE
from cxreport.plan import Plan, make_plan
from cxreport.plugin.registry import Registry
from cxreport.stages.measure import measure
from tests.measures import make

ROOT = Path(__file__).parents[2]
FIRST = datetime(2025, 7, 1, tzinfo=UTC)
AS_OF = datetime(2026, 7, 1, tzinfo=UTC)
BURST = datetime(2026, 1, 14, 9, tzinfo=UTC)
KINDS = ("acts", "cues", "companies", "themes", "offers")
Row = dict[str, Any]


@cache
def plan() -> Plan:
    """The demo's: every context file, a rival, a codebook, and every measure that is installed."""
    return make_plan(ROOT / "config.yaml")


def registry() -> Registry:
    return plan().registry


def about() -> Context:
    return plan().context


@cache
def measures() -> dict[str, Measure]:
    return {one.name: one for one in sorted(plan().measures, key=lambda one: one.name)}


@cache
def added() -> dict[str, Any]:
    """Columns that enrichers and relations add to records, with their types."""
    steps: list[Any] = [*registry().enrichers.values(), *registry().relations.values()]
    return {name: dtype for step in steps for name, dtype in step.adds.items() if dtype != LABELS}


@dataclass(frozen=True)
class World:
    """The tables of some records."""

    records: pl.DataFrame
    labels: pl.DataFrame
    answers: pl.DataFrame
    metrics: pl.DataFrame

    @property
    def engine(self) -> Engine:
        return make.engine(self.records, self.labels, self.answers, self.metrics)

    def shuffled(self, seed: int) -> World:
        tables = (self.records, self.labels, self.answers, self.metrics)
        return World(*(table.sample(fraction=1, shuffle=True, seed=seed) for table in tables))

    def results(self) -> dict[str, tuple[Result, ...]]:
        before = about().previous
        assert before is not None
        assert before.basis is not None
        within = make.scope(
            self.records, replace(about(), as_of=AS_OF), frames={"demo.csv": "complete"}, basis=before.basis
        )
        return measure(list(measures().values()), self.engine, within)


def world(*rows: Row) -> World:
    """Records of `rows`, which may also name labels and answers (question, text, number)."""
    plain = [{key: value for key, value in row.items() if key not in (*KINDS, "answers")} for row in rows]
    found = [
        (make.ident(number), kind, label, 1.0, "en.1")
        for number, row in enumerate(rows)
        for kind in KINDS
        for label in row.get(kind, ())
    ]
    given = [
        {"record_id": make.ident(number), "question_text": asked, "answer_type": "single", "value_text": text}
        for number, row in enumerate(rows)
        for asked, text in row.get("answers", ())
    ]
    answers = conform(pl.DataFrame(given), ANSWERS) if given else pl.DataFrame(schema=ANSWERS)
    more = {name: dtype for name, dtype in added().items() if name not in RECORDS}
    return World(
        make.records(*plain, more=more), pl.DataFrame(found, schema=LABELS_TABLE, orient="row"), answers,
        pl.DataFrame(schema=METRICS),
    )  # fmt: skip


def invented(count: int, seed: int) -> World:
    """Records in which nearly every measure finds something: posts, threads, reviews, surveys, tickets, the brand's."""
    draw = random.Random(seed)
    return world(*(_row(number, draw) for number in range(count)))


def _row(number: int, draw: random.Random) -> Row:
    kind = draw.choices(("post", "reply", "review", "survey_response", "ticket"), (5, 4, 3, 4, 1))[0]
    moment = draw.choice((None, "stimulus", "zmot", "fmot", "smot", "smot"))
    text = draw.choice(("slow app, no reply", "we waited and called three times", "lovely crew", "is it cheap?"))
    own = kind in ("post", "reply") and draw.random() < 0.2
    row: Row = {
        "kind": kind, "moment": moment, "text": text, "lang": draw.choice(("en", "en", "ru")),
        "author_id": f"author {draw.randrange(400)}", "created_at": FIRST + timedelta(minutes=draw.randrange(525_000)),
        "experienced_at": FIRST, "sentiment": draw.choice((None, "negative", "negative", "neutral", "positive")),
        "sentiment_scorer": "lexicon-en-1", "entity": draw.choice(("brand", "brand", "brand", "norda")),
        "entity_rule": "handle", "cues_read": True, "themes_read": True, "offers_read": True,
        "brand_authored": own, "customer_voice": not own, "source_id": kind, "auto_reply": False,
        "title_redacted": None, "text_redacted": text, "reply_elements": "reinstatement," if own else None,
        "acts": draw.sample(("ask", "complain", "praise", "recommend", "warn", "thank"), 2),
        "cues": draw.sample(CUES, 3), "themes": draw.sample(("crew", "luggage", "price", "refund", "seat"), 2),
        "companies": draw.sample(("brand", "norda"), 1), "offers": draw.sample(("variant", "idea", "helpful"), 1),
    }  # fmt: skip
    if number % 40 == 0:
        row |= {"kind": "post", "created_at": BURST, "sentiment": "negative", "themes": ["luggage"], "entity": "brand",
                "brand_authored": False, "customer_voice": True, "author_id": f"one of many {number}"}  # fmt: skip
    return row | _of_kind(str(row["kind"]), number, draw)


CUES = (
    "source.search", "source.friend", "cited.friend", "reason.price", "reason.ad", "ladder.own", "ladder.love",
    "ladder.want", "technology.app", "turn.to-rival", "turn.from-rival", "turn.gave-up", "expect.below", "expect.owed",
    "expect.delight", "pillar.liking", "pillar.proof",
)  # fmt: skip


def _of_kind(kind: str, number: int, draw: random.Random) -> Row:
    """What only this kind of record has."""
    answered = draw.random() < 0.6
    thread = {
        "thread_id": make.ident(number), "thread_position": 0, "thread_size": 2, "answered_by_brand": answered,
        "first_reply_ms": draw.randrange(60_000, 90_000_000) if answered else None, "closes": draw.random() < 0.5,
        "reopens": draw.random() < 0.2, "reopened": draw.random() < 0.2, "answers": [], "auto_answered": False,
        "transferred": draw.random() < 0.2,
    }  # fmt: skip
    if kind == "survey_response":
        heard = ("How did you hear of us?", draw.choice(("search", "friends", "TV")))
        found = ("Did you find what you were looking for?", draw.choice(("yes", "no")))
        score = draw.randrange(11)
        return {
            "shared": "private", "channel": "survey", "nps_score": score, "metric": "nps", "rating_value": score,
            "rating_min": 0.0, "rating_max": 10.0, "rating_norm": score / 10, "csat_value": 1.0 + score // 2.5,
            "csat_max": 5.0, "ces_value": 1.0 + score // 1.6, "ces_max": 7.0, "answers": (heard, found),
            "segment": draw.choice(("family", "business")), "author_id": f"asked {draw.randrange(300)}",
        }  # fmt: skip
    if kind == "review":
        stars = float(draw.randrange(1, 6))
        rated = {"metric": "stars", "rating_value": stars, "rating_min": 1.0, "rating_max": 5.0}
        return {**thread, "channel": "google", "rating_norm": (stars - 1) / 4, **rated, "location_name": "Riga"}
    if kind == "ticket":
        return {**thread, "shared": "private", "channel": "phone"}
    audience = {"author_followers": draw.randrange(50_000), "impressions": draw.randrange(9_000)}
    passed = {"reposts": draw.randrange(3), "repost_count": draw.randrange(3), "likes": draw.randrange(9)}
    parent = {"in_reply_to_id": str(draw.randrange(number + 1)), "id_space": "made", "thread_position": 1}
    replying = parent if kind == "reply" else {"id_space": "made"}
    return {**thread, "channel": draw.choice(("x", "telegram")), **audience, **passed, **replying}


@cache
def found() -> Mapping[str, tuple[Result, ...]]:
    return invented(2_500, 7).results()


@cache
def mixed() -> Mapping[str, tuple[Result, ...]]:
    return invented(2_500, 7).shuffled(11).results()


NAMES = tuple(measures())


def test_the_invented_records_give_nearly_every_measure_a_number() -> None:
    silent = [name for name, results in found().items() if not any(r.shown for r in results)]
    assert set(silent) <= SILENT


SILENT = {"change.recurrence", "drivers.importance", "overview.platform_figures"}
"""Measures that need more than these records: an earlier audit, ratings of parts, figures of platforms."""


@pytest.mark.parametrize("name", NAMES)
def test_rows_in_another_order_give_the_same_results(name: str) -> None:
    assert mixed()[name] == found()[name]


@pytest.mark.parametrize("name", NAMES)
def test_numbers_lie_within_their_bounds(name: str) -> None:
    for r in found()[name]:
        numbers = [number for number in (r.low, r.value, r.high) if number is not None]
        assert numbers == sorted(numbers), r.key
        assert r.n >= 0
        least, most = BOUNDS.get(r.unit, (float("-inf"), float("inf")))
        assert all(least <= number <= most for number in numbers), (r.key, numbers)
        assert r.shown or not numbers, f"{r.key} is {r.status}, but tells a number"


BOUNDS = {
    "share": (0, 1), "points": (-200, 200), "records": (0, 1e9), "people": (0, 1e9), "minutes": (0, 1e9),
    "impressions": (0, 1e12), "stars": (-5, 5),
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_every_result_says_where_it_comes_from(name: str) -> None:
    one = measures()[name]
    assert set(one.concepts) <= set(CONCEPTS)
    assert one.title
    assert one.question.endswith("?"), "the question that it answers"
    assert one.method.formula
    assert one.method.interval
    assert one.method.source
    for r in found()[name]:
        assert r.concepts or not one.concepts
        assert set(r.concepts) <= set(one.concepts)
        assert r.testable or (r.reason and r.needs), f"{r.key} is not testable, but does not say what it needs"
        assert not r.shown or r.method or r.kind != "estimate", r.key
    assert len({r.key for r in found()[name]}) == len(found()[name]), "two results with the same dims"


@pytest.mark.parametrize("name", NAMES)
def test_no_record_gives_no_number(name: str) -> None:
    for r in _of_nothing()[name]:
        assert not r.shown or (r.kind in ("count", "series", "table") and not r.value) or name in WITHOUT_RECORDS, r.key
        assert r.testable or r.reason


WITHOUT_RECORDS = ("discovery.search_results",)
"""Measures of what stands in context files alone."""
STATED = ("economics.reaction[part=programme]",)
"""Results that tell again what a context file states."""


@pytest.mark.parametrize("name", NAMES)
def test_one_record_gives_no_estimate(name: str) -> None:
    for results in _of_one():
        for r in results[name]:
            told = r.kind in ("count", "series", "table") or name in WITHOUT_RECORDS or r.key in STATED
            assert not r.shown or told, r.key


@cache
def _of_nothing() -> Mapping[str, tuple[Result, ...]]:
    return world().results()


@cache
def _of_one() -> tuple[Mapping[str, tuple[Result, ...]], ...]:
    """One record of each kind."""
    kinds = ("post", "review", "survey_response", "ticket")
    draw = random.Random(3)
    rows = [_row(0, draw) | {"kind": kind, "brand_authored": False, "customer_voice": True, "entity": "brand"} |
            _of_kind(kind, 0, draw) for kind in kinds]  # fmt: skip
    return tuple(world(row).results() for row in rows)


@pytest.mark.parametrize("name", NAMES)
def test_somebody_has_counted_it_by_hand(name: str) -> None:
    """Beside what holds of all, each measure has a test module that imports it to run it on a few rows."""
    cls = type(measures()[name])
    if registry().owner[cls].distribution != "cxreport":
        pytest.skip("not one of ours")
    assert f"{cls.__module__}.{cls.__name__}" in _imported()


@cache
def _imported() -> frozenset[str]:
    """What the test modules of measures import of plugins."""
    names = set()
    for path in sorted((ROOT / "tests" / "measures").glob("*/test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("cxreport_plugins"):
                names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(names)
