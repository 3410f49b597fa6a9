"""A workbook as the importer sees it: neutral cells with spans and formatting, and what isn't in cells."""

from __future__ import annotations

from dataclasses import dataclass, field

from govtracker.model.content import Run


@dataclass(slots=True)
class SheetCell:
    """A cell (the top left one of a merge): `text` as shown, `runs` its styled stretches, 1-based position.

    `fill` names a visible background ("" = none), `indent` is the alignment's, `border` its drawn sides (lrtb),
    `number` whether the value is numeric, `around` the words that its number format puts before and after it
    (`"("` and `")"`, `""` and `"백만원"`); they are part of the text. `fault` is an error value or a formula without a cached value.
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
    around: tuple[str, str] = ("", "")

    @property
    def figure(self) -> str:
        """The text without what the number format puts around the number."""
        return self.text.removeprefix(self.around[0]).removesuffix(self.around[1])

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
    """What a sheet has that is no cell: picture, comment, header, footer, chart, text box, value under a merge."""

    what: str
    place: str = ""
    text: str = ""
    row: int = 0
    column: int = 0
    data: bytes = b""
    width: float = 0
    height: float = 0


@dataclass(slots=True)
class Sheet:
    name: str
    cells: list[SheetCell] = field(default_factory=list)
    beside: list[NonCell] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()


@dataclass(slots=True)
class Workbook:
    file: str
    sheets: list[Sheet] = field(default_factory=list)


def column_letters(number: int) -> str:
    """ "A" of 1, "AA" of 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
