"""The rule by which verbatims are chosen."""

from __future__ import annotations

from cxreport.model.audit import Evidence
from cxreport_plugins.common.quotes import TYPICAL, alike, distinct, quotable
from tests.measures.make import edition


def said(ident: str, text: str, **fields: str | None) -> Evidence:
    return Evidence(id=ident, source_id="demo", text=text, **fields)  # type: ignore[arg-type]


def words(start: int, length: int = TYPICAL) -> str:
    """Text of exactly `length` characters, of words that no other start has."""
    made = " ".join(f"w{start}x{i}" for i in range(60))
    return made[:length].strip().ljust(length, "z")


def test_typical_length_first_then_the_smallest_id() -> None:
    found = edition(
        evidence=[said("c", words(1)), said("a", words(2)), said("b", words(3, 160)), said("d", words(4, 59)),
                  said("e", words(5, 281)), said("f", words(6, 120))]
    )  # fmt: skip
    assert [e.id for e in quotable(found)] == ["a", "c", "b", "f"]


def test_nobody_twice_and_nothing_twice() -> None:
    one = said("a", words(1), author="p1")
    again = said("b", words(2), author="p1")
    copy = said("c", words(1) + "!", author="p2")
    other = said("d", words(3), author="p3")
    assert [e.id for e in distinct([one, again, copy, other], 9)] == ["a", "d"]
    assert [e.id for e in distinct([again, copy, other], 9, taken=[one])] == ["d"]
    assert [e.id for e in distinct([one, other], 1)] == ["a"]


def test_people_without_a_pseudonym_are_not_taken_for_one() -> None:
    assert len(distinct([said("a", words(1)), said("b", words(2))], 9)) == 2


def test_alike_compares_words() -> None:
    assert alike("My bag is lost again today", "my bag is lost again, today!")
    assert not alike("My bag is lost again today", "The crew was kind and the seat was wide")
    assert not alike("", "")
