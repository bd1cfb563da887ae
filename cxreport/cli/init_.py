"""cxreport init."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from cxreport.recognise import Recognised

HEAD = """\
# One file describes the whole audit. `cxreport check` finds mistakes, `cxreport build` makes the site.
version: 1

site:
  title: Customer experience audit
  client: {client}
  status: draft
  # period: {{from: 2026-01-01, to: 2026-06-30}}   # records outside of it are counted, not measured

# Every spelling and handle by which customers name the brand; rivals are recognised and kept apart.
brand:
  names: [{client}]
  handles: []                     # such as ["@brand"]
  rivals: []                      # such as [{{name: Rival, handles: ["@rival"]}}]

# internal shows everything redacted; client leaves out what identifies people; public shows numbers only.
privacy: {{profile: client}}

"""
EMPTY = """\
sources:
  # `cxreport inspect FILE` says what a file is and prints the lines to paste here.
  - {id: reviews, type: reviews, path: data/reviews/*, entity: brand}
"""
IGNORE = "# customers' words and the project's key stay on this machine\n.cxreport/\ndata/\nsite/\ncoding/sheet.*\n"


@click.command("init", short_help="Start a project: write a config.yaml, from a folder of exports if you have one.")
@click.argument("folder", default=".", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--from",
    "exports",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of exports.",
)
@click.option("--client", default="The client", show_default=True, help="Name of the brand.")
@click.option("--context", is_flag=True, help="Write templates of all context files instead, into `context/`.")
@click.option("--assessments", is_flag=True, help="Write templates of all assessments instead, into `assessments/`.")
@click.option("--recommendations", is_flag=True, help="Write a template of recommendations instead.")
@click.option("--force", is_flag=True, help="Replace files that exist already.")
def command(
    folder: Path,
    exports: Path | None,
    client: str,
    context: bool,
    assessments: bool,
    recommendations: bool,
    force: bool,
) -> None:
    """Write config.yaml and .gitignore; with --from, one source for each kind of export in the folder."""
    from cxreport.config import blanks
    from cxreport.model.problem import ConfigError, Problem

    if context:
        _write(folder / "context", blanks.context(), force)
        keys = ", ".join(f"{Path(name).stem}: context/{name}" for name in blanks.context())
        click.echo(f"Fill in those you have, and name them in config.yaml:\ncontext: {{{keys}}}")
    if assessments:
        _write(folder / "assessments", blanks.assessments(), force)
        click.echo("Rate what you can, and name the folder in config.yaml:\nassessments: assessments")
    if recommendations:
        _write(folder, blanks.recommendations(), force)
        click.echo("Say what to do, and name the file in config.yaml:\nrecommendations: recommendations.yaml")
    if context or assessments or recommendations:
        return
    target = folder / "config.yaml"
    if target.exists() and not force:
        raise ConfigError(Problem(str(target), "it exists already.", "`--force` replaces it."))
    folder.mkdir(parents=True, exist_ok=True)
    files = _recognised(exports) if exports else []
    body = _sources(files, exports, folder) if exports else EMPTY
    target.write_text(HEAD.format(client=_quoted(client)) + body, "utf-8")
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text(IGNORE, "utf-8")
    for file in files:
        if not file.sure:
            click.echo(f"left out: {file.path}: {file.problem or _unknown(file)}", err=True)
    click.echo(f"{target}: written. Next: `cxreport check`, then `cxreport build`.")


def _write(folder: Path, blanks: Mapping[str, str], force: bool) -> None:
    """Write each blank; what exists already is left as it is, and said, unless forced."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in blanks.items():
        kept = (folder / name).exists() and not force
        if not kept:
            (folder / name).write_text(text, "utf-8")
        click.echo(f"{folder / name}: {'exists already, left as it is' if kept else 'written'}.", err=True)


def _unknown(file: Recognised) -> str:
    near = f"nearest is {file.near}; " if file.near else ""
    return f"not sure what it is; {near}what is guessed stands as comments in config.yaml."


def _quoted(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=False)


def _recognised(exports: Path) -> list[Recognised]:
    from cxreport.plugin.context import Brand, Company, Context
    from cxreport.plugin.registry import load_plugins
    from cxreport.recognise import recognise

    context = Context(Brand(Company(name="brand")), exports, key=b"inspect")
    return list(recognise([exports], load_plugins().sources, context, read=False))


def _sources(files: Sequence[Recognised], exports: Path, folder: Path) -> str:
    import yaml

    root = _relative(exports, folder)
    entries = group([f for f in files if f.sure], root)
    dumped: str = yaml.safe_dump({"sources": entries}, allow_unicode=True, sort_keys=False, width=100)
    guesses = [_guessed(f, root, not entries) for f in files if f.detection and not f.known and not f.problem]
    return "".join([dumped if entries else EMPTY, *guesses])


def _guessed(file: Recognised, root: str, indented: bool) -> str:
    """The source that might read an unknown table, as comments to complete."""
    from cxreport.recognise import proposed

    lines = proposed(file, _placed(file.path, root)).splitlines()
    head = "Unknown; complete these lines, and take the first `# ` away:"
    shift = "  " * indented
    return f"#\n# {head}\n" + "".join(f"# {shift}{line}\n" for line in lines)


def _relative(exports: Path, folder: Path) -> str:
    """How config.yaml writes the folder of exports: relative to itself where that is possible."""
    import os

    try:
        return Path(os.path.relpath(exports.resolve(), folder.resolve())).as_posix()
    except ValueError:
        return exports.resolve().as_posix()


def group(files: Sequence[Recognised], root: str) -> list[dict[str, Any]]:
    """One source for each (type, options): files that are read alike belong together.

    Paths of files begin with the name of the folder that was searched; `root` replaces it.
    """
    grouped: dict[tuple[str, str], list[Recognised]] = {}
    for file in files:
        grouped.setdefault((str(file.type), repr(file.options)), []).append(file)
    entries: list[dict[str, Any]] = []
    taken: set[str] = set()
    for (kind, _), members in grouped.items():
        ident = _free(Path(members[0].path).stem if len(members) == 1 else kind, taken)
        paths = sorted({_placed(f.path, root) for f in members})
        entries.append(
            {"id": ident, "type": kind, "path": paths[0] if len(paths) == 1 else paths, **members[0].options}
        )
    return entries


def _placed(path: str, root: str) -> str:
    inside = path.partition("/")[2]
    return f"{root}/{inside}" if inside else root


def _free(name: str, taken: set[str]) -> str:
    base = "-".join("".join(c if c.isalnum() else " " for c in name.casefold()).split()) or "source"
    ident, number = base, 2
    while ident in taken:
        ident, number = f"{base}-{number}", number + 1
    taken.add(ident)
    return ident
