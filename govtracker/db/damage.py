"""What a failing disk or a half-copied file did to values: the rows of a section are held against its last version.

A section is kept twice: as rows, and packed as its version under a checksum (zlib's Adler-32). Where the two differ the
version is what was saved. SQLite's own check finds torn pages; it doesn't see a changed digit.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from govtracker.db.packing import json_text
from govtracker.model.card import Section
from govtracker.model.codec import decode_section, encode

Value = TypeVar("Value")
Bodies = Mapping[tuple[str, str], bytes]
"""Last version of the sections of some cards, packed, by (card, section)."""

UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, zlib.error)
"""What reading values raises that nobody wrote so."""

_RELATIONS = (
    "select 1 from card left join pledge on pledge.id = card.pledge left join period on period.id = card.period"
    " where pledge.id is null or period.id is null",
    "select 1 from section left join card on card.id = section.card"
    " left join version on version.card = section.card and version.section = section.key"
    " and version.version = section.version and version.saved_at = section.saved_at"
    " where card.id is null or version.card is null",
)
"""Rows that belong to nothing. A version's number alone isn't trusted: its time of saving is the section's, too."""


class UnreadableError(Exception):
    """A section of which neither the rows nor the version can be read."""


class Told(NamedTuple):
    """A section as it was saved; whether its rows and its version could be read and say so."""

    section: Section
    rows: bool
    version: bool


def is_related(conn: sqlite3.Connection) -> bool:
    """Whether every card has its pledge and period, and every section its card and its last version.

    sqlite3.OperationalError where a name in them is no text.
    """
    for table in ("book", "pledge", "period", "card", "section"):
        conn.execute(f"select * from {table}").fetchall()
    return not any(conn.execute(f"{sql} limit 1").fetchone() for sql in _RELATIONS)


def bodies_of(conn: sqlite3.Connection, cards: Sequence[str]) -> Bodies:
    """The last versions of every section of some cards."""
    places = ", ".join("?" * len(cards))
    rows = conn.execute(
        "select v.card, v.section, v.body from section s join version v"
        f" on v.card = s.card and v.section = s.key and v.version = s.version where s.card in ({places})",
        cards,
    )
    return {(row["card"], row["section"]): row["body"] for row in rows}


def told_section(read: Callable[[], Section], body: bytes) -> Told:
    """A section by its rows, held against its version; UnreadableError where neither says anything."""
    by_rows, text = _attempt(lambda: _with_text(read())), _attempt(lambda: zlib.decompress(body).decode())
    if by_rows is not None and by_rows[1] == text:
        return Told(by_rows[0], rows=True, version=True)
    last = _attempt(lambda: _with_text(decode_section(json.loads(text or ""))))
    if last is not None:  # a version of an older program may say the same in another form
        return Told(last[0], rows=by_rows is not None and by_rows[1] == last[1], version=True)
    if by_rows is None:
        raise UnreadableError
    return Told(by_rows[0], rows=True, version=False)


def _with_text(section: Section) -> tuple[Section, str]:
    """A section and its text; TypeError where a value in it isn't of its type."""
    return section, json_text(encode(section))


@contextlib.contextmanager
def any_bytes(conn: sqlite3.Connection) -> Iterator[None]:
    """Bytes that are no text are read as such, with marks in their place."""
    before = conn.text_factory
    conn.text_factory = lambda data: data.decode(errors="replace")
    try:
        yield
    finally:
        conn.text_factory = before


def _attempt(read: Callable[[], Value]) -> Value | None:
    try:
        return read()
    except UNREADABLE:
        return None
