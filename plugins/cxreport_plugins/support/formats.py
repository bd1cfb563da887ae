"""The support formats that are read, in the order in which they are tried. A new one is a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cxreport.api import Batch, Detection, Input
from cxreport_plugins.common.look import Look
from cxreport_plugins.support import (
    freshdesk_api,
    freshdesk_ratings,
    freshdesk_tickets,
    intercom,
    zendesk,
    zendesk_ratings,
    zendesk_surveys,
    zendesk_tickets,
    zendesk_view,
)
from cxreport_plugins.support.raw import Records


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its system id and variant, what it is in words, how it is recognised and read."""

    system: str
    form: str
    title: str
    detect: Callable[[Look], Detection | None]
    read: Callable[[Input, Records], Iterator[Batch]]
    zone: str | None = "UTC"
    """Zone of times without an offset, as the system documents it; None where it is the account's own."""
    tables: tuple[frozenset[str], ...] = ()
    """Normalised headers of its tables."""


_ZENDESK = "Zendesk tickets with comments, satisfaction ratings, survey responses"
_FRESHDESK = "Freshdesk tickets with conversations, satisfaction ratings (API)"
FORMATS = (
    Format(zendesk.SYSTEM, zendesk_tickets.FORM, _ZENDESK, zendesk_tickets.detect, zendesk_tickets.read),
    Format(zendesk.SYSTEM, zendesk_ratings.FORM, _ZENDESK, zendesk_ratings.detect, zendesk_ratings.read),
    Format(zendesk.SYSTEM, zendesk_surveys.FORM, _ZENDESK, zendesk_surveys.detect, zendesk_surveys.read),
    Format(
        zendesk_view.SYSTEM, zendesk_view.FORM, "Zendesk view export (CSV)", zendesk_view.detect, zendesk_view.read,
        None, (zendesk_view.SIGNATURE,),
    ),
    Format(intercom.SYSTEM, intercom.FORM, "Intercom conversations", intercom.detect, intercom.read),
    Format(
        freshdesk_ratings.SYSTEM, freshdesk_ratings.FORM, _FRESHDESK, freshdesk_ratings.detect, freshdesk_ratings.read,
    ),
    Format(
        freshdesk_ratings.SYSTEM, freshdesk_api.TICKETS, _FRESHDESK, freshdesk_api.detect_tickets,
        freshdesk_api.read_tickets,
    ),
    Format(
        freshdesk_ratings.SYSTEM, freshdesk_api.CONVERSATIONS, _FRESHDESK, freshdesk_api.detect_conversations,
        freshdesk_api.read_conversations,
    ),
    Format(
        freshdesk_tickets.SYSTEM, freshdesk_tickets.FORM, "Freshdesk ticket export (CSV)", freshdesk_tickets.detect,
        freshdesk_tickets.read, None, (freshdesk_tickets.SIGNATURE,),
    ),
)  # fmt: skip
"""In the order in which they are tried."""
