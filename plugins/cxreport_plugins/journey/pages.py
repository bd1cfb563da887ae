"""Pages of the journey."""

from __future__ import annotations

from cxreport.api import Page

JOURNEY = Page("journey", "Journey map", "The journey", 40)
HEATMAP = Page("heatmap", "Moments by channel", "The journey", 50)
