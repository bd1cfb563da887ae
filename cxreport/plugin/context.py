"""What a plugin may know about the project it runs in."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from cxreport.model.coding import Coding
from cxreport.model.facts import Facts
from cxreport.model.snapshot import Snapshot


class Options(BaseModel):
    """Base of every plugin's options: unknown keys are errors, values never change."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, use_attribute_docstrings=True)


def or_text(schema: dict[str, Any]) -> None:
    """The JSON Schema of a model that may also be written as one text."""
    whole = dict(schema)
    schema.clear()
    schema["anyOf"] = [{"type": "string"}, whole]


class Company(Options):
    """A brand or rival: its name and the handles it writes with (leading `@` optional)."""

    name: str
    """Its name in the report."""
    names: tuple[str, ...] = ()
    """Other spellings."""
    handles: tuple[str, ...] = ()
    """Accounts that write for it."""

    @property
    def slug(self) -> str:
        """The value of the column `entity` for a rival."""
        return "-".join("".join(c if c.isalnum() else " " for c in self.name.casefold()).split())

    @property
    def all_names(self) -> tuple[str, ...]:
        """The name and its other spellings."""
        return tuple(dict.fromkeys((self.name, *self.names)))

    @property
    def bare_handles(self) -> tuple[str, ...]:
        """Handles in lower case without `@`."""
        return tuple(h.removeprefix("@").casefold() for h in self.handles)


@dataclass(frozen=True)
class Brand:
    """Whose audit it is, and the rivals it is measured against."""

    own: Company
    rivals: tuple[Company, ...] = ()

    @property
    def companies(self) -> tuple[tuple[str, Company], ...]:
        """(entity, company) for the brand and each rival; the brand's entity is always `brand`."""
        return (("brand", self.own), *((rival.slug, rival) for rival in self.rivals))


@dataclass(frozen=True)
class Context:
    """Handed to every plugin at construction; the same for the whole build."""

    brand: Brand
    base: Path
    """Folder of config.yaml; relative paths in options start here."""
    period: tuple[date | None, date | None] = (None, None)
    language: str = "en"
    key: bytes = field(default=b"", repr=False)
    as_of: datetime | None = None
    """Moment of censoring, UTC; None means the latest record (the core fills it in after loading)."""
    targets: dict[str, float] = field(default_factory=dict)
    enrich: Mapping[str, Any] = field(default_factory=dict)
    """Options of enrichers as written, by name: a measure may have to know what its plugin's enricher was told."""
    coding: Coding = field(default_factory=Coding.empty, repr=False)
    """What people coded; an enricher that learns from it reads the coded records through `view.rows`."""

    facts: Facts = field(default_factory=Facts, repr=False)
    """What the context files say. Measures and sections have them; sources, enrichers and relations see none, so
    that a new price does not make the data be read again."""
    previous: Snapshot | None = field(default=None, repr=False)
    """The previous audit, where `previous` names one; measures and sections have it, like the facts."""

    def pseudonym(self, value: str, kind: str = "author") -> str:
        """A keyed, irreversible stand-in for an identifier (HMAC-SHA-256, 24 hex digits)."""
        return hmac.new(self.key, f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()[:24]

    def file(self, relative: str | Path) -> Path:
        """A project file named in options."""
        return self.base / relative


class Plugin:
    """Base of everything that hooks register: a name, an options model, and nothing at import time."""

    name: ClassVar[str]
    Options: ClassVar[type[Options]] = Options
    version: str = "1"
    """Part of every cache key: raise it when the output for the same input changes. An instance adds to it what
    its files say, such as the digest of a codebook."""

    def __init__(self, options: Any, context: Context) -> None:
        self.options = options
        self.context = context
