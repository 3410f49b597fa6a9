"""The list of pledges: by field, found by number, title or initial consonants (ㅎㅊ)."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from govtracker.ui.backend import CardItem
from govtracker.ui.kit import theme

ITEM = Qt.ItemDataRole.UserRole + 1
FOUND = Qt.ItemDataRole.UserRole + 2
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"


def initials(text: str) -> str:
    """Each syllable's first consonant, other characters as they are."""
    return "".join(_INITIALS[(ord(c) - 0xAC00) // 588] if "가" <= c <= "힣" else c for c in text)


class Filter(QSortFilterProxyModel):
    """Keeps pledges whose number, title or initials hold the words, and the fields above them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = ""
        self.setRecursiveFilteringEnabled(True)

    def search(self, words: str) -> None:
        self.words = words.replace(" ", "").lower()
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: QModelIndex | QPersistentModelIndex) -> bool:
        text = self.sourceModel().index(row, 0, parent).data(FOUND)
        return bool(text is not None and self.words in text)


BAR_AND_RATE = 102
"""Width of a rate and its bar, and of the gap before them."""


class Delegate(QStyledItemDelegate):
    """Two lines: number and title, status and rate with its bar."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        lines = 2 if index.data(ITEM) else 1
        return QSize(200, option.fontMetrics.height() * lines + (16 if lines == 2 else 14))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        item: CardItem | None = index.data(ITEM)
        rect, metrics = option.rect, option.fontMetrics
        painter.save()
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(theme.SELECTION))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(theme.ACCENT))
        if item is None:
            font = QFont(option.font)
            font.setBold(True)
            painter.setFont(font)
            painter.drawText(
                rect.adjusted(6, 0, -8, 0), int(Qt.AlignmentFlag.AlignVCenter), str(index.data())
            )
            painter.restore()
            return
        line = metrics.height()
        number = item.pledge.number
        left = rect.left() + 8
        wide = metrics.horizontalAdvance(number) + 10 if number else 0
        painter.setPen(QColor(theme.MUTED))
        painter.drawText(QRect(left, rect.top() + 6, wide, line), int(Qt.AlignmentFlag.AlignLeft), number)
        painter.setPen(QColor(theme.TEXT))
        room = rect.right() - left - wide - 8
        painter.drawText(
            QRect(left + wide, rect.top() + 6, room, line), int(Qt.AlignmentFlag.AlignLeft),
            metrics.elidedText(item.pledge.title, Qt.TextElideMode.ElideRight, room),
        )  # fmt: skip
        self._second(painter, item, QRect(left + wide, rect.top() + 8 + line, room, line))
        if focused:
            painter.setPen(QPen(QColor(theme.ACCENT), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _second(self, painter: QPainter, item: CardItem, rect: QRect) -> None:
        painter.setPen(QColor(theme.MUTED))
        room = rect.width() - (BAR_AND_RATE if item.fulfilment else 0)
        status = painter.fontMetrics().elidedText(item.status, Qt.TextElideMode.ElideRight, room)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignLeft), status)
        if item.fulfilment:
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignRight), f"{item.fulfilment}%")
            if item.fulfilled is None:
                return
            share = max(0.0, min(1.0, float(item.fulfilled) / 100))
            bar = QRect(rect.right() - BAR_AND_RATE + 6, rect.center().y() - 1, 42, 4)
            painter.fillRect(bar, QColor(theme.LINE))
            painter.fillRect(
                QRect(bar.left(), bar.top(), round(bar.width() * share), 4), QColor(theme.ACCENT)
            )


class Navigator(QWidget):
    """Search field and tree. `chosen(card id)` when another card is chosen; `add_wanted` for a new pledge."""

    chosen = Signal(str)
    add_wanted = Signal()

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
        layout.addWidget(self.tree, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(10, 4, 10, 8)
        foot.addWidget(add)
        foot.addStretch(1)
        foot.addWidget(self.count)
        layout.addLayout(foot)
        self.search.textChanged.connect(self._search)
        self.search.installEventFilter(self)
        self.tree.selectionModel().currentChanged.connect(self._current)
        self.current = ""
        self.searching = False

    def show_cards(self, items: list[CardItem]) -> None:
        """The cards, grouped by field where they have one; the current card stays chosen."""
        self.source.clear()
        groups: dict[str, QStandardItem] = {}
        for item in items:
            parent = self.source.invisibleRootItem()
            name = item.pledge.field
            if name:
                if name not in groups:
                    groups[name] = QStandardItem(name)
                    groups[name].setData("", FOUND)
                    groups[name].setSelectable(False)
                    parent.appendRow(groups[name])
                parent = groups[name]
            parent.appendRow(self._row(item))
        self.count.setText(f"공약 {len(items)}건")
        self.tree.expandAll()
        if self.current:
            self.choose(self.current, quiet=True)

    def _row(self, item: CardItem) -> QStandardItem:
        row = QStandardItem()
        self._dress(row, item)
        return row

    def _dress(self, row: QStandardItem, item: CardItem) -> None:
        row.setText(f"{item.pledge.number} {item.pledge.title}")
        row.setData(item, ITEM)
        plain = f"{item.pledge.number}{item.pledge.title}".replace(" ", "").lower()
        row.setData(f"{plain}\n{initials(plain)}", FOUND)
        rate = f", {item.fulfilment}퍼센트" if item.fulfilment else ""
        row.setAccessibleText(f"{item.pledge.number} {item.pledge.title}, {item.status}{rate}")
        row.setToolTip(item.pledge.title)

    def update_card(self, item: CardItem) -> None:
        """Show a card's new status and rate in place."""
        row = self._find(item.id)
        if row is not None and row.data(ITEM) != item:
            self._dress(row, item)

    def _rows(self) -> list[QStandardItem]:
        root = self.source.invisibleRootItem()
        found = []
        for at in range(root.rowCount()):
            group = root.child(at)
            found += [group] if group.data(ITEM) else [group.child(i) for i in range(group.rowCount())]
        return found

    def _find(self, card: str) -> QStandardItem | None:
        return next((row for row in self._rows() if row.data(ITEM).id == card), None)

    def choose(self, card: str, *, quiet: bool = False) -> None:
        """Make a card the chosen one."""
        row = self._find(card)
        if row is None:
            return
        if quiet:
            self.current = card
        self.tree.setCurrentIndex(self.proxy.mapFromSource(row.index()))

    def step(self, by: int) -> None:
        """Choose the next or the previous card of those that the search shows."""
        ids = [row.data(ITEM).id for row in self._rows() if self.proxy.mapFromSource(row.index()).isValid()]
        if self.current in ids:
            at = ids.index(self.current) + by
            if 0 <= at < len(ids):
                self.choose(ids[at])
        elif ids:
            self.choose(ids[0])

    def enter(self) -> None:
        """Focus into the tree; where the search left the chosen card out, the first found one is chosen."""
        self.tree.setFocus()
        if not self.tree.currentIndex().isValid():
            self.step(1)

    def _current(self, index: QModelIndex) -> None:
        item = index.data(ITEM)
        if item is not None and item.id != self.current and not self.searching:
            self.current = item.id
            self.chosen.emit(item.id)

    def _search(self, words: str) -> None:
        """A search never changes the open card."""
        self.searching = True
        self.proxy.search(words)
        self.tree.expandAll()
        row = self._find(self.current)
        self.tree.setCurrentIndex(self.proxy.mapFromSource(row.index()) if row else QModelIndex())
        self.searching = False

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
