"""What scripts need to enliven charts: the Vega bundle and a compiled spec an exhibit, as classic scripts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cxreport.render.charts.tokens import Tokens


def write(specs: Mapping[str, Mapping[str, Any]], tokens: Tokens, folder: Path) -> None:
    """Write `vega.js` and `live/<anchor>.js` into the assets; nothing when no chart wants it."""
    if not specs:
        return
    from cxreport.render.charts.vega import bundle, spec_script

    (folder / "live").mkdir(parents=True, exist_ok=True)
    (folder / "vega.js").write_bytes(bundle().encode())
    for anchor, spec in specs.items():
        (folder / "live" / f"{anchor}.js").write_bytes(spec_script(anchor, spec, tokens).encode())
