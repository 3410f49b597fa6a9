"""A workbook as the importer sees it: neutral cells with spans and formatting, and what isn't in cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from govtracker.model.content import Run


@dataclass(slots=True)
class SheetCell:
    """A cell (the top left one of a merge): `text` as shown, `runs` its styled stretches, 1-based position.

    `fill` names a visible background ("" = none), `indent` is the alignment's, `border` its drawn sides (lrtb),
    `number` whether the value is numeric, `digits` then the number alone with its true sign (`-38,000` of a cell
    that shows `△38,000`, `334` of `(334)`). `fault` says why a cell that holds something has no text (an error
    value, a formula without a stored value, struck-out words), `raw` what stands in it where that isn't the text.
    """

    row: int
    column: int
    text: str = ""
    rowspan: int = 1
    colspan: int = 1
    runs: tuple[Run, ...] = ()
    bold: bool = False
    fill: str = ""
    indent: int = 0
    border: str = ""
    number: bool = False
    fault: str = ""
    raw: str = ""
    digits: str = ""

    @property
    def figure(self) -> str:
        """The figure in the cell as it is parsed: of a number without what its format puts around it."""
        return self.digits if self.number else self.text

    @property
    def is_date(self) -> bool:
        """Whether a number shows as a date: a control number such as 1-1 that a program took for one."""
        return self.number and not re.fullmatch(r"[-△▲(]*[\d,.]+[)%]*", self.text.strip())

    @property
    def right(self) -> int:
        """Last column that the cell covers."""
        return self.column + self.colspan - 1

    @property
    def bottom(self) -> int:
        """Last row that the cell covers."""
        return self.row + self.rowspan - 1

    @property
    def place(self) -> str:
        return f"{column_letters(self.column)}{self.row}"


@dataclass(slots=True)
class NonCell:
    """What a sheet has that is no cell (`claims.KINDS` lists what there is), at its first row and column.

    A picture has its bytes and its printed size in mm; without bytes it couldn't be taken out of the file.
    """

    what: str
    place: str = ""
    text: str = ""
    row: int = 0
    column: int = 0
    data: bytes = b""
    width: float = 0
    height: float = 0


HIDDEN_ROW, HIDDEN_COLUMN, OUTSIDE = "숨긴 행", "숨긴 열", "인쇄 영역 밖"
"""Why a cell isn't seen on the printed page."""


@dataclass(slots=True)
class Sheet:
    """`unseen` are cells that nobody sees on the printed page, each with the reason; `remarks` are (place, sentence).

    `left` are cells that somebody decided to leave out, each with a sentence that says so. `index` is for whoever looks
    at the cells by their place; another sheet made of this one has none yet.
    """

    name: str
    cells: list[SheetCell] = field(default_factory=list)
    beside: list[NonCell] = field(default_factory=list)
    hidden: bool = False
    unseen: list[tuple[SheetCell, str]] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)
    left: list[tuple[SheetCell, str]] = field(default_factory=list)
    index: Any = field(default=None, init=False, compare=False, repr=False)


def with_hidden(sheet: Sheet) -> Sheet:
    """The sheet with the cells of its hidden rows and columns among the others."""
    shown = [cell for cell, why in sheet.unseen if why != OUTSIDE]
    cells = sorted([*sheet.cells, *shown], key=lambda cell: (cell.row, cell.column))
    return replace(sheet, cells=cells, unseen=[pair for pair in sheet.unseen if pair[1] == OUTSIDE])


@dataclass(slots=True)
class Workbook:
    """`remarks` are sentences about the file as a whole (macros, another reader, parts of nobody)."""

    file: str
    sheets: list[Sheet] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def column_letters(number: int) -> str:
    """ "A" of 1, "AA" of 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """1 of "A", 27 of "AA"."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
