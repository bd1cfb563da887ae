"""How often intervals hold the truth: the simulation that ships with the package, as an exhibit."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from cxreport.api import Exhibit, Table, Words, message

FILE: Final = Path(__file__).with_name("coverage.json")
"""Written by `python -m benchmarks.coverage --write`; a test repeats its first draws."""
WIDTH_AT: Final = 100
"""Records at which widths are told."""
NAMED: Final = (
    message("Net promoter score"), message("Net sentiment"), message("Share of records"), message("Response rate"),
    message("Median first response"), message("Reach asymmetry"), message("Driver weight"),
    message("each writes once"), message("some write often"), message("few write most"),
)  # fmt: skip
"""What the simulation's file calls its methods and ways of writing."""


@lru_cache(maxsize=1)
def simulated() -> dict[str, Any]:
    """The simulation: `date`, `cxreport`, `draws`, `seed`, `authors`, `methods` and `cells`."""
    data: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return data


def coverage(words: Words) -> Exhibit:
    """A row for each method and way of writing, a column for each number of records."""
    data = simulated()
    cells = [cell for cell in data["cells"] if "p" not in cell]
    sizes = sorted({cell["n"] for cell in cells})
    found = {(cell["method"], cell["authors"], cell["n"]): cell for cell in cells}
    rows = tuple(
        _row([found[method, authors, n] for n in sizes], data, words)
        for method in data["methods"]
        for authors in data["authors"]
    )
    low, high = (words.share(end(cell["coverage"] for cell in cells), 1) for end in (min, max))
    heading = words.say("How often intervals hold the truth")
    columns = [words.say("{n} records", n=words.number(n)) for n in sizes]
    width = words.say("Width at {n}", n=words.number(WIDTH_AT))
    return Exhibit(
        id="methods.coverage",
        heading=heading,
        title=words.say("Simulated 95% intervals hold the truth {low} to {high} of the time", low=low, high=high),
        subtitle=words.say(
            "Share of {draws} simulated audits whose interval held the true figure, by how unevenly authors write",
            draws=words.number(data["draws"]),
        ),
        table=Table(
            (words.say("Interval of"), words.say("Authors"), *columns, width), rows,
            align=("left", "left", "right", "right", "right", "right"), caption=heading,
        ),
        note=words.say(
            "Wanted: 93% to 97%; more is cautious. ° the result says directional: it is shown and not tested. Shares "
            "are averaged over all sizes of share. Some write often: most once, a few many times, one author's records "
            "correlated by 0.3; few write most: more so, and correlated by 0.5. Each figure is good to half a point. "
            "Invented people: how far real ones differ from them, a simulation cannot tell."
        ),
        source=words.say(
            "Simulated {date} with cxreport {version}, seed {seed}.",
            date=data["date"], version=data["cxreport"], seed=str(data["seed"]),
        ),
    )  # fmt: skip


def _row(cells: list[dict[str, Any]], data: dict[str, Any], words: Words) -> tuple[str, ...]:
    about = data["methods"][cells[0]["method"]]
    told = [words.share(cell["coverage"], 1) + ("°" if "sound" not in cell else "") for cell in cells]
    width = next(_width(cell, about["width"], words) for cell in cells if cell["n"] == WIDTH_AT)
    return (words.say(about["title"]), words.say(data["authors"][cells[0]["authors"]]), *told, width)


def _width(cell: dict[str, Any], told: str, words: Words) -> str:
    """In points, or as upper over lower limit; how many have no end."""
    if told == "factor":
        wide = words.say("upper ÷ lower {factor}", factor=words.number(cell["width"], 0 if cell["width"] >= 10 else 1))
    else:
        points = cell["width"] * (100 if told == "share" else 1)
        wide = words.say("{points} points", points=words.number(points))
    if not cell["open"]:
        return wide
    return words.say("{width}; {share} without end", width=wide, share=words.share(cell["open"]))
