"""A table's head in bands: labels that stand over several columns are drawn over all of them, as they are printed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from govtracker.ui.kit import theme

Paths = list[tuple[str, ...]]
"""Labels of each column from the top; each may have several lines."""
PAD = 12
"""Pixels above and below a label together."""


class Label(NamedTuple):
    """A label over columns `first`..`last`, at levels `top`..`bottom` (from 0)."""

    text: str
    first: int
    last: int
    top: int
    bottom: int


def labels_of(paths: Paths) -> Iterator[Label]:
    """Every label with what it stands over; the lowest one of a column reaches down to the cells."""
    deepest = max((len(path) for path in paths), default=0)
    for level in range(deepest):
        at = 0
        for path, run in groupby(paths, key=lambda path: path[: level + 1] if len(path) > level else ()):
            count = len(list(run))
            if path:
                lowest = [len(each) == level + 1 for each in paths[at : at + count]]
                if all(lowest):
                    for column in range(at, at + count):
                        yield Label(path[-1], column, column, level, deepest - 1)
                else:
                    yield Label(path[-1], at, at + count - 1, level, level)
            at += count


class BandedHeader(QHeaderView):
    """A horizontal header of labels in bands. `show_paths` says them; `dense` heads are not bold."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.paths: Paths = []
        self.dense = False
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def show_paths(self, paths: Paths, *, dense: bool) -> None:
        """The labels, and whether they stand in narrow columns."""
        self.paths, self.dense = paths, dense
        self.setFixedHeight(sum(self._levels()))
        self.viewport().update()

    def label_font(self, label: Label) -> QFont:
        """The font of a label; those of narrow columns under a band aren't bold."""
        font = QFont(self.font())
        font.setBold(not (self.dense and label.top > 0))
        return font

    def widest(self, column: int) -> int:
        """Pixels that a column's own labels want."""
        wanted = [
            QFontMetrics(self.label_font(label)).horizontalAdvance(line)
            for label in self._own(column)
            for line in label.text.split("\n")
        ]
        return max(wanted, default=0)

    def _own(self, column: int) -> list[Label]:
        return [each for each in labels_of(self.paths) if each.first == each.last == column]

    def _levels(self) -> list[int]:
        """Height of every level."""
        count = max((len(path) for path in self.paths), default=1)
        line = self.fontMetrics().height()
        heights = [line + PAD] * count
        for label in labels_of(self.paths):
            wanted = (label.text.count("\n") + 1) * line + PAD
            missing = wanted - sum(heights[label.top : label.bottom + 1])
            heights[label.bottom] += max(0, missing)
        return heights

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), sum(self._levels()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(theme.HEAD))
        tops = [0]
        for height in self._levels():
            tops.append(tops[-1] + height)
        for label in labels_of(self.paths):
            left = self.sectionViewportPosition(label.first)
            right = self.sectionViewportPosition(label.last) + self.sectionSize(label.last)
            box = QRect(left, tops[label.top], right - left, tops[label.bottom + 1] - tops[label.top])
            painter.setPen(QPen(QColor(theme.LINE)))
            painter.drawLine(box.topRight(), box.bottomRight())
            painter.drawLine(box.bottomLeft(), box.bottomRight())
            painter.setPen(QColor(theme.TEXT))
            painter.setFont(self.label_font(label))
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(box.adjusted(1, 0, -1, 0), flags, label.text)
        painter.end()
