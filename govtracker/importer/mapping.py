"""The mapping of a workbook: which head is read as what, which label, which heading, and what is left out.

A plan says the mapping that it was made by; an officer changes it, a book remembers it by the fingerprint of the heads,
a second run applies it. A target is a text: `title`, `fact/status`, `fact/status/done`,
`money/city/2023-01..2023-12/executed/1000`, `column/when`, `span/2023-01..2023-12`, `skip`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from govtracker.importer.package.workbook import Sheet, Workbook
from govtracker.importer.structure.labels import fold

SKIP = "skip"
"""The target of what is to be left out."""
LEFT = "가져오지 않기로 정한 칸입니다"
_FORMAT, _VERSION = "govtracker-mapping", 1


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column of a table: the sheet's columns, the labels over it from the top, what it is read as ("" = unknown)."""

    left: int
    right: int
    path: tuple[str, ...]
    target: str


@dataclass(frozen=True, slots=True)
class MappedTable:
    """A table that was read by its heads; `kind` is what its rows are: list, or a kind of section."""

    sheet: str
    top: int
    head_bottom: int
    bottom: int
    kind: str
    columns: tuple[MappedColumn, ...]

    @property
    def fingerprint(self) -> str:
        return fingerprint(column.path for column in self.columns)


@dataclass(frozen=True, slots=True)
class Choices:
    """What was decided: by a table's fingerprint targets by head, by label its target, cells (`Sheet!A1`) left out.

    `names` says by fingerprint what an officer calls a table's mapping.
    """

    heads: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    left: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)

    def with_head(self, table: MappedTable, path: tuple[str, ...], target: str) -> Choices:
        """With one head of a table read as something else."""
        own = {**self.heads.get(table.fingerprint, {}), head_key(path): target}
        name = self.names.get(table.fingerprint, table.sheet)
        return replace(
            self,
            heads={**self.heads, table.fingerprint: own},
            names={**self.names, table.fingerprint: name},
        )

    def with_label(self, text: str, target: str) -> Choices:
        """With a label that stands beside its value read as something else."""
        return replace(self, labels={**self.labels, fold(text): target})

    def with_left(self, cell: str, *, left: bool) -> Choices:
        """With a cell left out, or not any more."""
        return replace(self, left=self.left | {cell} if left else self.left - {cell})

    def joined(self, other: Choices) -> Choices:
        """Both; where they differ the other one's."""
        heads = {
            key: {**self.heads.get(key, {}), **other.heads.get(key, {})}
            for key in {*self.heads, *other.heads}
        }
        return Choices(
            heads, {**self.labels, **other.labels}, self.left | other.left, {**self.names, **other.names}
        )


def head_key(path: tuple[str, ...]) -> str:
    """What tells a head from the others of its table."""
    return ">".join(fold(label) for label in path)


def fingerprint(paths: Iterable[tuple[str, ...]]) -> str:
    """Twelve hexadecimal digits that tables with the same heads have in common."""
    return hashlib.sha256("|".join(map(head_key, paths)).encode()).hexdigest()[:12]


def without_left(workbook: Workbook, choices: Choices) -> Workbook:
    """The workbook without the cells that are left out; they stand with what is unseen, for the ledger."""
    if not choices.left:
        return workbook
    return replace(workbook, sheets=[_without(sheet, choices.left) for sheet in workbook.sheets])


def _without(sheet: Sheet, left: frozenset[str]) -> Sheet:
    out = [cell for cell in sheet.cells if f"{sheet.name}!{cell.place}" in left]
    kept = [cell for cell in sheet.cells if f"{sheet.name}!{cell.place}" not in left]
    return replace(sheet, cells=kept, left=[(cell, LEFT) for cell in out])


# ---------------------------------------------------------------- as a file


def to_text(choices: Choices) -> str:
    """The choices as a file's text; cells of one workbook are no part of it."""
    tables = [
        {"fingerprint": key, "name": choices.names.get(key, ""), "heads": dict(heads)}
        for key, heads in choices.heads.items()
    ]
    data = {_FORMAT: _VERSION, "tables": tables, "labels": dict(choices.labels)}
    return json.dumps(data, ensure_ascii=False, indent=1)


def from_text(text: str) -> Choices:
    """The choices of a file's text. ValueError where it is no mapping, or a damaged one."""
    try:
        data = json.loads(text)
        if data[_FORMAT] != _VERSION:
            raise ValueError(f"version {data[_FORMAT]}")
        tables = [
            (_text(each["fingerprint"]), _text(each["name"]), _texts(each["heads"]))
            for each in data["tables"]
        ]
        heads = {key: own for key, _, own in tables}
        return Choices(heads, _texts(data["labels"]), names={key: name for key, name, _ in tables})
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        raise ValueError(str(error)) from error


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"no text: {value!r}")
    return value


def _texts(value: Any) -> dict[str, str]:
    return {_text(key): _text(each) for key, each in value.items()}
