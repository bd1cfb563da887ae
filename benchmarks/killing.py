"""Killing: builds ended by SIGKILL at random moments leave a whole site, and the next build the right one.

    python -m benchmarks.killing --times 20

The project's title changes from build to build, so that the site to come never equals the one that stands.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml

ROOT = Path(__file__).parents[1]
TITLES = ("The first audit", "The second audit")
COLD = 4
"""Every so many kills the cache is emptied, so that early stages are hit as often as late ones."""
_COMMAND = "from cxreport.cli import main; main(['build', '--quiet'])"

Stood = Literal["old", "new", "moving", "broken"]


@dataclass(frozen=True)
class Kill:
    """One killed build: after how many seconds, which site stood then, and whether the next build was right."""

    seconds: float
    stood: Stood
    mended: bool

    @property
    def survived(self) -> bool:
        """Whether nothing was half-written and nothing lost."""
        return self.stood != "broken" and self.mended


def kills(project: Path, times: int, seed: int = 7) -> Iterator[Kill]:
    """Kill builds of a copy-able project `times` times. Works in `project`; its site must be its `site` folder."""
    dice = random.Random(seed)
    whole: list[float] = []
    wanted = [_clean(project, title, whole) for title in TITLES]
    for number in range(times):
        old, new = wanted[(number + 1) % 2], wanted[number % 2]
        if number % COLD == 0:
            shutil.rmtree(project / ".cxreport" / "cache", ignore_errors=True)
        _titled(project, TITLES[number % 2])
        seconds = _killed(project, dice.uniform(0, whole[0]))
        stood = _standing(project, old, new)
        subprocess.run([sys.executable, "-c", _COMMAND], cwd=project, check=True, capture_output=True)
        yield Kill(seconds, stood, _files(project / "site") == new)


def _clean(project: Path, title: str, whole: list[float]) -> dict[str, str]:
    """The files of a build that nobody disturbed; how long it took goes into `whole`."""
    _titled(project, title)
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", _COMMAND], cwd=project, check=True, capture_output=True)
    whole.append(time.perf_counter() - started)
    return _files(project / "site")


def _titled(project: Path, title: str) -> None:
    path = project / "config.yaml"
    config = yaml.safe_load(path.read_text("utf-8"))
    config["site"] = {**config.get("site", {}), "title": title}
    path.write_text(yaml.safe_dump(config, sort_keys=False, allow_unicode=True), "utf-8")


def _killed(project: Path, seconds: float) -> float:
    process = subprocess.Popen(
        [sys.executable, "-c", _COMMAND], cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    started = time.perf_counter()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    return time.perf_counter() - started


def _standing(project: Path, old: dict[str, str], new: dict[str, str]) -> Stood:
    """Between the two renames of a publication nothing stands in the site's place, and the old one beside it."""
    if not (project / "site").exists():
        return "moving" if _files(project / ".site.old") == old else "broken"
    found = _files(project / "site")
    return "old" if found == old else "new" if found == new else "broken"


def _files(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def demo(folder: Path) -> Path:
    """A copy of the demo audit to kill builds of."""
    shutil.copy(ROOT / "config.yaml", folder)
    shutil.copytree(ROOT / "examples", folder / "examples")
    return folder


def told(found: Sequence[Kill]) -> str:
    """The kills in one line."""
    stood = {name: sum(kill.stood == name for kill in found) for name in ("old", "new", "moving", "broken")}
    right = sum(kill.mended for kill in found)
    moments = ", ".join(f"{kill.seconds:.1f}" for kill in found)
    return (
        f"Builds killed: {len(found)}, after {moments} s. The site that stood then was the old one {stood['old']} "
        f"times, the new one {stood['new']}, between both {stood['moving']}, half-written {stood['broken']}; the "
        f"next build gave the right bytes {right} times."
    )


def run(times: int) -> list[Kill]:
    """Kill builds of the demo in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        return list(kills(demo(Path(folder)), times))


def main() -> int:
    """Run it, print it, and tell whether all were survived."""
    parser = ArgumentParser(prog="python -m benchmarks.killing", description=__doc__)
    parser.add_argument("--times", type=int, default=20, help="builds to kill (default: %(default)s)")
    found = run(parser.parse_args().times)
    print(told(found))
    return 0 if all(kill.survived for kill in found) else 1


if __name__ == "__main__":
    sys.exit(main())
