"""What templates see. Everything here is frozen, already in words, and made from one edition.

Every page template gets the same variables:

- `site`: SiteView, the cover facts and the navigation
- `page`: PageView, this page with its sections
- `words`: Words, number and date formatting
- `t`: translate a text of the interface
- `asset(path)`: relative URL of a theme asset
- `edition`: the edition itself

`summary.html` has also `summary` (SummaryView); `scorecard.html` has `kpis`; `note.html` has `content`
(sanitised Markdown). A section's template `sections/<id>.html` sees only `section`, `exhibits`, `edition`,
`told(id)` (the link of a finding, None where the audit has none), `t`, `words` and the macros of the theme.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from cxreport.model.result import Result
from cxreport.plugin.section import Exhibit, Kpi, Link, Page, SectionView, Table


@dataclass(frozen=True)
class ExhibitView:
    """An exhibit ready to stand on a page."""

    exhibit: Exhibit
    ref: str
    """`E-04`: its number in reading order, printed on paper and used in links."""
    anchor: str
    """The id attribute, stable between builds: `journey-heatmap`."""
    svg: Markup | None
    """`<div class="chart">` content: the wide and the narrow drawing."""
    live: str | None
    """Name of its Vega spec when scripts may enliven it."""
    plain: bool = False
    """A small exhibit inside a finding: its title is a label, not a sentence."""

    @property
    def title(self) -> str:
        """The sentence."""
        return self.exhibit.title

    @property
    def table(self) -> Table | None:
        """The data table."""
        return self.exhibit.table


@dataclass(frozen=True)
class KpiView:
    """A figure with its drawing and words."""

    kpi: Kpi
    figure: str
    """`+12`, `46`; or `Not testable`."""
    suffix: str
    """`%` or nothing."""
    line: str
    """What is worth saying beside it: target, bounds, reason."""
    base: str
    """Interval and n."""
    svg: Markup | None
    href: str
    testable: bool


@dataclass(frozen=True)
class FindingView:
    """A numbered finding of the summary."""

    number: int
    id: str
    title: str
    text: str
    link: Link | None
    exhibit: ExhibitView | None
    results: tuple[Result, ...] = ()
    """What it rests on."""
    reworded: bool = False
    """Whether its title is in the consultant's own words."""


@dataclass(frozen=True)
class SectionBlock:
    """A section on a page: its words, its exhibits, its rendered body."""

    section: SectionView
    exhibits: tuple[ExhibitView, ...]
    body: Markup


@dataclass(frozen=True)
class NavItem:
    """An entry of the contents."""

    page: Page
    current: bool


@dataclass(frozen=True)
class NavGroup:
    """A titled group of entries."""

    title: str
    items: tuple[NavItem, ...]


@dataclass(frozen=True)
class SiteView:
    """Facts that stand on every page."""

    title: str
    client: str
    author: str
    status: str
    confidentiality: str
    language: str
    period: str
    digest: str
    profile: str
    as_of: str
    records: str
    """"18,240 customer records from six sources"."""
    logo: str | None
    base_url: str | None
    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    indexable: bool
    """Only the public edition may be indexed."""


@dataclass(frozen=True)
class PageView:
    """One page."""

    page: Page
    heading: str
    """h1: the finding of the page as a sentence."""
    lede: str
    meta: str
    description: str
    sections: tuple[SectionBlock, ...]
    nav: tuple[NavGroup, ...]
    previous: Page | None
    next: Page | None


@dataclass(frozen=True)
class SummaryView:
    """The executive summary."""

    kpis: tuple[KpiView, ...]
    findings: tuple[FindingView, ...]
    hidden: int
    """Findings that the consultant hid; the page says so."""
    limits: tuple[str, ...]
