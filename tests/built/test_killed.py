"""A build that is killed leaves a whole site behind, and the next one is right. Twenty kills: `make qualify`."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from benchmarks.killing import kills

ROWS = 40


@pytest.mark.skipif("sys.platform == 'win32'")
def test_killed_builds_never_leave_half_a_site(tmp_path: Path) -> None:
    lines = [
        f"{n},2026-0{n % 6 + 1}-03 10:00:00,The bag was lost and nobody answered {n},{n % 5 + 1}" for n in range(ROWS)
    ]
    (tmp_path / "rows.csv").write_text("\n".join(["id,at,words,stars", *lines]) + "\n", "utf-8")
    source = {
        "id": "a", "type": "table", "path": "rows.csv", "timezone": "UTC", "entity": "brand",
        "columns": {"native_id": "id", "created_at": "at", "text": "words"},
        "rating": {"column": "stars", "metric": "stars"},
    }  # fmt: skip
    config = {"version": 1, "brand": {"names": ["Meridian Air"]}, "sources": [source]}
    config["privacy"] = {"key": "a key of invented data"}
    (tmp_path / "config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    found = list(kills(tmp_path, 2))
    assert len(found) == 2
    assert [kill for kill in found if not kill.survived] == []
