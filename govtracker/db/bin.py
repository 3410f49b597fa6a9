"""The bin of a book: cards that were deleted, kept with everything, until they are brought back."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from govtracker.db.book import Book
from govtracker.db.cards import CardEntry, entry_of, listed
from govtracker.db.periods import refuse_frozen
from govtracker.errors import Refused


class Deleted(NamedTuple):
    """A card in the bin and when it went there (ISO, to the second)."""

    entry: CardEntry
    at: str


def delete_card(book: Book, card: str) -> None:
    """Put a card into the bin; BookTrouble where its period is frozen."""
    with book.writing() as conn:
        row = conn.execute(
            "select label, frozen from period join card on card.period = period.id where card.id = ?", (card,)
        ).fetchone()
        refuse_frozen(row)
        moment = datetime.now().isoformat(timespec="seconds")
        conn.execute("update card set deleted = ? where id = ?", (moment, card))


def deleted_cards(book: Book) -> list[Deleted]:
    """Every card in the bin, the last one first."""
    rows = book.conn.execute(
        f"{listed('card.deleted deleted')} where card.deleted != '' order by card.deleted desc"
    )
    return [Deleted(entry_of(row), row["deleted"]) for row in rows]


def restore_card(book: Book, card: str) -> None:
    """Bring a card back; Refused where its pledge has another one in the period by now, BookTrouble where that is frozen."""
    with book.writing() as conn:
        row = conn.execute(
            "select pledge, period, label, frozen from card join period on period.id = card.period where card.id = ?",
            (card,),
        ).fetchone()
        refuse_frozen(row)
        other = conn.execute(
            "select 1 from card where pledge = ? and period = ? and deleted = ''",
            (row["pledge"], row["period"]),
        ).fetchone()
        if other is not None:
            raise Refused(
                row["label"], "이 보고기간에는 그 공약의 카드가 이미 있습니다.", "그 카드를 먼저 지우세요."
            )
        conn.execute("update card set deleted = '' where id = ?", (card,))
