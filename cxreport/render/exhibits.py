"""Exhibits on their way to a page: numbered, drawn, anchored."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from markupsafe import Markup

from cxreport.plugin.section import Exhibit, Kpi, Size
from cxreport.render.charts.spec import specification
from cxreport.render.charts.svg import drawing, finish, slug
from cxreport.render.charts.tokens import Tokens
from cxreport.render.charts.vega import responsive
from cxreport.render.views import ExhibitView


@dataclass
class Gallery:
    """Draws exhibits and remembers where each stands, so that links and notes can reach it."""

    tokens: Tokens
    views: dict[str, ExhibitView] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    """Exhibit id → file name of its page."""
    specs: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Anchor → Vega-Lite spec of the wide drawing, for enlivening."""
    minis: dict[str, Markup | None] = field(default_factory=dict)
    """Figure id → its small drawing, which stands on the summary and on the scorecard."""
    copies: dict[str, int] = field(default_factory=dict)
    """Anchor → how often notes show that exhibit again."""

    def hang(self, exhibit: Exhibit, href: str) -> ExhibitView:
        """Number and draw an exhibit in reading order."""
        ref = f"E-{len(self.views) + 1:02}"
        view = self.draw(exhibit, ref, slug(exhibit.id))
        self.views[exhibit.id] = view
        self.pages[exhibit.id] = href
        return view

    def draw(self, exhibit: Exhibit, ref: str, anchor: str, plain: bool = False) -> ExhibitView:
        """Both drawings of an exhibit; one without a chart has its table and words."""
        if exhibit.chart is None:
            return ExhibitView(exhibit, ref, anchor, None, None, plain)
        name = exhibit.heading or exhibit.title
        svgs: list[str] = []
        sizes: tuple[Size, ...] = ("wide", "narrow")
        for size in sizes:
            spec = specification(exhibit.chart(self.tokens, size), anchor, size, self.tokens)
            svgs.append(drawing(spec, anchor, name, exhibit.alt, size, self.tokens))
            if size == "wide" and not plain and responsive(spec):
                self.specs[anchor] = spec
        live = anchor if anchor in self.specs else None
        return ExhibitView(exhibit, ref, anchor, Markup("".join(svgs)), live, plain)

    def again(self, view: ExhibitView) -> ExhibitView:
        """The same exhibit to stand somewhere else, with ids of its own."""
        self.copies[view.anchor] = number = self.copies.get(view.anchor, 0) + 1
        anchor = f"{view.anchor}-again" if number == 1 else f"{view.anchor}-again-{number}"
        svg = None if view.svg is None else Markup(str(view.svg).replace(f"{view.anchor}-", f"{anchor}-"))
        return replace(view, anchor=anchor, svg=svg, live=None)

    def mini(self, kpi: Kpi, target: float | None) -> Markup | None:
        """The small interval of a scorecard figure; its numbers stand beside it in words."""
        if kpi.id not in self.minis:
            self.minis[kpi.id] = self._mini(kpi, target)
        return self.minis[kpi.id]

    def _mini(self, kpi: Kpi, target: float | None) -> Markup | None:
        from cxreport.render.charts.marks import Estimate, mini_interval

        result = kpi.result
        if not result.shown or result.value is None:
            return None
        row = Estimate(label=kpi.name, value=result.value, low=result.low, high=result.high, n=result.n)
        chart = mini_interval(row, self.tokens, domain=kpi.domain, target=target)
        return Markup(finish(chart, f"kpi-{slug(kpi.id)}", "", "", "mini", self.tokens))
