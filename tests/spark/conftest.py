"""One Spark session for all tests of the engine; without pyspark or Java they are skipped, visibly."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

SETTINGS = {
    "spark.driver.memory": "1g",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.log.level": "ERROR",
}
"""Small tables are planned, not computed, most of the time."""


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """A real session of two cores on this machine."""
    pytest.importorskip("pyspark", reason="the extra `spark` is not installed")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, which is not installed")
    from cxreport.engine.cluster import session

    started = session("local[2]", SETTINGS)
    yield started
    started.stop()
