"""Catalogues of translations say what the code says, wholly and with the same parts."""

from __future__ import annotations

from collections.abc import Sequence
from string import Formatter

import pytest

from tools.messages.catalogues import LANGUAGES, Texts, catalogues

EVERY = [pytest.param(each, id=f"{each.language}-{each.name}") for lang in LANGUAGES for each in catalogues(lang)]


def parts(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def forms(texts: str | Sequence[str] | None) -> list[str]:
    return [texts] if isinstance(texts, str) else list(texts or ())


@pytest.mark.parametrize("catalogue", EVERY)
def test_a_catalogue_is_in_step_with_the_code(catalogue: Texts) -> None:
    assert not [place for module in catalogue.modules.values() for place in module.broken]
    assert catalogue.path.read_text("utf-8") == catalogue.written(), "run `python -m tools.messages`"


@pytest.mark.parametrize("catalogue", EVERY)
def test_every_text_is_translated_with_its_parts(catalogue: Texts) -> None:
    assert not catalogue.waiting()
    for message in catalogue.messages():
        asked = set().union(*map(parts, forms(message.id)))
        assert all(parts(form) <= asked for form in forms(message.string)), message.id
        assert set().union(*map(parts, forms(message.string))) == asked, message.id
