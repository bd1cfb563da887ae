"""A source of many formats: the first that recognises a file reads it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import ClassVar, Protocol, TypeVar

from cxreport.api import Detection, Input, Source
from cxreport_plugins.common.header import Spelled, spelled
from cxreport_plugins.common.look import Look


class Format(Protocol):
    """What a family knows of a format; how it is read is the family's own affair."""

    @property
    def system(self) -> str:
        """Its system id."""

    @property
    def title(self) -> str:
        """What it is, in words."""

    @property
    def tables(self) -> Sequence[Collection[str]]:
        """Normalised headers by which its tables are known; none for what is no table."""

    @property
    def detect(self) -> Callable[[Look], Detection | None]:
        """Recognises a file by what a short look shows of it; None when it is something else."""


F = TypeVar("F", bound=Format)


class Family(Source):
    """A source whose files are each of one of several `formats`, in the order in which they are tried."""

    formats: ClassVar[Sequence[Format]] = ()

    def __init_subclass__(cls) -> None:
        """A family's systems are those of its formats."""
        super().__init_subclass__()
        cls.systems = {format.system: format.title for format in cls.formats}

    def detect(self, data: Input) -> Detection | None:
        """The first format that recognises `data`, by content; None when none does."""
        look = Look(data)
        return next((found for format in self.formats if (found := format.detect(look)) is not None), None)

    def signatures(self) -> Iterator[tuple[str, Spelled]]:
        """Those of the formats that are tables."""
        yield from ((format.system, spelled(header)) for format in self.formats for header in format.tables)


def named(formats: Sequence[F], found: Detection) -> F:
    """The format that was detected."""
    return next(format for format in formats if format.system == found.system)
