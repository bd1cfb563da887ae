"""Saved web pages with reviews in JSON-LD."""

from __future__ import annotations

import contextlib
import json
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxreport_plugins.reviews import jsonld

from .exports import Loaded, Row, Write, detect, extra


def page(*blocks: Any, head: str = "") -> str:
    scripts = [
        f'<script type="application/ld+json">{block if isinstance(block, str) else json.dumps(block)}</script>'
        for block in blocks
    ]
    return f"<!DOCTYPE html><html><head>{head}{''.join(scripts)}</head><body><p>5 < 6 & more</p></body></html>"


def review(**more: Any) -> Row:
    return {
        "@type": "Review", "author": {"@type": "Person", "name": "Ada North"}, "datePublished": "2026-01-02",
        "reviewBody": "Fine &amp; quick", "name": "Good", "reviewRating": {"@type": "Rating", "ratingValue": "4"}, **more,
    }  # fmt: skip


PRODUCT: Row = {
    "@context": "https://schema.org", "@type": "Product", "name": "Neck pillow", "sku": "NP-1",
    "aggregateRating": {"@type": "AggregateRating", "ratingValue": "4,4", "reviewCount": "1 089"},
    "review": [review(), review(author="Bo", reviewBody="Flat", inLanguage="en", publisher={"name": "Shop"})],
}  # fmt: skip


def test_reviews_of_a_product_and_its_average(write: Write) -> None:
    head = '<link rel="canonical" href="https://m.example/pillow">'
    loaded = Loaded(write("p.html", page(PRODUCT, {"@type": "BreadcrumbList"}, head=head)))
    first, second = loaded.rows
    assert (loaded.found.system, loaded.facts.rows_read, loaded.facts.frame) == ("schema_org", 2, "capped")
    assert (first["text"], first["text_original"], first["title"]) == ("Fine & quick", "Fine &amp; quick", "Good")
    assert (first["product_name"], first["sku"], first["author_name"]) == ("Neck pillow", "NP-1", "Ada North")
    assert (first["created_at"], first["time_precision"]) == (datetime(2026, 1, 2, tzinfo=UTC), "day")
    assert (first["url"], first["source_pointer"]) == ("https://m.example/pillow", "/0/review/0")
    assert (second["author_name"], second["language"], extra(second)) == ("Bo", "en", {"publisher": {"name": "Shop"}})
    assert loaded.figures == {("Neck pillow", "rating_average", 4.4), ("Neck pillow", "review_count", 1089.0)}


def test_only_an_average_is_no_review(write: Write) -> None:
    loaded = Loaded(write("p.html", page({key: PRODUCT[key] for key in ("@type", "name", "aggregateRating")})))
    assert (loaded.facts.rows_read, loaded.records.height) == (0, 0)
    assert ("Neck pillow", "rating_average", 4.4) in loaded.figures
    assert "not reviews: 1." in loaded.notes
    of_ten = {"@type": "AggregateRating", "ratingValue": "8.6", "bestRating": 10, "ratingCount": 40}
    hotel = {"@type": "Hotel", "name": "Pier", "aggregateRating": of_ten}
    told = {("Pier", "rating_average", 8.6), ("Pier", "rating_count", 40.0), ("Pier", "rating_max", 10.0)}
    assert Loaded(write("h.html", page(hotel, hotel))).figures == told


@pytest.mark.parametrize(
    ("rating", "value", "ends", "source"),
    [
        ({"ratingValue": "4,4", "bestRating": 5}, 4.4, (1.0, 5.0), "file"),
        ({"ratingValue": 4}, 4.0, (1.0, 5.0), "spec"),
        ({"ratingValue": "8.5", "bestRating": "10", "worstRating": "0"}, 8.5, (0.0, 10.0), "file"),
        ({"ratingValue": "4/5"}, 4.0, (1.0, 5.0), "file"),
        ({"ratingValue": "80%"}, 80.0, (0.0, 100.0), "file"),
        ([{"ratingValue": 3}], 3.0, (1.0, 5.0), "spec"),
        ("2", 2.0, (1.0, 5.0), "spec"),
        ({"ratingValue": 9}, None, (1.0, 5.0), "spec"),
        ({}, None, (1.0, 5.0), "spec"),
    ],
)
def test_ratings_in_all_their_spellings(
    write: Write, rating: Any, value: float | None, ends: tuple[float, float], source: str
) -> None:
    [row] = Loaded(write("p.html", page(review(reviewRating=rating)))).rows
    assert (row["rating_value"], (row["rating_min"], row["rating_max"]), row["rating_scale_source"]) == (
        value,
        ends,
        source,
    )


