"""The page of a window without a book: start from last year's Excel, new book, open, look around."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from govtracker.ui.editors.base import Panel
from govtracker.ui.kit import theme

CHOICES = (
    ("import", "작년 엑셀에서 시작", "엑셀 파일을 읽어 새 대장을 만듭니다. 원본은 고치지 않습니다."),
    ("new", "새 대장 만들기", "지자체 서식과 임기를 고르고 빈 대장으로 시작합니다."),
    ("open", "대장 열기", "쓰던 대장 파일(.govtracker)을 엽니다."),
    ("demo", "보기 둘러보기", "딸린 보기 대장을 임시 폴더에 만들어 엽니다."),
)


class LargeButton(QPushButton):
    """A button of two lines: what it does in bold, and a line about it."""

    def __init__(self, name: str, about: str) -> None:
        super().__init__()
        self.setObjectName("start")
        self.setAccessibleName(name)
        self.setAccessibleDescription(about)
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(18, 12, 18, 12)
        self.lines.setSpacing(4)
        title, line = QLabel(name), QLabel(about)
        title.setFont(theme.heading_font(self.font()))
        line.setObjectName("muted")
        for label in (title, line):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self.lines.addWidget(label)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Room for both lines in whatever font the system has."""
        return self.lines.sizeHint()


class StartPage(QWidget):
    """`wanted(what)`: import, new, open or demo; `recent_wanted(path)` for a book that was open before."""

    wanted = Signal(str)
    recent_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(48, 32, 48, 24)
        outer.addStretch(1)
        title = QLabel("공약 추진실적 관리")
        font = theme.heading_font(self.font())
        font.setPointSizeF(self.font().pointSizeF() * 1.85)
        title.setFont(font)
        outer.addWidget(title)
        about = QLabel(
            "공약 카드를 쓰고, 점검하고, 정해진 서식으로 인쇄합니다. 자료는 이 컴퓨터에만 저장됩니다."
        )
        about.setObjectName("muted")
        outer.addWidget(about)
        outer.addSpacing(20)
        row = QHBoxLayout()
        row.setSpacing(48)
        row.addLayout(self._choices(), 5)
        row.addLayout(self._side(), 4)
        outer.addLayout(row)
        outer.addStretch(2)

    def _choices(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        self.buttons: dict[str, QPushButton] = {}
        for key, name, about in CHOICES:
            button = LargeButton(name, about)
            button.clicked.connect(lambda _=False, key=key: self.wanted.emit(key))
            column.addWidget(button)
            self.buttons[key] = button
        column.addStretch(1)
        return column

    def _side(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(16)
        recent = Panel("최근 대장")
        self.recent = QListWidget()
        self.recent.setMaximumHeight(150)
        self.recent.setAccessibleName("최근 대장")
        self.recent.itemActivated.connect(
            lambda item: self.recent_wanted.emit(item.data(Qt.ItemDataRole.UserRole))
        )
        recent.body.addWidget(self.recent)
        first = Panel("처음이라면")
        for number, text in enumerate(
            (
                "작년 엑셀을 고르면 서식과 공약을 알아봅니다.",
                "탭마다 채우면 오른쪽에 인쇄될 쪽이 보입니다.",
                "고친 것은 저절로 저장됩니다.",
                "다 되면 PDF나 엑셀로 내보내거나 인쇄합니다.",
            ),
            1,
        ):
            first.body.addWidget(QLabel(f"{number}  {text}"))
        column.addWidget(recent)
        column.addWidget(first)
        column.addStretch(1)
        return column

    def show_recent(self, paths: list[Path]) -> None:
        """Books that were open before."""
        self.recent.clear()
        for path in paths:
            item = QListWidgetItem(f"{path.stem}  —  {path.parent}")
            item.setData(Qt.ItemDataRole.UserRole, str(path))
            self.recent.addItem(item)
        if not paths:
            item = QListWidgetItem("아직 연 대장이 없습니다.")
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.recent.addItem(item)
