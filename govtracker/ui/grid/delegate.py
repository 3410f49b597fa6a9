"""How a cell of a grid is painted and typed into."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from govtracker.ui.grid.model import Index, SheetModel
from govtracker.ui.kit import theme


class CellDelegate(QStyledItemDelegate):
    """Editors that keep Enter and Tab for moving on; shaded cells stay shaded when selected, focus has a frame."""

    def __init__(self, model: SheetModel, parent: QTableView) -> None:
        super().__init__(parent)
        self.model = model

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = super().createEditor(parent, option, index)
        editor.setStyleSheet("padding: 0 2px; border: 0; border-radius: 0;")
        editor.setAccessibleName(" ".join(str(self._head(index)).split()))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """A cell that is being typed into stays as it is, whatever changes around it."""
        if not (isinstance(editor, QLineEdit) and editor.isModified()):
            super().setEditorData(editor, index)

    def _head(self, index: Index) -> Any:
        return index.model().headerData(index.column(), Qt.Orientation.Horizontal)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = self.parent()
        assert isinstance(view, QTableView)
        new = self.model.is_new(index.row())
        shade = None if new else self.model.sheet.view(index.row(), index.column()).shade
        rect: QRect = option.rect
        if shade is None:
            super().paint(painter, option, index)
        else:
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            empty = theme.SELECTION if selected else "white"
            painter.fillRect(rect, QColor(theme.GANTT if shade else empty))
        if index == view.currentIndex() and view.hasFocus():
            painter.save()
            painter.setPen(QPen(QColor(theme.ACCENT), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
            painter.restore()
