"""Options of the drivers' measures."""

from __future__ import annotations

from cxreport.api import Options


class ImportanceOptions(Options):
    """Which ratings are no parts of the experience."""

    ignore: tuple[str, ...] = ()
    """Topics that are left out, as they are written in the export, such as `Likelihood to return`."""
