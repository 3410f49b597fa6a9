"""The imports of a book: each recorded with what it wrote, listed, and taken back as a whole."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from govtracker.db.book import Book
from govtracker.db.cards import CardEntry, card_entry
from govtracker.db.history import add_version, version_of
from govtracker.db.merge import (
    Added,
    Choose,
    compare_cards,
    moment_now,
    refuse_frozen_periods,
    take_by_default,
    write_merges,
)
from govtracker.db.origins import packed_origins
from govtracker.db.packing import packed, unpacked
from govtracker.db.periods import refuse_frozen
from govtracker.db.pictures import keeps_originals, write_keeping, write_picture
from govtracker.db.rows import insert
from govtracker.db.sections import SectionChange, load_card, remove_section, section_versions, write_section
from govtracker.errors import BookTrouble
from govtracker.merging.three_way import Difference, brings, merge, taking_back
from govtracker.model.card import Card, Section, emptied
from govtracker.model.emptiness import is_empty
from govtracker.model.ids import new_id
from govtracker.model.origin import Origin


@dataclass(frozen=True, slots=True)
class Delivery:
    """What an import brings into a book: cards, pictures by their sha, the file's name and its ledger as JSON.

    `originals` are the pictures, by the same sha, that were made smaller; the book keeps them where it wants
    originals, and wants them from now on where `wants_originals` says so. `choose` decides what differs. `origins` say
    of each card where its values came from.
    """

    cards: tuple[Card, ...]
    pictures: Mapping[str, bytes]
    originals: Mapping[str, bytes]
    file: str
    ledger: Mapping[str, Any]
    wants_originals: bool = field(default=False, kw_only=True)
    choose: Choose = field(default=take_by_default, kw_only=True)
    origins: Sequence[Sequence[Origin]] = field(default=(), kw_only=True)


class ImportRun(NamedTuple):
    """An import: the file's name, when it was (ISO, to the second), how many cards it wrote to, when it was taken back."""

    id: str
    file: str
    at: str
    cards: int
    undone: str


class LaterEdit(NamedTuple):
    """A value that was changed after an import brought it: `mine` of the difference is what came in."""

    entry: CardEntry
    difference: Difference


def add_delivery(book: Book, delivery: Delivery) -> Added:
    """Add what an import brings in one transaction with the record of the import.

    Where nothing of it changes the book nothing is written. BookTrouble where a period is frozen or the file can't be
    written: then nothing of it is.
    """
    refuse_frozen_periods(book.conn, delivery.cards)
    merges = compare_cards(book, delivery.cards, delivery.choose, by_title=True)
    if not any(merged.changed or merged.title or merged.is_new for merged in merges):
        if delivery.wants_originals:
            with book.writing() as conn:
                write_keeping(conn, wanted=True)
        ids = tuple(merged.held.card if merged.held else "" for merged in merges)
        return Added(ids, merges)
    moment = moment_now()
    with book.writing() as conn:
        if delivery.wants_originals:
            write_keeping(conn, wanted=True)
        originals = delivery.originals if keeps_originals(book) else {}
        for sha, data in delivery.pictures.items():
            write_picture(conn, sha, data, originals.get(sha))
        added = write_merges(book, merges, moment)
        _write_run(conn, delivery, added, moment)
    return added


def _write_run(conn: sqlite3.Connection, delivery: Delivery, added: Added, moment: str) -> None:
    run, ledger = new_id(), json.dumps(delivery.ledger, ensure_ascii=False)
    insert(conn, "import_run", [{"id": run, "file": delivery.file, "at": moment, "ledger": ledger}])
    last = {(each.card, each.key): each for each in added.written}
    first = {(each.card, each.key): each.before for each in reversed(added.written)}
    origins = packed_origins(added.written, delivery.origins)
    rows = [
        {
            "run": run, "card": card, "section": key, "before": first[card, key], "after": each.after,
            "body": packed(each.base), "origins": origins[card, key],
        }
        for (card, key), each in last.items()
    ]  # fmt: skip
    insert(conn, "import_section", rows)
    made = [{"run": run, "what": what, "id": id_, "text": text} for what, id_, text in added.made]
    insert(conn, "import_made", made)


def list_imports(book: Book) -> list[ImportRun]:
    """Every import, the last one first."""
    rows = book.conn.execute(
        "select import_run.*, (select count(distinct card) from import_section where run = import_run.id) cards"
        " from import_run order by at desc, rowid desc"
    )
    return [ImportRun(row["id"], row["file"], row["at"], row["cards"], row["undone"]) for row in rows]


# ---------------------------------------------------------------- taking back


def later_edits(book: Book, run: str) -> list[LaterEdit]:
    """What was changed in the sections of an import since it wrote them, one difference a value."""
    found = []
    for row in _sections(book.conn, run):
        now = _now(book, row["card"], row["section"])
        if now is None or now[0] == row["after"]:
            continue
        after = version_of(book.conn, row["card"], row["section"], row["after"])
        entry = card_entry(book, row["card"])
        differences = merge(row["section"], after, after, now[1]).differences
        found += [LaterEdit(entry, difference) for difference in differences]
    return found


