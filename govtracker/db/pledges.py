"""The pledges of a book: known by number, else by title; renamed."""

from __future__ import annotations

import sqlite3

from govtracker.db.book import Book
from govtracker.db.rows import insert
from govtracker.errors import BookTrouble
from govtracker.model.card import Pledge


def rename_pledge(book: Book, pledge: Pledge) -> None:
    """Save a pledge's number, title and field; BookTrouble where another pledge has that number."""
    with book.writing() as conn:
        _refuse_taken(conn, pledge)
        conn.execute(
            "update pledge set number = ?, title = ?, field = ? where id = ?",
            (pledge.number, pledge.title, pledge.field, pledge.id),
        )


def _refuse_taken(conn: sqlite3.Connection, pledge: Pledge) -> None:
    row = conn.execute(
        "select title from pledge where number = ? and number <> '' and id <> ?", (pledge.number, pledge.id)
    ).fetchone()
    if row:
        raise BookTrouble(
            pledge.number, f"이 관리번호는 이미 ‘{row['title']}’의 것입니다.", "다른 관리번호를 쓰세요."
        )


def pledge_id(conn: sqlite3.Connection, pledge: Pledge) -> str:
    """The id of the pledge itself where the book has it, else of the one of its number (of its title where it has none).

    A pledge that is new is added last.
    """
    row = _same(conn, pledge)
    if row:
        return str(row["id"])
    position = (conn.execute("select max(position) from pledge").fetchone()[0] or 0) + 1
    values = {"number": pledge.number, "title": pledge.title, "field": pledge.field, "position": position}
    insert(conn, "pledge", [{"id": pledge.id, **values}])
    return pledge.id


def _same(conn: sqlite3.Connection, pledge: Pledge) -> sqlite3.Row | None:
    own: sqlite3.Row | None = conn.execute("select id from pledge where id = ?", (pledge.id,)).fetchone()
    if own:
        return own
    sql, value = "select id from pledge where number = ?", pledge.number
    if not pledge.number:
        sql, value = "select id from pledge where number = '' and title = ?", pledge.title
    row: sqlite3.Row | None = conn.execute(sql, (value,)).fetchone()
    return row
