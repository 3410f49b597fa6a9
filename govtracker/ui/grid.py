"""A table over a `Sheet`: typing replaces, Enter goes down, Tab right, Delete clears, blocks copy and paste."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from govtracker.ui import theme
from govtracker.ui.sheets.base import Sheet

Index = QModelIndex | QPersistentModelIndex
_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "center": Qt.AlignmentFlag.AlignHCenter,
}


class SheetModel(QAbstractTableModel):
    """Qt's view of a sheet; an edit emits `edited` with the new section (whoever listens sets the new sheet)."""

    edited = Signal(object)

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
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        view = self.sheet.view(index.row(), index.column())
        if role != Qt.ItemDataRole.EditRole or not view.editable or str(value) == view.text:
            return False
        self.edited.emit(self.sheet.edit(index.row(), index.column(), str(value)))
        return True


class CellDelegate(QStyledItemDelegate):
    """Editors that keep Enter and Tab for moving on."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = super().createEditor(parent, option, index)
        editor.setStyleSheet("padding: 0 2px; border: 0; border-radius: 0;")
        return editor


class GridView(QTableView):
    """The table widget. `rows_wanted(row, by)`: insert before (by 0), remove (by -1); `moved(row, by)`."""

    insert_wanted = Signal(int)
    remove_wanted = Signal(int)
    move_wanted = Signal(int, int)

    def __init__(self, model: SheetModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet_model = model
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setTabKeyNavigation(True)
        self.setWordWrap(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 16)
        self.verticalHeader().setFixedWidth(34)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(24)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        model.modelReset.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Columns as the sheet wants them, the height that shows all rows."""
        for column, width in enumerate(self.sheet_model.sheet.widths):
            self.setColumnWidth(column, width)
        lines = max((head.count("\n") + 1 for head in self.sheet_model.sheet.heads), default=1)
        self.horizontalHeader().setFixedHeight(self.fontMetrics().height() * lines + 12)
        rows = max(1, self.sheet_model.sheet.rows)
        height = self.horizontalHeader().height() + rows * self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(height + self.horizontalScrollBar().sizeHint().height() + 4)

    def commit(self) -> None:
        """Take over what is being typed in an open cell."""
        editor = self.indexWidget(self.currentIndex()) or next(
            (
                w
                for w in self.viewport().findChildren(QWidget)
                if w.isVisible() and w.parent() is self.viewport()
            ),
            None,
        )
        if self.state() == QAbstractItemView.State.EditingState and editor is not None:
            self.commitData(editor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of a sheet; what isn't one goes to the table (typing opens a cell)."""
        index, key, modifiers = self.currentIndex(), event.key(), event.modifiers()
        control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        alt = bool(modifiers & Qt.KeyboardModifier.AltModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self._go(1, 0)
        elif key == Qt.Key.Key_Delete:
            self._clear()
        elif key == Qt.Key.Key_Space and index.isValid() and self._shaded(index):
            self._toggle(index)
        elif control and key == Qt.Key.Key_C:
            self._copy()
        elif control and key == Qt.Key.Key_V:
            self._paste()
        elif control and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.insert_wanted.emit(index.row() + 1 if index.isValid() else 0)
        elif control and key == Qt.Key.Key_Minus and index.isValid():
            self.remove_wanted.emit(index.row())
        elif alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and index.isValid():
            self.move_wanted.emit(index.row(), -1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Tab and self._at_end(index) and self.sheet_model.sheet.grows:
            self.insert_wanted.emit(self.sheet_model.sheet.rows)
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """After Enter in a cell the cell below is current."""
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self._go(1, 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._shaded(index):
            self._toggle(index)

    def select(self, row: int, column: int) -> None:
        """Make a cell the current one."""
        index = self.sheet_model.index(min(row, self.sheet_model.rowCount() - 1), column)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _go(self, rows: int, columns: int) -> None:
        index = self.currentIndex()
        target = self.sheet_model.index(index.row() + rows, index.column() + columns)
        if target.isValid():
            self.selectionModel().setCurrentIndex(target, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _at_end(self, index: QModelIndex) -> bool:
        return (
            index.row() == self.sheet_model.rowCount() - 1
            and index.column() == self.sheet_model.columnCount() - 1
        )

    def _shaded(self, index: QModelIndex) -> bool:
        return self.sheet_model.sheet.view(index.row(), index.column()).shade is not None

    def _toggle(self, index: QModelIndex) -> None:
        on = self.sheet_model.sheet.view(index.row(), index.column()).shade
        self.sheet_model.edited.emit(
            self.sheet_model.sheet.edit(index.row(), index.column(), "" if on else "1")
        )

    def _selected(self) -> list[QModelIndex]:
        return sorted(
            self.selectionModel().selectedIndexes(), key=lambda index: (index.row(), index.column())
        )

    def _clear(self) -> None:
        for index in self._selected():
            view = self.sheet_model.sheet.view(index.row(), index.column())
            if view.editable and (view.text or view.shade):
                self.sheet_model.edited.emit(self.sheet_model.sheet.edit(index.row(), index.column(), ""))

    def _copy(self) -> None:
        rows: dict[int, list[str]] = {}
        for index in self._selected():
            view = self.sheet_model.sheet.view(index.row(), index.column())
            rows.setdefault(index.row(), []).append(
                ("1" if view.shade else "") if view.shade is not None else view.text
            )
        QGuiApplication.clipboard().setText("\n".join("\t".join(texts) for texts in rows.values()))

    def _paste(self) -> None:
        """A block from the current cell on; computed cells and what lies outside are passed over."""
        start, text = self.currentIndex(), QGuiApplication.clipboard().text().rstrip("\n")
        if not start.isValid() or not text:
            return
        for down, line in enumerate(text.split("\n")):
            for right, piece in enumerate(line.split("\t")):
                index = self.sheet_model.index(start.row() + down, start.column() + right)
                if index.isValid() and self.sheet_model.sheet.view(index.row(), index.column()).editable:
                    self.sheet_model.edited.emit(
                        self.sheet_model.sheet.edit(index.row(), index.column(), piece)
                    )
