"""Assurance: how far to trust the reading, how each number came about, what could not be told, what words mean."""

from __future__ import annotations

from cxreport.api import Section, hookimpl


@hookimpl
def cxreport_sections() -> list[type[Section]]:
    """Accuracy card, methods and glossary."""
    from cxreport_plugins.assurance.accuracy import AccuracyCard
    from cxreport_plugins.assurance.glossary import Glossary
    from cxreport_plugins.assurance.methods import Methods

    return [AccuracyCard, Methods, Glossary]
