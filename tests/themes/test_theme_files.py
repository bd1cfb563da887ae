"""Theme folders: complete, valid, asking nothing of another origin."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from .gallery import THEMES

NAMES = ("base", "audit")
REQUIRED = {
    "layout.html", "page.html", "section.html", "summary.html", "scorecard.html", "note.html", "exhibit.html", "404.html",
    "macros.html",
}  # fmt: skip


def theme(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((THEMES / name / "theme.yaml").read_text("utf-8"))
    return loaded


@pytest.mark.parametrize("name", NAMES)
def test_every_file_a_theme_names_exists(name: str) -> None:
    facts = theme(name)
    assert facts["name"] == name
    for file in (facts["tokens"], *facts["styles"], *facts["scripts"], *facts["fonts"], *facts.get("font_folders", ())):
        assert (THEMES / name / file).exists(), file


def test_the_base_theme_stands_alone_and_has_every_template() -> None:
    assert theme("base")["parent"] is None
    assert {file.name for file in (THEMES / "base/templates").glob("*.html")} >= REQUIRED


@pytest.mark.parametrize("name", NAMES)
def test_themes_need_no_python(name: str) -> None:
    modules = [file for file in (THEMES / name).glob("*.py") if "import" in file.read_text("utf-8")]
    assert modules == []


@pytest.mark.parametrize("file", sorted(THEMES.glob("*/assets/*.css")), ids=lambda file: file.name)
def test_styles_ask_nothing_of_another_origin_and_use_only_tokens(file: Path) -> None:
    css = re.sub(r"/\*.*?\*/", "", file.read_text("utf-8"), flags=re.S)
    assert css.count("{") == css.count("}")
    assert "@import" not in css
    assert not re.search(r"https?:|//", css)
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)", css), "colours come from tokens"


def test_every_custom_property_that_styles_use_is_defined() -> None:
    from .gallery import audit_tokens

    css = "".join(file.read_text("utf-8") for file in THEMES.glob("*/assets/*.css"))
    defined = set(re.findall(r"(--[\w-]+):", audit_tokens().css() + css))
    assert set(re.findall(r"var\((--[\w-]+)", css)) <= defined


def test_font_faces_name_files_that_are_published() -> None:
    css = (THEMES / "audit/assets/fonts.css").read_text("utf-8")
    assert set(re.findall(r'url\("([^"]+)"\)', css)) == {Path(font).name for font in theme("audit")["fonts"]}


def test_class_names_of_keys_in_templates_have_a_shape() -> None:
    css = (THEMES / "base/assets/exhibit.css").read_text("utf-8")
    for shape in ("hollow", "interval", "previous", "shared", "bar", "target", "hatch", "absent"):
        assert f".key.{shape}" in css


def test_scripts_are_classic_and_need_no_eval() -> None:
    for file in THEMES.glob("*/assets/*.js"):
        script = re.sub(r"/\*.*?\*/", "", file.read_text("utf-8"), flags=re.S)
        assert not re.search(r"\b(import|export|eval|fetch|innerHTML|outerHTML|insertAdjacentHTML)\b", script)
