"""What pages call the cues of `cues.yaml`, as the catalogues of translations gather it."""

from __future__ import annotations

from typing import Final

from cxreport.api import message

TITLES: Final = (
    message("Search"), message("Review sites"), message("Friends and family"), message("Experts"),
    message("Social networks"), message("Adverts"), message("Press and broadcasting"), message("Shops and agents"),
    message("The company itself"), message("Own experience"), message("Other"),
    message("Google reviews"), message("Yandex"), message("Otzovik and iRecommend"), message("App stores"),
    message("Bloggers (role)"), message("Journalists (role)"), message("Specialists (role)"),
    message("Agents and sellers (role)"), message("Friends and family (role)"), message("Other customers (role)"),
    message("Mobile app"), message("Website"), message("Telephone"), message("E-mail"), message("Chat or chatbot"),
    message("Search and maps"), message("Comparison and booking sites"), message("Machines and self-service"),
    message("Payment services"),
    message("Want it"), message("Love it"), message("Bought or own it"),
    message("Price"), message("Other people"), message("Experts and tests"), message("Advertising"), message("Impulse"),
    message("The offer itself"),
    message("Social proof"), message("Authority"), message("Scarcity"), message("Liking"), message("Consistency"),
    message("Reciprocity"),
)  # fmt: skip
"""Of the groups that pages name."""
BRANDS: Final = ("Tripadvisor", "Trustpilot", "Skytrax", "YouTube", "Reddit")
"""Names that no language changes."""
