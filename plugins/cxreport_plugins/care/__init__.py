"""Care: who is answered, and how soon, with the unanswered kept in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxreport.api import hookimpl

if TYPE_CHECKING:
    from cxreport.api import Measure, Section


@hookimpl
def cxreport_measures() -> list[type[Measure]]:
    """Response rate and first-response time."""
    from cxreport_plugins.care.response_rate import ResponseRate
    from cxreport_plugins.care.response_time import FirstResponseTime

    return [ResponseRate, FirstResponseTime]


@hookimpl
def cxreport_sections() -> list[type[Section]]:
    """The page Service performance."""
    from cxreport_plugins.care.service import Service

    return [Service]
