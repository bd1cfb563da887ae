"""The section `data`: what was read, what was set aside, and what the sources can and cannot tell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from cxreport.api import Edition, Exhibit, Page, Section, SectionView, Step, Table, Words
from cxreport_plugins.common.say import period
from cxreport_plugins.overview.classes import entities, languages
from cxreport_plugins.overview.files import files
from cxreport_plugins.overview.frames import incomplete
from cxreport_plugins.overview.ledger import ledger, licences
from cxreport_plugins.overview.months import volume_by_month
from cxreport_plugins.overview.pages import DATA
from cxreport_plugins.overview.stated import stated


class Data(Section):
    """Loads ledger, exclusion waterfall, months, languages and entities."""

    name: ClassVar[str] = "data"
    page: ClassVar[Page] = DATA
    order: ClassVar[int] = 10

    def view(self, edition: Edition, words: Words) -> SectionView:
        """The share of what was read that is measured, as the heading; the ledger file by file."""
        told = files(edition, words)
        return SectionView(
            id=self.name,
            title=_heading(edition, words),
            lede=_lede(edition, words),
            meta=words.say(
                "{files}, {period}.",
                files=words.plural(len(edition.loads), "file", "files"),
                period=period(edition, words),
            ),
            notes=tuple(licences(edition, words)),
            data={
                "limits": [meaning for _, meaning in incomplete(edition, words)],
                "files": told,
                "untold": _untold(len(edition.loads) - len(told), words),
            },
        )

    def exhibits(self, edition: Edition, words: Words) -> Sequence[Exhibit]:
        """Waterfall, ledger, months, languages, entities, figures of platforms: those with something to say."""
        found: list[Exhibit | None] = [
            _waterfall(edition, words), ledger(edition, words), volume_by_month(edition, words),
            languages(edition, words), entities(edition, words), stated(edition, words),
        ]  # fmt: skip
        return [exhibit for exhibit in found if exhibit is not None]

    def limits(self, edition: Edition, words: Words) -> Sequence[str]:
        """What sources of an incomplete frame cannot tell."""
        return [limit for limit, _ in incomplete(edition, words)]


def _untold(files: int, words: Words) -> str:
    if not files:
        return ""
    return words.count(
        files, "{n}\u00a0file more: it is told in audit.json.", "{n}\u00a0files more: each is told in audit.json."
    )


def _heading(edition: Edition, words: Words) -> str:
    steps = edition.waterfall
    if not steps or not steps[0].left:
        return words.say("No record was read")
    left, brand = steps[-1].left, _brand(edition, words)
    read = words.plural(steps[0].left, "record", "records")
    if not left:
        return words.say("Of {read} none is a customer speaking about {brand}", read=read, brand=brand)
    return words.count(
        left, "{n} of {read} is a customer speaking about {brand}",
        "{n} of {read} are customers speaking about {brand}", read=read, brand=brand,
    )  # fmt: skip


def _brand(edition: Edition, words: Words) -> str:
    return edition.meta.brand or edition.meta.client or words.say("the brand")


def _lede(edition: Edition, words: Words) -> str:
    failed = sum(bool(load.problem) for load in edition.loads)
    rest = words.say("Everything else was set aside for a stated reason and is counted here.")
    if not failed:
        return rest
    lost = words.count(
        failed, "{n}\u00a0file could not be read and is named below.",
        "{n}\u00a0files could not be read and are named below.",
    )  # fmt: skip
    return f"{lost} {rest}"


def _waterfall(edition: Edition, words: Words) -> Exhibit | None:
    steps = edition.waterfall
    if not steps or not steps[0].left:
        return None
    rows = [
        (words.say(s.title), words.number(s.excluded) if i else "", words.number(s.left)) for i, s in enumerate(steps)
    ]
    return Exhibit(
        id="data.waterfall",
        heading=words.say("From records read to records measured"),
        title=_waterfall_title(steps, words),
        subtitle=words.say("Records set aside at each step, in the order of the steps"),
        table=Table(
            (words.say("Step"), words.say("Set aside"), words.say("Left")), tuple(rows), caption=words.say("Exclusions")
        ),
        chart=lambda tokens, size: _draw(steps, tokens, size, words),
        alt=words.say("Waterfall of records by step of exclusion. {title}.", title=_waterfall_title(steps, words)),
        note=words.say("A record is set aside at the first step that applies to it. Nothing is deleted."),
        source=words.say(
            "Base: {read} read, versions of the same record merged.",
            read=words.plural(steps[0].left, "record", "records"),
        ),
    )


def _waterfall_title(steps: Sequence[Step], words: Words) -> str:
    share = words.share(steps[-1].left / steps[0].left)
    largest = max(steps[1:], key=lambda s: s.excluded, default=None)
    if largest is None or not largest.excluded:
        return words.say("Every record read is measured")
    return words.say(
        "{share} of the records read are measured; the largest exclusion is “{step}”, {excluded}",
        share=share,
        step=words.say(largest.title).partition(":")[0],
        excluded=words.number(largest.excluded),
    )


def _draw(steps: Sequence[Step], tokens: Any, size: Any, words: Words) -> Any:
    from cxreport.api import charts

    amounts = [charts.Amount(words.say(s.title), s.excluded if i else s.left) for i, s in enumerate(steps)]
    return charts.waterfall(amounts, tokens, size, words=words, rest=words.say("Measured"))
