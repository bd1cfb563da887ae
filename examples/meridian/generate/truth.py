"""``truth.json``: what is in the files, and the story they tell, as planted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .dice import SEED
from .files import Made
from .story import END, START

STATEMENT = (
    "Everything is invented: Meridian Air, Norda, all people, handles, words and numbers. Card, IBAN, phone "
    "numbers, addresses and hosts come from ranges reserved for tests and fiction."
)


def truth(files: Sequence[Made], x: Mapping[str, object]) -> dict[str, object]:
    """Everything a test or a reader may want to compare with what the tool finds."""
    faults = [fault for made in files for fault in made.faults]
    texts = {text for made in files for text in made.texts}
    return {
        "seed": SEED,
        "statement": STATEMENT,
        "period": {"from": f"{START:%Y-%m-%d}", "to": f"{END:%Y-%m-%d}", "to_is_included": False},
        "totals": {
            "records": sum(made.records for made in files),
            "by_channel": _by_channel(files),
            "distinct_texts": len(texts),
            "hostile_cells": sum(made.hostile for made in files),
            "faults": len(faults),
            "faults_always_rejected": sum(fault.outcome == "reject" for fault in faults),
            "faults_only_warned": sum(fault.outcome == "warning" for fault in faults),
        },
        "files": [_file(made) for made in files],
        "x": x,
    }


def _by_channel(files: Sequence[Made]) -> dict[str, int]:
    channels = sorted({made.channel for made in files})
    return {channel: sum(m.records for m in files if m.channel == channel) for channel in channels}


def _file(made: Made) -> dict[str, object]:
    return {
        "path": f"data/{made.path}",
        "channel": made.channel,
        "bytes": len(made.content),
        "records": made.records,
        "distinct_texts": len(set(made.texts)),
        "hostile_cells": made.hostile,
        **made.facts,
        "faults": [{"where": f.where, "what": f.what, "outcome": f.outcome} for f in made.faults],
    }
