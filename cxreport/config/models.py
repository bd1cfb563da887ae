"""The shape of config.yaml. Every option is declared here or in a plugin's own options, and nowhere else."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, field_validator, model_validator

from cxreport.plugin.context import Brand, Company, Options

Profile = Literal["internal", "client", "public"]


def _utc(value: datetime) -> datetime:
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Period(Options):
    """First and last day of the audit, both included, UTC."""

    start: date | None = Field(default=None, alias="from")
    end: date | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _ordered(self) -> Period:
        if self.start and self.end and self.start > self.end:
            raise ValueError("the period ends before it begins")
        return self


class Site(Options):
    """What stands on the cover."""

    title: str = "Customer experience audit"
    client: str = ""
    author: str = ""
    status: Literal["draft", "final"] = "draft"
    confidentiality: str = ""
    language: Literal["en"] = "en"
    period: Period = Period(**{"from": None, "to": None})
    as_of: Annotated[datetime, AfterValidator(_utc)] | None = None
    """Moment at which waiting times are censored; the latest record when absent."""
    base_url: str | None = None
    targets: dict[str, float] = Field(default_factory=dict)
    """Measure id → the value aimed at, drawn as a tick."""


class BrandNames(Options):
    """The audited brand: every spelling and handle by which records name it."""

    names: tuple[str, ...] = Field(min_length=1)
    handles: tuple[str, ...] = ()
    rivals: tuple[Company, ...] = ()

    @property
    def brand(self) -> Brand:
        """As plugins see it."""
        return Brand(Company(name=self.names[0], names=self.names, handles=self.handles), self.rivals)


class Theme(Options):
    """Which theme, and what of it is the client's."""

    name: str = "audit"
    accent: str | None = Field(default=None, pattern=r"^#[0-9a-fA-F]{6}$")
    logo: str | None = None


class Engine(Options):
    """Where the work is done."""

    name: Literal["local"] = "local"


class Privacy(Options):
    """What may be shown, and the key of pseudonyms."""

    profile: Profile = "client"
    key: str | None = Field(default=None, min_length=16, repr=False)
    """Only for invented data: a real key belongs in CXREPORT_KEY or .cxreport/key."""


class NotePage(Options):
    """A consultant's page in Markdown."""

    markdown: str
    title: str
    group: str = "What to do"


class Findings(Options):
    """The consultant's hand in the executive summary; what is hidden is counted on the page."""

    pin: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    reword: dict[str, str] = Field(default_factory=dict)
    limit: int = Field(default=5, ge=1, le=12)


class Output(Options):
    """Where the site goes."""

    dir: str = "site"


class Plugins(Options):
    """One-file plugins of the project to run, and installed ones to leave out."""

    local: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()


class Config(Options):
    """config.yaml. `sources`, `enrich` and `measures` hold options of plugins, validated by their models."""

    version: Literal[1]
    site: Site = Site()
    brand: BrandNames
    theme: Theme = Theme()
    engine: Engine = Engine()
    privacy: Privacy = Privacy()
    sources: tuple[dict[str, Any], ...] = Field(min_length=1)
    enrich: dict[str, dict[str, Any]] = Field(default_factory=dict)
    measures: dict[str, dict[str, Any]] = Field(default_factory=dict)
    pages: tuple[NotePage, ...] = ()
    findings: Findings = Findings()
    output: Output = Output()
    plugins: Plugins = Plugins()

    @field_validator("enrich", "measures", mode="before")
    @classmethod
    def _empty(cls, value: Any) -> Any:
        return {k: {} if v is None else v for k, v in value.items()} if isinstance(value, dict) else value
