"""What went wrong: the world's failures in their own words, bugs with their details."""

from __future__ import annotations

import traceback

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from govtracker.errors import UNCHANGED, Trouble
from govtracker.ui.kit import theme


class Message(QDialog):
    """Heading, sentences, and technical details that can be unfolded and copied."""

    def __init__(self, parent: QWidget | None, heading: str, sentences: list[str], detail: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle("공약 추진실적 관리")
        self.setMinimumWidth(440)
        self.detail = detail
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(10)
        title = QLabel(heading)
        title.setFont(theme.heading_font(self.font()))
        title.setWordWrap(True)
        layout.addWidget(title)
        for sentence in sentences:
            label = QLabel(sentence)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            layout.addWidget(label)
        self.text = QPlainTextEdit(detail)
        self.text.setReadOnly(True)
        self.text.setAccessibleName("자세한 내용")
        self.text.setVisible(False)
        layout.addWidget(self.text)
        layout.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        if self.detail:
            more = QPushButton("자세히")
            more.clicked.connect(lambda: self.text.setVisible(not self.text.isVisible()))
            copy = QPushButton("복사")
            copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.detail))
            row.addWidget(more)
            row.addWidget(copy)
        row.addStretch(1)
        close = QPushButton("닫기")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row.addWidget(close)
        return row


def show_failure(parent: QWidget | None, error: BaseException) -> None:
    """Tell a failure: a Trouble in its own words, anything else as a bug with its details."""
    if isinstance(error, Trouble):
        Message(parent, error.fault, [error.place, error.remedy, UNCHANGED], error.detail).exec()
        return
    detail = "".join(traceback.format_exception(error))
    sentences = [
        "프로그램의 잘못입니다. 저장한 자료는 그대로입니다.",
        "아래 내용을 복사해 만든 사람에게 알려 주세요.",
    ]
    Message(parent, "예상하지 못한 일이 생겼습니다", sentences, detail).exec()


def consent(
    parent: QWidget | None, title: str, text: str, more: str, *, go: str, stay: str, warning: bool = False
) -> bool:
    """Whether something is to be done; not doing so is the default, and what Escape means."""
    box = QMessageBox(parent)
    if warning:
        box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(title)
    box.setText(text)
    box.setInformativeText(more)
    staying = box.addButton(stay, QMessageBox.ButtonRole.RejectRole)
    going = box.addButton(go, QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(staying)
    box.setEscapeButton(staying)
    box.exec()
    return box.clickedButton() is going


def ask_to_grow(parent: QWidget, rows: int, columns: int) -> bool:
    """Whether a table is to have more rows and columns, so that what is pasted has a place."""
    more = " · ".join(text for count, text in ((rows, f"{rows}줄"), (columns, f"{columns}칸")) if count)
    return consent(
        parent,
        "붙여넣기",
        "붙여 넣을 것이 표보다 큽니다.",
        f"표에 {more}을 더하면 모두 들어갑니다.",
        go="더하고 붙여넣기",
        stay="붙여넣지 않기",
    )


def ask_to_open(parent: QWidget | None, trouble: Trouble) -> bool:
    """Whether a book that another computer may have open is to be opened all the same."""
    return consent(
        parent,
        "대장 열기",
        f"{trouble.place}\n{trouble.fault}",
        trouble.remedy,
        go="그래도 열기",
        stay="열지 않기",
        warning=True,
    )


def ask_to_discard(parent: QWidget | None) -> bool:
    """Whether a window with changes that can't be saved is to be closed all the same."""
    return consent(
        parent,
        "공약 추진실적 관리",
        "저장하지 못한 것이 있습니다.",
        "창을 닫으면 저장하지 못한 것은 없어집니다.",
        go="버리고 닫기",
        stay="닫지 않기",
    )
