"""Who writes with a configured handle is a brand: without this, a brand's own answers count as nobody's."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from cxreport.plugin.context import Brand, Company, Context
from cxreport.stages.entry import authorship

CONTEXT = Context(
    brand=Brand(
        Company(name="Meridian Air", handles=("@MeridianAir",)), (Company(name="Norda", handles=("flynorda",)),)
    ),
    base=Path(),
)


@pytest.mark.parametrize(
    ("handle", "told", "basis", "wanted"),
    [
        ("meridianair", None, None, (True, "author_list")),
        (" @MeridianAir ", None, None, (True, "author_list")),
        ("flynorda", None, None, (True, "author_list")),
        ("meridianair_fan", None, None, (None, None)),
        (None, None, None, (None, None)),
        ("meridianair", False, "inbound_flag", (False, "inbound_flag")),
        ("somebody", True, "role", (True, "role")),
    ],
)
def testauthorship(
    handle: str | None, told: bool | None, basis: str | None, wanted: tuple[bool | None, str | None]
) -> None:
    types = {"author_handle": pl.String, "brand_authored": pl.Boolean, "brand_authored_basis": pl.String}
    frame = pl.DataFrame([(handle, told, basis)], schema=types, orient="row")
    assert frame.select(*authorship(CONTEXT)).row(0) == wanted
