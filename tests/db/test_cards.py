from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from govtracker.db.book import Book
from govtracker.db.cards import list_cards, list_cards_of
from govtracker.db.merge import add_cards
from govtracker.db.periods import list_periods
from govtracker.db.pledges import rename_pledge
from govtracker.errors import BookTrouble
from govtracker.model.card import (
    Card,
    Period,
    Pledge,
)
from tests.db.support import YEAR, fresh_book, small_card


def test_cards_are_listed_by_period_then_as_they_were_added(book: Book) -> None:
    later = Period("2024년 상반기", date(2024, 6, 30))
    first, second = small_card("2-1"), small_card("1-1")
    add_cards(book, [replace(first, period=later), first, second], {})
    found = [(entry.period.label, entry.pledge.number) for entry in list_cards(book)]
    assert found == [("2023년 하반기", "2-1"), ("2023년 하반기", "1-1"), ("2024년 상반기", "2-1")]
    assert [period.label for period in list_periods(book)] == ["2023년 하반기", "2024년 상반기"]
    assert len(list_cards_of(book, list_periods(book)[1].id)) == 1


def test_one_pledge_keeps_its_identity_over_periods(book: Book) -> None:
    later = Period("2024년 상반기", date(2024, 6, 30))
    add_cards(book, [small_card(), replace(small_card(), period=later)], {})
    assert len({entry.pledge.id for entry in list_cards(book)}) == 1
    pledge = replace(list_cards(book)[0].pledge, title="새 이름", field="청년")
    rename_pledge(book, pledge)
    assert {(entry.pledge.title, entry.pledge.field) for entry in list_cards(book)} == {("새 이름", "청년")}


def test_pledge_without_a_number_is_known_by_its_title(book: Book) -> None:
    add_cards(book, [small_card(""), small_card(""), replace(small_card(""), pledge=Pledge("다른 공약"))], {})
    assert [entry.pledge.title for entry in list_cards(book)] == ["청년창업허브 조성", "다른 공약"]


def test_a_pledge_without_a_number_cannot_take_the_title_of_another(book: Book) -> None:
    add_cards(book, [small_card(""), small_card("1-1")], {})
    bare, numbered = (entry.pledge for entry in list_cards(book))
    assert bare.title == numbered.title, "a title alone is no name where a number is"
    with pytest.raises(BookTrouble, match="이미"):
        rename_pledge(book, replace(numbered, number=""))
    rename_pledge(book, replace(numbered, number="", title="다른 이름"))
    with pytest.raises(BookTrouble, match="이미"):
        rename_pledge(book, replace(bare, title="다른 이름"))


def test_two_pledges_cannot_have_one_number() -> None:
    one, two = Pledge("가", "1-1"), Pledge("나", "1-2")
    with fresh_book() as (_, book):
        add_cards(book, [Card(one, YEAR, "gwanak"), Card(two, YEAR, "gwanak")], {})
        with pytest.raises(BookTrouble, match="이미"):
            rename_pledge(book, replace(two, number="1-1"))
        assert {e.pledge.number for e in list_cards(book)} == {"1-1", "1-2"}
