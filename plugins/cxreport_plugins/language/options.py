"""Options of the enricher `language`."""

from __future__ import annotations

from pydantic import Field

from cxreport.api import Options


class LanguageOptions(Options):
    """When a detected language is believed."""

    short: int = Field(default=12, ge=0)
    """Texts with fewer letters need `sure`; names, links, handles and tags do not count."""
    sure: float = Field(default=0.7, ge=0, le=1)
    """Least probability at which the language of a short text is believed."""
    least: float = Field(default=0.25, ge=0, le=1)
    """Least probability at which the language of any text is believed."""
