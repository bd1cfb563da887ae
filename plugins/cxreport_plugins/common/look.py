"""A short look at a file, shared by all formats that want to recognise it; nothing is read twice."""

from __future__ import annotations

import json
import re
from functools import cached_property
from typing import Any

from cxreport.api import Input, ReadError, reading

LOOK_BYTES = 64 << 10
"""Bytes looked at to recognise JSON and JavaScript."""
_DEPTH = 50
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|["{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_CLOSING = {"{": "}", "[": "]"}


class Look:
    """What the beginning of `data` shows. Properties are empty where there is nothing to see; none raises."""

    def __init__(self, data: Input) -> None:
        self.data = data

    @cached_property
    def text(self) -> str:
        """The first 64 KiB as text, without blanks and byte order mark before it; "" for a folder or ZIP."""
        return self.start()

    def start(self, member: str = "", size: int = LOOK_BYTES) -> str:
        """The beginning of a member as text."""
        try:
            head = self.data.head(member, size)
        except ReadError:
            return ""
        wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
        return head.decode("utf-16" if wide else "utf-8", "replace").lstrip("\ufeff \t\r\n")

    @cached_property
    def is_json(self) -> bool:
        """Whether it begins like JSON."""
        return self.text.startswith(("{", "["))

    @cached_property
    def value(self) -> Any:
        """The first JSON value, as far as it is within sight; None when there is none.

        Of a top-level list, its first element.
        """
        value = begun(self.text) if self.is_json else None
        return (value[0] if value else None) if isinstance(value, list) else value

    @cached_property
    def records(self) -> list[list[str]]:
        """The first 15 records, when it is a table whose columns are named by a header row."""
        if self.data.kind != "file" or self.is_json or self.text.startswith(("window.", "var ", "<")):
            return []
        try:
            return reading.open_table(self.data).preview
        except ReadError:
            return []


def begun(text: str) -> Any:
    """The JSON value that begins `text`, whose end may be missing: what is complete of it; None if broken.

    An object loses the field, a list the element, in whose middle the text ends.
    """
    end, opened = _sound(text)
    try:
        return json.loads(text[:end] + "".join(_CLOSING[sign] for sign in reversed(opened)))
    except (ValueError, RecursionError):
        return None


def _sound(text: str) -> tuple[int, str]:
    """How much of `text` is complete, and the brackets still open there."""
    opened, is_value = "", False
    end, still = 0, ""
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign in "{[":
            opened += sign
        elif sign in "}]":
            opened = opened[:-1]
        is_whole = sign in "{}[]" or (
            (is_value or opened.endswith("[")) and sign not in ',:"' and token.end() < len(text)
        )
        is_value = sign == ":"
        if is_whole:
            end, still = token.end(), opened
        if sign == '"' or not opened or len(opened) > _DEPTH:
            break
    return end, still
