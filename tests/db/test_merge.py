from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from govtracker.db.book import Book
from govtracker.db.imports import Delivery, add_delivery
from govtracker.db.merge import add_cards
from govtracker.db.periods import add_period
from govtracker.db.sections import load_card
from govtracker.errors import BookTrouble
from govtracker.forms.columns import Setting
from govtracker.forms.schema import Form
from govtracker.model.card import (
    Card,
    Fact,
    Facts,
    Outline,
    People,
)
from tests.db.support import YEAR, content, fresh_book, only, rows, small_card
from tests.support.random_cards import cards


def test_adding_the_same_cards_twice_changes_nothing(gwanak: Form, setting: Setting) -> None:
    @settings(max_examples=10)
    @given(cards(gwanak, setting))
    def check(card: Card) -> None:
        with fresh_book() as (_, book):
            first = add_cards(book, [card], {"0" * 64: b"x"})
            before = content(book)
            second = add_cards(book, [card], {"0" * 64: b"x"})
            assert content(book) == before
        assert second.cards == first.cards
        assert second.kept == ()

    check()


def test_blank_never_erases(book: Book) -> None:
    add_cards(book, [small_card()], {})
    before = content(book)
    blank = small_card(facts=Facts(), people=People(), plan=Outline())
    assert add_cards(book, [blank], {}).kept == ()
    assert content(book) == before


def test_differing_section_is_kept_as_the_book_had_it_and_told(book: Book) -> None:
    card = add_cards(book, [small_card()], {}).cards[0]
    before = content(book)
    other = small_card(facts=Facts((Fact("span", "2020."),)), people=small_card().section("people"))  # type: ignore[arg-type]
    assert add_cards(book, [other], {}).kept == ((card, "facts"),)
    assert content(book) == before


def test_empty_and_missing_sections_are_filled(book: Book) -> None:
    add_cards(book, [small_card(facts=Facts(), people=People())], {})
    assert add_cards(book, [small_card()], {}).kept == ()
    found = load_card(book, only(book))
    assert dict(found.sections) == dict(small_card().sections)


def test_cards_for_a_frozen_period_are_refused_whole(book: Book) -> None:
    frozen = replace(YEAR, frozen=True)
    add_period(book, frozen)
    before = content(book)
    with pytest.raises(BookTrouble):
        add_cards(
            book, [replace(small_card(), period=replace(YEAR, label="2024년")), small_card()], {"a": b"1"}
        )
    assert content(book) == before


def test_ledger_of_an_import_is_kept_with_its_file(book: Book) -> None:
    add_delivery(book, Delivery((small_card(),), {}, {}, "지난해.xlsx", {"cells": [1, 2]}))
    ((file, ledger),) = rows(book, "select file, ledger from import_run")
    assert file == "지난해.xlsx"
    assert json.loads(str(ledger)) == {"cells": [1, 2]}
