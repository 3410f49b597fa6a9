"""The SQL statements that a book runs, as SQLite itself reports them: with the values filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from govtracker.db.book import Book


@contextmanager
def traced(book: Book) -> Iterator[list[str]]:
    """The list into which the statements go while the context lasts."""
    statements: list[str] = []
    book.conn.set_trace_callback(statements.append)
    try:
        yield statements
    finally:
        book.conn.set_trace_callback(None)


def written_tables(statements: list[str]) -> set[str]:
    """Tables that the statements delete from, insert into or update."""
    writing = re.compile(r"\s*(?:delete from|insert(?: or \w+)? into|update)\s+(\w+)", re.IGNORECASE)
    return {match[1] for each in statements if (match := writing.match(each))}
