"""cxreport plugins."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from cxreport.plugin.registry import PluginInfo, Registry


@click.command("plugins", short_help="List the plugins, what they bring and what is wrong with them.")
@click.argument("name", required=False)
@click.option("-c", "--config", "path", default="config.yaml", type=click.Path(path_type=Path), show_default=True)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(name: str | None, path: Path, form: str) -> None:
    """All plugins, or everything about one: its options, columns and measures."""
    from cxreport.config.load import suggestion
    from cxreport.model.problem import ConfigError, Problem

    registry = _registry(path)
    chosen = [info for info in registry.plugins if name in (None, info.name)]
    if not chosen:
        known = suggestion(str(name), [info.name for info in registry.plugins])
        raise ConfigError(Problem(str(name), "there is no such plugin.", known))
    if form == "json":
        click.echo(json.dumps([_facts(i, registry) for i in chosen], ensure_ascii=False, indent=1, default=str))
        return
    for info in chosen:
        click.echo(_long(info, registry) if name else _line(info))


def _registry(path: Path) -> Registry:
    """With the project's local plugins when there is a configuration, else what is installed."""
    from cxreport.config.load import load_config
    from cxreport.plugin.registry import load_plugins

    if not path.is_file():
        return load_plugins()
    config, _ = load_config(path, str(path))
    return load_plugins(config.plugins.local, config.plugins.disable, path.resolve().parent)


def _line(info: PluginInfo) -> str:
    state = "disabled" if info.disabled else info.origin
    brings = "; ".join(f"{kind}: {', '.join(names)}" for kind, names in info.provides.items())
    if info.origin == "listed":
        brings = "not run: plugins.local does not name it"
    head = f"{info.name:<14} {info.distribution} {info.version} ({state})  {brings}"
    return "\n".join([head.rstrip(), *(f"  problem: {p.what} {p.mend}" for p in info.problems)])


def _facts(info: PluginInfo, registry: Registry) -> dict[str, Any]:
    return {
        "name": info.name, "module": info.module, "distribution": info.distribution, "version": info.version,
        "origin": info.origin, "disabled": info.disabled, "provides": info.provides,
        "problems": [str(problem) for problem in info.problems],
        "classes": [_class(cls, kind) for cls, kind in _classes(info, registry)],
    }  # fmt: skip


def _classes(info: PluginInfo, registry: Registry) -> list[tuple[Any, str]]:
    from cxreport.plugin.registry import KINDS

    return [(getattr(registry, kind)[name], kind) for kind in KINDS for name in info.provides.get(kind, [])]


def _class(cls: Any, kind: str) -> dict[str, Any]:
    """What one registered class declares."""
    facts: dict[str, Any] = {"kind": kind, "name": cls.name, "about": (cls.__doc__ or "").strip()}
    facts["options"] = {
        field.alias or key: {
            "type": _type(field.annotation),
            "default": _default(field),
            "about": field.description or "",
        }
        for key, field in cls.Options.model_fields.items()
    }
    for name in ("needs", "systems", "concepts", "question"):
        if getattr(cls, name, None):
            facts[name] = getattr(cls, name)
    if getattr(cls, "adds", None):
        facts["adds"] = {column: str(dtype) for column, dtype in cls.adds.items()}
    return facts


def _type(annotation: Any) -> str:
    return str(getattr(annotation, "__name__", annotation)).replace("typing.", "")


def _default(field: Any) -> Any:
    return "required" if field.is_required() else field.get_default(call_default_factory=True)


def _long(info: PluginInfo, registry: Registry) -> str:
    lines = [_line(info), f"  module {info.module}"]
    for cls, kind in _classes(info, registry):
        facts = _class(cls, kind)
        lines += [
            "",
            f"{kind[:-1]} {facts['name']}: {facts['about'].splitlines()[0] if facts['about'] else ''}",
        ]
        lines += [f"  option {k}: {v['type']} = {v['default']!r}" for k, v in facts["options"].items()]
        lines += [f"  needs {', '.join(facts['needs'])}"] if "needs" in facts else []
        lines += [f"  adds {c}: {dtype}" for c, dtype in facts.get("adds", {}).items()]
        lines += [f"  reads {system}: {title}" for system, title in facts.get("systems", {}).items()]
    return "\n".join(lines)
