"""Events and responses: a sheet of the entries, and the chosen entry's text in an outline below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from govtracker.forms.loader import vocabulary
from govtracker.forms.schema import SectionDef
from govtracker.model.card import Card, Events, Responses, Section
from govtracker.model.content import one_line
from govtracker.model.place import Place
from govtracker.session.draft import Caret
from govtracker.ui.editors.base import Editor, EditorContext
from govtracker.ui.editors.outline.panel import ItemsPanel
from govtracker.ui.editors.sheet_panel import SheetPanel
from govtracker.ui.sheets.base import Sheet
from govtracker.ui.sheets.plain import EventsSheet, ResponsesSheet

IN_SIGHT = 9
"""Entries shown at once, so that the text of the chosen one stays in sight below them."""


class EntriesEditor(Editor):
    """Entries in a sheet; the `outlines` of the current one below it. Subclasses make the sheet."""

    outlines: tuple[str, ...] = ()

    def __init__(self, definition: SectionDef, context: EditorContext, parent: QWidget | None = None) -> None:
        super().__init__(definition, context, parent)
        self.card: Card | None = None
        self.panel: SheetPanel | None = None
        self.current = ""
        names = vocabulary("column")[definition.kind]
        self.texts = {
            field: ItemsPanel(names[field], definition.marks, context, self._typed) for field in self.outlines
        }
        found = list(self.texts.values())
        for at, text in enumerate(found):
            text.edit.paused.connect(self.paused)
            text.edit.done.connect(partial(self._leave_details, found[at + 1 : at + 2]))

    def _enter_details(self) -> None:
        """From the row on into its texts."""
        first = next(iter(self.texts.values()), None)
        if first is not None and first.isVisible():
            first.edit.setFocus()

    def _leave_details(self, others: list[ItemsPanel]) -> None:
        """From a row's text on into its next one, then to the next row."""
        if others:
            others[0].edit.setFocus()
        elif self.panel is not None:
            self.panel.grid.commit()
            row, model = self._row(), self.panel.model
            self.panel.grid.select(min(row + 1, model.rowCount() - 1), 0)
            self.panel.grid.setFocus()

    def dress(self, panel: SheetPanel) -> None:
        """More buttons of the panel."""

    def sheet(self, section: Section) -> Sheet:
        """The sheet of a section."""
        raise TypeError(f"{type(self).__name__} has no sheet")

    def _entries(self) -> tuple[Any, ...]:
        section = self.section_of(self.card) if self.card else None
        found: tuple[Any, ...] = getattr(section, "entries", ())
        return found

    def set(self, card: Card) -> None:
        self.card = card
        sheet = self.sheet(self.section_of(card))
        if self.panel is None:
            self.panel = SheetPanel(self.definition.label, sheet, self._edited)
            self.panel.grid.most_rows = IN_SIGHT
            self.dress(self.panel)
            self.box.addWidget(self.panel)
            for text in self.texts.values():
                self.box.addWidget(text)
            self.panel.grid.selectionModel().currentChanged.connect(self._chosen)
            self.panel.model.modelReset.connect(self._chosen)
            self.panel.grid.details_wanted.connect(self._enter_details)
        else:
            self.panel.set_sheet(sheet)
        if self.panel.model.rowCount() and not self.panel.grid.currentIndex().isValid():
            self.panel.grid.select(0, 0)
        self._show()

    def _row(self) -> int:
        return self.panel.grid.currentIndex().row() if self.panel else -1

    def _chosen(self) -> None:
        for text in self.texts.values():
            text.edit.commit()
        self._show()

    def _show(self) -> None:
        """The current entry's texts."""
        entries, row = self._entries(), self._row()
        entry = entries[row] if 0 <= row < len(entries) else None
        self.current = str(getattr(entry, "id", ""))
        for field, text in self.texts.items():
            text.setVisible(entry is not None)
            text.title.setText(f"{row + 1}번 · {vocabulary('column')[self.definition.kind][field]}")
            text.edit.set(getattr(entry, field) if entry is not None else ())

    def _typed(self) -> None:
        """Take the texts over into the entry that they belong to."""
        made = []
        for entry in self._entries():
            if getattr(entry, "id", "") == self.current:
                changed: Any = replace(entry, **{field: text.edit.told for field, text in self.texts.items()})
                entry = changed
            made.append(entry)
        if self.card is None or tuple(made) == self._entries():
            return
        held: Any = self.section_of(self.card)
        section: Section = replace(held, entries=tuple(made))
        self.card = self.card.with_section(self.definition.key, section)
        if self.panel is not None:
            self.panel.set_sheet(self.sheet(section))
        self.tell(section, merge=True)

    def _edited(self, section: Section, merge: bool) -> None:
        if self.card is not None:
            self.set(self.card.with_section(self.definition.key, section))
        self.tell(section, merge=merge)

    def commit(self) -> None:
        if self.panel is not None:
            self.panel.grid.commit()
        for text in self.texts.values():
            text.edit.commit()

    def pending(self) -> bool:
        return any(text.edit.pending for text in self.texts.values())

    def fields(self) -> Iterator[tuple[Place, QWidget]]:
        if self.panel is not None:
            yield Place(self.definition.key), self.panel.grid
        for field, text in self.texts.items():
            yield Place(self.definition.key, self.current, field), text.edit

    def go_to(self, place: Place) -> bool:
        """To the entry whose line it is, first: its texts are then shown."""
        for at, entry in enumerate(self._entries()):
            items = (item for field in self.outlines for item in getattr(entry, field))
            if self.panel is not None and any(item.id == place.id for item in items):
                self.panel.grid.select(at, 0)
        return super().go_to(place)

    def restore(self, caret: Caret) -> None:
        """To the entry of the caret first, whose texts are then shown."""
        at = next((i for i, e in enumerate(self._entries()) if getattr(e, "id", "") == caret.place.id), -1)
        if at >= 0 and self.panel is not None:
            self.panel.grid.select(at, 0)
        super().restore(caret)


class EventsEditor(EntriesEditor):
    outlines = ("details",)

    def dress(self, panel: SheetPanel) -> None:
        panel.button("날짜순", self._sort, "날짜순으로 정렬")

    def _sort(self) -> None:
        sheet = self.panel.model.sheet if self.panel is not None else None
        if isinstance(sheet, EventsSheet):
            self.commit()
            self._edited(sheet.sorted(), False)

    def sheet(self, section: Section) -> Sheet:
        assert isinstance(section, Events)
        blocks = [block for block in self.context.form.block if block.section == self.definition.key]
        categories = any(column.field == "category" for block in blocks for column in block.column)
        headings = any(block.kind == "lines" for block in blocks)
        categories = categories or any(event.category for event in section.entries)
        heads = {column.field: column.head for block in blocks for column in block.column}
        return EventsSheet(
            section,
            headings=headings or any(e.heading for e in section.entries),
            categories=categories,
            as_of=self.context.setting.as_of,
            ahead=self.definition.planned,
            heads={field: one_line(head.split("|")[-1]) for field, head in heads.items() if "{" not in head},
        )


class ResponsesEditor(EntriesEditor):
    outlines = ("proposal", "response")

    def sheet(self, section: Section) -> Sheet:
        assert isinstance(section, Responses)
        return ResponsesSheet(section)
