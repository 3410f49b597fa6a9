"""The list of pledges: by field, found by number, title or initial consonants (ㅎㅊ)."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from govtracker.session.state import CardItem
from govtracker.ui.cards.tree import FOUND, ITEM, Delegate, Filter, initials

LEAST = 2
"""Characters from which all texts are searched."""


class Navigator(QWidget):
    """Search field and tree. `wanted(card id)` when somebody chooses a card, `add_wanted` for a new pledge,
    `search_wanted(words)` for those whose texts hold some words (`show_hits`).

    Which card is the chosen one the session says (`show_cards`); rows that come, go or are hidden choose nothing.
    """

    wanted = Signal(str)
    add_wanted = Signal()
    search_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigator")
        self.setMinimumWidth(232)
        self.setMaximumWidth(400)
        self.search = QLineEdit()
        self.search.setPlaceholderText("번호, 공약명, 초성(ㅎㅊㅎㅈ)")
        self.search.setAccessibleName("공약 찾기")
        self.search.setClearButtonEnabled(True)
        self.source = QStandardItemModel(self)
        self.proxy = Filter(self)
        self.proxy.setSourceModel(self.source)
        self.tree = QTreeView()
        self.tree.setObjectName("tree")
        self.tree.setModel(self.proxy)
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(14)
        self.tree.setItemDelegate(Delegate(self.tree))
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.setAccessibleName("공약 목록")
        self.count = QLabel()
        self.count.setObjectName("muted")
        self._build()
        self.search.textChanged.connect(self._search)
        self.search.installEventFilter(self)
        self.tree.selectionModel().currentChanged.connect(self._current)
        self.shown: tuple[CardItem, ...] = ()
        self.chosen = ""
        self.showing = False

    def _build(self) -> None:
        add = QToolButton()
        add.setObjectName("small")
        add.setText("+ 공약 추가")
        add.setAccessibleName("공약 추가")
        add.clicked.connect(self.add_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 10, 0, 0)
        top = QHBoxLayout()
        top.setContentsMargins(10, 0, 10, 4)
        top.addWidget(self.search)
        layout.addLayout(top)
        self.nothing = QLabel()
        self.nothing.setObjectName("muted")
        self.nothing.setWordWrap(True)
        self.nothing.setContentsMargins(10, 4, 10, 4)
        self.nothing.setVisible(False)
        layout.addWidget(self.nothing)
        layout.addWidget(self.tree, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(10, 4, 10, 8)
        foot.addWidget(add)
        foot.addStretch(1)
        foot.addWidget(self.count)
        layout.addLayout(foot)

    # ------------------------------------------------------------ showing

    def show_cards(self, items: tuple[CardItem, ...], chosen: str) -> None:
        """The cards, grouped by field where they have one, and which of them is chosen ("" = none)."""
        self.showing, self.chosen = True, chosen
        try:
            if items is not self.shown:
                self._show_items(items)
            self._show_chosen()
        finally:
            self.showing = False

    def _show_items(self, items: tuple[CardItem, ...]) -> None:
        before, self.shown = self.shown, items
        if [(item.id, item.pledge.field) for item in before] == [(i.id, i.pledge.field) for i in items]:
            rows = {row.data(ITEM).id: row for row in self._rows()}
            for old, item in zip(before, items, strict=True):
                if old != item:
                    _dress(rows[item.id], item)
            return
        self._fill(items)
        self.count.setText(f"공약 {len(items)}건")
        self.tree.expandAll()

    def _fill(self, items: tuple[CardItem, ...]) -> None:
        self.source.clear()
        groups: dict[str, QStandardItem] = {}
        for item in items:
            parent, name = self.source.invisibleRootItem(), item.pledge.field
            if name:
                if name not in groups:
                    groups[name] = QStandardItem(name)
                    groups[name].setData("", FOUND)
                    groups[name].setSelectable(False)
                    parent.appendRow(groups[name])
                parent = groups[name]
            row = QStandardItem()
            _dress(row, item)
            parent.appendRow(row)

    def _show_chosen(self) -> None:
        """The chosen card's row is the current one; none is where the search hides it."""
        row = next((row for row in self._rows() if row.data(ITEM).id == self.chosen), None)
        index = self.proxy.mapFromSource(row.index()) if row is not None else QModelIndex()
        if self.tree.currentIndex() != index:
            self.tree.setCurrentIndex(index)

    def _rows(self) -> list[QStandardItem]:
        root = self.source.invisibleRootItem()
        rows: list[QStandardItem] = []
        for at in range(root.rowCount()):
            group = root.child(at)
            rows += [group] if group.data(ITEM) else [group.child(i) for i in range(group.rowCount())]
        return rows

    # ------------------------------------------------------------ choosing

    def _current(self, index: QModelIndex) -> None:
        item = index.data(ITEM)
        if item is not None and not self.showing:
            self.wanted.emit(item.id)

    def step(self, by: int) -> None:
        """Want the next or the previous card of those that the search shows."""
        ids = [row.data(ITEM).id for row in self._rows() if self.proxy.mapFromSource(row.index()).isValid()]
        if self.chosen in ids:
            at = ids.index(self.chosen) + by
            if 0 <= at < len(ids):
                self.wanted.emit(ids[at])
        elif ids:
            self.wanted.emit(ids[0])

    def enter(self) -> None:
        """Focus into the tree; where the search hides the chosen card, the first that it shows is wanted."""
        self.tree.setFocus()
        if not self.tree.currentIndex().isValid():
            self.step(1)

    def _search(self, words: str) -> None:
        """A search never changes the open card."""
        self.showing = True
        try:
            self.proxy.hits = {}
            self.proxy.search(words)
            self.tree.expandAll()
            self._show_chosen()
            self._tell_nothing()
        finally:
            self.showing = False
        if len(words.strip()) >= LEAST:
            self.search_wanted.emit(words)

    def show_hits(self, words: str, hits: dict[str, str]) -> None:
        """The cards whose texts hold the words that are searched for; an older answer is dropped."""
        if words != self.search.text():
            return
        self.showing = True
        try:
            self.proxy.show_hits(hits)
            self.tree.expandAll()
            self._show_chosen()
            self._tell_nothing()
        finally:
            self.showing = False

    def _tell_nothing(self) -> None:
        """A sentence where nothing is found."""
        none = bool(self.search.text().strip()) and self.proxy.rowCount() == 0
        self.nothing.setText(
            f"‘{self.search.text().strip()}’을(를) 찾지 못했습니다. Esc를 누르면 지웁니다." if none else ""
        )
        self.nothing.setVisible(none)

    def eventFilter(self, watched: object, event: object) -> bool:
        """Down in the search field enters the tree, Esc clears it."""
        if (
            watched is self.search
            and isinstance(event, QKeyEvent)
            and event.type() == QKeyEvent.Type.KeyPress
        ):
            if event.key() == Qt.Key.Key_Down:
                self.enter()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.search.clear()
                return True
        return False


def _dress(row: QStandardItem, item: CardItem) -> None:
    """What a card's row says, to the eye, the search and a screen reader."""
    row.setText(f"{item.pledge.number} {item.pledge.title}")
    row.setData(item, ITEM)
    plain = f"{item.pledge.number}{item.pledge.title}".replace(" ", "").lower()
    row.setData(f"{plain}\n{initials(plain)}", FOUND)
    rate = f", {item.fulfilment}퍼센트" if item.fulfilment else ""
    row.setAccessibleText(f"{item.pledge.number} {item.pledge.title}, {item.status}{rate}")
    row.setToolTip(item.pledge.title)
