"""The plugins that docs/plugins.md shows are run: a whole build, as a reader would type it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cxreport.build import build
from cxreport.plan import make_plan
from cxreport.progress import Meter
from cxreport.render.theme import load_theme
from tests.docs.reading import ROOT, Block, Page

PAGE = Page(ROOT / "docs" / "plugins.md")
POSTS = 60
GRATEFUL = 24


def shown(language: str) -> list[Block]:
    return list(PAGE.blocks(language))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the files of the page, and invented posts: 24 of 60 say thank you, one line is empty."""
    for block in (*shown("python"), *shown("yaml")):
        first = block.text.partition("\n")[0].removeprefix("# ")
        path = tmp_path / (first if first.endswith((".py", ".yaml")) else "config.yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, "utf-8")
    (tmp_path / "data").mkdir()
    lines = [json.dumps(post(number)) for number in range(POSTS)]
    (tmp_path / "data" / "forum.jsonl").write_text("\n".join([*lines, '{"id": "empty", "by": "x"}', ""]), "utf-8")
    return tmp_path


def post(number: int) -> dict[str, str]:
    said = "Thank you, my bag arrived" if number < GRATEFUL else "My bag was late and I had to wait"
    day = 1 + number % 28
    return {
        "id": f"p{number}", "at": f"2026-03-{day:02}T10:00:00Z", "by": f"guest{number}", "text": f"{said} on trip {number}",
    }  # fmt: skip


def test_the_files_of_the_page_build_a_site(project: Path) -> None:
    plan = make_plan(project / "config.yaml")
    assert plan.registry.problems == []
    built = build(plan, Meter())
    (load,) = built.audit.loads
    assert (load.system, load.records, load.rejected) == ("forum.jsonl", POSTS, {"no_content": 1})
    whole = built.edition.result("thanks.share")
    assert (whole.n, whole.value, whole.status) == (POSTS, GRATEFUL / POSTS, "small_base")
    assert whole.low is not None
    assert whole.high is not None
    assert 0.2 < whole.low < 0.4 < whole.high < 0.6
    assert built.edition.result("care.response_rate").status == "not_testable"
    page = (built.site / "thanks.html").read_text("utf-8")
    assert "40% of customers&#39; records say thank you" in page
    assert "<svg" in page


def test_a_theme_of_the_page_stands_on_its_parent(project: Path) -> None:
    (project / "themes" / "house" / "house.css").touch()
    theme = load_theme("house", project)
    assert theme.name == "house"
    assert "house.css" in dict(theme.assets("styles"))
    assert len(theme.layers) > 1
