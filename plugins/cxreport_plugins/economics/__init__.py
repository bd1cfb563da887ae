"""Economics: what reacting to complaints costs, against preventing them; ranges from the client's own figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxreport.api import hookimpl

if TYPE_CHECKING:
    from cxreport.api import Measure, Section


@hookimpl
def cxreport_measures() -> list[type[Measure]]:
    """The work of reaction, its cost against prevention, what recovery is worth; figures that move with experience."""
    from cxreport_plugins.economics.linkage import Linkage
    from cxreport_plugins.economics.load import ReactiveLoad
    from cxreport_plugins.economics.reaction import Reaction
    from cxreport_plugins.economics.recovery import NetRecovery

    return [ReactiveLoad, Reaction, NetRecovery, Linkage]


@hookimpl
def cxreport_sections() -> list[type[Section]]:
    """The page What reacting costs."""
    from cxreport_plugins.economics.section import WhatReactingCosts

    return [WhatReactingCosts]
