"""A sentence over the open book, with buttons."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget


class Banner(QWidget):
    """A sentence over the window with buttons, until it is hidden."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 14, 6)
        self.text = QLabel()
        self.text.setObjectName("problem")
        self.text.setWordWrap(True)
        self.again, self.elsewhere = QPushButton("다시 저장"), QPushButton("다른 곳에 저장…")
        for button in (self.again, self.elsewhere):
            button.setAutoDefault(True)
        row.addWidget(self.text, 1)
        row.addWidget(self.again)
        row.addWidget(self.elsewhere)
        self.setVisible(False)

    def tell(self, text: str) -> None:
        """Show with this sentence."""
        self.text.setText(text)
        self.setVisible(True)
