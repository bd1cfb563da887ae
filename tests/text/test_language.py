"""Which language a record is in, and how that is known."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from pydantic import ValidationError

from cxreport.api import Enricher
from cxreport_plugins.language.codes import primary
from cxreport_plugins.language.detect import best, candidates, learn, words_of
from cxreport_plugins.language.enricher import Language
from cxreport_plugins.language.options import LanguageOptions

Records = Callable[..., pl.DataFrame]
Make = Callable[..., Enricher]
ENGLISH = [f"the flight number {word} was delayed again and nobody told us why" for word in "abcdefgh" * 10]


def detected(make: Make, records: Records, state: Any = None, **columns: Any) -> list[tuple[Any, Any]]:
    language = make(Language)
    return language.apply(records(**columns).select(language.needs), state or {}).rows()


def words(text: str) -> str:
    return str(pl.select(words_of(pl.lit(text))).item())


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("en", "en"), ("en-GB", "en"), ("pt_BR", "pt"), (" RU ", "ru"), ("zh-Hant-TW", "zh"), ("iw", "he"),
        ("eng", "en"), ("nb", "no"), ("und", None), ("zxx", None), ("qme", None), ("English", None), ("", None),
        (None, None),
    ],
)  # fmt: skip
def test_primary_subtag(code: str | None, expected: str | None) -> None:
    assert pl.select(primary(pl.lit(code, pl.String))).item() == expected


def test_what_the_detector_reads() -> None:
    assert words("RT @AdaLund: Guten TAG! https://example.org/x #ICE ada@example.org") == "rt guten tag!"
    assert words("don’t 👍") == "don’t"
    assert len(words("ja " * 500)) == 200


def test_the_source_is_believed_first(make: Make, records: Records) -> None:
    text = "this is plainly an English sentence about luggage"
    assert detected(make, records, text=[text], language="de-AT") == [("de", "source")]
    assert detected(make, records, text=[text], language="und") == [("en", "detected")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My suitcase never arrived and nobody answers the phone", "en"),
        ("Мой чемодан так и не прилетел, никто не отвечает", "ru"),
        ("Mein Koffer ist nicht angekommen und niemand meldet sich", "de"),
        ("Mi maleta no ha llegado y nadie contesta el teléfono", "es"),
        ("A minha mala não chegou e ninguém atende o telefone", "pt"),
        ("Ma valise n'est jamais arrivée et personne ne répond", "fr"),
        ("La mia valigia non è arrivata e nessuno risponde", "it"),
        ("Min kuffert er ikke kommet frem, og ingen svarer telefonen", "da"),
        ("我的行李没有到，也没有人接电话", "zh"),
    ],
)
def test_sentences(text: str, expected: str, make: Make, records: Records) -> None:
    assert detected(make, records, text=[text]) == [(expected, "detected")]


def test_titles_count(make: Make, records: Records) -> None:
    rows = detected(make, records, title=["Nie wieder mit dieser Gesellschaft", None], text=[None, None])
    assert rows == [("de", "detected"), (None, "undetermined")]


@pytest.mark.parametrize("text", [None, "", "👍👍", "@adalund https://example.org #ok", "12345", "hm", "xq zt"])
def test_too_little_to_tell(text: str | None, make: Make, records: Records) -> None:
    assert detected(make, records, text=[text, "filler"])[0] == (None, "undetermined")


def test_the_audit_settles_short_texts_but_not_foreign_ones(make: Make, records: Records) -> None:
    texts = ["hi", "ok thanks", "Danke schön", "Mi maleta no ha llegado y nadie contesta"]
    alone = detected(make, records, text=texts)
    among_english = detected(make, records, {"s": {"en": 1.0}}, text=texts, source_id="s")
    assert alone[0] == (None, "undetermined")
    assert [lang for lang, _ in among_english] == ["en", "en", among_english[2][0], "es"]
    assert among_english[2][0] in ("de", None)


def test_a_prior_belongs_to_its_source(make: Make, records: Records) -> None:
    rows = detected(make, records, {"s": {"en": 1.0}}, text=["hi", "hi"], source_id=["s", "other"])
    assert rows == [("en", "detected"), (None, "undetermined")]


def test_learning_shares_by_source(make: Make, records: Records, view: Any) -> None:
    german = ["Mein Koffer ist schon wieder nicht angekommen, und niemand hilft"] * 20
    frame = records(
        text=[*ENGLISH, *german, "too few to teach anything at all"],
        source_id=["mixed"] * 100 + ["tiny"],
    )
    language = make(Language)
    state = language.fit(view(frame))
    assert state == {"mixed": {"de": 0.2, "en": 0.8}}
    one_more = pl.concat([frame, records(text=["Noch ein deutscher Satz über Koffer"], source_id="mixed")])
    assert language.fit(view(one_more)) == state, "one new record changes no state"


def test_learning_trusts_the_sources_own_word() -> None:
    sample = pl.DataFrame({"source_id": ["s"] * 60, "lang": ["da"] * 60, "words": ["tak"] * 60})
    assert learn(sample) == {"s": {"da": 1.0}}


def test_bayes_by_hand() -> None:
    found = pl.DataFrame(
        {"words": ["w", "w"], "lang": ["es", "en"], "score": [0.6, 0.3]},
        schema={"words": pl.String, "lang": pl.String, "score": pl.Float64},
    )
    assert best(found, {}).rows() == [("w", "es", pytest.approx(0.6))]
    # .3·.9 against .6·.05 and the rest, .1·.05
    assert best(found, {"en": 0.9}).rows() == [("w", "en", pytest.approx(0.27 / (0.27 + 0.03 + 0.005)))]


def test_candidates_of_nothing() -> None:
    assert candidates(pl.Series(["", None], dtype=pl.String)).height == 0


def test_no_connection_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("detection must work offline")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert best(candidates(pl.Series(["where is my suitcase"])), {})["lang"].to_list() == ["en"]


def test_options_are_checked() -> None:
    with pytest.raises(ValidationError):
        LanguageOptions(sure=1.5)
