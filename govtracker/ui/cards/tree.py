"""How the list of pledges is searched and painted."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, QSortFilterProxyModel, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from govtracker.session.state import CardItem
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
        self.hits: dict[str, str] = {}
        self.setRecursiveFilteringEnabled(True)

    def search(self, words: str) -> None:
        self.words = words.replace(" ", "").lower()
        self.invalidate()

    def show_hits(self, hits: dict[str, str]) -> None:
        """Cards (ids) in whose texts the words stand, too, each with the first such text."""
        self.hits = hits
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: QModelIndex | QPersistentModelIndex) -> bool:
        index = self.sourceModel().index(row, 0, parent)
        text, item = index.data(FOUND), index.data(ITEM)
        return bool(text is not None and (self.words in text or (item is not None and item.id in self.hits)))


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
        model = index.model()
        hit = model.hits.get(item.id, "") if isinstance(model, Filter) and model.words else ""
        self._second(painter, item, QRect(left + wide, rect.top() + 8 + line, room, line), hit)
        if focused:
            painter.setPen(QPen(QColor(theme.ACCENT), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _second(self, painter: QPainter, item: CardItem, rect: QRect, hit: str) -> None:
        painter.setPen(QColor(theme.MUTED))
        if hit:
            text = painter.fontMetrics().elidedText(
                " ".join(hit.split()), Qt.TextElideMode.ElideRight, rect.width()
            )
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignLeft), text)
            return
        room = rect.width() - (BAR_AND_RATE if item.fulfilment else 0)
        status = painter.fontMetrics().elidedText(item.status, Qt.TextElideMode.ElideRight, room)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignLeft), status)
        if not item.fulfilment:
            return
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignRight), f"{item.fulfilment}%")
        if item.fulfilled is not None:
            share = max(0.0, min(1.0, float(item.fulfilled) / 100))
            bar = QRect(rect.right() - BAR_AND_RATE + 6, rect.center().y() - 1, 42, 4)
            painter.fillRect(bar, QColor(theme.LINE))
            done = QRect(bar.left(), bar.top(), round(bar.width() * share), bar.height())
            painter.fillRect(done, QColor(theme.ACCENT))
