"""The one toolbar of a page of outlines: what it does goes to the outline that is typed into."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QSpinBox, QToolBar, QToolButton, QWidget, QWidgetAction
from shiboken6 import isValid

from govtracker.ui.editors.outline.edit import LEVELS
from govtracker.ui.editors.outline.panel import ItemsPanel
from govtracker.ui.kit.icons import icon

_TABLE = (
    ("줄+", "row+", "insert-row-bottom", "표: 줄+"),
    ("줄−", "row-", "", "표: 줄−"),
    ("칸+", "column+", "insert-column-right", "표: 칸+"),
    ("칸−", "column-", "", "표: 칸−"),
    ("합치기", "merge", "merge-cells-horizontal", "표: 합치기"),
    ("나누기", "split", "split-cells-horizontal", "표: 나누기"),
    ("머리글", "head", "", "표: 여기까지 머리글 줄"),
    ("표 삭제", "delete", "delete-bin-line", "표: 표 삭제"),
)
ROWS, COLUMNS = 3, 4
"""Size of a table that nobody said the size of."""


class OutlineBar(QToolBar):
    """Tools for marks, levels, tables and pictures. `attach` says which outline they work on (None = none)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("글 도구", parent)
        self.setObjectName("outlineBar")
        self.setMovable(False)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        side = self.fontMetrics().height()
        self.setIconSize(QSize(side + 4, side))
        self.panel: ItemsPanel | None = None
        self.marks: list[QAction] = []
        group = QActionGroup(self)
        group.setExclusive(False)
        for number in range(1, LEVELS + 1):
            self.marks.append(self._tool("", "", f"{number}수준 표시", partial(_set_mark, number)))
        self.note = self._tool("※", "", "주 (Ctrl+5)", lambda p: p.edit.set_number(5))
        self.addSeparator()
        self._tool("올림", "indent-decrease", "한 수준 위로 (Shift+Tab)", lambda p: p.edit.shift(-1))
        self._tool("내림", "indent-increase", "한 수준 아래로 (Tab)", lambda p: p.edit.shift(1))
        self._tool("", "arrow-up-line", "위로 (Alt+위)", lambda p: p.edit.move_line(-1))
        self._tool("", "arrow-down-line", "아래로 (Alt+아래)", lambda p: p.edit.move_line(1))
        self._tool("", "bold", "굵게 (Ctrl+B)", lambda p: p.edit.bold())
        self.addSeparator()
        table = self._tool("표", "table-line", "표 넣기", lambda p: p.edit.insert_table())
        table.setMenu(self._sizes())
        self._action("그림", "image-add-line", "그림 넣기", lambda panel: panel.choose_picture())
        self.keep = self._action(
            "그림 저장", "save-line", "그림을 파일로 저장", lambda panel: panel.save_picture()
        )
        self.parted = self.addSeparator()
        self.table_tools = [
            self._tool(text, glyph, tip, partial(_change_table, what)) for text, what, glyph, tip in _TABLE
        ]
        for action in self.actions():
            button = self.widgetForAction(action)
            if isinstance(button, QToolButton):
                button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
                button.setAccessibleName(action.toolTip())
        self.attach(None)

    def _tool(self, text: str, glyph: str, tip: str, work: Callable[[ItemsPanel], object]) -> QAction:
        """A button whose work changes the text: a step of undo of its own."""
        return self._action(text, glyph, tip, lambda panel: panel.work(lambda: work(panel)))

    def _action(self, text: str, glyph: str, tip: str, work: Callable[[ItemsPanel], object]) -> QAction:
        action = QAction(text, self)
        if glyph:
            action.setIcon(icon(glyph))
        action.setToolTip(tip)

        def run() -> None:
            if self.panel is not None and isValid(self.panel):
                work(self.panel)

        action.triggered.connect(run)
        self.addAction(action)
        return action

    def _sizes(self) -> QMenu:
        """A table of another size: rows and columns, and a line that puts it in."""
        menu = QMenu(self)
        rows, columns = QSpinBox(), QSpinBox()
        for box, name, value in ((rows, "줄", ROWS), (columns, "칸", COLUMNS)):
            box.setRange(1, 60 if box is rows else 20)
            box.setValue(value)
            box.setSuffix(f" {name}")
            box.setAccessibleName(f"표의 {name}")
            holder = QWidgetAction(menu)
            holder.setDefaultWidget(box)
            menu.addAction(holder)

        def insert() -> None:
            if self.panel is not None and isValid(self.panel):
                edit = self.panel.edit
                self.panel.work(lambda: edit.insert_table(rows.value(), columns.value()))

        menu.addAction("이 크기로 넣기", insert)
        return menu

    # ------------------------------------------------------------ which outline

    def attach(self, panel: ItemsPanel | None) -> None:
        """The tools work on this panel's outline from now on."""
        if self.panel is not None and isValid(self.panel):
            self.panel.edit.cursorPositionChanged.disconnect(self.show_place)
        self.panel = panel
        if panel is not None:
            panel.edit.cursorPositionChanged.connect(self.show_place)
        self.show_place()

    def show_place(self) -> None:
        """Which tools can be used where the cursor is."""
        panel = self.panel if self.panel is not None and isValid(self.panel) else None
        marks = panel.edit.marks[:LEVELS] if panel is not None else ()
        for number, action in enumerate(self.marks):
            mark = marks[number] if number < len(marks) else ""
            action.setVisible(bool(mark))
            action.setText(mark)
            action.setToolTip(f"{mark} (Ctrl+{number + 1})")
        inside = panel is not None and panel.edit.textCursor().currentTable() is not None
        for action in (self.parted, *self.table_tools):
            action.setVisible(inside)
        self.keep.setVisible(panel is not None and bool(panel.edit.picture_here()))
        self.setEnabled(panel is not None)


def _set_mark(number: int, panel: ItemsPanel) -> None:
    panel.edit.set_number(number)


def _change_table(what: str, panel: ItemsPanel) -> None:
    panel.edit.change_table(what)
