"""The sections of cards: many cards are read with a query a table, changed sections are saved in one transaction."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from govtracker.db.book import RESTORE, Book
from govtracker.db.cards import CardEntry, card_entry
from govtracker.db.carried import mark_seen_in
from govtracker.db.codecs import CODECS, Row
from govtracker.db.damage import Bodies, UnreadableError, any_bytes, bodies_of, told_section
from govtracker.db.history import add_version
from govtracker.db.packing import packed
from govtracker.db.periods import refuse_frozen
from govtracker.db.rows import insert, select
from govtracker.errors import BookDamaged
from govtracker.model.card import Card, Section
from govtracker.model.emptiness import without_blanks

Rows = Mapping[str, Mapping[tuple[str, str], list[Row]]]
"""Rows of some cards, by table, then by (card, section), in order of position."""

AT_ONCE = 16
"""Cards that `each_card` reads together."""


class SectionChange(NamedTuple):
    """A section of a card as it is to be saved."""

    card: str
    key: str
    section: Section


# ---------------------------------------------------------------- reading


def load_card(book: Book, entry: CardEntry) -> Card:
    """The whole card of a list entry."""
    return load_cards(book, [entry])[0]


def load_cards(book: Book, entries: Sequence[CardEntry]) -> list[Card]:
    """The whole cards of some list entries, in their order; as many queries for many cards as for one.

    A section whose rows are damaged is as it was saved (`book.mended` tells it); BookDamaged where nothing says how.
    """
    try:
        return _load(book, entries)
    except sqlite3.OperationalError:  # bytes that are no text
        with any_bytes(book.conn):
            return _load(book, entries)


def _load(book: Book, entries: Sequence[CardEntry]) -> list[Card]:
    cards = tuple(dict.fromkeys(entry.card for entry in entries))
    headers = _headers(book.conn, cards)
    kinds = {header["kind"] for of_card in headers.values() for header in of_card} & CODECS.keys()
    tables = {table for kind in kinds for table in CODECS[kind].tables}
    rows = {table: _rows(book.conn, table, cards) for table in tables}
    bodies = bodies_of(book.conn, cards)
    return [
        Card(
            e.pledge,
            e.period,
            e.form,
            tuple(_told(book, e, header, rows, bodies) for header in headers[e.card]),
        )
        for e in entries
    ]


def each_card(book: Book, entries: Sequence[CardEntry]) -> Iterator[Card]:
    """The whole cards of some list entries one after another, read a few at once: a book never lies in memory."""
    for start in range(0, len(entries), AT_ONCE):
        yield from load_cards(book, entries[start : start + AT_ONCE])


def _headers(conn: sqlite3.Connection, cards: Sequence[str]) -> Mapping[str, list[Row]]:
    """Key, kind and extra of every section of the cards, by card."""
    sql = f"select card, key, kind, extra from section where card in {_places(cards)} order by rowid"
    headers = defaultdict(list)
    for row in select(conn, sql, cards):
        headers[row["card"]].append(row)
    return headers


def _rows(conn: sqlite3.Connection, table: str, cards: Sequence[str]) -> Mapping[tuple[str, str], list[Row]]:
    """The rows of a table that belong to the cards, by card and section."""
    sql = f"select * from {table} where card in {_places(cards)} order by card, section, position"
    grouped = defaultdict(list)
    for row in select(conn, sql, cards):
        grouped[row["card"], row["section"]].append(row)
    return grouped


def _places(values: Sequence[str]) -> str:
    return f"({', '.join('?' * len(values))})"


def _section(header: Row, rows: Rows) -> Section:
    codec, place = CODECS[header["kind"]], (header["card"], header["key"])
    own = {table: rows[table].get(place, []) for table in codec.tables}
    return codec.section(own, json.loads(header["extra"]))


def _told(book: Book, entry: CardEntry, header: Row, rows: Rows, bodies: Bodies) -> tuple[str, Section]:
    """The key and the section of a header; a damaged one is noted in the book."""
    place = (header["card"], header["key"])
    try:
        told = told_section(lambda: _section(header, rows), bodies.get(place, b""))
    except UnreadableError as error:
        raise BookDamaged(
            f"{book.path.name}: {entry.pledge.number} {entry.pledge.title}".rstrip(),
            "이 카드의 저장된 값을 읽을 수 없습니다. 파일이 손상되었습니다.",
            RESTORE,
            detail=header["key"],
        ) from error
    if not (told.rows and told.version):
        book.mended[place] = told.version
    return header["key"], told.section


# ---------------------------------------------------------------- writing


def save_sections(book: Book, changes: Iterable[SectionChange]) -> str:
    """Save changed sections and their history in one transaction; the time of saving (`HH:MM:SS`).

    BookTrouble where the period is frozen or the file can't be written: then nothing of it is.
    """
    moment = datetime.now()
    with book.writing() as conn:
        for change in changes:
            _refuse_frozen(conn, change.card)
            mark_seen_in(conn, change.card, (change.key,))
            write_section(conn, change, moment.isoformat(timespec="seconds"))
    return moment.strftime("%H:%M:%S")


def _refuse_frozen(conn: sqlite3.Connection, card: str) -> None:
    row = conn.execute(
        "select period.label, period.frozen from card join period on period.id = card.period where card.id = ?",
        (card,),
    ).fetchone()
    if row:
        refuse_frozen(row)


def write_section(conn: sqlite3.Connection, change: SectionChange, moment: str) -> int:
    """Replace a section's rows and add its version, inside a transaction; `moment` in ISO form, to the second.

    Blank records aren't kept. The number of the version.
    """
    change = change._replace(section=without_blanks(change.section))
    _replace_rows(conn, change)
    version = add_version(conn, change.card, change.key, change.section, moment)
    kind, extra = change.section.kind, CODECS[change.section.kind].extra(change.section)
    conn.execute(
        """insert into section (card, key, kind, version, saved_at, extra) values (?, ?, ?, ?, ?, ?)
           on conflict (card, key) do update
           set version = excluded.version, saved_at = excluded.saved_at, extra = excluded.extra""",
        (change.card, change.key, kind, version, moment, json.dumps(extra)),
    )
    return version


def remove_section(conn: sqlite3.Connection, card: str, key: str) -> None:
    """Take a section and its rows out of a card, inside a transaction; its history stays."""
    for table in {table for codec in CODECS.values() for table in codec.tables}:
        conn.execute(f"delete from {table} where card = ? and section = ?", (card, key))
    conn.execute("delete from section where card = ? and key = ?", (card, key))


def section_versions(conn: sqlite3.Connection, card: str) -> dict[str, int]:
    """Number of the present version of every section of a card."""
    rows = conn.execute("select key, version from section where card = ?", (card,))
    return {row["key"]: row["version"] for row in rows}


def mend_sections(book: Book, places: Iterable[tuple[str, str]]) -> None:
    """Write damaged sections again as they were saved, in one transaction: rows and last version agree again."""
    with book.writing() as conn:
        for card, key in places:
            section = load_card(book, card_entry(book, card)).section(key)
            if section is None:
                continue
            _replace_rows(conn, SectionChange(card, key, section))
            conn.execute(
                "update section set kind = ?, extra = ? where card = ? and key = ?",
                (section.kind, json.dumps(CODECS[section.kind].extra(section)), card, key),
            )
            conn.execute(
                "update version set body = ? where card = ? and section = ? and version ="
                " (select version from section where card = ? and key = ?)",
                (packed(section), card, key, card, key),
            )
            book.mended.pop((card, key), None)


def _replace_rows(conn: sqlite3.Connection, change: SectionChange) -> None:
    codec = CODECS[change.section.kind]
    for table in codec.tables:
        conn.execute(f"delete from {table} where card = ? and section = ?", (change.card, change.key))
    for table, rows in codec.rows(change.section).items():
        owner = {"card": change.card, "section": change.key}
        insert(conn, table, [{**owner, "position": at, **row} for at, row in enumerate(rows)])
