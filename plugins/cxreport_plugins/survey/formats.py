"""The survey tools whose exports are read, in the order in which they are tried."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cxreport.api import Detection, reading
from cxreport_plugins.survey import (
    alchemer,
    formbricks,
    google_forms,
    limesurvey,
    ms_forms,
    qualtrics,
    spss,
    surveymonkey,
    typeform,
)
from cxreport_plugins.survey.api.items import ItemTable
from cxreport_plugins.survey.model import Layout

SYSTEMS = {
    qualtrics.SYSTEM: "Qualtrics survey responses",
    surveymonkey.SYSTEM: "SurveyMonkey survey responses",
    typeform.SYSTEM: "Typeform survey responses",
    google_forms.SYSTEM: "Google Forms survey responses",
    ms_forms.SYSTEM: "Microsoft Forms survey responses",
    limesurvey.SYSTEM: "LimeSurvey results and VV exports",
    spss.SYSTEM: "SPSS data files of survey responses (extra `spss`)",
    alchemer.SYSTEM: "Alchemer survey responses",
    formbricks.SYSTEM: "Formbricks survey responses",
}
SIGNATURES = (
    (qualtrics.SYSTEM, qualtrics.SIGNATURE),
    (typeform.SYSTEM, typeform.SIGNATURE),
    *((limesurvey.SYSTEM, signature) for signature in limesurvey.SIGNATURES),
    (alchemer.SYSTEM, alchemer.SIGNATURE),
    (formbricks.SYSTEM, formbricks.SIGNATURE),
)
"""Normalised headers of the tools whose tables are known by these alone."""
Headers = Sequence[Sequence[str]]
_TOOLS: tuple[Callable[[Headers], tuple[Detection, int, int] | None], ...] = (
    qualtrics.recognise,
    typeform.recognise,
    surveymonkey.recognise,
    limesurvey.recognise,
    alchemer.recognise,
    ms_forms.recognise,
    formbricks.recognise,
    google_forms.recognise,
)
_LAYOUTS: dict[str, Callable[[Headers], Layout]] = {
    qualtrics.SYSTEM: qualtrics.layout,
    typeform.SYSTEM: typeform.layout,
    surveymonkey.SYSTEM: surveymonkey.layout,
    limesurvey.SYSTEM: limesurvey.layout,
    alchemer.SYSTEM: alchemer.layout,
    ms_forms.SYSTEM: ms_forms.layout,
    formbricks.SYSTEM: formbricks.layout,
    spss.SYSTEM: spss.layout,
    google_forms.SYSTEM: google_forms.layout,
}


@dataclass(frozen=True, slots=True)
class Recognised:
    """A survey export: what it is, and where its header records stand."""

    detection: Detection
    header: int
    """0-based index of the first header record."""
    header_rows: int


def recognise(preview: Headers) -> Recognised | None:
    """The first tool that knows the first records of a table as its own, else None."""
    for recognised in _TOOLS:
        found = recognised(preview)
        if found is not None:
            return Recognised(*found)
    return None


def layout(system: str, table: reading.Table) -> Layout:
    """What the header records of an opened table, or the fields of its objects, say."""
    if isinstance(table, ItemTable):
        return table.layout()
    width = len(table.header)
    headers = [[*record, *[""] * (width - len(record))] for record in table.header_records]
    return _LAYOUTS[system](headers)
