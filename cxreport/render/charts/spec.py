"""From an Altair chart to a Vega-Lite specification that is safe to draw.

Vega-Lite is silent about a misspelt field, a missing number or an address in the data: the chart just comes out
wrong, or asks another server for something. So the specification is checked before anything is drawn.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from cxreport.render.charts.errors import ChartError
from cxreport.render.charts.schema import schema
from cxreport.render.charts.tokens import Size, Tokens, merge

if TYPE_CHECKING:
    import altair as alt

INNER = ("layer", "hconcat", "vconcat", "concat", "spec")
DROPPED = {"Cc", "Cf", "Cs", "Co"}
"""Character categories that have no place in a drawing: control, format (bidirectional tricks), surrogate, private."""
KEPT = {"\n", "\u200c", "\u200d"}
"""… but for line breaks and the joiners that Persian, Hindi and emoji need."""


def specification(chart: alt.TopLevelMixin, ident: str, size: Size, tokens: Tokens) -> dict[str, Any]:
    """The checked specification of a chart under the theme, as wide as `size` unless the chart says otherwise.

    Raises `ChartError` naming the chart: invalid Vega-Lite, data by address, a field that the data lacks, a value
    that is not finite.
    """
    spec: dict[str, Any] = _clean(_valid(chart, ident))
    check_fields(spec, ident)
    spec["config"] = merge(tokens.vega_config(size != "wide"), spec.get("config", {}))
    if "mark" in spec or "layer" in spec:
        spec.setdefault("width", tokens.width(size))
        spec.setdefault("autosize", {"type": "fit", "contains": "padding"})
    return spec


def _valid(chart: alt.TopLevelMixin, ident: str) -> dict[str, Any]:
    """The specification, held to Vega-Lite's schema as a whole.

    Altair would check each part of it in Python, which takes longer than drawing; it is asked only for its better
    words when something is wrong.
    """
    context = {"pre_transform": False}
    try:
        spec: dict[str, Any] = chart.to_dict(validate=False, context=context)
        fault = next(schema().iter_errors(spec), None)
        if fault is not None:
            chart.to_dict(context=context)
            raise ValueError(fault.message)
    except Exception as error:  # altair raises its own, jsonschema's, TypeError and ValueError alike
        raise ChartError(ident, f"is not valid Vega-Lite: {str(error).strip().splitlines()[0]}") from error
    return spec


def clean_text(text: str) -> str:
    """Text without control and direction-changing characters, which would break XML or the reader's eye.

    Noncharacters go too: measuring one ends the whole process (vl-convert 1.9, `"\\ufffe"`).
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(c for c in text if c in KEPT or not _unfit(c))


def _unfit(letter: str) -> bool:
    return unicodedata.category(letter) in DROPPED or ord(letter) & 0xFFFE == 0xFFFE


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {clean_text(key): _clean(inner) for key, inner in value.items()}
    return [_clean(inner) for inner in value] if isinstance(value, list) else value


def check_fields(spec: Mapping[str, Any], ident: str) -> None:
    """Raises `ChartError` where an encoding asks for a field that no row has, or a row holds NaN or infinity."""
    datasets = spec.get("datasets", {})
    checked: set[int] = set()
    for unit, rows, made in _units(spec, datasets, None, frozenset(), ident):
        if not rows:
            continue
        if id(rows) not in checked:
            checked.add(id(rows))
            _check_finite(rows, ident)
        known = {key for row in rows for key in row} | made
        for field in sorted(_fields(unit.get("encoding", {})) - known):
            mend = f"The data has: {', '.join(sorted(known))}."
            raise ChartError(ident, f"an encoding names the field {field!r}, which the data lacks.", mend)


Rows = list[dict[str, Any]]


def _units(
    spec: Mapping[str, Any],
    datasets: Mapping[str, Rows],
    inherited: Rows | None,
    made: frozenset[str],
    ident: str,
) -> Iterator[tuple[Mapping[str, Any], Rows | None, frozenset[str]]]:
    """Each part of a chart that has encodings, with the rows it draws and the fields its transforms make."""
    rows = _rows(spec["data"], datasets, ident) if spec.get("data") else inherited
    made = made | _made(spec.get("transform", ()))
    yield spec, rows, made
    for key in INNER:
        inner = spec.get(key, ())
        for part in [inner] if isinstance(inner, dict) else inner:
            yield from _units(part, datasets, rows, made, ident)


def _rows(data: Mapping[str, Any], datasets: Mapping[str, Rows], ident: str) -> Rows | None:
    if "url" in data:
        raise ChartError(ident, "takes its data from an address.", "Put the rows into the chart: sites ask nobody.")
    rows = data.get("values", datasets.get(data.get("name", "")))
    return rows if isinstance(rows, list) and all(isinstance(row, dict) for row in rows) else None


def _made(transforms: Any) -> frozenset[str]:
    """Names that transforms add (`as`, at any depth; a fold without `as` makes key and value)."""
    names = {"key", "value"} if any("fold" in t for t in transforms) else set()
    pending = list(transforms)
    while pending:
        item = pending.pop()
        if isinstance(item, dict):
            made = item.get("as", ())
            names.update([made] if isinstance(made, str) else [m for m in made if isinstance(m, str)])
            pending.extend(item.values())
        elif isinstance(item, list):
            pending.extend(item)
    return frozenset(names)


def _fields(encoding: Any) -> set[str]:
    """Every field that encodings name, in sorts and conditions too."""
    if isinstance(encoding, list):
        return set().union(*map(_fields, encoding))
    if not isinstance(encoding, dict):
        return set()
    own = encoding.get("field")
    found = {own.replace("\\", "")} if isinstance(own, str) else set()
    return found.union(*(_fields(inner) for key, inner in encoding.items() if key not in ("axis", "scale")))


def _check_finite(rows: Rows, ident: str) -> None:
    for number, row in enumerate(rows):
        for key, value in row.items():
            if isinstance(value, float) and not math.isfinite(value):
                raise ChartError(ident, f"row {number} of its data has {value} in {key!r}.", "Leave the row out.")
