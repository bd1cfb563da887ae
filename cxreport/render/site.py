"""Render: an edition and a theme → the files of a site."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from cxreport import __version__
from cxreport.engine.store import Store, key_of
from cxreport.model.audit import canonical_json
from cxreport.model.edition import Edition
from cxreport.model.problem import CxreportError, Problem
from cxreport.plan import Plan
from cxreport.plugin.code import plugin_digest
from cxreport.plugin.section import Page, Section
from cxreport.render import live
from cxreport.render.catalogues import Texts
from cxreport.render.charts.sheet import running_heads
from cxreport.render.evidence import EVIDENCE, Evidence
from cxreport.render.exhibits import Gallery
from cxreport.render.notes import Notes
from cxreport.render.search import entries, index
from cxreport.render.summary import Told, figures, summary, untold
from cxreport.render.templates import environment, fill, plugin_folders
from cxreport.render.theme import Theme, load_theme
from cxreport.render.trail import FOLDER, Trail
from cxreport.render.views import FindingView, NavGroup, NavItem, PageView, SectionBlock, SiteView
from cxreport.render.words import Words
from cxreport.stages.publish import MANIFEST

SUMMARY = Page("summary", "Summary", "The audit", 10)
SCORECARD = Page("scorecard", "Scorecard", "The audit", 20)
_QUOTE = re.compile(r' id="(r-[0-9a-f]+)"')
NOTES = 200
"""Order of the first Markdown page."""


@dataclass
class _Site:
    """One rendering: what is shared by its pages."""

    edition: Edition
    plan: Plan
    folder: Path
    theme: Theme
    words: Words
    env: Environment
    gallery: Gallery
    site: SiteView
    pages: list[Page]
    trail: Trail
    dump: str
    """The edition as JSON."""
    bodies: dict[str, list[SectionBlock]] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    """The sentence over each page, by the page's id."""
    findings: tuple[FindingView, ...] = ()

    def write(self, name: str, text: str) -> None:
        """Write one file of the site, always with newlines as \\n."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))

    def view(self, page: Page, heading: str, lede: str = "", meta: str = "") -> PageView:
        """A page with its place in the report."""
        place = self.pages.index(page) if page in self.pages else -1
        self.headings[page.id] = " ".join(part for part in (heading, lede) if part)
        around = [None, *self.pages, None] if place >= 0 else [None, None, None]
        return PageView(
            page=page, heading=heading, lede=lede, meta=meta, description=lede or heading,
            sections=tuple(self.bodies.get(page.id, ())), nav=self._nav(page),
            previous=around[place], next=around[place + 2],
        )  # fmt: skip

    def _nav(self, current: Page) -> tuple[NavGroup, ...]:
        groups = groupby(self.pages, key=lambda page: page.group)
        return tuple(NavGroup(title, tuple(NavItem(p, p == current) for p in pages)) for title, pages in groups)

    def page(self, template: str, view: PageView, root: str = "", **more: Any) -> None:
        """Render and write one page; `root` leads from its folder to that of the site."""
        common = {
            "site": self.site,
            "page": view,
            "edition": self.edition,
            "root": root,
            "asset": lambda path: f"{root}assets/{path}",
        }
        self.write(view.page.href, fill(self.env, template, **common, **more))


def render(edition: Edition, plan: Plan, folder: Path, store: Store | None = None) -> list[Problem]:
    """Write the whole site into `folder` (new) and return warnings; drawings are kept in `store`.

    Raises `CxreportError` when a template or chart is wrong.
    """
    folder.mkdir(parents=True)
    theme = load_theme(plan.config.theme.name, plan.base)
    language = edition.meta.language
    words = Words(language, Texts(language, [*theme.folders, *plugin_folders(plan)]))
    tokens = theme.tokens.with_accent(plan.config.theme.accent) if plan.config.theme.accent else theme.tokens
    sections = _present(plan.sections, edition)
    dump = canonical_json(edition.model_dump(mode="json"), indent=1) + "\n"
    made_from = key_of(dump, [plugin_digest(section) for section in sections], tokens.model_dump(mode="json"))
    trail = Trail(edition, words)
    site = _Site(
        edition, plan, folder, theme, words, environment(plan, theme, words, trail), Gallery(tokens, store, made_from),
        _site_view(edition, plan, theme, words), _pages(sections, plan, edition), trail, dump,
    )  # fmt: skip
    _sections(site, sections)
    _summary(site, sections)
    _pages_of_sections(site)
    _notes(site)
    _evidence(site)
    _extras(site)
    _assets(site)
    _manifest(site)
    return untold(sections, edition, words, plan.config.findings)


def _present(sections: Sequence[Section], edition: Edition) -> list[Section]:
    """Sections that have something to show, in the order of the report."""
    shown = [s for s in sections if s.present(edition)]
    return sorted(shown, key=lambda s: (s.page.order, s.page.id, s.order, s.name))


def _pages(sections: Sequence[Section], plan: Plan, edition: Edition) -> list[Page]:
    pages = {page.id: page for page in (SUMMARY, SCORECARD, *([EVIDENCE] if edition.behind else ()))}
    for section in sections:
        known = pages.setdefault(section.page.id, section.page)
        if known != section.page:
            what = f"it describes the page {known.id} differently from an earlier section."
            raise CxreportError(Problem(f"section {section.name}", what, "Copy the page's title, group and order."))
    for number, note in enumerate(plan.config.pages):
        ident = f"note-{Path(note.markdown).stem}"
        pages[ident] = Page(ident, note.title, note.group, NOTES + number)
    return sorted(pages.values(), key=lambda page: (page.order, page.id))


def _site_view(edition: Edition, plan: Plan, theme: Theme, words: Words) -> SiteView:
    meta = edition.meta
    logo = plan.config.theme.logo
    return SiteView(
        title=meta.title, client=meta.client, author=meta.author, status=meta.status,
        confidentiality=meta.confidentiality, language=meta.language,
        period=words.period(meta.period_from, meta.period_to), digest=edition.audit, profile=edition.profile,
        as_of=words.date(meta.as_of) if meta.as_of else "", records=_base(edition, words),
        logo=f"logo{Path(logo).suffix.lower()}" if logo else None, base_url=meta.base_url,
        styles=("tokens.css", *(name for name, _ in theme.assets("styles"))),
        scripts=tuple(name for name, _ in theme.assets("scripts")), indexable=edition.profile == "public",
    )  # fmt: skip


def _base(edition: Edition, words: Words) -> str:
    left = edition.waterfall[-1].left if edition.waterfall else 0
    sources = len({load.source_id for load in edition.loads if load.records})
    records = words.plural(left, "customer record", "customer records")
    return words.say("{records} from {sources}", records=records, sources=words.plural(sources, "source", "sources"))


def _sections(site: _Site, sections: Sequence[Section]) -> None:
    """Bodies of all sections, in reading order, so that exhibits are numbered as the report is read."""
    told = Told(sections, site.edition, site.words, site.gallery, site.plan.config.findings)
    for section in sections:
        view = section.view(site.edition, site.words)
        exhibits = [site.gallery.hang(e, section.page.href) for e in section.exhibits(site.edition, site.words)]
        first = section.page.id not in site.bodies
        template = [f"sections/{section.name}.html", "section.html"]
        shown = replace(view, title="") if first else view
        body = fill(site.env, template, section=shown, exhibits=exhibits, edition=site.edition, told=told)
        block = SectionBlock(view, tuple(exhibits), Markup(body))
        site.bodies.setdefault(section.page.id, []).append(block)


def _summary(site: _Site, sections: Sequence[Section]) -> None:
    view = summary(sections, site.edition, site.words, site.gallery, site.plan.config.findings)
    site.findings = view.findings
    heading = view.findings[0].title if view.findings else f"{site.site.client}: {site.site.title}"
    rest = [finding.title.rstrip(".") + "." for finding in view.findings[1:3]]
    words = site.words
    meta = words.say("{records}, {period}. All intervals are 95%.", records=site.site.records, period=site.site.period)
    site.page("summary.html", site.view(SUMMARY, heading, " ".join(rest), meta), summary=view)
    kpis = figures(sections, site.edition, site.words, site.gallery)
    shown = sum(kpi.testable for kpi in kpis)
    total = words.plural(len(kpis), "figure", "figures")
    title = words.say("{shown} of {figures} can be told from this data", shown=words.number(shown), figures=total)
    site.page("scorecard.html", site.view(SCORECARD, title, "", meta), kpis=kpis)


def _pages_of_sections(site: _Site) -> None:
    for page in site.pages:
        blocks = site.bodies.get(page.id)
        if blocks and page not in (SUMMARY, SCORECARD):
            lead = blocks[0].section
            site.page("page.html", site.view(page, lead.title or page.title, lead.lede, lead.meta))


def _notes(site: _Site) -> None:
    """Markdown pages come last: they may show any exhibit."""

    def draw(ident: str) -> Markup:
        view = site.gallery.again(site.gallery.views[ident])
        return Markup(fill(site.env, "exhibit.html", view=view))

    functions = site.plan.registry.globals
    notes = Notes(site.edition, site.words, site.gallery, draw, functions, _quoted(site), site.trail.of)
    for note in site.plan.config.pages:
        content = notes.page(site.plan.context.file(note.markdown), note.markdown)
        page = next(p for p in site.pages if p.id == f"note-{Path(note.markdown).stem}")
        site.page("note.html", site.view(page, note.title), content=content)


def _quoted(site: _Site) -> dict[str, str]:
    """Anchors of records that pages quote, and the page each stands on."""
    found: dict[str, str] = {}
    for page in site.pages:
        for block in site.bodies.get(page.id, ()):
            found.update(dict.fromkeys(_QUOTE.findall(block.body), page.href))
    return found


def _evidence(site: _Site) -> None:
    """After all pages: the records behind the numbers that they show."""
    if EVIDENCE not in site.pages:
        return
    evidence = Evidence(site.edition, site.trail, site.words)
    meta = f"{site.site.records}, {site.site.period}."
    site.page("evidence.html", site.view(EVIDENCE, evidence.heading(), evidence.lede(), meta), evidence=evidence)
    for listed in evidence.lists(lambda record: fill(site.env, "record.html", record=record)):
        page = Page(f"{FOLDER}/{listed.behind.slug}", listed.behind.name, EVIDENCE.group, EVIDENCE.order)
        view = replace(site.view(page, listed.behind.name), nav=(), description=listed.said)
        site.page("records.html", view, root="../", list=listed)
    for name, script in evidence.scripts():
        site.write(f"assets/{name}", script)


def _extras(site: _Site) -> None:
    missing = Page("404", "Page not found", "", 0)
    site.page("404.html", site.view(missing, site.words.say("There is no such page")))
    site.write(".nojekyll", "")
    site.write("audit.json", site.dump)
    found = entries(site.pages, site.headings, site.bodies, site.findings, site.words)
    site.write("assets/index.js", index(found))
    if site.gallery.scripts:
        live.write(site.gallery.scripts, site.gallery.runtime(), site.folder / "assets")


def _assets(site: _Site) -> None:
    site.write("assets/tokens.css", site.gallery.tokens.css() + _margins(site))
    for kind in ("styles", "scripts", "files", "fonts"):
        for name, path in site.theme.assets(kind):
            shutil.copyfile(path, site.folder / "assets" / name)
    logo = site.plan.config.theme.logo
    if logo:
        shutil.copyfile(site.plan.context.file(logo), site.folder / "assets" / (site.site.logo or ""))


def _margins(site: _Site) -> str:
    """What stands in the margins of printed pages."""
    facts, foot = site.site, [site.site.confidentiality, site.words.say("audit {digest}", digest=site.site.digest[:6])]
    title = f"{facts.client} · {facts.title}"
    return running_heads(site.gallery.tokens, title, facts.period, " · ".join(part for part in foot if part))


def _manifest(site: _Site) -> None:
    """Every file with its digest: marks the folder as ours and lets anybody verify the site."""
    files = {
        path.relative_to(site.folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.folder.rglob("*"))
        if path.is_file()
    }
    manifest = {
        "cxreport": __version__, "audit": site.edition.audit, "profile": site.edition.profile,
        "theme": site.theme.name, "files": files,
    }  # fmt: skip
    site.write(MANIFEST, canonical_json(manifest, indent=1) + "\n")
