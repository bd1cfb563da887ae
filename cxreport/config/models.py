"""The shape of config.yaml. Every option is declared here or in a plugin's own options, and nowhere else."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from cxreport.changes.margins import Margins
from cxreport.gates.rule import Gate
from cxreport.plugin.context import Brand, Company, Options, or_text

Profile = Literal["internal", "client", "public"]


def _utc(value: datetime) -> datetime:
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _many(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _audit(value: Any) -> Any:
    return {"audit": value} if isinstance(value, str) else value


_NAMES = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
Names = Annotated[tuple[str, ...], BeforeValidator(_many), WithJsonSchema(_NAMES)]
"""One name, or a list of them."""


class Period(Options):
    """First and last day of the audit, both included, UTC."""

    start: date | None = Field(default=None, alias="from")
    """First day; absent: no lower bound."""
    end: date | None = Field(default=None, alias="to")
    """Last day; absent: no upper bound."""

    @model_validator(mode="after")
    def _ordered(self) -> Period:
        if self.start and self.end and self.start > self.end:
            raise ValueError("the period ends before it begins")
        return self


class Site(Options):
    """What stands on the cover."""

    title: str = "Customer experience audit"
    """Title of the report."""
    client: str = ""
    """Whose audit it is; the brand's name when empty."""
    author: str = ""
    """Who made it."""
    status: Literal["draft", "final"] = "draft"
    """Printed on the cover."""
    confidentiality: str = ""
    """A sentence such as `For Meridian Air only`, on the summary and in the margins of printed pages."""
    language: Literal["en", "ru"] = "en"
    """Language of the report; customers may write in any language."""
    period: Period = Period(**{"from": None, "to": None})
    """Records outside of it are counted in the waterfall, and not measured."""
    as_of: Annotated[datetime, AfterValidator(_utc)] | None = None
    """Moment at which waiting times are censored; the latest record when absent."""
    base_url: str | None = None
    """Address at which the site will stand, for canonical links; the site works without it."""
    targets: dict[str, float] = Field(default_factory=dict)
    """Measure id → the value aimed at, drawn as a tick."""


class BrandNames(Options):
    """The audited brand: every spelling and handle by which records name it."""

    names: tuple[str, ...] = Field(min_length=1)
    """Spellings; the first is the brand's name in the report."""
    handles: tuple[str, ...] = ()
    """Accounts that write for the brand, such as `@meridianair`."""
    rivals: tuple[Company, ...] = ()
    """Companies recognised and kept apart from the brand."""

    @property
    def brand(self) -> Brand:
        """As plugins see it."""
        return Brand(Company(name=self.names[0], names=self.names, handles=self.handles), self.rivals)


class Theme(Options):
    """Which theme, and what of it is the client's."""

    name: str = "audit"
    """A folder of the project's `themes/`, or an installed theme."""
    accent: str | None = Field(default=None, pattern=r"^#[0-9a-fA-F]{6}$")
    """The client's colour, `#rrggbb`; never used for data."""
    logo: str | None = None
    """Image file, relative to config.yaml."""


class Engine(Options):
    """Where the work is done."""

    name: Literal["local", "spark"] = "local"
    """`local`: this machine. `spark`: an Apache Spark session, with the extra `cxreport[spark]`."""
    master: str | None = None
    """Spark's master, such as `local[2]`, `spark://host:7077` or `sc://host`; absent: that of an active session or
    of `spark-submit`."""
    config: dict[str, str] = Field(default_factory=dict)
    """Settings of a session that is started here, such as `spark.executor.memory: 4g`."""
    work: str | None = None
    """Folder or address that driver and workers share, for Spark's intermediate tables; needed unless `master` is
    this machine."""

    @model_validator(mode="after")
    def _of_spark(self) -> Engine:
        if self.name == "local" and (self.master or self.config or self.work):
            raise ValueError("`master`, `config` and `work` are for `name: spark`")
        return self


class Privacy(Options):
    """What may be shown, and the key of pseudonyms."""

    profile: Profile = "client"
    """Who will read the site; decides what it may show."""
    records: int = Field(default=100_000, ge=0, le=1_000_000)
    """Records behind the numbers that an edition which quotes may hold, redacted; 0: readers see counts only."""
    key: str | None = Field(default=None, min_length=16, repr=False)
    """Only for invented data: a real key belongs in CXREPORT_KEY or .cxreport/key."""


