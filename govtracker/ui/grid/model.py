"""Qt's model of a sheet: what its cells show, and edits as new sections."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QWidget

from govtracker.ui.kit import theme
from govtracker.ui.sheets.base import Sheet

Index = QModelIndex | QPersistentModelIndex
_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "center": Qt.AlignmentFlag.AlignHCenter,
}


class SheetModel(QAbstractTableModel):
    """Qt's view of a sheet; an edit emits `edited` with the new section and whether it belongs to one step of undo
    with the edit before (whoever listens sets the new sheet)."""

    edited = Signal(object, bool)

    def __init__(self, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = sheet

    def set_sheet(self, sheet: Sheet) -> None:
        """Show another sheet; where its shape is the same the selection stays."""
        same = sheet.rows == self.sheet.rows and sheet.heads == self.sheet.heads
        if same:
            self.sheet = sheet
            if sheet.rows and sheet.heads:
                self.dataChanged.emit(self.index(0, 0), self.index(sheet.rows - 1, len(sheet.heads) - 1))
            return
        self.beginResetModel()
        self.sheet = sheet
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self.sheet.rows

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.sheet.heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.sheet.heads[section] if orientation == Qt.Orientation.Horizontal else str(section + 1)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        view = self.sheet.view(index.row(), index.column())
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return flags | Qt.ItemFlag.ItemIsEditable if view.editable and view.shade is None else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        view = self.sheet.view(index.row(), index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return view.text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_ALIGN[view.align] | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.BackgroundRole:
            if view.problem:
                return QColor(theme.ERROR_TINT)
            if view.shade is not None:
                return QColor(theme.GANTT) if view.shade else None
            return QColor(theme.COMPUTED) if view.computed else None
        if role == Qt.ItemDataRole.FontRole and view.bold:
            font = QFont()
            font.setBold(True)
            return font
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return view.problem or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            text = view.text if view.shade is None else "칠함" if view.shade else "비움"
            return f"{' '.join(self.sheet.heads[index.column()].split())} {text}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        view = self.sheet.view(index.row(), index.column())
        if role != Qt.ItemDataRole.EditRole or not view.editable or str(value) == view.text:
            return False
        self.edited.emit(self.sheet.edit(index.row(), index.column(), str(value)), False)
        return True
