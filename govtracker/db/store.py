"""Pledges, periods, cards and pictures of a book; changed sections are saved in one transaction."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from govtracker.db.book import Book
from govtracker.db.codecs import CODECS, Row, Rows
from govtracker.errors import BookTrouble
from govtracker.model.card import Card, Period, Pledge, Section
from govtracker.model.codec import decode_section, encode
from govtracker.model.figure import Figure
from govtracker.model.ids import new_id


class Entry(NamedTuple):
    """A card of the list: without its sections."""

    card: str
    pledge: Pledge
    period: Period
    form: str


class SectionChange(NamedTuple):
    """A section of a card as it is to be saved."""

    card: str
    key: str
    section: Section


def periods(book: Book) -> list[Period]:
    """All periods, by as-of date."""
    rows = book.conn.execute("select * from period order by as_of, label")
    return [_period(row) for row in rows]


def _period(row: sqlite3.Row) -> Period:
    return Period(row["label"], date.fromisoformat(row["as_of"]), bool(row["frozen"]), row["id"])


def entries(book: Book, period: str | None = None) -> list[Entry]:
    """Cards in order of their pledges' positions, of one period (its id) or of all."""
    rows = book.conn.execute(
        """select card.id card, card.form, pledge.id pid, pledge.number, pledge.title, pledge.field,
                  period.id id, period.label, period.as_of, period.frozen
           from card join pledge on pledge.id = card.pledge join period on period.id = card.period
           where ? is null or period.id = ? order by period.as_of, pledge.position, pledge.number, pledge.title""",
        (period, period),
    )
    return [
        Entry(r["card"], Pledge(r["title"], r["number"], r["field"], r["pid"]), _period(r), r["form"])
        for r in rows
    ]


def entry(book: Book, card: str) -> Entry:
    """The list entry of a card's id; KeyError where the book has none."""
    for found in entries(book):
        if found.card == card:
            return found
    raise KeyError(card)


def load(book: Book, entry: Entry) -> Card:
    """The whole card of a list entry."""
    rows = book.conn.execute(
        "select key, kind, extra from section where card = ? order by rowid", (entry.card,)
    ).fetchall()
    sections = tuple(
        (row["key"], _section(book, entry.card, row["key"], row["kind"], json.loads(row["extra"])))
        for row in rows
    )
    return Card(entry.pledge, entry.period, entry.form, sections)


def _section(book: Book, card: str, key: str, kind: str, extra: Row) -> Section:
    codec = CODECS[kind]
    rows: Rows = {
        table: [
            dict(row)
            for row in book.conn.execute(
                f"select * from {table} where card = ? and section = ? order by position", (card, key)
            )
        ]
        for table in codec.tables
    }
    return codec.section(rows, extra)


def save(book: Book, changes: Iterable[SectionChange]) -> str:
    """Save changed sections and their history in one transaction; the time of saving (`HH:MM:SS`).

    BookTrouble where the period is frozen or the file can't be written: then nothing of it is.
    """
    moment = datetime.now()
    with book.writing() as conn:
        for change in changes:
            _refuse_frozen(conn, change.card)
            _write(conn, change, moment.isoformat(timespec="seconds"))
    return moment.strftime("%H:%M:%S")


def _refuse_frozen(conn: sqlite3.Connection, card: str) -> None:
    row = conn.execute(
        "select period.label, period.frozen from card join period on period.id = card.period where card.id = ?",
        (card,),
    ).fetchone()
    if row and row["frozen"]:
        raise BookTrouble(row["label"], "확정한 제출본이라 고칠 수 없습니다.", "다른 보고기간을 고르세요.")


