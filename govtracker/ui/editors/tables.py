"""Editors that are tables: one grid each, or a grid per table that the form prints of the section."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from govtracker.forms.columns import Setting
from govtracker.forms.schema import SectionDef
from govtracker.forms.template import fill, names_of
from govtracker.model.card import Card, Changes, Counts, Indicators, People, Schedule, Section
from govtracker.model.place import Place
from govtracker.ui.editors.base import Editor, EditorContext
from govtracker.ui.editors.sheet_panel import SheetPanel
from govtracker.ui.sheets.base import Sheet
from govtracker.ui.sheets.indicators import indicator_sheets
from govtracker.ui.sheets.plain import ChangesSheet, CountsSheet, PeopleSheet, ScheduleSheet


class GridsEditor(Editor):
    """An editor of grids over one section. Subclasses make and show them in `set`."""

    def __init__(self, definition: SectionDef, context: EditorContext, parent: QWidget | None = None) -> None:
        super().__init__(definition, context, parent)
        self.card: Card | None = None
        self.panels: list[SheetPanel] = []

    def take(self, section: Section, merge: bool) -> None:
        """A grid's edit: shown at once (more edits of one paste build on it), and told."""
        if self.card is not None:
            self.set(self.card.with_section(self.definition.key, section))
        self.tell(section, merge=merge)

    def commit(self) -> None:
        for panel in self.panels:
            panel.grid.commit()

    def fields(self) -> Iterator[tuple[Place, QWidget]]:
        for number, panel in enumerate(self.panels):
            yield Place(self.definition.key, column=str(number)), panel.grid


class SheetEditor(GridsEditor):
    """An editor that is one sheet. Subclasses make the sheet of a section."""

    def sheet(self, section: Section) -> Sheet:
        """The sheet of a section."""
        raise TypeError(f"{type(self).__name__} has no sheet")

    @property
    def panel(self) -> SheetPanel:
        """The only panel."""
        return self.panels[0]

    def set(self, card: Card) -> None:
        self.card = card
        sheet = self.sheet(self.section_of(card))
        if self.panels:
            self.panel.set_sheet(sheet)
            return
        self.panels = [SheetPanel(self.definition.label, sheet, self.take)]
        self.box.addWidget(self.panel)


class PeopleEditor(SheetEditor):
    def sheet(self, section: Section) -> Sheet:
        assert isinstance(section, People)
        return PeopleSheet(section, ranks="{rank}" in self.definition.line)


class ChangesEditor(SheetEditor):
    def sheet(self, section: Section) -> Sheet:
        assert isinstance(section, Changes)
        return ChangesSheet(section)


class CountsEditor(SheetEditor):
    def sheet(self, section: Section) -> Sheet:
        assert isinstance(section, Counts)
        return CountsSheet(section, self.definition)


class ScheduleEditor(SheetEditor):
    def sheet(self, section: Section) -> Sheet:
        assert isinstance(section, Schedule)
        return ScheduleSheet(section, self.context.form, self.definition, self.context.setting)


class IndicatorsEditor(GridsEditor):
    """A sheet per table of the form, as they are printed; rows are added in the first."""

    def set(self, card: Card) -> None:
        self.card = card
        section, context = self.section_of(card), self.context
        assert isinstance(section, Indicators)
        sheets = indicator_sheets(section, context.form, self.definition, card, context.setting)
        for at, sheet in enumerate(sheets):
            if at == len(self.panels):
                title = _titled(sheet.title or self.definition.label, context.setting)
                self.panels.append(SheetPanel(title, sheet, self.take, rows=at == 0))
                self.box.addWidget(self.panels[at])
            else:
                self.panels[at].set_sheet(sheet)
            feet = sheet.feet()
            self.panels[at].foot.setText("   ".join(f"{label}  <b>{value}</b>" for label, value in feet))
            self.panels[at].foot.setVisible(bool(feet))


def _titled(text: str, setting: Setting) -> str:
    """A heading of the form with its dates filled in."""
    return fill(text, names_of(setting.term, setting.as_of))
