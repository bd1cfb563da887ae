"""Why a file is not recognised: the plainest thing that is wrong with it, and what to do."""

from __future__ import annotations

from .containers import Input
from .problems import ReadError

_LOOK_BYTES = 1 << 20
_EXPORT = "Take the export itself, as CSV, JSON or XLSX."
_KINDS = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"PK", "a ZIP or a document"),
    (b"\xd0\xcf\x11\xe0", "a document of Microsoft Office before 2007"),
)
_TEXT_MARKS = (b"\xff\xfe", b"\xfe\xff")
_INSPECT = "`cxreport inspect` says what it may be."


def why_unknown(data: Input) -> str:
    """What keeps a file from being recognised, as far as its first megabyte shows, and what to do. Never raises."""
    try:
        head = data.head(size=_LOOK_BYTES)
    except ReadError as error:
        return f"it {error.detail} {error.mend}".strip()
    text = head.decode("utf-16" if head.startswith(_TEXT_MARKS) else "utf-8", "replace").strip("\ufeff\0 \t\r\n")
    kind = next((kind for magic, kind in _KINDS if head.startswith(magic)), None)
    if data.kind != "file":
        return f"as a whole it is no export. {_INSPECT}"
    if not head:
        return "it is empty. Export it again, or leave it out."
    if not text:
        return "it holds nothing but blanks. Export it again, or leave it out."
    if kind is not None:
        return f"it is {kind}. {_EXPORT}"
    return _of_text(head, text)


def _of_text(head: bytes, text: str) -> str:
    strange = text.count("\0") + text.count("\ufffd")
    if 20 * strange > len(text):
        return f"it is no text: it looks like a binary file, or is damaged. {_EXPORT}"
    if text.startswith("<"):
        return f"it is a page or XML without reviews that are marked as such. {_EXPORT}"
    if text.startswith(("{", "[")):
        return f"it is JSON, broken or of no known form. {_INSPECT}"
    if len(head) == _LOOK_BYTES and not head.count(b"\n") and not head.count(b"\r"):
        return f"its first line is longer than {_LOOK_BYTES:,} bytes, so it is no table. {_EXPORT}"
    return _INSPECT
