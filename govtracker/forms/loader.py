"""Strict reading of form files: an unknown key, a wrong type or a bad reference names file, place and key."""

from __future__ import annotations

import os
import tomllib
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import platformdirs

from govtracker import resources
from govtracker.errors import FormTrouble
from govtracker.forms.options import option_key
from govtracker.forms.schema import FactChange, FactDef, Form, Option
from govtracker.forms.validate import validate

STATUS = "status"
"""Key of the catalogue's field whose options are the statuses that summaries count."""
REMEDY = "서식 파일을 고친 뒤 다시 시작하세요."


@cache
def catalogue() -> Mapping[str, FactDef]:
    """The shared fields, by key."""
    return {
        key: build(FactDef, data, f"fields.toml: fact.{key}")
        for key, data in resources.table("fields.toml")["fact"].items()
    }


def vocabulary(group: str) -> Mapping[str, Any]:
    """A group of the shared catalogue: source, measure, time."""
    return typing.cast("Mapping[str, Any]", resources.table("fields.toml")[group])


def form_folders() -> tuple[Path, ...]:
    """Where forms are looked for: an office's own first (GOVTRACKER_FORMS, the user's data folder), then the bundled."""
    own = os.environ.get("GOVTRACKER_FORMS")
    mine = (Path(own),) if own else ()
    return (
        *mine,
        Path(platformdirs.user_data_dir("GovTracker", appauthor=False)) / "forms",
        resources.root() / "forms",
    )


def form_keys() -> tuple[str, ...]:
    """Keys of all forms that are there, sorted."""
    return tuple(
        sorted({path.stem for folder in form_folders() if folder.is_dir() for path in folder.glob("*.toml")})
    )


def find(key: str) -> Form:
    """The form of a key; FormTrouble where there is none or its file is wrong."""
    for folder in form_folders():
        path = folder / f"{key}.toml"
        if path.is_file():
            return load(path)
    raise FormTrouble(key, "이런 서식이 없습니다.", f"쓸 수 있는 서식: {', '.join(form_keys())}")


@cache
def load(path: Path) -> Form:
    """Form of a file; FormTrouble naming the file, the place and the key for anything that is wrong."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FormTrouble(path.name, f"서식 파일을 읽을 수 없습니다: {error}", REMEDY) from error
    changes = {
        key: build(FactChange, change, f"{path.name}: fact.{key}")
        for key, change in data.pop("fact", {}).items()
    }
    form = build(Form, data, path.name)
    used = {key for section in form.section for key in section.fields}
    for key in sorted(used | set(changes)):
        if key not in catalogue():
            raise FormTrouble(f"{path.name}: fact", f"공통 항목에 없는 이름입니다: {key!r}", REMEDY)
    for key, change in changes.items():
        _known_options(key, change, path.name)
    form = replace(form, fact={key: _changed(catalogue()[key], changes.get(key)) for key in sorted(used)})
    validate(form, path.name)
    _counted_statuses(form, path.name)
    return form


def _known_options(key: str, change: FactChange, file: str) -> None:
    """A form gives the catalogue's options words of its own; FormTrouble for a word of an option that isn't there."""
    known = {option.key for option in catalogue()[key].options}
    for option, label in change.options.items():
        if option not in known:
            place = f"{file}: fact.{key}.options"
            raise FormTrouble(place, f"{label!r}: 공통 항목에 없는 선택지입니다: {option!r}", REMEDY)


def _counted_statuses(form: Form, file: str) -> None:
    """Every word of the fact that is a form's status counts as a common status; FormTrouble for one that doesn't."""
    shared = catalogue()[STATUS]
    named = form.fact.get(form.overview.status, FactDef(""))
    for option in named.options:
        if option.key not in {each.key for each in shared.options} and not option_key(option.label, shared):
            place = f"{file}: overview.status({form.overview.status})"
            raise FormTrouble(
                place, f"어느 공통 추진상황인지 알 수 없는 선택지입니다: {option.label!r}", REMEDY
            )


def _changed(fact: FactDef, change: FactChange | None) -> FactDef:
    if change is None:
        return fact
    options = fact.options
    if change.options:
        options = tuple(
            Option(o.key, change.options[o.key], (o.label, *o.aliases), o.options)
            for o in fact.options
            if o.key in change.options
        )
    label = change.label or fact.label
    return FactDef(label, change.type or fact.type, options, (fact.label, *fact.names), fact.carried)


def build(kind: type[T], data: Any, place: str) -> T:
    """Dataclass of a TOML table, strictly: FormTrouble for unknown or missing keys and wrong types."""
    if not isinstance(data, dict):
        raise FormTrouble(place, f"표(table)여야 합니다: {data!r}", REMEDY)
    wanted: Any = kind
    hints = _hints(wanted)
    for key in data:
        if key not in hints:
            raise FormTrouble(place, f"모르는 항목입니다: {key!r}", REMEDY)
    values = {}
    for f in fields(wanted):
        if f.name in data:
            values[f.name] = _convert(hints[f.name], data[f.name], _below(place, f.name, data))
        elif f.default is MISSING and f.default_factory is MISSING:
            raise FormTrouble(place, f"빠진 항목입니다: {f.name!r}", REMEDY)
    return kind(**values)


T = typing.TypeVar("T")


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _below(place: str, name: str, data: dict[str, Any]) -> str:
    key = data.get("key") or data.get("label")
    return f"{place}({key}).{name}" if isinstance(key, str) and ":" in place else f"{place}: {name}"


def _convert(kind: Any, data: Any, place: str) -> Any:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return _convert(next(a for a in arguments if a is not type(None)), data, place)
    if origin is tuple:
        if not isinstance(data, list):
            raise FormTrouble(place, f"목록이어야 합니다: {data!r}", REMEDY)
        return tuple(_convert(arguments[0], item, f"{place}[{at}]") for at, item in enumerate(data, 1))
    if origin is not None and issubclass(origin, Mapping):
        if not isinstance(data, dict):
            raise FormTrouble(place, f"표(table)여야 합니다: {data!r}", REMEDY)
        return {key: _convert(arguments[1], item, f"{place}.{key}") for key, item in data.items()}
    if is_dataclass(kind):
        return build(typing.cast("type[Any]", kind), data, place)
    return _plain(kind, data, place)


def _plain(kind: type, data: Any, place: str) -> Any:
    if kind is float and isinstance(data, int) and not isinstance(data, bool):
        return float(data)
    if not isinstance(data, kind) or (kind is int and isinstance(data, bool)):
        raise FormTrouble(place, f"{kind.__name__} 값이어야 합니다: {data!r}", REMEDY)
    return data
