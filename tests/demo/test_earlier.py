"""The year before: its snapshot is of the generator's own making, small, and fit to be compared with."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cxreport.config.load import load_config
from cxreport.config.previous import read_snapshot
from examples.meridian.generate.earlier import COUNTED
from examples.meridian.generate.readme import _share, _signed

from .demo import EXAMPLE, ROOT

PREVIOUS = EXAMPLE / "previous.json"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("earlier")
    command = [sys.executable, "-m", "generate", "--earlier", "--out", str(folder)]
    subprocess.run(command, cwd=EXAMPLE, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def truth(written: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((written / "truth.json").read_text("utf-8"))
    return loaded


def test_the_page_of_the_example_tells_its_true_figures(truth: dict[str, Any]) -> None:
    files = {file["path"].rpartition("/")[2]: file for file in truth["files"]}
    counted = {
        "answered": truth["x"]["answers"]["meridian"]["rate"],
        "nps": files["post-flight-nps.csv"]["nps"],
        "effort": files["service-ces.csv"]["ces_mean"],
        "trustpilot": files["trustpilot-meridianair.csv"]["mean_stars"],
        "google": files["google-reviews.json"]["mean_stars"],
    }
    assert counted == COUNTED
    page = (EXAMPLE / "README.md").read_text("utf-8")
    for figure in (_share(COUNTED["answered"]), _signed(COUNTED["nps"]), str(COUNTED["trustpilot"])):
        assert f"| {figure} |" in page


def test_its_configuration_is_good_and_reads_by_the_rules_of_today(written: Path) -> None:
    earlier, _ = load_config(written / "config.yaml")
    now, _ = load_config(ROOT / "config.yaml")
    assert {key: earlier.enrich[key] for key in earlier.enrich} == {key: now.enrich[key] for key in earlier.enrich}
    assert earlier.brand == now.brand
    for source in earlier.sources:
        assert list(written.glob(source["path"])), source["path"]
    assert earlier.site.period.end is not None
    assert now.site.period.start is not None
    assert earlier.site.period.end < now.site.period.start


def test_the_committed_snapshot_is_small_and_agrees_with_the_truth(truth: dict[str, Any]) -> None:
    assert PREVIOUS.stat().st_size < 200_000
    snapshot = read_snapshot(PREVIOUS, "previous.json")
    results = snapshot.results()
    assert results["experience.nps"].value == pytest.approx(COUNTED["nps"], abs=0.1)
    assert results["experience.stars[channel=google,scale=5]"].value == pytest.approx(COUNTED["google"], abs=0.05)
    with_handle = truth["x"]["answers"]["meridian_with_handle"]["rate"]
    assert results["care.response_rate[channel=x]"].value == pytest.approx(with_handle, abs=0.05)
    assert snapshot.meta.period_from == truth["period"]["from"]


def test_the_committed_snapshot_holds_nobody(written: Path) -> None:
    text = PREVIOUS.read_text("utf-8")
    first = json.loads((written / "data/x-mentions/2024-07.jsonl").read_text("utf-8").splitlines()[0])
    for user in first["includes"]["users"]:
        if user["username"] not in ("meridianair", "flynorda"):
            assert user["username"] not in text
