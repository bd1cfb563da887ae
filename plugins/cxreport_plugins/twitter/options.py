"""Options of the source `twitter`."""

from __future__ import annotations

from cxreport.api import SourceOptions


class TwitterOptions(SourceOptions):
    """What may be written for a source of type `twitter`."""

    owner: str | None = None
    """Handle of the account that an archive belongs to, when the archive itself does not say."""
