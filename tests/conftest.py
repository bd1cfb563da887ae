"""Fixtures every test may use: real exports, a browser, and property tests that repeat exactly."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "cxreport",
    derandomize=True,
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("cxreport")

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CHROMIUM_PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"${PROGRAMFILES}\Google\Chrome\Application\chrome.exe",
    r"${PROGRAMFILES(X86)}\Google\Chrome\Application\chrome.exe",
    r"${LOCALAPPDATA}\Google\Chrome\Application\chrome.exe",
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by the fixtures they ask for, so that `-m "not browser"` cannot miss one.

    Where several processes share the work, a file stays together, and so does all that looks at the built demo.
    """
    for item in items:
        built = "built" in item.path.parent.parts
        item.add_marker(pytest.mark.xdist_group("built" if built else item.path.as_posix()))
        fixtures = getattr(item, "fixturenames", ())
        if "shared" in fixtures:
            item.add_marker(pytest.mark.data)
        if "chromium" in fixtures:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def shared() -> Callable[[str], Path]:
    """A function from a path below `CXREPORT_TEST_DATA` to that file; it skips the test if there is none."""

    def find(relative: str) -> Path:
        root = os.environ.get("CXREPORT_TEST_DATA")
        if not root:
            pytest.skip("CXREPORT_TEST_DATA is not set: it names the folder that holds data/ and samples/")
        path = Path(root) / relative
        if not path.exists():
            pytest.skip(f"CXREPORT_TEST_DATA holds no {relative}")
        return path

    return find


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of an installed Chromium or Chrome; skips the test when there is none."""
    named = os.environ.get("CXREPORT_CHROMIUM")
    if named:
        found = shutil.which(named)
        return found or pytest.fail(f"CXREPORT_CHROMIUM names {named}, which cannot be run")
    candidates = (*CHROMIUM_NAMES, *(os.path.expandvars(place) for place in CHROMIUM_PLACES))
    for candidate in candidates:
        found = shutil.which(candidate)
        if found:
            return found
    return pytest.skip("no Chromium or Chrome found: install one or set CXREPORT_CHROMIUM")
