"""Outlines: one block per slot; the page's toolbar works on the one that is typed into."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from govtracker import pictures
from govtracker.arithmetic.records import parts
from govtracker.errors import FileTrouble, Refused
from govtracker.forms.loader import vocabulary
from govtracker.forms.schema import SectionDef
from govtracker.model.card import Card, Outline, Part
from govtracker.model.content import Picture, clean, one_line
from govtracker.model.place import Place
from govtracker.ui.editors.base import Editor, EditorContext, Panel
from govtracker.ui.editors.fields import TextField
from govtracker.ui.editors.outline.edit import OutlineEdit
from govtracker.ui.kit.message import show_failure

_PIXEL = 25.4 / 96
ENDINGS = {b"\xff\xd8": ".jpg", b"\x89PNG": ".png", b"GIF8": ".gif", b"BM": ".bmp"}
"""Ending of a file by its first bytes."""


class ItemsPanel(Panel):
    """An outline edit with its title. `told` is called when the items changed."""

    def __init__(
        self,
        title: str,
        marks: tuple[str, ...],
        context: EditorContext,
        told: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent)
        self.context = context
        self.edit = OutlineEdit(marks, context.picture)
        self.edit.setAccessibleName(title)
        self.edit.changed.connect(told)
        self.edit.picture_pasted.connect(self._pasted)
        self.edit.picture_dropped.connect(lambda path: self.work(partial(self.add_picture, path)))
        self.body.addWidget(self.edit)

    def work(self, action: Callable[[], object]) -> None:
        """A tool's work is a step of undo of its own; the keys go on in the text."""
        self.edit.step(action)
        self.edit.setFocus()

    def _still_here(self) -> bool:
        """Before a dialog: whether this panel will stay behind it. It doesn't where another card is on its way."""
        window = self.window()
        if self.context.settle():
            return True
        show_failure(
            window, Refused("그림", "다른 카드로 바뀌었습니다.", "그림이 있을 카드에서 다시 누르세요.")
        )
        return False

    def choose_picture(self) -> None:
        """Ask for a picture file and put it behind the cursor's line."""
        if not self._still_here():
            return
        name, _ = QFileDialog.getOpenFileName(self, "그림 고르기", "", "그림 (*.png *.jpg *.jpeg)")
        if name:
            self.work(partial(self.add_picture, Path(name)))

    def add_picture(self, path: Path) -> None:
        """Put a picture file behind the cursor's line, at most 120 mm wide."""
        try:
            data = path.read_bytes()
        except OSError as error:
            trouble = FileTrouble(
                path.name, "그림 파일을 읽을 수 없습니다.", "읽기 권한을 확인하세요.", detail=str(error)
            )
            show_failure(self, trouble)
            return
        self._add_data(data, path.name)

    def _add_data(self, data: bytes, name: str) -> None:
        try:
            pixels = pictures.size(data, name)
        except FileTrouble as trouble:
            show_failure(self, trouble)
            return
        scale = min(1.0, 120 / (pixels[0] * _PIXEL))
        width, height = (round(round(side * scale) * _PIXEL, 1) for side in pixels)
        sha = self.context.add_picture(data, width, height)
        self.edit.insert_picture(Picture(sha, width, height))

    def _pasted(self, image: QImage) -> None:
        """A picture out of the clipboard."""
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"PNG")).write(QImage(image))
        self.work(lambda: self._add_data(bytes(data.data()), "붙여 넣은 그림"))

    def save_picture(self) -> None:
        """The picture at the cursor to a file, as it was before it was made smaller if that was kept."""
        if not self._still_here():
            return
        try:
            data = self.context.original(self.edit.picture_here())
        except KeyError:
            show_failure(self, FileTrouble("그림", "대장에 이 그림이 없습니다.", "그림을 다시 넣으세요."))
            return
        ending = next((suffix for start, suffix in ENDINGS.items() if data.startswith(start)), "")
        name, _ = QFileDialog.getSaveFileName(self, "그림 저장", f"그림{ending}", f"그림 (*{ending})")
        if name:
            self.write_picture(Path(name), data)

    def write_picture(self, path: Path, data: bytes) -> None:
        """Write a picture's bytes to a file; a failure is told."""
        try:
            self.context.write(path, data)
        except FileTrouble as trouble:
            show_failure(self, trouble)


class PartPanel(ItemsPanel):
    """One part: its label (to be edited where the form leaves it free), its items, its remark."""

    def __init__(
        self,
        part: Part,
        title: str,
        definition: SectionDef,
        context: EditorContext,
        told: Callable[[], None],
        *,
        free: bool,
        remark: bool,
    ) -> None:
        super().__init__(title, definition.marks, context, told)
        names = vocabulary("column")["outline"]
        self.part = part
        self.label: TextField | None = None
        self.remark: QLineEdit | None = None
        if free:
            self.label = TextField()
            self.label.put(part.label)
            self.label.setPlaceholderText(names["label"])
            self.label.setAccessibleName(names["label"])
            self.label.textChanged.connect(lambda: told())
            self.body.insertWidget(1, self.label)
        if remark or part.remark:
            self.remark = QLineEdit(part.remark)
            self.remark.setPlaceholderText(names["remark"])
            self.remark.setAccessibleName(names["remark"])
            self.remark.textEdited.connect(lambda: told())
            self.body.addWidget(self.remark)
        self.edit.set(part.items)

    def show_part(self, part: Part) -> None:
        """Show the same part with other contents."""
        self.part = part
        if self.label is not None:
            self.label.put(part.label)
        if self.remark is not None and one_line(self.remark.text()) != part.remark:
            self.remark.setText(part.remark)
        self.edit.set(part.items)

    def value(self) -> Part:
        """The part as it stands in the fields."""
        label = clean(self.label.toPlainText()) if self.label is not None else self.part.label
        remark = one_line(self.remark.text()) if self.remark is not None else self.part.remark
        return replace(self.part, label=label, remark=remark, items=self.edit.told)


