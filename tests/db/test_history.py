from __future__ import annotations

from hypothesis import given, settings

from govtracker.db.book import Book
from govtracker.db.history import versions
from govtracker.db.merge import add_cards
from govtracker.db.sections import SectionChange, save_sections
from govtracker.model.card import (
    Fact,
    Facts,
    Section,
)
from govtracker.model.codec import encode
from govtracker.model.emptiness import without_blanks
from tests.db.support import fresh_book, small_card
from tests.support.random_cards import any_sections


def test_history_keeps_every_version_newest_first(book: Book) -> None:
    card = add_cards(book, [small_card()], {}).cards[0]
    for number in range(1, 6):
        save_sections(book, [SectionChange(card, "facts", Facts((Fact("span", str(number)),)))])
    found = versions(book, card, "facts")
    assert [version for version, _, _ in found] == [6, 5, 4, 3, 2, 1]
    texts = [section.get("span").text for _, _, section in found if isinstance(section, Facts)]
    assert texts == ["5", "4", "3", "2", "1", "2022.~2026."]
    assert len(versions(book, card, "plan")) == 1


@settings(max_examples=15)
@given(any_sections())
def test_history_is_lossless(section: Section) -> None:
    with fresh_book() as (_, book):
        card = add_cards(book, [small_card(a=section)], {}).cards[0]
        ((_, _, kept),) = versions(book, card, "a")
    assert encode(kept) == encode(without_blanks(section))
