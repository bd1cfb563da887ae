"""Paths in a configuration: a file, a folder or a glob."""

from __future__ import annotations

import difflib
import glob
import os
import re
from collections.abc import Iterator
from pathlib import Path

from .problems import ReadError

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def expand(pattern: str, base: Path) -> list[Path]:
    """The files and folders that `pattern` names, relative to `base`, sorted.

    A literal path comes first, so that `[` in a name does no harm; then a glob, where `**` crosses folders.
    What lies inside a folder that matched too is read with that folder, once. Raises ReadError when nothing
    matches.
    """
    if os.path.lexists(base / pattern):
        return [base / pattern]
    matched = sorted(set(_matched(glob.escape(str(base)), Path(pattern).parts)))
    if not matched:
        raise _nothing(pattern, base)
    folders = {path for path in matched if path.is_dir()}
    return [path for path in matched if folders.isdisjoint(path.parents)]


def _matched(head: str, parts: tuple[str, ...]) -> Iterator[Path]:
    """What the parts of a pattern name below the pattern `head`; a last `**` names its folder, with all in it."""
    deep = parts.index("**") if "**" in parts else len(parts)
    found = map(Path, glob.glob(os.path.join(head, *parts[:deep])))
    if deep == len(parts):
        yield from found
        return
    rest = parts[deep + 1 :]
    for folder in found:
        if not rest and folder.is_dir():
            yield folder
        elif rest:
            for below in _folders(folder):
                yield from _matched(glob.escape(str(below)), rest)


def _folders(top: Path) -> Iterator[Path]:
    """`top` and the folders below it, hidden ones left out, each once however many links lead to it."""
    seen: set[str] = set()
    for root, folders, _ in os.walk(top, followlinks=True):
        real = os.path.realpath(root)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(name for name in folders if not is_hidden(name))
        yield Path(root)


def printable(name: str) -> str:
    """A file name to be shown: line breaks, control and direction characters and stray bytes are escaped."""
    return _UNPRINTABLE.sub(lambda found: found[0].encode("unicode_escape", "surrogatepass").decode("ascii"), name)


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
