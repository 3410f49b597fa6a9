"""The open card: its head, a tab per group of sections of the form, an editor per section."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from govtracker.arithmetic.overview import fulfilment_label
from govtracker.model.card import Card, Pledge, Section
from govtracker.model.content import one_line
from govtracker.session.draft import Draft
from govtracker.ui.backend import CardItem
from govtracker.ui.editors import EDITORS, Editor
from govtracker.ui.editors.base import Surroundings
from govtracker.ui.kit import theme


class CardView(QWidget):
    """Shows a draft. `changed` after every change of it, `renamed(number, title)` from the head, `left` on leaving a tab."""

    changed = Signal()
    renamed = Signal(str, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draft: Draft | None = None
        self.around: Surroundings | None = None
        self.editors: dict[str, Editor] = {}
        self.built: set[int] = set()
        self.last_focus: QWidget | None = None
        self.undo_filter = UndoFilter(self)
        self.number, self.title = QLineEdit(), QLineEdit()
        self.status = QLabel()
        self.status.setObjectName("number")
        self.rate = QLabel()
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("카드의 탭")
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.stack = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head())
        layout.addWidget(self.tabs)
        layout.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self._turn)

    def _head(self) -> QWidget:
        head = QWidget()
        head.setObjectName("cardHead")
        row = QHBoxLayout(head)
        row.setContentsMargins(14, 8, 14, 8)
        self.number.setFixedWidth(84)
        self.number.setAccessibleName("관리번호")
        self.number.setPlaceholderText("관리번호")
        self.title.setAccessibleName("공약명")
        self.title.setFont(theme.heading_font(self.font()))
        for field in (self.number, self.title):
            field.editingFinished.connect(self._rename)
        row.addWidget(self.number)
        row.addWidget(self.title, 1)
        row.addWidget(self.status)
        row.addWidget(self.rate)
        return head

    # ------------------------------------------------------------ showing

    def show_draft(self, draft: Draft, around: Surroundings) -> None:
        """Show another card; the tab stays where the form is the same."""
        self.draft = draft
        card = draft.card
        same = (
            self.around is not None
            and self.around.form == around.form
            and self.around.setting == around.setting
        )
        self.around = around
        if not same:
            self._build_tabs()
        self.number.setVisible(around.form.numbered or bool(card.pledge.number))
        self.show_pledge(card.pledge)
        for editor in self.editors.values():
            editor.set(card)
        self._turn(self.tabs.currentIndex())

    def show_pledge(self, pledge: Pledge) -> None:
        """Number and title in the head, and in every step of undo (renaming is no step of it)."""
        for field, text in ((self.number, pledge.number), (self.title, pledge.title)):
            if field.text() != text:
                field.setText(text)
                field.setCursorPosition(0)
        if self.draft is not None:
            draft = self.draft
            draft.card = replace(draft.card, pledge=pledge)
            for stack in (draft.done, draft.undone):
                stack[:] = [(replace(card, pledge=pledge), key) for card, key in stack]

    def _build_tabs(self) -> None:
        assert self.around is not None
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        while (page := self.stack.widget(0)) is not None:
            self.stack.removeWidget(page)
            page.deleteLater()
        self.editors.clear()
        self.built.clear()
        for number, tab in enumerate(self.around.form.tab):
            self.tabs.addTab(tab.label)
            if number < 9:
                self.tabs.setTabToolTip(number, f"Alt+{number + 1}")
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.stack.addWidget(area)
        self.tabs.setCurrentIndex(0)
        self.tabs.blockSignals(False)

    def _turn(self, at: int) -> None:
        """Show a tab; its editors are made the first time."""
        if at < 0 or self.around is None or self.draft is None:
            return
        self.commit()
        if at not in self.built:
            self._build_page(at)
        for key in self.around.form.tab[at].sections:
            self.editors[key].set(self.draft.card)
        self.stack.setCurrentIndex(at)
        self.left.emit()

    def _build_page(self, at: int) -> None:
        assert self.around is not None
        assert self.draft is not None
        page = QWidget()
        page.setObjectName("page")
        box = QVBoxLayout(page)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(16)
        for key in self.around.form.tab[at].sections:
            definition = self.around.form.section_def(key)
            editor = EDITORS[definition.kind](definition, self.around)
            editor.set(self.draft.card)
            editor.changed.connect(self._take)
            self.editors[key] = editor
            box.addWidget(editor)
        box.addStretch(1)
        area = self.stack.widget(at)
        assert isinstance(area, QScrollArea)
        area.setWidget(page)
        self.built.add(at)

    def turn_tab(self, by: int) -> None:
        """The next or the previous tab, around the end."""
        count = self.tabs.count()
        if count:
            self.to_tab((self.tabs.currentIndex() + by) % count)

    def to_tab(self, number: int) -> None:
        """The tab of a number; focus goes into it where it was in the one before."""
        if not 0 <= number < self.tabs.count():
            return
        focus = QGuiApplication.focusObject()
        inside = isinstance(focus, QWidget) and self.stack.isAncestorOf(focus)
        self.tabs.setCurrentIndex(number)
        if inside:
            self.enter()

    def show_overview(self, item: CardItem) -> None:
        """Status and rate in the head."""
        assert self.around is not None
        self.status.setText(item.status)
        self.status.setVisible(bool(item.status))
        label = fulfilment_label(self.around.form)
        self.rate.setText(f"{label} <b>{item.fulfilment}</b>" if item.fulfilment else "")

    # ------------------------------------------------------------ focus

    def enter(self) -> None:
        """Focus to where it was last in the shown tab, else to the tab's first field."""
        page = self.stack.currentWidget()
        last = self.last_focus
        if (
            last is not None
            and isValid(last)
            and page is not None
            and page.isAncestorOf(last)
            and last.isVisible()
        ):
            last.setFocus()
            return
        first = next((w for w in _fields(page) if w.isVisible() and w.isEnabled()), self.title)
        first.setFocus()

    def focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        """Ctrl+Z in a field of the card undoes in the card; a change of field ends a step of undo."""
        if old is not None and isValid(old) and self.isAncestorOf(old):
            old.removeEventFilter(self.undo_filter)
            if self.draft is not None:
                self.draft.last = ("", float("-inf"))
        if new is not None and self.isAncestorOf(new):
            new.installEventFilter(self.undo_filter)
            if self.stack.isAncestorOf(new):
                parent = new.parentWidget()
                holder = parent.parentWidget() if parent is not None else None
                self.last_focus = holder if isinstance(holder, QAbstractItemView) else new

    # ------------------------------------------------------------ changes

    def _take(self, key: str, section: Section, merge: bool) -> None:
        if self.draft is None or not self.draft.change(key, section, merge=merge):
            return
        self._refresh(key)
        self.changed.emit()

    def _refresh(self, but: str) -> None:
        """Other editors on the same tab may show what is computed from the changed section."""
        assert self.draft is not None
        assert self.around is not None
        for key in self.around.form.tab[max(0, self.tabs.currentIndex())].sections:
            if key != but and key in self.editors:
                self.editors[key].set(self.draft.card)

    def commit(self) -> None:
        """What is being typed (composing text, an open cell, the head) into the draft."""
        method = QGuiApplication.inputMethod()
        if method is not None:
            method.commit()
        for editor in self.editors.values():
            editor.commit()
        self._rename()

    def step(self, *, back: bool) -> None:
        """Undo or redo; the tab with the changed section comes to the front."""
        if self.draft is None or self.around is None:
            return
        self.commit()
        key = self.draft.undo() if back else self.draft.redo()
        if not key:
            return
        at = next((i for i, tab in enumerate(self.around.form.tab) if key in tab.sections), -1)
        if at >= 0 and at != self.tabs.currentIndex():
            self.tabs.setCurrentIndex(at)
        for editor in self.editors.values():
            editor.set(self.draft.card)
        self.changed.emit()

    def _rename(self) -> None:
        if self.draft is None:
            return
        number, title = one_line(self.number.text()), one_line(self.title.text())
        pledge = self.draft.card.pledge
        if not title:
            self.title.setText(pledge.title)
        elif (number, title) != (pledge.number, pledge.title):
            self.renamed.emit(number, title)

    @property
    def card(self) -> Card | None:
        return self.draft.card if self.draft else None


def _fields(page: QWidget | None) -> list[QWidget]:
    """What can be typed into on a page, in order of its layout."""
    found = page.findChildren(QWidget) if page is not None else []
    return [
        w
        for w in found
        if w.focusPolicy() & Qt.FocusPolicy.TabFocus
        and w.objectName() not in ("small", "qt_scrollarea_viewport")
    ]


class UndoFilter(QObject):
    """Ctrl+Z and Ctrl+Y belong to the card: text fields must not swallow them."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if control and event.key() in (Qt.Key.Key_Z, Qt.Key.Key_Y):
                event.ignore()
                return True
        return False
