"""The list of a book's cards: whose they are and of which period, without their sections."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from govtracker.db.book import Book
from govtracker.db.periods import period_of
from govtracker.model.card import Period, Pledge

_COLUMNS = """card.id card, card.form, pledge.id pid, coalesce(named.number, pledge.number) number,
           coalesce(named.title, pledge.title) title, coalesce(named.field, pledge.field) field,
           period.id id, period.label, period.as_of, period.frozen"""
"""A submitted card's pledge is called as it was called then."""
_LIVE = "card.deleted = ''"
_ORDER = "order by period.as_of, coalesce(named.position, pledge.position), pledge.number, pledge.title"


class CardEntry(NamedTuple):
    """A card of the list: `card` is its id, `form` the key of its form."""

    card: str
    pledge: Pledge
    period: Period
    form: str


def listed(more: str = "") -> str:
    """The query of cards with their pledges and periods, before any condition; `more` = another column."""
    columns = f"{_COLUMNS}, {more}" if more else _COLUMNS
    return (
        f"select {columns} from card join pledge on pledge.id = card.pledge"
        " join period on period.id = card.period"
        " left join submitted_pledge named on named.period = card.period and named.pledge = card.pledge"
    )


def list_cards(book: Book) -> list[CardEntry]:
    """Every card, by its period's as-of date, then in the order of the pledges."""
    return [entry_of(row) for row in book.conn.execute(f"{listed()} where {_LIVE} {_ORDER}")]


def list_cards_of(book: Book, period: str) -> list[CardEntry]:
    """The cards of one period (its id), in the order of the pledges."""
    return [
        entry_of(row)
        for row in book.conn.execute(f"{listed()} where {_LIVE} and period.id = ? {_ORDER}", (period,))
    ]


def card_entry(book: Book, card: str) -> CardEntry:
    """The entry of a card's id, one in the bin too; KeyError where the book has none."""
    row = book.conn.execute(f"{listed()} where card.id = ?", (card,)).fetchone()
    if row is None:
        raise KeyError(card)
    return entry_of(row)


def entry_of(row: sqlite3.Row) -> CardEntry:
    """The entry in a row of `listed`."""
    pledge = Pledge(row["title"], row["number"], row["field"], row["pid"])
    return CardEntry(row["card"], pledge, period_of(row), row["form"])
