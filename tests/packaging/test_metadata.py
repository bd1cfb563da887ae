"""What pyproject.toml promises: version, entry points, licences."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

import cxreport

ROOT = Path(__file__).parents[2]
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT: dict[str, Any] = PYPROJECT["project"]
SHARED = {"common"}  # what first-party plugins have in common: it registers nothing
KNOWN_LICENCES = re.compile(r"MIT|BSD|Apache|MPL|Mozilla|PSF|Python Software Foundation|ISC|Zlib")
REFUSED_LICENCES = re.compile(r"GPL|General Public|Commercial|Proprietary")


def features(folder: str) -> set[str]:
    """Names of the packages right below `folder` that are a plugin or a theme."""
    return {path.parent.name for path in (ROOT / folder).glob("*/__init__.py")} - SHARED


def closure(requirements: list[str]) -> set[str]:
    """Names of all distributions that these requirements bring into this environment."""
    names: set[str] = set()
    waiting = [Requirement(text) for text in requirements]
    while waiting:
        requirement = waiting.pop()
        applies = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        if applies and requirement.name not in names:
            names.add(requirement.name)
            waiting += [Requirement(text) for text in metadata.requires(requirement.name) or []]
    return names


def licence(distribution: str) -> str:
    """What a distribution's metadata says about its licence: expression or first line, and classifiers.

    Only the first line, because the whole text may go on with the licences of what a wheel links to.
    """
    info = metadata.metadata(distribution)
    stated = (info.get_all("License-Expression") or info.get_all("License") or [""])[0]
    classifiers = [c for c in info.get_all("Classifier") or [] if c.startswith("License")]
    return " | ".join([*stated.splitlines()[:1], *classifiers])


def test_the_changelog_tells_of_this_version() -> None:
    assert f"## {PROJECT['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_installed_version_is_that_of_the_clone() -> None:
    try:
        installed = metadata.version("cxreport")
    except metadata.PackageNotFoundError:
        pytest.skip("cxreport is on the path but not installed")
    assert cxreport.__version__ == installed == PROJECT["version"]


@pytest.mark.parametrize(
    ("group", "folder"),
    [
        ("cxreport.plugins", "plugins/cxreport_plugins"),
        ("cxreport.themes", "themes/cxreport_themes"),
    ],
)
def test_every_first_party_package_is_an_entry_point_and_the_other_way_round(group: str, folder: str) -> None:
    registered: dict[str, str] = PROJECT["entry-points"][group]
    package = Path(folder).name
    assert registered == {name: f"{package}.{name}" for name in sorted(features(folder))}


def test_every_runtime_dependency_has_a_permissive_licence() -> None:
    licences = {name: licence(name) for name in closure(PROJECT["dependencies"])}
    refused = {
        name: text
        for name, text in licences.items()
        if not KNOWN_LICENCES.search(text) or REFUSED_LICENCES.search(text)
    }
    assert refused == {}


def test_every_dependency_states_its_licence_and_reason() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    start = lines.index("dependencies = [")
    listed = lines[start + 1 : lines.index("]", start)]
    assert len(listed) == len(PROJECT["dependencies"])
    assert [line for line in listed if "; " not in line.partition("#")[2]] == []
