"""`previous` in a project, `cxreport export snapshot`, `cxreport compare`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import CONFIG, Run


def earlier(project: Path, name: str = "earlier.json") -> Path:
    """The project's own audit as one of the year before, in which one score in ten was better."""
    audit = json.loads((project / ".cxreport/audit.json").read_text("utf-8"))
    audit["meta"] |= {"period_from": "2025-01-01", "period_to": "2025-06-30"}
    for result in audit["measures"]["experience.nps"]:
        if not result["dims"]:
            result |= {key: result[key] - 60 for key in ("value", "low", "high")}
    path = project / name
    path.write_text(json.dumps(audit), "utf-8")
    return path


def test_a_snapshot_is_small_and_stands_for_its_audit(project: Path, run: Run) -> None:
    assert run(project, "export", "snapshot", "-o", "now.json").code == 0
    assert (project / "now.json").stat().st_size < (project / ".cxreport/audit.json").stat().st_size / 3
    earlier(project)
    said = [run(project, "compare", "earlier.json", new).out for new in ("now.json", ".cxreport/audit.json", "site")]
    assert said[0] == said[1] == said[2]
    assert "up                 experience.nps" in said[0]


def test_a_snapshot_needs_a_build_and_json(fresh: Path, run: Run) -> None:
    assert "not built yet" in run(fresh, "export", "snapshot", "-o", "now.json").err
    assert run(fresh, "export", "snapshot", "-o", "now.csv").code == 2


def test_formats(project: Path, run: Run) -> None:
    earlier(project)
    told = json.loads(run(project, "compare", "earlier.json", "site", "--format", "json").out)
    by = {change["key"]: change for change in told["changes"]}
    assert by["experience.nps"]["verdict"] == "up"
    assert by["experience.nps"]["value"] == pytest.approx(60)
    assert told["before"]["from"] == "2025-01-01"
    text = run(project, "compare", "earlier.json", "site", "--format", "markdown", "--only", "experience.nps").out
    assert "| up | experience.nps |" in text
    assert text.startswith("**Meridian Air**")
    assert "stars" not in text


def test_what_cannot_be_compared_ends_with_two(project: Path, run: Run) -> None:
    earlier(project)
    for old, new, what in [
        ("absent.json", "site", "there is no file"),
        ("site", "earlier.json", "does not lie before"),
        ("site", "site", "does not lie before"),
        ("config.yaml", "site", "no whole JSON"),
    ]:
        ran = run(project, "compare", old, new)
        assert ran.code == 2
        assert what in ran.err


def test_marks_of_a_hostile_file_are_no_markup(project: Path, run: Run) -> None:
    path = earlier(project)
    audit = json.loads(path.read_text("utf-8"))
    [*_, last] = audit["measures"]["experience.stars"]
    audit["measures"]["experience.stars"].append(
        last | {"dims": {"channel": "\x1b[31m<b>|x", "scale": "5"}, "reason": ""}
    )
    path.write_text(json.dumps(audit), "utf-8")
    assert "\x1b" not in run(project, "compare", "earlier.json", "site").out
    text = run(project, "compare", "earlier.json", "site", "--format", "markdown").out
    assert "<b>" not in text
    assert "\x1b" not in text


def test_a_project_names_its_previous_audit(project: Path, run: Run) -> None:
    earlier(project)
    config = project / "config.yaml"
    config.write_text(CONFIG + "previous: earlier.json\n", "utf-8")
    assert run(project, "build", "-q").code == 0
    page = (project / "site/change.html").read_text("utf-8")
    assert "Net Promoter Score went up" in page
    assert "nothing has changed" in run(project, "build").out
    first = json.loads((project / "site/audit.json").read_text("utf-8"))
    assert first["past"]["period_to"] == "2025-06-30"

    path = project / "earlier.json"
    path.write_text(path.read_text("utf-8").replace('"Small audit"', '"Other title"'), "utf-8")
    assert "nothing has changed" not in run(project, "build").out
    assert json.loads((project / "site/audit.json").read_text("utf-8"))["past"]["title"] == "Other title"


def test_a_previous_audit_elsewhere_is_watched_too(project: Path, run: Run, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    earlier(project).rename(elsewhere / "audit.json")
    text = CONFIG + f"previous: {{audit: {elsewhere.as_posix()}, margins: {{points: 80}}}}\n"
    (project / "config.yaml").write_text(text, "utf-8")
    assert run(project, "build", "-q").code == 0
    audit = json.loads((project / "site/audit.json").read_text("utf-8"))
    [nps] = [change for change in audit["changes"] if change["key"] == "experience.nps"]
    assert (nps["verdict"], nps["margin"]) == ("same", 80)
    assert "nothing has changed" in run(project, "build").out
    (elsewhere / "audit.json").write_text("{}", "utf-8")
    ran = run(project, "build")
    assert ran.code == 2
    assert "config.yaml:" in ran.err
    assert "previous: " in ran.err


def test_mistakes_are_placed_in_the_configuration(project: Path, run: Run) -> None:
    for told, what in [
        ("previous: absent.json\n", "there is no file absent.json"),
        ("previous: .cxreport/audit.json\n", "does not lie before"),
        ("previous: {audit: absent.json, margins: {share: 2}}\n", "less than 1"),
        ("previous: {file: absent.json}\n", "this key is unknown"),
    ]:
        (project / "config.yaml").write_text(CONFIG + told, "utf-8")
        ran = run(project, "check")
        assert ran.code == 2, told
        assert what in ran.err
        assert f"config.yaml:{len(CONFIG.splitlines()) + 1}: previous" in ran.err
