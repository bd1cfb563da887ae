"""Fixtures of the tests of the source `reviews`."""

from __future__ import annotations

from pathlib import Path

import pytest

from .exports import Write


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file by name and content."""

    def _write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return _write
