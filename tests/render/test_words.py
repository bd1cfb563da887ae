"""The report's language: sentences of catalogues, numbers and durations by CLDR."""

from __future__ import annotations

from pathlib import Path

import pytest

from cxreport.model.assessment import SCALE
from cxreport.model.concepts import CONCEPTS
from cxreport.model.problem import CxreportError
from cxreport.model.result import Result
from cxreport.render.catalogues import Texts
from cxreport.render.words import Words

HEAD = """msgid ""
msgstr ""
"Language: ru\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"

"""


def catalogue(folder: Path, text: str) -> Path:
    (folder / "locale").mkdir(parents=True)
    (folder / "locale" / "ru.po").write_text(HEAD + text, encoding="utf-8")
    return folder


def test_the_nearest_catalogue_says_it_and_what_none_has_stays_english(tmp_path: Path) -> None:
    near = catalogue(tmp_path / "a", 'msgid "Hidden"\nmsgstr "Не показано"\n')
    words = Words("ru", Texts("ru", [near, tmp_path / "none"]))
    assert words.say("Hidden") == "Не показано"
    assert words.say("{low} to {high}", low="1", high="2") == "от 1 до 2"
    assert words.say("Nobody translated {this}", this="that") == "Nobody translated that"
    assert words.say("") == ""


@pytest.mark.parametrize(("n", "form"), [(1, "запись"), (2, "записи"), (5, "записей"), (11, "записей"), (21, "запись")])
def test_nouns_and_sentences_agree_with_their_number(tmp_path: Path, n: int, form: str) -> None:
    noun = 'msgid "record"\nmsgid_plural "records"\nmsgstr[0] "запись"\nmsgstr[1] "записи"\nmsgstr[2] "записей"\n'
    said = 'msgid "one is {x}"\nmsgid_plural "{n} are {x}"\nmsgstr[0] "{n} а {x}"\nmsgstr[1] "{n} б {x}"\nmsgstr[2] "{n} в {x}"\n'
    words = Words("ru", Texts("ru", [catalogue(tmp_path, noun + "\n" + said)]))
    assert words.plural(n, "record", "records") == f"{n}\u00a0{form}"
    ending = {"запись": "а", "записи": "б", "записей": "в"}[form]
    assert words.count(n, "one is {x}", "{n} are {x}", x="y") == f"{n} {ending} y"


def test_english_needs_no_catalogue() -> None:
    words = Words()
    assert words.count(1, "one is {x}", "{n} are {x}", x="y") == "one is y"
    assert words.count(1200, "one is {x}", "{n} are {x}", x="y") == "1,200 are y"
    assert words.join(["a", "b", "c"]) == "a, b and c"


def test_a_file_that_is_no_catalogue_is_named(tmp_path: Path) -> None:
    folder = catalogue(tmp_path, 'nonsense "a"\n')
    with pytest.raises(CxreportError, match=r"ru\.po"):
        Texts("ru", [folder])


@pytest.mark.parametrize(
    ("minutes", "english", "russian"),
    [
        (1, "1\u00a0minute", "1\u00a0минута"),
        (47, "47\u00a0minutes", "47\u00a0минут"),
        (210, "3.5\u00a0hours", "3,5\u00a0часа"),
        (2 * 1440, "2\u00a0days", "2\u00a0дня"),
    ],
)
def test_durations_of_both_languages(minutes: float, english: str, russian: str) -> None:
    assert Words().duration(minutes) == english
    assert Words("ru").duration(minutes) == russian


def test_shares_and_numbers_have_the_spaces_of_their_language() -> None:
    assert (Words().share(0.461), Words("ru").share(0.461)) == ("46%", "46\u00a0%")
    assert (Words().number(18240), Words("ru").number(18240)) == ("18,240", "18\u00a0240")
    assert (Words().share(-0.1234, 1), Words("ru").share(-0.1234, 1)) == ("\u221212.3%", "\u221212,3\u00a0%")


def test_a_sentence_of_the_audit_is_retold_by_its_form_and_so_are_its_parts(tmp_path: Path) -> None:
    said = (
        'msgid "no {column} in {source}"\nmsgstr "в {source} нет: {column}"\n\n'
        'msgid "no rating in {source}"\nmsgstr "в {source} нет оценок"\n\n'
        'msgid "start of the trip"\nmsgstr "начала поездки"\n'
    )
    words = Words("ru", Texts("ru", [catalogue(tmp_path, said)]))
    assert words.retell("no start of the trip in calls.csv") == "в calls.csv нет: начала поездки"
    assert words.retell("no rating in calls.csv") == "в calls.csv нет оценок"
    assert words.retell("something else") == "something else"
    assert words.retell("") == ""


def test_the_core_speaks_russian() -> None:
    words = Words("ru", Texts("ru", []))
    assert words.join(["a", "b", "c"]) == "a, b и c"
    assert words.value(Result(id="a", status="hidden")) == "Скрыто"
    assert words.interval(Result(id="a", value=0.3, low=0.2)) == words.say("{low} or more", low="20\u00a0%")
    assert words.retell("fewer than 5 people") == "меньше 5 человек"
    assert words.period(None, None) == "все данные"


def test_what_is_rated_is_told_in_russian() -> None:
    words = Words("ru", Texts("ru", []))
    rated = [text for concept in CONCEPTS.values() if concept.rated for text in (concept.title, concept.needs)]
    assert not [text for text in (*rated, *SCALE.values()) if words.say(text) == text]
