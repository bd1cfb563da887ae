"""Lines of flat JSON objects as columns: Polars reads those, many times as fast as one by one.

Polars refuses what is not JSON, and values that are not of the type it was told. But of two equal keys it takes
the first, a key it was not told of it leaves out, and a number it writes in its own way where text was asked for.
So keys and the beginnings of values are looked at here; a line in which they are not of the form is left to care.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final, Literal

import numpy as np
import polars as pl

from .batches import ROW
from .jsonkeys import KEY_BYTES, Flags, Keys, Positions
from .jsonlines import objects
from .jsontexts import plain_cells

Kind = Literal["text", "whole", "decimal", "flag", "list", "empty"]
_KINDS: Final[dict[type, Kind]] = {str: "text", int: "whole", float: "decimal", bool: "flag", list: "empty"}
_SCHEMA: Final[dict[Kind, Any]] = {
    "text": pl.String, "whole": pl.Int64, "decimal": pl.Float64, "flag": pl.Boolean, "list": pl.List(pl.Int64),
}  # fmt: skip
_BEGINNINGS: Final[dict[Kind, bytes]] = {
    "text": b'"n', "whole": b"-0123456789n", "decimal": b"n", "flag": b"tfn", "list": b"n", "empty": b"n",
}  # fmt: skip
_AFTER_BRACKET: Final[dict[Kind, bytes]] = {"list": b"]-0123456789", "empty": b"]"}
_OTHERS: Final = 0.5
"""Of lines with a larger share that are not of the form, it is the wrong one."""
_TRIES: Final = 8
"""After so many runs that were not of the form, none is looked for."""


@dataclass(frozen=True, slots=True)
class JsonColumns:
    """Consecutive items: those that are flat as rows, and the others.

    `frame` has a column of text per key, as `json_cells` writes it, where an empty list is null; and `__row`, the
    0-based index of the item.
    """

    first: int
    count: int
    frame: pl.DataFrame
    others: tuple[tuple[int, dict[str, Any]], ...]


class Runs:
    """Runs of lines read as columns, by the form of the lines before them."""

    def __init__(self) -> None:
        self._form: Form | None = None
        self._failures = 0

    def read(self, lines: bytes, first: int) -> JsonColumns | None:
        """The items of whole lines, the first of which has the index `first`; None when they need care."""
        lines = lines if lines.endswith(b"\n") else lines + b"\n"
        found = self._form.read(lines) if self._form else None
        apart = objects(found.others) if found and found.others else []
        if found is None or apart is None or len(apart) != len(found.places):  # a line may hold two objects
            self._failures += self._form is not None
            self._form = None
            return None
        places = (found.places + first).tolist()
        frame = found.frame.with_columns(pl.col(ROW) + first)
        return JsonColumns(first, frame.height + len(apart), frame, tuple(zip(places, apart, strict=True)))

    def learn(self, found: Sequence[dict[str, Any]]) -> None:
        """Take the form of these objects for that of the lines to come."""
        if self._failures < _TRIES:
            self._form = form_of(found)


@dataclass(frozen=True, slots=True)
class _Found:
    """What was read of some lines: rows, and indexes and bytes of the lines that are not of the form."""

    frame: pl.DataFrame
    places: Positions
    others: bytes


@dataclass(frozen=True, slots=True)
class Form:
    """The keys that objects have, and of what kind their values are."""

    kinds: dict[str, Kind]

    def read(self, lines: bytes) -> _Found | None:
        """Rows of the lines that have this form, and the other lines; None when all need care."""
        keys = Keys(lines)
        starts = keys.bounds[:-1]
        if (np.frombuffer(lines, np.uint8)[starts] != ord("{")).any():
            return None
        fits = self._orderly(keys, len(starts))
        fits = self._fits(keys, len(starts)) if fits is None else fits
        others = np.flatnonzero(~fits)
        if len(others) > _OTHERS * len(starts):
            return None
        frame = self._parsed(_taken(lines, keys.bounds, fits))
        if frame is None or frame.height + len(others) != len(starts):
            return None
        rows = pl.Series(ROW, np.flatnonzero(fits), dtype=pl.Int64)
        apart = _taken(lines, keys.bounds, ~fits) if len(others) else b""
        return _Found(frame.with_columns(rows), others, apart)

    def _orderly(self, keys: Keys, count: int) -> Flags | None:
        """What `_fits` says of lines that all have these keys and no others in this order; None when any has not."""
        width = len(self.kinds)
        if not keys.are_even(width):
            return None
        fits = np.ones(count, np.bool_)
        for at, (name, kind) in enumerate(self.kinds.items()):
            found = keys.named(name.encode(), np.arange(at, keys.count, width))
            if len(found) < count:
                return None
            fits &= _begins(keys, keys.values(found), kind)
        fits[keys.doubtful()] = False
        return fits

    def _fits(self, keys: Keys, count: int) -> Flags:
        """Which lines have known keys only, none twice, and values that begin as their kind does."""
        fits, known = np.ones(count, np.bool_), np.zeros(keys.count, np.bool_)
        for name, kind in self.kinds.items():
            found = keys.named(name.encode())
            lines = keys.lines(found)
            fits[lines[~_begins(keys, keys.values(found), kind)]] = False
            fits[lines[1:][np.diff(lines) == 0]] = False
            known[found] = True
        fits[keys.lines(np.flatnonzero(~known))] = False
        fits[keys.doubtful()] = False
        return fits

    def _parsed(self, lines: bytes) -> pl.DataFrame | None:
        schema = {name: _SCHEMA[kind] for name, kind in self.kinds.items() if kind in _SCHEMA}
        try:
            frame = pl.read_ndjson(io.BytesIO(lines), schema=schema)
        except (pl.exceptions.PolarsError, pl.exceptions.PanicException):
            return None
        if any(map(_is_altered, frame)):
            return None
        nothing = pl.Series([None], dtype=pl.String).new_from_index(0, frame.height)
        return pl.DataFrame([(_cells(frame[name]) if name in schema else nothing).alias(name) for name in self.kinds])


def form_of(found: Sequence[dict[str, Any]]) -> Form | None:
    """The form that most of the objects may have; None when there is none."""
    seen: dict[str, Counter[type]] = {}
    for key in dict.fromkeys(chain.from_iterable(found)):
        seen[key] = Counter(type(item[key]) for item in found if key in item)
    kinds = {key: kind for key, types in seen.items() if (kind := _kind(key, types, found))}
    is_sure = all(not types.keys() >= {int, float} for types in seen.values())
    return Form(kinds) if is_sure and "text" in kinds.values() and all(map(_is_plain, kinds)) else None


def _kind(key: str, types: Counter[type], found: Sequence[dict[str, Any]]) -> Kind | None:
    """Of what kind most values are; None when they are objects."""
    common = next((kind for kind, _ in types.most_common() if kind is not type(None)), list)
    if common is list and any(item.get(key) not in (None, []) for item in found):
        wholes = all(set(map(type, item[key])) <= {int} for item in found if isinstance(item.get(key), list))
        return "list" if wholes else "empty"
    return _KINDS.get(common)


def _is_plain(key: str) -> bool:
    """Whether a key is written as it reads, and short enough to look for."""
    return key.isascii() and key.isprintable() and not {'"', "\\"} & set(key) and len(key) <= KEY_BYTES and key != ROW


def _begins(keys: Keys, values: Positions, kind: Kind) -> Flags:
    """Whether each value begins as the kind does, or as null."""
    fits = _any_of(_BEGINNINGS[kind])[keys.sign(values)]
    if kind == "decimal":
        fits |= keys.is_decimal(values)
    elif kind in _AFTER_BRACKET:
        fits |= (keys.sign(values) == ord("[")) & _any_of(_AFTER_BRACKET[kind])[keys.sign(values + 1)]
    return fits


def _any_of(signs: bytes) -> Flags:
    table = np.zeros(256, np.bool_)
    table[list(signs)] = True
    return table


def _taken(lines: bytes, bounds: Positions, wanted: Flags) -> bytes:
    """The lines that are wanted, joined."""
    if wanted.all():
        return lines
    turns = np.flatnonzero(np.diff(wanted, prepend=False, append=False)).reshape(-1, 2)
    return b"".join(lines[bounds[begin] : bounds[end]] for begin, end in turns.tolist())


def _is_altered(values: pl.Series) -> bool:
    """Whether a column holds NUL, as which Polars reads half a character, or null within a list."""
    if values.dtype == pl.String:
        return bool(values.str.contains("\0", literal=True).any())
    is_list = values.dtype == pl.List
    return is_list and values.list.len().sum() != values.explode().count()


def _cells(values: pl.Series) -> pl.Series:
    if values.dtype != pl.List(pl.Int64):
        return plain_cells(values)
    texts = "[" + values.cast(pl.List(pl.String)).list.join(", ") + "]"
    return texts.zip_with(values.list.len() > 0, pl.Series([None], dtype=pl.String))
