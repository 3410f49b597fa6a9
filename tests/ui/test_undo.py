"""Ctrl+Z and Ctrl+Y: across sections, inside fields and cells; typing is one step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from .conftest import CTRL, SHIFT

Key = Qt.Key


@pytest.fixture
def clock(hand):
    """The draft's own clock, turned by the test."""
    now = [0.0]
    hand.window.clock = lambda: now[0]
    return now


def test_across_sections_and_tabs(hand, clock):
    view, first = hand.window.view, hand.card
    hand.into(hand.tab("facts").entries["span"]).press(Key.Key_End).type(" 고침")
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
    tabs = view.context.form.tab
    keys = ("effects", "schedule", "facts")
    assert shown == [next(tab.label for tab in tabs if key in tab.sections) for key in keys]
    for expected in (second, third, fourth):
        hand.press(Key.Key_Y, CTRL)
        assert hand.card == expected
    assert view.editors["effects"].panels[0].edit.toPlainText().split("\n")[0].endswith(" 더")


def test_typing_is_one_step_until_a_pause(hand, clock):
    field = hand.tab("facts").entries["span"]
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
    hand.into(editor.entries["span"]).type("가")
    second = hand.card
    hand.into(editor.entries["nature"].radios["new"]).press(Key.Key_Space)
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
    field = hand.tab("facts").entries["span"]
    hand.into(field).press(Key.Key_End).type("가").press(Key.Key_Z, CTRL).type("나")
    now = hand.card
    hand.press(Key.Key_Y, CTRL)
    assert hand.card == now


def test_undo_after_renaming_keeps_the_new_name(hand, clock):
    hand.into(hand.tab("facts").entries["span"]).type("가")
    hand.into(hand.window.view.head.title).press(Key.Key_End).type(" 새로").press(Key.Key_Return)
    hand.rest()
    name = hand.card.pledge.title
    hand.press(Key.Key_Z, CTRL)
    assert hand.card.pledge.title == name
    assert name.endswith(" 새로")


def caret(widget) -> tuple[int, int]:
    """(anchor, position) of a text field."""
    if isinstance(widget, QLineEdit):
        start = widget.selectionStart()
        return (start, start + len(widget.selectedText())) if start >= 0 else (widget.cursorPosition(),) * 2
    return widget.textCursor().anchor(), widget.textCursor().position()


def text_fields(hand) -> dict[str, tuple[str, object]]:
    """A field of every kind of editor that is a text: (section, how to find it)."""
    return {
        "fact": ("facts", lambda editor: editor.entries["span"]),
        "outline": ("effects", lambda editor: editor.panels[0].edit),
        "details of an event": ("timeline", lambda editor: editor.texts["details"].edit),
        "label of a free part": ("plan", lambda editor: editor.panels[0].label),
    }


@pytest.mark.parametrize("kind", ["fact", "outline", "details of an event", "label of a free part"])
def test_value_caret_and_selection_come_back_together(hand, clock, kind):
    """Type, Ctrl+Z, Ctrl+Y, type: the new letters stand after the ones that came back."""
    key, find = text_fields(hand)[kind]
    editor = hand.tab(key)
    if kind == "details of an event":
        hand.cell(editor.panel.grid, 2, 0)
    field = find(editor)
    old = field.toPlainText()
    hand.into(field).press(Key.Key_Home, CTRL).press(Key.Key_Right, SHIFT, times=2)
    chosen = caret(field)
    assert chosen == (0, 2)
    hand.type("ab")
    assert hand.card.section(key) is not None
    typed, after = field.toPlainText(), caret(field)
    assert typed != old
    clock[0] = 9
    hand.press(Key.Key_Z, CTRL)
    assert QApplication.focusWidget() is field
    assert (field.toPlainText(), caret(field)) == (old, chosen)
    hand.press(Key.Key_Y, CTRL)
    assert (field.toPlainText(), caret(field)) == (typed, after)
    hand.type("ZZ")
    at = after[1]
    assert field.toPlainText() == typed[:at] + "ZZ" + typed[at:]


def test_composed_hangul_is_a_step_with_its_caret(hand, clock):
    field = hand.tab("facts").entries["span"]
    old = field.toPlainText()
    hand.into(field).press(Key.Key_End).compose("ㅎ", "하", "한").compose("ㅂ", "비", "빛")
    assert field.toPlainText() == old + "한빛"
    hand.press(Key.Key_Z, CTRL).press(Key.Key_Y, CTRL).compose("구")
    assert field.toPlainText() == old + "한빛구"
    clock[0] = 9
    hand.press(Key.Key_Z, CTRL)
    assert field.toPlainText() == old + "한빛"


def test_a_cell_is_current_again_and_its_value_too(hand, clock):
    grid = hand.tab("budget").panels[0].grid
    sheet = lambda: grid.sheet_model.sheet  # noqa: E731
    hand.cell(grid, 1, 3)
    old = sheet().view(1, 3).text
    hand.type("77").press(Key.Key_Return)
    assert grid.currentIndex().row() == 2
    hand.press(Key.Key_Z, CTRL)
    assert (sheet().view(1, 3).text, grid.currentIndex().row(), grid.currentIndex().column()) == (old, 1, 3)
    hand.press(Key.Key_Y, CTRL)
    assert (sheet().view(1, 3).text, grid.currentIndex().row(), grid.currentIndex().column()) == ("77", 1, 3)
    assert QApplication.focusWidget() is grid


def test_a_chosen_block_is_chosen_again(hand, clock):
    grid = hand.tab("budget").panels[0].grid
    hand.cell(grid, 1, 3).press(Key.Key_Right, SHIFT).press(Key.Key_Down, SHIFT)
    chosen = {(i.row(), i.column()) for i in grid.selectedIndexes()}
    assert len(chosen) == 4
    hand.press(Key.Key_Delete)
    hand.cell(grid, 4, 5)
    hand.press(Key.Key_Z, CTRL)
    assert {(i.row(), i.column()) for i in grid.selectedIndexes()} == chosen


def test_enter_and_a_change_of_place_end_a_step(hand, clock):
    edit = hand.tab("effects").panels[0].edit
    first = edit.toPlainText()
    hand.line(edit, 0).type("가나").press(Key.Key_Return).type("다라")
    hand.press(Key.Key_Left).type("마")
    assert edit.toPlainText().split("\n")[1] == "다마라"
    hand.press(Key.Key_Z, CTRL)
    assert edit.toPlainText().split("\n")[1] == "다라"
    hand.press(Key.Key_Z, CTRL)
    assert edit.toPlainText() == first.replace("\n", "가나\n", 1)
    hand.press(Key.Key_Z, CTRL)
    assert edit.toPlainText() == first


def test_status_bar_says_what_was_undone(hand, clock):
    hand.into(hand.tab("facts").entries["span"]).press(Key.Key_End).type("가")
    hand.press(Key.Key_Z, CTRL)
    label = hand.window.view.context.form.fact["span"].label
    assert hand.window.where.text().startswith("되돌렸습니다: ")
    assert hand.window.where.text().endswith(label)
    hand.press(Key.Key_Y, CTRL)
    assert hand.window.where.text().startswith("다시 했습니다: ")


def test_the_heads_own_typing_is_undone_in_the_head(hand, clock):
    title = hand.window.view.head.title
    old = title.text()
    hand.into(title).press(Key.Key_End).type("새")
    hand.press(Key.Key_Z, CTRL)
    assert title.text() == old
    assert hand.draft.done == ()
