"""The outline editor: lines with painted marks, levels by Tab, tables and pictures in place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from govtracker.model.content import Item, Line, Picture, Table, TableCell
from govtracker.model.ids import new_id
from govtracker.model.place import Place
from govtracker.ui.editors.outline import doc as outline_doc
from govtracker.ui.editors.outline.doc import ID, LEVEL, MARK, STEP, Pictures, block_format
from govtracker.ui.editors.outline.pasting import page_of_items, pasted_items, text_of
from govtracker.ui.kit.composing import commit_composing
from govtracker.ui.kit.ensure_visible import ensure_visible
from govtracker.ui.kit.message import ask_to_grow
from govtracker.ui.kit.pasted import tab_rows

LEVELS = 4
"""Levels whose marks have keys (Ctrl+1 to Ctrl+4)."""
_WAIT = 150
"""Milliseconds after a key until the items are read off the document (leaving the field reads them at once)."""


class OutlineEdit(QTextEdit):
    """Edits items. `changed` tells that `items()` differ from what was set or told before, `paused` that a step ends.

    `done` that somebody goes on behind it (Ctrl+Enter), `picture_pasted(image)` that a picture came out of the clipboard,
    `picture_dropped(path)` that a file was dropped.
    """

    changed = Signal()
    paused = Signal()
    done = Signal()
    picture_pasted = Signal(object)
    picture_dropped = Signal(object)

    def __init__(self, marks: tuple[str, ...], pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.marks = marks or ("",)
        self.pictures = pictures
        self.told: tuple[Item, ...] = ()
        self.shown: dict[str, tuple[Item, Item]] = {}
        """By id: an item as it reads back from the document, and as it was given (what isn't touched stays)."""
        self.lost: tuple[Item, ...] = ()
        self.leaving = False
        self.setUndoRedoEnabled(False)
        self.setAcceptRichText(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(_WAIT)
        self.timer.timeout.connect(self.commit)
        self.loading = False
        self.document().contentsChanged.connect(self._typed)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self.cursorPositionChanged.connect(self._follow)
        self._grow()

    def _follow(self) -> None:
        ensure_visible(self, self.cursorRect())

    def set(self, items: tuple[Item, ...]) -> None:
        """Show other items; the cursor stays at its position as far as there is one."""
        if items == self.told and self.document().characterCount() > 1:
            return
        at = self.textCursor().position()
        self.loading = True
        outline_doc.fill(self.document(), items, self.pictures)
        if not items:
            self._begin()
        self.loading = False
        self.told = items
        read = {item.id: item for item in outline_doc.items(self.document())}
        self.shown = {item.id: (read[item.id], item) for item in items if item.id in read}
        self.lost = tuple(item for item in items if item.id not in read)
        cursor = self.textCursor()
        cursor.setPosition(min(at, self.document().characterCount() - 1))
        self.setTextCursor(cursor)

    def _begin(self) -> None:
        """An empty outline begins with the form's outermost mark, shown as soon as something is typed."""
        QTextCursor(self.document()).setBlockFormat(block_format(0, "", ""))

    def items(self) -> tuple[Item, ...]:
        """What stands in the editor; what was not touched is exactly as it was set."""
        made = []
        for item in outline_doc.items(self.document()):
            read, given = self.shown.get(item.id, (None, item))
            made.append(given if item == read else item)
        if self.lost and made == [item for item in self.told if item not in self.lost]:
            return self.told
        return tuple(made)

    def commit(self) -> None:
        """Tell what was typed since."""
        self.timer.stop()
        now = self.items()
        if now != self.told:
            self.told = now
            self.changed.emit()

    @property
    def pending(self) -> bool:
        """Whether something was typed that is not told yet."""
        return self.timer.isActive()

    def step(self, action: Callable[[], object]) -> None:
        """Do something that is a step of undo of its own (a button's work, not typing)."""
        commit_composing()
        self.commit()
        self.paused.emit()
        action()
        self.commit()
        self.paused.emit()

    def _typed(self) -> None:
        if not self.loading:
            self.timer.start()

    def _grow(self) -> None:
        self.setFixedHeight(
            max(self.fontMetrics().height() * 3 + 20, round(self.document().size().height()) + 12)
        )

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.commit()

    # ------------------------------------------------------------ marks

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        offset = QPointF(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        layout = self.document().documentLayout()
        block = self.document().begin()
        while block.isValid():
            mark = str(block.blockFormat().property(MARK) or "")
            if mark:
                box = layout.blockBoundingRect(block).translated(offset)
                x = 4 + STEP * int(block.blockFormat().property(LEVEL) or 0)
                height = (
                    block.layout().lineAt(0).height()
                    if block.layout().lineCount()
                    else self.fontMetrics().height()
                )
                painter.drawText(
                    QPointF(x, box.top() + height * 0.5 + self.fontMetrics().ascent() * 0.42), mark
                )
            block = block.next()
        painter.end()

    # ------------------------------------------------------------ keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Levels, marks and moving of lines; in tables Tab goes from cell to cell; Esc, then Tab leaves."""
        if self.isReadOnly():
            if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self.focusNextPrevChild(event.key() == Qt.Key.Key_Tab)
            else:
                super().keyPressEvent(event)
            return
        leaving, self.leaving = self.leaving, event.key() == Qt.Key.Key_Escape
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        inside = self.textCursor().currentTable() is not None
        if leaving and key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.setTabChangesFocus(True)
            self.focusNextPrevChild(key == Qt.Key.Key_Tab)
            self.setTabChangesFocus(False)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not inside and not control:
            self._enter()
        elif key == Qt.Key.Key_Tab and not control:
            (self._next_cell if inside else self.shift)(1)
        elif key == Qt.Key.Key_Backtab:
            (self._next_cell if inside else self.shift)(-1)
        elif control and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if inside:
                self._leave_table()
            else:
                self.done.emit()
        elif control and Qt.Key.Key_0 <= key <= Qt.Key.Key_5 and not inside:
            self.set_number(key - Qt.Key.Key_0)
        elif control and key == Qt.Key.Key_B:
            self.bold()
        elif alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not inside:
            self.move_line(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Backspace and self._at_mark():
            self._set_look(self._level(), "")
        else:
            super().keyPressEvent(event)

    def _level(self) -> int:
        return int(self.textCursor().blockFormat().property(LEVEL) or 0)

    def _mark(self) -> str:
        return str(self.textCursor().blockFormat().property(MARK) or "")

    def _at_mark(self) -> bool:
        cursor = self.textCursor()
        return (
            bool(self._mark())
            and cursor.atBlockStart()
            and not cursor.hasSelection()
            and cursor.currentTable() is None
        )

    def _set_look(self, level: int, mark: str, identity: str = "") -> None:
        cursor = self.textCursor()
        cursor.setBlockFormat(
            block_format(level, mark, identity or str(cursor.blockFormat().property(ID) or ""))
        )
        self.viewport().update()
        self._typed()

    def _enter(self) -> None:
        """A new line of the same level; on an empty line one level up, then no mark."""
        cursor = self.textCursor()
        level, mark = self._level(), self._mark()
        if not cursor.block().text() and mark:
            self._set_look(max(0, level - 1), self.mark_of(level - 1) if level else "")
            return
        cursor.insertBlock(block_format(level, mark, new_id()), QTextCharFormat())
        self.setTextCursor(cursor)

    def mark_of(self, level: int) -> str:
        """The form's mark of a level, its last one for deeper levels."""
        return self.marks[max(0, min(level, len(self.marks) - 1))]

    def shift(self, by: int) -> None:
        """The chosen lines deeper or less deep; none stands more than one level under the line above it."""
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        block = self.document().findBlock(start)
        while block.isValid() and block.position() <= end:
            look = block.blockFormat()
            now = int(look.property(LEVEL) or 0)
            level = max(0, min(now + by, max(now, _deepest(block))))
            QTextCursor(block).setBlockFormat(
                block_format(level, self.mark_of(level), str(look.property(ID) or ""))
            )
            block = block.next()
        self.viewport().update()
        self._typed()

    def set_number(self, number: int) -> None:
        """Ctrl+1..4: the form's marks by level; 5 a note one level down; 0 no mark."""
        if number == 0:
            self._set_look(self._level(), "")
        elif number == 5:
            self._set_look(self._level() + (0 if self._mark() == "※" else 1), "※")
        elif number <= len(self.marks):
            self._set_look(number - 1, self.marks[number - 1])

    def bold(self) -> None:
        look = QTextCharFormat()
        bold = self.fontWeight() >= QFont.Weight.Bold
        look.setFontWeight(QFont.Weight.Normal if bold else QFont.Weight.Bold)
        self.mergeCurrentCharFormat(look)

    def move_line(self, by: int) -> None:
        """The line with the lines below its level, past the neighbour with its own."""
        self.commit()
        found = list(self.told)
        position = self._position()
        if position is None:
            return
        end = _family(found, position)
        if by < 0 and position > 0:
            start = _head(found, position)
            found[start:end] = [*found[position:end], *found[start:position]]
            target = start
        elif by > 0 and end < len(found):
            follow = _family(found, end)
            found[position:follow] = [*found[end:follow], *found[position:end]]
            target = position + follow - end
        else:
            return
        self.told = ()
        self.set(tuple(found))
        self._to_item(target)
        self.changed.emit()

    def _position(self) -> int | None:
        """Place of the cursor's line among the items."""
        identity = str(self.textCursor().blockFormat().property(ID) or "")
        return next((at for at, item in enumerate(self.told) if item.id == identity), None)

    def _to_item(self, at: int) -> None:
        wanted = self.told[at].id
        block: QTextBlock = self.document().begin()
        while block.isValid():
            if str(block.blockFormat().property(ID) or "") == wanted:
                self.setTextCursor(QTextCursor(block))
                return
            block = block.next()

    # ------------------------------------------------------------ tables and pictures

    def insert_table(self, rows: int = 3, columns: int = 4) -> None:
        """An empty table behind the cursor's line."""
        blank = tuple(tuple(TableCell() for _ in range(columns)) for _ in range(rows))
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        cursor.insertBlock(block_format(0, "", new_id()), QTextCharFormat())
        made = cursor.insertTable(rows, columns, outline_doc.table_format(Table(blank)))
        outline_doc.dress(made)
        self.setTextCursor(made.cellAt(0, 0).firstCursorPosition())
        self._typed()

    def change_table(self, what: str) -> None:
        """row+, row-, column+, column-, merge, split, head (rows up to here) or delete on the cursor's table."""
        cursor = self.textCursor()
        table = outline_doc.table_at(cursor)
        if table is None:
            return
        cell = table.cellAt(cursor)
        if what == "row+":
            table.insertRows(cell.row() + cell.rowSpan(), 1)
        elif what == "row-" and table.rows() > 1:
            table.removeRows(cell.row(), 1)
        elif what == "column+":
            table.insertColumns(cell.column() + cell.columnSpan(), 1)
        elif what == "column-" and table.columns() > 1:
            table.removeColumns(cell.column(), 1)
        elif what == "merge":
            table.mergeCells(cursor)
        elif what == "head":
            look = table.format()
            rows = cell.row() + cell.rowSpan()
            look.setHeaderRowCount(0 if look.headerRowCount() == rows else rows)
            table.setFormat(look)
        elif what == "split":
            table.splitCell(cell.row(), cell.column(), 1, 1)
        elif what == "delete":
            table.removeRows(0, table.rows())
            self._typed()
            return
        outline_doc.dress(table)
        self._typed()

    def insert_picture(self, item: Item) -> None:
        """A picture behind the cursor's line."""
        self.commit()
        at = self._position()
        found = list(self.told)
        found.insert(len(found) if at is None else at + 1, item)
        self.told = ()
        self.set(tuple(found))
        self.changed.emit()

    def picture_here(self) -> str:
        """Key of the picture at the cursor, "" where there is none."""
        at = self._position()
        item = self.told[at] if at is not None and at < len(self.told) else None
        return item.sha if isinstance(item, Picture) else ""

    def go_to(self, identity: str) -> bool:
        """The cursor into the line, picture or table of an id; whether it is there."""
        at = next((at for at, item in enumerate(self.told) if item.id == identity), None)
        if at is None:
            return False
        item = self.told[at]
        if isinstance(item, Table):
            block = self.document().begin()
            while block.isValid():
                table = outline_doc.table_at(QTextCursor(block))
                if table is not None and str(table.format().property(ID) or "") == identity:
                    self.setTextCursor(QTextCursor(block))
                    break
                block = block.next()
        else:
            self._to_item(at)
        self.setFocus()
        return True

    def place_at(self, section: str, point: QPoint) -> Place | None:
        """The place in a section of the line, picture or table cell at a point of the viewport."""
        cursor = self.cursorForPosition(point)
        table = outline_doc.table_at(cursor)
        if table is not None:
            cell = table.cellAt(cursor)
            return Place(section, str(table.format().property(ID) or ""), f"{cell.row()}.{cell.column()}")
        identity = str(cursor.blockFormat().property(ID) or "")
        return Place(section, identity) if identity else None

    def _next_cell(self, by: int) -> None:
        cursor = self.textCursor()
        move = QTextCursor.MoveOperation.NextCell if by > 0 else QTextCursor.MoveOperation.PreviousCell
        if cursor.movePosition(move):
            self.setTextCursor(cursor)
        elif by > 0:
            self._leave_table()

    def _leave_table(self) -> None:
        cursor = self.textCursor()
        table = cursor.currentTable()
        if table is not None:
            cursor.setPosition(table.lastPosition() + 1)
            self.setTextCursor(cursor)

    # ------------------------------------------------------------ paste

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - the name is Qt's
        """Pasted text: each line's mark and leading blanks become its mark and level, tables stay tables.

        Inside a table the cells go into its cells; what would go beyond it is asked about before.
        """
        if self.isReadOnly():
            return
        cursor = self.textCursor()
        files = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
        if files:
            for file in files:
                self.picture_dropped.emit(file)
            return
        if source.hasImage() and not source.hasText():
            self.picture_pasted.emit(source.imageData())
            return
        cells = tab_rows(source.text()) if "\t" in source.text() else []
        if cursor.currentTable() is not None:
            self._into_table(cells or tab_rows(source.text()) or [[""]])
            return
        cursor.removeSelectedText()
        pasted = pasted_items(source.html(), source.text(), self.marks)
        if len(pasted) == 1 and isinstance(pasted[0], Line) and not pasted[0].mark:
            cursor.insertText(pasted[0].text, QTextCharFormat())
            self.setTextCursor(cursor)
            return
        self._insert_items(pasted)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802 - the name is Qt's
        """Pictures and their files, too."""
        return source.hasImage() or source.hasUrls() or super().canInsertFromMimeData(source)

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802 - the name is Qt's
        """What is chosen as text with its marks and levels, and as a web page; within one line its text alone."""
        cursor, data = self.textCursor(), QMimeData()
        first = self.document().findBlock(cursor.selectionStart())
        if first.contains(cursor.selectionEnd()) or cursor.currentTable() is not None:
            data.setText(cursor.selection().toPlainText())
            return data
        self.commit()
        chosen = self._chosen_items()
        data.setText(text_of(chosen))
        data.setHtml(page_of_items(chosen))
        return data

    def _chosen_items(self) -> list[Item]:
        """The items that the selection touches."""
        cursor = self.textCursor()
        ids: set[str] = set()
        block = self.document().findBlock(cursor.selectionStart())
        while block.isValid() and block.position() < max(cursor.selectionEnd(), cursor.selectionStart() + 1):
            table = outline_doc.table_at(QTextCursor(block))
            look = table.format() if table is not None else block.blockFormat()
            ids.add(str(look.property(ID) or ""))
            block = block.next()
        return [item for item in self.told if item.id in ids]

    def _insert_items(self, pasted: list[Item]) -> None:
        """Items behind the cursor's line, in its place where it is blank; the cursor comes behind them."""
        if not pasted:
            return
        self._split_line()
        self.commit()
        found, at = list(self.told), self._position()
        cursor = self.textCursor()
        blank = at is not None and isinstance(found[at], Line) and not found[at].text  # type: ignore[union-attr]
        base = int(cursor.blockFormat().property(LEVEL) or 0)
        lines = [item.level for item in pasted if isinstance(item, Line)]
        shift = base - min(lines) if lines and at is not None and not blank else 0
        moved = [
            replace(each, level=max(0, each.level + shift)) if isinstance(each, Line) else each
            for each in pasted
        ]
        place = len(found) if at is None else at if blank else at + 1
        found[place : place + blank] = moved
        self.told = ()
        self.set(tuple(found))
        self._to_item(place + len(moved) - 1)
        cursor = self.textCursor()
        if cursor.currentTable() is None:
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            self.setTextCursor(cursor)
        self.changed.emit()

    def _split_line(self) -> None:
        """Where the cursor stands within a line what follows it becomes a line of its own."""
        cursor = self.textCursor()
        if cursor.block().text() and not cursor.atBlockEnd():
            look = cursor.blockFormat()
            level, mark = int(look.property(LEVEL) or 0), str(look.property(MARK) or "")
            cursor.insertBlock(block_format(level, mark, new_id()), QTextCharFormat())
            cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            self.setTextCursor(cursor)

    def _into_table(self, cells: list[list[str]]) -> None:
        """Cells into the cells of the cursor's table, from the cursor's on; one cell's text where the cursor is."""
        cursor = self.textCursor()
        table = cursor.currentTable()
        if len(cells) == 1 and len(cells[0]) == 1:
            cursor.insertText(cells[0][0].replace("\n", "\u2028"))
            return
        start = table.cellAt(cursor)
        rows = start.row() + len(cells) - table.rows()
        columns = start.column() + max(len(row) for row in cells) - table.columns()
        if (rows > 0 or columns > 0) and not ask_to_grow(self, max(0, rows), max(0, columns)):
            return
        if rows > 0:
            table.appendRows(rows)
        if columns > 0:
            table.appendColumns(columns)
        texts: dict[tuple[int, int], list[str]] = {}
        for down, row in enumerate(cells):
            for right, text in enumerate(row):
                cell = table.cellAt(start.row() + down, start.column() + right)
                texts.setdefault((cell.row(), cell.column()), []).append(
                    text
                )  # a merged cell takes all of its own
        for place, parts in texts.items():
            cell = table.cellAt(*place)
            inside = cell.firstCursorPosition()
            inside.setPosition(cell.lastCursorPosition().position(), QTextCursor.MoveMode.KeepAnchor)
            inside.insertText(" ".join(filter(None, parts)).replace("\n", "\u2028"))
        outline_doc.dress(table)
        self._typed()


def _deepest(block: QTextBlock) -> int:
    """The deepest level that a line may have where it stands."""
    above = block.previous()
    while above.isValid() and QTextCursor(above).currentTable() is not None:
        above = above.previous()
    return int(above.blockFormat().property(LEVEL) or 0) + 1 if above.isValid() else 0


def _level_of(item: Item) -> int:
    return int(getattr(item, "level", 99))


def _family(items: list[Item], at: int) -> int:
    """End of an item and of the deeper ones that follow it (tables and pictures count as deeper)."""
    end = at + 1
    while end < len(items) and _level_of(items[end]) > _level_of(items[at]):
        end += 1
    return end


def _head(items: list[Item], at: int) -> int:
    """Start of the family right before an item, of its own level or outer."""
    start = at - 1
    while start > 0 and _level_of(items[start]) > _level_of(items[at]):
        start -= 1
    return start
