"""A list of sentences to be read at leisure."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QVBoxLayout, QWidget


class Remarks(QDialog):
    """Sentences to be read at leisure, with a button that copies them; it doesn't stand in the way."""

    def __init__(self, parent: QWidget | None, title: str, remarks: list[str]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(640, 320)
        layout = QVBoxLayout(self)
        self.list = QListWidget()
        self.list.setAccessibleName("살펴볼 곳")
        self.list.setWordWrap(True)
        self.list.addItems(remarks)
        layout.addWidget(self.list)
        buttons = QDialogButtonBox()
        copy = buttons.addButton("복사", QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText("\n".join(remarks)))
        buttons.addButton("닫기", QDialogButtonBox.ButtonRole.RejectRole).setDefault(True)
        copy.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
