"""The list of pledges: fields as groups, another place, a copy, the bin, and search over all texts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QInputDialog, QMessageBox

from govtracker.model.codec import encode
from govtracker.ui.cards.tree import ITEM
from govtracker.ui.tasks import pledges
from govtracker.ui.tasks.new_pledge import NewPledge

from .conftest import CTRL, SHIFT, Hand
from .test_grids import answer
from .test_window import when

Key = Qt.Key


def listed(hand: Hand) -> list[str]:
    """What the list shows: fields as `[…]`, pledges by number."""
    proxy = hand.window.navigator.proxy
    found = []
    for row in range(proxy.rowCount()):
        top = proxy.index(row, 0)
        found.append(top.data(ITEM).pledge.number if top.data(ITEM) else f"[{top.data()}]")
        found += [proxy.index(at, 0, top).data(ITEM).pledge.number for at in range(proxy.rowCount(top))]
    return found


def write(text: str):
    def act(dialog: QInputDialog) -> None:
        box = dialog.findChild(QComboBox)
        if box.isEditable():
            box.setEditText(text)
        else:
            box.setCurrentText(text)
        QTest.keyClick(dialog, Key.Key_Return)

    return act


def test_a_field_is_given_and_groups_the_list(hand: Hand):
    before = listed(hand)
    when(QInputDialog, write("소통·협치"))
    pledges.choose_field(hand.window)
    hand.rest()
    assert hand.window.session.opened.item.pledge.field == "소통·협치"
    assert listed(hand) == [*[n for n in before if n != "6-2"], "[소통·협치]", "6-2"]
    when(QInputDialog, write(""))
    pledges.choose_field(hand.window)
    hand.rest()
    assert listed(hand) == before


def test_a_pledge_goes_up_and_down_and_stays_the_open_one(hand: Hand):
    before = listed(hand)
    hand.press(Key.Key_Up, CTRL | SHIFT)
    hand.rest()
    assert listed(hand) == [*before[:-2], "6-2", before[-2]]
    assert hand.card.pledge.number == "6-2"
    hand.press(Key.Key_Down, CTRL | SHIFT)
    hand.rest()
    assert listed(hand) == before


def test_a_copy_holds_what_the_card_holds(hand: Hand):
    old = hand.card

    def fill(dialog: NewPledge) -> None:
        dialog.number.setText("9-9")
        dialog.ok.click()

    when(NewPledge, fill)
    pledges.duplicate(hand.window)
    hand.rest()
    assert (hand.card.pledge.number, hand.card.pledge.title) == ("9-9", f"{old.pledge.title} 사본")
    assert [encode(section) for _, section in hand.card.sections] == [encode(s) for _, s in old.sections]


@pytest.mark.parametrize("go", [False, True])
def test_a_card_goes_to_the_bin_on_consent_and_comes_back_whole(hand: Hand, go: bool):
    old, before = hand.card, listed(hand)
    when(QMessageBox, answer("휴지통으로" if go else "그대로 두기"))
    pledges.delete(hand.window)
    hand.rest()
    assert ("6-2" in listed(hand)) is not go
    if go:
        name = hand.window.backend.deleted()[0][1]
        when(QInputDialog, write(name))
        pledges.show_bin(hand.window)
        hand.rest()
    assert listed(hand) == before
    assert encode(hand.go("6-2").card) == encode(old)


def test_a_card_of_another_period_comes_back_into_its_own(hands, two_book):
    """What is shown afterwards is the card that was chosen."""
    two = hands().open(two_book)
    own = two.window.session.chosen_period
    card, old = two.opened, two.card
    when(QMessageBox, answer("휴지통으로"))
    pledges.delete(two.window)
    two.rest()
    two.period(next(each.label for each in two.window.session.book.periods if each != own))
    when(QInputDialog, write(two.window.backend.deleted()[0][1]))
    pledges.show_bin(two.window)
    two.rest()
    assert two.window.session.chosen_period == own
    assert (two.opened, encode(two.card)) == (card, encode(old))


def test_words_in_any_text_of_a_card_are_found_with_their_line(hand: Hand):
    person = hand.card.section("people").persons[0].name
    event = hand.card.section("timeline").entries[0].title
    navigator = hand.window.navigator
    for words in (person, event[:6], event[:6].replace(" ", "")):
        hand.press(Key.Key_K, CTRL)
        hand.press(Key.Key_A, CTRL)
        hand.type(words)
        hand.until(lambda: "6-2" in listed(hand))
        assert navigator.proxy.hits[hand.opened]
    hand.press(Key.Key_A, CTRL).type("없는 말이다")
    hand.rest()
    assert listed(hand) == []
    assert "찾지 못했습니다" in navigator.nothing.text()
    assert navigator.nothing.isVisible()
    hand.press(Key.Key_Escape)
    assert not navigator.nothing.isVisible()
    assert QApplication.focusWidget() is navigator.search
