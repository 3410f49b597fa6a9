"""Blocks of cells to the clipboard and back, filled down and across, and what they add up to."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from PySide6.QtCore import QMimeData, QModelIndex
from PySide6.QtGui import QGuiApplication

from govtracker.model.figure import parse_figure
from govtracker.model.place import Place
from govtracker.ui.grid.model import SheetModel
from govtracker.ui.kit.pasted import Rows, page_of, tab_rows, tab_text


def copy(model: SheetModel, cells: Sequence[QModelIndex]) -> None:
    """The cells' texts to the clipboard, for Excel and for texts; cells between them that aren't chosen are blank."""
    chosen = [index for index in cells if index.row() < model.sheet.rows]
    if not chosen:
        return
    columns = range(min(i.column() for i in chosen), max(i.column() for i in chosen) + 1)
    texts = {(index.row(), index.column()): _text(model, index.row(), index.column()) for index in chosen}
    rows = sorted({row for row, _ in texts})
    block = [[texts.get((row, column), "") for column in columns] for row in rows]
    data = QMimeData()
    data.setText(tab_text(block).removesuffix("\n"))
    data.setHtml(page_of(block))
    QGuiApplication.clipboard().setMimeData(data)


def _text(model: SheetModel, row: int, column: int) -> str:
    view = model.sheet.view(row, column)
    return view.text if view.shade is None else "1" if view.shade else ""


def _write(model: SheetModel, wanted: Sequence[tuple[int, int, str]]) -> None:
    """Texts into cells (row, column) as the sheet is now.

    An edit may take a column or a row away that nothing is in any more: each cell is found again by its place, and what
    is blank comes last.
    """
    places = [(model.sheet.place(row, column), (row, column), text) for row, column, text in wanted]
    for place, at, text in sorted(places, key=lambda each: not each[2].strip()):
        found = _found(model, place, at)
        if found is not None and model.sheet.view(*found).editable:
            model.edited.emit(model.sheet.edit(*found, text), True)


def _found(model: SheetModel, place: Place, at: tuple[int, int]) -> tuple[int, int] | None:
    """Where a place stands now: where it stood, or elsewhere; None where it is gone.

    Its own column is looked through first, for all cells of an amount's row may have one place.
    """
    sheet = model.sheet
    if at[0] < sheet.rows and at[1] < len(sheet.heads) and sheet.place(*at) == place:
        return at
    columns = sorted(range(len(sheet.heads)), key=lambda column: column != at[1])
    cells = ((row, column) for column in columns for row in range(sheet.rows))
    return next((cell for cell in cells if sheet.place(*cell) == place), None)


def clear(model: SheetModel, cells: Sequence[QModelIndex]) -> None:
    """Empty the cells that can be typed into."""
    wanted = []
    for index in cells:
        if index.row() < model.sheet.rows:
            view = model.sheet.view(index.row(), index.column())
            if view.editable and (view.text or view.shade):
                wanted.append((index.row(), index.column(), ""))
    _write(model, wanted)


def copied() -> Rows:
    """The cells in the clipboard."""
    return tab_rows(QGuiApplication.clipboard().text())


class Beyond(NamedTuple):
    """How many rows and columns of a block lie outside of a table."""

    rows: int
    columns: int


def beyond(model: SheetModel, start: QModelIndex, block: Rows) -> Beyond:
    """What of a block would have no place from a cell on; a list has room for any number of rows."""
    rows = 0 if model.sheet.grows else max(0, start.row() + len(block) - model.sheet.rows)
    width = max((len(row) for row in block), default=0)
    return Beyond(rows, max(0, start.column() + width - len(model.sheet.heads)))


class Pasted(NamedTuple):
    """What became of a block: rows and columns that lay in the table, rows that were added, cells passed over."""

    rows: int
    columns: int
    added: int
    passed: int


def paste(model: SheetModel, start: QModelIndex, block: Rows) -> Pasted:
    """A block from a cell on; computed cells are passed over, what lies outside is left."""
    before = model.sheet.rows
    while model.sheet.grows and model.sheet.rows < start.row() + len(block):
        rows = model.sheet.rows
        model.edited.emit(model.sheet.insert(rows), True)
        if model.sheet.rows == rows:
            break
    passed = 0
    rows, columns = model.sheet.rows, len(model.sheet.heads)
    wanted = []
    for down, line in enumerate(block):
        for right, piece in enumerate(line):
            row, column = start.row() + down, start.column() + right
            if row < rows and column < columns:
                view = model.sheet.view(row, column)
                if view.editable:
                    wanted.append((row, column, piece))
                elif piece.strip() and piece.strip() != view.text:
                    passed += 1
    added = rows - before
    height = min(len(block), rows - start.row())
    width = min(len(block[0]) if block else 0, columns - start.column())
    _write(model, wanted)
    return Pasted(height, width, added, passed)


def fill_with(model: SheetModel, cells: Sequence[QModelIndex], text: str) -> int:
    """One text into every one of the cells that can be typed into; how many these are."""
    wanted = [
        (index.row(), index.column(), text)
        for index in cells
        if index.row() < model.sheet.rows and model.sheet.view(index.row(), index.column()).editable
    ]
    _write(model, wanted)
    return len(wanted)


def fill(model: SheetModel, cells: Sequence[QModelIndex], *, down: bool) -> int:
    """The first row (or column) of a selection into its others; of a single one what stands before it."""
    rows, columns = {index.row() for index in cells}, {index.column() for index in cells}
    lines = rows if down else columns
    if not lines:
        return 0
    first = min(lines) if len(lines) > 1 else min(lines) - 1
    wanted = []
    for index in cells:
        source = (first, index.column()) if down else (index.row(), first)
        line = index.row() if down else index.column()
        if first < 0 or line == first or index.row() >= model.sheet.rows:
            continue
        shown, view = model.sheet.view(*source), model.sheet.view(index.row(), index.column())
        if view.editable and (shown.shade is None) == (view.shade is None):
            wanted.append((index.row(), index.column(), _text(model, *source)))
    _write(model, wanted)
    return len(wanted)


def summed(model: SheetModel, cells: Sequence[QModelIndex]) -> str:
    """Count, sum and mean of the figures in some cells, as the status bar says it; "" for less than two of them."""
    values: list[Decimal] = []
    measures = set()
    for index in cells:
        if index.row() < model.sheet.rows:
            view = model.sheet.view(index.row(), index.column())
            figure = parse_figure(view.text) if view.align == "right" else None
            if figure is not None and figure.value is not None:
                values.append(figure.value)
                measures.add(model.sheet.place(index.row(), index.column()).measure)
    if len(values) < 2:
        return ""
    if len(measures) > 1:
        return f"선택 {len(values)}칸 · 종류가 섞여 더하지 않았습니다"
    total = sum(values, Decimal(0))
    mean = parse_figure(f"{(total / len(values)).quantize(Decimal('0.1')):f}").printed()
    added = parse_figure(f"{total:f}").printed()
    least, most = (parse_figure(f"{each:f}").printed() for each in (min(values), max(values)))
    return f"선택 {len(values)}칸 · 합계 {added} · 평균 {mean} · 최소 {least} · 최대 {most}"
