"""Wheel and sdist are built once, looked into, and the wheel is run where there is no clone."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
from importlib import metadata
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
SHIPPED = ("cxreport", "plugins/cxreport_plugins", "themes/cxreport_themes")
NOT_SHIPPED = {".cxreport", ".git", ".venv", "__pycache__"}
KINDS = {".css", ".html", ".py", ".ttf", ".txt", ".typed", ".woff2", ".yaml"}
LOAD_ALL = """
import cxreport
from importlib.metadata import entry_points
for group in ("cxreport.plugins", "cxreport.themes"):
    for entry in sorted(entry_points(group=group)):
        print(entry.name, entry.load().__file__)
print("cxreport", cxreport.__file__)
"""

pytestmark = pytest.mark.slow


def run(command: list[str | Path], cwd: Path) -> str:
    """Output of a command that must succeed, run in `cwd` without this process's Python settings."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment["PYTHONUTF8"] = "1"
    done = subprocess.run(command, check=False, cwd=cwd, env=environment, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def script(python: Path, name: str) -> Path:
    """Path of a console script of the environment that `python` belongs to."""
    return python.with_name(f"{name}.exe" if os.name == "nt" else name)


def loaded_from(output: str) -> dict[str, Path]:
    """What `LOAD_ALL` printed: name of a plugin, theme or the core to the file it was loaded from."""
    return {name: Path(path) for name, _, path in (line.partition(" ") for line in output.splitlines())}


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with the sdist, and the wheel made from that sdist."""
    folder = tmp_path_factory.mktemp("dist")
    run([sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT], cwd=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(dist: Path) -> Path:
    [path] = dist.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Python of an environment that holds the wheel, and reads its dependencies from this environment.

    Only the folders of this environment are added, not what its own `.pth` files add: no editable clone.
    """
    folder = tmp_path_factory.mktemp("environment")
    builder = venv.EnvBuilder(symlinks=os.name != "nt")
    builder.create(folder)
    python = Path(builder.ensure_directories(folder).env_exe)
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", python]
    run([*pip, "install", "--quiet", "--no-deps", "--no-index", wheel], cwd=folder)
    site = run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], cwd=folder).strip()
    parents = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (Path(site) / "dependencies.pth").write_text("\n".join(sorted(parents)), encoding="utf-8")
    return python


def test_the_wheel_holds_the_packages_whole_and_nothing_else(wheel: Path) -> None:
    expected = {
        path.relative_to((ROOT / folder).parent).as_posix()
        for folder in SHIPPED
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not any(part.startswith((".", "__pycache__")) for part in path.relative_to(ROOT).parts)
    }
    with ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == expected
    assert {Path(name).suffix or f".{Path(name).name}" for name in held} >= KINDS


def test_the_sdist_holds_what_a_packager_needs_and_nothing_private(dist: Path) -> None:
    [path] = dist.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert names >= {"LICENSE", "README.md", "CHANGELOG.md", "Makefile", "pyproject.toml", "config.yaml"}
    assert "tests/packaging/test_distributions.py" in names
    assert [name for name in names if name.startswith("site/") or NOT_SHIPPED & {*name.split("/")}] == []


def test_the_wheel_runs_far_from_the_clone(installed: Path, tmp_path: Path) -> None:
    assert "build" in run([script(installed, "cxreport"), "--help"], cwd=tmp_path)


def test_every_plugin_and_theme_loads_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    loaded = loaded_from(run([installed, "-c", LOAD_ALL], cwd=tmp_path))
    environment = installed.parents[1].resolve()
    assert {"cxreport", "twitter", "audit"} <= set(loaded)
    assert [path for path in loaded.values() if environment not in path.resolve().parents] == []


def test_the_editable_install_runs_far_from_the_clone(tmp_path: Path) -> None:
    try:
        metadata.distribution("cxreport")
    except metadata.PackageNotFoundError:
        pytest.skip("cxreport is on the path but not installed")
    python = Path(sys.executable)
    assert "build" in run([script(python, "cxreport"), "--help"], cwd=tmp_path)
    loaded = loaded_from(run([python, "-c", LOAD_ALL], cwd=tmp_path))
    assert {"cxreport", "twitter", "audit"} <= set(loaded)
