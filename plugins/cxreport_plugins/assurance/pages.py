"""The page of this plugin."""

from __future__ import annotations

from cxreport.api import Page

METHODS = Page("methods", "Methods", "Behind the numbers", 900)
