"""A panel with a grid over a sheet, its buttons for rows and its problems."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from govtracker.model.card import Section
from govtracker.ui.editors.base import Panel
from govtracker.ui.grid.model import SheetModel
from govtracker.ui.grid.view import GridView
from govtracker.ui.sheets.base import Sheet


class SheetPanel(Panel):
    """A panel with a grid over a sheet; `take` is called with the new section of every edit."""

    def __init__(
        self,
        title: str,
        sheet: Sheet,
        take: Callable[[Section, bool], None],
        parent: QWidget | None = None,
        *,
        rows: bool = True,
    ) -> None:
        super().__init__(title, parent)
        self.model = SheetModel(sheet, self, offers=rows)
        self.grid = GridView(self.model)
        self.grid.setAccessibleName(title)
        self.problem = QLabel()
        self.problem.setObjectName("problem")
        self.problem.setWordWrap(True)
        self.take = take
        self.model.edited.connect(take)
        self.grid.insert_wanted.connect(self.insert)
        self.grid.remove_wanted.connect(self.remove)
        self.grid.move_wanted.connect(self.move_row)
        self.foot = QLabel()
        self.foot.setObjectName("foot")
        self.foot.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.foot.setVisible(False)
        if sheet.grows and rows:
            self.button("+ 줄", lambda: self.insert(self.model.sheet.rows), "줄 추가 (Ctrl++)")
            self.button("− 줄", lambda: self.remove(self.grid.chosen_rows()), "줄 삭제 (Ctrl+-)")
            self.button("▲", lambda: self.move_row(self.grid.currentIndex().row(), -1), "위로 (Alt+위)")
            self.button("▼", lambda: self.move_row(self.grid.currentIndex().row(), 1), "아래로 (Alt+아래)")
        self.body.addWidget(self.grid)
        self.body.addWidget(self.foot)
        self.body.addWidget(self.problem)
        self.show_problems()

    def set_sheet(self, sheet: Sheet) -> None:
        """Show another sheet."""
        grown = sheet.rows != self.model.sheet.rows
        at = self.grid.currentIndex()
        self.model.set_sheet(sheet)
        if grown and at.isValid() and sheet.rows:
            self.grid.select(min(at.row(), sheet.rows - 1), at.column())
        self.show_problems()

    def show_problems(self) -> None:
        """The problems of the sheet's cells under the grid."""
        sheet = self.model.sheet
        problems = []
        for row in range(sheet.rows):
            for column, head in enumerate(sheet.heads):
                view = sheet.view(row, column)
                if view.problem:
                    who = f"{row + 1}번째 줄" if sheet.grows else sheet.view(row, 0).text
                    problems.append(f"{who} {' '.join(head.split())} ‘{view.text}’: {view.problem}")
        self.problem.setText("\n".join(problems[:6]))
        self.problem.setVisible(bool(problems))

    def insert(self, row: int) -> None:
        """A new row before `row`, which becomes the current one."""
        self.grid.commit()
        section = self.model.sheet.insert(min(row, self.model.sheet.rows))
        self.take(section, False)
        if self.model.sheet.rows:
            self.grid.select(min(row, self.model.sheet.rows - 1), 0)
            self.grid.setFocus()

    def remove(self, rows: list[int]) -> None:
        """Without some rows; the one that follows them is the current one."""
        if rows:
            self.grid.commit()
            column = max(0, self.grid.currentIndex().column())
            self.take(self.model.sheet.remove(rows), False)
            if self.model.rowCount():
                self.grid.select(min(rows[0], self.model.rowCount() - 1), column)

    def move_row(self, row: int, by: int) -> None:
        """A row up or down; it stays the current one."""
        if 0 <= row < self.model.sheet.rows and 0 <= row + by < self.model.sheet.rows:
            self.grid.commit()
            column = self.grid.currentIndex().column()
            self.take(self.model.sheet.move(row, by), False)
            self.grid.select(row + by, max(0, column))
