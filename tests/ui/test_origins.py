"""The mouse rests on a value: the window says which cell of which workbook it came from."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip, QWidget

from govtracker.jobs import demo
from govtracker.ui.editors.outline.edit import OutlineEdit

from .conftest import Hand

FILE = demo.sample_workbooks()[0].file.name


@pytest.fixture
def rested(hand: Hand) -> Callable[[QWidget, QPoint], str]:
    """Rests the mouse on a point of a widget; what the tool tip says then."""

    def rest_on(widget: QWidget, point: QPoint) -> str:
        QToolTip.hideText()
        QTest.qWait(400)
        QCursor.setPos(widget.mapToGlobal(point))
        QTest.mouseMove(widget, point + QPoint(1, 0))
        QTest.mouseMove(widget, point)
        hand.until(lambda: QToolTip.isVisible() and bool(QToolTip.text()))
        return QToolTip.text()

    return rest_on


def test_a_figure_a_fact_and_a_line_say_their_cells(
    hand: Hand, rested: Callable[[QWidget, QPoint], str]
) -> None:
    money = hand.tab("budget")
    grid = money.panels[0].grid
    sheet = grid.sheet_model.sheet
    at = next(
        grid.model().index(row, column)
        for row in range(sheet.rows)
        for column in range(len(sheet.heads))
        if sheet.view(row, column).editable and sheet.view(row, column).text not in ("", "-")
    )
    shown = sheet.view(at.row(), at.column()).text
    text = rested(grid.viewport(), grid.visualRect(at).center())
    assert text.startswith(f"{FILE}, ")
    assert shown in text.split(": ", 1)[1]
    hand.cell(grid, at.row(), at.column()).type("1\n")
    hand.window.save()
    hand.rest()
    assert "가져온 뒤 고친 값입니다." in rested(grid.viewport(), grid.visualRect(at).center())


def test_a_line_of_a_text_says_its_cell(hand: Hand, rested: Callable[[QWidget, QPoint], str]) -> None:
    for tab in hand.window.view.context.form.tab:
        hand.tab(tab.sections[0])
        fields = [
            field
            for key in tab.sections
            for _, field in hand.window.view.editors[key].fields()
            if isinstance(field, OutlineEdit) and field.told and field.isVisible()
        ]
        if fields:
            break
    edit = fields[0]
    hand.line(edit, 0)
    point = QPoint(60, 14)
    line = edit.cursorForPosition(point).block().text()
    text = rested(edit.viewport(), point)
    assert text.startswith(f"{FILE}, ")
    assert line[:20] in text
