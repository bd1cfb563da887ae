"""The shared samples: every file is recognised as what it is, and read without an unexplained reject."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from cxreport.recognise import recognise

from .recognition import CONTEXT, reading, sources

Shared = Callable[[str], Path]
TABLE: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("samples.yaml").read_text("utf-8"))


@pytest.mark.parametrize("name", TABLE["exports"])
def test_an_export(shared: Shared, name: str) -> None:
    expected = TABLE["exports"][name]
    found = reading(shared(f"samples/{name}"))
    assert (found.system, found.found.problem, found.found.sure) == (expected["system"], "", True)
    assert (found.found.facts.rows_read, found.records.height) == (expected["rows"], expected["records"])
    assert {reject.code for reject in found.rejects} == expected.get("rejects", {}).keys()
    assert sum(found.found.facts.skipped.values()) == expected.get("skipped", 0)
    assert found.accounts()


@pytest.mark.parametrize("name", TABLE["unknown"])
def test_a_table_of_no_product_is_a_guess_and_never_sure(shared: Shared, name: str) -> None:
    found = reading(shared(f"samples/{name}"))
    assert (found.found.type, found.found.sure) == ("table", False)
    assert found.found.facts.rows_read == TABLE["unknown"][name]
    assert found.accounts()
    assert found.found.options, "the mapping to complete"


@pytest.mark.parametrize("name", TABLE["names"])
def test_names_of_columns_that_were_seen_are_recognised(shared: Shared, tmp_path: Path, name: str) -> None:
    expected = TABLE["names"][name]
    for number, names in enumerate(_noted(shared(f"samples/{name}"), expected["split"])):
        path = tmp_path / f"{number}.csv"
        path.write_text(",".join(names) + "\n" + ",".join("1" for _ in names) + "\n", "utf-8")
        assert reading(path).system == expected["system"]


def _noted(path: Path, split: str) -> Iterator[list[str]]:
    """The names of columns in each line of a note: `en: ID | Start time | …`, `request_id request_sent_at …`."""
    for line in path.read_text("utf-8").splitlines():
        told = re.sub(r"^\w\w: |\(.*\)|…|<.*>|\.\{.*\}", "", line)
        if not told.startswith("quiz"):
            yield [name.strip() for name in told.split(split) if name.strip()]


def test_every_file_of_the_folder_is_accounted_for(shared: Shared) -> None:
    folder = shared("samples")
    told = {name for part in TABLE.values() for name in part}
    found = {file.path.partition("/")[2]: file.type for file in recognise([folder], sources(), CONTEXT, read=False)}
    assert set(found) - told == set(), "files that the table does not tell of"
    assert [name for name in told if not (folder / name).exists()] == []
    assert [name for name in TABLE["other"] if found[name]] == []
