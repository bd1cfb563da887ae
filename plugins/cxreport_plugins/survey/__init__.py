"""Surveys: tables and JSON of Qualtrics, SurveyMonkey, Typeform, Google and Microsoft Forms, LimeSurvey and others."""

from __future__ import annotations

from cxreport.api import Source, hookimpl


@hookimpl
def cxreport_sources() -> list[type[Source]]:
    """The source `survey`."""
    from cxreport_plugins.survey.source import Survey

    return [Survey]
