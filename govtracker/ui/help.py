"""The help that F1 shows: written in resources/help.md."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from govtracker import resources


def show(parent: QWidget | None) -> None:
    """Open the help."""
    HelpDialog(parent).exec()


class HelpDialog(QDialog):
    """The help text in a dialog of its own."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("도움말")
        self.resize(720, 640)
        layout = QVBoxLayout(self)
        self.text = QTextBrowser()
        self.text.setMarkdown((resources.root() / "help.md").read_text(encoding="utf-8"))
        self.text.setAccessibleName("도움말")
        layout.addWidget(self.text)
        close = QPushButton("닫기")
        close.clicked.connect(self.accept)
        layout.addWidget(close)
