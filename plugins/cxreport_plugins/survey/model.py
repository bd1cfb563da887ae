"""A survey export as the source understands it: metadata columns and questions, found from its headers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from cxreport_plugins.survey.options import Metric

Role = Literal[
    "id", "created", "ended", "started", "finished", "status", "duration", "language",
    "email", "reference", "device", "lat", "lon", "weight", "tags",
]  # fmt: skip
"""What a metadata column holds. `email`, `reference` (a key of a person) and `device` make the pseudonym."""


def cell(index: int) -> str:
    """Name of the column at a 0-based position: headers repeat, positions do not."""
    return f"c{index}"


def hidden(index: int) -> str:
    """Name of the column that says whether the cell at this position was never asked, where the system tells it."""
    return f"h{index}"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file."""

    index: int
    name: str
    """Its first header cell."""
    label: str | None = None
    """The option or matrix row it stands for, where the question spans several columns."""
    is_other: bool = False
    """Whether it holds the words written beside "Other"."""

    @property
    def cell(self) -> str:
        """Its name in the frames."""
        return cell(self.index)


@dataclass(frozen=True, slots=True)
class Spec:
    """What the format itself says that a question measures, and on what scale."""

    metric: Metric
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Question:
    """One question and the columns of its answers."""

    id: str
    text: str
    columns: tuple[Column, ...]
    names: tuple[str, ...] = ()
    """Further names under which the option `questions` may map it: header cells, import ids."""
    is_open: bool | None = None
    """Whether the file says that it is an open question; None when it does not say."""
    group: Column | None = None
    """The column in which the survey tool itself wrote promoter, passive or detractor."""
    spec: Spec | None = None
    """What it measures, when the format says so."""
    joiner: str | None = None
    """What stands between the choices of its one cell, when the format says so."""
    is_text: bool = False
    """Whether the format says that its answers are the words of the record."""

    @property
    def main(self) -> tuple[Column, ...]:
        """Its columns without those for words beside "Other"."""
        return tuple(column for column in self.columns if not column.is_other)

    @property
    def single(self) -> Column | None:
        """The only main column of a question that is not spread over several."""
        return self.main[0] if len(self.main) == 1 else None


@dataclass(frozen=True, slots=True)
class Layout:
    """What the headers of a file say."""

    roles: Mapping[Role, Column]
    questions: tuple[Question, ...]
    extra: tuple[Column, ...] = ()
    """Metadata that no canonical column holds."""
    personal: tuple[Column, ...] = ()
    """Columns that are dropped because they hold names, addresses, telephones."""
    zone: str | None = None
    """Time zone of the dates, when the file tells it."""
    zone_source: Literal["header", "spec"] = "header"
    missing: tuple[str, ...] = ()
    """Cells besides the empty one that mean "no answer" in this system."""
    not_shown: tuple[str, ...] = ()
    """Cells that mean "this question was not asked" in this system."""
    joiners: tuple[str, ...] = ()
    """What may stand between the choices of one multiple-choice cell."""
    day_first: bool | None = None
    """The order of day and month that this tool writes."""
    undated: tuple[str, ...] = ()
    """Dates that stand for "not recorded"."""
    escapes: tuple[tuple[str, str], ...] = ()
    """What stands in answers for line breaks and other signs, and those signs."""
    ids_per_file: bool = False
    """Whether ids count from 1 in each file: they then identify a response only together with its start."""
    dates_completion: bool = False
    """Whether the date in the role `created` is that of the submission, so that without it there was none."""

    def without(self, columns: frozenset[int]) -> Layout:
        """The same layout, with these columns dropped as personal data.

        A question of several columns loses those; one that keeps no main column is gone.
        """
        found = [c for q in self.questions for c in q.columns] + list(self.extra)
        cut = (replace(q, columns=tuple(c for c in q.columns if c.index not in columns)) for q in self.questions)
        return replace(
            self,
            questions=tuple(question for question in cut if question.main),
            extra=tuple(column for column in self.extra if column.index not in columns),
            personal=(*self.personal, *(column for column in found if column.index in columns)),
        )
