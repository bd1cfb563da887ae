"""The tools whose exports are read. A new one is a module and a line here."""

from __future__ import annotations

from cxreport_plugins.listening.brandwatch import BRANDWATCH
from cxreport_plugins.listening.hootsuite import HOOTSUITE
from cxreport_plugins.listening.meltwater import MELTWATER
from cxreport_plugins.listening.sprinklr import SPRINKLR
from cxreport_plugins.listening.sprout import SPROUT
from cxreport_plugins.listening.talkwalker import TALKWALKER

VENDORS = (BRANDWATCH, MELTWATER, TALKWALKER, SPRINKLR, HOOTSUITE, SPROUT)
"""In the order in which they are tried."""
