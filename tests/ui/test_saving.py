"""Saving by itself, at once on leaving, and again after it failed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from govtracker.app import Program
from govtracker.errors import BookTrouble
from govtracker.model.card import Section
from govtracker.session.state import CardItem

Key = Qt.Key


class Stubborn(Program):
    """A program on a full disk, until `full` is False."""

    full = True

    def save(self, card: str, sections: Mapping[str, Section]) -> tuple[str, CardItem]:
        if self.full:
            raise BookTrouble("대장", "디스크가 가득 찼습니다.", "자리를 비우세요.")
        return super().save(card, sections)


def typed(hand, text="가나다"):
    field = hand.tab("facts").entries["span"]
    hand.into(field).press(Key.Key_End).type(text)
    return field


def stored(hand) -> str:
    """What the book holds now, read by the same program past the window."""
    return hand.window.backend.read(hand.opened)[1].section("facts").get("span").text


def test_saved_a_second_after_the_last_change(hand):
    typed(hand)
    assert hand.window.state.text() == "고치는 중…"
    hand.until(lambda: hand.window.state.text().startswith("저장됨"), 4000)
    assert stored(hand).endswith("가나다")


def test_another_process_reads_it_after_closing(hand, book):
    typed(hand)
    hand.until(lambda: hand.window.state.text().startswith("저장됨"), 4000)
    hand.close()
    done = subprocess.run(
        [sys.executable, "-m", "govtracker", "dump", str(book)], capture_output=True, text=True, check=True
    )
    assert "가나다" in done.stdout


@pytest.mark.parametrize("leave", ["tab", "card", "ctrl+s", "period"])
def test_leaving_saves_at_once(two_periods, leave):
    hand = two_periods
    typed(hand)
    card = hand.opened
    assert not stored(hand).endswith("가나다")
    if leave == "tab":
        hand.press(Key.Key_2, Qt.KeyboardModifier.AltModifier)
    elif leave == "card":
        hand.press(Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    elif leave == "ctrl+s":
        hand.press(Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    else:
        hand.period("2023년 하반기")
    assert not hand.window.shell.timer.isActive()
    hand.rest()
    assert hand.window.backend.read(card)[1].section("facts").get("span").text.endswith("가나다")


def test_an_open_cell_is_saved_when_the_tab_is_left(hand, reopened):
    hand.cell(hand.tab("people").panel.grid, 0, 2).type("아무개")
    hand.tab("budget")
    assert reopened().section("people").persons[0].name == "아무개"


def test_an_open_cell_and_fresh_words_are_saved_on_closing(hand, reopened):
    hand.line(hand.tab("summary").panels[0].edit, 0).type(" 끝말")
    hand.cell(hand.tab("people").panel.grid, 0, 2).type("아무개")
    card = reopened()
    assert card.section("people").persons[0].name == "아무개"
    assert card.section("summary").parts[0].items[0].text.endswith(" 끝말")


def test_a_failed_save_is_told_kept_and_done_again(hands, book):
    program = Stubborn()
    hand = hands(program).open(book).go("6-2")
    window = hand.window
    typed(hand, "첫째")
    hand.until(lambda: window.banner.isVisible(), 4000)
    assert "디스크가 가득 찼습니다." in window.banner.text.text()
    assert window.state.text() == "저장하지 못함"
    hand.type(" 둘째")
    card = hand.opened
    hand.go("1-1").go("6-2")
    field = hand.tab("facts").entries["span"]
    assert field.toPlainText().endswith("첫째 둘째")
    program.full = False
    hand.into(window.banner.again).press(Key.Key_Space)
    hand.until(lambda: not window.banner.isVisible(), 4000)
    hand.until(lambda: not window.session.unsaved)
    assert window.state.text().startswith("저장됨")
    assert program.read(card)[1].section("facts").get("span").text.endswith("첫째 둘째")


def answer(name: str) -> None:
    """Presses a button of the question that comes."""

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            next(button for button in box.buttons() if button.text() == name).click()
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(0, look)


def test_closing_with_what_cannot_be_saved_asks(hands, book):
    program = Stubborn()
    hand = hands(program).open(book).go("6-2")
    typed(hand)
    answer("닫지 않기")
    hand.window.close()
    assert hand.window.isVisible()
    assert hand.tab("facts").entries["span"].toPlainText().endswith("가나다")
    answer("버리고 닫기")
    hand.window.close()
    assert not hand.window.isVisible()
    other = Program()
    other.open(book)
    other.close()


def test_what_is_typed_while_the_next_card_loads_is_saved(hand):
    """The next card comes from the worker; until it is there the old one can still be typed into."""
    window, card = hand.window, hand.opened
    field = hand.tab("facts").entries["span"]
    hand.into(field).press(Key.Key_End)
    window.navigator.step(-1)
    assert hand.opened == card
    hand.type("늦은 말")
    hand.until(lambda: hand.opened != card)
    hand.rest()
    assert window.backend.read(card)[1].section("facts").get("span").text.endswith("늦은 말")
