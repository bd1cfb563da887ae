"""The lists of cues: they compile, find what they were written for, and stay away from what is after the choice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from cxreport.api import Brand, Company
from cxreport_plugins.discovery import lists
from cxreport_plugins.discovery.enricher import Cues
from tests.measures.make import context

OWN = Company(name="Meridian Air", names=("Меридиан", "Meridian"), handles=("@meridianair",))
NORDA = Company(name="Norda", names=("Норда",), handles=("@flynorda",))
ABOUT = replace(context(), brand=Brand(OWN, (NORDA,)))
GROUPS = (*lists.EARLY, *lists.EVERYWHERE)


def read(*texts: str, lang: str = "en", moment: str | None = "zmot", about: Any = ABOUT) -> list[set[str]]:
    """The cues of each text."""
    batch = pl.DataFrame({"text": texts}, schema={"text": pl.String}).with_columns(
        title=pl.lit(None, pl.String), lang=pl.lit(lang), customer_voice=pl.lit(value=True),
        moment=pl.lit(moment, pl.String),
    )  # fmt: skip
    found = Cues(Cues.Options(), about).apply(batch, None)
    return [{label["label"] for label in row} for row in found["cues"].to_list()]


@pytest.mark.parametrize(("text", "cue"), [
    ("I googled for it and found you", "source.search"),
    ("Reading reviews of Meridian, mostly good things about the crew", "source.reviews"),
    ("My sister recommended it", "source.friend"),
    ("Saw your ad on the tram", "source.ad"),
    ("According to Tripadvisor it is fine", "cited.tripadvisor"),
    ("Has anyone flown with them?", "cited.customer"),
    ("The app is slow on my tablet", "technology.app"),
    ("That photo made me want to travel", "ladder.want"),
    ("Finally booked our tickets to Split", "ladder.own"),
    ("Better times, cheaper fare", "reason.price"),
    ("I could not resist", "reason.impulse"),
    ("Norda it is, then", "turn.to-rival"),
    ("Much nicer, I took you instead of Norda", "turn.from-rival"),
    ("I give up", "turn.gave-up"),
    ("Expected a window seat, but got the middle", "expect.below"),
    ("It did not live up to my expectations", "expect.below"),
    ("The seats were better than expected", "expect.above"),
    ("For that price I expect a meal", "expect.owed"),
    ("I have the right to a refund", "expect.owed"),
    ("They made our day", "expect.delight"),
    ("Everybody recommends you", "pillar.proof"),
    ("Ranked by experts", "pillar.authority"),
    ("Only two seats left", "pillar.scarcity"),
    ("I love your crew", "pillar.liking"),
    ("Always on time", "pillar.consistency"),
    ("Thanks for the free upgrade", "pillar.reciprocity"),
])  # fmt: skip
def test_english(text: str, cue: str) -> None:
    assert cue in read(text)[0]


@pytest.mark.parametrize(("text", "cue"), [
    ("Загуглил и нашёл вас", "source.search"),
    ("Читаю отзывы о Меридиане", "source.reviews"),
    ("Подруга посоветовала эту компанию", "source.friend"),
    ("Увидела рекламу рейса", "source.ad"),
    ("Кто-нибудь летал с ними?", "cited.customer"),
    ("Приложение зависает", "technology.app"),
    ("Собираюсь купить билет на май", "ladder.want"),
    ("Оформила билеты маме", "ladder.own"),
    ("Хорошая цена", "reason.price"),
    ("Не удержалась и взяла", "reason.impulse"),
    ("Полечу Нордой", "turn.to-rival"),
    ("Плюнула и осталась", "turn.gave-up"),
    ("Купила у вас вместо Норды", "turn.from-rival"),
    ("Надеялись на место у окна, но нет", "expect.below"),
    ("Приятно удивили", "expect.above"),
    ("За такие деньги могли бы и накормить", "expect.owed"),
    ("Мы в восторге", "expect.delight"),
    ("Все хвалят", "pillar.proof"),
    ("Эксперты советуют именно вас", "pillar.authority"),
    ("Осталось два места", "pillar.scarcity"),
    ("Очень вежливый экипаж", "pillar.liking"),
    ("Как всегда вовремя", "pillar.consistency"),
    ("Подарили ваучер", "pillar.reciprocity"),
])  # fmt: skip
def test_russian(text: str, cue: str) -> None:
    assert cue in read(text, lang="ru")[0]


@pytest.mark.parametrize("text", ["Better than Norda", "Cheaper than Norda", "Norda was late again"])
def test_a_comparison_is_no_switch(text: str) -> None:
    assert not {cue for cue in read(text)[0] if cue.startswith("turn.")}


def test_a_russian_comparison_is_no_switch() -> None:
    found = read("Вы лучше Норды", "Удобнее, чем у Норды", lang="ru")
    assert not {cue for row in found for cue in row if cue.startswith("turn.")}


def test_what_nobody_said_is_not_found() -> None:
    assert read("The crew was kind and the seat was wide.", "Where is my bag?") == [set(), set()]


def test_sources_and_reasons_are_not_looked_for_after_the_choice() -> None:
    text = "Reading reviews, cheaper fare, the app is slow"
    assert read(text)[0] == {"source.reviews", "reason.price", "technology.app"}
    assert read(text, moment="smot")[0] == {"technology.app"}
    assert "source.reviews" in read(text, moment=None)[0]


def test_other_languages_and_other_voices_are_not_read() -> None:
    batch = pl.DataFrame({
        "title": [None, None, None], "text": ["The app is slow"] * 3, "lang": ["en", "de", "en"],
        "customer_voice": [True, True, False], "moment": ["zmot"] * 3,
    })  # fmt: skip
    found = Cues(Cues.Options(), ABOUT).apply(batch, None)
    assert found["cues_read"].to_list() == [True, False, False]
    assert [len(row) for row in found["cues"].to_list()] == [1, 0, 0]


def test_companies_are_named_in_every_language() -> None:
    batch = pl.DataFrame({
        "title": [None, None], "text": ["@meridianair or Norda?", "lieber @flynorda"], "lang": ["en", "de"],
        "customer_voice": [True, True], "moment": [None, None],
    }, schema_overrides={"title": pl.String, "moment": pl.String})  # fmt: skip
    named = Cues(Cues.Options(), ABOUT).apply(batch, None)["companies"].to_list()
    assert [[label["label"] for label in row] for row in named] == [["brand", "norda"], ["norda"]]


def test_without_rivals_nothing_turns_to_one() -> None:
    alone = replace(context(), brand=Brand(OWN))
    assert read("Norda it is, then", about=alone) == [set()]


def test_batches_are_read_alike_however_they_are_cut() -> None:
    texts = ["The app is slow", "no cue", "My sister recommended it", "", "Reading reviews again"]
    assert read(*texts) == [cues for text in texts for cues in read(text)]


def test_an_empty_batch_gives_empty_columns() -> None:
    assert read() == []


def test_every_cue_has_a_title_and_a_pattern_in_both_languages() -> None:
    for group in GROUPS:
        for ident, cue in lists.cues(group).items():
            assert cue.title, ident
            assert cue.en, f"{group}.{ident}"
            assert cue.ru, f"{group}.{ident}"


def test_every_source_tells_its_medium() -> None:
    assert all(cue.medium and cue.answer for cue in lists.cues("source").values())


def test_patterns_are_written_for_folded_text() -> None:
    empty = pl.Series(["a"])
    for group in GROUPS:
        for language in lists.LANGUAGES:
            for label, regexes in lists.patterns((group,), language, ABOUT.brand).items():
                for regex in regexes:
                    assert "ё" not in regex, label
                    assert not pl.Series([""]).str.contains(regex).item(), label
                    empty.str.contains(regex)
