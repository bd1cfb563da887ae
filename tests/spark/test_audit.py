"""An audit of some of the demo's exports by both engines: every result, step and record of the one is that of the other.

A dozen measures stand for all, one of each way of asking; `python -m benchmarks.spark` compares them all.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks.spark import differences
from cxreport.build import audited, gather
from cxreport.engine.base import Engine
from cxreport.engine.chosen import chosen
from cxreport.engine.local import LocalEngine
from cxreport.plan import Plan, make_plan
from cxreport.progress import Meter
from cxreport.stages.inspect import Mentioned
from cxreport.stages.private import identifiers

ROOT = Path(__file__).parents[2]
MEASURES = (
    "care.first_response_time", "care.recovery_elements", "care.response_rate", "contagion.bursts",
    "discovery.sources", "experience.nps", "journey.moments", "network.conversation", "network.loudest_unanswered",
    "overview.sentiment", "themes.share",
)  # fmt: skip


def project(folder: Path) -> Plan:
    """Two months of posts, one page of them twice, and a survey; some of it coded by hand."""
    demo = yaml.safe_load((ROOT / "config.yaml").read_text("utf-8"))
    known = {source["id"]: source for source in demo["sources"]}
    data = ROOT / "examples" / "meridian"
    posts = [data / "data" / "x-mentions" / f"{month}.jsonl" for month in ("2025-11", "2026-04")]
    again = folder / "again.jsonl"
    again.write_text(posts[0].read_text("utf-8").splitlines()[0], "utf-8")
    sources = [
        {**known["tweets"], "path": [*map(str, posts), str(again)]},
        {**known["nps"], "path": str(ROOT / known["nps"]["path"])},
    ]
    config = {**{key: demo[key] for key in ("version", "site", "brand", "privacy")}, "sources": sources}
    config["coding"] = [str(path) for path in sorted((data / "coding").glob("*.csv"))]
    (folder / "config.yaml").write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
    plan = make_plan(folder / "config.yaml")
    return replace(plan, measures=tuple(m for m in plan.measures if m.name in MEASURES))


@pytest.mark.slow
def test_both_engines_give_the_same_audit(spark: Any, tmp_path: Path) -> None:
    plan = project(tmp_path)
    told = plan.config.engine.model_copy(update={"name": "spark", "master": "local[2]"})
    engines: dict[str, Engine] = {
        "local": LocalEngine(plan.work / "local" / "feedback"),
        "spark": chosen(told, plan.work / "spark" / "feedback", lambda rows: None),
    }
    audits: dict[str, Any] = {}
    people: dict[str, Any] = {}
    said = Mentioned(frozenset({"meridianair", "mara_flies"}), frozenset({"Mara Flies"}), frozenset())
    for name, engine in engines.items():
        gathered = gather(plan, engine, Meter())
        audits[name] = json.loads(audited(plan, engine, gathered, Meter()).model_dump_json())
        people[name] = identifiers(engine, plan, said)
    local = audits["local"]
    assert len([step for step in local["waterfall"] if step["excluded"]]) > 2
    assert sum(r["status"] != "not_testable" for results in local["measures"].values() for r in results) > 50
    assert local["card"]["accuracy"]
    assert local["classes"]["moment_rule"]["coded"]
    assert len(local["evidence"]) > 100
    assert list(differences(audits["spark"], local)) == []
    assert people["spark"] == people["local"]
