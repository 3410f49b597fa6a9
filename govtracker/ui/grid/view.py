"""The table widget: typing replaces, Enter goes down, Tab right, Delete clears; as high as its rows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
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
from govtracker.ui.grid.header import BandedHeader
from govtracker.ui.grid.model import SheetModel
from govtracker.ui.kit import theme
from govtracker.ui.kit.ensure_visible import ensure_visible
from govtracker.ui.kit.message import consent

DENSE, WIDE = 30, 80
"""Columns narrower than the one make dense heads; columns from the other on share what room is left."""
LOOKED_AT = 60
"""Rows that a column's width is taken from."""


class GridView(QTableView):
    """The table widget. It tells when a row is to be inserted before a row, rows to be removed, or one to be moved by so
    many rows; `details_wanted` where Tab leaves a row that has texts below the table, `said(text)` for the status bar.
    """

    insert_wanted = Signal(int)
    remove_wanted = Signal(object)
    move_wanted = Signal(int, int)
    details_wanted = Signal()
    said = Signal(str)

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
        header = self.bands = BandedHeader(self)
        self.setHorizontalHeader(header)
        header.setMinimumSectionSize(20)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        model.modelReset.connect(self.fit)
        model.rowsInserted.connect(self.fit)
        model.dataChanged.connect(self.fit_rows)
        self.selectionModel().currentChanged.connect(self._follow)
        self.selectionModel().selectionChanged.connect(self._sum_up)
        self.fit()

    def lock(self, *, locked: bool) -> None:
        """Read only, or not any more."""
        self.sheet_model.lock(locked=locked)
        self.fit()

    def fit(self) -> None:
        """Columns as wide as the sheet and the heads want, wider where there is room; all rows in sight."""
        sheet = self.sheet_model.sheet
        dense = min(sheet.widths, default=99) < DENSE
        self.bands.show_paths(sheet.paths, dense=dense)
        room = 3 if dense else 12
        widths = [max(width, self.bands.widest(at) + room) for at, width in enumerate(sheet.widths)]
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
        self.clearSpans()
        for row, column, count in sheet.spans:
            self.setSpan(row, column, count, 1)
        if self.sheet_model.has_new:
            self._span_new()
        self.fit_rows()

    def _span_new(self) -> None:
        """What the row that is offered says stands across its columns up to the next one that can be typed into."""
        columns = self.sheet_model.typed_columns
        if columns and len(self.sheet_model.sheet.heads) - columns[0] > 1:
            self.setSpan(
                self.sheet_model.sheet.rows, columns[0], 1, len(self.sheet_model.sheet.heads) - columns[0]
            )

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
        rows = sum(self.rowHeight(row) for row in range(self.sheet_model.rowCount())) or least
        policy, bar = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, 0
        if self.horizontalHeader().length() > self._room():
            policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOn
            bar = self.horizontalScrollBar().sizeHint().height()
        self.setHorizontalScrollBarPolicy(policy)
        if self.most_rows and self.sheet_model.sheet.rows > self.most_rows:
            rows = sum(self.rowHeight(row) for row in range(self.most_rows + self.sheet_model.has_new))
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

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells, and the line of the as-of date where the sheet has one."""
        super().paintEvent(event)
        marker = getattr(self.sheet_model.sheet, "marker", -1)
        if marker >= 0 and self.sheet_model.sheet.rows:
            x = self.columnViewportPosition(marker) + self.columnWidth(marker) - 1
            last = self.sheet_model.sheet.rows - 1
            painter = QPainter(self.viewport())
            painter.setPen(QPen(QColor(theme.ACCENT), 2))
            painter.drawLine(x, 0, x, self.rowViewportPosition(last) + self.rowHeight(last))
            painter.end()

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
        if self.sheet_model.locked and not _only_looks(event):
            return
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
            self._toggle_all(index)
        elif control and key == Qt.Key.Key_C:
            clipboard.copy(self.sheet_model, self._selected())
        elif control and key == Qt.Key.Key_X:
            clipboard.copy(self.sheet_model, self._selected())
            clipboard.clear(self.sheet_model, self._selected())
        elif control and key == Qt.Key.Key_V:
            self._paste()
        elif control and key in (Qt.Key.Key_D, Qt.Key.Key_R):
            count = clipboard.fill(self.sheet_model, self._selected(), down=key == Qt.Key.Key_D)
            self.said.emit(f"{count}칸을 {'아래로' if key == Qt.Key.Key_D else '오른쪽으로'} 채웠습니다.")
        elif control and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.insert_wanted.emit(index.row() + 1 if index.isValid() else 0)
        elif control and key == Qt.Key.Key_Minus and index.isValid():
            self.remove_wanted.emit(self.chosen_rows())
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
        if by < 0 and index.isValid() and self.sheet_model.is_new(index.row()):
            index = self.sheet_model.index(sheet.rows, 0)
        at = index.row() * count + index.column() + by if index.isValid() else 0
        while 0 <= at < sheet.rows * count:
            if by > 0 and sheet.detailed and at // count != index.row() and index.row() >= 0:
                self.details_wanted.emit()
                return True
            view = sheet.view(*divmod(at, count))
            if view.editable and not (sheet.detailed and view.shade is not None):
                self.select(*divmod(at, count))
                return True
            at += by
        if by > 0 and sheet.detailed and 0 <= index.row() < sheet.rows:
            self.details_wanted.emit()
            return True
        new = self.sheet_model.typed_columns if self.sheet_model.has_new else []
        if by > 0 and new and not self.sheet_model.is_new(index.row()):
            self.select(sheet.rows, new[0])
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
        if index.isValid() and not self.sheet_model.locked and self._shaded(index):
            self._toggle(index)

    def chosen_rows(self) -> list[int]:
        """The rows of the list in which something is chosen, else the current one."""
        chosen = {index.row() for index in self._selected()} or {self.currentIndex().row()}
        return sorted(row for row in chosen if 0 <= row < self.sheet_model.sheet.rows)

    def _paste(self) -> None:
        """The block in the clipboard from the current cell on; what has no place is asked about before."""
        start, block = self.currentIndex(), clipboard.copied()
        if not start.isValid() or not block:
            return
        chosen = self._selected()
        if len(block) == 1 and len(block[0]) == 1 and len(chosen) > 1:
            self.said.emit(
                f"{clipboard.fill_with(self.sheet_model, chosen, block[0][0])}칸에 붙여 넣었습니다."
            )
            return
        if chosen:
            start = self.sheet_model.index(chosen[0].row(), min(index.column() for index in chosen))
        outside = clipboard.beyond(self.sheet_model, start, block)
        if any(outside) and not self._is_cut(outside, block):
            return
        done = clipboard.paste(self.sheet_model, start, block)
        words = [f"{done.rows}줄 × {done.columns}칸을 붙여 넣었습니다."]
        words += [f"{done.added}줄을 더했습니다."] if done.added else []
        words += [f"고칠 수 없는 {done.passed}칸은 지나쳤습니다."] if done.passed else []
        self.said.emit(" ".join(words))

    def _is_cut(self, outside: clipboard.Beyond, block: list[list[str]]) -> bool:
        """Whether a block is to be pasted though not all of it has a place; not doing so is the default."""
        what = " · ".join(
            text
            for count, text in (
                (outside.rows, f"{outside.rows}줄"),
                (outside.columns, f"{outside.columns}칸"),
            )
            if count
        )
        return consent(
            self,
            "붙여넣기",
            f"복사한 {len(block)}줄 × {len(block[0])}칸이 이 자리에 다 들어가지 않습니다.",
            f"표를 벗어나는 {what}은 담을 곳이 없습니다.",
            go="들어가는 만큼만 붙여넣기",
            stay="붙여넣지 않기",
        )

    def _sum_up(self) -> None:
        """What the chosen figures add up to."""
        chosen = self._selected()
        if len(chosen) > 1:
            self.said.emit(clipboard.summed(self.sheet_model, chosen))

    def _toggle_all(self, index: QModelIndex) -> None:
        """All chosen cells as the current one becomes."""
        on = not self.sheet_model.sheet.view(index.row(), index.column()).shade
        for each in self._selected() or [index]:
            if self._shaded(each) and self.sheet_model.sheet.view(each.row(), each.column()).shade != on:
                text = "1" if on else ""
                self.sheet_model.edited.emit(
                    self.sheet_model.sheet.edit(each.row(), each.column(), text), True
                )

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
        if self.sheet_model.is_new(index.row()):
            return False
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


def _only_looks(event: QKeyEvent) -> bool:
    """Whether a key changes nothing: moving, choosing, copying."""
    moves = {
        Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End,
        Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter,
    }  # fmt: skip
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
    if control:
        return event.key() in (Qt.Key.Key_C, Qt.Key.Key_A) or event.key() in moves
    return event.key() in moves and not alt