class ContextFiles(Options):
    """What the client knows and no export says, one file each; `cxreport init --context` writes templates."""

    calendar: str | None = None
    """Campaigns, outages and launches, CSV."""
    costs: str | None = None
    """What contacts, goodwill, lost customers and prevention cost, as ranges, YAML."""
    budget: str | None = None
    """Shares of the budget by moment, YAML."""
    beliefs: str | None = None
    """What management believes of channels, moments and measures, CSV or YAML."""
    serp: str | None = None
    """Pages of search results, CSV."""
    kpi: str | None = None
    """Figures of the business by day, week or month, CSV."""
    hours: str | None = None
    """When the brand's people answer, YAML."""


class NotePage(Options):
    """A consultant's page in Markdown."""

    markdown: str
    """File, relative to config.yaml."""
    title: str
    """Entry of the navigation."""
    group: str = "What to do"
    """Heading of the navigation under which it stands."""


class Previous(Options):
    """The audit before this one."""

    model_config = ConfigDict(json_schema_extra=or_text)

    audit: str
    """Its audit.json, a file of `cxreport export snapshot`, or its site (folder or ZIP), relative to config.yaml."""
    margins: Margins = Margins()
    """The least change that is material, by unit."""
    also: tuple[str, ...] = ()
    """Further results to compare, such as `experience.nps[segment=business]`."""


class Findings(Options):
    """The consultant's hand in the executive summary; what is hidden is counted on the page."""

    pin: tuple[str, ...] = ()
    """Ids of findings told first, in this order."""
    hide: tuple[str, ...] = ()
    """Ids of findings left out; the page says how many."""
    reword: dict[str, str] = Field(default_factory=dict)
    """Id of a finding → the title to print; its numbers stay."""
    limit: int = Field(default=5, ge=1, le=12)
    """Most findings on the summary."""


class Output(Options):
    """Where the site goes."""

    dir: str = "site"
    """Folder of the site, relative to config.yaml; empty, new, or written by cxreport before."""


class Plugins(Options):
    """One-file plugins of the project to run, and installed ones to leave out."""

    local: tuple[str, ...] = ()
    """Python files of the project, relative to config.yaml; no other file is run."""
    disable: tuple[str, ...] = ()
    """Names of plugins that are not loaded."""


class Config(Options):
    """config.yaml. `sources`, `enrich` and `measures` hold options of plugins, validated by their models."""

    version: Literal[1]
    """Version of this format."""
    site: Site = Site()
    """The cover, the period and the targets."""
    brand: BrandNames
    """Whom the audit is about."""
    theme: Theme = Theme()
    """How the site looks."""
    engine: Engine = Engine()
    """Where the work is done."""
    privacy: Privacy = Privacy()
    """What the site may show."""
    sources: tuple[dict[str, Any], ...] = Field(min_length=1)
    """The exports; each item's `type` decides which further options it takes."""
    enrich: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """Enricher → its options. All installed enrichers run, with or without an entry here."""
    measures: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """Measure → its options. All installed measures run, with or without an entry here."""
    coding: Names = ()
    """Coding sheets, one file a coder, CSV or XLSX, relative to config.yaml; `*` stands for any characters."""
    context: ContextFiles = ContextFiles()
    """What the client knows and no export says; measures that need it are *not testable* without."""
    assessments: str | None = None
    """Folder of the consultant's own ratings, one YAML file a system, relative to config.yaml."""
    recommendations: str | None = None
    """What the consultant recommends, and the roadmap: a YAML file, relative to config.yaml."""
    pages: tuple[NotePage, ...] = ()
    """Pages of the consultant's own."""
    gates: dict[str, Gate] = Field(default_factory=dict)
    """Key of a result → the threshold it must keep, such as `experience.nps: ">= 20"`; judged by `cxreport gate`."""
    previous: Annotated[Previous, BeforeValidator(_audit)] | None = None
    """The audit before this one: its file, or a mapping with margins."""
    findings: Findings = Findings()
    """What the executive summary tells."""
    output: Output = Output()
    """Where the site goes."""
    plugins: Plugins = Plugins()
    """Plugins of the project, and installed ones to leave out."""

    @field_validator("enrich", "measures", mode="before")
    @classmethod
    def _empty(cls, value: Any) -> Any:
        return {k: {} if v is None else v for k, v in value.items()} if isinstance(value, dict) else value
