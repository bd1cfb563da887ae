"""The project's key: pseudonyms depend on it, and it never leaves the project."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from cxreport.model.problem import ConfigError, Problem


def project_key(folder: Path, configured: str | None, environ: Mapping[str, str] = os.environ) -> bytes:
    """`CXREPORT_KEY`, else the configuration's (invented data), else `folder/key`, made once (0600)."""
    given = environ.get("CXREPORT_KEY") or configured
    if given:
        if len(given) < 16:
            raise ConfigError(Problem("CXREPORT_KEY", "it is shorter than 16 characters.", "Use a longer one."))
        return given.encode()
    path = folder / "key"
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_text("utf-8").strip().encode()
