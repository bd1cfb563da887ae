"""A consultant's page: numbers and charts by name, links that lead somewhere, and no way out of the sandbox."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from markupsafe import Markup

from cxreport.model.problem import CxreportError
from cxreport.model.result import Result
from cxreport.render.notes import Notes
from cxreport.render.words import Words
from tests.measures import make

NPS = Result(id="experience.nps", value=13, low=9, high=18, n=1238, unit="points", method="m")
ON_X = NPS.model_copy(update={"dims": {"channel": "x"}, "value": 5, "low": 1, "high": 9})
HIDDEN = Result(id="experience.csat", status="hidden", n=3, reason="fewer than 5 people", method="m")
INFO = {"id": "experience.nps", "title": "t"}


def page(folder: Path, text: str, **functions: Any) -> str:
    edition = make.edition(
        {"experience.nps": (NPS, ON_X), "experience.csat": (HIDDEN,)}, infos={"experience.nps": INFO}
    )
    gallery: Any = SimpleNamespace(views={"journey.heatmap": None})
    words = Words()
    notes = Notes(
        edition, words, gallery, lambda name: Markup(f"<figure>{name}</figure>"), functions, {"r-77": "voices.html"}
    )
    path = folder / "note.md"
    path.write_text(text, "utf-8")
    return " ".join(str(notes.page(path, "notes/note.md")).replace("\u00a0", " ").split())


def wrong(folder: Path, text: str) -> str:
    with pytest.raises(CxreportError) as caught:
        page(folder, text)
    return str(caught.value)


def test_numbers_come_with_interval_and_base(tmp_path: Path) -> None:
    out = page(tmp_path, 'It is {{ measure("experience.nps") }}; on X {{ measure("experience.nps", channel="x") }}.')
    assert "<strong>+13</strong> (+9 to +18, n 1,238)" in out
    assert "<strong>+5</strong>" in out
    assert '<span class="state">' in page(tmp_path, '{{ measure("experience.csat") }}')


def test_charts_stand_by_themselves_and_not_in_a_paragraph(tmp_path: Path) -> None:
    assert page(tmp_path, 'Before.\n\n{{ chart("journey.heatmap") }}\n\nAfter.') == (
        "<p>Before.</p> <figure>journey.heatmap</figure> <p>After.</p>"
    )


def test_links_lead_to_methods_and_quotes(tmp_path: Path) -> None:
    out = page(
        tmp_path, "[n](measure:experience.nps) [r](record:77) [m](mailto:a@example.com) [h](https://example.com)"
    )
    assert 'href="methods.html#experience.nps"' in out
    assert 'href="voices.html#r-77"' in out
    assert 'href="mailto:a@example.com"' in out
    assert 'href="https://example.com"' in out


def test_functions_of_plugins_give_text(tmp_path: Path) -> None:
    def shout(edition: Any, words: Any, text: str) -> str:
        return f"<b>{text.upper()}</b> of {edition.meta.client}"

    assert page(tmp_path, '{{ shout("<i>hm</i>") }}', shout=shout) == (
        "<p>&lt;b&gt;&lt;I&gt;HM&lt;/I&gt;&lt;/b&gt; of Meridian Air</p>"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('One\n\n{{ measure("experience.npz") }}', "notes/note.md:3: measure('experience.npz'): there is no such result. Did you mean experience.nps?"),
        ('{{ measure("experience.nps", channel="y") }}', "Did you mean experience.nps[channel=x]?"),
        ('{{ chart("journey.heatmop") }}', "notes/note.md:1: chart('journey.heatmop'): there is no such exhibit. Did you mean journey.heatmap?"),
        ("[n](measure:experience.nsp)", "notes/note.md: the link measure:experience.nsp leads nowhere. Did you mean experience.nps?"),
        ("[r](record:78)", "the link record:78 leads nowhere."),
        ("One\ntwo {{ missing }}", "notes/note.md:2: UndefinedError: 'missing' is undefined."),
        ("One\n{% if %}", "notes/note.md:2: TemplateSyntaxError"),
        ("{{ 1 / 0 }}", "notes/note.md:1: ZeroDivisionError"),
        ("{{ measure() }}", "notes/note.md:1: TypeError"),
        ("{% include 'layout.html' %}", "notes/note.md:1: "),
    ],
)  # fmt: skip
def test_mistakes_are_placed_and_mended(tmp_path: Path, text: str, said: str) -> None:
    assert said in wrong(tmp_path, text)


@pytest.mark.parametrize(
    "escape",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ measure.__globals__ }}",
        "{{ measure.__closure__ }}",
        "{{ chart.__code__ }}",
        "{{ self.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ lipsum.__globals__['os'] }}",
        "{{ ''|attr('__class__') }}",
        "{{ '{0.__class__.__mro__}'.format('') }}",
        "{{ ('{0.__class__}' | string).format_map({'0': ''}) }}",
        "{% set x = [] %}{{ x.append(1) }}",
        "{% import 'os' as os %}",
        "{% for i in range(99999999) %}{% endfor %}",
    ],
)
def test_there_is_no_way_out_of_the_sandbox(tmp_path: Path, escape: str) -> None:
    assert "notes/note.md:1" in wrong(tmp_path, escape)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<b onclick=alert(1)>x</b>", "<iframe src=x></iframe>",
        "[x](javascript:alert(1))", "[x](data:text/html,x)", "[x](vbscript:x)", "<style>*{}</style>", "<p style='color:red'>x</p>",
        "<svg onload=alert(1)>", "<form action=x><input></form>", "![x](http://malware.example/p.png)", "<base href=x>",
        "<a href='&#106;avascript:alert(1)'>x</a>", "{{ '<script>alert(1)</script>' }}", "<math><mi xlink:href='data:x,y'></mi></math>",
    ],
)  # fmt: skip
def test_markdown_is_sanitised(tmp_path: Path, hostile: str) -> None:
    out = page(tmp_path, f"Before\n\n{hostile}\n\nAfter")
    for bad in ("<script", "onerror", "onclick", "onload", "<iframe", "javascript:", "data:", "vbscript:", "<style", "style=",
                "<form", "<input", "<img", "<svg", "<base", "<math"):  # fmt: skip
        assert bad not in out, out
    assert "Before" in out
    assert "After" in out


def test_a_file_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    page(tmp_path, "fine")
    (tmp_path / "note.md").write_bytes(b"\xff\xfe\x00")
    gallery: Any = SimpleNamespace(views={})
    notes = Notes(make.edition(), Words(), gallery, Markup, {}, {})
    with pytest.raises(CxreportError, match=r"notes/note\.md: UnicodeDecodeError"):
        notes.page(tmp_path / "note.md", "notes/note.md")
