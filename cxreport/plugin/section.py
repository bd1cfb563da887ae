"""Sections: a plugin's part of the report, made from an edition and nothing else."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from cxreport.model.result import Result
from cxreport.plugin.context import Plugin

if TYPE_CHECKING:
    import altair as alt

    from cxreport.model.edition import Edition
    from cxreport.render.charts.tokens import Tokens
    from cxreport.render.words import Words

Size = Literal["wide", "narrow", "mini"]
Draw = Callable[["Tokens", Size], "alt.TopLevelMixin"]
Align = Literal["left", "right"]


@dataclass(frozen=True)
class Page:
    """A page of the site. Sections name the page they belong to; pages exist when a section fills them."""

    id: str
    title: str
    """The navigation entry: one to three words."""
    group: str
    order: int
    """Ten to a step within the whole report."""

    @property
    def href(self) -> str:
        """File name within the site."""
        return "index.html" if self.id == "summary" else f"{self.id}.html"


@dataclass(frozen=True)
class Table:
    """A data table, already in words: what a reader without the chart reads."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    align: tuple[Align, ...] = ()
    caption: str = ""

    @property
    def aligned(self) -> tuple[Align, ...]:
        """One alignment a column: the first is a row header, left; numbers right by default."""
        numbers: list[Align] = ["right"] * (len(self.columns) - 1)
        return self.align or ("left", *numbers)


@dataclass(frozen=True)
class Key:
    """An entry of a key: a shape (`estimate`, `interval`, `hollow`, `previous`, `shared`) and its word."""

    shape: str
    text: str


@dataclass(frozen=True)
class Link:
    """A link in words; `ref` is the short reference printed on paper, such as `E-04`."""

    href: str
    text: str
    ref: str = ""


@dataclass(frozen=True)
class Exhibit:
    """One question answered: a sentence, a chart, its table, and where it comes from."""

    id: str
    """`plugin.name`, such as `journey.heatmap`; unique in the site and the anchor of its permalink."""
    title: str
    """The result as a sentence with a verb."""
    subtitle: str
    """Measure, unit and period."""
    results: tuple[Result, ...] = ()
    table: Table | None = None
    chart: Draw | None = None
    alt: str = ""
    """Chart of data by dimension. Finding with numbers."""
    note: str = ""
    keys: tuple[Key, ...] = ()
    source: str = ""
    """Base and sources."""
    links: tuple[Link, ...] = ()
    heading: str = ""
    """Short name for lists of exhibits; the title where empty."""


@dataclass(frozen=True)
class Finding:
    """A sentence the audit can stand behind, with its evidence."""

    id: str
    title: str
    text: str
    weight: float
    """Larger is told first: effect size × reach × soundness; comparable between sections."""
    results: tuple[Result, ...] = ()
    link: Link | None = None
    exhibit: Exhibit | None = None
    """A small version for the summary, with a plain label as its title."""


@dataclass(frozen=True)
class Kpi:
    """A figure of the scorecard: name, result, how to read it."""

    id: str
    name: str
    result: Result
    domain: tuple[float, float]
    order: int = 50
    page: str = ""
    better: Literal["higher", "lower"] = "higher"


@dataclass(frozen=True)
class SectionView:
    """What a section's template sees as `section`."""

    id: str
    title: str = ""
    lede: str = ""
    meta: str = ""
    notes: tuple[str, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)
    """Anything more that the section's own template needs, JSON-like."""
    terms: tuple[tuple[str, str], ...] = ()
    """Words that the section explains, with what they mean; the search box finds them at `term-1`, `term-2` …"""


class Section(Plugin, ABC):
    """A plugin's part of the report, filled into `sections/<name>.html`, else the theme's `section.html`."""

    page: ClassVar[Page]
    order: ClassVar[int] = 50
    """Within the page; the section with the lowest order gives the page its heading."""
    needs: ClassVar[tuple[str, ...]] = ()
    """Measures it shows."""
    tells: ClassVar[tuple[str, ...]] = ()
    """Ids of the findings it may tell: those that config.yaml may pin, hide and reword, and recommendations rest on.
    `*` stands for any characters, where ids are made of what is found."""

    def present(self, edition: Edition) -> bool:
        """Whether it has a place in this report; by default, whether any of the measures it needs was run."""
        return not self.needs or any(need in edition.measures for need in self.needs)

    def view(self, edition: Edition, words: Words) -> SectionView:
        """Heading and words of the section; the heading is the finding as a sentence."""
        return SectionView(id=self.name)

    @abstractmethod
    def exhibits(self, edition: Edition, words: Words) -> Sequence[Exhibit]:
        """Exhibits in reading order, made from the edition only."""

    def findings(self, edition: Edition, words: Words) -> Sequence[Finding]:
        """Sentences for the executive summary; never more than the data says."""
        return ()

    def kpis(self, edition: Edition, words: Words) -> Sequence[Kpi]:
        """Figures for the scorecard."""
        return ()

    def limits(self, edition: Edition, words: Words) -> Sequence[str]:
        """Sentences for "What we cannot say"."""
        return ()
