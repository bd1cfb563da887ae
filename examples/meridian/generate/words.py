"""Short lists written as one string."""

from __future__ import annotations


def words(text: str) -> tuple[str, ...]:
    """The words between the spaces."""
    return tuple(text.split())


def cells(text: str) -> tuple[str, ...]:
    """The cells between the commas."""
    return tuple(text.split(","))
