"""The reporting periods of a book."""

from __future__ import annotations

import sqlite3
from datetime import date

from govtracker.db.book import Book
from govtracker.db.rows import insert
from govtracker.errors import BookTrouble
from govtracker.model.card import Period


def list_periods(book: Book) -> list[Period]:
    """All periods, by as-of date."""
    return [period_of(row) for row in book.conn.execute("select * from period order by as_of, label")]


def period_of(row: sqlite3.Row) -> Period:
    """The period in a row with its columns id, label, as_of and frozen."""
    return Period(row["label"], date.fromisoformat(row["as_of"]), bool(row["frozen"]), row["id"])


def add_period(book: Book, period: Period) -> None:
    """A new period; an existing label is left as it is. BookTrouble where that one is frozen."""
    with book.writing() as conn:
        period_id(conn, period)


def period_id(conn: sqlite3.Connection, period: Period) -> str:
    """The id of the period of this label, which is added where there is none; BookTrouble where it is frozen."""
    row = conn.execute("select id, label, frozen from period where label = ?", (period.label,)).fetchone()
    if row is None:
        _insert(conn, period)
        return period.id
    refuse_frozen(row)
    return str(row["id"])


def refuse_frozen(row: sqlite3.Row) -> None:
    """BookTrouble where the period of a row (label, frozen) is frozen."""
    if row["frozen"]:
        raise BookTrouble(row["label"], "확정한 제출본이라 고칠 수 없습니다.", "다른 보고기간을 고르세요.")


def _insert(conn: sqlite3.Connection, period: Period) -> None:
    values = {"label": period.label, "as_of": period.as_of.isoformat(), "frozen": int(period.frozen)}
    insert(conn, "period", [{"id": period.id, **values}])
