"""The help that F1 shows: written in resources/help.md."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from govtracker import resources


def show(parent: QWidget | None, keys: list[tuple[str, str]]) -> None:
    """Open the help; `keys` are (shortcut, what it does) of the window's commands."""
    HelpDialog(parent, keys).exec()


def text(keys: list[tuple[str, str]]) -> str:
    """The help as Markdown, its last table the keys of the window."""
    rows = "\n".join(f"| {shortcut} | {name} |" for shortcut, name in keys)
    written = (resources.root() / "help.md").read_text(encoding="utf-8")
    return f"{written.rstrip()}\n\n## 단축 키\n| 키 | 하는 일 |\n| --- | --- |\n{rows}\n"


class HelpDialog(QDialog):
    """The help text in a dialog of its own."""

    def __init__(self, parent: QWidget | None, keys: list[tuple[str, str]]) -> None:
        super().__init__(parent)
        self.setWindowTitle("도움말")
        self.resize(720, 640)
        layout = QVBoxLayout(self)
        self.text = QTextBrowser()
        self.text.setMarkdown(text(keys))
        self.text.setAccessibleName("도움말")
        layout.addWidget(self.text)
        close = QPushButton("닫기")
        close.clicked.connect(self.accept)
        layout.addWidget(close)
