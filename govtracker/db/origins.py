"""Where the values of cards came from: kept with each section that an import wrote, asked for a place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from govtracker.db.book import Book
from govtracker.db.cards import card_entry
from govtracker.db.merge import Written
from govtracker.db.packing import packed_json, unpacked, unpacked_json
from govtracker.db.sections import load_card
from govtracker.merging.rows import values
from govtracker.model.card import Section
from govtracker.model.origin import Origin, Provenance
from govtracker.model.place import PLEDGE, Place


def packed_origins(
    written: Iterable[Written], origins: Sequence[Sequence[Origin]]
) -> dict[tuple[str, str], bytes]:
    """By card and section what is kept of it: cells and their texts by place, under the ids of the book's records.

    `origins` are those of the cards that came in; where several are of one card, a later one's count.
    """
    found: dict[tuple[str, str], dict[str, list[tuple[str, str]]]] = {}
    for each in written:
        own: dict[str, list[tuple[str, str]]] = {}
        for place, cell, text in origins[each.number] if each.number < len(origins) else ():
            if place.section in (each.key, PLEDGE):
                now = place._replace(id=each.ids.get(place.id, place.id))
                own.setdefault(str(now), []).append((cell, text))
        found.setdefault((each.card, each.key), {}).update(own)
    return {key: packed_json(own) for key, own in found.items()}


def origin_of(book: Book, card: str, place: Place) -> Provenance | None:
    """Where the value at a place of a card came from, None where no import that stands brought it.

    What an import says of a whole record goes for each of its fields.
    """
    rows = book.conn.execute(
        "select section, file, body, origins from import_section join import_run on import_run.id = run"
        " where card = ? and section like ? and undone = '' and origins is not null"
        " order by import_section.rowid desc",
        (card, "%" if place.section == PLEDGE else place.section),
    )
    record = Place(place.section, place.id)
    for row in rows:
        known = unpacked_json(row["origins"])
        for at in (place, record) if place.id else (place,):
            if str(at) in known:
                cells = tuple((cell, text) for cell, text in known[str(at)])
                edited = place.section != PLEDGE and _differ(
                    row["section"], unpacked(row["body"]), _now(book, card, row["section"]), place
                )
                return Provenance(row["file"], cells, edited)
    return None


def _now(book: Book, card: str, key: str) -> Section | None:
    return load_card(book, card_entry(book, card)).section(key)


def _differ(key: str, came: Section, now: Section | None, place: Place) -> bool:
    """Whether another value stands at a place than the one that came."""
    if now is None:
        return True
    return dict(values(key, came)).get(place) != dict(values(key, now)).get(place)
