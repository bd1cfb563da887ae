"""`cxreport gate` on a built project."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import CONFIG, Run


def gated(project: Path, *gates: str, more: str = "") -> None:
    (project / "config.yaml").write_text(CONFIG + more + "gates:\n" + "".join(f"  {gate}\n" for gate in gates), "utf-8")


def test_outcomes_and_exit_codes(project: Path, run: Run) -> None:
    """The small project's NPS is about −36; nobody's word is rejected."""
    gated(project, 'experience.nps: "<= 0"', 'loads.rejected_share: "<= 1%"')
    ran = run(project, "gate")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[-1] == "2 gates: 2 pass."
    gated(project, 'experience.nps: ">= 20"')
    ran = run(project, "gate")
    assert ran.code == 3
    assert ran.out.startswith("fail         experience.nps >= 20: ")
    gated(project, 'experience.nps: ">= previous"')
    assert run(project, "gate").code == 0
    assert run(project, "gate", "--inconclusive", "fail").code == 3


def test_a_gate_changes_no_audit(project: Path, run: Run) -> None:
    before = (project / ".cxreport/audit.json").read_bytes()
    gated(project, 'experience.nps: "<= 0"')
    assert run(project, "build", "-q").code == 0
    assert (project / ".cxreport/audit.json").read_bytes() == before


def test_formats(project: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    gated(project, 'experience.nps: {rule: ">= 20", why: Promised}')
    assert json.loads(run(project, "gate", "--format", "json").out)["gates"][0]["outcome"] == "fail"
    assert run(project, "gate", "--format", "junit", "-o", "gates.xml").code == 3
    assert '<failure message="' in (project / "gates.xml").read_text("utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(project / "summary.md"))
    assert run(project, "gate", "--format", "github").out.startswith("::error title=experience.nps >= 20::fail: ")
    assert "| ✗ fail | experience.nps |" in (project / "summary.md").read_text("utf-8")


def test_against_a_previous_audit(project: Path, run: Run) -> None:
    audit = json.loads((project / ".cxreport/audit.json").read_text("utf-8"))
    audit["meta"] |= {"period_from": "2025-01-01", "period_to": "2025-06-30"}
    (project / "earlier.json").write_text(json.dumps(audit), "utf-8")
    gated(project, 'experience.nps: ">= previous - 40"', "", more="previous: earlier.json\n")
    ran = run(project, "gate")
    assert ran.code == 0
    assert "pass         experience.nps >= previous - 40: change 0.00 points" in ran.out
    assert "changed since the last build" in ran.err


def test_mistakes(project: Path, run: Run, fresh: Path) -> None:
    for gate, what in [
        ('experience.npss: ">= 20"', "Did you mean experience.nps?"),
        ('experience.nps: "twenty"', "it is no rule such as"),
        ('experience.nps: {rule: ">= 20", inconclusive: maybe}', "'maybe' is not one of"),
    ]:
        gated(project, gate)
        ran = run(project, "check")
        assert ran.code == 2, gate
        assert what in ran.err
        assert "gates" in ran.err
    (project / "config.yaml").write_text(CONFIG, "utf-8")
    assert "it has no gates" in run(project, "gate").err
    gated(fresh, 'experience.nps: ">= 20"')
    ran = run(fresh, "gate")
    assert ran.code == 2
    assert "it was not built yet" in ran.err
