"""Audits of next to nothing: a build says what it cannot tell, and never falls over."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from cxreport.build import build
from cxreport.plan import make_plan
from cxreport.progress import Meter

from .demo import shown

COLUMNS = {"native_id": "id", "created_at": "at", "text": "words", "author_name": "who"}
ONE = {"id": "1", "at": "2026-02-03 10:00:00", "words": "The bag was lost, terrible.", "who": "Ada", "stars": "2"}
CASES: dict[str, list[dict[str, str]]] = {
    "one record": [ONE],
    "nobody knows about whom": [{**ONE, "id": str(n)} for n in range(30)],
    "undated": [{**ONE, "id": str(n), "at": "", "words": f"Terrible number {n}"} for n in range(30)],
    "ratings only": [{**ONE, "id": str(n), "words": "", "stars": str(n % 5 + 1)} for n in range(30)],
    "texts only": [{**ONE, "id": str(n), "words": f"Number {n} was lovely", "stars": ""} for n in range(30)],
    "no language": [{**ONE, "id": str(n), "words": "⁂ 1234 … !!! 🙂", "who": ""} for n in range(30)],
    "one text": [{**ONE, "id": str(n), "who": "Ada"} for n in range(30)],
    "one second": [{**ONE, "id": str(n), "words": f"{n} hours late, awful"} for n in range(30)],
    "ages apart": [{**ONE, "id": "1", "at": "1999-12-31 23:59:59"}, {**ONE, "id": "2", "at": "2026-01-01 00:00:00"}],
    "out of scale": [{**ONE, "id": str(n), "stars": "99"} for n in range(30)],
}


def audited(folder: Path, rows: list[dict[str, str]], **options: Any) -> tuple[Path, dict[str, Any]]:
    """Build; the site, and its edition."""
    header = ",".join(ONE)
    lines = [header, *(",".join(f'"{row[key]}"' for key in ONE) for row in rows)]
    (folder / "rows.csv").write_text("\n".join(lines) + "\n", "utf-8")
    entity = {} if options.pop("anybody", False) else {"entity": "brand"}
    source = {"id": "a", "type": "table", "path": "rows.csv", "timezone": "UTC", "columns": COLUMNS, **entity}
    config = {
        "version": 1,
        "brand": {"names": ["Meridian Air"]},
        "privacy": {"key": "a key of invented data", "profile": options.pop("profile", "client")},
        "sources": [{**source, "rating": {"column": "stars", "metric": "stars"}}],
        **options,
    }
    (folder / "config.yaml").write_text(yaml.safe_dump(config, sort_keys=False), "utf-8")
    built = build(make_plan(folder / "config.yaml"), Meter())
    return built.site, json.loads((built.site / "audit.json").read_text("utf-8"))


@pytest.mark.parametrize("case", list(CASES))
def test_a_build_stands(tmp_path: Path, case: str) -> None:
    site, edition = audited(tmp_path, CASES[case], anybody=case == "nobody knows about whom")
    assert (site / "index.html").is_file()
    assert edition["waterfall"][0]["left"] == len(CASES[case])
    for page in site.glob("*.html"):
        text = shown(page.read_text("utf-8"))
        for nonsense in (" nan", "NaN", "None ", " inf ", "Traceback", "{{", "Undefined"):
            assert nonsense not in text, (page.name, nonsense)
    for results in edition["measures"].values():
        for result in results:
            assert (
                result["status"] != "ok" or result["n"] >= 10 or result["kind"] in ("count", "range", "series", "table")
            ), result


def test_everything_outside_of_the_period_leaves_nothing_to_tell(tmp_path: Path) -> None:
    site, edition = audited(tmp_path, CASES["one second"], site={"period": {"from": "2020-01-01", "to": "2020-12-31"}})
    assert edition["waterfall"][-1]["left"] == 0
    index = shown((site / "index.html").read_text("utf-8"))
    assert "Finding 1" not in index
    assert "+0" not in index


def test_the_public_edition_of_few_people_hides_them(tmp_path: Path) -> None:
    site, edition = audited(tmp_path, CASES["texts only"][:6], profile="public")
    assert edition["evidence"] == []
    for results in edition["measures"].values():
        for result in results:
            assert result["value"] is None or result["n"] >= 10 or result["n"] == 0, result
    assert "lovely" not in shown("".join(page.read_text("utf-8") for page in site.glob("*.html")))
