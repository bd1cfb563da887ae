"""What enlivens charts: the Vega bundle and a compiled spec an exhibit, as classic scripts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def write(scripts: Mapping[str, str], bundle: str, folder: Path) -> None:
    """Write `vega.js` and `live/<anchor>.js` into the assets."""
    (folder / "live").mkdir(parents=True, exist_ok=True)
    (folder / "vega.js").write_bytes(bundle.encode())
    for anchor, script in scripts.items():
        (folder / "live" / f"{anchor}.js").write_bytes(script.encode())
