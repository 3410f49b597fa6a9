"""Carets of every kind of field: where somebody types in it, and going back there."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from govtracker.model.place import Place
from govtracker.session.draft import Caret
from govtracker.ui.editors.outline.edit import OutlineEdit
from govtracker.ui.grid.view import GridView


def caret_of(widget: QWidget, place: Place) -> Caret:
    """The caret of a field that stands at a place; fields without one have their place only."""
    if isinstance(widget, QTextEdit | QPlainTextEdit):
        cursor = widget.textCursor()
        return Caret(place, (cursor.anchor(),), (cursor.position(),))
    if isinstance(widget, QLineEdit):
        start, length = widget.selectionStart(), len(widget.selectedText())
        position = widget.cursorPosition()
        anchor = position if start < 0 else start + length if position == start else start
        return Caret(place, (anchor,), (position,))
    if isinstance(widget, GridView):
        return _of_grid(widget, place)
    return Caret(place)


def _of_grid(grid: GridView, place: Place) -> Caret:
    current = grid.currentIndex()
    if not current.isValid():
        return Caret(place)
    chosen = grid.selectionModel().selectedIndexes() or [current]
    rows, columns = sorted(index.row() for index in chosen), sorted(index.column() for index in chosen)
    row = rows[0] if current.row() == rows[-1] else rows[-1]
    column = columns[0] if current.column() == columns[-1] else columns[-1]
    return Caret(place, (row, column), (current.row(), current.column()))


def inner_place(widget: QWidget, place: Place, point: QPoint) -> Place | None:
    """The place of what stands at a point of the screen in a field: a grid's cell, a line of a text, else the field's."""
    if isinstance(widget, GridView):
        index = widget.indexAt(widget.viewport().mapFromGlobal(point))
        if not index.isValid():
            return None
        return widget.sheet_model.sheet.place(index.row(), index.column())._replace(section=place.section)
    if isinstance(widget, OutlineEdit):
        return widget.place_at(place.section, widget.viewport().mapFromGlobal(point))
    return place


def typed_place(widget: QWidget, place: Place) -> Place:
    """The place of what is typed into in a field."""
    if isinstance(widget, GridView):
        index = widget.currentIndex()
        if not index.isValid() or widget.sheet_model.is_new(index.row()):
            return Place(place.section)
        return widget.sheet_model.sheet.place(index.row(), index.column())._replace(section=place.section)
    if isinstance(widget, OutlineEdit):
        return widget.place_at(place.section, widget.cursorRect().center()) or place
    return place


def enter_place(widget: QWidget, own: Place, place: Place) -> bool:
    """Focus to a place inside of a field that stands at another; whether it is there."""
    if isinstance(widget, GridView):
        sheet = widget.sheet_model.sheet
        for row in range(sheet.rows):
            for column in range(len(sheet.heads)):
                if sheet.place(row, column)._replace(section=place.section) == place:
                    widget.select(row, column)
                    widget.setFocus()
                    return True
        rows = [row for row in range(sheet.rows) if place.id and sheet.place(row, 0).id == place.id]
        if rows:
            widget.select(rows[0], 0)
            widget.setFocus()
        return bool(rows)
    if isinstance(widget, OutlineEdit):
        return widget.go_to(place.id)
    if own == place or (own.id, own.field) == (place.id, place.field):
        widget.setFocus()
        return True
    return False


def put_caret(widget: QWidget, caret: Caret) -> None:
    """Focus to the field, its caret and selection as they were (as far as the field still reaches)."""
    widget.setFocus()
    if isinstance(widget, QTextEdit | QPlainTextEdit):
        if len(caret.position) == 1:
            cursor, end = widget.textCursor(), widget.document().characterCount() - 1
            cursor.setPosition(min(caret.anchor[0], end))
            cursor.setPosition(min(caret.position[0], end), QTextCursor.MoveMode.KeepAnchor)
            widget.setTextCursor(cursor)
    elif isinstance(widget, QLineEdit):
        if len(caret.position) == 1:
            widget.setCursorPosition(caret.anchor[0])
            widget.cursorForward(True, caret.position[0] - caret.anchor[0])
    elif isinstance(widget, GridView) and len(caret.position) == 2:
        _to_cells(widget, caret)


def _to_cells(grid: GridView, caret: Caret) -> None:
    model = grid.sheet_model
    rows, columns = model.rowCount(), model.columnCount()
    if not rows or not columns:
        return
    ends = [
        model.index(min(row, rows - 1), min(column, columns - 1))
        for row, column in (caret.anchor, caret.position)
    ]
    top, bottom = sorted(index.row() for index in ends)
    left, right = sorted(index.column() for index in ends)
    block = QItemSelection(model.index(top, left), model.index(bottom, right))
    flags = QItemSelectionModel.SelectionFlag
    grid.selectionModel().setCurrentIndex(ends[1], flags.NoUpdate)
    grid.selectionModel().select(block, flags.ClearAndSelect)
