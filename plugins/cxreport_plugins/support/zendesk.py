"""What the exports of Zendesk have in common: good and bad are two values and no numbers of stars."""

from __future__ import annotations

from typing import Any, Final

from cxreport_plugins.support.items import text
from cxreport_plugins.support.raw import Raw

SYSTEM: Final = "zendesk"
_VALUES = {"good": 1.0, "bad": 0.0}


def opinion(score: object) -> Raw:
    """Metric and value of `good`, `bad_with_comment`, `Good`; nothing for `offered` and `Not Offered`."""
    told = text(score)
    value = _VALUES.get((told or "").lower().partition("_")[0].strip())
    if value is None:
        return {}
    return {"metric": "binary", "rating_raw": told, "rating_value": value, "rating_min": 0.0, "rating_max": 1.0}


def identity(record: dict[str, Any], name: str) -> str | None:
    """An id that stands in `requester_id`, or within `requester`."""
    within = record.get(name)
    return text(record.get(f"{name}_id")) or text(within.get("id") if isinstance(within, dict) else within)
