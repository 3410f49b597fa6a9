"""The rooms of the program and what may not stand in them, read off the source."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields as fields_of
from dataclasses import is_dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings

import govtracker
from govtracker import resources
from govtracker.arithmetic.records import RECORDS
from govtracker.db import schema as tables
from govtracker.db.codecs import CODECS
from govtracker.export.layout import LAYOUTS
from govtracker.export.layout import records as record_layouts
from govtracker.forms import loader, schema
from govtracker.forms import measures as measure_schema
from govtracker.forms.columns import Setting
from govtracker.forms.measures import measures
from govtracker.forms.validate import BLOCK_KINDS
from govtracker.importer.meaning import READERS
from govtracker.importer.meaning.records import BUILDERS
from govtracker.jobs import dump
from govtracker.model import card as cards
from govtracker.model import content, figure
from govtracker.model.card import KINDS, Card, Period, Pledge, Section
from govtracker.model.dates import Term
from tests.support.random_cards import printed

ROOT = Path(govtracker.__file__).parent
MAY_IMPORT = {
    "errors": set(),
    "files": set(),
    "resources": set(),
    "pictures": {"errors"},
    "model": {"model", "errors", "resources"},
    "forms": {"forms", "model", "errors", "resources"},
    "arithmetic": {"arithmetic", "forms", "model", "errors", "resources"},
    "merging": {"merging", "model"},
    "review": set(),
    "db": {"db", "merging", "model", "errors", "files"},
    "export": {"export", "arithmetic", "forms", "model", "errors", "files", "resources"},
    "importer": {"pictures", "importer", "arithmetic", "forms", "model", "errors", "resources"},
    "session": {"session", "model", "errors"},
    "ui": {"pictures", "review", "ui", "session", "arithmetic", "forms", "model", "errors", "files", "resources", "__init__"},
    "jobs": {"jobs", "db", "merging", "review", "export", "importer", "arithmetic", "forms", "model", "errors", "files", "resources"},
    "cli": {"app", "jobs", "review", "db", "export", "importer", "forms", "model", "errors", "files", "resources", "__init__"},
    "app": {"pictures", "review", "ui", "jobs", "session", "db", "export", "importer", "arithmetic", "forms", "model", "errors", "files",
            "resources"},
    "__main__": {"cli", "errors"},
    "__init__": set(),
}  # fmt: skip
OUTSIDE = {"ui", "db", "importer", "export"}
"""The rooms in which nothing of a form may stand."""
SOURCES = sorted(ROOT.rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def room(path: Path) -> str:
    first = path.relative_to(ROOT).parts[0]
    return first.removesuffix(".py")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT.parent))


def imports(node: ast.AST) -> Iterator[str]:
    """Full names of the modules that are imported anywhere in a tree."""
    for each in ast.walk(node):
        if isinstance(each, ast.Import):
            yield from (alias.name for alias in each.names)
        elif isinstance(each, ast.ImportFrom):
            module = each.module or ""
            yield module
            if module == "govtracker":
                yield from (f"govtracker.{alias.name}" for alias in each.names)


def rooms_imported(node: ast.AST) -> set[str]:
    found = set()
    for module in imports(node):
        parts = module.split(".")
        if parts[0] == "govtracker" and len(parts) > 1:
            inside = (ROOT / parts[1]).is_dir() or (ROOT / f"{parts[1]}.py").is_file()
            found.add(parts[1] if inside else "__init__")
    return found


def literals(path: Path) -> Iterator[ast.Constant]:
    """String literals that are no docstrings."""
    nodes = [node for node in ast.walk(tree(path)) if hasattr(node, "body") and isinstance(node.body, list)]
    statements = [statement for node in nodes for statement in node.body]
    documents = {
        id(s.value) for s in statements if isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant)
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
            yield node


def places(path: Path, node: ast.AST) -> str:
    return f"{name(path)}:{node.lineno}"  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_arrows_point_down(path: Path) -> None:
    assert room(path) in MAY_IMPORT, "a new room: say what it may import"
    assert rooms_imported(tree(path)) - MAY_IMPORT[room(path)] == set()


def test_relative_imports_are_not_used() -> None:
    found = [
        places(path, node)
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert found == []


def test_window_is_imported_lazily() -> None:
    """The commands start without Qt: app imports ui inside functions, cli imports app inside one."""
    for path, below in ((ROOT / "app.py", "ui"), (ROOT / "cli.py", "app"), (ROOT / "__main__.py", "cli")):
        at_once = [node for node in tree(path).body if isinstance(node, ast.Import | ast.ImportFrom)]
        assert below not in {found for node in at_once for found in rooms_imported(node)}


def test_model_needs_the_standard_library_only() -> None:
    import sys

    foreign = {
        module.split(".")[0] for path in SOURCES if room(path) in ("model", "session", "errors") for module in imports(tree(path))
    }  # fmt: skip
    assert foreign - set(sys.stdlib_module_names) <= {"govtracker"}


def test_qt_lives_in_the_window_only() -> None:
    found = [
        name(path)
        for path in SOURCES
        if room(path) != "ui" and any(module.split(".")[0].startswith(("PySide", "PyQt", "shiboken")) for module in imports(tree(path)))
    ]  # fmt: skip
    assert found == []


_SQL = re.compile(
    r"\s*(select\s.+\sfrom\s|insert\s+(or\s+\w+\s+)?into\s|update\s+\w+\s+set\s|delete\s+from\s|create\s+table\s|pragma\s+\w)",
    re.IGNORECASE | re.DOTALL,
)


def test_sql_lives_in_the_book_only() -> None:
    found = []
    for path in SOURCES:
        if room(path) == "db":
            continue
        found += [
            f"{name(path)}: {m}"
            for m in imports(tree(path))
            if m.split(".")[0] in ("sqlite3", "sqlite_utils")
        ]
        found += [places(path, node) for node in literals(path) if _SQL.match(node.value)]
        found += [
            places(path, node)
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("execute", "executemany", "executescript")
        ]
    assert found == []


def test_nothing_asks_the_user_below_the_window() -> None:
    asking = re.compile(r"Q\w*(Dialog|MessageBox)|tkinter|input|getpass|confirm|prompt")
    found = [
        places(path, node)
        for path in SOURCES
        if room(path) != "ui"
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.Name) and asking.fullmatch(node.id))
        or (isinstance(node, ast.Attribute) and asking.fullmatch(node.attr))
    ]
    assert found == []


def test_modules_that_only_unix_has_are_not_imported() -> None:
    unix = {"fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog", "posix"}
    found = [f"{name(path)}: {m}" for path in SOURCES for m in imports(tree(path)) if m.split(".")[0] in unix]
    calls = {"fork", "forkpty", "getuid", "geteuid", "getpgid", "killpg", "mkfifo", "chown", "setsid", "nice"}
    found += [
        places(path, node)
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in calls and isinstance(node.value, ast.Name) and node.value.id == "os"
    ]  # fmt: skip
    assert found == []


# ---------------------------------------------------------------- files: circles, sub-rooms, duties


def module(path: Path) -> str:
    """Dotted name of a file's module; a package is its `__init__`."""
    parts = path.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module(path): path for path in SOURCES}


