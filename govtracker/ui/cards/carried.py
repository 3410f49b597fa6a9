"""What a card took over from the last period, told over its tab: sections to be looked at, plans that wait."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from govtracker.forms.schema import Form
from govtracker.model.content import one_line

Waiting = Mapping[str, list[tuple[str, str]]]
"""By the key of a section of results the (id, text) of the plans that wait in it."""


class CarriedBar(QWidget):
    """`seen(keys)` when the shown sections were looked at, `plans_wanted(key)` for the plans that wait in a section."""

    seen = Signal(object)
    plans_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("carried")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self.kept: frozenset[str] = frozenset()
        self.plans: dict[str, list[tuple[str, str]]] = {}
        self.shown: tuple[str, ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 14, 6)
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.plan, self.done = QPushButton("지난 계획을 실적으로…"), QPushButton("확인했습니다")
        for button in (self.plan, self.done):
            button.setAutoDefault(True)
        self.plan.clicked.connect(lambda: self.plans_wanted.emit(next(iter(self._waiting()), "")))
        self.done.clicked.connect(lambda: self.seen.emit(self._open()))
        row.addWidget(self.text, 1)
        row.addWidget(self.plan)
        row.addWidget(self.done)
        self.setVisible(False)

    def show_carried(self, kept: frozenset[str], plans: Waiting) -> None:
        """What of the card was carried, as the book knows it."""
        self.kept, self.plans = kept, dict(plans)

    def forget(self, key: str) -> None:
        """A section was edited: it is the officer's own now."""
        self.kept -= {key}

    def _open(self) -> tuple[str, ...]:
        return tuple(key for key in self.shown if key in self.kept)

    def _waiting(self) -> list[str]:
        return [key for key in self.shown if self.plans.get(key)]

    def waits(self, keys: tuple[str, ...]) -> bool:
        """Whether something of some sections is still to be looked at."""
        return any(key in self.kept or self.plans.get(key) for key in keys)

    def show_tab(self, form: Form, keys: tuple[str, ...]) -> None:
        """Tell what of the shown tab's sections is to be looked at."""
        self.shown = keys
        kept, waiting = self._open(), self._waiting()
        count = sum(len(self.plans[key]) for key in waiting)
        names = ", ".join(one_line(form.section_def(key).label) for key in kept)
        words = [f"지난 기간에서 옮긴 그대로입니다: {names}"] if kept else []
        words += [f"지난 계획 {count}건이 실적으로 확인되기를 기다립니다."] if waiting else []
        self.text.setText("  ·  ".join(words))
        self.done.setVisible(bool(kept))
        self.plan.setVisible(bool(waiting))
        self.setVisible(bool(words))
