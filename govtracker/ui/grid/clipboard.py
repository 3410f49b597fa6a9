"""Blocks of cells to the clipboard and back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QGuiApplication

from govtracker.ui.grid.model import SheetModel


def copy(model: SheetModel, cells: Sequence[QModelIndex]) -> None:
    """The cells' texts to the clipboard, a line per row."""
    rows: dict[int, list[str]] = {}
    for index in cells:
        view = model.sheet.view(index.row(), index.column())
        text = view.text if view.shade is None else "1" if view.shade else ""
        rows.setdefault(index.row(), []).append(text)
    QGuiApplication.clipboard().setText("\n".join("\t".join(texts) for texts in rows.values()))


def clear(model: SheetModel, cells: Sequence[QModelIndex]) -> None:
    """Empty the cells that can be typed into."""
    for index in cells:
        view = model.sheet.view(index.row(), index.column())
        if view.editable and (view.text or view.shade):
            model.edited.emit(model.sheet.edit(index.row(), index.column(), ""), True)


def paste(model: SheetModel, start: QModelIndex) -> None:
    """A block from a cell on; computed cells and what lies outside are passed over."""
    text = QGuiApplication.clipboard().text().rstrip("\n")
    if not start.isValid() or not text:
        return
    lines = text.split("\n")
    while model.sheet.grows and model.rowCount() < start.row() + len(lines):
        rows = model.rowCount()
        model.edited.emit(model.sheet.insert(rows), True)
        if model.rowCount() == rows:
            break
    for down, line in enumerate(lines):
        for right, piece in enumerate(line.split("\t")):
            index = model.index(start.row() + down, start.column() + right)
            if index.isValid() and model.sheet.view(index.row(), index.column()).editable:
                model.edited.emit(model.sheet.edit(index.row(), index.column(), piece), True)
