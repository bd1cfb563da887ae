"""Serving: pages with the reload script, a new version after a change, the last good site and the problem after a mistake."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from cxreport.serve import PREFIX, Workshop

PATIENCE = 60.0


class Shop:
    """A workshop under test."""

    def __init__(self, project: Path, url: str, workshop: Workshop, said: list[str]) -> None:
        self.project, self.url, self.workshop, self.said = project, url, workshop, said

    def get(self, path: str) -> str:
        with urlopen(self.url + path, timeout=30) as answer:
            body: bytes = answer.read()
        return body.decode("utf-8")

    def state(self, seen: str = "") -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads(self.get(f"{PREFIX[1:]}/state{seen}"))
        return loaded

    def after(self, change: Callable[[], object]) -> dict[str, Any]:
        """The state that follows a change of a file."""
        version = self.workshop.state.version
        change()
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            state = self.state(f"?{version}")
            if state["version"] > version:
                return state
        raise AssertionError(f"nothing happened; it said {self.said}")


@pytest.fixture
def shop(project: Path) -> Iterator[Shop]:
    said: list[str] = []
    workshop = Workshop(project / "config.yaml", said.append)
    assert workshop.rebuild(), said
    stop = threading.Event()
    with workshop.server(0) as url:
        watching = threading.Thread(target=workshop.watch, args=(stop,), daemon=True)
        watching.start()
        time.sleep(0.5)
        yield Shop(project, url, workshop, said)
        stop.set()
        watching.join(10)


def test_a_change_is_built_and_a_mistake_keeps_the_last_good_site(shop: Shop) -> None:
    page = shop.get("note-first.html")
    assert "The score is" in page
    assert f"{PREFIX}/live.js" in page
    assert page.count("</body>") == 1
    assert shop.get("") == shop.get("index.html")
    assert shop.state() == {"version": 1, "problem": ""}

    note = shop.project / "notes/first.md"
    changed = shop.after(lambda: note.write_text("A better sentence.\n", "utf-8"))
    assert changed == {"version": 2, "problem": ""}
    assert "A better sentence." in shop.get("note-first.html")

    config = shop.project / "config.yaml"
    good = config.read_text("utf-8")
    broken = shop.after(lambda: config.write_text(good.replace("site:", "siet:"), "utf-8"))
    assert broken["version"] == 3
    assert "siet: this key is unknown. Did you mean site?" in broken["problem"]
    assert "A better sentence." in shop.get("note-first.html"), "the last good site stays"

    mended = shop.after(lambda: config.write_text(good.replace("Small audit", "Mended audit"), "utf-8"))
    assert mended == {"version": 4, "problem": ""}
    assert "Mended audit" in shop.get("index.html")


def test_assets_scripts_and_missing_pages(shop: Shop) -> None:
    assert "overlay" in shop.get(f"{PREFIX[1:]}/live.js")
    assert "cxreport-problem" in shop.get(f"{PREFIX[1:]}/live.css")
    assert "--ink" in shop.get("assets/tokens.css")
    with pytest.raises(HTTPError) as missing:
        shop.get("no-such-page.html")
    assert missing.value.code == 404
    with pytest.raises(HTTPError) as outside:
        shop.get("../config.yaml")
    assert outside.value.code == 404
    for secret in ("%2e%2e/config.yaml", "..%2fconfig.yaml", "%2e%2e/.cxreport/audit.json"):
        with pytest.raises(HTTPError) as outside:
            shop.get(secret)
        assert outside.value.code == 404


def test_without_any_good_build_the_problem_is_shown(project: Path) -> None:
    import shutil

    shutil.rmtree(project / "site")
    (project / "config.yaml").write_text("version: 1\n", "utf-8")
    workshop = Workshop(project / "config.yaml", lambda text: None)
    assert not workshop.rebuild()
    with workshop.server(0) as url:
        with urlopen(url, timeout=30) as answer:
            assert f"{PREFIX}/live.js".encode() in answer.read()
        with urlopen(f"{url}{PREFIX[1:]}/state", timeout=30) as answer:
            assert "brand: it is missing." in json.loads(answer.read())["problem"]


def test_an_unforeseen_failure_is_shown_and_watching_goes_on(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError("the sky fell")

    workshop = Workshop(project / "config.yaml", lambda text: None)
    monkeypatch.setattr("cxreport.serve.build", broken)
    assert not workshop.rebuild()
    assert "the sky fell" in workshop.state.wait(None)["problem"]


def test_what_a_build_writes_itself_starts_no_build(project: Path) -> None:
    workshop = Workshop(project / "config.yaml", lambda text: None)
    for path in (
        "site/index.html",
        ".site.old/index.html",
        ".cxreport/audit.json",
        "plugins/__pycache__/x.pyc",
        ".git/HEAD",
    ):
        assert not workshop._matters(None, str(project / path)), path
    for path in ("config.yaml", "notes/first.md", "data/stars.csv", "templates/layout.html", "themes/own/theme.yaml"):
        assert workshop._matters(None, str(project / path)), path