def modules_imported(node: ast.AST, known: Collection[str]) -> set[str]:
    """The known modules that are imported anywhere in a tree, under `if TYPE_CHECKING` and in functions, too."""
    names = set()
    for each in ast.walk(node):
        if isinstance(each, ast.Import):
            names |= {alias.name for alias in each.names}
        elif isinstance(each, ast.ImportFrom):
            inside = {f"{each.module}.{alias.name}" for alias in each.names}
            names |= inside & set(known) if inside <= set(known) else {each.module or "", *inside}
    return names & set(known)


ARROWS = {name: modules_imported(tree(path), MODULES) for name, path in MODULES.items()}


def reached(start: str, arrows: Mapping[str, Collection[str]]) -> set[str]:
    """Everything that is imported from a module on, through however many others."""
    seen: set[str] = set()
    ahead = list(arrows[start])
    while ahead:
        each = ahead.pop()
        if each not in seen:
            seen.add(each)
            ahead += arrows[each]
    return seen


def circles(arrows: Mapping[str, Collection[str]]) -> list[list[str]]:
    """The largest groups of modules each of which imports itself by way of the others."""
    reach = {name: reached(name, arrows) for name in arrows}
    groups = {
        tuple(sorted(other for other in reach[name] if name in reach[other]))
        for name in arrows
        if name in reach[name]
    }
    return [list(group) for group in sorted(groups)]


def test_no_files_import_one_another_in_a_circle() -> None:
    assert circles(ARROWS) == []


def test_circles_are_seen() -> None:
    arrows = {"a": ["b"], "b": ["c"], "c": ["b", "d"], "d": [], "e": ["e"], "f": ["a"]}
    assert circles(arrows) == [["b", "c"], ["e"]]


