"""Problems met while reading: data, not crashes.

A problem says *where* it is, *what* is wrong, *why* it matters and *what to do*. `ReadError` stops the
reading of one input; `ReadProblem` is the same thing as a value for the loads ledger; `RowProblem` is one
row that could not be used while its neighbours could.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from cxreport.model.problem import CxreportError, Problem, Reject


@dataclass(frozen=True, slots=True)
class ReadProblem:
    """Something about a file or one of its members that kept it, or a part of it, from being read."""

    file: str
    member: str | None
    row: int | None
    """1-based record number where one row is meant, otherwise None."""
    code: str
    detail: str
    mend: str

    def __str__(self) -> str:
        where = self.file if self.member is None else f"{self.file} › {self.member}"
        row = "" if self.row is None else f", row {self.row}"
        return " ".join(part for part in (f"{where}{row}: {self.detail}", self.mend) if part)


RowProblem = Reject
"""One rejected row: its 1-based record number (header rows counted), a reason code, and the detail."""


class ReadError(CxreportError):
    """An input cannot be read. Carries where, what, why and mend; `problem()` makes it a value."""

    def __init__(
        self,
        where: str,
        what: str,
        why: str = "",
        mend: str = "",
        *,
        code: str = "unreadable",
        member: str | None = None,
    ) -> None:
        self.where, self.what, self.why, self.mend = where, what, why, mend
        self.code, self.member = code, member
        place = where if member is None else f"{where} › {member}"
        super().__init__(Problem(place, self.detail, mend))

    def __reduce__(self) -> tuple[partial[ReadError], tuple[str, ...]]:
        make = partial(ReadError, code=self.code, member=self.member)
        return make, (self.where, self.what, self.why, self.mend)

    @property
    def detail(self) -> str:
        """What is wrong and why it matters."""
        return " ".join(sentence for sentence in (self.what, self.why) if sentence)

    def problem(self) -> ReadProblem:
        """The same as a `ReadProblem`, for the ledger."""
        return ReadProblem(self.where, self.member, None, self.code, self.detail, self.mend)


def os_error(error: OSError, where: str, member: str | None = None) -> ReadError:
    """A `ReadError` for what the operating system refused."""
    match error:
        case PermissionError():
            code, what, mend = "permission_denied", "may not be read.", "Give yourself the right to read it."
        case FileNotFoundError():
            code, what, mend = "not_found", "does not exist.", "Check the path in the configuration."
        case IsADirectoryError():
            code, what, mend = "is_a_folder", "is a folder, not a file.", "Name a file in it."
        case _:
            code, what, mend = "unreadable", "could not be read:", "Copy the file again and retry."
            what = f"{what} {error.strerror or error}."
    return ReadError(where, what, mend=mend, code=code, member=member)
