"""Fields of more than one kind of editor: text of one or more lines, and a list of words for it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QToolButton, QWidget

from govtracker.forms.schema import FactDef
from govtracker.model.content import clean


class TextField(QPlainTextEdit):
    """A field of one or more lines; Tab goes on to the next field. `left` when the focus goes."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._grow)
        self._grow()

    def _grow(self) -> None:
        lines = self.toPlainText().count("\n") + 1
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 20)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def put(self, text: str) -> None:
        """Show a text without telling of a change; what is the same is left alone."""
        if self.toPlainText() != text and clean(self.toPlainText()) != text:
            before = self.textCursor()
            self.blockSignals(True)
            self.setPlainText(text)
            self._grow()
            after = self.textCursor()
            after.setPosition(min(before.anchor(), len(text)))
            after.setPosition(min(before.position(), len(text)), after.MoveMode.KeepAnchor)
            self.setTextCursor(after)
            self.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on; Shift+Enter makes a line."""
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        ):
            self.focusNextChild()
            return
        super().keyPressEvent(event)


def picker(field: TextField, fact: FactDef) -> QToolButton:
    """A button beside a field that lists the usual words for it."""
    button = QToolButton()
    button.setText("▾")
    button.setToolTip("고르기")
    button.setAccessibleName(f"{field.accessibleName()} 고르기")
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    menu = QMenu(button)
    for option in fact.options:
        menu.addAction(option.label, partial(field.setPlainText, option.label))
    button.setMenu(menu)
    return button
