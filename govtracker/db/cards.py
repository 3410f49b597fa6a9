"""The list of a book's cards: whose they are and of which period, without their sections."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from govtracker.db.book import Book
from govtracker.db.periods import period_of
from govtracker.model.card import Period, Pledge

_LISTED = """
    select card.id card, card.form, pledge.id pid, pledge.number, pledge.title, pledge.field,
           period.id id, period.label, period.as_of, period.frozen
    from card join pledge on pledge.id = card.pledge join period on period.id = card.period
"""
_ORDER = "order by period.as_of, pledge.position, pledge.number, pledge.title"


class CardEntry(NamedTuple):
    """A card of the list: `card` is its id, `form` the key of its form."""

    card: str
    pledge: Pledge
    period: Period
    form: str


def list_cards(book: Book) -> list[CardEntry]:
    """Every card, by its period's as-of date, then in the order of the pledges."""
    return [_entry(row) for row in book.conn.execute(f"{_LISTED} {_ORDER}")]


def list_cards_of(book: Book, period: str) -> list[CardEntry]:
    """The cards of one period (its id), in the order of the pledges."""
    return [_entry(row) for row in book.conn.execute(f"{_LISTED} where period.id = ? {_ORDER}", (period,))]


def card_entry(book: Book, card: str) -> CardEntry:
    """The entry of a card's id; KeyError where the book has none."""
    row = book.conn.execute(f"{_LISTED} where card.id = ?", (card,)).fetchone()
    if row is None:
        raise KeyError(card)
    return _entry(row)


def _entry(row: sqlite3.Row) -> CardEntry:
    pledge = Pledge(row["title"], row["number"], row["field"], row["pid"])
    return CardEntry(row["card"], pledge, period_of(row), row["form"])
