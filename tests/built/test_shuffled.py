"""The same measures whatever the order of rows in the exports."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path
from typing import Any

import pytest
import yaml

from cxreport.build import audited, gather
from cxreport.engine.local import LocalEngine
from cxreport.plan import make_plan
from cxreport.progress import Meter

from .demo import copy_project

TABLES = {
    "calls.csv": 1,
    "surveys/booking.csv": 1,
    "surveys/service-ces.csv": 2,
    "reviews/trustpilot-meridianair.csv": 1,
}
"""Tables of the demo, with the rows of their header."""
PAGES = ("2026-01.jsonl", "2026-03.jsonl")
DATA = Path("examples/meridian/data")


def project(folder: Path, shuffled: bool = False) -> Path:
    """Some exports of the demo, every measure with its context; the rows as they are, or in another order."""
    config = copy_project(folder)
    draw = random.Random(13)
    kept = {*(folder / DATA / name for name in TABLES), *(folder / DATA / "x-mentions" / name for name in PAGES)}
    for path in sorted((folder / DATA).rglob("*")):
        if path.is_file() and path not in kept:
            path.unlink()
    if shuffled:
        for name, header in TABLES.items():
            _shuffle_rows(folder / DATA / name, header, draw)
        for name in PAGES:
            _shuffle_posts(folder / DATA / "x-mentions" / name, draw)
    told = yaml.safe_load(config.read_text("utf-8"))
    told["sources"] = [source for source in told["sources"] if source["id"] != "nps"]
    told.pop("assessments", None)
    for key in ("coding", "previous", "findings", "pages", "recommendations"):
        told.pop(key, None)
    config.write_text(yaml.safe_dump(told, allow_unicode=True), "utf-8")
    return config


def _shuffle_rows(path: Path, header: int, draw: random.Random) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    head, body = rows[:header], rows[header:]
    draw.shuffle(body)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([*head, *body])


def _shuffle_posts(path: Path, draw: random.Random) -> None:
    """Pages in another order, and the posts of each."""
    pages = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
    draw.shuffle(pages)
    out = []
    for line in pages:
        try:
            page = json.loads(line)
        except ValueError:
            out.append(line)
            continue
        draw.shuffle(page.get("data", []))
        out.append(json.dumps(page, ensure_ascii=False))
    path.write_text("\n".join(out) + "\n", "utf-8")


def audit(config: Path) -> tuple[bytes, dict[str, Any]]:
    """The private audit as written, and its measures."""
    plan = make_plan(config)
    engine = LocalEngine(plan.work / "feedback")
    audited(plan, engine, gather(plan, engine, Meter()), Meter())
    written = (plan.work / "audit.json").read_bytes()
    return written, json.loads(written)["measures"]


def test_rows_in_another_order_give_the_same_measures(tmp_path_factory: pytest.TempPathFactory) -> None:
    plain, first = audit(project(tmp_path_factory.mktemp("plain")))
    moved, second = audit(project(tmp_path_factory.mktemp("moved"), shuffled=True))
    assert plain != moved, "the ledger tells that the files differ"
    assert first.keys() == second.keys()
    assert [name for name, results in first.items() if second[name] != results] == []
    assert sum(len(results) for results in first.values()) > 500, "there is much that could differ"
