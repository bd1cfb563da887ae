"""Response, waiting and recovery against threads whose truth is known: generated ones, and real ones read anew."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
import pytest
import yaml

from cxreport.api import Measure, Result, Scope, open_feedback
from cxreport_plugins.care.recovery import Recovery
from cxreport_plugins.care.resolution import Resolution
from cxreport_plugins.care.response_rate import ResponseRate
from cxreport_plugins.care.response_time import FirstResponseTime
from cxreport_plugins.threads.relation import Threads
from tests.measures import make
from tests.measures.care.service import AS_OF

START = datetime(2026, 1, 5, tzinfo=UTC)
MEASURES: tuple[type[Measure], ...] = (ResponseRate, FirstResponseTime, Resolution, Recovery)


def generated(rng: random.Random, number: int) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The records of one thread, in no order, and its truth."""
    at, asker = START + timedelta(minutes=rng.randrange(20_000)), f"customer {number}"
    rows = [{"native_id": f"{number}-0", "author_id": asker, "created_at": at, "sentiment": "negative", "kind": "post"}]
    truth: dict[str, Any] = {"wait": None, "word": "none", "private": False, "seen": False}

    def reply(minutes: float, who: str, **more: Any) -> None:
        parent = rng.choice(rows)["native_id"]
        brand = who == "brand"
        row = {"native_id": f"{number}-{len(rows)}", "author_id": who, "created_at": at + timedelta(minutes=minutes)}
        rows.append({**row, "in_reply_to_id": parent, "kind": "reply", "brand_authored": brand, **more})

    if rng.random() < 0.3:
        reply(1, "brand", auto_reply=True)
        truth["seen"] = True
    if rng.random() < 0.4:
        reply(rng.randrange(2, 30), f"stranger {number}", sentiment="positive")
    if rng.random() < 0.6:
        wait = rng.randrange(1, 1_000)
        truth |= {"wait": wait, "seen": True, "private": rng.random() < 0.3}
        reply(wait, "brand", reply_elements="transfer," if truth["private"] else "")
        if rng.random() < 0.3:
            reply(wait + 5_000, "brand", reply_elements="")
    if rng.random() < 0.5:
        truth["word"] = rng.choice(["negative", "neutral", "positive"])
        reply((truth["wait"] or 10) + rng.randrange(1, 900), asker, sentiment=truth["word"])
    rng.shuffle(rows)
    return rows, truth


def test_generated_threads_give_their_truth_back() -> None:
    rng = random.Random(5)
    threads = [generated(rng, number) for number in range(300)]
    rows = [{"id_space": "made", **row} for thread, _ in threads for row in thread]
    rng.shuffle(rows)
    table = make.records(*rows, more={"auto_reply": pl.Boolean, "reply_elements": pl.String})
    told = Threads(Threads.Options(), make.context()).relate(nw.from_native(table.lazy()), lambda f: f.collect().lazy())
    whole = table.join(told.collect().to_native(), on="record_id", how="left")
    scope = make.scope(whole, as_of=AS_OF, frames={"demo.csv": "complete"})
    found = {r.key: r for measure in MEASURES for r in make.run(measure, whole, within=scope)}
    check(found, [truth for _, truth in threads])


