"""The demo is built once; its other editions are rendered from the same audit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from cxreport.build import build
from cxreport.config.models import Profile
from cxreport.plan import make_plan
from cxreport.progress import Meter
from cxreport.render.site import render
from cxreport.stages.edition import edition_of

from .demo import Demo, copy_project
from .hostile import hostile_project
from .looking import FLAGS


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demo audit of the repository, built in a folder of its own."""
    folder = tmp_path_factory.mktemp("demo")
    plan = make_plan(copy_project(folder), "config.yaml")
    return Demo(folder, plan, build(plan, Meter()))


@pytest.fixture(scope="session")
def site_of(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Profile], Path]:
    """The site of the demo as a privacy profile shows it."""

    @cache
    def rendered(profile: Profile) -> Path:
        if profile == demo.plan.config.privacy.profile:
            return demo.site
        folder = tmp_path_factory.mktemp(profile) / "site"
        render(edition_of(demo.built.audit, profile, demo.built.dossier), demo.plan, folder)
        return folder

    return rendered


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of records, names and options that attack a careless page."""
    plan = make_plan(hostile_project(tmp_path_factory.mktemp("hostile")), "config.yaml")
    return build(plan, Meter()).site


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    """One browser for all tests."""
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture(scope="module")
def page(browser: Any) -> Iterator[Any]:
    """A page with scripts, at the width of a laptop."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def still(browser: Any) -> Iterator[Any]:
    """A page of a browser that runs no scripts."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    yield context.new_page()
    context.close()
