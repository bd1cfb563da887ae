"""Offers: what customers miss and propose, and what the brand's own posts are good for."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from cxreport.model.schema import LABELS_TABLE
from cxreport_plugins.network.cues import Offers as Enricher
from cxreport_plugins.network.offers import Content, Offers
from cxreport_plugins.network.proactive import Proactive
from tests.measures import make

MORE = {"answered_by_brand": pl.Boolean, "offers_read": pl.Boolean, "auto_reply": pl.Boolean}
Row = dict[str, Any]


def found(text: str, lang: str = "en", **row: Any) -> list[str]:
    table = make.records({"text": text, "lang": lang, **row})
    out = Enricher(Enricher.Options(), make.context()).apply(table, None)
    return [one["label"] for one in out["offers"][0]]


OWN = {"brand_authored": True, "customer_voice": False}


@pytest.mark.parametrize(
    ("text", "lang", "row", "label"),
    [
        ("I wish there was a vegan menu", "en", {}, "variant"),
        ("Please bring back the night train", "en", {}, "variant"),
        ("Хотелось бы больше прямых рейсов", "ru", {}, "variant"),
        ("I would suggest adding a second desk", "en", {}, "idea"),
        ("Есть предложение: добавить вторую стойку", "ru", {}, "idea"),
        ("Travel alert: delays possible tonight", "en", OWN, "helpful"),
        ("Советы: как собрать ручную кладь", "ru", OWN, "helpful"),
        ("20% off to Porto, book now", "en", OWN, "promotional"),
        ("Скидки до воскресенья", "ru", OWN, "promotional"),
    ],
)
def test_a_cue_is_found(text: str, lang: str, row: Row, label: str) -> None:
    assert found(text, lang, **row) == [label]


@pytest.mark.parametrize(
    ("text", "lang", "row"),
    [
        ("Why don't you answer me", "en", {}),
        ("I wish I had never booked", "en", {}),
        ("Верните деньги", "ru", {}),
        ("20% off to Porto, book now", "en", {}),
        ("Book now and please check the status page", "en", {**OWN, "in_reply_to_id": "7"}),
        ("I wish there was a vegan menu", "de", {}),
        ("I wish there was a vegan menu", "en", {"customer_voice": False}),
    ],
)
def test_what_is_none_is_left(text: str, lang: str, row: Row) -> None:
    assert found(text, lang, **row) == []


def labelled(*rows: Row) -> tuple[pl.DataFrame, pl.DataFrame]:
    table = make.records(*({"offers_read": True, **row} for row in rows), more=MORE)
    labels = pl.DataFrame(
        [(make.ident(i), "offers", label, 1.0, "en.1") for i, row in enumerate(rows) for label in row.get("acts", ())],
        schema=LABELS_TABLE, orient="row",
    )  # fmt: skip
    return table, labels


def test_variants_and_ideas_are_shares_of_texts_and_answers_are_shares_of_ideas() -> None:
    rows: list[Row] = [{"acts": ["variant"]}] * 10 + [{"acts": ["idea"], "answered_by_brand": True}] * 5
    rows += [{"acts": ["idea"], "answered_by_brand": False}] * 15 + [{}] * 10 + [{"offers_read": False}] * 7
    table, labels = labelled(*rows)
    results = make.run(Offers, table, label_table=labels)
    assert (make.pick(results, offer="variant").value, make.pick(results, offer="variant").n) == (0.25, 40)
    assert make.pick(results, offer="idea").value == 0.5
    assert make.pick(results, offer="idea", part="answered").value == 0.25


def test_content_is_helpful_over_promotional_posts() -> None:
    """14 helpful and 4 promotional of 20 posts: 14.5 / 4.5; answers to somebody are no posts."""
    rows: list[Row] = [{**OWN, "acts": ["helpful"]}] * 14 + [{**OWN, "acts": ["promotional"]}] * 4 + [OWN] * 2
    rows += [{**OWN, "acts": ["promotional"], "in_reply_to_id": "7"}] * 9
    table, labels = labelled(*rows)
    results = make.run(Content, table, label_table=labels)
    assert make.pick(results).value == pytest.approx(14.5 / 4.5)
    assert make.pick(results, kind="helpful").value == 0.7
    assert make.pick(results, part="engagement").needs


def test_engagement_is_reactions_to_own_posts() -> None:
    """Twelve posts: ten with 3 likes and a reply, two with nothing; three more whose reactions nobody counted."""
    rows: list[Row] = [{**OWN, "likes": 3, "replies": 1}] * 10 + [{**OWN, "likes": 0}] * 2 + [OWN] * 3
    table, labels = labelled(*rows)
    found = make.pick(make.run(Content, table, label_table=labels), part="engagement")
    assert found.value == pytest.approx(40 / 12)
    assert found.n == 12
    assert not make.pick(make.run(Content, table[:0], label_table=labels)).testable


def test_proactive_is_helpful_posts_over_these_and_replies() -> None:
    """6 helpful posts and 18 replies by people: a quarter; an automatic reply and a promotion are neither."""
    reply = {**OWN, "in_reply_to_id": "7", "auto_reply": False}
    rows: list[Row] = [{**OWN, "acts": ["helpful"]}] * 6 + [{**OWN, "acts": ["promotional"]}] * 5
    rows += [reply] * 18 + [{**reply, "auto_reply": True}] * 9 + [{}] * 4
    table, labels = labelled(*rows)
    results = make.run(Proactive, table, label_table=labels)
    assert (make.pick(results).value, make.pick(results).n) == (0.25, 24)
    assert [make.pick(results, part=part).value for part in ("posts", "replies")] == [6, 18]
    assert not make.pick(make.run(Proactive, table[:0], label_table=labels)).testable


def test_an_empty_batch_and_no_texts_are_no_error() -> None:
    empty = make.records()
    out = Enricher(Enricher.Options(), make.context()).apply(empty, None)
    assert (out.height, out.columns) == (0, ["offers", "offers_read"])
    table, labels = labelled()
    assert not make.pick(make.run(Offers, table, label_table=labels)).testable
