"""cxreport: customer-feedback exports in, an honest customer-experience audit out."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Any

try:
    __version__ = version("cxreport")
except PackageNotFoundError:  # a source tree that was never installed
    __version__ = "0"


def __getattr__(name: str) -> Any:
    """Re-export the public API without importing it at start-up."""
    from cxreport import api

    try:
        return getattr(api, name)
    except AttributeError:
        raise AttributeError(f"module 'cxreport' has no attribute {name!r}") from None
