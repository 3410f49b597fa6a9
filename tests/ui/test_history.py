"""A section as it was saved before comes back as a step that can be undone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from govtracker.ui.tasks.history import History, show_history

from .conftest import CTRL, Hand
from .test_saving import typed
from .test_window import when

Key = Qt.Key


def test_a_saved_version_comes_back_and_can_be_undone(hand: Hand, reopened):
    first = hand.card.section("facts")
    typed(hand, " 둘째")
    hand.window.flush()
    second = hand.card.section("facts")
    seen: list[str] = []

    def go(dialog: History) -> None:
        seen.append(dialog.list.item(0).text())
        QTest.keyClick(dialog.list, Key.Key_Down)
        seen.append(dialog.differences.item(0).text())
        QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)

    when(History, go)
    show_history(hand.window)
    assert "지금과 같음" in seen[0]
    assert "둘째" in seen[1]
    assert hand.card.section("facts") == first
    hand.into(hand.window.view.editors["facts"].entries["span"]).press(Key.Key_Z, CTRL)
    assert hand.card.section("facts") == second
    hand.press(Key.Key_Y, CTRL)
    assert reopened().section("facts") == first


def test_what_is_as_it_was_can_not_be_taken_back(hand: Hand):
    def look(dialog: History) -> None:
        assert not dialog.go.isEnabled()
        dialog.reject()

    before = hand.card
    when(History, look)
    show_history(hand.window)
    assert hand.card == before
