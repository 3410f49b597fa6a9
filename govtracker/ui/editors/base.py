"""The contract of every editor: `set` shows a section of a card, `changed` gives a new one, `commit` hurries it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollBar,
    QTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from govtracker.forms.columns import Setting
from govtracker.forms.empty import empty_section
from govtracker.forms.schema import Form, SectionDef
from govtracker.model.card import Card, Section
from govtracker.model.dates import Term
from govtracker.model.place import Place
from govtracker.session.draft import Caret, Change
from govtracker.ui.backend import Backend
from govtracker.ui.editors.carets import caret_of, enter_place, inner_place, put_caret, typed_place
from govtracker.ui.grid.view import GridView
from govtracker.ui.kit.composing import commit_composing


@dataclass(frozen=True, slots=True)
class EditorContext:
    """What an editor needs besides the section; a new picture comes with its printed size in mm.

    `settle` waits until the card that was asked for is shown (before a dialog, behind which it would come up), and
    says whether it is still the same one.
    """

    form: Form
    setting: Setting
    picture: Callable[[str], bytes]
    add_picture: Callable[[bytes, float, float], str]
    original: Callable[[str], bytes]
    write: Callable[[Path, bytes], None]
    settle: Callable[[], bool]


def context_of(backend: Backend, term: Term, card: Card, settle: Callable[[], bool]) -> EditorContext:
    """What the editors of a card need, in a book of this term of office."""
    return EditorContext(
        backend.form(card.form),
        Setting(term, card.period.as_of),
        backend.picture,
        backend.add_picture,
        backend.original,
        backend.write,
        settle,
    )


class Editor(QWidget):
    """Base of the editors. `changed(change)` gives a new section; `paused` says that a step of undo ends here."""

    changed = Signal(object)
    paused = Signal()

    def __init__(self, definition: SectionDef, context: EditorContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.definition = definition
        self.context = context
        self.caret_before: Caret | None = None
        self.alone = False
        self.locked = False
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(12)

    def set(self, card: Card) -> None:
        """Show the card's section; what is the same is left alone."""
        raise TypeError(f"{type(self).__name__} shows nothing")

    def commit(self) -> None:
        """Tell at once what is being typed."""

    def pending(self) -> bool:
        """Whether something was typed that is not told yet."""
        return False

    def fields(self) -> Iterator[tuple[Place, QWidget]]:
        """Every field that can be typed into, and its place in the card."""
        raise TypeError(f"{type(self).__name__} has no fields")

    def lock(self, *, locked: bool) -> None:
        """Read only, or not any more: everything can still be chosen and copied. For fields that were made since, too."""
        if not locked and not self.locked:
            return
        self.locked = locked
        for widget in self.findChildren(QWidget):
            if isinstance(widget, QTextEdit | QPlainTextEdit | QLineEdit):
                widget.setReadOnly(locked)
            elif isinstance(widget, GridView):
                widget.lock(locked=locked)
            elif isinstance(widget, QAbstractButton) and not isinstance(widget.parent(), QScrollBar | QMenu):
                widget.setEnabled(not locked)

    def section_of(self, card: Card) -> Section:
        """The card's section, an empty one where it has none."""
        return card.section(self.definition.key) or empty_section(self.definition)

    def tell(self, section: Section, *, merge: bool = False) -> None:
        """Give out a new section; `merge` where it is typing that goes on (one step of undo)."""
        after = self.caret()
        typing, self.alone = merge and not self.alone, False
        before, self.caret_before = self.caret_before or after, after
        self.changed.emit(Change(self.definition.key, section, typing, before, after))

    def place_at(self, point: QPoint) -> Place | None:
        """The place in the card at a point of the screen, None where no value stands there."""
        for place, field in self.fields():
            if field.isVisible() and field.rect().contains(field.mapFromGlobal(point)):
                return inner_place(field, place, point)
        return None

    def current_place(self) -> Place | None:
        """The place in the card of what is typed into: a grid's cell, a line of a text, else the field's."""
        focus: QWidget | None = QApplication.focusWidget()
        for place, field in self.fields():
            if focus is not None and (field is focus or field.isAncestorOf(focus)):
                return typed_place(field, place)
        return None

    def go_to(self, place: Place) -> bool:
        """Focus to what stands at a place of the card; whether this editor has it."""
        fields = list(self.fields())
        for own, field in fields:
            if own.section == place.section and enter_place(field, own, place):
                return True
        if fields:
            fields[0][1].setFocus()
        return bool(fields)

    # ------------------------------------------------------------ carets

    def caret(self) -> Caret | None:
        """Where somebody types in this editor, None where the focus is elsewhere."""
        focus: QWidget | None = QApplication.focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            return None
        for place, field in self.fields():
            if field is focus or field.isAncestorOf(focus):
                return caret_of(field, place)
        return None

    def note(self) -> None:
        """A key comes: what it changes began where the caret is now."""
        if not self.pending():
            self.caret_before = self.caret()

    def leave_place(self, *, alone: bool = False) -> None:
        """What was typed is a step of undo of its own; `alone` = what comes next, too, nothing joins it."""
        self.commit()
        self.alone = alone
        self.paused.emit()

    def restore(self, caret: Caret) -> None:
        """Focus and caret back to where they were; to the first field where that one is gone."""
        self.caret_before = None
        fields = list(self.fields())
        field = next((field for place, field in fields if place == caret.place), None)
        if field is not None:
            put_caret(field, caret)
        elif fields:
            fields[0][1].setFocus()


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
        button = QToolButton()
        button.setObjectName("small")
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip or text)

        def work() -> None:
            commit_composing()
            action()

        button.clicked.connect(work)
        self.head.addWidget(button)
        return button

    def note(self, text: str) -> None:
        """A muted remark in the head."""
        label = QLabel(text)
        label.setObjectName("muted")
        self.head.addWidget(label)
