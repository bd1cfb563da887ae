"""The section `voices`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from cxreport.api import MOMENTS, Edition, Exhibit, Page, Result, Section, SectionView, Table, Words
from cxreport_plugins.common.say import period
from cxreport_plugins.voices.choice import NONE, RULE, Voiced, voiced

PAGE = Page("voices", "Voice of the customer", "Customers", 70)


class Voices(Section):
    """Redacted verbatims of each moment, the rule that chose them, and how many they are of how many."""

    name: ClassVar[str] = "voices"
    page: ClassVar[Page] = PAGE
    order: ClassVar[int] = 10

    def view(self, edition: Edition, words: Words) -> SectionView:
        """How many records are quoted."""
        groups = voiced(edition)
        return SectionView(
            id=self.name,
            title=_heading(edition, groups, words),
            lede=RULE if groups else _why_none(edition, words),
            meta=f"{period(edition, words)}. Names, handles and numbers are redacted.",
            notes=tuple(_withheld(edition, words)),
            data={"groups": [_group(group, words) for group in groups]},
        )

    def exhibits(self, edition: Edition, words: Words) -> Sequence[Exhibit]:
        """How many records there are of each moment, and how many of them are quoted."""
        groups = voiced(edition)
        counts = {moment: _count(edition, moment) for moment in (*MOMENTS, NONE)}
        if groups:
            return [_selection(edition, groups, counts, words)]
        return [_counts(edition, counts, words)] if any(r is not None for r in counts.values()) else []


Counts = dict[str, Result | None]


def _count(edition: Edition, moment: str) -> Result | None:
    return edition.get("journey.moments", moment=moment, part="records")


def _selection(edition: Edition, groups: Sequence[Voiced], counts: Counts, words: Words) -> Exhibit:
    rows = []
    for moment, count in counts.items():
        group = next((g for g in groups if g.moment == moment), Voiced(moment, (), ()))
        sides = (words.number(len(side)) for side in (group.negative, group.positive))
        rows.append((_title(moment, words), _told(count, words), *sides))
    return Exhibit(
        id="voices.selection",
        heading="What the quotes were chosen from",
        title=_balance(groups, words),
        subtitle=f"Customer records and quoted records by moment. {period(edition, words)}",
        table=Table(("Moment", "Records", "Quoted, negative", "Quoted, positive"), tuple(rows), caption="Selection"),
        source=f"Chosen from {words.plural(len(edition.evidence), 'record', 'records')} that this edition holds: a few "
        "of each source, channel, moment and sentiment.",
    )


def _counts(edition: Edition, counts: Counts, words: Words) -> Exhibit:
    """What can be shown where nobody may be quoted."""
    known = [(moment, r) for moment, r in counts.items() if r is not None and r.shown and r.value]
    title = "No moment has records that may be counted here"
    if known:
        moment, most = max(known, key=lambda item: item[1].value or 0)
        count, place = int(most.value or 0), _title(moment, words)
        title = f"{words.plural(count, 'record is', 'records are')} about {place}, the most of all"
        if moment == NONE:
            title = f"Nothing tells the moment of {words.plural(count, 'record', 'records')}, the most of all"
    return Exhibit(
        id="voices.counts",
        heading="Records by moment",
        title=title,
        subtitle=f"Customer records by moment. {period(edition, words)}",
        results=tuple(r for _, r in known),
        table=Table(
            ("Moment", "Records"), tuple((_title(m, words), _told(r, words)) for m, r in counts.items()),
            caption="Records by moment",
        ),
    )  # fmt: skip


def _told(count: Result | None, words: Words) -> str:
    return "" if count is None else words.value(count)


def _total(edition: Edition) -> int:
    return edition.waterfall[-1].left if edition.waterfall else len(edition.evidence)


def _quoted(groups: Sequence[Voiced]) -> int:
    return sum(len(group.records) for group in groups)


def _heading(edition: Edition, groups: Sequence[Voiced], words: Words) -> str:
    if not groups:
        return "No customer is quoted in this edition"
    quoted, total = _quoted(groups), max(_total(edition), _quoted(groups))
    are = "is" if quoted == 1 else "are"
    return f"{words.number(quoted)} of {words.plural(total, 'record', 'records')} {are} quoted here, chosen by a rule"


def _why_none(edition: Edition, words: Words) -> str:
    if edition.profile == "public":
        kept = edition.withheld.get("verbatims", 0)
        records = words.plural(kept, "record", "records")
        return f"The public edition shows counts only: the words of {records} are withheld, for they lead to people."
    if not any(record.text for record in edition.evidence):
        return "No record has a redacted text, and nothing is shown that was not redacted."
    return "No record fits the rule by which quotes are chosen."


def _withheld(edition: Edition, words: Words) -> list[str]:
    """What the profile kept back of the records."""
    beyond = edition.withheld.get("posts beyond X's limit", 0)
    if not beyond:
        return []
    return [f"{words.plural(beyond, 'post', 'posts')} of X are kept back: its terms limit how many may be passed on."]


def _balance(groups: Sequence[Voiced], words: Words) -> str:
    negative, positive = sum(len(g.negative) for g in groups), sum(len(g.positive) for g in groups)
    if negative == positive:
        return f"As many negative as positive records are quoted: {words.number(negative)} of each"
    more = words.plural(positive, "positive record is", "positive records are")
    return f"{words.number(negative)} negative and {more} quoted"


def _title(moment: str, words: Words) -> str:
    return words.moment(moment, long=True)


def _group(group: Voiced, words: Words) -> dict[str, Any]:
    return {"id": group.moment, "title": _title(group.moment, words), "records": group.records}
