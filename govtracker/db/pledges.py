"""The pledges of a book: known by number, else by title; renamed, ordered, by field."""

from __future__ import annotations

import sqlite3

from govtracker.db.book import Book
from govtracker.db.rows import insert
from govtracker.errors import BookTrouble
from govtracker.model.card import Pledge


def rename_pledge(book: Book, pledge: Pledge) -> None:
    """Save a pledge's number, title and field; BookTrouble as in `refuse_taken`."""
    with book.writing() as conn:
        refuse_taken(book, pledge)
        conn.execute(
            "update pledge set number = ?, title = ?, field = ? where id = ?",
            (pledge.number, pledge.title, pledge.field, pledge.id),
        )


def refuse_taken(book: Book, pledge: Pledge) -> None:
    """BookTrouble where another pledge is known by this number, or by this title where neither has a number."""
    other = _known_as(book.conn, pledge)
    if other is None or other["id"] == pledge.id:
        return
    if pledge.number:
        fault = f"이 관리번호는 이미 ‘{other['title']}’의 것입니다."
        raise BookTrouble(pledge.number, fault, "다른 관리번호를 쓰세요.")
    fault = "관리번호 없이 이 이름을 쓰는 공약이 이미 있습니다."
    raise BookTrouble(pledge.title, fault, "관리번호를 쓰거나 공약명을 다르게 쓰세요.")


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


def find_pledge(conn: sqlite3.Connection, pledge: Pledge) -> Pledge | None:
    """The book's own state of a pledge, known as `pledge_id` knows it; None where the book has none."""
    found = _same(conn, pledge)
    if found is None:
        return None
    row = conn.execute("select * from pledge where id = ?", (found["id"],)).fetchone()
    return Pledge(row["title"], row["number"], row["field"], row["id"])


def namesakes(conn: sqlite3.Connection, pledge: Pledge) -> list[Pledge]:
    """The book's pledges of the same title, blanks aside, under whatever number."""
    wanted = "".join(pledge.title.split())
    rows = conn.execute("select * from pledge order by position").fetchall()
    return [
        Pledge(row["title"], row["number"], row["field"], row["id"])
        for row in rows
        if "".join(row["title"].split()) == wanted
    ]


def _same(conn: sqlite3.Connection, pledge: Pledge) -> sqlite3.Row | None:
    own: sqlite3.Row | None = conn.execute("select id from pledge where id = ?", (pledge.id,)).fetchone()
    return own or _known_as(conn, pledge)


def _known_as(conn: sqlite3.Connection, pledge: Pledge) -> sqlite3.Row | None:
    """The pledge of this number, of this title where there is none; of several, another one than the pledge itself."""
    where, value = "number = ?", pledge.number
    if not pledge.number:
        where, value = "number = '' and title = ?", pledge.title
    sql = f"select id, title from pledge where {where} order by id = ?"
    row: sqlite3.Row | None = conn.execute(sql, (value, pledge.id)).fetchone()
    return row


def move_pledge(book: Book, pledge: str, by: int) -> None:
    """A pledge before (-1) or behind (1) its neighbour in the list; at an end it stays."""
    with book.writing() as conn:
        ids = [row["id"] for row in conn.execute("select id from pledge order by position, number, title")]
        at = ids.index(pledge)
        if 0 <= at + by < len(ids):
            ids.insert(at + by, ids.pop(at))
        conn.executemany(
            "update pledge set position = ? where id = ?", [(n, id_) for n, id_ in enumerate(ids, 1)]
        )


def fields_of(book: Book) -> list[str]:
    """The fields (분야) that the book's pledges are of, in the order of the pledges."""
    rows = book.conn.execute("select field from pledge where field != '' order by position")
    return list(dict.fromkeys(row["field"] for row in rows))