def check(found: Mapping[str, Result], truths: list[dict[str, Any]]) -> None:
    """The figures of the measures equal those counted from `wait`, `word`, `private` and `seen` of each complaint."""
    answered = [t for t in truths if t["wait"] is not None]
    n = len(truths)
    rate = found["care.response_rate"]
    assert rate.n == n
    assert rate.value == pytest.approx(len(answered) / n)
    waits = sorted(t["wait"] for t in answered)
    assert found["care.first_response_time[answered_only=median]"].value == waits[(len(waits) - 1) // 2]
    assert found["care.resolution[stage=seen]"].value == pytest.approx(sum(t["seen"] for t in truths) / n)
    private, glad = sum(t["private"] for t in answered), sum(t["word"] == "positive" for t in answered)
    substance, resolved = (found[f"care.resolution[stage={stage}]"] for stage in ("answered", "resolved"))
    assert (substance.low, substance.high) == pytest.approx(((len(answered) - private) / n, len(answered) / n))
    unclear = sum(t["word"] in ("none", "neutral") for t in answered)
    assert (resolved.low, resolved.high) == pytest.approx((glad / n, (glad + unclear) / n))
    shares = []
    for arm, key in ((answered, ""), ([t for t in truths if t["wait"] is None], "[answered=no]")):
        heard = [t for t in arm if t["word"] != "none"]
        shares.append(sum(t["word"] == "positive" for t in heard) / len(heard))
        recovery = found[f"care.recovery{key}"]
        assert recovery.n == len(heard)
        assert recovery.value == pytest.approx(shares[-1])
    assert found["care.recovery[part=uplift]"].value == pytest.approx(100 * (shares[0] - shares[1]))


@pytest.mark.parametrize("name", ["sample.csv", "twcs-small.csv"])
def test_real_threads_equal_a_reading_of_the_file_alone(
    name: str, shared: Callable[[str], Path], tmp_path: Path
) -> None:
    """The file holds answered threads only, so its rate is 100% by construction: here only the counting is checked."""
    path = shared(f"data/twcs/{name}")
    config = {
        "version": 1, "site": {"title": "Threads", "client": "Meridian Air"}, "brand": {"names": ["Meridian Air"]},
        "sources": [{"id": "threads", "type": "twitter", "path": str(path), "entity": "brand"}],
    }  # fmt: skip
    (tmp_path / "config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    opened = open_feedback(tmp_path / "config.yaml")
    records = opened.feedback.records.collect().to_native()
    eligible = set(opened.scope.population.keep(opened.feedback.records).collect().to_native()["native_id"])
    scope = replace(opened.scope, frames={"x.twcs": "complete"}, as_of=records["created_at"].max() + timedelta(days=9))
    thanks = set(opened.feedback.labels.filter(nw.col("label") == "thank").collect().to_native()["record_id"])
    tone = {
        row["native_id"]: "positive"
        if row["sentiment"] != "negative" and row["record_id"] in thanks
        else row["sentiment"] or "neutral"
        for row in records.to_dicts()
    }
    truths = [t for t in read(path) if t["id"] in eligible]
    rate, resolution = (results(m, opened, scope) for m in (ResponseRate, Resolution))
    n, k = len(truths), sum(t["wait"] is not None for t in truths)
    assert n >= 10
    assert rate["care.response_rate"].n == n
    assert rate["care.response_rate"].value == pytest.approx(k / n)
    glad = sum(t["wait"] is not None and tone.get(t["last"]) == "positive" for t in truths)
    assert resolution["care.resolution[stage=resolved]"].low == pytest.approx(glad / n)
    complaints = [t for t in truths if tone[t["id"]] == "negative" and t["wait"] is not None and t["last"]]
    recovery = results(Recovery, opened, scope)["care.recovery"]
    assert recovery.n == len(complaints)
    waits = sorted(t["wait"] // 60 for t in truths if t["wait"] is not None)
    median = results(FirstResponseTime, opened, scope)["care.first_response_time[answered_only=median]"]
    assert (median.n, median.value) == (k, waits[(k - 1) // 2] if k >= 10 else None)


def results(cls: type[Measure], opened: Any, scope: Scope) -> dict[str, Result]:
    """A measure over a project's feedback."""
    one = cls(cls.Options(), opened.context)
    frames = {key: frame.collect().to_native() for key, frame in one.aggregate(opened.feedback, scope).items()}
    return {result.key: result for result in one.estimate(frames, scope)}


def read(path: Path) -> list[dict[str, Any]]:
    """Customers' roots of a file with, in plain Python: when the first answer came (seconds), their last record."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = {row["tweet_id"]: row for row in csv.DictReader(file)}
    for row in rows.values():
        row["at"] = datetime.strptime(row["created_at"], "%a %b %d %H:%M:%S %z %Y")
    threads = defaultdict(list)
    for ident, row in rows.items():
        threads[root_of(ident, rows)].append(row)
    return [fate(rows[root], thread) for root, thread in threads.items() if rows[root]["inbound"].upper() == "TRUE"]


def root_of(ident: str, rows: Mapping[str, Mapping[str, str]]) -> str:
    """The oldest ancestor that the file holds."""
    while (up := rows[ident]["in_response_to_tweet_id"]) in rows:
        ident = up
    return ident


def fate(root: Mapping[str, Any], thread: list[dict[str, Any]]) -> dict[str, Any]:
    """How long the customer waited, and which record of theirs is the last after the answer."""
    replies = [row["at"] for row in thread if row["inbound"].upper() == "FALSE" and row["at"] >= root["at"]]
    first = min(replies, default=None)
    own = [r for r in thread if r["author_id"] == root["author_id"] and r is not root]
    last = max(own, key=lambda r: r["at"], default=None)
    heard = last is not None and last["at"] > (first or root["at"])
    return {
        "id": root["tweet_id"], "at": root["at"], "last": last["tweet_id"] if last is not None and heard else "",
        "wait": None if first is None else (first - root["at"]).total_seconds(),
    }  # fmt: skip
