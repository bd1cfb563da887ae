"""The source `sql`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Final

from cxreport.api import Batch, Context, Detection, Input, Options, ReadError, ReadFacts, Source
from cxreport_plugins.sql.answer import Answer
from cxreport_plugins.sql.database import opened
from cxreport_plugins.sql.options import SqlOptions
from cxreport_plugins.sql.query import check, is_query, query_of
from cxreport_plugins.table.how import How
from cxreport_plugins.table.mapping import Mapping as MappingFile
from cxreport_plugins.table.reader import read
from cxreport_plugins.table.shipped import named

SYSTEM: Final = "sql"


class Sql(Source):
    """The answer to a query, through a mapping of its columns: see the source `table`."""

    name = "sql"
    title = "A query, through DuckDB"
    systems: ClassVar[Mapping[str, str]] = {SYSTEM: "The answer to a query (DuckDB, Parquet, what DuckDB attaches)"}
    own_ids = True
    Options: ClassVar[type[Options]] = SqlOptions
    options: SqlOptions

    def __init__(self, options: Any, context: Context) -> None:
        """Raises ConfigError when there is no such mapping file, or with every mistake in it."""
        super().__init__(options, context)
        self.mapping: MappingFile | None = named(options.mapping, context.base) if options.mapping else None

    @property
    def live(self) -> bool:
        """What a query finds may change while its file does not."""
        return not self.options.keep

    def detect(self, data: Input) -> Detection | None:
        """Sure of a file called `.sql` that begins with SELECT, WITH or FROM."""
        return Detection(SYSTEM, "", 1.0, "It is a query.") if is_query(data) else None

    def read(self, data: Input, found: Detection, facts: ReadFacts) -> Iterator[Batch]:
        """Records by the mapping. Raises ReadError when the query is none, is not answered or lacks a column."""
        if not self.options.is_described:
            mend = "Write `columns: {text: …, created_at: …}`, as for a source of type `table`."
            raise ReadError(data.path, "is a query whose columns nobody has described.", mend=mend, code="no_mapping")
        how = How(self.options, self.mapping, self.context)
        with opened(data, self.options, self.context.base) as (connection, faults):
            query = query_of(data)
            check(query, data, connection)
            yield from read(data, Answer(data, query, connection, faults), how, facts)
