"""Assurance: how each number came about, what could not be told and why, and what the words mean."""

from __future__ import annotations

from cxreport.api import Section, hookimpl


@hookimpl
def cxreport_sections() -> list[type[Section]]:
    """Methods and glossary."""
    from cxreport_plugins.assurance.glossary import Glossary
    from cxreport_plugins.assurance.methods import Methods

    return [Methods, Glossary]
