"""The contract of every editor: `set` shows a section of a card, `changed` gives a new one, `commit` hurries it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from govtracker.forms.columns import Setting
from govtracker.forms.empty import empty_section
from govtracker.forms.schema import Form, SectionDef
from govtracker.model.card import Card, Section
from govtracker.ui.backend import Desk


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an editor needs besides the section; a new picture comes with its printed size in mm."""

    form: Form
    setting: Setting
    picture: Callable[[str], bytes]
    add_picture: Callable[[bytes, float, float], str]
    original: Callable[[str], bytes]
    write: Callable[[Path, bytes], None]


def surroundings(desk: Desk, card: Card) -> Surroundings:
    """What the editors of a card need, from the desk."""
    return Surroundings(
        desk.form(card), desk.setting(card), desk.picture, desk.add_picture, desk.original, desk.write
    )


class Editor(QWidget):
    """Base of the editors; a panel with the section's label. `changed(key, section, merge)`."""

    changed = Signal(str, object, bool)

    def __init__(
        self, definition: SectionDef, surroundings: Surroundings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.definition = definition
        self.around = surroundings
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(12)

    def set(self, card: Card) -> None:
        """Show the card's section; what is the same is left alone."""
        raise TypeError(f"{type(self).__name__} shows nothing")

    def commit(self) -> None:
        """Tell at once what is being typed."""

    def section_of(self, card: Card) -> Section:
        """The card's section, an empty one where it has none."""
        return card.section(self.definition.key) or empty_section(self.definition)

    def tell(self, section: Section, *, merge: bool = False) -> None:
        """Give out a new section; `merge` where it is typing that goes on (one step of undo)."""
        self.changed.emit(self.definition.key, section, merge)


class Panel(QFrame):
    """A white box with a title and, at its right, small buttons."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(12, 8, 12, 12)
        self.body.setSpacing(8)
        self.head = QHBoxLayout()
        self.title = QLabel(title)
        self.title.setObjectName("panelTitle")
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        self.body.addLayout(self.head)

    def button(self, text: str, action: Callable[[], object], tip: str = "") -> QToolButton:
        """A small button in the head."""
        made = QToolButton()
        made.setObjectName("small")
        made.setText(text)
        made.setToolTip(tip)
        made.setAccessibleName(tip or text)
        made.clicked.connect(lambda: action())
        self.head.addWidget(made)
        return made

    def note(self, text: str) -> None:
        """A muted remark in the head."""
        label = QLabel(text)
        label.setObjectName("muted")
        self.head.addWidget(label)
