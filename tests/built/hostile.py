"""A small project whose every cell, name and option attacks a careless page."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

import polars as pl
import yaml

SCRIPT = "<script>window.hacked=1</script>"
IMAGE = '"><img src=x onerror=window.hacked=2>'
BREAKOUT = "</script></style></title><script>window.hacked=3</script>"
TEXTS = (
    f"They broke my form, terrible: {SCRIPT} and nobody answered me for days, what a shame for everybody",
    f"The reply reads {IMAGE} and nothing else. Awful, slow, useless service and I want my money back",
    f"Great crew and a lovely flight, thank you! {BREAKOUT} Best airline, I am very happy with it all",
    "The mail begins with Dear {{ 7*7 }} {% raw %} and ends without a refund. Disappointing, bad, sad",
    "Photo: <svg/onload=window.hacked=4> <a href='javascript:window.hacked=5'>see</a>. Broken suitcase, horrible",
    '=HYPERLINK("http://malware.example","refund") was all they sent me. Ridiculous and a bad joke really',
    "Endless waiting: n" + "o" * 2_000 + "w. Terrible, awful, never again with this company in my whole life",
    "Seat \u202eecivres tnellecxe\u202c, first line\u2028second line\u2029third\x00\x1b[31m red. Bad, bad, bad experience",
)
NAMES = (SCRIPT, IMAGE, BREAKOUT, "{{ 7*7 }}", "constructor", "__proto__")


def hostile_project(folder: Path) -> Path:
    """Write a table of 360 records and a configuration; the path of the configuration."""
    texts, segments = cycle(TEXTS), cycle(NAMES)
    rows = [
        {
            "id": f"{IMAGE}{number}", "at": f"2026-0{1 + number % 6}-1{number % 9} 10:00:00", "words": f"{next(texts)} {number}",
            "who": f"{SCRIPT} {number}", "part": next(segments), "stars": number % 5 + 1, "nps": number % 11,
        }
        for number in range(360)
    ]  # fmt: skip
    pl.DataFrame(rows).write_csv(folder / f"{'x' * 20} & 'quotes'.csv")
    columns = {"native_id": "id", "created_at": "at", "text": "words", "author_name": "who", "segment": "part"}
    common = {"type": "table", "path": "*.csv", "entity": "brand", "timezone": "UTC", "columns": columns}
    config = {
        "version": 1,
        "site": {"title": f"Audit {IMAGE}", "client": SCRIPT, "author": BREAKOUT, "confidentiality": IMAGE},
        "brand": {"names": [f"Meridian {IMAGE}"], "handles": ["@meridianair"]},
        "privacy": {"profile": "internal", "key": "a key of invented data"},
        "sources": [
            {"id": f"stars {IMAGE}", "channel": SCRIPT, "rating": {"column": "stars", "metric": "stars"}, **common},
            {"id": "scores", "channel": "survey", "rating": {"column": "nps", "metric": "nps"}, **common},
        ],
        "pages": [{"markdown": "note.md", "title": f"Note {IMAGE}"}],
    }
    note = f"# Heading {SCRIPT}\n\n{IMAGE} [link](javascript:window.hacked=6) <form><input></form> <iframe src=x></iframe>\n"
    (folder / "note.md").write_text(note, "utf-8")
    path = folder / "config.yaml"
    path.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), "utf-8")
    return path
