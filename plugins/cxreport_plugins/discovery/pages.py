"""The page of discovery."""

from __future__ import annotations

from cxreport.api import Page

DISCOVERY = Page("discovery", "How customers find and choose", "The journey", 45)
