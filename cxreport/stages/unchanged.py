"""Unchanged: whether anything that a build depends on has changed since the last one, told from file stamps alone.

Imports nothing heavy: a build with nothing to do asks here before it loads a plugin. Whatever is doubtful counts as
a change, and a build that then finds every step in the store costs little.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from stat import S_ISDIR

from cxreport import __version__

NAME = "last-build.json"
SKIPPED = frozenset({".cxreport", ".git", ".venv", "__pycache__", "node_modules", ".mypy_cache", ".pytest_cache"})
"""Folders of a project that no build reads."""
MOST = 20_000
"""Files of a project beyond which looking at each would cost more than it saves."""
_ENVIRONMENT = re.compile(r"!env\s+(\w+)")

Stamps = dict[str, list[int]]
"""Path → size and time of change in ns; of a folder the time alone."""


@dataclass(frozen=True)
class Record:
    """What the last build depended on, what it wrote, and what it said."""

    version: str
    python: str
    project: Stamps
    """Every file of the project."""
    elsewhere: Stamps
    """Exports outside of it, programs, the site."""
    environment: str
    said: list[str]
    """Warnings, to be said again."""
    result: str

    @classmethod
    def read(cls, work: Path) -> Record | None:
        """The record of the last build, if there is a readable one."""
        with suppress(OSError, ValueError, TypeError):
            return cls(**json.loads((work / NAME).read_text("utf-8")))
        return None

    def write(self, work: Path) -> None:
        """Keep it for the next build."""
        fresh = work / f"{NAME}.part"
        fresh.write_text(json.dumps(asdict(self)), "utf-8")
        fresh.replace(work / NAME)

    def holds(self, config: Path) -> bool:
        """Whether nothing has changed since."""
        return (
            (self.version, self.python) == (__version__, sys.version)
            and self.environment == environment(config)
            and stamps(map(Path, self.elsewhere)) == self.elsewhere
            and stamps(project(config, set(self.elsewhere))) == self.project
        )


def recorded(
    before: Stamps, config: Path, output: Path, read: Iterable[Path], said: list[str], result: str
) -> Record | None:
    """The record of a build that began with the project as in `before`; None where it could not be trusted.

    `read` are further files and folders that the build depends on.
    """
    base = config.resolve().parent
    programs = (Path(folder) for folder in sys.path if folder and Path(folder).resolve() != base)
    elsewhere = stamps([*read, *programs, output, *output.rglob("*")])
    if stamps(project(config, {str(output)})) != before or len(before) >= MOST:
        return None
    return Record(__version__, sys.version, before, elsewhere, environment(config), said, result)


def environment(config: Path, environ: Mapping[str, str] = os.environ) -> str:
    """A digest of the environment variables that a configuration names, and of the key."""
    with suppress(OSError):
        names = sorted({"CXREPORT_KEY", *_ENVIRONMENT.findall(config.read_text("utf-8", "replace"))})
        values = json.dumps([[name, environ.get(name)] for name in names])
        return hashlib.blake2b(values.encode(), digest_size=20).hexdigest()
    return ""


def project(config: Path, besides: Collection[str]) -> Iterator[Path]:
    """The files of a project that a build may read: all but those under the folders `besides`."""
    pending, seen = [config.resolve().parent], 0
    while pending and seen < MOST:
        with suppress(OSError), os.scandir(pending.pop()) as entries:
            for entry in entries:
                seen += 1
                if not entry.is_dir(follow_symlinks=False):
                    yield Path(entry.path)
                elif entry.name not in SKIPPED and not entry.name.endswith(".old") and entry.path not in besides:
                    pending.append(Path(entry.path))


def stamps(paths: Iterable[Path]) -> Stamps:
    """The stamp of each path; of one that is not there, an empty one."""
    return {str(path): _stamp(path) for path in paths}


def _stamp(path: Path) -> list[int]:
    try:
        stat = path.stat()
    except OSError:
        return []
    return [0 if S_ISDIR(stat.st_mode) else stat.st_size, stat.st_mtime_ns]
