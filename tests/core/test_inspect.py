"""Inspection finds dead links, foreign origins, doubled ids, inline handlers and leaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from cxreport.stages.inspect import Private, found_in, inspect_site

PRIVATE = Private(
    handles=frozenset({"anna_k", "meridianair"}), names=frozenset({"Anna Kowalski", "Jan van Berg"}),
    numbers=frozenset({"570306133677760513"}), allowed=frozenset({"meridianair"}), secrets=("a-secret-key-value",),
)  # fmt: skip


def said(tmp_path: Path, body: str, private: Private = PRIVATE) -> str:
    (tmp_path / "index.html").write_text(f"<!DOCTYPE html><title>t</title>{body}", "utf-8")
    (tmp_path / "other.html").write_text('<h1 id="there">x</h1>', "utf-8")
    return "\n".join(map(str, inspect_site(tmp_path, private).problems))


def test_a_good_page_passes(tmp_path: Path) -> None:
    body = '<a href="other.html#there">x</a><a href="https://example.org">y</a><a href="#z">z</a><p id="z">n 1,234'
    assert said(tmp_path, body) == ""


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ('<a href="gone.html">x</a>', "gone.html leads nowhere"),
        ('<a href="other.html#gone">x</a>', "other.html#gone leads nowhere"),
        ('<a href="javascript:alert(1)">x</a>', "javascript:alert(1) leads nowhere"),
        ('<p id="a"></p><p id="a"></p>', "the id 'a' is used twice"),
        ('<script src="https://cdn.example.org/x.js"></script>', "another origin"),
        ('<img src="//example.org/x.png">', "another origin"),
        ('<p onclick="x()">', "inline handler"),
        ('<p style="color:red">', "inline handler or style"),
    ],
)
def test_faults_of_pages(tmp_path: Path, body: str, complaint: str) -> None:
    assert complaint in said(tmp_path, body)


@pytest.mark.parametrize(
    "text",
    ["ask @anna_k about it", "mail anna@example.com", "said Anna Kowalski today", "id 570306133677760513",
     "by Jan van Berg.", "key a-secret-key-value", "card 4111 1111 1111 1111", "card 5555-5555-5555-4444.",
     '"segment": "4012888888881881"', "<td>3782 822463 10005</td>", "to DE89 3704 0044 0532 0130 00",
     "GB33BUKB20201555555555"],
)  # fmt: skip
def test_leaks_are_found_wherever_they_stand(tmp_path: Path, text: str) -> None:
    assert list(found_in(text, PRIVATE))
    for name in ("page.html", "audit.json", "data.js", "chart.svg"):
        (tmp_path / name).write_text(text, "utf-8")
        problems = inspect_site(tmp_path, PRIVATE).problems
        assert any(name in str(p) and text not in str(p) for p in problems)
        (tmp_path / name).unlink()


def test_leaks_in_scripts_are_read_as_their_texts_are(tmp_path: Path) -> None:
    for number, text in enumerate(['"Thanks\\n@Anna_K"', '"\\u0040anna_k"', '"Anna\\tKowalski"', '"\\"@anna_k\\""']):
        folder = tmp_path / str(number)
        (folder / "assets").mkdir(parents=True)
        (folder / "assets/texts-0.js").write_text(f"cxreport.texts(0, [\n[{text}]\n]);\n", "utf-8")
        [problem] = inspect_site(folder, PRIVATE).problems
        assert str(problem).startswith("assets/texts-0.js:2"), text


@pytest.mark.parametrize(
    "text",
    ["@meridianair", "anna kowalski", "1,234,567", "2026-06-30T12:00:00", "a@media b", "[4111, 1111, 1111, 1111]",
     "0.4111111111111111", "4111111111111112", "M4111.5 1111.5 1111 1111", "4111 1111 1111 1111.5", "DE88370400440532013000"],
)  # fmt: skip
def test_what_is_no_leak_passes(text: str) -> None:
    assert not list(found_in(text, PRIVATE))
