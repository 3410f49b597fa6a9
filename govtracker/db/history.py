"""Every saved state of a section, kept as a version."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from govtracker.db.book import Book
from govtracker.db.packing import packed, unpacked
from govtracker.db.rows import insert
from govtracker.model.card import Section


class Version(NamedTuple):
    """A saved state of a section: its number, from 1, and when it was saved (ISO, to the second)."""

    number: int
    saved_at: str
    section: Section


def versions(book: Book, card: str, key: str) -> list[Version]:
    """Every saved version of a card's section, newest first."""
    rows = book.conn.execute(
        "select * from version where card = ? and section = ? order by version desc", (card, key)
    )
    return [Version(row["version"], row["saved_at"], unpacked(row["body"])) for row in rows]


def version_of(conn: sqlite3.Connection, card: str, key: str, number: int) -> Section:
    """A section as one of its versions had it; KeyError where there is no such version."""
    row = conn.execute(
        "select body from version where card = ? and section = ? and version = ?", (card, key, number)
    ).fetchone()
    if row is None:
        raise KeyError((card, key, number))
    return unpacked(row["body"])


def add_version(conn: sqlite3.Connection, card: str, key: str, section: Section, moment: str) -> int:
    """Keep a section as its next version, inside a transaction; the version's number."""
    last = conn.execute(
        "select max(version) from version where card = ? and section = ?", (card, key)
    ).fetchone()[0]
    number = (last or 0) + 1
    place = {"card": card, "section": key, "version": number}
    insert(conn, "version", [{**place, "saved_at": moment, "body": packed(section)}])
    return number
