"""Reading exports: the rules that hold for every source, written once.

Files, folders and ZIPs as `Input`s; text in any encoding; tables and JSON in any shape; cells as times and
values. Sources build on this and keep only what is special to their family of files.
"""

from __future__ import annotations

from .accounts import ACCOUNT, Span, cards, ibans, is_card
from .ahead import ahead
from .batches import ROW, TableBatch
from .containers import Input, inputs
from .dialects import Dialect, choose_delimiter
from .encodings import Encoding, decode
from .headers import find_header, norm
from .jsoncolumns import JsonColumns
from .jsons import JsonProblem, iter_json, json_items, json_lines, read_assigned
from .jsontexts import json_cells, json_text, sorted_json
from .paths import expand, printable
from .problems import ReadError, ReadProblem, RowProblem
from .table import Table
from .tables import open_table
from .text import TextStream, open_text
from .times import Times, decide_day_first, excel_serial, parse_times, snowflake_ms
from .unknown import why_unknown
from .values import (
    alpha3_to_alpha2,
    blank,
    damaged_ids,
    html_text,
    missing,
    strip_formula_guard,
    to_alpha2,
    to_bool,
    to_count,
    to_float,
    to_int,
    x_text,
)

__all__ = [
    "ACCOUNT",
    "ROW",
    "Dialect",
    "Encoding",
    "Input",
    "JsonColumns",
    "JsonProblem",
    "ReadError",
    "ReadProblem",
    "RowProblem",
    "Span",
    "Table",
    "TableBatch",
    "TextStream",
    "Times",
    "ahead",
    "alpha3_to_alpha2",
    "blank",
    "cards",
    "choose_delimiter",
    "damaged_ids",
    "decide_day_first",
    "decode",
    "excel_serial",
    "expand",
    "find_header",
    "html_text",
    "ibans",
    "inputs",
    "is_card",
    "iter_json",
    "json_cells",
    "json_items",
    "json_lines",
    "json_text",
    "missing",
    "norm",
    "open_table",
    "open_text",
    "parse_times",
    "printable",
    "read_assigned",
    "snowflake_ms",
    "sorted_json",
    "strip_formula_guard",
    "to_alpha2",
    "to_bool",
    "to_count",
    "to_float",
    "to_int",
    "why_unknown",
    "x_text",
]
