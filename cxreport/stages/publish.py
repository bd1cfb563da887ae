"""Publish: a finished site takes the place of the old one by two renames, journalled against interruption."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from cxreport.model.problem import ConfigError, CxreportError, Problem

MANIFEST = "cxreport.json"


def guard(target: Path, base: Path) -> None:
    """Refuse an output folder that is not ours to replace. Raises `ConfigError`."""
    resolved = target.resolve()
    if resolved in (base.resolve(), *base.resolve().parents, Path.home().resolve()):
        raise ConfigError(
            Problem(
                "output.dir",
                f"{target.name or target} holds the project itself.",
                "Name a folder of its own.",
            )
        )
    if not target.exists():
        return
    if not target.is_dir():
        raise ConfigError(Problem("output.dir", f"{target.name} is a file.", "Name a folder."))
    if any(target.iterdir()) and not (target / MANIFEST).is_file():
        what = f"{target.name}/ holds files that cxreport did not write."
        raise ConfigError(Problem("output.dir", what, "Choose an empty or new folder."))


def publish(built: Path, target: Path, journal: Path) -> None:
    """Put `built` in the place of `target`; an interruption is completed or reverted by `recover`."""
    old = target.with_name(f".{target.name}.old")
    journal.parent.mkdir(parents=True, exist_ok=True)
    journal.write_text(json.dumps({"new": str(built), "target": str(target), "old": str(old)}), "utf-8")
    try:
        shutil.rmtree(old, ignore_errors=True)
        if target.exists():
            target.rename(old)
        built.rename(target)
    except OSError as error:
        recover(journal)
        what = f"it cannot be replaced: {error.strerror or error}."
        raise CxreportError(Problem(target.name, what, "Close programs that hold it open; check the disk.")) from error
    shutil.rmtree(old, ignore_errors=True)
    journal.unlink()


def recover(journal: Path) -> None:
    """Finish or undo a publication that was interrupted: afterwards `target` is one whole site."""
    if not journal.is_file():
        return
    try:
        steps = json.loads(journal.read_text("utf-8"))
        new, target, old = (Path(steps[key]) for key in ("new", "target", "old"))
    except (ValueError, KeyError):
        journal.unlink()
        return
    if not target.exists():
        if new.exists():
            new.rename(target)
        elif old.exists():
            old.rename(target)
    shutil.rmtree(old, ignore_errors=True)
    journal.unlink(missing_ok=True)
