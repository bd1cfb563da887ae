"""SPSS data files (`.sav`, `.zsav`), which most survey tools can write; read with the extra `spss`."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from cxreport.api import Detection, Input, ReadError, reading
from cxreport_plugins.survey import qualtrics
from cxreport_plugins.survey.model import Column, Layout

SYSTEM = "spss"
MAGIC = (b"$FL2", b"$FL3")
CODE = " (code)"
"""Beside a choice in words, in `extra`: the number that stands for it in the file."""
_MEMORY = 512 << 20
_EXTRA = "Install it with `pip install 'cxreport[spss]'`, or export the data as CSV or XLSX."


def recognise(data: Input) -> Detection | None:
    """A file that begins as SPSS files do."""
    if data.kind == "file" and data.head(size=4).startswith(MAGIC):
        return Detection(SYSTEM, "", 1.0, "it begins with the sign of SPSS files")
    return None


class SavTable(reading.Table):
    """The cases of an SPSS file as rows of text. Labelled values are their labels, their codes stand beside them.

    A variable of which only some values are labelled, such as the ends of a scale, keeps its numbers. Values that
    the file declares missing are null. Raises ReadError without the extra, and for a damaged file.
    """

    format = "sav"

    def __init__(self, input: Input, encoding: str | None) -> None:
        super().__init__(input)
        self._encoding = encoding
        self._source = _source(input)
        _, self._meta = self._read(metadataonly=True)
        self._labels = self._wholly_labelled()
        names = list(self._meta.column_names)
        texts = [text or "" for text in self._meta.column_labels]
        codes = [f"{name}{CODE}" for name in self._labels]
        self.header_records = [[*names, *codes], [*texts, *[""] * len(codes)]]
        self._name([*names, *codes])

    @property
    def dialect(self) -> reading.Dialect:
        """How the file is written; it has no header row."""
        found = reading.Encoding((self._meta.file_encoding or "utf-8").lower(), "detected")
        return reading.Dialect("", "", 0, found, 0, tuple(self.header))

    def batches(self, size: int = 50_000) -> Iterator[reading.TableBatch]:
        """Read the cases from the beginning, `size` at a time; `__row` is the 1-based number of the case."""
        start = 0
        while True:
            frame = self._read(row_offset=start, row_limit=size)[0]
            if not frame.height:
                return
            rows = pl.Series(reading.ROW, range(start + 1, start + frame.height + 1), pl.Int64)
            yield reading.TableBatch(self._cells(frame).with_columns(rows), [])
            start += frame.height

    def _cells(self, frame: pl.DataFrame) -> pl.DataFrame:
        columns = [_text(series).alias(f"c{index}") for index, series in enumerate(frame)]
        for place, (name, labels) in enumerate(self._labels.items(), frame.width):
            index = frame.columns.index(name)
            code = columns[index]
            columns.append(code.alias(f"c{place}"))
            columns[index] = code.replace_strict(labels, default=code, return_dtype=pl.String)
        return pl.DataFrame(columns)

    def _wholly_labelled(self) -> dict[str, dict[str, str]]:
        """Variable → code as text → label, where every value has a label and not just the ends of a scale."""
        found: Mapping[str, Mapping[Any, str]] = self._meta.variable_value_labels
        known = {name: {_number(code): label for code, label in labels.items()} for name, labels in found.items()}
        seen: dict[str, set[str]] = {name: set() for name in known}
        start = 0
        while known and (frame := self._read(row_offset=start, row_limit=50_000, usecols=list(known))[0]).height:
            for name in known:
                seen[name] |= set(_text(frame[name]).drop_nulls().unique())
            start += frame.height
        whole = (name for name in known if seen[name] <= known[name].keys() and not _are_ends(found[name]))
        return {name: known[name] for name in whole}

    def _read(self, **how: Any) -> tuple[pl.DataFrame, Any]:
        try:
            import pyreadstat
        except ImportError:
            what = "is an SPSS file, which the package `pyreadstat` reads, and that is not installed."
            raise ReadError(self.input.path, what, mend=_EXTRA, code="extra_missing") from None
        if isinstance(self._source, io.BytesIO):
            self._source.seek(0)
        try:
            frame, meta = pyreadstat.read_sav(self._source, encoding=self._encoding, output_format="polars", **how)
        except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError, OverflowError, OSError) as error:
            raise ReadError(
                self.input.path, "is damaged or no SPSS file.", mend="Export it again.", code="damaged"
            ) from error
        return frame, meta


def layout(headers: Sequence[Sequence[str]]) -> Layout:
    """What names and labels of the variables say; names are those of the tool that wrote the file."""
    names = headers[0]
    codes = tuple(Column(index, name) for index, name in enumerate(names) if name.endswith(CODE))
    width = len(names) - len(codes)
    found = qualtrics.layout([record[:width] for record in headers])
    return replace(found, extra=(*found.extra, *codes), joiners=())


def _source(input: Input) -> Path | io.BytesIO:
    """The file on disk, else its bytes."""
    path = input.local_path()
    if path is not None:
        return path
    with input.open() as stream:
        data = stream.read(_MEMORY + 1)
    if len(data) > _MEMORY:
        raise ReadError(input.path, "is too large to be read out of an archive.", mend="Unpack it.", code="too_large")
    return io.BytesIO(data)


def _text(series: pl.Series) -> pl.Series:
    """Cells as text: whole numbers without a point, times in ISO form, null for what is missing or blank."""
    if series.dtype.is_float():
        whole = (series % 1 == 0) & series.is_finite()
        return (
            series.fill_nan(None)
            .to_frame("v")
            .select(
                pl.when(whole)
                .then(pl.col("v").cast(pl.Int64, strict=False).cast(pl.String))
                .otherwise(pl.col("v").cast(pl.String))
            )
            .to_series()
        )
    if isinstance(series.dtype, pl.Datetime):
        return series.dt.to_string("%Y-%m-%d %H:%M:%S")
    cells = series.cast(pl.String, strict=False)
    return cells.set((cells.str.strip_chars() == "").fill_null(value=False), None)


def _are_ends(labels: Mapping[Any, str]) -> bool:
    """Whether these are the labels of the ends, perhaps of the middle, of a scale whose other points have none."""
    codes = sorted(code for code in labels if isinstance(code, int | float))
    return 1 < len(codes) <= 3 and codes[-1] - codes[0] >= len(codes)


def _number(code: object) -> str:
    return str(int(code)) if isinstance(code, float) and code.is_integer() else str(code)
