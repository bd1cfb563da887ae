"""Changes: an audit beside the previous one."""

from __future__ import annotations

from cxreport.changes.compare import compare
from cxreport.config.models import Previous
from cxreport.model.audit import Audit
from cxreport.model.change import Past
from cxreport.model.snapshot import Snapshot


def changed(audit: Audit, previous: Snapshot | None, told: Previous | None) -> Audit:
    """The audit with what changed since the previous one; as it is where there is none."""
    if previous is None or told is None:
        return audit
    meta = previous.meta
    past = Past(
        title=meta.title, client=meta.client, period_from=meta.period_from or "", period_to=meta.period_to or "",
        sha256=previous.sha256[:12], cxreport_version=meta.cxreport_version,
    )  # fmt: skip
    changes = compare(previous, Snapshot.of(audit), told.margins, told.also)
    return audit.model_copy(update={"past": past, "changes": changes})
