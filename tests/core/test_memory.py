"""How Polars' allocator is asked to keep memory: by default, and not against a person's own setting."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

SETTING = "_RJEM_MALLOC_CONF"


@pytest.mark.parametrize(
    ("own", "then"), [(None, "dirty_decay_ms:2000,muzzy_decay_ms:2000"), ("narenas:1", "narenas:1")]
)
def test_memory_is_kept_for_a_while_unless_a_person_says_otherwise(own: str | None, then: str) -> None:
    known = {name: value for name, value in os.environ.items() if name != SETTING}
    command = f"import sys, os, cxreport; print(os.environ[{SETTING!r}], 'polars' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", command],
        env=known | ({SETTING: own} if own else {}),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [then, "False"]
