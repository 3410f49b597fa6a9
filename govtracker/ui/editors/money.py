"""The editor of a budget: a grid per money table of the form, and one for amounts that none of them shows."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from govtracker.forms.columns import expand
from govtracker.forms.schema import SectionDef
from govtracker.model.card import Budget, Card
from govtracker.ui.editors.base import EditorContext
from govtracker.ui.editors.sheet_panel import SheetPanel
from govtracker.ui.editors.tables import GridsEditor
from govtracker.ui.sheets.base import Sheet
from govtracker.ui.sheets.budget import MoneySheet, StraySheet


class BudgetEditor(GridsEditor):
    """A sheet per money block of the form, and one for amounts that none of them shows."""

    def __init__(self, definition: SectionDef, context: EditorContext, parent: QWidget | None = None) -> None:
        super().__init__(definition, context, parent)
        form = context.form
        self.blocks = [
            block for block in form.block if block.kind == "money" and block.section == definition.key
        ]

    def _sheets(self, card: Card) -> list[Sheet]:
        section = self.section_of(card)
        assert isinstance(section, Budget)
        context = self.context
        return [
            MoneySheet(section, context.form, self.definition, block, card, context.setting)
            for block in self.blocks
        ]

    def _stray(self, card: Card) -> StraySheet:
        section = self.section_of(card)
        assert isinstance(section, Budget)
        shown: set[tuple[str, object, str]] = set()
        for block in self.blocks:
            for leaf in expand(block, self.definition, self.context.form, self.context.setting):
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
            self._build(sheets, stray)
        for panel, sheet in zip(self.panels, [*sheets, stray], strict=True):
            panel.set_sheet(sheet)
        self.panels[-1].setVisible(stray.rows > 0)

    def _build(self, sheets: list[Sheet], stray: StraySheet) -> None:
        """A panel per money block, and the one for strays last."""
        for block, sheet in zip(self.blocks, sheets, strict=True):
            label = self.definition.labels.get(block.measure) or self.definition.label
            panel = SheetPanel(label, sheet, self.take)
            panel.note(f"(단위: {self.definition.unit_label})")
            self.panels.append(panel)
        self.panels.append(SheetPanel("이 서식의 표에 나오지 않는 금액", stray, self.take))
        for panel in self.panels:
            self.box.addWidget(panel)
