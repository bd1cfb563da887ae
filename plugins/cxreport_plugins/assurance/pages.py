"""The pages of this plugin."""

from __future__ import annotations

from cxreport.api import Page

ACCURACY = Page("accuracy", "Accuracy", "Behind the numbers", 890)
METHODS = Page("methods", "Methods", "Behind the numbers", 900)
