"""Overview: what was collected and kept, how much of it there is, and how customers sound on each channel."""

from __future__ import annotations

from cxreport.api import Measure, Section, hookimpl


@hookimpl
def cxreport_measures() -> list[type[Measure]]:
    """Volume, net sentiment, and what platforms state themselves."""
    from cxreport_plugins.overview.platform import PlatformFigures
    from cxreport_plugins.overview.sentiment import Sentiment
    from cxreport_plugins.overview.volume import Volume

    return [Volume, Sentiment, PlatformFigures]


@hookimpl
def cxreport_sections() -> list[type[Section]]:
    """Scope and data; channels."""
    from cxreport_plugins.overview.channels import Channels
    from cxreport_plugins.overview.data import Data

    return [Data, Channels]
