"""What is masked and what is left; people, numbers and addresses are invented or reserved for examples."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxreport.api import Brand, Company, Context, Enricher
from cxreport.reading.accounts import luhn, mod97
from cxreport_plugins.redaction.enricher import Redaction
from cxreport_plugins.redaction.numbers import spans

Records = Callable[..., pl.DataFrame]
Make = Callable[..., Enricher]


@pytest.fixture(scope="module")
def mask(make: Make, records: Records) -> Callable[..., str]:
    redaction = make(Redaction)

    def masked(text: str, author: str | None = None) -> str:
        batch = records(text=[text], author_name=author).select(redaction.needs)
        return str(redaction.apply(batch, None)["text_redacted"][0])

    return masked


Mask = Callable[..., str]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("write to ada.lund+air@example.co.uk, please", "write to [email], please"),
        ("пишите на ада@пример.рф сегодня", "пишите на [email] сегодня"),
        ("see https://example.org/b?booking=XK42&name=ada!", "see [link]"),
        ("see www.example.org now", "see [link] now"),
        ("my page adalund.example.com is down", "my page [link] is down"),
        ("@adalund and @bo_berg: hello", "[handle] and [handle]: hello"),
        ("@adalund@social.example hello", "[email] hello"),
        ("(@adalund)", "([handle])"),
        ("card 4111 1111 1111 1111 was charged", "card [card] was charged"),
        ("card 4111-1111-1111-1111.", "card [card]."),
        ("refund to GB33 BUKB 2020 1555 5555 55 please", "refund to [iban] please"),
        ("refund to gb33bukb20201555555555 please", "refund to [iban] please"),
        ("from 192.0.2.7 and 2001:db8::7", "from [ip] and [ip]"),
        ("my ssn is 219-09-9999", "my ssn is [id]"),
        ("NI number QQ123456C or AB 12 34 56 C", "NI number QQ123456C or [id]"),
        ("NI number AB123456C.", "NI number [id]."),
        ("meu CPF é 529.982.247-25", "meu CPF é [id]"),
        ("СНИЛС 112-233-445 95, помогите", "СНИЛС [id], помогите"),
        ("mit CPR er 070761-4285", "mit CPR er [id]"),
        ("mi DNI es 12345678Z", "mi DNI es [id]"),
        ("+44 20 7946 0958 is my number", "[phone] is my number"),
        ("call me: (212) 555-0143", "call me: [phone]"),
        ("212.555.0143 x77", "[phone]"),
        ("звоните 8 (495) 123-45-67", "звоните [phone]"),
        ("ring 60-56-85-91", "ring [phone]"),
        ("06 12 34 56 78", "[phone]"),
        ("booking ref XK4Z2P was lost", "booking ref [reference] was lost"),
        ("Case #8477733 is open", "Case #[reference] is open"),
        ("ticket number: 0162424965446", "ticket number: [reference]"),
        ("номер заказа 123456-78 не найден", "номер заказа [reference] не найден"),
        ("bag tag 00169640120011", "bag tag [number]"),
    ],
)
def test_masked(text: str, expected: str, mask: Mask) -> None:
    assert mask(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "thank you @MeridianAir and @flynorda, but @nordacare never answers",
        "flight 1234 on 2026-03-14 at 10.30-12.45",
        "from 14/03/2026 to 21.03.2026, season 2025/2026",
        "it cost 1 234 567 руб, that is €1,234,567.00 or $ 12 345 678",
        "version 10.2.3 since 2019",
        "gate 12, seat 14C, row 7",
        "we ordered 2 coffees, case closed, order now",
        "12:30:45 at noon :: done",
        "a@b",
        "100000 people at 50 000 seats",
        "hello.World this is a sentence.Next",
    ],
)
def test_left_alone(text: str, mask: Mask) -> None:
    assert mask(text) == text


def test_handles_of_companies_stay_only_whole(mask: Mask) -> None:
    assert mask("@meridianair_fan wrote") == "[handle] wrote"


def test_a_company_named_like_an_address(records: Records) -> None:
    brand = Brand(Company(name="Harbour.com", handles=("harbour",)))
    redaction = Redaction(Redaction.Options(), Context(brand, Path()))
    text = "HARBOUR.com lost https://www.harbour.com/b?id=7, ask ada@harbour.com or adalund.com"
    out = redaction.apply(records(text=[text]).select(redaction.needs), None)
    assert out["text_redacted"][0] == "HARBOUR.com lost [link] ask [email] or [link]"


def test_partners_can_be_kept(make: Make, records: Records) -> None:
    redaction = make(Redaction, keep_handles=["@airport_example"])
    batch = records(text=["@airport_example and @adalund"]).select(redaction.needs)
    assert redaction.apply(batch, None)["text_redacted"][0] == "@airport_example and [handle]"


def test_signature(mask: Mask) -> None:
    assert mask("Never again. ada LUND", "Ada Lund") == "Never again. [name]"
    assert mask("Lundström is not Ada Lundqvist", "Ada Lund") == "Lundström is not Ada Lundqvist"
    assert mask("Анна Петрова, Казань", "Анна Петрова") == "[name], Казань"
    assert mask("I love ice cream", "Ice") == "I love ice cream", "one word is no name"
    assert mask("Jo Ly", "Jo Ly") == "Jo Ly", "too short to be sure"
    assert mask("a.* (b", "Ada. *(") == "a.* (b", "a name is no regex"
    assert mask("Meridian Air lost my bag", "Meridian Air") == "Meridian Air lost my bag"


def test_labels_count_text_and_title(make: Make, records: Records) -> None:
    redaction = make(Redaction)
    batch = records(text=["a@example.org b@example.org", "nothing"], title=["@adalund", None])
    out = redaction.apply(batch.select(redaction.needs), None)
    assert out["title_redacted"].to_list() == ["[handle]", None]
    first, second = out["redactions"].to_list()
    assert first == [
        {"label": "email", "weight": 2.0, "rule": "pattern"},
        {"label": "handle", "weight": 1.0, "rule": "pattern"},
    ]
    assert second == []


def test_masking_twice_changes_nothing(mask: Mask) -> None:
    once = mask("call 212-555-0143 or ada@example.org, ref XK4Z2P, @adalund", "Ada Lund")
    assert mask(once) == once


def test_a_text_cannot_smuggle_a_handle_through(mask: Mask) -> None:
    assert mask("\ue000adalund") == "adalund"


@given(st.text(alphabet="0123456789", min_size=12, max_size=18))
def test_every_card_number_is_found(digits: str) -> None:
    check = next(str(d) for d in range(10) if luhn(digits + str(d)))
    number = digits + check
    if len(set(number)) > 1:
        assert [s.kind for s in spans(f"card {number} charged")] in (["card"], ["phone"], ["number"])
        assert spans(f"card {number} charged")[0][:2] == (5, 5 + len(number))


GAPS = ("", " ", "-", ".", "  ", "\u00a0", "\u202f", "\u2009", "–", "\u2011", "_", "/", "\n", "\u200b", " - ")
"""What people, keyboards and spreadsheets put between groups of digits."""


@given(
    st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=4, max_size=4),
    st.text(alphabet="0123456789", min_size=14, max_size=14),
    st.sampled_from(GAPS),
    st.booleans(),
)
def test_every_iban_is_found_and_no_wrong_one(bank: str, number: str, gap: str, small: bool) -> None:
    account = bank + number
    check = 98 - int("".join(str(int(c, 36)) for c in account + "GB00")) % 97
    iban = f"GB{check:02}{account}"
    assert mod97(iban)
    gap = gap if len(gap) < 3 else " "
    grouped = gap.join(re.findall(".{1,4}", iban.lower() if small else iban))
    assert next(iter(spans(f"to {grouped}."))) == (3, 3 + len(grouped), "iban")
    wrong = f"GB{(check + 1) % 97:02}{account}"
    assert not mod97(wrong)
    assert "iban" not in [s.kind for s in spans(f"to {wrong}.")]


CARDS = (
    "4111 1111 1111 1111",
    "5555 5555 5555 4444",
    "2223 0031 2200 3222",
    "3782 822463 10005",
    "6011 1111 1111 1117",
)
"""Numbers that the networks reserve for tests."""


@pytest.mark.parametrize("gap", GAPS)
@pytest.mark.parametrize("card", CARDS)
@pytest.mark.parametrize(
    "around", ["to {} now", "({}) 12/27", "card{}", "{}rub", "£{}", "No.{}", "+44 20 7946 0958 {}."]
)
def test_cards_however_they_are_grouped(card: str, gap: str, around: str, mask: Mask) -> None:
    text = around.format(card.replace(" ", gap))
    masked = mask(text)
    assert "[card]" in masked
    assert not re.search(r"\d{4}", masked), masked


@pytest.mark.parametrize(
    "text",
    [
        "2019, 2020, 2021, 2022",
        "on 1234 5678 9012 of 2024",
        "seats 4111 4112 4113 4114",
        "from DE89 hello world and some more",
    ],
)
def test_groups_that_are_no_account(text: str) -> None:
    assert {s.kind for s in spans(text)} <= {"number", "phone"}


@pytest.mark.parametrize(
    "address",
    [
        "dagny.holm+air@example.co.uk", "DAGNY.HOLM@EXAMPLE.COM", "mailto:dagny.holm@example.com", "dagny.holm＠example.com",
        "dagny.holm (at) example.com", "dagny.holm[at]example[dot]com", "dagny.holm @ example.com",
        "dagny.holm&#64;example.com", "dagny.holm%40example.com",
    ],
)  # fmt: skip
def test_addresses_however_they_are_spelled(address: str, mask: Mask) -> None:
    masked = mask(f"write to {address} please")
    assert "[email]" in masked
    assert "holm" not in masked.lower()
    assert "example" not in masked.lower()


@given(st.text(max_size=60))
def test_spans_are_ordered_and_apart(text: str) -> None:
    found = spans(text)
    assert all(s.start < s.end for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
