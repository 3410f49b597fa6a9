"""The dialog that asks for a new pledge's number and title."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QWidget


class NewPledge(QDialog):
    """Number and title of a new pledge, and its period where the book has none yet."""

    def __init__(self, parent: QWidget | None, *, period: bool) -> None:
        super().__init__(parent)
        self.setWindowTitle("공약 추가")
        layout = QFormLayout(self)
        self.number, self.title = QLineEdit(), QLineEdit()
        for field, name in ((self.number, "관리번호"), (self.title, "공약명")):
            field.setAccessibleName(name)
        layout.addRow("관리번호", self.number)
        layout.addRow("공약명", self.title)
        self.label, self.as_of = QLineEdit(), QDateEdit()
        self.label.setAccessibleName("보고기간 이름")
        self.as_of.setAccessibleName("기준일")
        self.as_of.setDisplayFormat("yyyy. M. d.")
        self.as_of.setDate(QDate.currentDate())
        if period:
            layout.addRow("보고기간 이름", self.label)
            layout.addRow("기준일", self.as_of)
        buttons = QDialogButtonBox()
        self.ok = buttons.addButton("추가", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("취소", QDialogButtonBox.ButtonRole.RejectRole)
        self.ok.setEnabled(False)
        for field in (self.title, self.label):
            field.textChanged.connect(
                lambda: self.ok.setEnabled(
                    bool(self.title.text().strip() and (not period or self.label.text().strip()))
                )
            )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addRow(buttons)

    def day(self) -> date:
        """The chosen as-of date."""
        day = self.as_of.date()
        return date(day.year(), day.month(), day.day())
