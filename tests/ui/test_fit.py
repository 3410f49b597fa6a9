"""Every window size that an office PC has, at 100, 125 and 150 percent: nothing is clipped, everything can be reached."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QMenuBar,
    QScrollArea,
    QStyleOptionViewItem,
    QToolBar,
    QToolButton,
    QWidget,
)

from govtracker.ui.cards.tree import ITEM, Delegate

SIZES = ((1366, 728), (1093, 580), (911, 480), (1920, 1040))
"""1366x768 less a task bar: whole, at 125 and at 150 percent; and a large screen."""


def scroll_area(widget: QWidget) -> QScrollArea | None:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent


def faults(window: QWidget) -> list[str]:
    """Buttons and labels that stand outside of the window or are narrower than their words."""
    found = []
    room = QRect(QPoint(0, 0), window.size())
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, QAbstractButton | QLabel) or not widget.isVisible():
            continue
        if isinstance(widget.parentWidget(), QMenuBar) or widget.objectName().startswith("qt_toolbar_ext"):
            continue
        name = f"{type(widget).__name__} {widget.accessibleName() or widget.text()}"
        area = scroll_area(widget)
        if area is not None:
            bars = area.horizontalScrollBar(), area.verticalScrollBar()
            inside = widget.mapTo(area.widget(), QPoint(0, 0))
            if inside.x() + widget.width() > area.widget().width() + bars[0].maximum():
                found.append(f"{name} beyond what can be scrolled to")
        elif not room.contains(QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())):
            found.append(f"{name} outside")
        if isinstance(widget, QAbstractButton) and widget.text():
            if widget.width() + 1 < widget.minimumSizeHint().width():
                found.append(f"{name} {widget.width()} < {widget.minimumSizeHint().width()}")
        elif isinstance(widget, QLabel) and not widget.wordWrap() and "\n" not in widget.text():
            plain = widget.text() if not widget.text().startswith("<") else ""
            if (
                plain
                and "<" not in plain
                and widget.width() + 1 < widget.fontMetrics().horizontalAdvance(plain)
            ):
                found.append(f"{name} is cut")
    for bar in window.findChildren(QToolBar):
        more = bar.findChild(QToolButton, "qt_toolbar_ext_button")
        if bar.objectName() != "outlineBar" and more is not None and more.isVisible():
            found.append("the toolbar doesn't fit")
    return found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("preview", [False, True])
def test_nothing_is_clipped_and_everything_can_be_reached(hands, book, size, preview):
    hand = hands(size=size).open(book).go("6-2")
    window = hand.window
    hint = window.minimumSizeHint()
    assert hint.width() <= size[0]
    assert hint.height() <= size[1]
    if window.preview_shown() != preview:
        window.toggle_preview()
    view = window.view
    for at in range(view.tabs.count()):
        view.to_tab(at)
        view.enter()
        QTest.qWait(30)
        assert faults(window) == [], view.tabs.tabText(at)
    assert window.size() == QSize(*size)


def test_the_start_page_fits(hands):
    hand = hands(size=SIZES[2])
    QTest.qWait(30)
    assert faults(hand.window) == []
    assert hand.window.size() == QSize(*SIZES[2])


@pytest.mark.parametrize("points", [9.75, 12.0, 15.0])
def test_rows_of_the_list_are_as_high_as_their_lines_in_any_font(hand, points):
    tree = hand.window.navigator.tree
    font = QFont(tree.font())
    font.setPointSizeF(points)
    option = QStyleOptionViewItem()
    option.font, option.fontMetrics = font, QFontMetrics(font)
    index = tree.currentIndex()
    assert index.data(ITEM) is not None
    delegate = tree.itemDelegate()
    assert isinstance(delegate, Delegate)
    assert delegate.sizeHint(option, index).height() >= 2 * option.fontMetrics.height() + 10


def test_the_lists_row_shows_both_lines_whole(hand):
    """With a font that is higher than Nanum's, as Windows' is: the rows grow with it."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    tree = hand.window.navigator.tree
    before = tree.visualRect(tree.currentIndex()).height()
    font = QFont(tree.font())
    font.setPointSizeF(font.pointSizeF() * 1.5)
    tree.setFont(font)
    tree.doItemsLayout()
    QTest.qWait(20)
    after = tree.visualRect(tree.currentIndex()).height()
    assert after > before
    assert after >= 2 * tree.fontMetrics().height() + 10
