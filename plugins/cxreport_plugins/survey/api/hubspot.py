"""HubSpot: feedback submissions of its API; all properties are text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from cxreport.api import Detection
from cxreport_plugins.common.look import Look
from cxreport_plugins.survey.api.columns import layout
from cxreport_plugins.survey.api.items import Cell, ObjectFormat, first, has_fields, listed, mapping, metadata, text
from cxreport_plugins.survey.model import Layout, Role

SYSTEM: Final = "hubspot"
_SCALES: dict[str, tuple[str, float, float]] = {"NPS": ("nps", 0, 10), "CSAT": ("csat", 1, 5), "CES": ("ces", 1, 7)}
_ROLES: dict[str, Role] = {
    "id": "id", "hs_object_id": "id", "hs_submission_timestamp": "created", "state": "status",
    "hs_contact_id": "reference", "hs_visitor_id": "device",
}  # fmt: skip
_PERSONAL = frozenset(("hs_submission_name", "hs_submission_url", "hs_contact_email_rollup"))
SIGNATURE = frozenset(("hs_survey_type", "hs_value"))
_FLAT = ("properties_", "hs_")


def recognise(look: Look) -> Detection | None:
    """`results` of objects whose properties hold `hs_survey_type`, or a table of the internal names of properties."""
    if not look.is_json and has_fields(look, SIGNATURE):
        return Detection(SYSTEM, "table", 1.0, "columns hs_survey_type and hs_value")
    if look.is_json and "hs_survey_type" in _properties(first(look, "results")):
        return Detection(SYSTEM, "API JSON", 1.0, "feedback submissions with hs_survey_type")
    return None


def _properties(item: dict[str, Any]) -> dict[str, Any]:
    """Nested, or beside the id: as `properties_hs_value` by some connectors, as `hs_value` in tables."""
    flat = {name.removeprefix(_FLAT[0]): value for name, value in item.items() if name.startswith(_FLAT)}
    return {**flat, **mapping(item.get("properties"))}


def _cells(item: dict[str, Any]) -> Iterator[Cell]:
    properties = _properties(item)
    kind = text(properties.get("hs_survey_type")) or "?"
    yield Cell("id", text(item.get("id")) or text(properties.get("hs_object_id")))
    yield Cell("state", "deleted" if item.get("archived") is True else None)
    scale = _SCALES.get(kind)
    yield Cell(f"hs_value ({kind})", text(properties.get("hs_value")), "score" if scale else "answer", scale=scale)
    yield Cell("hs_content", text(properties.get("hs_content")), "comment")
    yield from metadata(properties, without=("hs_value", "hs_content", "hs_object_id"))


def _layout(columns: Sequence[Cell]) -> Layout:
    return layout(columns, _ROLES, personal=_PERSONAL)


FORMAT = ObjectFormat(SYSTEM, recognise, listed("results"), _cells, _layout, SIGNATURE)
