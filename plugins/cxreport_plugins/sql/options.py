"""Options of the source `sql`."""

from __future__ import annotations

from typing import Annotated, Any, Final, Self

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

from cxreport.api import Options
from cxreport_plugins.table.options import TableOptions

_OF_FILES: Final = ("encoding", "delimiter", "header_row", "sheet")
"""Options of the source `table` that say how a file is written: an answer is not written at all."""


class Attached(Options):
    """A database that the query may read; it is opened for reading only."""

    type: str = Field(default="duckdb", pattern=r"^[a-z][a-z0-9_]*$")
    """What it is: `duckdb`, or what an extension of DuckDB reads, such as `postgres`, `mysql` and `sqlite`."""
    file: str | None = None
    """Its file, relative to config.yaml."""
    env: str | None = Field(default=None, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")
    """Environment variable that holds how to reach it: address, user, password."""

    @model_validator(mode="before")
    @classmethod
    def _file(cls, value: Any) -> Any:
        return {"file": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.file is None) == (self.env is None):
            raise ValueError("name either its `file`, or by `env` the environment variable that says how to reach it")
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Editors are told that the name of a file is enough."""
        return {"anyOf": [{"type": "string"}, {**handler.resolve_ref_schema(handler(schema))}]}


Name = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]


class SqlOptions(TableOptions):
    """What may be written for a source of type `sql`; `path` names the file with the query."""

    attach: dict[Name, Attached] = Field(default_factory=dict)
    """Name that the query uses → a database: a file of DuckDB, or a mapping with `type`, and `file` or `env`."""
    memory: str = Field(default="1GB", pattern=r"^[1-9][0-9]*(MB|GB)$")
    """Memory that the query may take; what needs more is spilled to disk."""
    keep: bool = False
    """Whether later builds use the answer too, until the query, an option or a file under `attach` changes."""

    @model_validator(mode="after")
    def _unwritten(self) -> Self:
        given = [name for name in _OF_FILES if getattr(self, name) is not None]
        if given:
            raise ValueError(f"{', '.join(given)} say how a file is written, and mean nothing for an answer")
        return self
