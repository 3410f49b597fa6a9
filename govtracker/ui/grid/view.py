"""The table widget: typing replaces, Enter goes down, Tab right, Delete clears; as high as its rows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QTableView,
    QWidget,
)

from govtracker.ui.grid import clipboard
from govtracker.ui.grid.delegate import CellDelegate
from govtracker.ui.grid.model import SheetModel
from govtracker.ui.kit.ensure_visible import ensure_visible

DENSE, WIDE = 30, 80
"""Columns narrower than the one make dense heads; columns from the other on share what room is left."""
LOOKED_AT = 60
"""Rows that a column's width is taken from."""
_DENSE_HEAD = "QHeaderView::section:horizontal { font-weight: normal; padding: 4px 0; }"


class GridView(QTableView):
    """The table widget. It tells when a row is to be inserted before a row, removed, or moved by so many rows."""

    insert_wanted = Signal(int)
    remove_wanted = Signal(int)
    move_wanted = Signal(int, int)

    def __init__(self, model: SheetModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet_model = model
        self.setModel(model)
        self.setItemDelegate(CellDelegate(model, self))
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.most_rows = 0
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCornerButtonEnabled(False)
        side = self.verticalHeader()
        side.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        side.setMinimumSectionSize(self.fontMetrics().height() + 12)
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setFixedWidth(30)
        side.setVisible(model.sheet.grows)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(20)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        model.modelReset.connect(self.fit)
        model.dataChanged.connect(self.fit_rows)
        self.selectionModel().currentChanged.connect(self._follow)
        self.fit()

    def fit(self) -> None:
        """Columns as wide as the sheet and the heads want, wider where there is room; all rows in sight."""
        sheet = self.sheet_model.sheet
        dense = min(sheet.widths, default=99) < DENSE
        self.horizontalHeader().setStyleSheet(_DENSE_HEAD if dense else "")
        font = self.font()
        font.setBold(not dense)
        metrics, room = QFontMetrics(font), 3 if dense else 12
        widths = [
            max(width, *(metrics.horizontalAdvance(line) + room for line in head.split("\n")))
            for width, head in zip(sheet.widths, sheet.heads, strict=True)
        ]
        if not dense:
            widths = [max(width, self._words(column)) for column, width in enumerate(widths)]
        free = self._room() - sum(widths)
        wide = [i for i, width in enumerate(sheet.widths) if width >= WIDE] or list(range(len(widths)))
        if free > 0 and wide:
            whole = sum(widths[i] for i in wide)
            shares = {i: free * widths[i] // whole for i in wide}
            shares[wide[0]] += free - sum(shares.values())
            widths = [width + shares.get(i, 0) for i, width in enumerate(widths)]
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        lines = max((head.count("\n") + 1 for head in sheet.heads), default=1)
        self.horizontalHeader().setFixedHeight(self.fontMetrics().height() * lines + 12)
        self.fit_rows()

    def _words(self, column: int) -> int:
        """Width that the words of a narrow column need; wide ones break their texts into lines."""
        sheet = self.sheet_model.sheet
        if sheet.widths[column] >= WIDE:
            return 0
        shown = (sheet.view(row, column).text for row in range(min(sheet.rows, LOOKED_AT)))
        longest = max((self.fontMetrics().horizontalAdvance(text) for text in shown), default=0)
        return min(WIDE, longest + 16)

    def _room(self) -> int:
        side = self.verticalHeader().width() if self.sheet_model.sheet.grows else 0
        scrolls = 0 < self.most_rows < self.sheet_model.sheet.rows
        bar = self.verticalScrollBar().sizeHint().width() if scrolls else 0
        return self.width() - 2 * self.frameWidth() - side - bar

    def fit_rows(self) -> None:
        """Rows as high as their texts, the table as high as its rows (and its scroll bar, where it has one)."""
        self.resizeRowsToContents()
        least = self.verticalHeader().minimumSectionSize()
        rows = sum(self.rowHeight(row) for row in range(self.sheet_model.sheet.rows)) or least
        policy, bar = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, 0
        if self.horizontalHeader().length() > self._room():
            policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOn
            bar = self.horizontalScrollBar().sizeHint().height()
        self.setHorizontalScrollBarPolicy(policy)
        if self.most_rows and self.sheet_model.sheet.rows > self.most_rows:
            rows = sum(self.rowHeight(row) for row in range(self.most_rows))
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        else:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(self.horizontalHeader().height() + rows + bar + 2 * self.frameWidth())

    def _follow(self, index: QModelIndex) -> None:
        """The current cell stays in sight of the page that the grid stands on."""
        ensure_visible(self, self.visualRect(index).translated(self.viewport().pos()))

    def viewportEvent(self, event: QEvent) -> bool:
        """What is said of a cell is the card's to show, with where it came from."""
        if event.type() == QEvent.Type.ToolTip:
            event.ignore()
            return False
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def commit(self) -> None:
        """Take over what is being typed in an open cell."""
        found = self.viewport().findChildren(QWidget, "", Qt.FindChildOption.FindDirectChildrenOnly)
        editor = next((widget for widget in found if widget.isVisible()), None)
        if self.state() == QAbstractItemView.State.EditingState and editor is not None:
            self.commitData(editor)
            if isinstance(editor, QLineEdit):
                editor.setModified(False)  # from now on it shows what the cell holds

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of a sheet; what isn't one goes to the table (typing opens a cell)."""
        index, key, modifiers = self.currentIndex(), event.key(), event.modifiers()
        control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        alt = bool(modifiers & Qt.KeyboardModifier.AltModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            if (
                self.state() != QAbstractItemView.State.EditingState
            ):  # else the open cell's editor tells itself
                self._go(1, 0)
        elif key == Qt.Key.Key_Delete:
            clipboard.clear(self.sheet_model, self._selected())
        elif key == Qt.Key.Key_Space and index.isValid() and self._shaded(index):
            self._toggle(index)
        elif control and key == Qt.Key.Key_C:
            clipboard.copy(self.sheet_model, self._selected())
        elif control and key == Qt.Key.Key_X:
            clipboard.copy(self.sheet_model, self._selected())
            clipboard.clear(self.sheet_model, self._selected())
        elif control and key == Qt.Key.Key_V:
            clipboard.paste(self.sheet_model, self.currentIndex())
        elif control and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.insert_wanted.emit(index.row() + 1 if index.isValid() else 0)
        elif control and key == Qt.Key.Key_Minus and index.isValid():
            self.remove_wanted.emit(index.row())
        elif alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and index.isValid():
            self.move_wanted.emit(index.row(), -1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next_: bool) -> bool:
        """Tab goes to the next cell that can be filled; past the last one a list grows, a fixed table is left."""
        return self._tab(1 if next_ else -1) or super().focusNextPrevChild(next_)

    def _tab(self, by: int) -> bool:
        sheet, index = self.sheet_model.sheet, self.currentIndex()
        count = len(sheet.heads)
        at = index.row() * count + index.column() + by if index.isValid() else 0
        while 0 <= at < sheet.rows * count:
            if sheet.view(*divmod(at, count)).editable:
                self.select(*divmod(at, count))
                return True
            at += by
        if by > 0 and sheet.grows and sheet.rows:
            self.insert_wanted.emit(sheet.rows)
            return True
        return False

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """After Enter in a cell the cell below is current, after Tab the next one."""
        hints = QAbstractItemDelegate.EndEditHint
        if hint in (hints.EditNextItem, hints.EditPreviousItem):
            super().closeEditor(editor, hints.NoHint)
            self.setFocus()
            self.focusNextPrevChild(hint == hints.EditNextItem)
            return
        super().closeEditor(editor, hint)
        if hint == hints.SubmitModelCache:
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

    def _shaded(self, index: QModelIndex) -> bool:
        return self.sheet_model.sheet.view(index.row(), index.column()).shade is not None

    def _toggle(self, index: QModelIndex) -> None:
        on = self.sheet_model.sheet.view(index.row(), index.column()).shade
        self.sheet_model.edited.emit(
            self.sheet_model.sheet.edit(index.row(), index.column(), "" if on else "1"), False
        )

    def _selected(self) -> list[QModelIndex]:
        return sorted(
            self.selectionModel().selectedIndexes(), key=lambda index: (index.row(), index.column())
        )
