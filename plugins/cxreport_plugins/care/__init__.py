"""Care: who is answered, how soon and how well, with the unanswered kept in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxreport.api import hookimpl

if TYPE_CHECKING:
    from cxreport.api import Measure, Section


@hookimpl
def cxreport_measures() -> list[type[Measure]]:
    """Response rate and first-response time; what becomes of complaints; whom, when and where care reaches."""
    from cxreport_plugins.care.access import Coverage, OutOfHours
    from cxreport_plugins.care.conversation import Conversation
    from cxreport_plugins.care.equity import Equity
    from cxreport_plugins.care.escalation import Escalation
    from cxreport_plugins.care.praise import Praise
    from cxreport_plugins.care.recovery import Recovery
    from cxreport_plugins.care.replies import RecoveryElements, TwoWay
    from cxreport_plugins.care.resolution import Resolution
    from cxreport_plugins.care.response_rate import ResponseRate
    from cxreport_plugins.care.response_time import FirstResponseTime

    return [
        ResponseRate, FirstResponseTime, Resolution, Recovery, Praise, Equity, Conversation, RecoveryElements, TwoWay,
        Escalation, OutOfHours, Coverage,
    ]  # fmt: skip


@hookimpl
def cxreport_sections() -> list[type[Section]]:
    """The page Service performance."""
    from cxreport_plugins.care.service import Service

    return [Service]