def undo_import(book: Book, run: str, *, with_edits: bool = False) -> int:
    """Take an import back in one transaction; how many values stay because they were changed since.

    A value that nobody changed since becomes what it was before (what a later import brought, too, is that one's). A card
    that the import made goes with its pledge and its period where nothing of it stays. `with_edits`: what was changed
    since goes, too. BookTrouble where it was taken back before, or where a period is frozen.
    """
    row = book.conn.execute("select * from import_run where id = ?", (run,)).fetchone()
    if row is None or row["undone"]:
        raise BookTrouble(book.path.name, "이미 되돌린 가져오기입니다.", "가져오기 목록을 다시 보세요.")
    moment, kept = moment_now(), 0
    with book.writing() as conn:
        for section in _sections(conn, run):
            _refuse_frozen_card(conn, section["card"])
            kept += _take_back(book, section, moment, with_edits=with_edits)
            _rebase_later(conn, section, moment)
        made = conn.execute("select rowid, * from import_made where run = ?", (run,)).fetchall()
        for each in sorted(made, key=lambda each: each["what"] != "card"):
            _unmake(conn, each)
            _hand_on(conn, each)
        conn.execute("update import_run set undone = ? where id = ?", (moment, run))
    return kept


def _sections(conn: sqlite3.Connection, run: str) -> list[sqlite3.Row]:
    return conn.execute("select rowid, * from import_section where run = ? order by rowid", (run,)).fetchall()


def _refuse_frozen_card(conn: sqlite3.Connection, card: str) -> None:
    row = conn.execute(
        "select label, frozen from period join card on card.period = period.id where card.id = ?", (card,)
    ).fetchone()
    if row is not None:
        refuse_frozen(row)


def _now(book: Book, card: str, key: str) -> tuple[int, Section] | None:
    """(version, section) as it is now; None where it is gone."""
    number = section_versions(book.conn, card).get(key)
    if number is None:
        return None
    section = load_card(book, card_entry(book, card)).section(key)
    return (number, section) if section is not None else None


def _take_back(book: Book, row: sqlite3.Row, moment: str, *, with_edits: bool) -> int:
    """A section without what an import brought; how many values of it were changed since, and stay."""
    conn, card, key = book.conn, row["card"], row["section"]
    now = _now(book, card, key)
    if now is None:
        return 0
    after = version_of(conn, card, key, row["after"])
    before = version_of(conn, card, key, row["before"]) if row["before"] else None
    later = () if with_edits else merge(key, after, after, now[1]).differences
    bodies = [unpacked(each["body"]) for each in _later(conn, row)]
    if not later and before is None and not bodies:
        remove_section(conn, card, key)
        return 0
    old = before if before is not None else emptied(after)
    section = old
    if later or bodies:
        section = merge(
            key, after, now[1], old,
            lambda difference: taking_back(difference) and not any(brings(body, difference) for body in bodies),
        ).section  # fmt: skip
    if before is None and is_empty(section):
        remove_section(conn, card, key)
    elif section != now[1]:
        write_section(conn, SectionChange(card, key, section), moment)
    return len(later)


def _later(conn: sqlite3.Connection, row: sqlite3.Row) -> list[sqlite3.Row]:
    """What later imports that still stand wrote to the same section."""
    return conn.execute(
        "select import_section.rowid, before, body from import_section join import_run on import_run.id = run"
        " where card = ? and section = ? and undone = '' and import_section.rowid > ?",
        (row["card"], row["section"], row["rowid"]),
    ).fetchall()


def _rebase_later(conn: sqlite3.Connection, row: sqlite3.Row, moment: str) -> None:
    """What stood before the later imports of a section stands there without this one from now on."""
    card, key = row["card"], row["section"]
    later = _later(conn, row)
    after = version_of(conn, card, key, row["after"])
    old = version_of(conn, card, key, row["before"]) if row["before"] else None
    for each in later:
        if not each["before"]:
            continue
        was = version_of(conn, card, key, each["before"])
        without = merge(key, after, was, old if old is not None else emptied(after), taking_back).section
        blank = old is None and is_empty(without)
        number = 0 if blank else add_version(conn, card, key, without, moment)
        conn.execute("update import_section set before = ? where rowid = ?", (number, each["rowid"]))


def _hand_on(conn: sqlite3.Connection, made: sqlite3.Row) -> None:
    """What an import made and a later one still needs goes with that one."""
    later = conn.execute(
        "select id from import_run where undone = '' and rowid > (select rowid from import_run where id = ?) order by rowid",
        (made["run"],),
    ).fetchone()
    if later is not None and made["what"] != "title":
        conn.execute("update import_made set run = ? where rowid = ?", (later["id"], made["rowid"]))


def _unmake(conn: sqlite3.Connection, made: sqlite3.Row) -> None:
    """What an import made goes where nothing needs it any more; a pledge has its title again."""
    what, identity = made["what"], made["id"]
    if what == "card" and not _count(conn, "section", "card", identity):
        conn.execute("delete from version where card = ?", (identity,))
        conn.execute("delete from carried where card = ?", (identity,))
        conn.execute("delete from card where id = ?", (identity,))
    elif what in ("pledge", "period") and not _count(conn, "card", what, identity):
        conn.execute(f"delete from {what} where id = ?", (identity,))
    elif what == "title":
        old, new = json.loads(made["text"])
        conn.execute("update pledge set title = ? where id = ? and title = ?", (old, identity, new))


def _count(conn: sqlite3.Connection, table: str, column: str, value: str) -> int:
    return int(conn.execute(f"select count(*) from {table} where {column} = ?", (value,)).fetchone()[0])
