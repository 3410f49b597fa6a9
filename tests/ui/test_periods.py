"""Two periods with the same pledges: what is typed, shown and added is always the shown period's, by real events."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from govtracker.db.book import Book
from govtracker.jobs import dumping
from govtracker.ui.tasks.new_pledge import NewPledge

from .conftest import CTRL, Hand
from .test_window import when

Key = Qt.Key
EARLY, LATE = "2023년 하반기", "2024년 상반기"


def holding(book: Path, words: str) -> list[tuple[str, str]]:
    """(number, period) of every card whose dump holds these words, read from the file."""
    with Book.open(book) as opened:
        cards = dumping.dump(opened)["cards"]
    return [(c["number"], c["period"]) for c in cards if words in json.dumps(c, ensure_ascii=False)]


def head(hand: Hand) -> tuple[str, str, str, str]:
    shown = hand.window.view.head
    return shown.number.text(), shown.title.text(), shown.status.text(), shown.rate.text()


@pytest.mark.parametrize("number", ["1-1", "4-2", "6-2"])
def test_what_is_typed_after_a_change_of_period_is_that_periods(
    two_periods: Hand, two_book: Path, number: str
) -> None:
    hand = two_periods.go(number)
    before = head(hand)
    hand.period(EARLY)
    assert hand.draft.card.pledge.number == number
    assert hand.draft.card.period.label == EARLY
    assert head(hand) == before, "the same sample in both periods"
    field = hand.tab("facts").entries["span"]
    hand.into(field).press(Key.Key_End).type("QQ")
    hand.close()
    assert holding(two_book, "QQ") == [(number, EARLY)]


def test_back_and_forth_while_typing(two_periods: Hand, two_book: Path) -> None:
    hand = two_periods
    for turn, label in enumerate((EARLY, LATE, EARLY, LATE)):
        hand.period(label)
        hand.into(hand.tab("facts").entries["span"]).press(Key.Key_End).type(f"<{turn}>")
    hand.go("1-1").period(EARLY)
    hand.into(hand.tab("facts").entries["span"]).press(Key.Key_End).type("<9>")
    hand.close()
    for turn, label in enumerate((EARLY, LATE, EARLY, LATE)):
        assert holding(two_book, f"<{turn}>") == [("6-2", label)]
    assert holding(two_book, "<9>") == [("1-1", EARLY)]


def test_status_in_the_head_is_the_cards_own(two_periods: Hand, two_book: Path) -> None:
    hand = two_periods
    late = head(hand)
    hand.period(EARLY)
    radios = hand.tab("facts").entries["status"].radios
    other = next(key for key, radio in radios.items() if not radio.isChecked())
    hand.into(radios[other]).press(Key.Key_Space)
    hand.window.save()
    hand.rest()
    early = head(hand)
    assert early[2] == radios[other].text()
    hand.period(LATE)
    assert head(hand) == late
    hand.period(EARLY)
    assert head(hand) == early


def test_text_that_is_still_composed_when_the_period_changes(two_periods: Hand, two_book: Path) -> None:
    """The line is told a moment after its last key; the period is changed before that."""
    hand = two_periods
    hand.line(hand.tab("summary").panels[0].edit, 0).type("늦은끝말")
    hand.period(EARLY)
    hand.close()
    assert holding(two_book, "늦은끝말") == [("6-2", LATE)]


def test_a_pledge_without_a_card_in_the_period_can_get_one(two_periods: Hand, two_book: Path) -> None:
    hand = two_periods

    def add(box: NewPledge) -> None:
        hand.into(box.number).type("9-9").into(box.title).type("새 공약")
        box.ok.click()

    when(NewPledge, add)
    hand.window.menus.actions["add"].trigger()
    hand.rest()
    assert hand.draft.card.pledge.number == "9-9"
    assert hand.draft.card.period.label == LATE
    assert hand.window.view.head.title.text() == "새 공약"
    hand.into(hand.tab("facts").entries["span"]).type("늦은 기간")
    hand.period(EARLY)
    absent = hand.window.absent
    assert hand.window.session.opened is None
    assert absent.isVisible()
    assert "9-9 새 공약" in absent.text.text()
    assert EARLY in absent.text.text()
    assert not hand.window.view.isVisible()
    hand.type("XX")
    QTest.mouseClick(absent.make, Qt.MouseButton.LeftButton)
    hand.rest()
    assert (hand.draft.card.pledge.number, hand.draft.card.period.label) == ("9-9", EARLY)
    assert hand.tab("facts").entries["span"].toPlainText() == ""
    hand.into(hand.tab("facts").entries["span"]).type("이른 기간")
    hand.close()
    assert holding(two_book, "늦은 기간") == [("9-9", LATE)]
    assert holding(two_book, "이른 기간") == [("9-9", EARLY)]
    assert holding(two_book, "XX") == []


def test_adding_in_the_earlier_period_opens_the_new_pledge_there(two_periods: Hand, two_book: Path) -> None:
    hand = two_periods.period(EARLY)

    def add(box: NewPledge) -> None:
        hand.into(box.number).type("8-8").into(box.title).type("이른 공약")
        box.ok.click()

    when(NewPledge, add)
    hand.window.menus.actions["add"].trigger()
    hand.rest()
    assert (hand.draft.card.pledge.number, hand.draft.card.period.label) == ("8-8", EARLY)
    hand.into(hand.window.view.head.title).press(Key.Key_End).type(" QQ").press(Key.Key_Return)
    hand.close()
    assert holding(two_book, "QQ") == [("8-8", EARLY)]


def test_undo_is_each_cards_own_over_periods_names_and_new_pledges(two_periods: Hand) -> None:
    hand = two_periods
    texts = {}
    for label in (LATE, EARLY):
        hand.period(label)
        field = hand.tab("facts").entries["span"]
        texts[label] = field.toPlainText()
        hand.into(field).press(Key.Key_End).type(label[0])
    hand.into(hand.window.view.head.title).press(Key.Key_End).type(" 새로").press(Key.Key_Return)

    def add(box: NewPledge) -> None:
        hand.into(box.number).type("8-8").into(box.title).type("다른 공약")
        box.ok.click()

    when(NewPledge, add)
    hand.window.menus.actions["add"].trigger()
    hand.rest()
    hand.go("6-2")
    for label in (LATE, EARLY):
        hand.period(label)
        field = hand.tab("facts").entries["span"]
        hand.into(field).press(Key.Key_Z, CTRL)
        assert field.toPlainText() == texts[label]
        assert hand.draft.card.pledge.title.endswith(" 새로")
        hand.press(Key.Key_Z, CTRL)
        assert field.toPlainText() == texts[label]
        assert "되돌릴 것이 없습니다" in hand.window.where.text()


def test_an_empty_period_says_so(hand: Hand, book: Path) -> None:
    from datetime import date

    from govtracker.session.events import BookChanged

    hand.window.backend.add_period("2024년 상반기", date(2024, 6, 30))
    hand.window.leave(BookChanged(hand.window.backend.info()))
    hand.rest()
    hand.period("2024년 상반기")
    assert hand.items == {}
    assert "2024. 6. 30." in hand.window.menus.as_of.text()
    assert hand.window.absent.offers()
    hand.period(
        "2023년 하반기"
        if hand.window.menus.period.findText("2023년 하반기") >= 0
        else hand.window.menus.period.itemText(0)
    )
    assert len(hand.items) == 8
    assert hand.draft.card.pledge.number == "6-2"
