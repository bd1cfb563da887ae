"""Paths in a configuration: a file, a folder or a glob."""

from __future__ import annotations

import difflib
import glob
import os
from collections.abc import Iterator
from pathlib import Path

from .problems import ReadError


def expand(pattern: str, base: Path) -> list[Path]:
    """The files and folders that `pattern` names, relative to `base`, sorted.

    A literal path comes first, so that `[` in a name does no harm; then a glob, where `**` crosses folders.
    What lies inside a folder that matched too is read with that folder, once. Raises ReadError when nothing
    matches.
    """
    if os.path.lexists(base / pattern):
        return [base / pattern]
    matched = sorted(Path(found) for found in glob.glob(str(Path(glob.escape(str(base))) / pattern), recursive=True))
    if not matched:
        raise _nothing(pattern, base)
    folders = {path for path in matched if path.is_dir()}
    return [path for path in matched if folders.isdisjoint(path.parents)]


def walk(folder: Path) -> Iterator[str]:
    """Names of all files below `folder`, relative and with `/`, sorted; hidden ones left out."""
    found: list[str] = []
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not is_hidden(name)]
        here = Path(root)
        found += [(here / name).relative_to(folder).as_posix() for name in files if not is_hidden(name)]
    yield from sorted(name for name in found if (folder / name).is_file())


def is_hidden(name: str) -> bool:
    """Whether a file or folder of this name is never an export: dot files, lock files, what systems leave."""
    return name.startswith((".", "~$")) or name in {"__MACOSX", "Thumbs.db", "desktop.ini"}


def _nothing(pattern: str, base: Path) -> ReadError:
    folder = base / pattern
    while folder != folder.parent and not folder.is_dir():
        folder = folder.parent
    wanted = Path(pattern).name
    here = sorted(entry.name for entry in folder.iterdir() if not is_hidden(entry.name)) if folder.is_dir() else []
    near = difflib.get_close_matches(wanted, here, n=1)
    hint = f"Did you mean {near[0]!r}?" if near else "Paths are relative to the configuration file."
    return ReadError(pattern, "matches no file or folder.", "Nothing was read from it.", hint, code="no_match")
