"""A consultant's Markdown pages: sandboxed expressions, sanitised HTML, links that must resolve."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import markdown
import nh3
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from cxreport.config.load import suggestion
from cxreport.model.edition import Edition
from cxreport.model.problem import CxreportError, Problem
from cxreport.model.result import Result, result_key
from cxreport.render.exhibits import Gallery
from cxreport.render.trail import Behind
from cxreport.render.words import Words

_TAGS = nh3.ALLOWED_TAGS - {"img", "style", "math", "svg"}
_SLOT = "cxreport-slot-{}-end"
_QUOTED = "Only records that a page quotes can be linked; their ids are the anchors `r-…` there."
_LINK = re.compile(r'href="(measure|record|doc):([^"]*)"')


class Notes:
    """Turns Markdown files into page bodies; `draw(exhibit_id)` gives the markup of an exhibit."""

    def __init__(
        self, edition: Edition, words: Words, gallery: Gallery, draw: Callable[[str], Markup],
        functions: dict[str, Callable[..., Any]], anchors: Mapping[str, str],
        behind: Callable[[Result], Behind | None] = lambda result: None,
    ) -> None:  # fmt: skip
        self.edition, self.words, self.gallery, self.draw = edition, words, gallery, draw
        bound = {name: partial(function, edition, words) for name, function in functions.items()}
        self.env = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
        self.functions = bound
        self.behind = behind
        """The records that a number leads to."""
        self.anchors = anchors
        """id of a quoted record on a page (`r-…`) → the page's file name."""

    def page(self, path: Path, shown: str) -> Markup:
        """The HTML of one file. Raises `CxreportError` with the file and what is wrong in it."""
        slots: list[Markup] = []

        def hold(markup: Markup) -> str:
            slots.append(markup)
            return _SLOT.format(len(slots) - 1)

        values = {
            "measure": lambda name, **dims: hold(self._measure(name, dims)),
            "chart": lambda name: hold(self._chart(name)),
            **{name: lambda *a, f=f, **k: hold(escape(f(*a, **k))) for name, f in self.functions.items()},
        }
        try:
            text = self.env.from_string(path.read_text("utf-8")).render(values)
        except CxreportError as error:
            placed = (replace(p, where=f"{_place(shown, error)}: {p.where}") for p in error.problems)
            raise CxreportError(*placed) from error
        except Exception as error:
            raise CxreportError(Problem(_place(shown, error), f"{type(error).__name__}: {error}.")) from error
        raw = markdown.markdown(text, extensions=["extra", "sane_lists", "toc"], output_format="html")
        clean = self._links(sanitise(raw), shown)
        for number, markup in enumerate(slots):
            slot = _SLOT.format(number)
            block = markup.startswith("<figure")
            clean = clean.replace(f"<p>{slot}</p>", markup) if block else clean
            clean = clean.replace(slot, markup)
        return Markup(clean)

    def _measure(self, name: str, dims: dict[str, str]) -> Markup:
        result = self._result(name, dims)
        figure = escape(self.words.value(result))
        if not result.shown:
            return Markup('<span class="state">{}</span>').format(figure)
        interval, base, behind = self.words.interval(result), escape(self.words.base(result.n)), self.behind(result)
        if behind:
            base = Markup('<a class="behind" href="{}">{}</a>').format(behind.href, base)
        detail = Markup(", ").join(part for part in (interval, base) if part)
        return Markup('<span class="num"><strong>{}</strong> ({})</span>').format(figure, detail)

    def _result(self, name: str, dims: dict[str, str]) -> Result:
        found = self.edition.get(name, **dims)
        if found is None:
            known = [r.key for results in self.edition.measures.values() for r in results]
            wanted = result_key(name, dims)
            raise CxreportError(Problem(f"measure({wanted!r})", "there is no such result.", suggestion(wanted, known)))
        return found

    def _chart(self, name: str) -> Markup:
        if name not in self.gallery.views:
            mend = suggestion(name, self.gallery.views)
            raise CxreportError(Problem(f"chart({name!r})", "there is no such exhibit.", mend))
        return self.draw(name)

    def _links(self, html: str, shown: str) -> str:
        def target(match: re.Match[str]) -> str:
            kind, name = match[1], match[2]
            if kind == "measure" and name.partition("[")[0] in self.edition.infos:
                return f'href="methods.html#{name.partition("[")[0]}"'
            if kind == "record" and f"r-{name}" in self.anchors:
                return f'href="{self.anchors[f"r-{name}"]}#r-{name}"'
            what = f"the link {kind}:{name} leads nowhere."
            mend = suggestion(name, self.edition.infos) if kind == "measure" else _QUOTED
            raise CxreportError(Problem(shown, what, mend))

        return _LINK.sub(target, html)


def _place(shown: str, error: BaseException) -> str:
    """File and line of the page at which an error arose, as far as Jinja tells."""
    line, frame = getattr(error, "lineno", None), error.__traceback__
    while frame is not None:
        line = frame.tb_lineno if frame.tb_frame.f_code.co_filename == "<template>" else line
        frame = frame.tb_next
    return f"{shown}:{line}" if line else shown


def sanitise(html: str) -> str:
    """HTML without scripts, styles, foreign images or unsafe links; audit links keep their scheme for now."""
    return nh3.clean(
        html,
        tags=set(_TAGS),
        attributes={
            "*": {"id", "lang", "dir", "title"},
            "a": {"href"},
            "th": {"scope"},
            "ol": {"start"},
            "abbr": {"title"},
        },
        url_schemes={"http", "https", "mailto", "measure", "record", "doc"},
        link_rel="noopener noreferrer",
    )