def _write(conn: sqlite3.Connection, change: SectionChange, moment: str) -> None:
    kind = change.section.kind
    codec = CODECS[kind]
    for table in codec.tables:
        conn.execute(f"delete from {table} where card = ? and section = ?", (change.card, change.key))
    for table, rows in codec.rows(change.section).items():
        _insert(
            conn,
            table,
            [
                {"card": change.card, "section": change.key, "position": at, **row}
                for at, row in enumerate(rows)
            ],
        )
    version = (
        conn.execute(
            "select max(version) from version where card = ? and section = ?", (change.card, change.key)
        ).fetchone()[0]
        or 0
    )
    body = zlib.compress(
        json.dumps(encode(change.section), ensure_ascii=False, separators=(",", ":")).encode()
    )
    _insert(
        conn,
        "version",
        [
            {
                "card": change.card,
                "section": change.key,
                "version": version + 1,
                "saved_at": moment,
                "body": body,
            }
        ],
    )
    conn.execute(
        """insert into section (card, key, kind, version, saved_at, extra) values (?, ?, ?, ?, ?, ?)
           on conflict (card, key) do update set version = excluded.version, saved_at = excluded.saved_at, extra = excluded.extra""",
        (change.card, change.key, kind, version + 1, moment, json.dumps(codec.extra(change.section))),
    )


