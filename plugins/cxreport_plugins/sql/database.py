"""DuckDB, opened for one query: read-only, within bounds, without downloads; credentials from the environment."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cxreport.api import Input, ReadError
from cxreport_plugins.sql.options import Attached, SqlOptions

if TYPE_CHECKING:
    import duckdb

_EXTRA: Final = "Install it with `pip install 'cxreport[sql]'`."
_SAID: Final = ("ParserException", "BinderException", "CatalogException")
"""Errors whose words are about the query alone."""
_OF_FILES: Final = ("IOException", "PermissionException")
"""Errors whose words are about files, or about an address with its password."""
_SHORTEST: Final = 3


@dataclass(frozen=True)
class Faults:
    """What is told of an error of DuckDB: never a credential, nor a value of somebody's record."""

    data: Input
    base: Path
    secrets: tuple[str, ...] = ()

    @contextmanager
    def told(self) -> Iterator[None]:
        """Turns DuckDB's errors into `ReadError`."""
        import duckdb

        try:
            yield
        except duckdb.OutOfMemoryException:
            mend = "Raise `memory`, or let the query ask for less."
            raise self._error("needs more memory than it may take.", mend, "memory") from None
        except duckdb.Error as error:
            name = type(error).__name__
            if name not in _SAID and (name not in _OF_FILES or self.secrets):
                mend = "Run the query in DuckDB itself; its message may quote records, and is not repeated here."
                raise self._error(f"was not answered ({name}).", mend) from None
            raise self._error(f"was not answered: {self._clean(str(error))}") from None

    def missing(self, what: str, mend: str) -> ReadError:
        """Something that the query needs is not there."""
        return self._error(f"needs {what}", mend, "missing")

    def _error(self, what: str, mend: str = "", code: str = "query_failed") -> ReadError:
        return ReadError(self.data.path, what, mend=mend, code=code)

    def _clean(self, message: str) -> str:
        """The first paragraph, without the project's own folder and without anything of a credential."""
        first = " ".join(message.partition("\n\n")[0].split()).replace(f"{self.base}/", "")
        for secret in self.secrets:
            parts = sorted({secret, *re.split(r"[\s=:/@?&;,'\"]+", secret)}, key=len, reverse=True)
            for part in parts:
                first = first.replace(part, "…") if len(part) >= _SHORTEST else first
        return first if first.endswith((".", "!", "?")) else f"{first}."


@contextmanager
def opened(
    data: Input, options: SqlOptions, base: Path, environ: Mapping[str, str] = os.environ
) -> Iterator[tuple[duckdb.DuckDBPyConnection, Faults]]:
    """A connection that can read what the options attach and files below `base`, and change nothing.

    Raises ReadError where DuckDB, an extension, a file or an environment variable is missing. One thread: the
    rows of an answer then come in the same order every time. What memory cannot hold lies in a private folder
    that is gone afterwards.
    """
    try:
        import duckdb
    except ImportError:
        raise Faults(data, base).missing("the package `duckdb`, which is not installed.", _EXTRA) from None
    named = [one.env for one in options.attach.values() if one.env]
    faults = Faults(data, base, tuple(environ[name] for name in named if environ.get(name)))
    with (
        tempfile.TemporaryDirectory(prefix="cxreport-") as spill,
        faults.told(),
        duckdb.connect(":memory:", config=_settings(options, base, spill)) as connection,
    ):
        for name, one in options.attach.items():
            _attach(connection, name, one, faults, environ)
        for setting in ("TimeZone = 'UTC'", "lock_configuration = true"):
            connection.execute(f"SET {setting}")
        yield connection, faults


def _settings(options: SqlOptions, base: Path, spill: str) -> dict[str, Any]:
    return {
        "threads": 1,
        "memory_limit": options.memory,
        "temp_directory": spill,
        "file_search_path": str(base),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
    }


def _attach(
    connection: duckdb.DuckDBPyConnection, name: str, one: Attached, faults: Faults, environ: Mapping[str, str]
) -> None:
    if one.type != "duckdb":
        _load(connection, one.type, faults)
    place = _place(name, one, faults, environ).replace("'", "''")
    connection.execute(f"ATTACH '{place}' AS \"{name}\" (TYPE {one.type}, READ_ONLY)")


def _load(connection: duckdb.DuckDBPyConnection, extension: str, faults: Faults) -> None:
    import duckdb

    try:
        connection.execute(f"LOAD {extension}")
    except duckdb.Error:
        what = f"DuckDB's extension `{extension}`, which is not installed; a build downloads nothing."
        mend = f"Install it once, where that is allowed: python -c \"import duckdb; duckdb.sql('INSTALL {extension}')\""
        raise faults.missing(what, mend) from None


def _place(name: str, one: Attached, faults: Faults, environ: Mapping[str, str]) -> str:
    if one.env:
        if not environ.get(one.env):
            mend = f"Set it to how `{name}` is reached; it never stands in a file of the project."
            raise faults.missing(f"the environment variable {one.env}, which is not set.", mend)
        return environ[one.env]
    path = faults.base / str(one.file)
    if not path.is_file():
        raise faults.missing(f"the database {one.file}, which is not there.", "Paths start at config.yaml.")
    return str(path)
