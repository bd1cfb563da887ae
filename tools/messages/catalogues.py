"""One catalogue for the core, each theme and each plugin, and one for what the plugins of a package share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.pofile import read_po, write_po

from tools.messages.texts import Module, Text, declared, template
from tools.reference.shipped import ours, registry

ROOT = Path(__file__).parents[2]
LANGUAGES = ("ru",)
PACKAGES = ("plugins/cxreport_plugins", "themes/cxreport_themes")
SHARED = ("common",)
"""Folders of a package that are no plugins: their texts stand in the package's own catalogue."""
WIDTH = 118


@cache
def said_of_measures() -> tuple[tuple[Text, Path], ...]:
    """Each text that a shipped measure says of itself, and the module of that measure."""
    found = registry()
    measures = [measure for _, measure in ours(found.measures, found)]
    specs = [(measure, find_spec(measure.__module__)) for measure in measures]
    return tuple((text, Path(str(spec.origin))) for measure, spec in specs if spec for text in declared(measure))


@dataclass(frozen=True)
class Texts:
    """The texts below some folders, and the catalogue that translates them."""

    name: str
    home: Path
    language: str
    folders: tuple[Path, ...]
    elsewhere: frozenset[Text] = frozenset()
    """Texts that a catalogue translates which everybody has: the core's, those that plugins share."""

    @property
    def path(self) -> Path:
        """The catalogue's file."""
        return self.home / "locale" / f"{self.language}.po"

    @cached_property
    def files(self) -> list[Path]:
        """Modules and templates, in the order of their names."""
        return sorted(path for folder in self.folders for path in folder.rglob("*") if path.is_file())

    @cached_property
    def modules(self) -> dict[Path, Module]:
        """What each module says."""
        return {path: Module(path) for path in self.files if path.suffix == ".py"}

    @cached_property
    def texts(self) -> dict[Text, None]:
        """All texts, in the order of files and lines."""
        found: dict[Text, None] = {}
        for path in self.files:
            if path in self.modules:
                found.update(dict.fromkeys(self.modules[path].texts))
            elif path.suffix in (".html", ".xml"):
                found.update(dict.fromkeys(template(path)))
        for text, path in said_of_measures():
            if any(path.is_relative_to(folder) for folder in self.folders):
                found[text] = None
        singles = {text[0] for text in found if isinstance(text, tuple)}
        return {text: None for text in found if text not in singles and text not in self.elsewhere}

    @cached_property
    def known(self) -> Catalog:
        """What is translated so far."""
        if not self.path.is_file():
            return Catalog(locale=self.language)
        with self.path.open("rb") as file:
            return read_po(file, locale=self.language, abort_invalid=True)

    def messages(self) -> Iterator[Message]:
        """Each text with its translation, empty where there is none."""
        for text in self.texts:
            known = self.known.get(text if isinstance(text, str) else text[0])
            yield Message(text, known.string if known and known.id == text else "")

    def written(self) -> str:
        """The catalogue as its file should be."""
        fresh = Catalog(locale=self.language, fuzzy=False)
        for message in self.messages():
            fresh.add(message.id, message.string)
        text = BytesIO()
        write_po(text, fresh, width=WIDTH, omit_header=True)
        return f"# Texts of {self.name}. `python -m tools.messages` keeps them in step.\n\n" + text.getvalue().decode()

    def waiting(self) -> list[str]:
        """Texts without a translation, or with a plural form that has none."""
        found = {m.id if isinstance(m.id, str) else m.id[0]: m.string for m in self.messages()}
        return [text for text, said in found.items() if not said or not all(said)]


def catalogues(language: str) -> Iterator[Texts]:
    """All catalogues of the project that have a text; what the core says stands in no other, nor what plugins share."""
    core = Texts("the core", ROOT / "cxreport", language, (ROOT / "cxreport",))
    every = [core]
    for package in map(ROOT.joinpath, PACKAGES):
        folders = sorted(f for f in package.iterdir() if f.is_dir() and f.name not in ("locale", "__pycache__"))
        common = tuple(f for f in folders if f.name in SHARED)
        shared = Texts("the shared code of plugins", package, language, common, frozenset(core.texts))
        known = frozenset((*core.texts, *shared.texts))
        every += [shared, *(Texts(f.name, f, language, (f,), known) for f in folders if f not in common)]
    yield from (each for each in every if each.texts)
