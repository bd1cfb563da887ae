"""Executive summary and scorecard: findings and figures of all sections, in order of weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cxreport.config.models import Findings
from cxreport.model.change import Change
from cxreport.model.edition import Edition
from cxreport.model.problem import Problem
from cxreport.model.result import Result
from cxreport.plugin.section import Finding, Kpi, Link, Section
from cxreport.render.charts.svg import slug
from cxreport.render.exhibits import Gallery
from cxreport.render.views import FindingView, KpiView, SummaryView
from cxreport.render.words import Words

STRIP = 5
SCORECARD = 10


def chosen(sections: Sequence[Section], edition: Edition, words: Words, hand: Findings) -> tuple[list[Finding], int]:
    """The findings to show, strongest first after the pinned ones, and how many the consultant hid."""
    found = [finding for section in sections for finding in section.findings(edition, words)]
    sound = [f for f in found if all(r.status in ("ok", "directional") for r in f.results)]
    left = [f for f in sound if f.id not in hand.hide]
    pins = {ident: place for place, ident in enumerate(hand.pin)}
    ranked = sorted(left, key=lambda f: (pins.get(f.id, len(pins)), -f.weight, f.id))
    return ranked[: hand.limit], len(sound) - len(left)


def reworded(finding: Finding, hand: Findings) -> Finding:
    """The finding with the consultant's own title, where there is one; its numbers stay."""
    return replace(finding, title=hand.reword.get(finding.id, finding.title))


def untold(sections: Sequence[Section], edition: Edition, words: Words, hand: Findings) -> list[Problem]:
    """Warnings for ids under `findings:` of which this audit has no finding: the data do not bear them out."""
    told = {finding.id for section in sections for finding in section.findings(edition, words)}
    named = {"pin": hand.pin, "hide": hand.hide, "reword": tuple(hand.reword)}
    what = "this audit does not find {!r}: its data do not bear it out."
    return [
        Problem(f"findings.{key}", what.format(ident), "", "warning")
        for key, idents in named.items()
        for ident in idents
        if ident not in told
    ]


def figures(sections: Sequence[Section], edition: Edition, words: Words, gallery: Gallery) -> tuple[KpiView, ...]:
    """All figures of the scorecard, in their order, at most ten."""
    kpis = [kpi for section in sections for kpi in section.kpis(edition, words)]
    ordered = sorted(kpis, key=lambda kpi: (kpi.order, kpi.id))[:SCORECARD]
    return tuple(_kpi(kpi, edition, words, gallery) for kpi in ordered)


def summary(
    sections: Sequence[Section], edition: Edition, words: Words, gallery: Gallery, hand: Findings
) -> SummaryView:
    """The summary page."""
    findings, hidden = chosen(sections, edition, words, hand)
    limits = [sentence for section in sections for sentence in section.limits(edition, words)]
    return SummaryView(
        kpis=figures(sections, edition, words, gallery)[:STRIP],
        findings=tuple(_finding(i, f, gallery, hand) for i, f in enumerate(findings, 1)),
        hidden=hidden,
        limits=tuple(dict.fromkeys(limits)),
    )


def _finding(number: int, found: Finding, gallery: Gallery, hand: Findings) -> FindingView:
    finding = reworded(found, hand)
    link = linked(finding.link, gallery)
    exhibit = finding.exhibit
    anchor = f"finding-{number}-{slug(exhibit.id)}" if exhibit else ""
    drawn = gallery.draw(exhibit, f"F-{number}", anchor, plain=True) if exhibit else None
    own = finding.id in hand.reword
    return FindingView(number, finding.id, finding.title, finding.text, link, drawn, finding.results, own)


def linked(link: Link | None, gallery: Gallery) -> Link | None:
    """The link with the place of the exhibit that it names."""
    if link is None or link.href not in gallery.views:
        return link
    view = gallery.views[link.href]
    return Link(f"{gallery.pages[link.href]}#{view.anchor}", link.text, view.ref)


class Told:
    """Findings by id, as links: what sections that come after them may lead to."""

    def __init__(
        self, sections: Sequence[Section], edition: Edition, words: Words, gallery: Gallery, hand: Findings
    ) -> None:
        found = [finding for section in sections for finding in section.findings(edition, words)]
        self.found, self.gallery = {finding.id: reworded(finding, hand) for finding in found}, gallery

    def __call__(self, ident: str) -> Link | None:
        """A finding's sentence and where its evidence stands; None where this audit has no such finding."""
        finding = self.found.get(ident)
        if finding is None:
            return None
        link = linked(finding.link, self.gallery)
        return Link(link.href if link else "index.html", finding.title, link.ref if link else "")


def _kpi(kpi: Kpi, edition: Edition, words: Words, gallery: Gallery) -> KpiView:
    result = kpi.result
    target = edition.meta.targets.get(result.key)
    figure = words.value(result)
    suffix = "%" if figure.endswith("%") else ""
    if not result.shown:
        return KpiView(kpi, figure, "", _because(result, words), _needs(result, words), None, kpi.page, testable=False)
    change = edition.change(result.id, **result.dims)
    was = change.before.value if change and change.tested and change.before else None
    lines = (_line(kpi, target, words), _since(change, words) if change and was is not None else "")
    return KpiView(
        kpi, figure.removesuffix("%").rstrip(), suffix, ". ".join(line for line in lines if line),
        ", ".join(part for part in (words.interval(result), words.base(result.n)) if part and part != figure),
        gallery.mini(kpi, target, was), kpi.page, testable=True,
    )  # fmt: skip


def _since(change: Change, words: Words) -> str:
    """The previous value, and whether it clearly changed."""
    before = words.amount((change.before.value if change.before else None) or 0, change.unit)
    if change.verdict == "up":
        return words.say("Clearly up from {before}", before=before)
    if change.verdict == "down":
        return words.say("Clearly down from {before}", before=before)
    if change.verdict == "same":
        return words.say("No material change from {before}", before=before)
    return words.say("Before {before}: no clear change", before=before)


def _because(result: Result, words: Words) -> str:
    reason = words.retell(result.reason) or words.say("too few people to show it")
    return reason[0].upper() + reason[1:]


def _needs(result: Result, words: Words) -> str:
    inputs = ", ".join(map(words.retell, result.needs))
    return words.say("Needs: {inputs}", inputs=inputs) if inputs else ""


def _line(kpi: Kpi, target: float | None, words: Words) -> str:
    result = kpi.result
    if result.kind == "range":
        return words.say("Bounds: not an estimate")
    if result.value is None:
        return _because(result, words) if result.reason else ""
    if target is None:
        return words.say("Small base: shown, not tested") if result.status == "small_base" else ""
    return _aimed(kpi, target, words)


def _aimed(kpi: Kpi, target: float, words: Words) -> str:
    """Met or missed only where the whole interval says so."""
    result, aim = kpi.result, words.amount(target, kpi.result.unit)
    worst, best = (result.low, result.high) if kpi.better == "higher" else (result.high, result.low)
    if worst is None or best is None:
        return words.say("Target {aim}", aim=aim)
    sign = 1 if kpi.better == "higher" else -1
    if sign * (worst - target) >= 0:
        return words.say("Meets the target of {aim}", aim=aim)
    if sign * (best - target) < 0:
        return words.say("Misses the target of {aim}", aim=aim)
    return words.say("Target {aim}: within the interval", aim=aim)
