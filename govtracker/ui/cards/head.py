"""The head of a card: number and title, which can be changed, status and rate."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from govtracker.arithmetic.overview import fulfilment_label
from govtracker.forms.schema import Form
from govtracker.model.card import Pledge
from govtracker.model.content import one_line
from govtracker.model.place import PLEDGE, Place
from govtracker.session.state import CardItem
from govtracker.ui.kit import theme


class CardHead(QWidget):
    """`renamed(number, title)` when one of them was changed and left."""

    renamed = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cardHead")
        self.pledge = Pledge("")
        self.number, self.title = QLineEdit(), QLineEdit()
        self.status, self.rate = QLabel(), QLabel()
        self.status.setObjectName("number")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 8)
        self.number.setFixedWidth(84)
        self.number.setAccessibleName("관리번호")
        self.number.setPlaceholderText("관리번호")
        self.title.setAccessibleName("공약명")
        self.title.setFont(theme.heading_font(self.font()))
        for field in (self.number, self.title):
            field.setProperty("head", True)
            field.editingFinished.connect(self.commit)
        row.addWidget(self.number)
        row.addWidget(self.title, 1)
        row.addWidget(self.status)
        row.addWidget(self.rate)

    def show_item(self, item: CardItem, form: Form) -> None:
        """Whose card it is; what is being typed into the fields stays unless the name itself is another one."""
        before, self.pledge = self.pledge, item.pledge
        self.number.setVisible(form.numbered or bool(item.pledge.number))
        for field, old, new in (
            (self.number, before.number, item.pledge.number),
            (self.title, before.title, item.pledge.title),
        ):
            if (old != new or before.id != item.pledge.id) and field.text() != new:
                field.setText(new)
                field.setCursorPosition(0)
        self.status.setText(item.status)
        self.status.setVisible(bool(item.status))
        self.rate.setText(f"{fulfilment_label(form)} <b>{item.fulfilment}</b>" if item.fulfilment else "")

    def lock(self, *, locked: bool) -> None:
        """Number and title can't be changed in a submitted period."""
        for field in (self.number, self.title):
            field.setReadOnly(locked)

    def place_at(self, point: QPoint) -> Place | None:
        """The place of the field at a point of the screen."""
        for name, field in (("number", self.number), ("title", self.title)):
            if field.isVisible() and field.rect().contains(field.mapFromGlobal(point)):
                return Place(PLEDGE, field=name)
        return None

    def commit(self) -> None:
        """Take over a changed number or title; a pledge without a title keeps the one it has."""
        number, title = one_line(self.number.text()), one_line(self.title.text())
        if not title:
            self.title.setText(self.pledge.title)
        elif (number, title) != (self.pledge.number, self.pledge.title):
            self.renamed.emit(number, title)
            for field in (self.number, self.title):
                _forget_steps(field)


def _forget_steps(field: QLineEdit) -> None:
    """What is taken over is no step of the field's own undo any more."""
    at = field.cursorPosition()
    field.setText(field.text())
    field.setCursorPosition(at)
