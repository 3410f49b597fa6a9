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


NEW = "여기에 쓰면 새 줄이 됩니다"
"""What the row below a list's last one says."""


class SheetModel(QAbstractTableModel):
    """Qt's view of a sheet; an edit emits `edited` with the new section and whether it belongs to one step of undo
    with the edit before (whoever listens sets the new sheet).

    Below the rows of a list (`offers`) stands one more, which becomes a row of the list as soon as something is typed.
    """

    edited = Signal(object, bool)

    def __init__(self, sheet: Sheet, parent: QWidget | None = None, *, offers: bool = True) -> None:
        super().__init__(parent)
        self.sheet, self.offers, self.locked = sheet, offers, False

    def set_sheet(self, sheet: Sheet) -> None:
        """Show another sheet; where its shape is the same the selection stays."""
        same = sheet.rows == self.sheet.rows and sheet.heads == self.sheet.heads
        if same:
            self.sheet = sheet
            if sheet.rows and sheet.heads:
                self.dataChanged.emit(self.index(0, 0), self.index(sheet.rows - 1, len(sheet.heads) - 1))
            return
        if sheet.heads == self.sheet.heads and sheet.rows == self.sheet.rows + 1 and self.has_new:
            behind = self.sheet.rows + 1  # what was offered is the list's now, another row is offered
            self.beginInsertRows(QModelIndex(), behind, behind)
            self.sheet = sheet
            self.endInsertRows()
            self.dataChanged.emit(self.index(0, 0), self.index(sheet.rows - 1, len(sheet.heads) - 1))
            return
        self.beginResetModel()
        self.sheet = sheet
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self.sheet.rows + self.has_new

    @property
    def has_new(self) -> bool:
        """Whether a row is offered below the last one."""
        return self.offers and self.sheet.grows and not self.locked

    def lock(self, *, locked: bool) -> None:
        """Read only (no row is offered then), or not any more."""
        if locked != self.locked:
            self.beginResetModel()
            self.locked = locked
            self.endResetModel()

    def is_new(self, row: int) -> bool:
        """Whether a row is the one that is offered."""
        return row == self.sheet.rows and self.has_new

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.sheet.heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            if orientation == Qt.Orientation.Horizontal:
                return " ".join(self.sheet.heads[section].split())
            return "＋" if self.is_new(section) else str(section + 1)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.is_new(index.row()):
            base = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
            return base | Qt.ItemFlag.ItemIsEditable if index.column() in self.typed_columns else base
        view = self.sheet.view(index.row(), index.column())
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        typed = view.editable and view.shade is None and not self.locked
        return flags | Qt.ItemFlag.ItemIsEditable if typed else flags

    @property
    def typed_columns(self) -> list[int]:
        """Columns in which something may be typed into the row that is offered."""
        return self.sheet.new_columns

    def _new_data(self, column: int, role: int) -> Any:
        first = column == next(iter(self.typed_columns), -1)
        if role == Qt.ItemDataRole.DisplayRole:
            return NEW if first else ""
        if role == Qt.ItemDataRole.EditRole:
            return ""
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(theme.MUTED)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"새 줄 {' '.join(self.sheet.heads[column].split())}"
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.is_new(index.row()):
            return self._new_data(index.column(), role)
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
        if self.is_new(index.row()):
            return role == Qt.ItemDataRole.EditRole and self._add(index.column(), str(value))
        view = self.sheet.view(index.row(), index.column())
        if role != Qt.ItemDataRole.EditRole or not view.editable or str(value) == view.text:
            return False
        self.edited.emit(self.sheet.edit(index.row(), index.column(), str(value)), False)
        return True

    def _add(self, column: int, text: str) -> bool:
        """A new row with what was typed into the one that is offered; nothing for nothing."""
        if not text.strip():
            return False
        row = self.sheet.rows
        self.edited.emit(self.sheet.insert(row), False)
        if self.sheet.rows > row:
            self.edited.emit(self.sheet.edit(row, column, text), True)
        return True
