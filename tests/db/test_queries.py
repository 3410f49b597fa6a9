"""Many cards are read with as many queries as one, and are the same cards as read one by one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govtracker.db.book import Book
from govtracker.db.cards import card_entry, list_cards, list_cards_of
from govtracker.db.codecs import CODECS
from govtracker.db.merge import add_cards
from govtracker.db.sections import AT_ONCE, each_card, load_card, load_cards
from govtracker.model.card import Card, Outline, Part, Pledge
from govtracker.model.codec import encode
from govtracker.model.content import line
from tests.db.support import YEAR, fresh_book, small_card
from tests.forms.everything.card import hard_card
from tests.support.random_cards import any_cards
from tests.support.tracing import traced

TABLES = {table for codec in CODECS.values() for table in codec.tables}


def with_cards(book: Book, count: int) -> None:
    """So many cards with sections of every kind."""
    card = hard_card()
    add_cards(
        book, (replace(card, pledge=Pledge(f"공약 {at}", f"1-{at}"), period=YEAR) for at in range(count)), {}
    )


def test_fifty_cards_of_every_kind_take_as_many_queries_as_five() -> None:
    counted = {}
    for count in (5, 50):
        with fresh_book() as (_, book):
            with_cards(book, count)
            entries = list_cards(book)
            with traced(book) as statements:
                assert len(load_cards(book, entries)) == count
            counted[count] = len(statements)
    assert counted[50] == counted[5] == len(TABLES) + 2


@settings(max_examples=20)
@given(st.lists(any_cards(), min_size=1, max_size=5), st.data())
def test_cards_that_are_read_together_are_those_read_one_by_one(
    cards: list[Card], data: st.DataObject
) -> None:
    with fresh_book() as (_, book):
        add_cards(book, (replace(c, pledge=Pledge("가", f"1-{at}")) for at, c in enumerate(cards)), {})
        entries = data.draw(st.lists(st.sampled_from(list_cards(book)), max_size=8))
        together = load_cards(book, entries)
        assert [encode(card) for card in together] == [encode(load_card(book, each)) for each in entries]


def test_a_card_without_sections_is_read_with_others(book: Book) -> None:
    add_cards(book, [small_card("1-1"), Card(Pledge("빈 공약", "1-2"), YEAR, "gwanak")], {})
    assert [len(card.sections) for card in load_cards(book, list_cards(book))] == [3, 0]


def test_lines_of_two_cards_and_two_sections_are_kept_apart(book: Book) -> None:
    def outlines(text: str) -> dict[str, Outline]:
        return {key: Outline((Part("", key, (line(f"{text}{key}"),), id="same"),)) for key in "ab"}

    cards = [small_card("1-1", **outlines("첫")), small_card("1-2", **outlines("둘"))]
    add_cards(book, cards, {})
    assert [card.sections for card in load_cards(book, list_cards(book))] == [card.sections for card in cards]


def test_each_card_reads_a_few_at_once(book: Book) -> None:
    with_cards(book, AT_ONCE + 1)
    entries = list_cards(book)
    with traced(book) as statements:
        cards = each_card(book, entries)
        assert next(cards).pledge == entries[0].pledge
        assert len(statements) == len(TABLES) + 2
        assert [card.pledge for card in cards] == [entry.pledge for entry in entries[1:]]
    assert len(statements) == 2 * (len(TABLES) + 2)


def test_one_entry_is_looked_up_by_its_id(book: Book) -> None:
    with_cards(book, 3)
    wanted = list_cards(book)[1]
    with traced(book) as statements:
        assert card_entry(book, wanted.card) == wanted
    (statement,) = statements
    plan = [row["detail"] for row in book.conn.execute(f"explain query plan {statement}")]
    assert plan and not [detail for detail in plan if detail.startswith("SCAN")]
    with pytest.raises(KeyError):
        card_entry(book, "none")


def test_cards_of_one_period_are_listed_alone(book: Book) -> None:
    later = replace(YEAR, label="2024년", id="other")
    add_cards(book, [small_card("1-1"), replace(small_card("1-2"), period=later)], {})
    (entry,) = list_cards_of(book, "other")
    assert (entry.pledge.number, entry.period.label) == ("1-2", "2024년")
