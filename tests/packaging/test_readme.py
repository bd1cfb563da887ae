"""What README.md shows must exist and work."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cxreport.config.load import load_config

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def test_every_link_leads_to_a_file() -> None:
    targets = set(re.findall(r"\]\(([^)\s]+)\)", README))
    local = {target for target in targets if "://" not in target}
    assert {target for target in local if not (ROOT / target).exists()} == set()


def test_every_target_of_make_is_one() -> None:
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)", README)) <= targets
    assert set(re.findall(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)[0].split()) == targets


@pytest.mark.parametrize("example", re.findall(r"^```yaml\n(.*?)^```", README, re.MULTILINE | re.DOTALL))
def test_every_configuration_is_valid(example: str, tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(example, encoding="utf-8")
    config, _ = load_config(path)
    assert [source["type"] for source in config.sources] == ["twitter", "reviews", "survey", "table"]