BROKEN = '{"@type": "Review", "reviewBody": oops'


@pytest.mark.parametrize(
    "block",
    [
        "<!-- {} -->", "//<![CDATA[\n{}\n//]]>", "/* <![CDATA[ */ {} /* ]]> */", "{};", " \n{}\n;",
    ],
)  # fmt: skip
def test_wrapped_blocks_are_unwrapped(write: Write, block: str) -> None:
    text = block.replace("{}", json.dumps(review()))
    assert Loaded(write("p.html", page(text))).rows[0]["rating_value"] == 4.0


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "Review", "reviewBody": "two\nlines, ] }", "name": "x",}',
        '[{"@type": ["Thing", "http://schema.org/Review"], "reviewBody": "two\nlines, ] }",},]',
        "{&quot;@type&quot;: &quot;Review&quot;, &quot;reviewBody&quot;: &quot;two\nlines, ] }&quot;}",
        '{"@graph": [{"@type": "WebPage"}, {"@type": "schema:UserReview", "description": "two\nlines, ] }"}]}',
    ],
)
def test_damage_that_is_known_is_mended(write: Write, text: str) -> None:
    assert [row["text"] for row in Loaded(write("p.html", page(text))).rows] == ["two\nlines, ] }"]


def test_a_broken_block_does_not_hide_the_rest(write: Write) -> None:
    loaded = Loaded(write("p.html", page(PRODUCT, BROKEN, review(reviewBody="Last"))))
    assert [row["text"] for row in loaded.rows] == ["Fine & quick", "Flat", "Last"]
    assert [(reject.row, reject.code) for reject in loaded.rejects] == [(2, "broken")]
    assert "block 2" in loaded.rejects[0].detail


def test_a_page_cut_short_within_a_block(write: Write) -> None:
    whole = page(review(), review(reviewBody="Second"))
    loaded = Loaded(write("p.html", whole[: whole.index("Second")]))
    assert len(loaded.rows) == len(loaded.rejects) == 1


def test_things_by_reference_places_and_notes(write: Write) -> None:
    inn = {"@type": "Hotel", "@id": "#inn", "name": "Meridian Inn"}
    notes = {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "name": "Bed"}, {"name": "View"}]}
    told = review(
        itemReviewed={"@id": "#inn"}, positiveNotes=notes, negativeNotes=["Noise"], author=["A", {"name": "B"}]
    )
    [row] = Loaded(write("p.html", page({"@graph": [inn, told, {"@id": "#r", "@type": "Review"}]}))).rows
    assert (row["location_name"], row["product_name"], row["author_name"]) == ("Meridian Inn", None, "A, B")
    assert (row["text_positive"], row["text_negative"]) == ("Bed\nView", "Noise")


def test_checked_claims_are_no_reviews(write: Write) -> None:
    claim = {"@type": "ClaimReview", "reviewRating": {"ratingValue": 1}, "name": "False Review"}
    assert Loaded(write("p.html", page(claim))).facts.rows_read == 0


def test_other_pages_are_not_claimed(write: Write) -> None:
    assert detect(write("a.html", page({"@type": "WebPage"}))) is None
    assert detect(write("b.html", "<html><body>Review</body></html>")) is None


@pytest.mark.parametrize(
    "hostile",
    [
        "<!--" * 50_000,
        "<![x" * 50_000,
        "<script" * 50_000,
        '<script type="application/ld+json">' * 20_000,
        "[" * 100_000,
    ],
)
def test_hostile_pages_end_in_time(write: Write, hostile: str) -> None:
    start = time.perf_counter()
    loaded = Loaded(write("p.html", page(review(), f'{{"@type": "Review", "x": {hostile}') + hostile))
    assert loaded.rows[0]["text"] == "Fine & quick"
    assert time.perf_counter() - start < 2


@given(st.text(alphabet='{}[]",:;/<!->&x1 \n\\', max_size=60))
def test_no_block_is_worse_than_no_json(block: str) -> None:
    with contextlib.suppress(ValueError):
        jsonld.value(block)
