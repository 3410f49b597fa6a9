"""Lossless JSON form of the card's values (the `--full` dump, section history): driven by their types."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from govtracker.model.card import KINDS, Section
from govtracker.model.content import Line, Picture, Table
from govtracker.model.dates import Months

ITEM_TAGS: dict[str, type] = {"line": Line, "table": Table, "picture": Picture}
_TAG_OF = {cls: tag for tag, cls in ITEM_TAGS.items()} | {cls: kind for kind, cls in KINDS.items()}
T = typing.TypeVar("T")
_TAGGED = ITEM_TAGS | KINDS


def encode(value: Any) -> Any:
    """JSON-ready form: dataclasses become objects (items and sections tagged with "is"), tuples lists."""
    if isinstance(value, Months):
        return [value.first, value.last]
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if not is_dataclass(value):
        return value
    tag = _TAG_OF.get(type(value))
    body = {f.name: encode(getattr(value, f.name)) for f in fields(value)}
    return {"is": tag, **body} if tag else body


def decode(kind: type[T], data: Any) -> T:
    """The value that `encode` made `data` of; ValueError or KeyError for damaged data."""
    wanted: Any = kind
    return typing.cast("T", _decoder(wanted)(data))


def decode_section(data: Any) -> Section:
    """Section of its tagged form."""
    return typing.cast("Section", _tagged(data))


def _tagged(data: Any) -> Any:
    return _decoder(_TAGGED[data["is"]])(data)


@cache
def _decoder(kind: Any) -> Callable[[Any], Any]:
    origin = typing.get_origin(kind)
    if kind is Months:
        return lambda data: Months(data[0], data[1])
    if origin is tuple:
        return _tuple_decoder(typing.get_args(kind))
    if origin in (typing.Union, types.UnionType):
        return _union_decoder(typing.get_args(kind))
    if kind is Decimal:
        return Decimal
    if kind is date:
        return date.fromisoformat
    if is_dataclass(kind):
        return _dataclass_decoder(typing.cast("type", kind))
    return lambda data: data


def _tuple_decoder(arguments: tuple[Any, ...]) -> Callable[[Any], Any]:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        inner = _decoder(arguments[0])
        return lambda data: tuple(inner(item) for item in data)
    inners = [_decoder(argument) for argument in arguments]
    return lambda data: tuple(inner(item) for inner, item in zip(inners, data, strict=True))


def _union_decoder(arguments: tuple[Any, ...]) -> Callable[[Any], Any]:
    rest = [argument for argument in arguments if argument is not type(None)]
    if len(rest) > 1:
        return _tagged
    inner = _decoder(rest[0])
    return lambda data: None if data is None else inner(data)


def _dataclass_decoder(kind: type) -> Callable[[Any], Any]:
    hints = typing.get_type_hints(kind)
    inners = {f.name: _decoder(hints[f.name]) for f in fields(kind)}

    def build(data: dict[str, Any]) -> Any:
        return kind(**{name: inners[name](data[name]) for name in inners if name in data})

    return build
