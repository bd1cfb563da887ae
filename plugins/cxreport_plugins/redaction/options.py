"""Options of the enricher `redaction`."""

from __future__ import annotations

from cxreport.api import Options


class RedactionOptions(Options):
    """What stays readable besides the handles and names of the brand and its rivals."""

    keep_handles: tuple[str, ...] = ()
    """Further handles that are not personal: partners, regulators, media (leading `@` optional)."""
