"""What a card of a new period took over from the last one: sections that nobody looked at yet, and plans that wait."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from govtracker.db.book import Book
from govtracker.db.codecs import Row
from govtracker.db.packing import packed, unpacked
from govtracker.db.periods import refuse_frozen
from govtracker.db.rows import insert
from govtracker.model.card import Section

KEPT, PLAN = "kept", "plan"


def write_carried(
    conn: sqlite3.Connection, card: str, source: str, kept: Iterable[str], plans: Mapping[str, Section]
) -> None:
    """Mark sections of a card (by key) as carried from another card, and keep the plans that wait in its sections."""
    rows: list[Row] = [
        {"card": card, "section": key, "kind": KEPT, "source": source, "body": None} for key in kept
    ]
    rows += [
        {"card": card, "section": key, "kind": PLAN, "source": source, "body": packed(plan)}
        for key, plan in plans.items()
    ]
    insert(conn, "carried", rows)


def carried_of(book: Book, card: str) -> tuple[frozenset[str], dict[str, Section]]:
    """(keys of the sections that stand as they were carried, the plans that wait by the key of their section)."""
    rows = book.conn.execute("select * from carried where card = ?", (card,)).fetchall()
    kept = frozenset(row["section"] for row in rows if row["kind"] == KEPT)
    return kept, {row["section"]: unpacked(row["body"]) for row in rows if row["kind"] == PLAN}


def carried_cards(book: Book, period: str) -> dict[str, tuple[int, int]]:
    """By card of a period how many sections wait to be looked at, and how many plans."""
    rows = book.conn.execute(
        "select carried.card, sum(kind = 'kept') kept, sum(kind = 'plan') plans from carried"
        " join card on card.id = carried.card where card.period = ? group by carried.card",
        (period,),
    )
    return {row["card"]: (row["kept"], row["plans"]) for row in rows}


def mark_seen(book: Book, card: str, keys: Iterable[str]) -> None:
    """Sections of a card were looked at; BookTrouble where its period is frozen."""
    with book.writing() as conn:
        _refuse_frozen(conn, card)
        mark_seen_in(conn, card, keys)


def mark_seen_in(conn: sqlite3.Connection, card: str, keys: Iterable[str]) -> None:
    """Sections of a card were looked at, inside a transaction."""
    for key in keys:
        conn.execute("delete from carried where card = ? and section = ? and kind = ?", (card, key, KEPT))


def keep_plan(book: Book, card: str, key: str, plan: Section | None) -> None:
    """What is left of a plan that waits in a section (None = nothing); BookTrouble where the period is frozen."""
    with book.writing() as conn:
        _refuse_frozen(conn, card)
        if plan is None:
            conn.execute("delete from carried where card = ? and section = ? and kind = ?", (card, key, PLAN))
        else:
            conn.execute(
                "update carried set body = ? where card = ? and section = ? and kind = ?",
                (packed(plan), card, key, PLAN),
            )


def _refuse_frozen(conn: sqlite3.Connection, card: str) -> None:
    row = conn.execute(
        "select label, frozen from period join card on card.period = period.id where card.id = ?", (card,)
    ).fetchone()
    if row is not None:
        refuse_frozen(row)
