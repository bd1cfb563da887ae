"""Themes: found by name, over their parents, overridden by a project file, never half."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cxreport.model.problem import ConfigError, CxreportError
from cxreport.render.templates import environment, fill
from cxreport.render.theme import load_theme
from cxreport.render.words import Words


def theme(base: Path, name: str, text: str, **files: str) -> Path:
    folder = base / "themes" / name
    (folder / "templates").mkdir(parents=True)
    (folder / "theme.yaml").write_text(text, "utf-8")
    for path, content in files.items():
        (folder / path.replace("__", "/").replace("_dot_", ".")).write_text(content, "utf-8")
    return folder


class Project:
    """What the template environment needs of a plan."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.registry: Any = type("Registry", (), {"plugins": ()})()


def rendered(base: Path, name: str, template: str, **values: Any) -> str:
    plan: Any = Project(base)
    return fill(environment(plan, load_theme(name, base), Words()), template, **values)


def test_installed_themes_have_their_parents() -> None:
    audit = load_theme("audit", Path())
    assert [layer.file.name for layer in audit.layers] == ["audit", "base"]
    styles = [name for name, _ in audit.assets("styles")]
    assert styles.index("page.css") < styles.index("audit.css"), "the parent's come first"
    assert all(path.is_file() for kind in ("styles", "scripts", "fonts") for _, path in audit.assets(kind))


def test_a_theme_of_a_few_lines(tmp_path: Path) -> None:
    tokens = "colour: {accent: {light: '#8a1c3c', dark: '#f0a0b8', contrast: '#5a0c22', print: '#8a1c3c'}}\n"
    theme(
        tmp_path, "house", "name: house\nparent: audit\ntokens: tokens.yaml\nstyles: [own.css]\n",
        tokens_dot_yaml=tokens, own_dot_css="h1{font-style:italic}\n",
        templates__404_dot_html="{% extends 'layout.html' %}{% block main %}Gone{% endblock %}",
    )  # fmt: skip
    house = load_theme("house", tmp_path)
    assert [layer.file.name for layer in house.layers] == ["house", "audit", "base"]
    assert "#8a1c3c" in house.tokens.css()
    assert [name for name, _ in house.assets("styles")][-1] == "own.css"
    assert house.templates[0] == tmp_path / "themes/house/templates"


def test_a_stylesheet_of_the_parents_name_takes_its_place(tmp_path: Path) -> None:
    theme(tmp_path, "house", "name: house\nparent: base\nstyles: [page.css]\n", page_dot_css="mine")
    styles = dict(load_theme("house", tmp_path).assets("styles"))
    assert styles["page.css"] == tmp_path / "themes/house/page.css"
    assert next(iter(styles)) == "page.css"


def test_a_project_file_goes_before_the_theme_and_can_reach_past_itself(tmp_path: Path) -> None:
    theme(
        tmp_path, "plain", "name: plain\n",
        templates__a_dot_html="theme's a{% block b %}, theme's b{% endblock %}", templates__c_dot_html="theme's c",
    )  # fmt: skip
    (tmp_path / "templates").mkdir()
    own = "{% extends '!parent/a.html' %}{% block b %}, own b after {{ super() }}{% endblock %}"
    (tmp_path / "templates/a.html").write_text(own, "utf-8")
    assert rendered(tmp_path, "plain", "a.html") == "theme's a, own b after , theme's b"
    assert rendered(tmp_path, "plain", "c.html") == "theme's c"


@pytest.mark.parametrize(
    ("name", "said"),
    [("adit", "Did you mean audit?"), ("nothing-like-it", "Known: audit, base, house.")],
)
def test_an_unknown_theme_is_told_with_those_there_are(tmp_path: Path, name: str, said: str) -> None:
    theme(tmp_path, "house", "name: house\n")
    with pytest.raises(ConfigError, match=r"theme\.name") as caught:
        load_theme(name, tmp_path)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: house\nparent: hause\n", "there is no theme 'hause'. Did you mean house?"),
        ("name: house\nparent: house\n", "house is among its own parents"),
        ("name: house\nstyle: [x.css]\n", "theme.yaml is not valid"),
        ("name: [", "theme.yaml is not valid"),
        ("", "theme.yaml is not valid"),
        ("name: house\nstyles: [none.css]\n", "none.css"),
        ("name: house\ntokens: none.yaml\n", "none.yaml"),
        ("name: other\n", "other"),
    ],
)
def test_a_faulty_theme_is_an_error_of_the_configuration(tmp_path: Path, text: str, said: str) -> None:
    theme(tmp_path, "house", text)
    with pytest.raises(ConfigError) as caught:
        load_theme("house", tmp_path)
    assert said in str(caught.value)


def test_two_themes_that_name_each_other_end(tmp_path: Path) -> None:
    theme(tmp_path, "one", "name: one\nparent: two\n")
    theme(tmp_path, "two", "name: two\nparent: one\n")
    with pytest.raises(ConfigError, match="among its own parents"):
        load_theme("one", tmp_path)


def test_mistakes_in_templates_name_the_file_and_its_line(tmp_path: Path) -> None:
    theme(
        tmp_path, "plain", "name: plain\n",
        templates__undefined_dot_html="one\n{{ missing }}", templates__syntax_dot_html="one\ntwo\n{% if %}",
        templates__include_dot_html="one\n{% include 'none.html' %}",
    )  # fmt: skip
    for template, said in (
        ("undefined.html", "template undefined.html:2: UndefinedError"),
        ("syntax.html", "syntax.html:3"),
        ("include.html", "none.html"),
        ("absent.html", "template absent.html: no theme provides it."),
    ):
        with pytest.raises(CxreportError) as caught:
            rendered(tmp_path, "plain", template)
        assert said in str(caught.value)


def test_customers_words_are_escaped_in_every_template(tmp_path: Path) -> None:
    theme(tmp_path, "plain", "name: plain\n", templates__a_dot_html="<p>{{ text }}</p>")
    assert rendered(tmp_path, "plain", "a.html", text="<script>") == "<p>&lt;script&gt;</p>"
