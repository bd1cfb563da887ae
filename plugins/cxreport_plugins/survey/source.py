"""The source `survey`: exports of survey tools as one record a response and one answer a question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from cxreport.api import Batch, Detection, Input, Options, ReadError, ReadFacts, Source
from cxreport_plugins.common import codes, header, rows
from cxreport_plugins.survey.answers import answers
from cxreport_plugins.survey.api import formats as api
from cxreport_plugins.survey.cells import by_position, sifted
from cxreport_plugins.survey.formats import SIGNATURES, SYSTEMS
from cxreport_plugins.survey.opening import opened, recognised
from cxreport_plugins.survey.options import SurveyOptions
from cxreport_plugins.survey.plan import Plan, planned, suggested
from cxreport_plugins.survey.records import Recorder

ROWS = 20_000


class Survey(Source):
    """Survey responses: NPS, CSAT and CES side by side, open text, and every answer."""

    name: ClassVar[str] = "survey"
    title: ClassVar[str] = "Surveys"
    Options: ClassVar[type[Options]] = SurveyOptions
    systems: ClassVar[Mapping[str, str]] = {**SYSTEMS, **api.SYSTEMS}
    options: SurveyOptions

    def detect(self, data: Input) -> Detection | None:
        """Recognise a table by its header records, JSON by its fields; None for anything else."""
        try:
            return recognised(data, self.options.encoding)
        except ReadError:
            return None

    def read(self, data: Input, found: Detection, facts: ReadFacts) -> Iterator[Batch]:
        """Yield the responses of `data`; how its questions were understood goes into the notes."""
        table = opened(data, self.options.encoding)
        plan: Plan | None = None
        off_scale = undated = 0
        for part in table.batches(ROWS):
            rejects = rows.rejects(part, facts)
            plan = plan or planned(table, found.system, part.frame, self.options)
            frame, left_out = sifted(by_position(part.frame, plan.layout), plan.layout)
            for reason, count in left_out.items():
                facts.skip(reason, count)
            records = self._recorder(plan).records(frame)
            facts.ids_damaged += int(records["id_damaged"].sum())
            off_scale += codes.count(records, "rating_out_of_scale")
            undated += codes.count(records, "date_unreadable")
            yield Batch(records, answers(frame, plan.asked), rejects)
        rows.describe(table, facts)
        rows.warn_of_ids(facts)
        self._told(facts, plan, off_scale, undated)

    def suggest(self, data: Input, found: Detection) -> dict[str, Any]:
        """The questions as they would be guessed, and the time zone to fill in where the file tells none."""
        try:
            table = opened(data, self.options.encoding)
            first = next(iter(table.batches(ROWS)), None)
        except ReadError:
            return {}
        if first is None or not first.frame.height:
            return {}
        plan = planned(table, found.system, first.frame, SurveyOptions(**dict(self.options) | {"questions": None}))
        questions = suggested(plan)
        zone = {} if plan.layout.zone else {"timezone": self.options.timezone}
        return ({"questions": questions} if questions else {}) | zone

    def signatures(self) -> Iterator[tuple[str, header.Spelled]]:
        """Those of the tools whose tables are known by their headers alone."""
        yield from ((system, header.spelled(signature)) for system, signature in (*SIGNATURES, *api.SIGNATURES))

    def _recorder(self, plan: Plan) -> Recorder:
        return Recorder(plan.layout, plan.taken, plan.filled, self.context, self.options.timezone, plan.day_first)

    def _told(self, facts: ReadFacts, plan: Plan | None, off_scale: int, undated: int) -> None:
        """Write the notes of the ledger."""
        if plan is None:
            facts.notes.append("The file holds its headers and no responses.")
            return
        facts.zone = plan.layout.zone or self.options.timezone
        facts.notes += plan.notes
        if off_scale:
            facts.notes.append(f"Scores outside their scale, left out while their responses were kept: {off_scale}.")
        if undated:
            facts.notes.append(f"Dates that could not be read; their responses were kept without one: {undated}.")
