"""Change: what moved since the previous audit, what did not, what cannot be told, whether the same faults return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxreport.api import hookimpl

if TYPE_CHECKING:
    from cxreport.api import Measure, Section


@hookimpl
def cxreport_measures() -> list[type[Measure]]:
    """Recurrence of faults."""
    from cxreport_plugins.change.recurrence import Recurrence

    return [Recurrence]


@hookimpl
def cxreport_sections() -> list[type[Section]]:
    """The page What changed."""
    from cxreport_plugins.change.section import WhatChanged

    return [WhatChanged]
