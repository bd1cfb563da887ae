"""The codebook, the packs and the enricher `themes`; proposals of themes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import polars as pl
import pytest
import yaml

from cxreport.api import LABELS, ConfigError, Context, Enricher, read_options
from cxreport_plugins.common.fold import fold
from cxreport_plugins.common.stopwords import stopwords, verdicts
from cxreport_plugins.themes.codebook import COMMON, Book, Codebook, Entry, pack
from cxreport_plugins.themes.discover import discover
from cxreport_plugins.themes.enricher import Themes
from cxreport_plugins.themes.matching import themes_of
from cxreport_plugins.themes.options import Pack

Records = Callable[..., pl.DataFrame]
Make = Callable[..., Enricher]
SHIPPED = (COMMON, *get_args(Pack))
POST = {"lang": "en", "customer_voice": True}
OWN = """\
themes:
  - id: luggage
    label: {en: Bags, de: Gepäck}
    patterns:
      en: {include: ['\\bbags?\\b', '\\btrolleys?\\b'], exclude: ['\\bhand ?bag']}
      de: {include: ['\\bkoffer\\b']}
  - id: lift
    label: {de: Aufzug}
    patterns:
      en: {include: ['\\blifts?\\b']}
"""


def folded(texts: list[str]) -> pl.Series:
    return pl.DataFrame({"t": texts}, schema={"t": pl.String}).select(fold(pl.col("t")))["t"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "book.yaml").write_text(OWN, "utf-8")
    return tmp_path


@pytest.fixture
def tell(make: Make, records: Records) -> Callable[..., list[dict[str, Any]]]:
    def told(texts: list[str | None], base: Path | None = None, **columns: Any) -> list[dict[str, Any]]:
        options = {key: columns.pop(key) for key in ("packs", "codebook") if key in columns}
        themes = make(Themes, base=base, **options)
        batch = records(text=texts, **{**POST, **columns}).select(themes.needs)
        out = themes.apply(batch, None)
        assert dict(out.schema) == {"themes": LABELS, "themes_read": pl.Boolean}
        return list(out.iter_rows(named=True))

    return told


Tell = Callable[..., list[dict[str, Any]]]


@pytest.mark.parametrize("name", SHIPPED)
def test_the_examples_of_a_pack_hold(name: str) -> None:
    """Each theme by itself finds what it must, and not what it must not, in both languages."""
    wrong = []
    for theme in pack(name).themes:
        book = Book((Entry(name, theme),))
        assert set(theme.patterns) == set(theme.label) == {"en", "ru"}, theme.id
        for language, patterns in theme.patterns.items():
            assert patterns.examples.found, theme.id
            assert patterns.examples.never, theme.id
            for texts, wanted in ((patterns.examples.found, True), (patterns.examples.never, False)):
                found = themes_of(folded(list(texts)), language, book).list.len() > 0
                wrong += [(theme.id, language, t) for t, has in zip(texts, found, strict=True) if has is not wanted]
    assert wrong == []


def test_rules_name_file_theme_language_and_pattern(tell: Tell) -> None:
    (row,) = tell(["The flight was DELAYED and my suitcase is lost"], packs=["airline"])
    assert row["themes_read"] is True
    assert {theme["label"]: theme["rule"] for theme in row["themes"]} == {
        "delay": "airline/delay#en.1", "luggage": "airline/luggage#en.1",
    }  # fmt: skip
    (russian,) = tell(["Рейс задержан, чемодан потерян"], packs=["airline"], lang="ru")
    assert {theme["rule"] for theme in russian["themes"]} == {"airline/delay#ru.1", "airline/luggage#ru.1"}


def test_exclusions_and_titles(tell: Tell) -> None:
    said = tell(["my refund is delayed", None], packs=["airline"], title=[None, "Delayed again"])
    assert [[theme["label"] for theme in row["themes"]] for row in said] == [["refund"], ["delay"]]


def test_a_theme_of_two_packs_is_told_once(tell: Tell) -> None:
    (row,) = tell(["we booked a room and the booking was lost"], packs=["airline", "hotel"])
    rules = [theme["rule"] for theme in row["themes"] if theme["label"] == "booking"]
    assert rules == ["airline/booking#en.1"]


@pytest.mark.parametrize(
    "columns", [{"customer_voice": False}, {"customer_voice": None}, {"lang": "fr"}, {"lang": None}, {"packs": []}]
)
def test_what_is_not_read(columns: dict[str, Any], tell: Tell) -> None:
    (row,) = tell(["my suitcase is lost"], **{"packs": ["airline"], **columns})
    assert row == {"themes": [], "themes_read": False}


def test_texts_without_a_theme_are_read(tell: Tell) -> None:
    read = tell(["good morning", None, "https://example.org"], packs=["airline"])
    assert [(row["themes"], row["themes_read"]) for row in read] == [([], True), ([], False), ([], False)]


def test_the_projects_codebook_takes_the_place_of_themes_of_the_same_id(tell: Tell, project: Path) -> None:
    texts: list[str | None] = ["my trolley", "my suitcase", "my handbag", "the lift is out", "three hours late"]
    said = tell(texts, base=project, packs=["airline"], codebook="book.yaml")
    rules = [[theme["rule"] for theme in row["themes"]] for row in said]
    assert rules == [["book/luggage#en.2"], [], [], ["book/lift#en.1"], ["airline/delay#en.2"]]
    (german,) = tell(["Der Koffer"], base=project, codebook="book.yaml", lang="de")
    assert [theme["rule"] for theme in german["themes"]] == ["book/luggage#de.1"]


def test_codes_are_labels_in_the_language_of_the_report(project: Path, context: Context) -> None:
    options = Themes.Options.model_validate({"codebook": "book.yaml"})
    german = Themes(options, Context(context.brand, project, language="de"))
    assert german.codes() == {"themes": {"luggage": "Gepäck", "lift": "Aufzug"}}
    english = Themes(options, Context(context.brand, project))
    assert english.codes() == {"themes": {"luggage": "Bags", "lift": "Aufzug"}}
    assert Themes(Themes.Options(), context).codes() == {}


def test_another_codebook_is_another_version(project: Path, context: Context) -> None:
    options = Themes.Options.model_validate({"codebook": "book.yaml"})
    before = Themes(options, Context(context.brand, project)).version
    (project / "book.yaml").write_text(OWN.replace("trolleys", "trunks"), "utf-8")
    assert Themes(options, Context(context.brand, project)).version != before


@pytest.mark.parametrize(
    ("wrong", "line", "complaint"),
    [
        ("include: ['\\blift(']", 10, "not a Rust regex"),
        ("include: ['(?i)lift']", 10, "not needed"),
        ("include: ['\\bLift']", 10, "capitals"),
        ("include: ['x*']", 10, "every text"),
        ("include: []", 10, "must not be empty"),
        ("includes: ['\\blift']", 10, "this key is unknown"),
    ],
)
def test_a_mistake_in_the_codebook_is_told_with_its_line(
    wrong: str, line: int, complaint: str, make: Make, project: Path
) -> None:
    (project / "book.yaml").write_text(OWN.replace("include: ['\\blifts?\\b']", wrong), "utf-8")
    with pytest.raises(ConfigError) as told:
        make(Themes, base=project, codebook="book.yaml")
    problems = [str(problem) for problem in told.value.problems]
    assert any(f"book.yaml:{line}" in text and complaint in text for text in problems), problems


def test_ids_are_unique_and_files_exist(make: Make, project: Path) -> None:
    (project / "book.yaml").write_text(OWN.replace("id: lift", "id: luggage"), "utf-8")
    with pytest.raises(ConfigError, match="used twice"):
        make(Themes, base=project, codebook="book.yaml")
    with pytest.raises(ConfigError, match="no such file"):
        make(Themes, base=project, codebook="gone.yaml")


def test_stop_words_keep_what_feedback_is_about() -> None:
    english, russian = stopwords("en"), stopwords("ru")
    assert not {"help", "bill", "not", "no", "never", "without", "system", "service", "can't"} & english
    assert not {"не", "нет", "ни", "без", "никто", "счет", "помощь", "помогите"} & russian
    assert {"the", "and", "was"} <= english
    assert {"и", "что", "это"} <= russian
    assert {"great", "awful", "ужасно"} <= verdicts()
    assert all(word == word.lower().replace("ё", "е") for word in english | russian | verdicts())


def proposals(count: int = 60) -> pl.DataFrame:
    subjects = {
        "en": ("my suitcase was lost at baggage claim {}", "the refund form rejects my bank account {}",
               "coffee and breakfast on board {}", "long queue at the security gate {}"),
        "ru": ("потеряли мой чемодан в аэропорту {}", "возврат денег на карту не пришел {}",
               "кофе и завтрак на борту {}", "длинная очередь к стойке регистрации {}"),
    }  # fmt: skip
    rows = [
        {"record_id": f"{language}{number:04}", "lang": language, "title_redacted": None,
         "text_redacted": texts[number % 4].format("again and " * (number % 5) + f"[handle] note{number}")}
        for language, texts in subjects.items()
        for number in range(count)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema_overrides={"title_redacted": pl.String})


def test_proposals_are_a_codebook(tmp_path: Path) -> None:
    proposed = discover(proposals(), n=4, seed=3)
    (tmp_path / "proposed.yaml").write_text(proposed, "utf-8")
    book = read_options(tmp_path / "proposed.yaml", "proposed.yaml", Codebook)
    assert {language for theme in book.themes for language in theme.patterns} == {"en", "ru"}
    said = " ".join(p for theme in book.themes for s in theme.patterns.values() for p in s.include)
    assert all(word in said for word in ("suitcase", "refund", "чемодан", "возврат"))
    assert "handle" not in said
    assert "note" not in said


def test_proposals_are_the_same_for_the_same_seed_in_any_order() -> None:
    records = proposals()
    assert discover(records, 4, 3) == discover(records.sample(fraction=1, shuffle=True, seed=5), 4, 3)


def test_examples_only_where_asked_for_and_never_as_yaml() -> None:
    hostile = proposals().with_columns(text_redacted=pl.col("text_redacted") + "\n  - id: forged")
    assert "breakfast on board" not in discover(hostile, 4)
    shown = discover(hostile, 4, examples=True)
    assert "#   coffee and breakfast on board" in shown
    assert all(theme["id"] != "forged" for theme in yaml.safe_load(shown)["themes"])


def test_too_few_texts_propose_nothing() -> None:
    assert yaml.safe_load(discover(proposals(10))) == {"themes": []}
    alike = proposals().with_columns(text_redacted=pl.lit("nothing but ") + pl.col("record_id"))
    assert yaml.safe_load(discover(alike)) == {"themes": []}
