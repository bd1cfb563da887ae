"""Options of the source `reviews`."""

from __future__ import annotations

from pydantic import Field

from cxreport.api import SourceOptions


class ReviewsOptions(SourceOptions):
    """What a review export may not say of itself."""

    country: str | None = Field(default=None, pattern=r"^[A-Za-z]{2}$")
    """ISO 3166-1 alpha-2 of the shop or store; App Store feeds are one country each."""
    language: str | None = None
    """BCP-47 language of all texts, for exports without one."""
    product: str | None = None
    """What is reviewed, for exports that do not name it."""
