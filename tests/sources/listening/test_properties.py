"""Whatever stands in the cells: nothing crashes, and every row is a record or a reject."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxreport.api import Detection
from cxreport_plugins.listening.vendor import Vendor
from cxreport_plugins.listening.vendors import VENDORS

CELLS = st.text(max_size=10) | st.sampled_from(
    [
        "5.7E+17",
        "0",
        "-1",
        "1,234",
        "12.5",
        "4",
        "twitter",
        "https://x.com/a/status/1",
        "03/04/2024 10:05 am",
        "RT @a: b",
        "@a hi",
        "retweet",
        "nan",
        "English",
    ]
)


def names(vendor: Vendor) -> list[str]:
    """Headers of all columns that a vendor's table may have."""
    groups = [vendor.columns, *vendor.networks.values()]
    wanted = {name for group in groups for found in group.values() for name in found}
    return sorted({*wanted, *vendor.labels, *vendor.signature, "*", ""})


@pytest.mark.parametrize("vendor", VENDORS, ids=[vendor.system for vendor in VENDORS])
@settings(max_examples=25)
@given(data=st.data())
def test_tables(vendor: Vendor, data: st.DataObject, read_as: Callable[..., Any]) -> None:
    header = names(vendor)
    rows = data.draw(st.lists(st.dictionaries(st.sampled_from(header), CELLS, max_size=8), max_size=4))
    out = io.StringIO()
    csv.writer(out).writerows([header, *([row.get(name, "") for name in header] for row in rows)])
    read_as(vendor.system, out.getvalue().encode("utf-8", "surrogatepass"))


@pytest.fixture(scope="module")
def read_as(tmp_path_factory: pytest.TempPathFactory, load: Callable[..., Any]) -> Callable[..., Any]:
    """Read bytes as the export of a given tool; the law of accounting is checked."""
    path: Path = tmp_path_factory.mktemp("any") / "export.csv"

    def read(system: str, data: bytes) -> Any:
        path.write_bytes(data)
        return load(path, Detection(system))

    return read
