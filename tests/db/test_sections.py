from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from govtracker.db.book import Book
from govtracker.db.cards import list_cards
from govtracker.db.codecs import CODECS
from govtracker.db.merge import add_cards
from govtracker.db.sections import SectionChange, load_card, save_sections
from govtracker.errors import BookTrouble
from govtracker.forms.columns import Setting
from govtracker.forms.schema import Form
from govtracker.model.card import (
    Card,
    Fact,
    Facts,
    Outline,
    Part,
    Period,
    Pledge,
    Section,
)
from govtracker.model.codec import encode
from govtracker.model.content import line
from govtracker.model.emptiness import card_without_blanks, without_blanks
from tests.db.support import content, fresh_book, reopened, rows, small_card
from tests.support.random_cards import any_cards, any_sections, cards


@settings(max_examples=40)
@given(any_cards())
def test_any_card_comes_back_from_disk_with_its_ids(card: Card) -> None:
    with fresh_book() as (_, book):
        add_cards(book, [card], {})
        (again,) = reopened(book)
    assert again == card_without_blanks(card)
    assert encode(again) == encode(card_without_blanks(card))


def test_card_of_the_form_comes_back_from_disk_with_its_ids(gwanak: Form, setting: Setting) -> None:
    @settings(max_examples=15)
    @given(cards(gwanak, setting))
    def check(card: Card) -> None:
        with fresh_book() as (_, book):
            add_cards(book, [card], {})
            (again,) = reopened(book)
        assert encode(again) == encode(card_without_blanks(card))

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
        card = add_cards(book, [small_card(a=old, b=new)], {}).cards[0]
        save_sections(book, [SectionChange(card, "a", same_kind)])
        (again,) = reopened(book)
    assert encode(again.section("a")) == encode(without_blanks(same_kind))
    assert encode(again.section("b")) == encode(without_blanks(new))


def test_saving_a_section_leaves_the_rows_of_all_others_untouched(book: Book) -> None:
    first, second = add_cards(book, [small_card("1-1"), small_card("1-2")], {}).cards
    tables = sorted({table for codec in CODECS.values() for table in codec.tables})
    others = {
        table: f"select rowid, * from {table} where not (card = ? and section = 'plan')" for table in tables
    }
    others["section"] = "select rowid, * from section where not (card = ? and key = 'plan')"
    others["version"] = "select rowid, * from version where not (card = ? and section = 'plan')"
    before = {table: rows(book, sql, first) for table, sql in others.items()}
    save_sections(book, [SectionChange(first, "plan", Outline((Part("", "고침", (line("○ 다"),)),)))])
    assert {table: rows(book, sql, first) for table, sql in others.items()} == before
    assert rows(book, "select version from section where card = ? and key = 'plan'", second) == [(1,)]


def test_several_sections_are_saved_in_one_transaction(book: Book) -> None:
    card = add_cards(book, [small_card()], {}).cards[0]
    before = content(book)
    wrong = Facts((Fact("span", object()),))  # type: ignore[arg-type]
    with pytest.raises((BookTrouble, TypeError)):
        save_sections(
            book, [SectionChange(card, "plan", Outline()), SectionChange(card, "facts", wrong)]
        )  # fmt: skip
    assert content(book) == before


def test_a_frozen_period_is_not_written() -> None:
    frozen = Period("2023년 상반기", date(2023, 6, 30), frozen=True)
    card = Card(Pledge("가", "1-1"), frozen, "gwanak", (("facts", Facts((Fact("span", "전"),))),))
    with fresh_book() as (_, book):
        added = add_cards(book, [card], {})
        with pytest.raises(BookTrouble, match="확정한 제출본"):
            save_sections(book, [SectionChange(added.cards[0], "facts", Facts((Fact("span", "고침"),)))])
        assert load_card(book, list_cards(book)[0]) == card
