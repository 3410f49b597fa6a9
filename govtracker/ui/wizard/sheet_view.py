"""A sheet drawn as it was read: every cell in the colour of what it became, with the words in its tooltip."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from govtracker.review import CellView
from govtracker.ui.kit import theme

ROLES = {
    "title": ("제목", "#B9D2EE"),
    "head": ("머리글", "#D5E4F5"),
    "value": ("값", "#EDF4FC"),
    "total": ("합계 (대조만)", "#E4E6EA"),
    "left": ("제외", "#FFFFFF"),
    "unplaced": ("미배치", "#FFF3D9"),
}
"""What a cell may have become: the word for it and its colour."""
CELL = Qt.ItemDataRole.UserRole
_WIDEST, _NARROWEST = 220, 56
Index = QModelIndex | QPersistentModelIndex


def letters(number: int) -> str:
    """ "A" of 1, "AA" of 27."""
    made = ""
    while number:
        number, rest = divmod(number - 1, 26)
        made = chr(65 + rest) + made
    return made


class SheetModel(QAbstractTableModel):
    """The cells of one sheet."""

    def __init__(self) -> None:
        super().__init__()
        self.at: dict[tuple[int, int], CellView] = {}
        self.rows = self.columns = 0

    def set_cells(self, cells: Sequence[CellView]) -> None:
        """Show other cells."""
        self.beginResetModel()
        self.at = {(cell.row, cell.column): cell for cell in cells}
        self.rows = max((cell.row + cell.rowspan - 1 for cell in cells), default=0)
        self.columns = max((cell.column + cell.colspan - 1 for cell in cells), default=0)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self.rows

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self.columns

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return letters(section + 1) if orientation == Qt.Orientation.Horizontal else str(section + 1)

    def data(self, index: Index, role: int = 0) -> object:
        cell = self.at.get((index.row() + 1, index.column() + 1))
        if cell is None:
            return None
        word, colour = ROLES[cell.role]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.BackgroundRole:
            return QBrush(QColor(colour))
        if role == Qt.ItemDataRole.ForegroundRole and cell.role in ("left", "total"):
            return QBrush(QColor(theme.MUTED))
        if role == Qt.ItemDataRole.FontRole and cell.role in ("title", "head"):
            font = QFont()
            font.setBold(True)
            return font
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return f"{cell.place} · {word}\n{cell.what}"
        return cell if role == CELL else None


class _Delegate(QStyledItemDelegate):
    """A frame around what was left over: never told by colour alone."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        cell = index.data(CELL)
        if isinstance(cell, CellView) and cell.role == "unplaced":
            painter.save()
            painter.setPen(QPen(QColor(theme.WARNING), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
            painter.restore()


class SheetTable(QTableView):
    """The drawn sheet; cells are chosen one by one or as a range."""

    def __init__(self) -> None:
        super().__init__()
        self.cells = SheetModel()
        self.setModel(self.cells)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName("시트")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        height = self.fontMetrics().height() + 8
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalHeader().setMinimumSectionSize(height)

    def show_cells(self, cells: Sequence[CellView]) -> None:
        """Show the cells of a sheet, merged ones over all that they cover."""
        self.clearSpans()
        self.cells.set_cells(cells)
        widths = dict.fromkeys(range(1, self.cells.columns + 1), 0)
        for cell in cells:
            if cell.rowspan > 1 or cell.colspan > 1:
                self.setSpan(cell.row - 1, cell.column - 1, cell.rowspan, cell.colspan)
            if cell.colspan == 1:
                line = max(cell.text.split("\n"), key=len)
                width = self.fontMetrics().horizontalAdvance(line[:40]) + 14
                widths[cell.column] = max(widths[cell.column], width)
        for column, width in widths.items():
            self.setColumnWidth(column - 1, max(_NARROWEST, min(_WIDEST, width)))

    def chosen(self) -> CellView | None:
        """The cell that the cursor is on."""
        found = self.currentIndex().data(CELL) if self.currentIndex().isValid() else None
        return found if isinstance(found, CellView) else None

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor on a cell (from 1) and show it."""
        index = self.cells.index(row - 1, column - 1)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)


class Legend(QWidget):
    """What the colours mean."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(6)
        for name, (word, colour) in ROLES.items():
            box = QLabel()
            side = box.fontMetrics().height()
            box.setFixedSize(side, side)
            border = f"2px solid {theme.WARNING}" if name == "unplaced" else f"1px solid {theme.BORDER}"
            box.setStyleSheet(f"background: {colour}; border: {border};")
            row.addWidget(box)
            row.addWidget(QLabel(word))
            row.addSpacing(8)
        row.addStretch(1)
