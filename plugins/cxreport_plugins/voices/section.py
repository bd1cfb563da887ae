"""The section `voices`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from cxreport.api import MOMENTS, Edition, Exhibit, Page, Section, SectionView, Table, Words
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
        rows = [_row(edition, moment, groups, words) for moment in (*MOMENTS, NONE)]
        if not any(row[1] for row in rows) and not groups:
            return []
        return [
            Exhibit(
                id="voices.selection",
                heading="What the quotes were chosen from",
                title=_balance(groups, words),
                subtitle=f"Customer records and quoted records by moment. {period(edition, words)}",
                table=Table(
                    ("Moment", "Records", "Quoted, negative", "Quoted, positive"), tuple(rows), caption="Selection"
                ),
                source=f"Chosen from {words.plural(len(edition.evidence), 'record', 'records')} that this edition "
                "holds: a few of each source, channel, moment and sentiment.",
            )
        ]  # fmt: skip


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
    if not negative + positive:
        return "No record is quoted"
    if negative == positive:
        return f"As many negative as positive records are quoted: {words.number(negative)} of each"
    more = words.plural(positive, "positive record is", "positive records are")
    return f"{words.number(negative)} negative and {more} quoted"


def _row(edition: Edition, moment: str, groups: Sequence[Voiced], words: Words) -> tuple[str, str, str, str]:
    count = edition.get("journey.moments", moment=moment, part="records")
    group = next((g for g in groups if g.moment == moment), Voiced(moment, (), ()))
    records = "" if count is None else words.value(count)
    return _title(moment, words), records, words.number(len(group.negative)), words.number(len(group.positive))


def _title(moment: str, words: Words) -> str:
    return words.moment(moment, long=True)


def _group(group: Voiced, words: Words) -> dict[str, Any]:
    return {"id": group.moment, "title": _title(group.moment, words), "records": group.records}
