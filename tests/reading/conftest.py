"""What the tests of reading share: files made on the spot, and tables read to the end."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from cxreport.reading import Input, Table, open_table

Write = Callable[[str, bytes | str], Input]
Read = Callable[..., "Whole"]


@dataclass(frozen=True)
class Whole:
    """A table read to its end."""

    table: Table
    frame: pl.DataFrame
    rejects: list[tuple[int, str]]

    @property
    def rows(self) -> list[tuple[Any, ...]]:
        """Rows without `__row`."""
        return self.frame.drop("__row").rows()

    @property
    def numbers(self) -> list[int]:
        """The record numbers of the rows."""
        return self.frame["__row"].to_list()

    @property
    def codes(self) -> Counter[str]:
        """How often each reason for a reject occurred."""
        return Counter(code for _, code in self.rejects)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file and give it as an Input under its bare name."""

    def make(name: str, content: bytes | str) -> Input:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return Input.at(path, name)

    return make


@pytest.fixture
def read(write: Write) -> Read:
    """Read a table from bytes, text or an Input to its end."""

    def make(content: bytes | str | Input, name: str = "table.csv", size: int = 1000, **options: Any) -> Whole:
        table = open_table(content if isinstance(content, Input) else write(name, content), **options)
        batches = list(table.batches(size))
        schema = {**dict.fromkeys(table.header, pl.String), "__row": pl.Int64}
        frame = pl.concat([pl.DataFrame(schema=schema), *(batch.frame for batch in batches)])
        return Whole(table, frame, [(bad.row, bad.code) for batch in batches for bad in batch.rejects])

    return make


def zipped(members: dict[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The bytes of a ZIP."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", compression) as box:
        for name, content in members.items():
            box.writestr(name, content)
    return data.getvalue()


@pytest.fixture
def pack() -> Callable[..., bytes]:
    """`zipped`."""
    return zipped
