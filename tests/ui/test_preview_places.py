"""The preview follows what is typed into and frames its block; a double click on a page goes to the field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from govtracker.ui.editors.outline.edit import OutlineEdit

from .conftest import NO, Hand

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def wide(hands, book) -> Hand:
    """A window with its preview rendered."""
    hand = hands(size=(1500, 900)).open(book).go("6-2")
    preview = hand.window.preview
    hand.until(lambda: bool(preview.images) and preview.rendered is preview.card, 20000)
    return hand


def framed(hand: Hand) -> list[int]:
    return [at for at, label in enumerate(hand.window.preview.labels) if label.framed is not None]


def twice(hand: Hand, place) -> None:
    """A double click on the box of a place."""
    preview = hand.window.preview
    at, box = next(
        (at, box) for at, image in enumerate(preview.images) for other, *box in image.boxes if other == place
    )
    label = preview.labels[at]
    preview.area.ensureWidgetVisible(label)
    paper = label.paper()
    x = paper.left() + (box[0] + box[2] / 2) * paper.width()
    y = paper.top() + (box[1] + box[3] / 2) * paper.height()
    QTest.mouseDClick(label, LEFT, NO, QPoint(round(x), round(y)))
    QApplication.processEvents()


def test_the_block_that_is_typed_into_is_framed_and_in_sight(wide: Hand):
    grid = wide.tab("budget").panels[0].grid
    wide.cell(grid, 1, 4)
    first = framed(wide)
    assert len(first) == 1
    editor = wide.tab("effects")
    wide.line(editor.panels[0].edit, 0)
    last = framed(wide)
    assert len(last) == 1
    assert last[0] > first[0]
    preview = wide.window.preview
    label = preview.labels[last[0]]
    top = label.mapTo(
        preview.area.viewport(), QPoint(0, round(label.framed.top() * label.paper().height()))
    ).y()
    assert 0 <= top < preview.area.viewport().height()


def test_a_double_click_on_a_figure_goes_to_its_cell(wide: Hand):
    grid = wide.tab("budget").panels[0].grid
    sheet = grid.sheet_model.sheet
    place = sheet.place(2, 4)._replace(section="budget")
    wide.window.view.to_tab(0)
    twice(wide, place)
    assert wide.window.view.tabs.currentIndex() == next(
        at for at, tab in enumerate(wide.window.view.context.form.tab) if "budget" in tab.sections
    )
    assert grid.hasFocus()
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (2, 4)


def test_a_double_click_on_a_line_goes_to_the_line(wide: Hand):
    items = wide.card.section("effects").parts[0].items
    wide.window.view.to_tab(0)
    preview = wide.window.preview
    place = next(p for image in preview.images for p, *_ in image.boxes if p.id == items[1].id)
    twice(wide, place)
    edit = QApplication.focusWidget()
    assert isinstance(edit, OutlineEdit)
    assert edit.textCursor().block().text() == items[1].text
