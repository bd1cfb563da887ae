"""Starting a project: from nothing, and from a folder of exports."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import yaml

from cxreport.config.load import load_config

from .conftest import Run

EXAMPLE = Path(__file__).parents[2] / "examples" / "meridian" / "data"
SOME = (
    "x-mentions/2026-03.jsonl", "x-mentions/2026-04.jsonl", "reviews/app-store-rss-gb.json", "reviews/google-reviews.json",
    "reviews/reviews_com.meridianair.app_202603.csv", "reviews/trustpilot-meridianair.csv", "surveys/booking.csv",
    "surveys/post-flight-nps.csv", "surveys/service-ces.csv", "calls.csv",
)  # fmt: skip


def test_a_new_project_is_valid_and_explains_itself(run: Run, tmp_path: Path) -> None:
    done = run(tmp_path, "init", "audit", "--client", 'Käse & "Co": #1')
    assert (done.code, done.err) == (0, "")
    assert "cxreport check" in done.out
    config, _ = load_config(tmp_path / "audit" / "config.yaml")
    assert config.site.client == 'Käse & "Co": #1'
    assert ".cxreport/" in (tmp_path / "audit" / ".gitignore").read_text("utf-8")
    checked = run(tmp_path / "audit", "check")
    assert checked.code == 0
    assert "data/reviews/*" in checked.err


def test_an_existing_configuration_is_kept_unless_forced(run: Run, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("mine\n", "utf-8")
    (tmp_path / ".gitignore").write_text("mine\n", "utf-8")
    refused = run(tmp_path, "init")
    assert refused.code == 2
    assert "--force" in refused.err
    assert (tmp_path / "config.yaml").read_text("utf-8") == "mine\n"
    assert run(tmp_path, "init", "--force").code == 0
    assert (tmp_path / "config.yaml").read_text("utf-8").startswith("#")
    assert (tmp_path / ".gitignore").read_text("utf-8") == "mine\n"


def test_from_a_folder_of_exports_to_a_site(run: Run, tmp_path: Path) -> None:
    """`init --from`, `check`, `build`: each export is recognised, named and read."""
    exports = tmp_path / "their exports, März"
    for name in SOME:
        (exports / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(EXAMPLE / name, exports / name)
    (exports / "readme.docx").write_bytes(b"PK\x03\x04 nothing to read")
    started = run(tmp_path, "init", "project", "--from", exports.name, "--client", "Meridian Air")
    assert started.code == 0
    assert "left out: their exports, März/calls.csv" in started.err
    assert "left out: their exports, März/readme.docx" in started.err

    config = yaml.safe_load((tmp_path / "project/config.yaml").read_text("utf-8"))
    kinds = [source["type"] for source in config["sources"]]
    assert sorted(set(kinds)) == ["reviews", "survey", "twitter"]
    by_type = {s["type"]: s for s in config["sources"]}
    assert [Path(p).name for p in by_type["twitter"]["path"]] == ["2026-03.jsonl", "2026-04.jsonl"]
    questions = [s.get("questions", {}) for s in config["sources"] if s["type"] == "survey"]
    assert {m if isinstance(m, str) else m["metric"] for q in questions for m in q.values()} >= {
        "nps",
        "csat",
        "ces",
        "text",
    }

    checked = run(tmp_path / "project", "check")
    assert (checked.code, checked.err) == (0, "")
    assert f"{len(kinds)} sources, 9 files" in checked.out
    built = run(tmp_path / "project", "build", "-q")
    assert (built.code, built.out) == (0, "")
    audit = json.loads((tmp_path / "project/site/audit.json").read_text("utf-8"))
    assert [load["problem"] for load in audit["loads"] if load["problem"]] == []
    assert audit["measures"]["experience.nps"][0]["n"] == 1239, "without a period an undated answer counts too"


def test_a_folder_with_nothing_known_gives_a_project_to_fill_in(run: Run, tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "photo.jpg").write_bytes(bytes(range(256)))
    done = run(tmp_path, "init", "project", "--from", "exports")
    assert done.code == 0
    assert "photo.jpg" in done.err
    load_config(tmp_path / "project" / "config.yaml")


def test_a_folder_that_is_not_there(run: Run, tmp_path: Path) -> None:
    done = run(tmp_path, "init", "--from", "nowhere")
    assert done.code == 2
    assert "nowhere" in done.err


def test_templates_are_written_beside_an_existing_project_and_kept(run: Run, tmp_path: Path) -> None:
    done = run(tmp_path, "init", "--context", "--assessments")
    assert done.code == 0
    assert "calendar: context/calendar.csv" in done.out
    assert "assessments: assessments" in done.out
    assert not (tmp_path / "config.yaml").exists()
    costs = tmp_path / "context" / "costs.yaml"
    assert len(list((tmp_path / "assessments").glob("*.yaml"))) == 31
    costs.write_text("mine", "utf-8")
    again = run(tmp_path, "init", "--context")
    assert (again.code, costs.read_text("utf-8")) == (0, "mine")
    assert "costs.yaml: exists already, left as it is." in again.err
    run(tmp_path, "init", "--context", "--force")
    assert costs.read_text("utf-8") != "mine"


def test_a_template_of_recommendations_is_written_once(run: Run, tmp_path: Path) -> None:
    done = run(tmp_path, "init", "--recommendations")
    assert done.code == 0
    assert "recommendations: recommendations.yaml" in done.out
    assert not (tmp_path / "config.yaml").exists()
    written = yaml.safe_load((tmp_path / "recommendations.yaml").read_text("utf-8"))
    assert written["recommendations"][0]["expected"][0]["measure"] == "care.response_rate"
    (tmp_path / "recommendations.yaml").write_text("mine\n", "utf-8")
    assert "left as it is" in run(tmp_path, "init", "--recommendations").err
    assert (tmp_path / "recommendations.yaml").read_text("utf-8") == "mine\n"
