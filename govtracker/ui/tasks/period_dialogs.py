"""Dialogs about reporting periods: the next one, submitting one, opening one again, and plans that become results."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

Entries = list[tuple[str, str]]
"""(id, text) of plans."""


def _date_of(field: QDateEdit) -> date:
    day = field.date()
    return date(day.year(), day.month(), day.day())


class NextPeriod(QDialog):
    """Name and as-of date of a new period, `about` says what becomes of the cards."""

    def __init__(
        self, parent: QWidget | None, title: str, go: str, label: str, as_of: date, about: list[str]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        layout = QVBoxLayout(self)
        for text in about:
            line = QLabel(text)
            line.setWordWrap(True)
            layout.addWidget(line)
        fields = QFormLayout()
        self.label, self.as_of = QLineEdit(label), QDateEdit()
        self.label.setAccessibleName("새 보고기간")
        self.as_of.setAccessibleName("새 기준일")
        self.as_of.setDisplayFormat("yyyy. M. d.")
        self.as_of.setCalendarPopup(True)
        self.as_of.setDate(QDate(as_of.year, as_of.month, as_of.day))
        fields.addRow("새 보고기간", self.label)
        fields.addRow("새 기준일", self.as_of)
        layout.addLayout(fields)
        buttons = QDialogButtonBox()
        self.go = buttons.addButton(go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("취소", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.label.textChanged.connect(lambda text: self.go.setEnabled(bool(text.strip())))
        self.label.setFocus()
        self.label.selectAll()

    def day(self) -> date:
        """The chosen as-of date."""
        return _date_of(self.as_of)


class Freeze(QDialog):
    """Whether a period is to be submitted: not doing so is the default."""

    def __init__(self, parent: QWidget | None, label: str, cards: int) -> None:
        super().__init__(parent)
        self.setWindowTitle("제출본 확정")
        self.setMinimumWidth(480)
        layout = QVBoxLayout(self)
        for text in (
            f"{label} 카드 {cards}장을 제출본으로 확정합니다.",
            "확정하면 이 보고기간은 읽기만 할 수 있습니다. 지금 인쇄되는 PDF의 지문(해시)을 함께 남깁니다.",
            "고칠 일이 생기면 까닭을 적고 확정을 풀 수 있습니다.",
        ):
            line = QLabel(text)
            line.setWordWrap(True)
            layout.addWidget(line)
        buttons = QDialogButtonBox()
        self.go = buttons.addButton("제출본으로 확정", QDialogButtonBox.ButtonRole.AcceptRole)
        stay = buttons.addButton("확정하지 않기", QDialogButtonBox.ButtonRole.RejectRole)
        self.go.setAutoDefault(False)
        stay.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        stay.setFocus()


class Unfreeze(QDialog):
    """Why a submitted period is opened again."""

    def __init__(self, parent: QWidget | None, label: str, stamp: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("확정 풀기")
        self.setMinimumWidth(440)
        layout = QVBoxLayout(self)
        layout.addWidget(QLabel(f"{label}: {stamp}"))
        about = QLabel("확정을 풀면 다시 고칠 수 있습니다. 까닭은 대장에 남습니다.")
        about.setWordWrap(True)
        layout.addWidget(about)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("확정을 푸는 까닭")
        self.reason.setPlaceholderText("확정을 푸는 까닭")
        layout.addWidget(self.reason)
        buttons = QDialogButtonBox()
        self.go = buttons.addButton("확정 풀기", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("취소", QDialogButtonBox.ButtonRole.RejectRole)
        self.go.setEnabled(False)
        self.reason.textChanged.connect(lambda text: self.go.setEnabled(bool(text.strip())))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)


class Plans(QDialog):
    """The plans that wait: `chosen` are the ticked ones, `dropped` = they are wanted no more."""

    def __init__(self, parent: QWidget | None, title: str, entries: Entries) -> None:
        super().__init__(parent)
        self.setWindowTitle("지난 계획 확인")
        self.resize(620, 420)
        self.dropped = False
        layout = QVBoxLayout(self)
        about = QLabel(
            f"지난 기간의 계획입니다. 한 일을 고르면 ‘{title}’에 실적으로 옮깁니다. 고르지 않은 것은 계속 기다립니다."
        )
        about.setWordWrap(True)
        layout.addWidget(about)
        self.list = QListWidget()
        self.list.setAccessibleName("지난 계획")
        self.list.setWordWrap(True)
        for identity, text in entries:
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, identity)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.itemChanged.connect(lambda _: self._count())
        layout.addWidget(self.list, 1)
        buttons = QDialogButtonBox()
        self.go = buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self.drop = QPushButton("고른 것 지우기")
        buttons.addButton(self.drop, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton("닫기", QDialogButtonBox.ButtonRole.RejectRole)
        self.drop.clicked.connect(self._drop)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self._count()
        self.list.setFocus()

    @property
    def chosen(self) -> frozenset[str]:
        """Ids of the ticked plans."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return frozenset(
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        )

    def _count(self) -> None:
        count = len(self.chosen)
        self.go.setText(f"고른 {count}건을 실적으로 옮기기" if count else "실적으로 옮기기")
        for button in (self.go, self.drop):
            button.setEnabled(count > 0)

    def _drop(self) -> None:
        self.dropped = True
        self.accept()
