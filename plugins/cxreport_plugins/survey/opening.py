"""Open a survey export, table or JSON, once it is known what it is."""

from __future__ import annotations

from cxreport.api import Detection, Input, ReadError, reading
from cxreport_plugins.common.look import Look
from cxreport_plugins.survey import spss
from cxreport_plugins.survey.api import formats as api
from cxreport_plugins.survey.api.items import ItemTable
from cxreport_plugins.survey.formats import Recognised, recognise

_OTHERS = ("PAR1",)
"""How Parquet begins: no survey tool writes it."""


def recognised(data: Input, encoding: str | None) -> Detection | None:
    """What a file is, by its header records or its first JSON object; None for folders, ZIPs and anything else.

    Raises ReadError for what can be no table, such as a picture.
    """
    sav = spss.recognise(data)
    if sav is not None:
        return sav
    look = Look(data)
    table = _table(look, encoding)
    found = recognise(table.preview) if table is not None else None
    if found is not None:
        return found.detection
    shape = api.recognise(look) if data.kind == "file" else None
    return shape[0] if shape is not None else None


def opened(data: Input, encoding: str | None) -> reading.Table:
    """The table with its header records settled. Raises ReadError when it is no survey export."""
    if spss.recognise(data) is not None:
        return spss.SavTable(data, encoding)
    look = Look(data)
    table = _table(look, encoding)
    found: Recognised | None = recognise(table.preview) if table else None
    if table is not None and found is not None:
        return reading.open_table(
            data, encoding=encoding, header=found.header + 1, header_rows=found.header_rows, sheet=table.sheet
        )
    shape = api.recognise(look) if data.kind == "file" else None
    if shape is None:
        raise ReadError(data.path, "is no survey export that is known.", mend="Try the source type `table`.")
    return ItemTable(data, shape[1], encoding)


def _table(look: Look, encoding: str | None) -> reading.Table | None:
    if look.data.kind != "file" or look.is_json or look.text.startswith(_OTHERS):
        return None
    return reading.open_table(look.data, encoding=encoding, header=_header)


def _header(preview: list[list[str]]) -> int | None:
    found = recognise(preview)
    return found.header if found else None
