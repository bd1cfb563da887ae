"""Exhibits on their way to a page: numbered, drawn, anchored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from markupsafe import Markup

from cxreport.engine.store import Store, key_of
from cxreport.plugin.code import code_digest
from cxreport.plugin.section import Exhibit, Kpi, Size
from cxreport.render.charts.spec import specification
from cxreport.render.charts.svg import drawing, finish, slug
from cxreport.render.charts.tokens import Tokens
from cxreport.render.charts.vega import responsive, spec_script
from cxreport.render.views import ExhibitView


@dataclass
class Gallery:
    """Draws exhibits and remembers where each stands, so that links and notes can reach it."""

    tokens: Tokens
    store: Store | None = None
    """Where drawings are kept from build to build."""
    made_from: str = ""
    """Digest of everything that drawings depend on: edition, sections, tokens, language."""
    views: dict[str, ExhibitView] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    """Exhibit id → file name of its page."""
    scripts: dict[str, str] = field(default_factory=dict)
    """Anchor → script with the Vega spec of the wide drawing, for enlivening."""
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
        drawn = self._once(
            ["exhibit", exhibit.id, anchor, name, exhibit.alt, plain], lambda: self._drawn(exhibit, anchor, name, plain)
        )
        if drawn["script"]:
            self.scripts[anchor] = drawn["script"]
        return ExhibitView(exhibit, ref, anchor, Markup(drawn["svg"]), anchor if drawn["script"] else None, plain)

    def _drawn(self, exhibit: Exhibit, anchor: str, name: str, plain: bool) -> dict[str, Any]:
        """`svg`: the wide and the narrow drawing; `script`: what enlivens the wide one, if it answers the pointer."""
        assert exhibit.chart is not None
        sizes: tuple[Size, ...] = ("wide", "narrow")
        specs = {size: specification(exhibit.chart(self.tokens, size), anchor, size, self.tokens) for size in sizes}
        svgs = [drawing(spec, anchor, name, exhibit.alt, size, self.tokens) for size, spec in specs.items()]
        live = not plain and responsive(specs["wide"])
        script = spec_script(anchor, specs["wide"], self.tokens) if live else None
        return {"svg": "".join(svgs), "script": script}

    def _once(self, what: list[Any], make: Callable[[], Any]) -> Any:
        return make() if self.store is None else self.store.once(key_of("drawing", self.made_from, *what), make)

    def again(self, view: ExhibitView) -> ExhibitView:
        """The same exhibit to stand somewhere else, with ids of its own."""
        self.copies[view.anchor] = number = self.copies.get(view.anchor, 0) + 1
        anchor = f"{view.anchor}-again" if number == 1 else f"{view.anchor}-again-{number}"
        svg = None if view.svg is None else Markup(str(view.svg).replace(f"{view.anchor}-", f"{anchor}-"))
        return replace(view, anchor=anchor, svg=svg, live=None)

    def runtime(self) -> str:
        """The Vega bundle that enlivens charts."""
        from cxreport.render.charts.vega import bundle

        if self.store is None:
            return bundle()
        return str(self.store.once(key_of("vega", code_digest(__name__)), bundle))

    def mini(self, kpi: Kpi, target: float | None, was: float | None = None) -> Markup | None:
        """The small interval of a scorecard figure, `was` its previous value; the numbers stand beside it in words."""
        if kpi.id not in self.minis:
            self.minis[kpi.id] = self._mini(kpi, target, was)
        return self.minis[kpi.id]

    def _mini(self, kpi: Kpi, target: float | None, was: float | None) -> Markup | None:
        result = kpi.result
        if not result.shown or result.value is None:
            return None
        what = ["mini", kpi.id, kpi.name, result.model_dump(mode="json"), kpi.domain, target, was]
        return Markup(self._once(what, lambda: self._small(kpi, target, was)))

    def _small(self, kpi: Kpi, target: float | None, was: float | None) -> str:
        from cxreport.render.charts.marks import Estimate, mini_interval

        result = kpi.result
        row = Estimate(kpi.name, result.value or 0.0, result.low, result.high, result.n, previous=was)
        chart = mini_interval(row, self.tokens, domain=kpi.domain, target=target)
        return finish(chart, f"kpi-{slug(kpi.id)}", "", "", "mini", self.tokens)
