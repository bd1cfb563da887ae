"""The coding page: the sheet as one HTML file for the keyboard, without a server and without any other origin."""

from __future__ import annotations

import base64
import hashlib
import json
from importlib.resources import files
from string import Template
from typing import Any, Final

import polars as pl

from cxreport.coding.sheet import SHOWN, Codes
from cxreport.model.coding import MULTIPLE, NONE

_TITLES: Final = {
    "voice": "Who writes?",
    "sentiment": "How does the writer feel about it?",
    "moment": "What is it about?",
    "acts": "What does the text do?",
    "themes": "Which themes?",
}
"""Field → its question, in the order asked: of somebody who is no customer nothing more need be told."""
_KEYS: Final = {
    "sentiment": "123",
    "moment": "qwert",
    "voice": "yn",
    "acts": "asdfghvb",
    "themes": "ABCDEFGHIJKLMNOPQRSTUVWYZ",
}
"""Keys of the codes of a field, in order; `x` and `X` say that none holds, `j`, `k` and `u` move and undo."""
_NONE_KEYS: Final = {"acts": "x", "themes": "X"}


def coding_page(rows: pl.DataFrame, codes: Codes, client: str) -> str:
    """The page for the rows of `sheet`; its only text of customers is theirs, redacted."""
    here = files(__package__)
    style, script, template = ((here / name).read_text("utf-8") for name in ("page.css", "page.js", "page.html"))
    data = json.dumps(_data(rows, codes), ensure_ascii=False).replace("<", "\\u003c")
    return Template(template).substitute(
        client=_escaped(client), style=style, script=script, data=data,
        style_hash=_digest(style), script_hash=_digest(script),
    )  # fmt: skip


def _data(rows: pl.DataFrame, codes: Codes) -> dict[str, Any]:
    kept = [name for name in rows.columns if name not in SHOWN]
    ids = "\n".join(rows["record_id"])
    return {
        "sheet": hashlib.sha256(ids.encode()).hexdigest()[:12],
        "columns": kept,
        "fields": [_field(name, codes[name]) for name in _TITLES if name in rows.columns],
        "rows": rows.select("record_id", "stratum", "weight", *SHOWN).to_dicts(),
    }


def _field(name: str, meanings: Any) -> dict[str, Any]:
    many = name in MULTIPLE
    keys = dict(zip(meanings, _KEYS[name], strict=False))
    choices = [{"code": code, "means": means, "key": keys.get(code, "")} for code, means in meanings.items()]
    none = [{"code": NONE, "means": "looked at, and none holds", "key": _NONE_KEYS[name]}] if many else []
    return {"name": name, "title": _TITLES[name], "many": many, "choices": [*choices, *none]}


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
