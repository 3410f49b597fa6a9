"""The mappings that a book remembers: how tables with the same heads were read before, as texts."""

from __future__ import annotations

from typing import NamedTuple

from govtracker.db.book import Book
from govtracker.db.merge import moment_now
from govtracker.errors import BookTrouble


class Remembered(NamedTuple):
    """A mapping: the fingerprint of its heads, its name, when it was saved (ISO, to the second), its text."""

    fingerprint: str
    name: str
    at: str
    body: str


def list_mappings(book: Book) -> list[Remembered]:
    """Every mapping, by name."""
    rows = book.conn.execute("select fingerprint, name, at, body from mapping order by name, fingerprint")
    return [Remembered(*row) for row in rows]


def remember(book: Book, fingerprint: str, name: str, body: str) -> None:
    """Keep a mapping in the place of the one of these heads."""
    with book.writing() as conn:
        conn.execute(
            "insert or replace into mapping (fingerprint, name, at, body) values (?, ?, ?, ?)",
            (fingerprint, name, moment_now(), body),
        )


def rename_mapping(book: Book, fingerprint: str, name: str) -> None:
    """Call a mapping otherwise. BookTrouble where there is none."""
    with book.writing() as conn:
        done = conn.execute("update mapping set name = ? where fingerprint = ?", (name, fingerprint))
        _refuse_none(book, done.rowcount)


def forget_mapping(book: Book, fingerprint: str) -> None:
    """Keep a mapping no longer. BookTrouble where there is none."""
    with book.writing() as conn:
        done = conn.execute("delete from mapping where fingerprint = ?", (fingerprint,))
        _refuse_none(book, done.rowcount)


def _refuse_none(book: Book, count: int) -> None:
    if not count:
        raise BookTrouble(book.path.name, "그런 맞춤이 없습니다.", "기억한 맞춤의 목록을 다시 보세요.")
