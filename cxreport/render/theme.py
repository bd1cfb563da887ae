"""Themes: a folder with `theme.yaml` and no Python needed, over its parents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from importlib.metadata import entry_points
from pathlib import Path

import yaml
from pydantic import Field, ValidationError

from cxreport.config.load import suggestion
from cxreport.model.problem import ConfigError, Problem
from cxreport.plugin.context import Options
from cxreport.render.charts.tokens import Tokens, load_tokens

GROUP = "cxreport.themes"


class ThemeFile(Options):
    """theme.yaml."""

    name: str
    parent: str | None = None
    tokens: str | None = None
    styles: tuple[str, ...] = ()
    """CSS files of the theme, in order, after its parent's."""
    scripts: tuple[str, ...] = ()
    """Classic scripts, loaded with `defer`."""
    files: tuple[str, ...] = ()
    """Other files copied beside the styles, which templates ask for by name: a script that only one page needs."""
    fonts: tuple[str, ...] = ()
    """Font files copied beside the styles."""
    font_folders: tuple[str, ...] = Field(())
    """Folders with TTF files for measuring and drawing chart text."""


@dataclass(frozen=True)
class Layer:
    """One theme of a chain."""

    folder: Path
    file: ThemeFile


@dataclass(frozen=True)
class Theme:
    """A theme and its parents, the theme itself first."""

    layers: tuple[Layer, ...]

    @property
    def name(self) -> str:
        """The chosen theme's name."""
        return self.layers[0].file.name

    @property
    def folders(self) -> list[Path]:
        """The folders of the theme and its parents, nearest first."""
        return [layer.folder for layer in self.layers]

    @property
    def templates(self) -> list[Path]:
        """Template folders, nearest first."""
        return [folder / "templates" for folder in self.folders]

    @cached_property
    def tokens(self) -> Tokens:
        """Design tokens, the furthest parent first, each over the one before."""
        above = tuple(reversed(self.layers))
        files = [layer.folder / layer.file.tokens for layer in above if layer.file.tokens]
        folders = [layer.folder / name for layer in above for name in layer.file.font_folders]
        return load_tokens(*files, font_folders=folders)

    def assets(self, kind: str) -> Iterator[tuple[str, Path]]:
        """(name, file) of `styles`, `scripts`, `files` or `fonts`, parents first; a child's file of that name wins."""
        found: dict[str, Path] = {}
        for layer in reversed(self.layers):
            for name in getattr(layer.file, kind):
                found[Path(name).name] = layer.folder / name
        yield from found.items()


def load_theme(name: str, base: Path) -> Theme:
    """Find a theme by name: the project's `themes/<name>/`, else an installed one. Raises `ConfigError`."""
    layers: list[Layer] = []
    wanted: str | None = name
    while wanted:
        if any(layer.file.name == wanted for layer in layers):
            raise ConfigError(Problem("theme", f"{wanted} is among its own parents."))
        layer = _layer(wanted, base)
        layers.append(layer)
        wanted = layer.file.parent
    return Theme(tuple(layers))


def installed() -> dict[str, Path]:
    """Installed themes by name; one that cannot be imported is left out."""
    found: dict[str, Path] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda p: p.name):
        try:
            found[point.name] = Path(str(resources.files(point.value)))
        except (ImportError, TypeError):
            continue
    return found


def _layer(name: str, base: Path) -> Layer:
    own = base / "themes" / name
    folder = own if (own / "theme.yaml").is_file() else installed().get(name)
    if folder is None or not (folder / "theme.yaml").is_file():
        have = sorted({*installed(), *(p.parent.name for p in (base / "themes").glob("*/theme.yaml"))})
        mend = suggestion(name, have) or "No theme is installed."
        raise ConfigError(Problem("theme.name", f"there is no theme {name!r}.", mend))
    try:
        data = yaml.safe_load((folder / "theme.yaml").read_text("utf-8"))
        layer = Layer(folder, ThemeFile.model_validate(data))
    except (yaml.YAMLError, ValidationError, UnicodeDecodeError) as error:
        raise ConfigError(Problem(f"theme {name}", f"theme.yaml is not valid: {error}")) from None
    faults = list(_faults(name, layer))
    if faults:
        raise ConfigError(*faults)
    return layer


def _faults(name: str, layer: Layer) -> Iterator[Problem]:
    """What theme.yaml says and its folder does not bear out."""
    where, file = f"theme {name}", layer.file
    if file.name != name:
        yield Problem(where, f"theme.yaml calls it {file.name!r}.", "Give it the name of its folder.")
    for path in (*([file.tokens] if file.tokens else ()), *file.styles, *file.scripts, *file.files, *file.fonts):
        if not (layer.folder / path).is_file():
            yield Problem(where, f"there is no file {path}.", "Correct its path in theme.yaml.")
