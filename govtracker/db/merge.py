"""Cards that come into a book: what it already holds is only filled where it is still empty, blank never erases."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from govtracker.db.book import Book
from govtracker.db.cards import card_entry
from govtracker.db.periods import period_id
from govtracker.db.pictures import keeps_originals, write_keeping, write_picture
from govtracker.db.pledges import pledge_id
from govtracker.db.rows import insert
from govtracker.db.sections import SectionChange, load_card, write_section
from govtracker.model.card import Card, Section
from govtracker.model.emptiness import is_empty
from govtracker.model.ids import new_id

Sections = tuple[tuple[str, Section], ...]


class Added(NamedTuple):
    """What became of added cards: their ids, and (card id, section key) of what was left as the book had it."""

    cards: tuple[str, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """What an import brings into a book: cards, pictures by their sha, the file's name and its ledger as JSON.

    `originals` are the pictures, by the same sha, that were made smaller; the book keeps them where it wants
    originals, and wants them from now on where `wants_originals` says so.
    """

    cards: tuple[Card, ...]
    pictures: Mapping[str, bytes]
    originals: Mapping[str, bytes]
    file: str
    ledger: Mapping[str, Any]
    wants_originals: bool = field(default=False, kw_only=True)


def add_cards(book: Book, cards: Iterable[Card], pictures: Mapping[str, bytes]) -> Added:
    """Add cards in one transaction: a pledge is known by its number, else by its title.

    What a card that the book already has in that period holds is kept and reported. BookTrouble where the period
    is frozen or the file can't be written: then nothing of it is.
    """
    with book.writing() as conn:
        for sha, data in pictures.items():
            write_picture(conn, sha, data, None)
        return _merged(book, cards, _now())


def add_delivery(book: Book, delivery: Delivery) -> Added:
    """Add what an import brings, as `add_cards` does, in one transaction with the record of the import."""
    moment = _now()
    with book.writing() as conn:
        if delivery.wants_originals:
            write_keeping(conn, wanted=True)
        _write_pictures(book, delivery)
        added = _merged(book, delivery.cards, moment)
        _write_run(conn, delivery, moment)
    return added


def _now() -> str:
    return datetime.now().isoformat(timespec="seconds")


def _write_pictures(book: Book, delivery: Delivery) -> None:
    originals = delivery.originals if keeps_originals(book) else {}
    for sha, data in delivery.pictures.items():
        write_picture(book.conn, sha, data, originals.get(sha))


def _write_run(conn: sqlite3.Connection, delivery: Delivery, moment: str) -> None:
    ledger = json.dumps(delivery.ledger, ensure_ascii=False)
    insert(conn, "import_run", [{"id": new_id(), "file": delivery.file, "at": moment, "ledger": ledger}])


def _merged(book: Book, cards: Iterable[Card], moment: str) -> Added:
    """Write the cards inside a transaction, each after what the ones before it left."""
    ids, kept = [], []
    for card in cards:
        identity, differing = _merge(book, card, moment)
        ids.append(identity)
        kept += [(identity, key) for key in differing]
    return Added(tuple(ids), tuple(kept))


def _merge(book: Book, card: Card, moment: str) -> tuple[str, tuple[str, ...]]:
    """Write a card; its id, and the keys of the sections that were kept although they differ."""
    pledge, period = pledge_id(book.conn, card.pledge), period_id(book.conn, card.period)
    row = book.conn.execute(
        "select id from card where pledge = ? and period = ?", (pledge, period)
    ).fetchone()
    if row is None:
        identity = _add(book.conn, card, pledge, period)
        _write(book.conn, identity, card.sections, moment)
        return identity, ()
    identity = str(row["id"])
    missing, differing = compared(load_card(book, card_entry(book, identity)), card.sections)
    _write(book.conn, identity, missing, moment)
    return identity, differing


def _add(conn: sqlite3.Connection, card: Card, pledge: str, period: str) -> str:
    identity = new_id()
    insert(conn, "card", [{"id": identity, "pledge": pledge, "period": period, "form": card.form}])
    return identity


def _write(conn: sqlite3.Connection, card: str, sections: Sections, moment: str) -> None:
    for key, section in sections:
        write_section(conn, SectionChange(card, key, section), moment)


def compared(held: Card, sections: Sections) -> tuple[Sections, tuple[str, ...]]:
    """(sections that the held card lacks or has empty, keys of those that it holds otherwise)."""
    missing, differing = [], []
    for key, section in sections:
        own = held.section(key)
        if own is None or (is_empty(own) and not is_empty(section)):
            missing.append((key, section))
        elif own != section and not is_empty(section):
            differing.append(key)
    return tuple(missing), tuple(differing)
