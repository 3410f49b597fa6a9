from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from govtracker.db.book import Book
from govtracker.db.merge import add_cards
from govtracker.db.periods import add_period
from govtracker.db.pictures import put_picture
from govtracker.db.pledges import rename_pledge
from govtracker.db.sections import SectionChange, load_card, save_sections
from govtracker.errors import BookTrouble
from govtracker.model.card import (
    Outline,
    Part,
    Period,
)
from govtracker.model.content import line
from tests.db.support import content, only, reopened, small_card


@pytest.fixture
def full_book(book: Book) -> Iterator[Book]:
    """A book with a card, on a disk that has no room for more."""
    add_cards(book, [small_card()], {})
    pages = book.conn.execute("pragma page_count").fetchone()[0]
    book.conn.execute(f"pragma max_page_count = {pages}")
    yield book


BIG = Outline((Part("", "큰 글", tuple(line(f"○ {number} {'가' * 50}") for number in range(2000))),))


def test_save_that_fails_is_told_and_changes_nothing(full_book: Book) -> None:
    before = content(full_book)
    with pytest.raises(BookTrouble, match="남은 공간이 없습니다") as caught:
        save_sections(full_book, [SectionChange(only(full_book).card, "plan", BIG)])
    assert "full" in caught.value.detail
    assert content(full_book) == before
    assert [dict(card.sections) for card in reopened(full_book)] == [dict(small_card().sections)]


def test_book_can_be_saved_again_when_there_is_room(full_book: Book) -> None:
    change = SectionChange(only(full_book).card, "plan", BIG)
    with pytest.raises(BookTrouble):
        save_sections(full_book, [change])
    full_book.conn.execute("pragma max_page_count = 1000000")
    save_sections(full_book, [change])
    assert load_card(full_book, only(full_book)).section("plan") == BIG


def test_import_that_fails_is_told_and_changes_nothing(full_book: Book) -> None:
    before = content(full_book)
    with pytest.raises(BookTrouble):
        add_cards(full_book, [small_card("9-9", plan=BIG)], {"a" * 64: b"x" * 500_000})
    assert content(full_book) == before


def test_every_other_write_that_fails_is_told(full_book: Book) -> None:
    with pytest.raises(BookTrouble):
        put_picture(full_book, "a" * 64, b"x" * 500_000)
    with pytest.raises(BookTrouble):
        full_book.set_value("municipality", "가" * 500_000)
    with pytest.raises(BookTrouble):
        rename_pledge(full_book, replace(only(full_book).pledge, title="가" * 500_000))
    with pytest.raises(BookTrouble):
        add_period(full_book, Period("가" * 500_000, date(2024, 6, 30)))


def test_book_that_became_read_only_is_told(book: Book) -> None:
    card = add_cards(book, [small_card()], {}).cards[0]
    book.conn.execute("pragma query_only = on")
    with pytest.raises(BookTrouble):
        save_sections(book, [SectionChange(card, "plan", BIG)])
    assert isinstance(book.conn, sqlite3.Connection)
    assert load_card(book, only(book)).section("plan") != BIG
