"""The support formats that are read, in the order in which they are tried. A new one is a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cxreport.api import Batch, Detection, Input
from cxreport_plugins.common.look import Look
from cxreport_plugins.support import (
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
    """One format: its system id and variant, how it is recognised and read."""

    system: str
    form: str
    detect: Callable[[Look], Detection | None]
    read: Callable[[Input, Records], Iterator[Batch]]
    zone: str | None = "UTC"
    """Zone of times without an offset, as the system documents it; None where it is the account's own."""


FORMATS = (
    Format(zendesk.SYSTEM, zendesk_tickets.FORM, zendesk_tickets.detect, zendesk_tickets.read),
    Format(zendesk.SYSTEM, zendesk_ratings.FORM, zendesk_ratings.detect, zendesk_ratings.read),
    Format(zendesk.SYSTEM, zendesk_surveys.FORM, zendesk_surveys.detect, zendesk_surveys.read),
    Format(zendesk_view.SYSTEM, zendesk_view.FORM, zendesk_view.detect, zendesk_view.read, None),
    Format(intercom.SYSTEM, intercom.FORM, intercom.detect, intercom.read),
    Format(freshdesk_ratings.SYSTEM, freshdesk_ratings.FORM, freshdesk_ratings.detect, freshdesk_ratings.read),
    Format(freshdesk_tickets.SYSTEM, freshdesk_tickets.FORM, freshdesk_tickets.detect, freshdesk_tickets.read, None),
)
SIGNATURES = {
    zendesk_view.SYSTEM: zendesk_view.SIGNATURE,
    freshdesk_tickets.SYSTEM: freshdesk_tickets.SIGNATURE,
}
"""Normalised headers of the formats that are tables."""
SYSTEMS = {
    zendesk.SYSTEM: "Zendesk tickets with comments, satisfaction ratings, survey responses",
    zendesk_view.SYSTEM: "Zendesk view export (CSV)",
    intercom.SYSTEM: "Intercom conversations",
    freshdesk_ratings.SYSTEM: "Freshdesk satisfaction ratings",
    freshdesk_tickets.SYSTEM: "Freshdesk ticket export (CSV)",
}
