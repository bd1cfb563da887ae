"""Assessments: what the consultant rates, each rating beside its evidence and what was computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxreport.api import hookimpl

if TYPE_CHECKING:
    from cxreport.api import Section


@hookimpl
def cxreport_sections() -> list[type[Section]]:
    """The page Assessments."""
    from cxreport_plugins.assessments.section import Assessments

    return [Assessments]
