"""The demo is built once; its other editions are rendered from the same audit."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from cxreport.build import build
from cxreport.config.models import Profile
from cxreport.plan import make_plan
from cxreport.progress import Meter
from cxreport.render.site import render
from cxreport.stages.edition import edition_of

from .demo import Demo, copy_project
from .hostile import hostile_project


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
        render(edition_of(demo.built.audit, profile), demo.plan, folder)
        return folder

    return rendered


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of records, names and options that attack a careless page."""
    plan = make_plan(hostile_project(tmp_path_factory.mktemp("hostile")), "config.yaml")
    return build(plan, Meter()).site