class OutlineEditor(Editor):
    def __init__(self, definition: SectionDef, context: EditorContext, parent: QWidget | None = None) -> None:
        super().__init__(definition, context, parent)
        self.panels: list[PartPanel] = []
        self.card: Card | None = None
        blocks = [block for block in context.form.block if block.section == definition.key]
        self.remarks = any(column.field == "remark" for block in blocks for column in block.column)
        self.period_rows = any(block.kind == "table" for block in blocks)
        self.free = bool(definition.free_slots) or self.period_rows
        self.add = Panel(definition.label)
        self.add.button("+ 추가", self._add, "새 묶음 추가")
        self.box.addWidget(self.add)
        self.add.setVisible(self.free)  # only now: a widget without a parent would be a window

    def set(self, card: Card) -> None:
        self.card = card
        found = self._parts(card)
        if [panel.part.id for panel in self.panels] == [part.id for part in found] and self.panels:
            for panel, part in zip(self.panels, found, strict=True):
                panel.show_part(part)
            return
        for panel in self.panels:
            panel.setParent(None)
            panel.deleteLater()
        self.panels = []
        for at, part in enumerate(found):
            self.panels.append(self._panel(part))
            self.box.insertWidget(at, self.panels[-1])
            self.panels[-1].edit.paused.connect(self.paused)

    def _parts(self, card: Card) -> list[Part]:
        """Named slots in the form's order (made where the card lacks them), then the free parts."""
        section, found = parts(self.context.form, card, self.definition.key)
        made = []
        known = {panel.part.slot: panel.part.id for panel in self.panels if panel.part.slot}
        for part, _ in found:
            if part.slot and not part.id:
                part = replace(part, id=known.get(part.slot) or f"{section.key}-{part.slot}")
            made.append(part)
        held = self.section_of(card)
        shown = {part.id for part in made}
        return made + [part for part in getattr(held, "parts", ()) if part.id not in shown]

    def _panel(self, part: Part) -> PartPanel:
        named = any(slot.key == part.slot for slot in self.definition.slots)
        named = named and not any(panel.part.slot == part.slot for panel in self.panels)
        title = (part.label if named else "") or self.definition.label
        panel = PartPanel(
            part, title, self.definition, self.context, self._told, free=not named, remark=self.remarks
        )
        if not named:
            panel.button("▲", lambda: self._move(panel, -1), "묶음을 위로")
            panel.button("▼", lambda: self._move(panel, 1), "묶음을 아래로")
            panel.button("삭제", lambda: self._remove(panel), "묶음 삭제")
        return panel

    def _values(self) -> list[Part]:
        return [panel.value() for panel in self.panels]

    def _told(self) -> None:
        found = [part for part in self._values() if part.items or part.remark or self._is_free(part)]
        self._tell(found, merge=True)

    def _is_free(self, part: Part) -> bool:
        return not any(slot.key == part.slot for slot in self.definition.slots)

    def _tell(self, found: list[Part], *, merge: bool = False) -> None:
        section = Outline(tuple(found))
        if self.card is not None:
            self.card = self.card.with_section(self.definition.key, section)
        self.tell(section, merge=merge)

    def _add(self) -> None:
        self.commit()
        self._change([*self._values(), Part()])
        if self.panels[-1].label is not None:
            self.panels[-1].label.setFocus()

    def _remove(self, panel: PartPanel) -> None:
        self.commit()
        self._change([one.value() for one in self.panels if one is not panel])

    def _move(self, panel: PartPanel, by: int) -> None:
        self.commit()
        found = self._values()
        at = self.panels.index(panel)
        if 0 <= at + by < len(found):
            found.insert(at + by, found.pop(at))
            self._change(found)

    def _change(self, found: list[Part]) -> None:
        kept = [part for part in found if part.items or part.remark or self._is_free(part)]
        self._tell(kept)
        if self.card is not None:
            self.set(self.card)

    def commit(self) -> None:
        for panel in self.panels:
            panel.edit.commit()

    def pending(self) -> bool:
        return any(panel.edit.pending for panel in self.panels)

    def fields(self) -> Iterator[tuple[Place, QWidget]]:
        for panel in self.panels:
            named: tuple[tuple[str, QWidget | None], ...] = (
                ("label", panel.label),
                ("items", panel.edit),
                ("remark", panel.remark),
            )
            for name, field in named:
                if field is not None:
                    yield Place(self.definition.key, panel.part.id, name), field
