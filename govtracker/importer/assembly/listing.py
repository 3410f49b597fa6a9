"""Lists with a row per pledge: where they stand on a sheet, what their columns hold, which rows are pledges."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from govtracker.forms.columns import Setting
from govtracker.forms.loader import vocabulary
from govtracker.forms.schema import Form
from govtracker.importer.mapping import SKIP, Choices, MappedColumn, MappedTable, fingerprint, head_key
from govtracker.importer.meaning.heads import UNKNOWN, HeadReader, Reading, measure_named, named, target_of
from govtracker.importer.package.workbook import SheetCell
from govtracker.importer.structure.grids import Grid, GridColumn, grid_at, unit_above
from govtracker.importer.structure.labels import fold
from govtracker.importer.structure.sheet_view import SheetView
from govtracker.importer.structure.units import caption, without_caption
from govtracker.model.content import one_line

NAME = 8
"""How many values the name of a pledge is worth: without it nothing else has a place."""
SAMPLE = 60
"""Rows of a list that are looked at for the words that its money goes by."""
SHORT = 12
"""Longest word that may be a source of money."""
LIST = "list"
"""The kind of a table with a row per pledge."""
LEAST = 3
"""Columns of a list whose heads must be known, its title among them."""
PLEDGE, MORE, TOTAL_ROW, HEAD_ROW, CAPTION_ROW, OTHER_ROW, BLANK_ROW = (
    "pledge", "more", "total", "head", "caption", "other", "blank",
)  # fmt: skip
"""What a row of a list is: a pledge begins, goes on; sums, a head again, a unit, something else, nothing."""
_SUM = re.compile(
    r"(?:.*\s)?(?:총|소|합|누)?\s?계(?:\s*[(\[].*[)\]]|\s*\d+\s*건)?|평균|총\s*\d+\s*\S.*|.*[(\[]\s*\d+\s*건\s*[)\]]"
)
_NOTES = ("※", "*", "주)", "주:", "＊")


@dataclass(slots=True)
class PledgeList:
    """A list on a sheet: its table, what its columns hold, won per unit of its money where only a caption says it."""

    view: SheetView
    grid: Grid
    readings: tuple[Reading, ...]
    won: int | None
    reader: HeadReader
    notes: list[str] = field(default_factory=list)

    def mapped(self) -> MappedTable:
        """How the list was read, head by head."""
        columns = tuple(
            MappedColumn(column.left, column.right, column.path, target_of(reading))
            for column, reading in zip(self.grid.columns, self.readings, strict=True)
        )
        grid = self.grid
        return MappedTable(self.view.sheet.name, grid.top, grid.head_bottom, grid.bottom, LIST, columns)

    def note(self, place: str, text: str) -> None:
        """A remark with sheet and cell."""
        self.notes.append(f"{self.view.sheet.name}!{place}: {text}")

    def rows(self) -> list[tuple[int, str]]:
        """(row, what it is) of the rows under the head, blank ones aside."""
        made: list[tuple[int, str]] = []
        began: tuple[str, str] | None = None
        numbered, after_blank = _is_numbered(self), False
        for row in range(self.grid.head_bottom + 1, self.grid.bottom + 1):
            kind = _kind_of(self, row, began, numbered=numbered)
            if kind == PLEDGE:
                title = self.column("title")
                assert title is not None
                cell = self.view.covering(row, title.left)
                began = number_at(self, row), one_line(cell.text) if cell is not None else ""
            elif kind != MORE:
                began = None
            if kind == CAPTION_ROW and self._another_unit(row):
                break
            if kind == PLEDGE and after_blank and not numbered:
                kind = OTHER_ROW  # nothing but its place under the list says that it is a pledge
                began = None
            after_blank = after_blank or kind == BLANK_ROW
            if kind != BLANK_ROW:
                made.append((row, kind))
        return made

    def _another_unit(self, row: int) -> bool:
        """Whether a caption in a row names another unit than the list's."""
        units = {own.won for cell in self.view.texts(row) if (own := caption(cell.text)) is not None}
        return bool(units - {None, self.won})

    @property
    def worth(self) -> int:
        """Number of values under heads that are known, in rows that are a pledge's; its name counts as `NAME`."""
        columns = [
            column
            for column, reading in zip(self.grid.columns, self.readings, strict=True)
            if reading != UNKNOWN and (reading.kind != "money" or (reading.won or self.won) is not None)
        ]
        rows = self.rows()
        values = sum(
            bool(self.view.texts(row, column.left, column.right))
            for row, kind in rows
            if kind in (PLEDGE, MORE)
            for column in columns
        )
        return values + (NAME - 1) * sum(kind == PLEDGE for _, kind in rows)

    @property
    def is_certain(self) -> bool:
        """Whether more than the title's head says that the rows are pledges: numbers, or facts."""
        facts = sum(reading.kind == "fact" for reading in self.readings)
        return self.column("number") is not None or facts >= FACTS

    @property
    def is_plain(self) -> bool:
        """Whether a single row is a pledge beyond doubt: it has a number, and every head is known."""
        return self.column("number") is not None and UNKNOWN not in self.readings

    def column(self, kind: str) -> GridColumn | None:
        """The first column of a kind."""
        found = (
            c for c, reading in zip(self.grid.columns, self.readings, strict=True) if reading.kind == kind
        )
        return next(found, None)