def _insert(conn: sqlite3.Connection, table: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        columns = list(rows[0])
        marks = ", ".join("?" for _ in columns)
        names = ", ".join(f'"{column}"' for column in columns)
        conn.executemany(
            f"insert into {table} ({names}) values ({marks})", [[row[c] for c in columns] for row in rows]
        )


def history(book: Book, card: str, key: str) -> list[tuple[int, str, Section]]:
    """Every saved version of a section, newest first: (version, saved at, section)."""
    rows = book.conn.execute(
        "select * from version where card = ? and section = ? order by version desc", (card, key)
    )
    return [
        (r["version"], r["saved_at"], decode_section(json.loads(zlib.decompress(r["body"])))) for r in rows
    ]


class Added(NamedTuple):
    """What became of added cards: their ids, and (card id, section key) of what was left as the book had it."""

    cards: list[str]
    kept: list[tuple[str, str]]


def add_cards(
    book: Book,
    cards: Iterable[Card],
    pictures: Mapping[str, bytes],
    ledger: Mapping[str, Any] | None = None,
    file: str = "",
    originals: Mapping[str, bytes] | None = None,
    *,
    keep_originals: bool = False,
) -> Added:
    """Add cards in one transaction: a pledge is known by its number, else by its title.

    `originals` are kept beside the pictures of the same sha where the book wants them; `keep_originals` makes it.

    A card that the book already has in that period is only filled where it is still empty: what the book holds
    is kept and told, blank never erases. BookTrouble where the file can't be written: then nothing of it is.
    """
    moment = datetime.now().isoformat(timespec="seconds")
    added = Added([], [])
    with book.writing() as conn:
        if keep_originals:
            conn.execute("insert or replace into book (key, value) values (?, '1')", (ORIGINALS,))
        for sha, data in pictures.items():
            _put_picture(book, sha, data, (originals or {}).get(sha))
        for card in cards:
            _add(book, card, moment, added)
        if ledger is not None:
            text = json.dumps(ledger, ensure_ascii=False)
            _insert(conn, "import_run", [{"id": new_id(), "file": file, "at": moment, "ledger": text}])
    return added


def _add(book: Book, card: Card, moment: str, added: Added) -> None:
    conn = book.conn
    pledge = _pledge_id(conn, card.pledge)
    period = _period_id(conn, card.period)
    row = conn.execute("select id from card where pledge = ? and period = ?", (pledge, period)).fetchone()
    wanted = list(card.sections)
    if row:
        old = load(book, next(entry for entry in entries(book) if entry.card == row["id"]))
        wanted = []
        for key, section in card.sections:
            found = old.section(key)
            if found is None or (is_empty(found) and not is_empty(section)):
                wanted.append((key, section))
            elif found != section and not is_empty(section):
                added.kept.append((row["id"], key))
    else:
        row = {"id": new_id()}
        _insert(conn, "card", [{"id": row["id"], "pledge": pledge, "period": period, "form": card.form}])
    for key, section in wanted:
        _write(conn, SectionChange(row["id"], key, section), moment)
    added.cards.append(str(row["id"]))


ORIGINALS = "originals"
"""Key of the book's value that says whether pictures are also kept as they were."""
_STRUCTURE = frozenset({"id", "key", "slot", "source", "span", "measure", "group", "mark"})
"""Fields that say where a value belongs: they hold nothing that an officer entered."""


def is_empty(section: Section) -> bool:
    """Whether a section holds nothing that an officer entered."""
    return not _holds(section)


def _holds(value: object) -> bool:
    if isinstance(value, tuple):
        return any(_holds(item) for item in value)
    if isinstance(value, Figure):
        return bool(value)
    if is_dataclass(value):
        return any(_holds(getattr(value, f.name)) for f in fields(value) if f.name not in _STRUCTURE)
    return isinstance(value, str) and bool(value)


def _pledge_id(conn: sqlite3.Connection, pledge: Pledge) -> str:
    if pledge.number:
        row = conn.execute("select id from pledge where number = ?", (pledge.number,)).fetchone()
    else:
        row = conn.execute(
            "select id from pledge where number = '' and title = ?", (pledge.title,)
        ).fetchone()
    if row:
        return str(row["id"])
    position = (conn.execute("select max(position) from pledge").fetchone()[0] or 0) + 1
    _insert(
        conn,
        "pledge",
        [
            {
                "id": pledge.id,
                "number": pledge.number,
                "title": pledge.title,
                "field": pledge.field,
                "position": position,
            }
        ],
    )
    return pledge.id


def _period_id(conn: sqlite3.Connection, period: Period) -> str:
    row = conn.execute("select id, frozen from period where label = ?", (period.label,)).fetchone()
    if row:
        if row["frozen"]:
            raise BookTrouble(
                period.label, "확정한 제출본이라 고칠 수 없습니다.", "다른 보고기간을 고르세요."
            )
        return str(row["id"])
    _insert(
        conn,
        "period",
        [
            {
                "id": period.id,
                "label": period.label,
                "as_of": period.as_of.isoformat(),
                "frozen": int(period.frozen),
            }
        ],
    )
    return period.id


def rename_pledge(book: Book, pledge: Pledge) -> None:
    """Save a pledge's number, title and field; BookTrouble where another pledge has that number."""
    with book.writing() as conn:
        row = conn.execute(
            "select title from pledge where number = ? and number <> '' and id <> ?",
            (pledge.number, pledge.id),
        ).fetchone()
        if row:
            raise BookTrouble(
                pledge.number, f"이 관리번호는 이미 ‘{row['title']}’의 것입니다.", "다른 관리번호를 쓰세요."
            )
        conn.execute(
            "update pledge set number = ?, title = ?, field = ? where id = ?",
            (pledge.number, pledge.title, pledge.field, pledge.id),
        )


def picture(book: Book, sha: str) -> bytes:
    """Bytes of a picture; KeyError where the book has none of that sha."""
    row = book.conn.execute("select data from picture where sha = ?", (sha,)).fetchone()
    if row is None:
        raise KeyError(sha)
    return bytes(row["data"])


def original(book: Book, sha: str) -> bytes:
    """Bytes of a picture before it was made smaller, where they were kept; else as it is. KeyError for no such."""
    row = book.conn.execute("select original from picture where sha = ?", (sha,)).fetchone()
    return bytes(row["original"]) if row and row["original"] else picture(book, sha)


def put_picture(book: Book, sha: str, data: bytes, original: bytes | None = None) -> None:
    """Keep a picture once, under its sha-256; its original, too, where the book wants it."""
    with book.writing():
        _put_picture(book, sha, data, original)


def _put_picture(book: Book, sha: str, data: bytes, original: bytes | None) -> None:
    kept = original if keeps_originals(book) else None
    book.conn.execute(
        "insert into picture (sha, data, original) values (?, ?, ?)"
        " on conflict (sha) do update set original = coalesce(original, excluded.original)",
        (sha, data, kept),
    )


def keeps_originals(book: Book) -> bool:
    """Whether pictures are also kept as they were before they were made smaller."""
    return book.value(ORIGINALS) == "1"


def keep_originals(book: Book, wanted: bool) -> None:
    """Keep the originals of pictures that come from now on, or don't."""
    book.set_value(ORIGINALS, "1" if wanted else "")


def add_period(book: Book, period: Period) -> None:
    """A new period; an existing label is left as it is."""
    with book.writing() as conn:
        _period_id(conn, period)
