"""Editors that are sheets: people, indicators, schedule, counts, changes, and money (a sheet per block)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from govtracker.forms.columns import Setting, expand
from govtracker.forms.schema import SectionDef
from govtracker.forms.template import fill, names_of
from govtracker.model.card import Budget, Card, Changes, Counts, Indicators, People, Schedule, Section
from govtracker.ui.editors.base import Editor, Panel, Surroundings
from govtracker.ui.grid.view import GridView, SheetModel
from govtracker.ui.sheets.base import Sheet
from govtracker.ui.sheets.budget import MoneySheet, StraySheet
from govtracker.ui.sheets.indicators import indicator_sheets
from govtracker.ui.sheets.plain import ChangesSheet, CountsSheet, PeopleSheet, ScheduleSheet


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
        self.model = SheetModel(sheet, self)
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
            self.button("+ 줄", lambda: self.insert(self.model.rowCount()), "줄 추가 (Ctrl++)")
            self.button("− 줄", lambda: self.remove(self.grid.currentIndex().row()), "줄 삭제 (Ctrl+-)")
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
        found = []
        for row in range(sheet.rows):
            for column, head in enumerate(sheet.heads):
                view = sheet.view(row, column)
                if view.problem:
                    who = f"{row + 1}번째 줄" if sheet.grows else sheet.view(row, 0).text
                    found.append(f"{who} {' '.join(head.split())} ‘{view.text}’: {view.problem}")
        self.problem.setText("\n".join(found[:6]))
        self.problem.setVisible(bool(found))

    def insert(self, row: int) -> None:
        """A new row before `row`, which becomes the current one."""
        self.grid.commit()
        section = self.model.sheet.insert(min(row, self.model.rowCount()))
        self.take(section, False)
        if self.model.rowCount():
            self.grid.select(min(row, self.model.rowCount() - 1), 0)
            self.grid.setFocus()

    def remove(self, row: int) -> None:
        """Without a row."""
        if 0 <= row < self.model.rowCount():
            self.grid.commit()
            self.take(self.model.sheet.remove(row), False)

    def move_row(self, row: int, by: int) -> None:
        """A row up or down; it stays the current one."""
        if 0 <= row < self.model.rowCount() and 0 <= row + by < self.model.rowCount():
            column = self.grid.currentIndex().column()
            self.take(self.model.sheet.move(row, by), False)
            self.grid.select(row + by, max(0, column))


class SheetEditor(Editor):
    """An editor that is one sheet. Subclasses make the sheet of a card."""

    def __init__(
        self, definition: SectionDef, surroundings: Surroundings, parent: QWidget | None = None
    ) -> None:
        super().__init__(definition, surroundings, parent)
        self.card: Card | None = None
        self.panel: SheetPanel | None = None

    def sheet(self, section: Section, card: Card) -> Sheet:
        """The sheet of a section."""
        raise TypeError(f"{type(self).__name__} has no sheet")

    def set(self, card: Card) -> None:
        self.card = card
        sheet = self.sheet(self.section_of(card), card)
        if self.panel is None:
            self.panel = SheetPanel(self.definition.label, sheet, self._edited)
            self.box.addWidget(self.panel)
        else:
            self.panel.set_sheet(sheet)

    def commit(self) -> None:
        if self.panel is not None:
            self.panel.grid.commit()

    def _edited(self, section: Section, merge: bool) -> None:
        if self.card is not None:
            self.set(self.card.with_section(self.definition.key, section))
        self.tell(section, merge=merge)


class PeopleEditor(SheetEditor):
    def sheet(self, section: Section, card: Card) -> Sheet:
        assert isinstance(section, People)
        return PeopleSheet(section, ranks="{rank}" in self.definition.line)


class ChangesEditor(SheetEditor):
    def sheet(self, section: Section, card: Card) -> Sheet:
        assert isinstance(section, Changes)
        return ChangesSheet(section)


class CountsEditor(SheetEditor):
    def sheet(self, section: Section, card: Card) -> Sheet:
        assert isinstance(section, Counts)
        return CountsSheet(section, self.definition)


class ScheduleEditor(SheetEditor):
    def sheet(self, section: Section, card: Card) -> Sheet:
        assert isinstance(section, Schedule)
        return ScheduleSheet(section, self.around.form, self.definition, self.around.setting)


class IndicatorsEditor(Editor):
    """A sheet per table of the form, as they are printed; rows are added in the first."""

    def __init__(
        self, definition: SectionDef, surroundings: Surroundings, parent: QWidget | None = None
    ) -> None:
        super().__init__(definition, surroundings, parent)
        self.panels: list[SheetPanel] = []
        self.card: Card | None = None

    def set(self, card: Card) -> None:
        self.card = card
        section = self.section_of(card)
        assert isinstance(section, Indicators)
        around = self.around
        sheets = indicator_sheets(section, around.form, self.definition, card, around.setting)
        for at, sheet in enumerate(sheets):
            if at == len(self.panels):
                title = _titled(sheet.title or self.definition.label, around.setting)
                self.panels.append(SheetPanel(title, sheet, self._edited, rows=at == 0))
                self.box.addWidget(self.panels[at])
            else:
                self.panels[at].set_sheet(sheet)
            feet = sheet.feet()
            self.panels[at].foot.setText("   ".join(f"{label}  <b>{value}</b>" for label, value in feet))
            self.panels[at].foot.setVisible(bool(feet))

    def commit(self) -> None:
        for panel in self.panels:
            panel.grid.commit()

    def _edited(self, section: Section, merge: bool) -> None:
        if self.card is not None:
            self.set(self.card.with_section(self.definition.key, section))
        self.tell(section, merge=merge)


def _titled(text: str, setting: Setting) -> str:
    """A heading of the form with its dates filled in."""
    return fill(text, names_of(setting.term, setting.as_of))


class BudgetEditor(Editor):
    """A sheet per money block of the form, and one for amounts that none of them shows."""

    def __init__(
        self, definition: SectionDef, surroundings: Surroundings, parent: QWidget | None = None
    ) -> None:
        super().__init__(definition, surroundings, parent)
        form = surroundings.form
        self.blocks = [
            block for block in form.block if block.kind == "money" and block.section == definition.key
        ]
        self.panels: list[SheetPanel] = []
        self.stray: SheetPanel | None = None
        self.card: Card | None = None

    def _sheets(self, card: Card) -> list[Sheet]:
        section = self.section_of(card)
        assert isinstance(section, Budget)
        around = self.around
        return [
            MoneySheet(section, around.form, self.definition, block, card, around.setting)
            for block in self.blocks
        ]

    def _stray(self, card: Card) -> StraySheet:
        section = self.section_of(card)
        assert isinstance(section, Budget)
        shown: set[tuple[str, object, str]] = set()
        for block in self.blocks:
            for leaf in expand(block, self.definition, self.around.form, self.around.setting):
                shown |= {
                    (source, leaf.span, measure)
                    for source in self.definition.sources
                    for measure in leaf.measures
                }
        return StraySheet(section, shown, items=self.definition.items)

    def set(self, card: Card) -> None:
        self.card = card
        sheets, stray = self._sheets(card), self._stray(card)
        if not self.panels:
            for block, sheet in zip(self.blocks, sheets, strict=True):
                label = self.definition.labels.get(block.measure) or self.definition.label
                panel = SheetPanel(label, sheet, self._edited)
                panel.note(f"(단위: {self.definition.unit_label})")
                self.panels.append(panel)
                self.box.addWidget(panel)
            self.stray = SheetPanel("이 서식의 표에 나오지 않는 금액", stray, self._edited)
            self.box.addWidget(self.stray)
        else:
            for panel, sheet in zip(self.panels, sheets, strict=True):
                panel.set_sheet(sheet)
            assert self.stray is not None
            self.stray.set_sheet(stray)
        assert self.stray is not None
        self.stray.setVisible(stray.rows > 0)

    def commit(self) -> None:
        for panel in self.panels:
            panel.grid.commit()
        if self.stray is not None:
            self.stray.grid.commit()

    def _edited(self, section: Section, merge: bool) -> None:
        if self.card is not None:
            self.set(self.card.with_section(self.definition.key, section))
        self.tell(section, merge=merge)
