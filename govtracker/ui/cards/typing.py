"""Watches the keys of the field that is typed into: where a step of undo begins, and that Ctrl+Z is the card's."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from govtracker.ui.editors import Editor
from govtracker.ui.grid.view import GridView

Key = Qt.Key
_MOVES = {
    Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down, Key.Key_Home, Key.Key_End, Key.Key_PageUp,
    Key.Key_PageDown, Key.Key_Tab, Key.Key_Backtab, Key.Key_Return, Key.Key_Enter, Key.Key_Escape,
}  # fmt: skip
_ALONE = {Key.Key_V, Key.Key_X}
"""With Ctrl: what they change is one step, which nothing typed before or after joins."""


class TypingWatch(QObject):
    """An event filter for the field with the focus; `editor_of` says which editor it is in."""

    def __init__(self, editor_of: Callable[[QWidget], Editor | None], parent: QObject) -> None:
        super().__init__(parent)
        self.editor_of = editor_of

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_undo(event):
            if isinstance(watched, QLineEdit) and _undoes_itself(watched, event):
                return False
            event.ignore()
            return True
        if kind in (QEvent.Type.KeyPress, QEvent.Type.InputMethod) and isinstance(watched, QWidget):
            editor = self.editor_of(watched)
            if editor is not None:
                self._key(editor, watched, event)
        return False

    def _key(self, editor: Editor, field: QWidget, event: QEvent) -> None:
        in_cell = isinstance(field, QLineEdit) and _grid_of(field) is not None
        if isinstance(event, QKeyEvent) and not in_cell and _ends_step(field, event):
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            alone = control and event.key() in _ALONE and not isinstance(field, GridView)
            editor.leave_place(alone=alone)
        editor.note()


def _is_undo(event: QKeyEvent) -> bool:
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return control and event.key() in (Key.Key_Z, Key.Key_Y)


def _undoes_itself(field: QLineEdit, event: QKeyEvent) -> bool:
    """A line that no editor keeps (number and title in the head) has its own undo."""
    if field.property("head") is None:
        return False
    return field.isUndoAvailable() if event.key() == Key.Key_Z else field.isRedoAvailable()


def _ends_step(field: QWidget, event: QKeyEvent) -> bool:
    if isinstance(field, GridView):
        return True
    if not isinstance(field, QTextEdit | QPlainTextEdit | QLineEdit):
        return False
    held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    return bool(held) or event.key() in _MOVES


def _grid_of(widget: QWidget) -> GridView | None:
    parent: QWidget | None = widget.parentWidget()
    while parent is not None and not isinstance(parent, GridView):
        parent = parent.parentWidget()
    return parent


def focused() -> QWidget | None:
    """The widget that has the keyboard."""
    widget: QWidget | None = QApplication.focusWidget()
    return widget
