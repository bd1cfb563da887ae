"""Translations: one gettext catalogue (`locale/LANGUAGE.po`) for the core, each theme, each plugin and the project."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from cxreport.model.problem import CxreportError, Problem

CORE = Path(__file__).parents[1]


def translations(language: str, folders: Iterable[Path]) -> NullTranslations:
    """What the catalogues of `language` say together; of two that translate a message, the earlier folder's counts.

    The core's own comes last. A message that none of them has stays as the source has it, in English.
    Raises `CxreportError` for a catalogue that is not one.
    """
    found = NullTranslations()
    for folder in [*folders, CORE]:
        path = folder / "locale" / f"{language}.po"
        if path.is_file():
            found.add_fallback(_read(path, language))
    return found


def _read(path: Path, language: str) -> NullTranslations:
    stat = path.stat()
    return GNUTranslations(BytesIO(_compiled(path, language, stat.st_size, stat.st_mtime_ns)))


@lru_cache(maxsize=128)
def _compiled(path: Path, language: str, _size: int, _changed: int) -> bytes:
    """The catalogue in gettext's binary form; read once for as long as the file stays as it is."""
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError) as error:
        raise CxreportError(Problem(str(path), f"no catalogue of translations: {error}.")) from error
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    return compiled.getvalue()
