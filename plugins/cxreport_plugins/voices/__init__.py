"""Voices: customers in their own words, redacted, chosen by a rule that is printed beside them."""

from __future__ import annotations

from cxreport.api import Section, hookimpl


@hookimpl
def cxreport_sections() -> list[type[Section]]:
    """Voice of the customer."""
    from cxreport_plugins.voices.section import Voices

    return [Voices]
