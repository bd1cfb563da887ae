"""Pages that this plugin leads."""

from __future__ import annotations

from cxreport.api import Page

DATA = Page("data", "Scope and data", "The audit", 30)
CHANNELS = Page("channels", "Channels", "Customers", 60)