def _is_numbered(found: PledgeList) -> bool:
    """Whether the list's pledges have numbers: most rows with a title of their own have one."""
    column = found.column("title")
    if column is None or _marker(found) is None:
        return False
    rows = range(found.grid.head_bottom + 1, found.grid.bottom + 1)
    titled = [
        row
        for row in rows
        if (c := found.view.covering(row, column.left)) is not None and c.row == row and c.text.strip()
    ]
    return sum(bool(_mark_at(found, row)) for row in titled) * 2 > len(titled)


def _marker(found: PledgeList) -> GridColumn | None:
    """The column that counts the pledges: their numbers, else a serial number."""
    serial = (c for c in found.grid.columns if named(without_caption(c.path[-1]), "no"))
    return found.column("number") or next(serial, None)


def _mark_at(found: PledgeList, row: int) -> str:
    """What a row has in the column that counts the pledges; a serial number has a digit."""
    column = _marker(found)
    if column is None or column is found.column("number"):
        return number_at(found, row)
    cell = found.view.covering(row, column.left)
    text = one_line(cell.text) if cell is not None and cell.right <= column.right else ""
    return text if any(letter.isdigit() for letter in text) else ""


def find_lists(
    view: SheetView, form: Form, setting: Setting, municipality: str = "", choices: Choices | None = None
) -> list[PledgeList]:
    """The sheet's lists with a row per pledge, from top to bottom.

    A list has a column of titles under a head that says so, other columns that are known, and two pledges in all the
    lists of the sheet. It ends where another head begins, or another unit of the same columns; a unit holds until
    another one is named.
    """
    made: list[PledgeList] = []
    for row in sorted(view.rows):
        if made and row <= made[-1].grid.head_bottom:
            continue
        found = _list_at(view, form, setting, municipality, choices or Choices(), row)
        if found is None:
            continue
        if made and _is_again(made[-1], found):
            continue
        if made:
            found.won = found.won or made[-1].won
            made[-1].grid = replace(made[-1].grid, bottom=row - 1)
        made.append(found)
    for each in made:
        _read_by_values(each, each.grid.bottom)
        _leave_doubles(each)
    begun = sum(kind == PLEDGE for each in made for _, kind in each.rows())
    return made if begun > 1 or (begun and all(each.is_plain for each in made)) else []


def _list_at(
    view: SheetView, form: Form, setting: Setting, municipality: str, choices: Choices, row: int
) -> PledgeList | None:
    """The list whose head begins in a row."""
    grid = grid_at(view, row)
    if grid is None:
        return None
    labels = [label for column in grid.columns for label in column.path]
    rows = range(grid.head_bottom + 1, min(grid.bottom, grid.head_bottom + SAMPLE) + 1)
    labels += [c.text for at in rows for c in view.texts(at, grid.left, grid.right) if len(c.text) < SHORT]
    taught = choices.heads.get(fingerprint(column.path for column in grid.columns), {})
    reader = HeadReader(form, setting, labels, municipality, taught)
    made = PledgeList(view, grid, tuple(reader.read(column.path) for column in grid.columns), None, reader)
    near = next(
        (at for at in range(grid.head_bottom + 1, grid.bottom + 1) if not view.texts(at)), grid.bottom + 1
    )
    _read_by_values(made, near - 1)
    known = sum(reading != UNKNOWN for reading in made.readings)
    titles = sum(reading.kind == "title" for reading in made.readings)
    if titles != 1 or known < LEAST or known * 2 <= len(made.readings) or not _is_of_pledges(made):
        return None
    made.won = unit_above(view, grid)
    return made


def _is_of_pledges(found: PledgeList) -> bool:
    """Whether the titles are pledges': items of one pledge's money have such heads, too, but no number and no facts."""
    title = found.column("title")
    return title is None or not named(without_caption(title.path[-1]), "part") or found.is_certain


FACTS = 2
"""Columns of facts that a list must have where nothing else says that its titles are pledges'."""


def _is_again(before: PledgeList, found: PledgeList) -> bool:
    """Whether a head only stands again, as at the top of a page: the same columns in the same unit."""
    places = [(column.left, column.right) for column in found.grid.columns]
    same = places == [(column.left, column.right) for column in before.grid.columns]
    return same and found.readings == before.readings and found.won in (None, before.won)


