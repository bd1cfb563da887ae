"""A problem is data: where, what, why it matters, what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reject:
    """One row that a source could not turn into a record. It is counted, kept and shown, never dropped."""

    row: int
    """1-based record number in the file, header rows counted (0-based array index for JSON)."""
    code: str
    """A stable reason such as `too_many_cells`, `bad_rating`, `no_content`; the ledger counts by it."""
    detail: str
    """What was found and what was expected, without personal data."""
    member: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should know or mend. `level` is `error` (stops) or `warning` (is reported)."""

    where: str
    what: str
    mend: str = ""
    level: str = "error"

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" + (f" {self.mend}" if self.mend else "")


class CxreportError(Exception):
    """A failure that a person can mend; its text is shown without a traceback."""

    exit_code = 1

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


class ConfigError(CxreportError):
    """The configuration or the command line is wrong."""

    exit_code = 2
