"""The JSON shapes that are read, in the order in which they are tried. A new one is a line here."""

from __future__ import annotations

from cxreport.api import Detection
from cxreport_plugins.common.look import Look
from cxreport_plugins.survey.api import (
    asknicely,
    delighted,
    formbricks,
    gorgias,
    hubspot,
    medallia,
    qualtrics,
    satismeter,
    surveymonkey,
    typeform,
    wootric,
)
from cxreport_plugins.survey.api.items import ObjectFormat

FORMATS: tuple[ObjectFormat, ...] = (
    qualtrics.FORMAT,
    typeform.FORMAT,
    delighted.FORMAT,
    surveymonkey.FORMAT,
    formbricks.FORMAT,
    satismeter.FORMAT,
    hubspot.FORMAT,
    asknicely.FORMAT,
    medallia.FORMAT,
    gorgias.FORMAT,
    wootric.FORMAT,
)
SIGNATURES = tuple((format.SYSTEM, format.SIGNATURE) for format in (asknicely, hubspot, medallia))
"""Headers of the shapes that come as tables too."""
SYSTEMS = {
    delighted.SYSTEM: "Delighted survey responses",
    formbricks.SYSTEM: "Formbricks survey responses",
    satismeter.SYSTEM: "SatisMeter NPS responses",
    hubspot.SYSTEM: "HubSpot feedback submissions",
    asknicely.SYSTEM: "AskNicely survey responses",
    medallia.SYSTEM: "Medallia Agent Connect feedback requests",
    gorgias.SYSTEM: "Gorgias satisfaction surveys (API)",
    wootric.SYSTEM: "Wootric (InMoment) survey responses",
}


def recognise(look: Look) -> tuple[Detection, ObjectFormat] | None:
    """The first shape that knows the beginning of a file as its own, else None."""
    for format in FORMATS:
        found = format.recognise(look)
        if found is not None:
            return found, format
    return None
