"""Translations: one gettext catalogue (`locale/LANGUAGE.po`) for the core, each theme, each plugin and the project."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from cxreport.model.problem import CxreportError, Problem

CORE = Path(__file__).parents[1]
_PART = re.compile(r"\{\w*\}")


class Texts:
    """What the catalogues of a language say together; of two that translate a message, the nearest folder's counts.

    `folders` come nearest first, the core's own last; what the plugins of a package share lies a folder above theirs.
    What none of them has stays in English.
    Raises `CxreportError` for a file that is no catalogue.
    """

    def __init__(self, language: str = "en", folders: Iterable[Path] = ()) -> None:
        self.texts = NullTranslations()
        self.forms: list[tuple[re.Pattern[str], str]] = []
        near = list(folders)
        for folder in dict.fromkeys([*near, *(place.parent for place in near), CORE]):
            path = folder / "locale" / f"{language}.po"
            if path.is_file():
                self._add(path, language)
        self.forms.sort(key=lambda form: -len(_PART.sub("", form[1])))

    def _add(self, path: Path, language: str) -> None:
        stat = path.stat()
        compiled, forms = _compiled(path, language, stat.st_size, stat.st_mtime_ns)
        self.texts.add_fallback(GNUTranslations(BytesIO(compiled)))
        self.forms += forms

    def one(self, text: str) -> str:
        """The translation of a message, its `{parts}` not filled in."""
        return self.texts.gettext(text) if text else text

    def many(self, one: str, many: str, n: int) -> str:
        """The form of a message that agrees with `n`."""
        return self.texts.ngettext(one, many, n)

    def retold(self, sentence: str) -> str:
        """The translation of a sentence whose parts are filled in already, as an audit holds it."""
        if not sentence or (whole := self.one(sentence)) != sentence:
            return whole if sentence else ""
        for form, message in self.forms:
            if found := form.fullmatch(sentence):
                parts = {name: self.retold(part) for name, part in found.groupdict().items()}
                return self.one(message).format(**parts)
        return sentence


@lru_cache(maxsize=128)
def _compiled(
    path: Path, language: str, _size: int, _changed: int
) -> tuple[bytes, tuple[tuple[re.Pattern[str], str], ...]]:
    """The catalogue in gettext's binary form, and the forms of its messages with parts; read once while unchanged."""
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError) as error:
        raise CxreportError(Problem(str(path), f"no catalogue of translations: {error}.")) from error
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    single = (message.id for message in catalogue if isinstance(message.id, str) and "{" in message.id)
    return compiled.getvalue(), tuple((_form(message), message) for message in single)


def _form(message: str) -> re.Pattern[str]:
    """What a sentence looks like that came of a message: anything where its parts stand."""
    return re.compile("".join(_pieces(message)), re.DOTALL)


def _pieces(message: str) -> Iterator[str]:
    seen: set[str] = set()
    for literal, part, _, _ in Formatter().parse(message):
        yield re.escape(literal)
        if part:
            yield f"(?P={part})" if part in seen else f"(?P<{part}>.+?)"
            seen.add(part)
