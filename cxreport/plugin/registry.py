"""What installed and local plugins bring, found in a stable order and without any one stopping the rest."""

from __future__ import annotations

import importlib.util
import inspect
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import partial
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

import pluggy

from cxreport import hookspecs
from cxreport.model.problem import Problem
from cxreport.plugin.context import Plugin
from cxreport.plugin.enricher import Enricher, Relation
from cxreport.plugin.measure import Measure
from cxreport.plugin.section import Section
from cxreport.plugin.source import Source

GROUP = "cxreport.plugins"
KINDS: dict[str, type[Plugin]] = {
    "sources": Source,
    "enrichers": Enricher,
    "relations": Relation,
    "measures": Measure,
    "sections": Section,
}


@dataclass
class PluginInfo:
    """One plugin module: where it comes from and what it brought."""

    name: str
    module: str
    distribution: str
    version: str
    origin: str
    """`installed`, `local` or `listed` (a local file that the configuration does not name)."""
    provides: dict[str, list[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    folder: Path | None = None
    disabled: bool = False

    def complain(self, what: str, mend: str) -> None:
        """Record what is wrong with this plugin."""
        self.problems.append(Problem(f"plugin {self.name} ({self.distribution} {self.version})", what, mend))


@dataclass(frozen=True)
class Registry:
    """Everything registered, by kind and name; classes know their plugin through `owner`."""

    plugins: tuple[PluginInfo, ...]
    sources: dict[str, type[Source]]
    enrichers: dict[str, type[Enricher]]
    relations: dict[str, type[Relation]]
    measures: dict[str, type[Measure]]
    sections: dict[str, type[Section]]
    globals: dict[str, Callable[..., Any]]
    owner: dict[type[Plugin], PluginInfo]

    @property
    def problems(self) -> list[Problem]:
        """Problems of all plugins, in plugin order."""
        return [problem for info in self.plugins for problem in info.problems]


def load_plugins(
    local: Iterable[str] = (), disable: Iterable[str] = (), base: Path = Path(), group: str = GROUP
) -> Registry:
    """Load entry points by name, then local files in the order given; a failing one is reported in place."""
    manager = pluggy.PluginManager("cxreport")
    manager.add_hookspecs(hookspecs)
    off = set(disable)
    infos: list[PluginInfo] = []
    for info, load in (*_installed(group), *_local(local, base)):
        infos.append(info)
        if info.name in off:
            info.disabled = True
        else:
            _register(manager, info, load)
    infos.extend(_listed(local, base))
    return _collect(manager, infos)


def _installed(group: str) -> Iterator[tuple[PluginInfo, Callable[[], Any]]]:
    for point in sorted(entry_points(group=group), key=lambda p: (p.name, p.value)):
        yield _info(point), point.load


def _info(point: EntryPoint) -> PluginInfo:
    dist = point.dist
    name, version = (dist.name, dist.version) if dist else ("unknown", "?")
    return PluginInfo(point.name, point.value, name, version, "installed")


def _local(paths: Iterable[str], base: Path) -> Iterator[tuple[PluginInfo, Callable[[], Any]]]:
    for shown in paths:
        file = base / shown
        info = PluginInfo(Path(shown).stem, shown, "this project", "-", "local")
        yield info, partial(_import_file, file, info.name)


def _listed(paths: Iterable[str], base: Path) -> Iterator[PluginInfo]:
    """Files in `plugins/` that the configuration does not name: shown, never imported."""
    named = {(base / p).resolve() for p in paths}
    folder = base / "plugins"
    files = sorted(folder.glob("*.py")) if folder.is_dir() else []
    for file in files:
        if file.resolve() not in named:
            yield PluginInfo(file.stem, file.relative_to(base).as_posix(), "this project", "-", "listed")


def _import_file(file: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"cxreport_local_{name}", file)
    if spec is None or spec.loader is None or not file.is_file():
        raise FileNotFoundError(f"there is no file {file.name}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _register(manager: pluggy.PluginManager, info: PluginInfo, load: Callable[[], Any]) -> None:
    try:
        module = load()
    except Exception as error:
        info.complain(f"it cannot be imported: {type(error).__name__}: {error}.", "Reinstall or disable it.")
        return
    if not inspect.ismodule(module) or not getattr(module, "__file__", None):
        info.complain("it is not a module with hooks.", "Reinstall it, or correct its entry point.")
        return
    info.folder = Path(inspect.getfile(module)).parent
    for wrong in _misspelt(module):
        close = get_close_matches(wrong, hookspecs.HOOKS, 1)
        hint = f"Did you mean {close[0]}?" if close else f"Hooks are: {', '.join(hookspecs.HOOKS)}."
        info.complain(f"it implements a hook {wrong} that does not exist.", hint)
    try:
        manager.register(module, name=info.name)
    except (pluggy.PluginValidationError, ValueError) as error:
        info.complain(f"it cannot be registered: {error}.", "Rename it or correct its hook signatures.")


def _misspelt(module: Any) -> list[str]:
    functions = (name for name, value in vars(module).items() if inspect.isfunction(value))
    return sorted(n for n in functions if n.startswith("cxreport_") and n not in hookspecs.HOOKS)


def _collect(manager: pluggy.PluginManager, infos: list[PluginInfo]) -> Registry:
    found: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    owner: dict[type[Plugin], PluginInfo] = {}
    functions: dict[str, Callable[..., Any]] = {}
    for info in infos:
        plugin = manager.get_plugin(info.name)
        if plugin is None:
            continue
        for kind, base in KINDS.items():
            for cls in _call(manager, f"cxreport_{kind}", plugin, info):
                if _sound(cls, base, kind, found[kind], owner, info):
                    found[kind][cls.name] = cls
                    owner[cls] = info
                    info.provides.setdefault(kind, []).append(cls.name)
        for mapping in _call_raw(manager, "cxreport_template_globals", plugin, info):
            functions.update(mapping)
            info.provides.setdefault("template globals", []).extend(mapping)
    return Registry(tuple(infos), **found, globals=functions, owner=owner)


def _call(manager: pluggy.PluginManager, hook: str, plugin: Any, info: PluginInfo) -> Iterator[Any]:
    for answer in _call_raw(manager, hook, plugin, info):
        if isinstance(answer, (list, tuple)):
            yield from answer
        else:
            info.complain(f"{hook} returned {type(answer).__name__}.", "It must return a list of classes.")


def _call_raw(manager: pluggy.PluginManager, hook: str, plugin: Any, info: PluginInfo) -> Iterator[Any]:
    for impl in getattr(manager.hook, hook).get_hookimpls():
        if impl.plugin is plugin:
            try:
                yield impl.function()
            except Exception as error:
                info.complain(f"{hook} failed: {type(error).__name__}: {error}.", "Update or disable it.")


def _sound(
    cls: Any, base: type[Plugin], kind: str, taken: dict[str, Any], owner: dict[type[Plugin], PluginInfo],
    info: PluginInfo,
) -> bool:  # fmt: skip
    if not (inspect.isclass(cls) and issubclass(cls, base)) or inspect.isabstract(cls):
        info.complain(f"it registered {cls!r} among {kind}.", f"It must be a complete {base.__name__} class.")
        return False
    name = getattr(cls, "name", None)
    if not isinstance(name, str) or not name:
        info.complain(f"{cls.__name__} has no name.", "Give the class a `name`.")
        return False
    if name in taken:
        other = owner[taken[name]]
        info.complain(f"{kind} already has {name!r} from {other.name} ({other.distribution}).", "Disable one.")
        return False
    return True
