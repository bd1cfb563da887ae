"""Saying what files are, what would be read, and what to paste."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
import yaml

from .conftest import Run

DATA = Path(__file__).parents[2] / "examples" / "meridian" / "data"


def pasted(out: str) -> list[dict[str, object]]:
    """The YAML that a text report tells to paste."""
    after = out.split("paste under `sources:` in config.yaml:\n", 1)[1]
    block = after.split("\n\n", 1)[0]
    loaded: list[dict[str, object]] = yaml.safe_load(block)
    return loaded


def test_a_file_in_words(run: Run) -> None:
    done = run(DATA, "inspect", "reviews/trustpilot-meridianair.csv")
    assert (done.code, done.err) == (0, "")
    for said in ("trustpilot.csv", "400 rows, 576 records", "from 2025-07-0", "to 2026-06-30", "columns: ", "row 2: "):
        assert said in done.out
    [source] = pasted(done.out)
    assert source == {"id": "trustpilot-meridianair", "type": "reviews", "path": "reviews/trustpilot-meridianair.csv"}


def test_rejects_and_what_was_left_out_are_told(run: Run) -> None:
    done = run(DATA, "inspect", "x-mentions/2025-11.jsonl", "surveys/post-flight-nps.csv")
    assert "rejected: broken 1; not_a_post 1" in done.out
    assert "survey_preview 1; survey_test 1" in done.out
    assert "mapped as NPS" in done.out


@pytest.mark.parametrize("name", ["reviews", "surveys"])
def test_a_folder_in_json(run: Run, name: str) -> None:
    done = run(DATA, "inspect", name, "--format", "json")
    found = json.loads(done.out)
    assert len(found) == len(list((DATA / name).iterdir()))
    for item in found:
        assert item["problem"] == ""
        assert item["detection"]["confidence"] >= 0.5
        assert item["records"] > 0
        assert item["examples"]
        assert item["first"] < item["last"]


def test_a_zip_tells_its_members(run: Run, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "both.zip", "w") as archive:
        for name in ("calls.csv", "reviews/app-store-rss-gb.json"):
            archive.write(DATA / name, name)
    done = run(tmp_path, "inspect", "both.zip")
    assert done.code == 0
    assert "both.zip › calls.csv" in done.out
    assert "both.zip › reviews/app-store-rss-gb.json" in done.out
    assert "file" in done.out.splitlines()[-3], "several files end with a table"


def test_a_table_is_a_guess_with_a_mapping_to_paste(run: Run) -> None:
    done = run(DATA, "inspect", "calls.csv")
    [source] = pasted(done.out)
    assert source["type"] == "table"
    assert source["columns"]["text"] == "summary"  # type: ignore[index]
    assert "unknown: It is a table of unknown origin with the columns id, opened, closed, " in done.out
    assert "# timezone: …" in done.out
    assert "#   closed   # times, 250 different in 250 rows" in done.out


def test_what_nobody_reads_is_said_to_be_unknown(run: Run, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(bytes(range(256)) * 9)
    (tmp_path / "empty.csv").write_bytes(b"")
    done = run(tmp_path, "inspect", "photo.jpg", "empty.csv")
    assert done.code == 0
    assert done.out.count("unknown: ") == 2
    assert "Traceback" not in done.err


def test_a_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    done = run(tmp_path, "inspect", "nothing.csv")
    assert done.code == 2
    assert "nothing.csv" in done.err


def test_no_person_is_shown_by_handle_or_name(run: Run) -> None:
    """Examples show what customers said, because a person must judge the file; never who they are."""
    done = run(DATA, "inspect", "surveys/service-ces.csv", "--format", "json")
    example = json.loads(done.out)[0]["examples"][0]
    assert set(example) == {"row", "created_at", "kind", "rating", "text"}
