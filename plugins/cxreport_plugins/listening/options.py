"""Options of the source `listening`."""

from __future__ import annotations

from cxreport.api import SourceOptions


class ListeningOptions(SourceOptions):
    """What may be written for a source of type `listening`.

    `timezone` is that of the query or account: these tools write times without one.
    """
