"""Two clean builds with the same key are the same bytes, wherever and whenever they are made."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .demo import ROOT, Demo, copy_project, files

ELSEWHERE = {
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "tr_TR.UTF-8",
    "LANG": "tr_TR.UTF-8",
    "PYTHONHASHSEED": "4711",
    "POLARS_MAX_THREADS": "1",
    "COLUMNS": "40",
}
RUN = "from cxreport.cli import main; main()"


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same project in another folder, built by another process in another place, zone and language."""
    project, elsewhere = tmp_path_factory.mktemp("a second demo, далеко"), tmp_path_factory.mktemp("elsewhere")
    config = copy_project(project)
    paths = [*(str(ROOT / folder) for folder in ("", "plugins", "themes")), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, **ELSEWHERE, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    command = [sys.executable, "-c", RUN, "build", "-q", "-c", str(config)]
    done = subprocess.run(command, check=False, cwd=elsewhere, env=environment, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(elsewhere.iterdir()) == []
    return project


def test_every_file_of_the_site_is_the_same(demo: Demo, again: Path) -> None:
    first, second = files(demo.site), files(again / "site")
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_the_private_audit_is_the_same(demo: Demo, again: Path) -> None:
    name = ".cxreport/audit.json"
    assert (demo.folder / name).read_bytes() == (again / name).read_bytes()


def test_no_file_names_the_machine_or_the_key(demo: Demo) -> None:
    secrets = (str(demo.folder), str(Path.home()), demo.plan.context.key.decode(), "demo0")
    for name, content in files(demo.site).items():
        assert [secret for secret in secrets if secret.encode() in content] == [], name
