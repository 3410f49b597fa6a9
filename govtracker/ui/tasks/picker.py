"""What is to be written or printed: this card, chosen ones or all of the period; with cover and contents or without."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from govtracker.session.state import CardItem

CARD = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Chosen:
    """Ids of the cards; `plain` = without cover and contents."""

    cards: tuple[str, ...]
    plain: bool = False


def named(item: CardItem) -> str:
    """Number and title of a card."""
    return f"{item.pledge.number} {item.pledge.title}".strip()


class Picker(QDialog):
    """Asks which cards; `front` offers cover and contents, `whole` begins with all cards of the period."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        go: str,
        items: tuple[CardItem, ...],
        current: str,
        *,
        front: bool,
        whole: bool,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumSize(520, 440)
        self.items, self.current = items, current
        here = next((item for item in items if item.id == current), None)
        self.this = QRadioButton(f"지금 공약 — {named(here)}" if here else "지금 공약")
        self.some = QRadioButton("목록에서 고른 공약")
        self.all = QRadioButton(f"보고기간 전체 ({len(items)}건)")
        self.this.setEnabled(here is not None)
        (self.all if whole or here is None else self.this).setChecked(True)
        self.list = QListWidget()
        self.list.setAccessibleName("낼 공약")
        for item in items:
            row = QListWidgetItem(named(item))
            row.setFlags(row.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            row.setCheckState(Qt.CheckState.Checked if item.id == current else Qt.CheckState.Unchecked)
            row.setData(CARD, item.id)
            row.setSizeHint(QSize(0, self.fontMetrics().height() + 12))
            self.list.addItem(row)
        self.front = QCheckBox("표지와 목차(쪽 번호) 함께")
        self.front.setChecked(True)
        self.front.setVisible(front)
        self.count = QLabel()
        self.count.setObjectName("muted")
        self._build(go)
        for radio in (self.this, self.some, self.all):
            radio.toggled.connect(self._show)
        self.list.itemChanged.connect(self._show)
        self._show()

    def _build(self, go: str) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(8)
        for radio in (self.this, self.all, self.some):
            box.addWidget(radio)
        box.addWidget(self.list, 1)
        row = QHBoxLayout()
        self.marks = []
        for text, state in (("모두 고르기", Qt.CheckState.Checked), ("모두 풀기", Qt.CheckState.Unchecked)):
            mark = QToolButton()
            mark.setObjectName("small")
            mark.setText(text)
            mark.clicked.connect(lambda _=False, state=state: self._mark(state))
            self.marks.append(mark)
            row.addWidget(mark)
        row.addStretch(1)
        row.addWidget(self.count)
        box.addLayout(row)
        box.addWidget(self.front)
        buttons = QDialogButtonBox()
        self.ok = buttons.addButton(go, QDialogButtonBox.ButtonRole.AcceptRole)
        self.ok.setDefault(True)
        buttons.addButton("취소", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)

    def _mark(self, state: Qt.CheckState) -> None:
        for at in range(self.list.count()):
            self.list.item(at).setCheckState(state)

    def _show(self) -> None:
        """What can be chosen now, and how many cards that are."""
        free = self.some.isChecked()
        for widget in (self.list, *self.marks):
            widget.setEnabled(free)
        count = len(self._cards())
        self.count.setText(f"{count}건")
        self.ok.setEnabled(count > 0)
        self.front.setEnabled(count > 1)

    def _cards(self) -> tuple[str, ...]:
        if self.all.isChecked():
            return tuple(item.id for item in self.items)
        if self.this.isChecked():
            return (self.current,)
        rows = (self.list.item(at) for at in range(self.list.count()))
        return tuple(str(row.data(CARD)) for row in rows if row.checkState() == Qt.CheckState.Checked)

    def chosen(self) -> Chosen:
        """The cards in the period's order."""
        return Chosen(self._cards(), plain=not self.front.isChecked())


def ask(
    parent: QWidget | None,
    title: str,
    go: str,
    items: tuple[CardItem, ...],
    current: str,
    *,
    front: bool,
    whole: bool,
) -> Chosen | None:
    """What the officer wants, None where nothing after all."""
    dialog = Picker(parent, title, go, items, current, front=front, whole=whole)
    return dialog.chosen() if dialog.exec() == QDialog.DialogCode.Accepted else None
