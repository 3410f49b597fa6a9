"""The open card: its head, a tab per group of sections of the form, an editor per section."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMetaObject, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QHelpEvent, QIcon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from govtracker.model.card import Card
from govtracker.model.place import PLEDGE, Place
from govtracker.session.draft import Change, Step
from govtracker.session.state import Opened
from govtracker.ui.cards.carried import CarriedBar, Waiting
from govtracker.ui.cards.head import CardHead
from govtracker.ui.cards.typing import TypingWatch, focused
from govtracker.ui.editors import EDITORS, Editor
from govtracker.ui.editors.base import EditorContext
from govtracker.ui.editors.outline.bar import OutlineBar
from govtracker.ui.editors.outline.edit import OutlineEdit
from govtracker.ui.editors.outline.panel import ItemsPanel
from govtracker.ui.grid.view import GridView
from govtracker.ui.kit import theme
from govtracker.ui.kit.composing import commit_composing
from govtracker.ui.kit.icons import icon


class CardView(QWidget):
    """Shows an opened card. What is done in it says whose card it was done in:

    `edited(card, change)`, `renamed(card, number, title)`, `asked_about(card, place, point)` where the mouse rests;
    `paused` where a step of undo ends, `left` on leaving a tab, `said(text)` for the status bar,
    `at(place)` where somebody types.
    """

    edited = Signal(str, object)
    renamed = Signal(str, str, str)
    paused = Signal()
    left = Signal()
    asked_about = Signal(str, object, object)
    said = Signal(str)
    at = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.opened: Opened | None = None
        self.context: EditorContext | None = None
        self.editors: dict[str, Editor] = {}
        self.built: set[int] = set()
        self.telling: frozenset[str] = frozenset()
        self.last_focus: QWidget | None = None
        self.locked = False
        self.place: Place | None = None
        self.moving: QMetaObject.Connection | None = None
        self.watch = TypingWatch(self._editor_of, self)
        self.head = CardHead()
        self.head.renamed.connect(self._rename)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("카드의 탭")
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.stack = QStackedWidget()
        self.bar = OutlineBar()
        self.carried = CarriedBar()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self.tabs)
        layout.addWidget(self.bar)
        layout.addWidget(self.carried)
        layout.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self._turn)

    # ------------------------------------------------------------ showing

    def show_card(self, opened: Opened | None, context: EditorContext | None) -> None:
        """Show a card, or the same one changed; the tab stays where the form is the same.

        What is still being typed into the card before is told as that card's first.
        """
        before = self.opened
        if before is not None and not self.telling and not _shows(before, opened):
            self.commit()
        self.opened = opened
        if opened is None or context is None:
            return
        if self.context is None or (self.context.form, self.context.setting) != (
            context.form,
            context.setting,
        ):
            self.context = context
            self._build_tabs()
        self.context = context
        self.head.show_item(opened.item, context.form)
        if not _shows(before, opened):
            self._show_sections(same=before is not None and before.id == opened.id)

    def _show_sections(self, *, same: bool) -> None:
        """The card's sections in the editors. Those that tell of a change show it already."""
        assert self.opened is not None
        card = self.opened.draft.card
        if same and self.telling:
            shown = [key for key in self._keys(self.tabs.currentIndex()) if key not in self.telling]
        else:
            shown = list(self.editors)
        for key in shown:
            if key in self.editors:
                self._set(key, card)
        if not same:
            self._turn(self.tabs.currentIndex())

    def _set(self, key: str, card: Card) -> None:
        """A section in its editor, which may make fields for it: those of a submitted card are read only, too."""
        self.editors[key].set(card)
        self.editors[key].lock(locked=self.locked)

    def _keys(self, at: int) -> tuple[str, ...]:
        tabs = self.context.form.tab if self.context else ()
        return tuple(tabs[at].sections) if 0 <= at < len(tabs) else ()

    @property
    def shown_sections(self) -> tuple[str, ...]:
        """Keys of the sections on the shown tab."""
        return self._keys(self.tabs.currentIndex())

    def _build_tabs(self) -> None:
        assert self.context is not None
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        while (page := self.stack.widget(0)) is not None:
            self.stack.removeWidget(page)
            page.deleteLater()
        self.editors.clear()
        self.built.clear()
        for number, tab in enumerate(self.context.form.tab):
            self.tabs.addTab(tab.label)
            if number < 9:
                self.tabs.setTabToolTip(number, f"Alt+{number + 1}")
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.stack.addWidget(area)
        self.tabs.setCurrentIndex(0)
        self.tabs.blockSignals(False)

    def _turn(self, at: int) -> None:
        """Show a tab; its editors are made the first time."""
        if at < 0 or self.opened is None:
            return
        self.commit()
        if at not in self.built:
            self._build_page(at)
        for key in self._keys(at):
            self._set(key, self.opened.draft.card)
        self.stack.setCurrentIndex(at)
        self._show_bar()
        self._show_waiting()
        self.left.emit()

    def show_carried(self, kept: frozenset[str], plans: Waiting) -> None:
        """What of the shown card was carried from the last period."""
        self.carried.show_carried(kept, plans)
        self._show_waiting()

    def _show_waiting(self) -> None:
        """The tabs with something to be looked at are marked; what it is stands over the shown one."""
        if self.context is None:
            return
        for at in range(self.tabs.count()):
            waits = self.carried.waits(self._keys(at))
            self.tabs.setTabIcon(at, icon("time-line", theme.WARNING) if waits else QIcon())
            tip = f"Alt+{at + 1}" if at < 9 else ""
            self.tabs.setTabToolTip(at, f"{tip} · 지난 기간에서 옮긴 것을 확인하세요" if waits else tip)
        self.carried.show_tab(self.context.form, self._keys(self.tabs.currentIndex()))
        if self.locked:
            self.carried.setVisible(False)

    def lock(self, *, locked: bool) -> None:
        """Nothing can be typed into a submitted period; all of it can be copied."""
        self.locked = locked
        self.head.lock(locked=locked)
        for editor in self.editors.values():
            editor.lock(locked=locked)
        self._show_bar()
        self._show_waiting()

    def _show_bar(self) -> None:
        """The tools of outlines, where the page has any."""
        page = self.stack.currentWidget()
        panels = page.findChildren(ItemsPanel) if page is not None else []
        self.bar.setVisible(bool(panels) and not self.locked)
        if self.bar.panel not in panels:
            self.bar.attach(None)

    def _build_page(self, at: int) -> None:
        assert self.context is not None
        assert self.opened is not None
        page = QWidget()
        page.setObjectName("page")
        box = QVBoxLayout(page)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(16)
        for key in self._keys(at):
            definition = self.context.form.section_def(key)
            editor = EDITORS[definition.kind](definition, self.context)
            editor.set(self.opened.draft.card)
            editor.changed.connect(self._take)
            editor.paused.connect(self.paused)
            for grid in editor.findChildren(GridView):
                grid.said.connect(self.said)
            self.editors[key] = editor
            editor.lock(locked=self.locked)
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
        focus = focused()
        inside = focus is not None and self.stack.isAncestorOf(focus)
        self.tabs.setCurrentIndex(number)
        if inside:
            self.enter()

    def show_step(self, step: Step) -> None:
        """The place of a step of undo comes to the front, the caret as it was then."""
        at = next((i for i in range(self.tabs.count()) if step.key in self._keys(i)), -1)
        if at >= 0 and at != self.tabs.currentIndex():
            self.tabs.setCurrentIndex(at)
        if step.after is not None and step.key in self.editors:
            self.editors[step.key].restore(step.after)

    # ------------------------------------------------------------ places

    def go_to(self, place: Place) -> None:
        """The tab and the field of a place come to the front."""
        if place.section == PLEDGE:
            self.head.title.setFocus()
            return
        at = next((i for i in range(self.tabs.count()) if place.section in self._keys(i)), -1)
        if at >= 0:
            self.tabs.setCurrentIndex(at)
            self.editors[place.section].go_to(place)

    def _tell_place(self) -> None:
        """Where somebody types now, where that is another place than before."""
        focus = focused()
        editor = self._editor_of(focus) if focus is not None else None
        place = editor.current_place() if editor is not None else None
        if place is not None and place != self.place:
            self.place = place
            self.at.emit(place)

    # ------------------------------------------------------------ focus

    def enter(self) -> None:
        """Focus to where it was last in the shown tab, else to the tab's first field."""
        page, last = self.stack.currentWidget(), self.last_focus
        if (
            last is not None
            and isValid(last)
            and page is not None
            and page.isAncestorOf(last)
            and last.isVisible()
        ):
            last.setFocus()
            return
        first = next((w for w in _fields(page) if w.isVisible() and w.isEnabled()), self.head.title)
        first.setFocus()

    def focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        """The field with the focus is watched; another field is another step of undo."""
        if old is not None and isValid(old) and self.isAncestorOf(old):
            old.removeEventFilter(self.watch)
            self.paused.emit()
        if new is not None and self.isAncestorOf(new):
            self._watch_place(new)
            self.bar.attach(_outline_of(new))
            new.installEventFilter(self.watch)
            if self.stack.isAncestorOf(new):
                parent = new.parentWidget()
                holder = parent.parentWidget() if parent is not None else None
                self.last_focus = holder if isinstance(holder, QAbstractItemView) else new

    def _watch_place(self, field: QWidget) -> None:
        """What moves the caret of the field that is typed into is told."""
        if self.moving is not None:
            QObject.disconnect(self.moving)
            self.moving = None
        if isinstance(field, OutlineEdit):
            self.moving = field.cursorPositionChanged.connect(self._tell_place)
        elif isinstance(field, GridView):
            self.moving = field.selectionModel().currentChanged.connect(self._tell_place)
        self._tell_place()

    def _editor_of(self, field: QWidget) -> Editor | None:
        return next((editor for editor in self.editors.values() if editor.isAncestorOf(field)), None)

    # ------------------------------------------------------------ what is said of a value

    def event(self, event: QEvent) -> bool:
        """The mouse rests on something that says nothing of its own: where its value came from is asked."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._ask_about(event.globalPos())
            return True
        return super().event(event)

    def _ask_about(self, point: QPoint) -> None:
        if self.opened is None:
            return
        widgets: list[Editor | CardHead] = [self.head, *self.editors.values()]
        under = (widget for widget in widgets if widget.isVisible())
        place = next((place for widget in under if (place := widget.place_at(point)) is not None), None)
        if place is not None:
            self.asked_about.emit(self.opened.id, place, point)

    def problem_at(self, point: QPoint) -> str:
        """What is amiss with the grid's cell at a point of the screen."""
        grid = QApplication.widgetAt(point)
        grid = grid.parentWidget() if grid is not None else None
        if not isinstance(grid, GridView):
            return ""
        return str(grid.indexAt(grid.viewport().mapFromGlobal(point)).data(Qt.ItemDataRole.ToolTipRole) or "")

    # ------------------------------------------------------------ changes

    def _take(self, change: Change) -> None:
        if self.opened is None:
            return
        outer, self.telling = self.telling, self.telling | {change.key}
        try:
            if not outer:
                self._commit_others(change.key)
            self.carried.forget(change.key)
            self.edited.emit(self.opened.id, change)
            self._show_waiting()
        finally:
            self.telling = outer

    def _commit_others(self, key: str) -> None:
        """What is being typed in other sections is told first: those are shown anew after the change."""
        for other, editor in self.editors.items():
            if other != key:
                editor.commit()

    def _rename(self, number: str, title: str) -> None:
        if self.opened is not None:
            self.renamed.emit(self.opened.id, number, title)

    def commit(self) -> None:
        """Tell what is being typed (composing text, an open cell, the head)."""
        if self.opened is None:
            return
        commit_composing()
        for editor in self.editors.values():
            editor.commit()
        self.head.commit()


def _outline_of(field: QWidget) -> ItemsPanel | None:
    """The panel of the outline that is typed into."""
    parent = field.parentWidget() if isinstance(field, OutlineEdit) else None
    return parent if isinstance(parent, ItemsPanel) else None


def _shows(before: Opened | None, opened: Opened | None) -> bool:
    """Whether the very card is shown already (another status in the head is nothing to the editors)."""
    return before is not None and opened is not None and before.draft.card is opened.draft.card


def _fields(page: QWidget | None) -> list[QWidget]:
    """What can be typed into on a page, in order of its layout."""
    widgets = page.findChildren(QWidget) if page is not None else []
    return [
        widget
        for widget in widgets
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.objectName() not in ("small", "qt_scrollarea_viewport")
    ]