def _leave_doubles(found: PledgeList) -> None:
    """Columns of money that say the same are unknown: something that tells them apart wasn't read."""
    counted = Counter(each for each in found.readings if each.kind == "money")
    found.readings = tuple(UNKNOWN if counted.get(each, 0) > 1 else each for each in found.readings)


def _read_by_values(found: PledgeList, bottom: int) -> None:
    """What columns hold of which the heads don't say it: sources and measures by their words, then money by years."""
    columns = found.grid.columns
    readings = [
        _by_values(found, column, reading, bottom)
        for column, reading in zip(columns, found.readings, strict=True)
    ]
    if any(reading.kind in ("source", "measure") for reading in readings):
        for at, reading in enumerate(readings):
            if reading == UNKNOWN:
                readings[at] = found.reader.money(columns[at].path) or reading
    found.readings = tuple(readings)


def _by_values(found: PledgeList, column: GridColumn, reading: Reading, bottom: int) -> Reading:
    """What a column holds by its head; one whose cells are all sources or all measures says whose money a row is."""
    if (
        reading.kind in ("number", "title", "fact", SKIP)
        or reading.key
        or head_key(column.path) in found.reader.taught
    ):
        return reading
    words = {fold(word) for word in vocabulary("words")["total"]}
    cells = [
        c
        for row in range(found.grid.head_bottom + 1, bottom + 1)
        for c in found.view.texts(row, column.left, column.right)
    ]
    values = {fold(cell.text) for cell in cells if not cell.number} - words
    if values and not any(cell.number for cell in cells):
        if values <= found.reader.sources.keys():
            return Reading("source")
        if all(measure_named(value) for value in values):
            return Reading("measure")
    return UNKNOWN if reading.kind in ("source", "measure") else reading


# ---------------------------------------------------------------- rows


def _kind_of(found: PledgeList, row: int, began: tuple[str, str] | None, *, numbered: bool) -> str:
    """What a row of a list is, after a pledge that began above (None = none is open)."""
    texts = found.view.texts(row, found.grid.left, found.grid.right)
    if not texts:
        return BLANK_ROW
    if all(_is_head(found, cell) for cell in texts):
        return HEAD_ROW
    if all(caption(cell.text) is not None for cell in texts):
        return CAPTION_ROW
    column = found.column("title")
    assert column is not None
    if any(is_total(cell) for cell in texts if cell.column <= column.right):
        return TOTAL_ROW
    title, number = found.view.covering(row, column.left), number_at(found, row)
    if texts[0].text.lstrip().startswith(_NOTES):
        return OTHER_ROW
    if title is not None and title.row == row and title.text.strip():
        if title.column < column.left or title.right > column.right:
            return OTHER_ROW
        identity = number, one_line(title.text)
        if identity == began or (began is not None and not number and identity[1] == began[1]):
            return MORE
        alone = len(texts) == 1
        unmarked = numbered and not _mark_at(found, row)
        return OTHER_ROW if unmarked or (alone and not number) else PLEDGE
    merged = title is not None and title.row < row and bool(title.text.strip())
    own_number = any(cell.row == row and _kind_under(found, cell) == "number" for cell in texts)
    own_group = not merged and any(cell.row == row and _is_carried(found, cell) for cell in texts)
    return MORE if began is not None and (merged or not own_number) and not own_group else OTHER_ROW


def _is_carried(found: PledgeList, cell: SheetCell) -> bool:
    """Whether a cell begins in the column of a fact that goes on over the pledges below (their field)."""
    columns = zip(found.grid.columns, found.readings, strict=True)
    under = (reading for column, reading in columns if column.left <= cell.column <= column.right)
    facts = found.reader.form.fact
    return any(reading.kind == "fact" and facts[reading.key].carried for reading in under)


def _is_head(found: PledgeList, cell: SheetCell) -> bool:
    """Whether a cell repeats a label of its own column's head."""
    return any(
        fold(cell.text) == fold(label)
        for column in found.grid.columns
        if column.left <= cell.right and cell.column <= column.right
        for label in column.path
    )


def is_total(cell: SheetCell) -> bool:
    """Whether a text stands before sums: `합계`, `소 계`, `전체 공약 합계`, `소계(2건)`."""
    words = {fold(word) for word in vocabulary("words")["total"]}
    return not cell.number and (fold(cell.text) in words or bool(_SUM.fullmatch(one_line(cell.text))))


def _kind_under(found: PledgeList, cell: SheetCell) -> str:
    """What the column holds that a cell begins in."""
    columns = zip(found.grid.columns, found.readings, strict=True)
    return next(
        (reading.kind for column, reading in columns if column.left <= cell.column <= column.right), ""
    )


def number_at(found: PledgeList, row: int) -> str:
    """What a row says of its pledge's number."""
    column = found.column("number")
    cell = found.view.covering(row, column.left) if column is not None else None
    return one_line(cell.text) if cell is not None and not cell.is_date else ""
