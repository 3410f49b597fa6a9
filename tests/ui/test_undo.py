"""Ctrl+Z and Ctrl+Y: across sections, inside fields and cells; typing is one step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from .conftest import CTRL

Key = Qt.Key


@pytest.fixture
def clock(hand):
    """The draft's own clock, turned by the test."""
    now = [0.0]
    hand.window.draft.clock = lambda: now[0]
    return now


def test_across_sections_and_tabs(hand, clock):
    view, first = hand.window.view, hand.card
    hand.into(hand.tab("facts").fields["span"]).press(Key.Key_End).type(" 고침")
    second = hand.card
    hand.cell(hand.tab("schedule").panel.grid, 0, 3).press(Key.Key_Space)
    third = hand.card
    hand.line(hand.tab("effects").panels[0].edit, 0).type(" 더")
    fourth = hand.card
    assert len({first, second, third, fourth}) == 4
    shown = []
    for expected in (third, second, first):
        hand.press(Key.Key_Z, CTRL)
        shown.append(view.tabs.tabText(view.tabs.currentIndex()))
        assert hand.card == expected
    tabs = view.around.form.tab
    keys = ("effects", "schedule", "facts")
    assert shown == [next(tab.label for tab in tabs if key in tab.sections) for key in keys]
    for expected in (second, third, fourth):
        hand.press(Key.Key_Y, CTRL)
        assert hand.card == expected
    assert view.editors["effects"].panels[0].edit.toPlainText().split("\n")[0].endswith(" 더")


def test_typing_is_one_step_until_a_pause(hand, clock):
    field = hand.tab("facts").fields["span"]
    old = field.toPlainText()
    hand.into(field).press(Key.Key_End).type("가나")
    clock[0] = 0.5
    hand.type("다")
    clock[0] = 3.0
    hand.type("라")
    assert field.toPlainText() == old + "가나다라"
    hand.press(Key.Key_Z, CTRL)
    assert field.toPlainText() == old + "가나다"
    hand.press(Key.Key_Z, CTRL)
    assert field.toPlainText() == old
    hand.press(Key.Key_Z, CTRL)
    assert field.toPlainText() == old
    hand.press(Key.Key_Y, CTRL, times=2)
    assert field.toPlainText() == old + "가나다라"


def test_another_field_is_another_step(hand, clock):
    editor = hand.tab("facts")
    first = hand.card
    hand.into(editor.fields["span"]).type("가")
    second = hand.card
    hand.into(editor.fields["nature"].radios["new"]).press(Key.Key_Space)
    hand.press(Key.Key_Z, CTRL)
    assert hand.card == second
    hand.press(Key.Key_Z, CTRL)
    assert hand.card == first


def test_cells_are_steps_of_their_own_even_when_fast(hand, clock):
    grid = hand.tab("budget").panels[0].grid
    first = hand.card
    hand.cell(grid, 1, 3).type("7").press(Key.Key_Return)
    second = hand.card
    hand.type("8").press(Key.Key_Return)
    assert hand.card not in (first, second)
    hand.press(Key.Key_Z, CTRL)
    assert hand.card == second
    hand.press(Key.Key_Z, CTRL)
    assert hand.card == first


def test_undo_inside_an_open_cell(hand, clock):
    grid = hand.tab("people").panel.grid
    first = hand.card
    hand.cell(grid, 0, 2).type("아무개").press(Key.Key_Z, CTRL)
    assert hand.card == first


def test_undo_inside_an_outline_and_its_table(hand, clock):
    edit = hand.tab("highlights").panels[0].edit
    first = hand.card
    hand.line(edit, 0).type("덧")
    while edit.textCursor().currentTable() is None:
        hand.press(Key.Key_Right)
    clock[0] = 9
    hand.card  # noqa: B018 - reading it ends the typing
    hand.type("칸")
    clock[0] = 19
    assert hand.card != first
    hand.press(Key.Key_Z, CTRL).press(Key.Key_Z, CTRL)
    assert hand.card == first


def test_a_pasted_block_and_a_cleared_one_are_one_step(hand, clock, qapp):
    grid = hand.tab("budget").panels[0].grid
    first = hand.card
    qapp.clipboard().setText("11\t12\n21\t22")
    hand.cell(grid, 1, 3).press(Key.Key_V, CTRL)
    pasted = hand.card
    sheet = grid.sheet_model.sheet
    assert [sheet.view(r, c).text for r in (1, 2) for c in (3, 4)] == ["11", "12", "21", "22"]
    clock[0] = 9
    hand.press(Key.Key_Right, Qt.KeyboardModifier.ShiftModifier).press(Key.Key_C, CTRL)
    assert qapp.clipboard().text() == "11\t12"
    hand.press(Key.Key_Delete)
    assert hand.card != pasted
    hand.press(Key.Key_Z, CTRL)
    assert hand.card == pasted
    hand.press(Key.Key_Z, CTRL)
    assert hand.card == first


def test_a_new_change_ends_redo(hand, clock):
    field = hand.tab("facts").fields["span"]
    hand.into(field).press(Key.Key_End).type("가").press(Key.Key_Z, CTRL).type("나")
    now = hand.card
    hand.press(Key.Key_Y, CTRL)
    assert hand.card == now


def test_undo_after_renaming_keeps_the_new_name(hand, clock):
    hand.into(hand.tab("facts").fields["span"]).type("가")
    hand.into(hand.window.view.title).press(Key.Key_End).type(" 새로").press(Key.Key_Return)
    hand.rest()
    name = hand.card.pledge.title
    hand.press(Key.Key_Z, CTRL)
    assert hand.card.pledge.title == name
    assert name.endswith(" 새로")
