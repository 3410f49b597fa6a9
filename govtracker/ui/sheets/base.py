"""The contract of an editable sheet, and the plain one: a row per record, a column per attribute."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from govtracker.forms.loader import vocabulary
from govtracker.model.card import Section
from govtracker.model.content import clean
from govtracker.model.place import Place


@dataclass(frozen=True, slots=True)
class View:
    """What a cell shows: `computed` cells are grey and read only, `problem` is a sentence, `shade` a painted cell."""

    text: str = ""
    editable: bool = True
    computed: bool = False
    align: str = "left"
    problem: str = ""
    shade: bool | None = None
    bold: bool = False


class Sheet(Protocol):
    """Rows x columns over one section; edits return the new section and change nothing.

    `place` says where in the section a cell stands (the section's own key is left to the editor). `paths` are the
    labels over each column from the top, `spans` (row, column, how many rows) the labels that stand beside several rows,
    `new_columns` the columns in which a new row can be begun by typing, `detailed` whether a row has texts below the table.
    """

    heads: list[str]
    widths: list[int]

    @property
    def paths(self) -> list[tuple[str, ...]]: ...
    @property
    def spans(self) -> list[tuple[int, int, int]]: ...
    @property
    def new_columns(self) -> list[int]: ...
    @property
    def detailed(self) -> bool: ...
    @property
    def rows(self) -> int: ...
    @property
    def grows(self) -> bool: ...
    def view(self, row: int, column: int) -> View: ...
    def place(self, row: int, column: int) -> Place: ...
    def edit(self, row: int, column: int, text: str) -> Section: ...
    def insert(self, row: int) -> Section: ...
    def remove(self, rows: Sequence[int]) -> Section: ...
    def move(self, row: int, by: int) -> Section: ...


def column_labels(kind: str) -> dict[str, str]:
    """Labels of a kind's columns from the catalogue."""
    found: dict[str, str] = vocabulary("column")[kind]
    return found


class FlatSheet:
    """A sheet with one row of heads, in which no row is begun by typing."""

    heads: list[str]

    @property
    def paths(self) -> list[tuple[str, ...]]:
        return [(head,) for head in self.heads]

    @property
    def spans(self) -> list[tuple[int, int, int]]:
        return []

    @property
    def new_columns(self) -> list[int]:
        return []


class RecordSheet(FlatSheet):
    """A sheet of records in one attribute of a section; subclasses name the columns."""

    grows = True
    detailed = False

    def __init__(
        self, section: Any, attribute: str, blank: Any, columns: Sequence[tuple[str, str, int]]
    ) -> None:
        self.section = section
        self.attribute = attribute
        self.blank = blank
        self.columns = [name for name, _, _ in columns]
        self.heads = [head for _, head, _ in columns]
        self.widths = [width for _, _, width in columns]

    @property
    def new_columns(self) -> list[int]:
        return list(range(len(self.columns)))

    @property
    def records(self) -> tuple[Any, ...]:
        found: tuple[Any, ...] = getattr(self.section, self.attribute)
        return found

    @property
    def rows(self) -> int:
        return len(self.records)

    def view(self, row: int, column: int) -> View:
        return View(str(getattr(self.records[row], self.columns[column])))

    def place(self, row: int, column: int) -> Place:
        return Place("", self.records[row].id, self.columns[column])

    def edit(self, row: int, column: int, text: str) -> Section:
        return self.with_record(row, replace(self.records[row], **{self.columns[column]: clean(text)}))

    def with_record(self, row: int, record: Any) -> Section:
        """The section with one record replaced."""
        records = list(self.records)
        records[row] = record
        return self.with_records(records)

    def with_records(self, records: Sequence[Any]) -> Section:
        made: Section = replace(self.section, **{self.attribute: tuple(records)})
        return made

    def insert(self, row: int) -> Section:
        records = list(self.records)
        records.insert(row, self.blank())
        return self.with_records(records)

    def remove(self, rows: Sequence[int]) -> Section:
        return self.with_records([record for at, record in enumerate(self.records) if at not in rows])

    def move(self, row: int, by: int) -> Section:
        records = list(self.records)
        target = max(0, min(len(records) - 1, row + by))
        records.insert(target, records.pop(row))
        return self.with_records(records)
