"""What `pyproject.toml` declares is what the program uses: nothing more, nothing less."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import govtracker

ROOT = Path(govtracker.__file__).parent
PROJECT = ROOT.parent / "pyproject.toml"
BROUGHT = {"shiboken6": "pyside6-essentials"}
"""Distributions that are no more than a part of another one, of the same version."""


def plain(name: str) -> str:
    """A distribution's name as all its spellings are compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(requirements: list[str]) -> set[str]:
    return {plain(re.split(r"[<>=!~;\[ ]", each)[0]) for each in requirements}


def project() -> dict[str, list[str]]:
    table = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    return {"": table["dependencies"], **table["optional-dependencies"]}


def modules(path: Path) -> Iterator[str]:
    """Modules that a file imports, or names outright (their files are looked up by `find_spec`)."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def located(path: Path) -> Iterator[str]:
    """Texts of a file that looks packages up without importing them: their names are among these."""
    source = path.read_text(encoding="utf-8")
    if "find_spec(" in source:
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


@cache
def used() -> dict[str, str]:
    """Distributions that the program uses, each with the file that does."""
    owners, files = packages_distributions(), {}
    for path in sorted(ROOT.rglob("*.py")):
        roots = {name.split(".")[0] for name in (*modules(path), *located(path))}
        for root in roots - {"govtracker"} - set(sys.stdlib_module_names):
            for owner in owners.get(root, ()):
                name = plain(owner)
                files[BROUGHT.get(name, name)] = str(path.relative_to(ROOT.parent))
    return files


def test_every_declared_dependency_is_used() -> None:
    assert declared(project()[""]) - set(used()) == set()


def test_every_dependency_that_is_used_is_declared() -> None:
    assert {name: file for name, file in used().items() if name not in declared(project()[""])} == {}


def test_every_import_belongs_to_some_distribution() -> None:
    """A module that is installed nowhere would be missing from `used` without a word."""
    known = set(packages_distributions()) | set(sys.stdlib_module_names) | {"govtracker", ""}
    assert {name.split(".")[0] for path in ROOT.rglob("*.py") for name in modules(path)} - known == set()


def test_types_are_declared_for_what_is_used_only() -> None:
    stubs = {name.removeprefix("types-") for name in declared(project()["dev"]) if name.startswith("types-")}
    assert stubs - declared(project()[""]) == set()


def test_the_locks_hold_what_is_declared() -> None:
    for file, extras in (("lock.txt", [""]), ("dev.txt", ["", "dev"])):
        text = (PROJECT.parent / "requirements" / file).read_text(encoding="utf-8")
        locked = {plain(name) for name in re.findall(r"(?m)^([\w.-]+)==", text)}
        direct = {
            plain(block.split("==")[0])
            for block in re.split(r"(?m)^(?=[\w.-]+==)", text)
            if "govtracker (pyproject.toml)" in block
        }
        wanted = {name for extra in extras for name in declared(project()[extra])}
        assert (wanted - locked, direct - wanted) == (set(), set())
