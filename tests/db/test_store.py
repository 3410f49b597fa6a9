from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings

from govtracker.db import store
from govtracker.db.book import Book
from govtracker.db.codecs import CODECS
from govtracker.errors import BookTrouble
from govtracker.forms.columns import Setting
from govtracker.forms.schema import Form
from govtracker.model.card import (
    KINDS,
    Amount,
    Budget,
    BudgetItem,
    Card,
    Count,
    Counts,
    Event,
    Events,
    Fact,
    Facts,
    Outline,
    Part,
    People,
    Period,
    Person,
    Pledge,
    Schedule,
    Section,
    Task,
)
from govtracker.model.codec import encode
from govtracker.model.content import line
from govtracker.model.dates import year_months
from govtracker.model.figure import BLANK, DASH, value
from tests.db.conftest import new_book
from tests.support.random_cards import any_cards, any_sections, cards

YEAR = Period("2023년 하반기", date(2023, 12, 31))


@contextmanager
def fresh_book() -> Iterator[tuple[Path, Book]]:
    """For hypothesis: a folder and a book per example."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "대장.govtracker"
        with new_book(path) as book:
            yield path, book


def reopened(book: Book) -> list[Card]:
    book.close()
    with Book.open(book.path) as again:
        return [store.load(again, entry) for entry in store.entries(again)]


def content(book: Book) -> str:
    """Everything that the book holds, as text."""
    return "\n".join(book.conn.iterdump())


def rows(book: Book, sql: str, *values: object) -> list[tuple[object, ...]]:
    return [tuple(row) for row in book.conn.execute(sql, values)]


def small_card(number: str = "6-2", **sections: Section) -> Card:
    found = sections or {
        "facts": Facts((Fact("span", "2022.~2026."),)),
        "people": People((Person("팀장", "청년과", "6급", "김가나", "02-000-0001"),)),
        "plan": Outline((Part("", "계획", (line("○ 가"), line("- 나", 1))),)),
    }
    return Card(Pledge("청년창업허브 조성", number), YEAR, "gwanak", tuple(found.items()))


def only(book: Book) -> store.Entry:
    (entry,) = store.entries(book)
    return entry


# ---------------------------------------------------------------- round trips


@settings(max_examples=40)
@given(any_cards())
def test_any_card_comes_back_from_disk_with_its_ids(card: Card) -> None:
    with fresh_book() as (_, book):
        store.add_cards(book, [card], {})
        (again,) = reopened(book)
    assert again == card
    assert encode(again) == encode(card)


def test_card_of_the_form_comes_back_from_disk_with_its_ids(gwanak: Form, setting: Setting) -> None:
    @settings(max_examples=15)
    @given(cards(gwanak, setting))
    def check(card: Card) -> None:
        with fresh_book() as (_, book):
            store.add_cards(book, [card], {})
            (again,) = reopened(book)
        assert encode(again) == encode(card)

    check()


@settings(max_examples=40)
@given(any_sections())
def test_codec_gives_rows_of_its_own_tables_and_the_same_section(section: Section) -> None:
    codec = CODECS[section.kind]
    made = codec.rows(section)
    assert set(made) == set(codec.tables)
    assert encode(codec.section(made, codec.extra(section))) == encode(section)


@settings(max_examples=20)
@given(any_sections(), any_sections())
def test_saved_section_takes_the_place_of_the_old_one(old: Section, new: Section) -> None:
    with fresh_book() as (_, book):
        same_kind = new if type(new) is type(old) else old
        card = store.add_cards(book, [small_card(a=old, b=new)], {}).cards[0]
        store.save(book, [store.SectionChange(card, "a", same_kind)])
        (again,) = reopened(book)
    assert encode(again.section("a")) == encode(same_kind)
    assert encode(again.section("b")) == encode(new)


def test_cards_are_listed_by_period_then_as_they_were_added(book: Book) -> None:
    later = Period("2024년 상반기", date(2024, 6, 30))
    first, second = small_card("2-1"), small_card("1-1")
    store.add_cards(book, [replace(first, period=later), first, second], {})
    found = [(entry.period.label, entry.pledge.number) for entry in store.entries(book)]
    assert found == [("2023년 하반기", "2-1"), ("2023년 하반기", "1-1"), ("2024년 상반기", "2-1")]
    assert [period.label for period in store.periods(book)] == ["2023년 하반기", "2024년 상반기"]
    assert len(store.entries(book, store.periods(book)[1].id)) == 1


def test_one_pledge_keeps_its_identity_over_periods(book: Book) -> None:
    later = Period("2024년 상반기", date(2024, 6, 30))
    store.add_cards(book, [small_card(), replace(small_card(), period=later)], {})
    assert len({entry.pledge.id for entry in store.entries(book)}) == 1
    pledge = replace(store.entries(book)[0].pledge, title="새 이름", field="청년")
    store.rename_pledge(book, pledge)
    assert {(entry.pledge.title, entry.pledge.field) for entry in store.entries(book)} == {
        ("새 이름", "청년")
    }


def test_pledge_without_a_number_is_known_by_its_title(book: Book) -> None:
    store.add_cards(
        book, [small_card(""), small_card(""), replace(small_card(""), pledge=Pledge("다른 공약"))], {}
    )
    assert [entry.pledge.title for entry in store.entries(book)] == ["청년창업허브 조성", "다른 공약"]


def test_pictures_are_kept_once_under_their_sha(book: Book) -> None:
    store.put_picture(book, "a" * 64, b"1")
    store.put_picture(book, "a" * 64, b"2")
    assert store.picture(book, "a" * 64) == b"1"
    with pytest.raises(KeyError):
        store.picture(book, "b" * 64)


# ---------------------------------------------------------------- saving and history


def test_history_keeps_every_version_newest_first(book: Book) -> None:
    card = store.add_cards(book, [small_card()], {}).cards[0]
    for number in range(1, 6):
        store.save(book, [store.SectionChange(card, "facts", Facts((Fact("span", str(number)),)))])
    found = store.history(book, card, "facts")
    assert [version for version, _, _ in found] == [6, 5, 4, 3, 2, 1]
    texts = [section.get("span").text for _, _, section in found if isinstance(section, Facts)]
    assert texts == ["5", "4", "3", "2", "1", "2022.~2026."]
    assert len(store.history(book, card, "plan")) == 1


@settings(max_examples=15)
@given(any_sections())
def test_history_is_lossless(section: Section) -> None:
    with fresh_book() as (_, book):
        card = store.add_cards(book, [small_card(a=section)], {}).cards[0]
        ((_, _, kept),) = store.history(book, card, "a")
    assert encode(kept) == encode(section)


def test_saving_a_section_leaves_the_rows_of_all_others_untouched(book: Book) -> None:
    first, second = store.add_cards(book, [small_card("1-1"), small_card("1-2")], {}).cards
    tables = sorted({table for codec in CODECS.values() for table in codec.tables})
    others = {
        table: f"select rowid, * from {table} where not (card = ? and section = 'plan')" for table in tables
    }
    others["section"] = "select rowid, * from section where not (card = ? and key = 'plan')"
    others["version"] = "select rowid, * from version where not (card = ? and section = 'plan')"
    before = {table: rows(book, sql, first) for table, sql in others.items()}
    store.save(book, [store.SectionChange(first, "plan", Outline((Part("", "고침", (line("○ 다"),)),)))])
    assert {table: rows(book, sql, first) for table, sql in others.items()} == before
    assert rows(book, "select version from section where card = ? and key = 'plan'", second) == [(1,)]


def test_several_sections_are_saved_in_one_transaction(book: Book) -> None:
    card = store.add_cards(book, [small_card()], {}).cards[0]
    before = content(book)
    wrong = Facts((Fact("span", object()),))  # type: ignore[arg-type]
    with pytest.raises((BookTrouble, TypeError)):
        store.save(
            book, [store.SectionChange(card, "plan", Outline()), store.SectionChange(card, "facts", wrong)]
        )  # fmt: skip
    assert content(book) == before


# ---------------------------------------------------------------- adding cards again


def test_adding_the_same_cards_twice_changes_nothing(gwanak: Form, setting: Setting) -> None:
    @settings(max_examples=10)
    @given(cards(gwanak, setting))
    def check(card: Card) -> None:
        with fresh_book() as (_, book):
            first = store.add_cards(book, [card], {"0" * 64: b"x"})
            before = content(book)
            second = store.add_cards(book, [card], {"0" * 64: b"x"})
            assert content(book) == before
        assert second.cards == first.cards
        assert second.kept == []

    check()


def test_blank_never_erases(book: Book) -> None:
    store.add_cards(book, [small_card()], {})
    before = content(book)
    blank = small_card(facts=Facts(), people=People(), plan=Outline())
    assert store.add_cards(book, [blank], {}).kept == []
    assert content(book) == before


def test_differing_section_is_kept_as_the_book_had_it_and_told(book: Book) -> None:
    card = store.add_cards(book, [small_card()], {}).cards[0]
    before = content(book)
    other = small_card(facts=Facts((Fact("span", "2020."),)), people=small_card().section("people"))  # type: ignore[arg-type]
    assert store.add_cards(book, [other], {}).kept == [(card, "facts")]
    assert content(book) == before


def test_empty_and_missing_sections_are_filled(book: Book) -> None:
    store.add_cards(book, [small_card(facts=Facts(), people=People())], {})
    assert store.add_cards(book, [small_card()], {}).kept == []
    found = store.load(book, only(book))
    assert dict(found.sections) == dict(small_card().sections)


EMPTY = {
    **{kind: make() for kind, make in KINDS.items()},
    "fact without a value": Facts((Fact("span"),)),
    "person without anything": People((Person(),)),
    "named slot without lines": Outline((Part("goal"),)),
    "nameless item": Budget(items=(BudgetItem(),)),
    "blank amount": Budget(
        items=(BudgetItem(),), amounts=(Amount(0, "own", year_months(2023), "planned", BLANK),)
    ),
    "task without a name": Schedule((Task(),)),
    "blank count": Counts((Count("a", BLANK),)),
    "event without anything": Events((Event(),)),
    "line without text": Outline((Part("goal", "", (line("", 1),)),)),
}
FULL = {
    "chosen fact": Facts((Fact("status", "", ("done",)),)),
    "dash": Budget(items=(BudgetItem(),), amounts=(Amount(0, "own", year_months(2023), "planned", DASH),)),
    "zero": Counts((Count("a", value(0)),)),
    "named item": Budget(items=(BudgetItem("도로"),)),
    "remark": Outline((Part("goal", remark="고침"),)),
    "free part with a label": Outline((Part("", "제목"),)),
    "heading": Events((Event("19년 1분기", heading=True),)),
    "quarters": Schedule((Task("", ("2022Q3",)),)),
}


@pytest.mark.parametrize("case", EMPTY)
def test_section_without_anything_entered_is_empty(case: str) -> None:
    assert store.is_empty(EMPTY[case])


@pytest.mark.parametrize("case", FULL)
def test_section_with_anything_entered_is_not_empty(case: str) -> None:
    assert not store.is_empty(FULL[case])


def test_cards_for_a_frozen_period_are_refused_whole(book: Book) -> None:
    frozen = replace(YEAR, frozen=True)
    store.add_period(book, frozen)
    before = content(book)
    with pytest.raises(BookTrouble):
        store.add_cards(
            book, [replace(small_card(), period=replace(YEAR, label="2024년")), small_card()], {"a": b"1"}
        )
    assert content(book) == before


def test_ledger_of_an_import_is_kept_with_its_file(book: Book) -> None:
    store.add_cards(book, [small_card()], {}, {"cells": [1, 2]}, "지난해.xlsx")
    ((file, ledger),) = rows(book, "select file, ledger from import_run")
    assert file == "지난해.xlsx"
    assert json.loads(str(ledger)) == {"cells": [1, 2]}


# ---------------------------------------------------------------- a full disk


@pytest.fixture
def full_book(book: Book) -> Iterator[Book]:
    """A book with a card, on a disk that has no room for more."""
    store.add_cards(book, [small_card()], {})
    pages = book.conn.execute("pragma page_count").fetchone()[0]
    book.conn.execute(f"pragma max_page_count = {pages}")
    yield book


BIG = Outline((Part("", "큰 글", tuple(line(f"○ {number} {'가' * 50}") for number in range(2000))),))


def test_save_that_fails_is_told_and_changes_nothing(full_book: Book) -> None:
    before = content(full_book)
    with pytest.raises(BookTrouble, match="저장하지 못했습니다") as caught:
        store.save(full_book, [store.SectionChange(only(full_book).card, "plan", BIG)])
    assert "full" in caught.value.detail
    assert content(full_book) == before
    assert [dict(card.sections) for card in reopened(full_book)] == [dict(small_card().sections)]


def test_book_can_be_saved_again_when_there_is_room(full_book: Book) -> None:
    change = store.SectionChange(only(full_book).card, "plan", BIG)
    with pytest.raises(BookTrouble):
        store.save(full_book, [change])
    full_book.conn.execute("pragma max_page_count = 1000000")
    store.save(full_book, [change])
    assert store.load(full_book, only(full_book)).section("plan") == BIG


def test_import_that_fails_is_told_and_changes_nothing(full_book: Book) -> None:
    before = content(full_book)
    with pytest.raises(BookTrouble):
        store.add_cards(full_book, [small_card("9-9", plan=BIG)], {"a" * 64: b"x" * 500_000})
    assert content(full_book) == before


def test_every_other_write_that_fails_is_told(full_book: Book) -> None:
    with pytest.raises(BookTrouble):
        store.put_picture(full_book, "a" * 64, b"x" * 500_000)
    with pytest.raises(BookTrouble):
        full_book.set_value("municipality", "가" * 500_000)
    with pytest.raises(BookTrouble):
        store.rename_pledge(full_book, replace(only(full_book).pledge, title="가" * 500_000))
    with pytest.raises(BookTrouble):
        store.add_period(full_book, Period("가" * 500_000, date(2024, 6, 30)))


def test_book_that_became_read_only_is_told(book: Book) -> None:
    card = store.add_cards(book, [small_card()], {}).cards[0]
    book.conn.execute("pragma query_only = on")
    with pytest.raises(BookTrouble):
        store.save(book, [store.SectionChange(card, "plan", BIG)])
    assert isinstance(book.conn, sqlite3.Connection)
    assert store.load(book, only(book)).section("plan") != BIG


def test_a_frozen_period_is_not_written() -> None:
    frozen = Period("2023년 상반기", date(2023, 6, 30), frozen=True)
    card = Card(Pledge("가", "1-1"), frozen, "gwanak", (("facts", Facts((Fact("span", "전"),))),))
    with fresh_book() as (_, book):
        added = store.add_cards(book, [card], {})
        with pytest.raises(BookTrouble, match="확정한 제출본"):
            store.save(book, [store.SectionChange(added.cards[0], "facts", Facts((Fact("span", "고침"),)))])
        assert store.load(book, store.entries(book)[0]) == card


def test_two_pledges_cannot_have_one_number() -> None:
    one, two = Pledge("가", "1-1"), Pledge("나", "1-2")
    with fresh_book() as (_, book):
        store.add_cards(book, [Card(one, YEAR, "gwanak"), Card(two, YEAR, "gwanak")], {})
        with pytest.raises(BookTrouble, match="이미"):
            store.rename_pledge(book, replace(two, number="1-1"))
        assert {e.pledge.number for e in store.entries(book)} == {"1-1", "1-2"}
