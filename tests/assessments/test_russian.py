"""The page Assessments in Russian."""

from __future__ import annotations

import json
import re
from pathlib import Path

import cxreport_plugins.assessments
from cxreport.render.catalogues import Texts
from cxreport.render.words import Words
from cxreport_plugins.assessments.saying import items, sentence
from cxreport_plugins.assessments.section import Assessments
from tests.assessments.test_page import edition, made, rated
from tests.measures.make import section

WORDS = Words("ru", Texts("ru", [Path(str(cxreport_plugins.assessments.__file__)).parent]))
ENGLISH = re.compile(r"[A-Za-z’']{2,},? [a-z]{2,} [a-z]{2,}")
"""Three words of English in a row."""


def test_the_page_speaks_russian() -> None:
    parts = [
        rated(0, title="Канал", facts={"owner": None, "purpose": "care"}),
        rated(None, 1, 2, title="Сеть", next_step={"action": "Решить", "owner": "Отдел", "due": "2026-09-30"}),
    ]
    links = ["measure:a.rate[channel=x]", "record:abc", "doc:a.pdf#p4"]
    one = made(rating=2, evidence=links, confidence="low", parts=parts, reviewed={"by": "Анна", "on": "2026-06-29"})
    audit, page = edition(one), section(Assessments)
    view = page.view(audit, WORDS)
    shown = [view.title, view.lede, view.meta, *view.notes, *page.limits(audit, WORDS)]
    for exhibit in page.exhibits(audit, WORDS):
        assert exhibit.table is not None
        cells = [cell for row in exhibit.table.rows for cell in row]
        shown += [
            exhibit.title,
            exhibit.subtitle,
            exhibit.heading,
            exhibit.table.caption,
            *exhibit.table.columns,
            *cells,
        ]
    grounds = [{**ground, "quotes": []} for ground in view.data["grounds"]["assessments.s"]]
    shown += json.dumps(grounds, ensure_ascii=False).split('"')
    assert [text for text in shown if ENGLISH.search(text)] == []
    assert {"2\u00a0частично", "низкая", "Ответственный", "не указано", "0\u00a0отсутствует", "нет согласия"} <= set(
        shown
    )
    assert {"Решить (Отдел, к 30 сентября 2026).", "Документ a.pdf#p4", "Проверено: Анна, 29 июня 2026."} <= set(shown)


def test_a_system_in_a_russian_sentence() -> None:
    parts = {"parts": [rated(1, title="A"), rated(3, title="B")]}
    assert sentence("S", items([made(**parts)]), WORDS) == "S: слабее всего «A»: «заявлено»"
    listed = {"parts": [{"title": t, "facts": {"minutes": 9}} for t in "AB"]}
    assert sentence("S", items([made(**listed)]), WORDS) == "S: 2\u00a0пункта, всего 18\u00a0минут"
