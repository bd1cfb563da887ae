"""Texts that are declared in one place and shown, translated, in another."""

from __future__ import annotations


def message(text: str) -> str:
    """Mark a text for the catalogues of translations and leave it as it is: `Words.say` translates it when shown."""
    return text


def counted(one: str, many: str) -> tuple[str, str]:
    """Mark what is counted, one and many of it, for the catalogues; `Words.plural` chooses the form when shown."""
    return one, many
