"""The rules about who may import whom, and about what no committed file may name."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FIRST_PARTY = ("cxreport_plugins", "cxreport_themes")
PUBLIC = ("cxreport.api",)
PUBLIC_IN_TESTS = (*PUBLIC, "cxreport.testing")

# The dots are escaped, so that these patterns do not find themselves.
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:root|work|tmp|home/\w+|Users/\w+)/\w|\b[A-Z]:\\Users\\\w")
REGISTRY_HOST = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|deb\.debian\.org|crates\.io|golang\.org|anaconda\.org"
)


def imports(tree: ast.Module, package: str = "") -> Iterator[tuple[int, str]]:
    """Yield `(line, dotted name)` of each imported module, and of names that may be modules.

    Relative imports are resolved against `package`, the dotted name of the package the module lies in.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*parents, *([node.module] if node.module else [])])
            if module == "cxreport":  # `from cxreport import x`: x may be a module of the core
                yield from ((node.lineno, f"cxreport.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, module


def modules(folder: str) -> list[tuple[str, str, ast.Module]]:
    """`(path from the root, dotted package, syntax tree)` of each module under `folder`."""
    found = []
    for path in sorted((ROOT / folder).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
        package = ".".join(path.parent.relative_to(ROOT).parts).removeprefix(f"{folder}.")
        found.append((path.relative_to(ROOT).as_posix(), package, tree))
    return found


def is_within(name: str, allowed: tuple[str, ...]) -> bool:
    return any(name == root or name.startswith(f"{root}.") for root in allowed)


def test_the_core_imports_no_plugin_and_no_theme() -> None:
    found = modules("cxreport")
    offences = [
        f"{path}:{line}: imports {name}"
        for path, package, tree in found
        for line, name in imports(tree, package)
        if is_within(name, FIRST_PARTY)
    ]
    assert found
    assert offences == []


def test_the_core_names_no_plugin_or_theme_to_be_imported_by_name() -> None:
    offences = [
        f"{path}:{node.lineno}: {node.value!r}"
        for path, _, tree in modules("cxreport")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and str(node.value).startswith(FIRST_PARTY)
    ]
    assert offences == []


@pytest.mark.parametrize("folder", ["plugins", "themes"])
def test_plugins_and_themes_import_only_the_public_module(folder: str) -> None:
    offences = [
        f"{path}:{line}: imports {name}, which is not public: take it from cxreport.api"
        for path, package, tree in modules(folder)
        for line, name in imports(tree, package)
        if is_within(name, ("cxreport",))
        and not is_within(name, PUBLIC_IN_TESTS if "tests" in Path(path).parts else PUBLIC)
    ]
    assert offences == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import cxreport.model.schema as s", "cxreport.model.schema"),
        ("from cxreport import stats", "cxreport.stats"),
        ("def f():\n    from cxreport.engine import x", "cxreport.engine"),
        ("from ..engine import x", "cxreport.engine"),
        ("from . import x", "cxreport.config"),
    ],
)
def test_the_scan_sees_every_form_of_import(source: str, expected: str) -> None:
    assert [name for _, name in imports(ast.parse(source), "cxreport.config")] == [expected]


def committed_texts() -> Iterator[tuple[str, str]]:
    """Yield `(path, text)` of each file under version control that is UTF-8 text."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git clone")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
    for name in listed.decode().split("\0"):
        path = ROOT / name
        if name and path.is_file():
            try:
                yield name, path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


def test_no_committed_file_names_a_machine_or_a_registry() -> None:
    offences = [
        f"{name}:{number}: {match.group()}"
        for name, text in committed_texts()
        for number, line in enumerate(text.splitlines(), start=1)
        for match in [MACHINE_PATH.search(line) or REGISTRY_HOST.search(line)]
        if match
    ]
    assert offences == []


@pytest.mark.parametrize(
    ("line", "is_machine"),
    [
        ("open('" + "/ho" + "me/ana/export.csv')", True),
        ("see file://" + "/ro" + "ot/x", True),
        ("https://example.com/home/ana/x", False),
        ("data/work/x", False),
    ],
)
def test_the_scan_knows_a_machine_path(line: str, is_machine: bool) -> None:
    assert bool(MACHINE_PATH.search(line)) is is_machine
