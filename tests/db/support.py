"""A small card and a book of its own for each example; all that a book holds as text."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from govtracker.db.book import Book
from govtracker.db.cards import CardEntry, list_cards
from govtracker.db.sections import load_card
from govtracker.model.card import (
    Card,
    Fact,
    Facts,
    Outline,
    Part,
    People,
    Period,
    Person,
    Pledge,
    Section,
)
from govtracker.model.content import line
from tests.db.conftest import new_book, whole

YEAR = Period("2023년 하반기", date(2023, 12, 31))


@contextmanager
def fresh_book() -> Iterator[tuple[Path, Book]]:
    """For hypothesis: a folder and a book per example."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "대장.govtracker"
        with new_book(path) as book:
            yield path, book
            whole(book)


def reopened(book: Book) -> list[Card]:
    book.close()
    with Book.open(book.path) as again:
        cards = [load_card(again, entry) for entry in list_cards(again)]
        assert not again.mended, "the rows don't say what was saved"
        return cards


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


def only(book: Book) -> CardEntry:
    (entry,) = list_cards(book)
    return entry
