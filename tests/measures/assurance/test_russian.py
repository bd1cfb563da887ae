"""Accuracy, methods and glossary in Russian."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import cxreport_plugins.assurance
import cxreport_plugins.overview
from cxreport.plugin.section import Exhibit, Section, SectionView
from cxreport.render.catalogues import Texts
from cxreport.render.words import Words
from cxreport_plugins.assurance.accuracy import AccuracyCard
from cxreport_plugins.assurance.coverage import NAMED, simulated
from cxreport_plugins.assurance.glossary import TERMS, Glossary
from cxreport_plugins.assurance.methods import Methods
from cxreport_plugins.overview.volume import Volume
from tests.measures.assurance.test_accuracy import CARD, shown
from tests.measures.make import edition, info, records, repeated, run, section

FOLDERS = [Path(str(module.__file__)).parent for module in (cxreport_plugins.assurance, cxreport_plugins.overview)]
RUSSIAN = Words("ru", Texts("ru", FOLDERS))
ENGLISH = re.compile(r"[A-Za-z’']{2,},? [a-z]{2,} [a-z]{2,}")
"""Three words of English in a row."""
NAMES = re.compile(r"«cxreport code sample»|learned-en \+ lexicon-en")


def texts(page: type[Section], audit: Any) -> list[str]:
    """All that a section shows."""
    made = section(page)
    view: SectionView = made.view(audit, RUSSIAN)
    exhibits: list[Exhibit] = list(made.exhibits(audit, RUSSIAN))
    told = [
        view.title,
        view.lede,
        view.meta,
        *view.notes,
        *made.limits(audit, RUSSIAN),
        *(t for pair in view.terms for t in pair),
    ]
    for one in exhibits:
        told += [one.heading, one.title, one.subtitle, one.alt, one.note, one.source]
        told += (
            []
            if one.table is None
            else [*one.table.columns, one.table.caption, *(c for row in one.table.rows for c in row)]
        )
    return [NAMES.sub("", str(text)) for text in [*told, *json.dumps(view.data, ensure_ascii=False).split('"')] if text]


@pytest.mark.parametrize("page", [AccuracyCard, Methods, Glossary])
def test_a_page_speaks_russian(page: type[Section]) -> None:
    table = records(*repeated(120, sentiment="positive"))
    audit = edition({"overview.volume": run(Volume, table)}, infos={"overview.volume": info(Volume)}, profile="client")
    for each in (
        audit,
        shown(None),
        shown(CARD.model_copy(update={"accuracy": CARD.accuracy[:2], "models": CARD.models[:1]})),
    ):
        assert [text for text in texts(page, each) if ENGLISH.search(text)] == []


def test_sentences_in_russian() -> None:
    view = section(AccuracyCard).view(shown(CARD), RUSSIAN)
    assert view.title == "В 76\u00a0% текстов тональность прочитана так же, как её прочли люди"
    assert "тональность — 1\u00a0200" in view.notes[2]
    terms = section(Glossary).view(edition(), RUSSIAN).terms
    assert [term.casefold() for term, _ in terms] == sorted(RUSSIAN.say(term).casefold() for term in TERMS)


def test_all_that_the_simulation_names_is_marked_for_translation() -> None:
    data = simulated()
    assert {*data["authors"].values(), *(method["title"] for method in data["methods"].values())} == set(NAMED)
