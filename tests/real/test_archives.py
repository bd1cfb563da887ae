"""X archives of 2020 and 2022 load whole, from the folder and zipped: as many posts as the data's README counts."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from cxreport.build import gather
from cxreport.engine.local import LocalEngine
from cxreport.model.audit import Load
from cxreport.plan import make_plan
from cxreport.progress import Meter

Shared = Callable[[str], Path]
ARCHIVES = {
    "data/twitter-archive-2020-denchi": (22, "2019-09-13", "2020-01-25"),
    "data/twitter-archive-2022-smithjd": (1_758, "2007-05-07", "2022-10-19"),
}
"""Folder → posts, first day, last day."""


def gathered(path: Path, folder: Path) -> tuple[list[Load], pl.DataFrame]:
    """Load, enrich and relate one archive."""
    config = {
        "version": 1,
        "brand": {"names": ["Meridian Air"]},
        "privacy": {"key": "a key of no importance"},
        "sources": [{"id": "archive", "type": "twitter", "path": str(path)}],
    }
    folder.mkdir()
    (folder / "config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    plan = make_plan(folder / "config.yaml")
    engine = LocalEngine(folder / "feedback")
    loads = list(gather(plan, engine, Meter()).loads)
    frame: Any = engine.open("records").to_native()
    return loads, frame.collect().sort("record_id")


@pytest.mark.parametrize("name", list(ARCHIVES))
def test_archive(shared: Shared, tmp_path: Path, name: str) -> None:
    posts, first, last = ARCHIVES[name]
    root = shared(name)
    loads, records = gathered(root, tmp_path / "folder")
    [load] = [load for load in loads if load.records]
    assert (load.problem, load.rejected) == ("", {})
    assert load.records == records.height == posts
    assert (f"{load.date_min:%Y-%m-%d}", f"{load.date_max:%Y-%m-%d}") == (first, last)
    assert load.frame == "own_posts"

    zipped = tmp_path / f"{root.name}.zip"
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(root.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(root).as_posix())
    _, again = gathered(zipped, tmp_path / "zipped")
    place = ["source_file", "source_member", "source_sha256"]
    assert again.drop(place).equals(records.drop(place))
