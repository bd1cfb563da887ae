"""Options of the enricher `themes`."""

from __future__ import annotations

from typing import Literal

from cxreport.api import Options

Pack = Literal["airline", "bank", "hotel", "retail", "telecom"]


class ThemesOptions(Options):
    """What is listened for."""

    packs: tuple[Pack, ...] = ()
    """Trades whose themes count, English and Russian; with any of them, the themes of every trade."""
    codebook: str | None = None
    """YAML file of the project's own themes, in the shape of the packs. A theme of its own takes the place of a
    pack's theme with the same id. `cxreport code discover` proposes one."""
