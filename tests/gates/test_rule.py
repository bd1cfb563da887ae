"""Rules as they are written."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from cxreport.gates.rule import Gate, Rule


@pytest.mark.parametrize(
    ("text", "of", "at_least", "strict", "at"),
    [
        (">= 20", "value", True, False, 20),
        ("<=5%", "value", False, False, 0.05),
        ("> -12.5", "value", True, True, -12.5),
        ("< 240", "value", False, True, 240),
        (">= previous", "previous", True, False, 0),
        (">= previous - 5", "previous", True, False, -5),
        ("<= previous + 2%", "previous", False, False, 0.02),
        ("trend >= 0", "trend", True, False, 0),
        ("trend <= -0.01", "trend", False, False, -0.01),
    ],
)
def test_forms(text: str, of: str, at_least: bool, strict: bool, at: float) -> None:
    rule = Rule.parse(text)
    assert (rule.of, rule.at_least, rule.strict, rule.at) == (of, at_least, strict, at)


@pytest.mark.parametrize(
    "text", ["", "20", ">=", "== 20", ">= twenty", "trend >= previous", ">= previous 5", ">= 1 2", "=> 3"]
)
def test_what_is_no_rule(text: str) -> None:
    with pytest.raises(ValueError, match="it is no rule such as"):
        Rule.parse(text)


@given(st.text(max_size=30))
def test_any_text_is_a_rule_or_refused(text: str) -> None:
    with suppress(ValueError):
        assert Rule.parse(text).text == " ".join(text.split())


@given(st.floats(-1e6, 1e6), st.sampled_from([">=", ">", "<=", "<"]))
def test_an_exact_number_is_good_or_not(value: float, sign: str) -> None:
    good = {">=": value >= 20, ">": value > 20, "<=": value <= 20, "<": value < 20}[sign]
    assert Rule.parse(f"{sign} 20").good(value) == good
    assert Rule.parse(f"{sign} 20").good(20) == ("=" in sign)


def test_a_gate_is_a_rule_or_a_mapping() -> None:
    assert Gate.model_validate(">= 20") == Gate(rule=">= 20", inconclusive="pass")
    assert Gate.model_validate({"rule": "<= 5%", "inconclusive": "fail"}).inconclusive == "fail"
    for wrong in ("20", {"rule": "20"}, {"at": ">= 20"}, {"rule": ">= 20", "inconclusive": "skip"}):
        with pytest.raises(ValidationError):
            Gate.model_validate(wrong)
