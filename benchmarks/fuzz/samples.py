"""Sound exports that mutations begin with."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
INVENTED: Final = ROOT / "tests" / "sources" / "invented"
"""`<system>/<file or folder>`: small invented exports of every system, in their true layouts."""
SEEDS: Final = ROOT / "tests" / "fuzz" / "seeds"
"""`<source>/<system>[-<format>].<suffix>`: the same systems in containers and forms that `INVENTED` lacks."""
_DEMO: Final = ROOT / "examples" / "meridian" / "data"
_MOST_BYTES: Final = 12_000


@dataclass(frozen=True)
class Sample:
    """An export: its name, and its bytes by name within a folder; a bare file has the one name ""."""

    name: str
    files: dict[str, bytes]

    @property
    def is_folder(self) -> bool:
        """Whether the export is a folder of files."""
        return "" not in self.files


def samples(shared: str | None = os.environ.get("CXREPORT_TEST_DATA")) -> list[Sample]:
    """Invented exports, beginnings of the demo's and, where there are any, real samples; always in one order."""
    found = [sample(path) for folder in (INVENTED, SEEDS) for path in sorted(folder.glob("*/*"))]
    found += [sample(path) for path in sorted(_DEMO.rglob("*")) if path.is_file()]
    if shared is not None:
        found += [sample(path) for path in _real(Path(shared) / "samples")]
    return found


def sample(path: Path) -> Sample:
    """The file or folder at `path`; of a long file its first lines."""
    if path.is_file():
        return Sample(path.name, {"": _beginning(path)})
    inside = sorted(file for file in path.rglob("*") if file.is_file())
    return Sample(path.name, {file.relative_to(path).as_posix(): _beginning(file) for file in inside})


def _beginning(path: Path) -> bytes:
    data = path.read_bytes()
    return data if len(data) <= _MOST_BYTES else data[: data.rfind(b"\n", 0, _MOST_BYTES) + 1 or _MOST_BYTES]


def _real(folder: Path) -> Iterator[Path]:
    """Files of the real samples, and their X archives as folders."""
    for path in sorted(folder.glob("*/*")):
        if path.is_dir():
            yield path.parent
        elif path.suffix not in (".py", ".md"):
            yield path
