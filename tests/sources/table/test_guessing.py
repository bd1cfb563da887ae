"""What a table that nobody described is taken for, and what mapping is proposed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from cxreport.api import Input

REVIEWS = (
    '"airline_name","link","title","author","author_country","date","content","overall_rating","seat_rating","wifi_rating"\n'
    '"meridian-air","/r/1","Fine","A Person","Latvia","2026-03-09","On time and friendly.","8.0","4",""\n'
    '"norda","/r/2","Never again","B Person","Georgia","2026-03-10","Late and rude.","1.0","","2"\n'
)


def test_a_guess_is_never_sure(source: Callable[..., Any], write: Callable[..., Path]) -> None:
    found = source().detect(Input.at(write(REVIEWS)))
    assert found.confidence == 0.2
    assert "airline_name, link, title" in found.reason
    assert "text ← content (sure)" in found.reason


def test_a_mapping_makes_it_sure(source: Callable[..., Any], write: Callable[..., Path]) -> None:
    assert source(columns={"text": "content"}).detect(Input.at(write(REVIEWS))).confidence == 1.0


def test_the_proposal_can_be_pasted_and_read(
    source: Callable[..., Any], load: Callable[..., Any], write: Callable[..., Path]
) -> None:
    path = write(REVIEWS)
    data, probe = Input.at(path), source()
    proposal = yaml.safe_load(yaml.safe_dump(probe.suggest(data, probe.detect(data))))
    assert (
        proposal["columns"] | {"text": "content", "brand": "airline_name", "created_at": "date"} == proposal["columns"]
    )
    assert proposal["rating"] == {"column": "overall_rating", "metric": "custom", "min": 1, "max": 10}
    assert proposal["answers"] == [
        {"column": "seat_rating", "min": 1, "max": 5},
        {"column": "wifi_rating", "min": 1, "max": 5},
    ]
    row = load(path, **proposal).row()
    assert (row["brand"], row["author_country"], row["rating_norm"]) == ("meridian-air", "LV", pytest.approx(7 / 9))


@pytest.mark.parametrize(
    ("header", "cells", "rating"),
    [
        ("NPS", "0 9 10", {"column": "NPS", "metric": "nps"}),
        ("stars", "1 5 4", {"column": "stars", "metric": "stars"}),
        ("CSAT", "1 5 4", {"column": "CSAT", "metric": "csat", "min": 1, "max": 5}),
        ("score", "55 91 100", {"column": "score", "metric": "custom", "min": 0, "max": 100}),
        ("score", "good bad good", None),
    ],
)
def test_scales_are_proposed_by_name_and_values(
    source: Callable[..., Any], write: Callable[..., Path], header: str, cells: str, rating: Any
) -> None:
    text = f"comment,{header}\n" + "".join(f"some words,{cell}\n" for cell in cells.split())
    probe, data = source(), Input.at(write(text))
    assert probe.suggest(data, probe.detect(data)).get("rating") == rating


def test_a_column_of_sentences_may_be_the_text(source: Callable[..., Any], write: Callable[..., Path]) -> None:
    text = "key;what the customer told us\n17;I waited for three hours at the desk\n18;Nobody could tell me anything\n"
    probe, data = source(), Input.at(write(text))
    assert "(unsure)" in probe.detect(data).reason
    assert probe.suggest(data, probe.detect(data)) == {"columns": {"text": "what the customer told us"}}


@pytest.mark.parametrize(
    "text",
    ["", "one column\nof words\n", "# A heading\n\nSome prose, with commas, and more.\nAnd so on.\n", "<html><p>a,b</p>",
     '{"data": [1, 2]}', "\x00\x01\x02\x03", "{broken", "a" * 5000],
)  # fmt: skip
def test_what_is_no_table(source: Callable[..., Any], write: Callable[..., Path], text: str) -> None:
    assert source().detect(Input.at(write(text))) is None


def test_json_lines_are_a_table(source: Callable[..., Any], write: Callable[..., Path]) -> None:
    path = write('{"id": 1, "comment": "hello"}\n{"id": 2, "comment": "bye"}\n', "lines.jsonl")
    probe, data = source(), Input.at(path)
    assert probe.suggest(data, probe.detect(data)) == {"columns": {"native_id": "id", "text": "comment"}}


def test_folders_are_no_table(source: Callable[..., Any], tmp_path: Path) -> None:
    assert source(columns={"text": "t"}).detect(Input.at(tmp_path)) is None


@pytest.mark.parametrize(
    ("header", "columns", "rating"),
    [
        (
            "Datum;Kommentar;Bewertung;Kunde",
            {"created_at": "Datum", "text": "Kommentar", "author_name": "Kunde"},
            "Bewertung",
        ),
        (
            "Date de création;Commentaire;Nom;Étoiles",
            {"created_at": "Date de création", "text": "Commentaire"},
            "Étoiles",
        ),
        (
            "Fecha;Reseña;Calificación;País",
            {"created_at": "Fecha", "text": "Reseña", "country": "País"},
            "Calificación",
        ),
        ("Carimbo/data;Comentário;Nota;Loja", {"text": "Comentário", "location_name": "Loja"}, "Nota"),
        (
            "Дата создания;Отзыв;Оценка;Город",
            {"created_at": "Дата создания", "text": "Отзыв", "city": "Город"},
            "Оценка",
        ),
    ],
)
def test_headers_in_other_languages(
    source: Callable[..., Any], write: Callable[..., Path], header: str, columns: dict[str, str], rating: str
) -> None:
    path = write(f"{header}\n2026-02-03;5;4;5\n2026-02-04;4;5;4\n")
    probe, data = source(), Input.at(path)
    proposed = probe.suggest(data, probe.detect(data))
    assert columns.items() <= proposed["columns"].items()
    assert proposed["rating"]["column"] == rating


def test_a_score_on_no_scale_is_no_mapping_by_itself(source: Callable[..., Any], write: Callable[..., Path]) -> None:
    path = write("id,created_at,rating\n1,2026-01-05,87654\n2,2026-01-06,-3\n")
    probe, data = source(), Input.at(path)
    found = probe.detect(data)
    assert probe.suggest(data, found) == {}
    assert probe.hints(data, found)[0].startswith("columns: {text: …}")
