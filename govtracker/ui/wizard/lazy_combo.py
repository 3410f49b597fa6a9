"""A combo box of very many choices: it is filled when somebody goes to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter


class LazyCombo(QComboBox):
    """Shows one of (key, label) pairs, `current` at first; `chosen(key)` is called when a person chooses another one."""

    def __init__(
        self,
        choices: Sequence[tuple[str, str]],
        current: tuple[str, str],
        blank: str,
        chosen: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._choices, self._blank, self._chosen = choices, blank, chosen
        self._filled = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        key, label = current
        self.addItem(label or key or blank, key)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(10)
        self.setMaxVisibleItems(20)
        self.activated.connect(lambda at: self._take(at))

    def fill(self) -> None:
        """Put all choices in; the present one stays."""
        if self._filled:
            return
        self._filled = True
        current, text = self.currentData(), self.currentText()
        self.clear()
        self.addItem(self._blank, "")
        for key, label in self._choices:
            self.addItem(label, key)
        if current and self.findData(current) < 0:
            self.addItem(text, current)
        self.setCurrentIndex(max(0, self.findData(current)))
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        finder = QCompleter(self.model(), self)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        finder.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(finder)
        finder.activated.connect(lambda text: self._take(self.findText(text)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.fill()
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.fill()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.fill()
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # a wheel over the table scrolls it, never changes a choice

    def _take(self, at: int) -> None:
        """Tell the choice when the box is done with its own event: what is told may take the box away."""
        if at >= 0:
            key = str(self.itemData(at) or "")
            QTimer.singleShot(0, partial(self._chosen, key))
