"""Periods that were submitted: frozen with the hash of what was printed, and why one was opened again."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from govtracker.db.book import Book
from govtracker.db.rows import insert


class Submission(NamedTuple):
    """A period as it was submitted: when (ISO, to the second), its PDF's sha-256 and pages; when and why it was unfrozen."""

    at: str
    sha: str
    pages: int
    unfrozen: str
    reason: str


def freeze(book: Book, period: str, sha: str, pages: int) -> None:
    """Lock a period (its id), with its pledges' names, the hash and the pages of the PDF that was submitted."""
    with book.writing() as conn:
        conn.execute("update period set frozen = 1 where id = ?", (period,))
        conn.execute(
            "insert or replace into submitted_pledge (period, pledge, number, title, field, position)"
            " select card.period, pledge.id, number, title, field, position from card"
            " join pledge on pledge.id = card.pledge where card.period = ? and card.deleted = ''",
            (period,),
        )
        row = {"period": period, "at": _now(), "sha": sha, "pages": pages, "unfrozen": "", "reason": ""}
        insert(conn, "submission", [row])


def unfreeze(book: Book, period: str, reason: str) -> None:
    """Open a period again; the reason stays with its last submission."""
    with book.writing() as conn:
        conn.execute("update period set frozen = 0 where id = ?", (period,))
        conn.execute("delete from submitted_pledge where period = ?", (period,))
        conn.execute(
            "update submission set unfrozen = ?, reason = ? where rowid ="
            " (select max(rowid) from submission where period = ?)",
            (_now(), reason, period),
        )


def submissions(book: Book, period: str) -> list[Submission]:
    """Every submission of a period, the last one first."""
    rows = book.conn.execute("select * from submission where period = ? order by rowid desc", (period,))
    return [Submission(row["at"], row["sha"], row["pages"], row["unfrozen"], row["reason"]) for row in rows]


def _now() -> str:
    return datetime.now().isoformat(timespec="seconds")