def test_an_import_for_types_and_one_in_a_function_are_arrows() -> None:
    source = """
if TYPE_CHECKING:
    from a.b import c
def late():
    from a.b import d, Thing
    import a.e
"""
    assert modules_imported(ast.parse(source), {"a", "a.b", "a.b.c", "a.b.d", "a.e"}) == {
        "a.b.c", "a.b", "a.b.d", "a.e"
    }  # fmt: skip


LAYERS = {
    "importer": (("package",), ("structure",), ("meaning",), ("assembly",)),
    "export": (("document",), ("layout", "pages"), ("pdf", "workbook", "summary")),
    "ui": (("kit",), ("sheets",), ("grid",), ("editors",), ("cards",), ("wizard",), ("tasks",), ("commands",), ("menus",), ("window",)),
}  # fmt: skip
"""Inside a room: what is named imports what stands before it, never what stands after or beside it.

A file that isn't named (a helper of its room) is open to all of them.
"""


def layer_of(name: str, inside: str) -> tuple[str, int] | None:
    """(sub-room, height) of a module of a room; None for the modules that the table doesn't name."""
    part = (name.split(".") + [""] * 3)[2]
    heights = {each: at for at, layer in enumerate(LAYERS[inside]) for each in layer}
    return (part, heights[part]) if name.split(".")[1:2] == [inside] and part in heights else None


@pytest.mark.parametrize("inside", LAYERS)
def test_arrows_inside_a_room_point_down(inside: str) -> None:
    wrong = []
    for name, targets in ARROWS.items():
        own = layer_of(name, inside)
        for target in sorted(targets):
            other = layer_of(target, inside)
            if own and other and own[0] != other[0] and other[1] >= own[1]:
                wrong.append(f"{name} -> {target}")
    assert wrong == []


@pytest.mark.parametrize("inside", LAYERS)
def test_every_folder_of_a_layered_room_has_its_place(inside: str) -> None:
    folders = {path.parent.name for path in (ROOT / inside).glob("*/__init__.py")}
    assert folders <= {each for layer in LAYERS[inside] for each in layer}, "a new room: say where it stands"


def duty(path: Path) -> str:
    """The first sentence of a module's docstring, if it ends on the first line; else an empty text."""
    first = (ast.get_docstring(tree(path)) or "").split("\n")[0]
    sentence = re.match(r"\S.*?[.?](?=\s|$)", first)
    return sentence[0] if sentence else ""


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_file_says_its_one_duty_in_its_first_line(path: Path) -> None:
    assert len(duty(path).split()) > 1


def test_no_two_files_have_the_same_duty() -> None:
    counted = Counter(duty(path).casefold() for path in SOURCES)
    assert [sentence for sentence, count in counted.items() if count > 1] == []


# ---------------------------------------------------------------- nothing of a form in the code


def forms_data() -> list[dict[str, object]]:
    return [
        tomllib.loads(p.read_text(encoding="utf-8"))
        for p in sorted((resources.root() / "forms").glob("*.toml"))
    ]


def fold(text: str) -> str:
    return re.sub(r"\s", "", text)


def words(value: object, keys: tuple[str, ...], own: str = "") -> Iterator[str]:
    """Texts that stand under some keys, anywhere in a TOML table."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from words(inner, keys, key)
    elif isinstance(value, list):
        for inner in value:
            yield from words(inner, keys, own)
    elif isinstance(value, str) and own in keys:
        yield value


def generic() -> set[str]:
    """Words that the shared catalogue gives to the editors' columns and to rows of sums."""
    data = tomllib.loads((resources.root() / "fields.toml").read_text(encoding="utf-8"))
    columns = {fold(word) for group in data["column"].values() for word in group.values()}
    return columns | {fold(word) for word in data["words"]["total"]}


def labels() -> set[str]:
    """Labels of sections, slots, headings, columns, rows and tabs of three and more syllables."""
    found = set()
    for form in forms_data():
        parts = {key: form[key] for key in ("section", "block", "tab") if key in form}
        for text in words(parts, ("label", "head", "heading", "name", "total", "note", "empty", "caption")):
            found |= {fold(piece) for piece in re.split(r"[|\n]|\{\w+\}", text)}
    return {text for text in found if len(re.findall("[가-힣]", text)) >= 3} - generic()


def test_no_label_of_a_form_stands_in_the_code() -> None:
    known = labels()
    assert "투자계획" in known
    found = [
        f"{places(path, node)} {word}"
        for path in SOURCES
        if room(path) in OUTSIDE
        for node in literals(path)
        for word in known
        if word in fold(node.value)
    ]
    assert sorted(found) == []


