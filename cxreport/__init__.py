"""cxreport: customer-feedback exports in, an honest customer-experience audit out."""

from __future__ import annotations

import os
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any

# Polars soon asks again for the memory it lets go of: to hand it back at once costs a tenth of loading. It reads this
# when it is first imported, and a person's own setting comes first.
os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:2000,muzzy_decay_ms:2000")

try:
    __version__ = version("cxreport")
except PackageNotFoundError:  # a source tree that was never installed
    __version__ = "0"


def __getattr__(name: str) -> Any:
    """Re-export the public API without importing it at start-up."""
    # `from cxreport import stats` asks here before it looks for the module
    if find_spec(f"{__name__}.{name}"):
        return import_module(f"{__name__}.{name}")
    try:
        return getattr(import_module(f"{__name__}.api"), name)
    except AttributeError:
        raise AttributeError(f"module 'cxreport' has no attribute {name!r}") from None
