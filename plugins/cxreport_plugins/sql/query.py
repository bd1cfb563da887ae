"""The query of a file: one statement that reads and does nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from cxreport.api import Input, ReadError, reading

if TYPE_CHECKING:
    import duckdb

MOST: Final = 1 << 20
"""Characters of a query at most."""
_READS: Final = frozenset({"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"})
_BEGIN = re.compile(r"(?:\s+|--[^\n]*(?:\n|$)|/\*.*?\*/)*(?:select|with|from)\b", re.IGNORECASE | re.DOTALL)
_MEND: Final = "Write one SELECT (WITH … SELECT, FROM …): what prepares data belongs into the database."


def is_query(data: Input) -> bool:
    """Whether a file is called `.sql` and begins as a query does."""
    is_sql = data.kind == "file" and data.name.lower().endswith(".sql")
    return is_sql and _BEGIN.match(data.head().decode("utf-8", "replace").lstrip("\ufeff")) is not None


def query_of(data: Input) -> str:
    """The text of the file. Raises ReadError past `MOST` characters."""
    with reading.open_text(data) as text:
        query = "".join(text)
    if len(query) > MOST:
        raise ReadError(data.path, f"is longer than {MOST:,} characters.", mend="Is it a dump? A query is short.")
    return query


def check(query: str, data: Input, connection: duckdb.DuckDBPyConnection) -> None:
    """Raises ReadError for anything but one statement that only reads, also where a part of it would write."""
    import duckdb

    statements = duckdb.extract_statements(query)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise _refused(data, "is not one query.")
    [(parsed,)] = connection.execute("SELECT json_serialize_sql(?)", [query]).fetchall()
    tree: dict[str, Any] = json.loads(parsed)
    if tree["error"]:
        raise _refused(data, "is not a plain query.")
    if not _READS.issuperset(_nodes(tree)) or any(name.endswith("_execute") for name in _functions(tree)):
        raise _refused(data, "would write, and a source only reads.")


def _nodes(tree: Any) -> Iterator[str]:
    """The kinds of all queries within a parsed statement."""
    return (kind for kind in _values(tree, "type") if kind.endswith("_NODE"))


def _functions(tree: Any) -> Iterator[str]:
    return _values(tree, "function_name")


def _values(tree: Any, key: str) -> Iterator[str]:
    if isinstance(tree, dict):
        if isinstance(tree.get(key), str):
            yield tree[key]
        tree = list(tree.values())
    if isinstance(tree, list):
        for item in tree:
            yield from _values(item, key)


def _refused(data: Input, what: str) -> ReadError:
    return ReadError(data.path, what, mend=_MEND, code="no_query")
