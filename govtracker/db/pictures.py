"""The pictures of a book, each kept once under its sha-256; beside it its original where the book wants that."""

from __future__ import annotations

import sqlite3

from govtracker.db.book import Book, write_value

_ORIGINALS = "originals"
"""Key of the book's value that says whether pictures are also kept as they were."""


def read_picture(book: Book, sha: str) -> bytes:
    """Bytes of a picture; KeyError where the book has none of that sha."""
    row = book.conn.execute("select data from picture where sha = ?", (sha,)).fetchone()
    if row is None:
        raise KeyError(sha)
    return bytes(row["data"])


def read_original(book: Book, sha: str) -> bytes:
    """Bytes of a picture before it was made smaller, where they were kept; else as it is. KeyError for no such."""
    row = book.conn.execute("select original from picture where sha = ?", (sha,)).fetchone()
    return bytes(row["original"]) if row and row["original"] else read_picture(book, sha)


def put_picture(book: Book, sha: str, data: bytes, original: bytes | None = None) -> None:
    """Keep a picture; its original, too, where the book wants it."""
    with book.writing() as conn:
        write_picture(conn, sha, data, original if keeps_originals(book) else None)


def write_picture(conn: sqlite3.Connection, sha: str, data: bytes, original: bytes | None) -> None:
    """Keep a picture inside a transaction, its original where there is one: never in place of what is kept."""
    conn.execute(
        "insert into picture (sha, data, original) values (?, ?, ?)"
        " on conflict (sha) do update set original = coalesce(original, excluded.original)",
        (sha, data, original),
    )


def keeps_originals(book: Book) -> bool:
    """Whether pictures are also kept as they were before they were made smaller."""
    return book.value(_ORIGINALS) == "1"


def keep_originals(book: Book, wanted: bool) -> None:
    """Keep the originals of pictures that come from now on, or don't; those that are kept stay."""
    with book.writing() as conn:
        write_keeping(conn, wanted)


def write_keeping(conn: sqlite3.Connection, wanted: bool) -> None:
    """Say inside a transaction whether originals are kept from now on."""
    write_value(conn, _ORIGINALS, "1" if wanted else "")
