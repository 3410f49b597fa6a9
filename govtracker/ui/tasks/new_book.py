"""The dialog that asks for a new book's municipality, form and term."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QWidget

from govtracker.forms.schema import Form
from govtracker.model.dates import Term, term_of_year


class NewBook(QDialog):
    """Municipality, form and term of a new book."""

    def __init__(self, parent: QWidget | None, forms: list[Form]) -> None:
        super().__init__(parent)
        self.setWindowTitle("새 대장")
        self.forms = forms
        layout = QFormLayout(self)
        self.municipality = QLineEdit()
        self.municipality.setPlaceholderText("예: 한빛구")
        self.form = QComboBox()
        for form in forms:
            self.form.addItem(f"{form.municipality or '기본 서식'} — {form.name}", form.key)
        self.term = QComboBox()
        for year in range(date.today().year + 2, 2009, -1):
            term = term_of_year(year)
            if term.start.year == year:
                self.term.addItem(f"민선 {term.number}기 ({term.start.year}. 7. ~ {term.end.year}. 6.)", term)
        for field, name in (
            (self.municipality, "지자체 이름"),
            (self.form, "공식 서식"),
            (self.term, "임기"),
        ):
            field.setAccessibleName(name)
        layout.addRow("지자체 이름", self.municipality)
        layout.addRow("공식 서식", self.form)
        layout.addRow("임기", self.term)
        buttons = QDialogButtonBox()
        self.ok = buttons.addButton("만들기", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("취소", QDialogButtonBox.ButtonRole.RejectRole)
        self.ok.setEnabled(False)
        self.municipality.textChanged.connect(lambda text: self.ok.setEnabled(bool(text.strip())))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addRow(buttons)

    def values(self) -> tuple[str, Term, str]:
        """(municipality, term, form key)."""
        return self.municipality.text().strip(), self.term.currentData(), self.form.currentData()