def test_no_municipality_stands_in_the_program() -> None:
    names = {str(form["municipality"]) for form in forms_data()} - {""} | {"고양", "관악", "수원", "금천"}
    found = [
        f"{name(path)} {each}"
        for path in SOURCES
        for each in sorted(names)
        if each in path.read_text(encoding="utf-8")
    ]
    assert found == []


def field_names(*modules: ModuleType) -> set[str]:
    """Names of the fields of every dataclass of some modules."""
    classes = [
        each
        for module in modules
        for each in vars(module).values()
        if isinstance(each, type) and is_dataclass(each)
    ]
    return {field.name for each in classes for field in fields_of(each)}


def test_no_field_of_the_catalogue_stands_in_the_code() -> None:
    """Names that are also those of the program's own classes or tables (`span`, `category`) say nothing of a form."""
    own = field_names(cards, content, figure, schema) | {
        column for table in tables.SECTION_TABLES.values() for column in table
    }
    known = set(loader.catalogue()) - own
    assert "nature" in known
    found = [
        f"{places(path, node)} {node.value}"
        for path in SOURCES
        if room(path) in OUTSIDE
        for node in literals(path)
        if node.value in known
    ]
    assert found == []


SUMMARIES = ROOT / "export" / "summary"
"""Its rows of money have names of their own, which are those of measures."""


def test_no_measure_of_the_catalogue_stands_in_the_code() -> None:
    known = set(measures())
    assert len(known) > 2
    found = [
        f"{places(path, node)} {node.value}"
        for path in SOURCES
        if not path.is_relative_to(SUMMARIES)
        for node in literals(path)
        if node.value in known
    ]
    assert found == []


def attributes_read() -> set[str]:
    """Names of attributes that the program reads, outside the files that say and check what a form file may hold."""
    own = {ROOT / "forms" / f"{name}.py" for name in ("schema", "loader", "validate")}
    return {
        node.attr
        for path in SOURCES
        if path not in own
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)
    }


@pytest.mark.parametrize("module", [schema, measure_schema], ids=lambda module: module.__name__)
def test_every_key_of_a_form_file_is_read_by_somebody(module: ModuleType) -> None:
    """A key that the strict loader lets pass and nobody reads would do nothing, without a word."""
    assert sorted(field_names(module) - attributes_read()) == []


def test_no_form_is_named_in_the_program() -> None:
    keys = {str(form["key"]) for form in forms_data()}
    found = [places(path, node) for path in SOURCES for node in literals(path) if node.value in keys]
    assert found == []


# ---------------------------------------------------------------- every kind is everywhere

FORMS = [loader.find(key) for key in loader.form_keys()] + [
    loader.load(Path(__file__).parent / "forms" / "everything" / "everything.toml")
]
SETTING = Setting(Term(date(2018, 7, 1), date(2022, 6, 30)), date(2021, 3, 31))
ALL_KINDS = pytest.mark.parametrize("kind", KINDS)


def block_kinds(kind: str) -> list[str]:
    return ["grid"] if kind == "facts" else [block for block, kinds in BLOCK_KINDS.items() if kind in kinds]


def test_registries_of_blocks_agree() -> None:
    assert set(LAYOUTS) == set(BLOCK_KINDS) == set(READERS)
    assert set(BUILDERS) == set(BLOCK_KINDS["table"])
    assert set(RECORDS) | {"outline"} == set(BLOCK_KINDS["table"]) == set(record_layouts._BLANK_ROW)


@ALL_KINDS
def test_every_kind_is_kept_edited_printed_read(kind: str) -> None:
    from govtracker.ui.editors import EDITORS

    assert KINDS[kind].kind == kind
    assert kind in CODECS
    assert kind in EDITORS
    assert block_kinds(kind)


def test_no_registry_knows_a_kind_that_is_not_there() -> None:
    from govtracker.ui.editors import EDITORS

    assert set(CODECS) == set(EDITORS) == set(KINDS)


@ALL_KINDS
def test_every_kind_is_in_some_form_and_in_the_dump(kind: str) -> None:
    form, section = next((form, s) for form in FORMS for s in form.section if s.kind == kind)

    def projected(*sections: tuple[str, Section]) -> object:
        card = Card(Pledge("공약"), Period("기간", SETTING.as_of), form.key, sections)
        return dump.project(form, card, SETTING)

    seen = []

    @settings(max_examples=5, suppress_health_check=list(HealthCheck))
    @given(printed(form, section.key, SETTING))
    def look(value: Section) -> None:
        seen.append(projected((section.key, value)) != projected())

    look()
    assert any(seen)
