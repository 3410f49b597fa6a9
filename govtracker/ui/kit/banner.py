"""A sentence over the open book, with a button."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget


class Banner(QWidget):
    """A sentence over the window with a button, until it is hidden."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 14, 6)
        self.text = QLabel()
        self.text.setObjectName("problem")
        self.text.setWordWrap(True)
        self.again = QPushButton("다시 저장")
        row.addWidget(self.text, 1)
        row.addWidget(self.again)
        self.setVisible(False)

    def tell(self, text: str) -> None:
        """Show with this sentence."""
        self.text.setText(text)
        self.setVisible(True)
