"""Basis: what the numbers of an audit rest on, so that a later audit can tell whether they may be compared."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Frozen(BaseModel):
    """Values of a basis never change; what a later version adds is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Mix(Frozen):
    """Where the records of one population come from."""

    keys: tuple[str, ...]
    """The results that are computed over it."""
    cells: dict[str, int] = Field(default_factory=dict)
    """Records by source system and channel, `x.api.v2 x`."""
    named: float = 0
    """Share of them, 0 to 1, that are about the brand because a name or handle stands in them."""


class Basis(Frozen):
    """Rules, classifiers, names and sources behind an audit, each in a form that can be told apart."""

    origins: dict[str, str] = Field(default_factory=dict)
    """Enricher or relation → its version, what it learned, and a digest of its options and files (codebook, words)."""
    columns: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Column → those that make it, and make what it is made of."""
    corrected: tuple[str, ...] = ()
    """Fields whose classifier people have judged, so that shares are corrected by it."""
    names: str = ""
    """Digest of the names and handles by which the brand and its rivals are recognised."""
    frames: dict[str, str] = Field(default_factory=dict)
    """Source system → what its files can show at all."""
    queries: dict[str, str] = Field(default_factory=dict)
    """Source system → what was searched for, as its sources state it."""
    mixes: tuple[Mix, ...] = ()

    def mix(self, key: str) -> Mix | None:
        """Where the records of a result come from, if that was counted."""
        return next((mix for mix in self.mixes if key in mix.keys), None)
