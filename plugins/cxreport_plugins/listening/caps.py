"""Exports that stop at a limit: how many rows is so round a number that it was one."""

from __future__ import annotations

from cxreport.api import ReadFacts

CAPS = frozenset(
    digit * 10**power for power in (3, 4, 5, 6) for digit in (1, 2, 5)
) | {3_000, 15_000, 25_000, 30_000, 40_000, 250_000}  # fmt: skip


def mark(facts: ReadFacts) -> None:
    """Call a file of exactly as many rows as a usual limit `capped`, and say why."""
    if facts.rows_read in CAPS:
        facts.frame, facts.cap = "capped", f"{facts.rows_read:,} rows, the limit of the tool"
        facts.notes.append(
            f"Exactly {facts.rows_read:,} rows: the tool has probably cut the export at its limit, so that older or "
            "less visible mentions are missing and no trend can be told from it. Export shorter periods, one by one."
        )
