"""The saved versions of a section in words: when each was saved, and in what it differs from how the section is now."""

from __future__ import annotations

from govtracker.db.book import Book
from govtracker.db.cards import card_entry
from govtracker.db.history import version_of, versions
from govtracker.db.sections import load_card
from govtracker.forms import loader
from govtracker.jobs.books import setting_of
from govtracker.jobs.naming import Names
from govtracker.merging.three_way import merge
from govtracker.model.card import Section


def saved_versions(book: Book, card: str, key: str) -> list[tuple[int, str, list[str]]]:
    """(number, when it was saved, a line for each value that is another one now), the newest first."""
    entry = card_entry(book, card)
    names = Names(loader.find(entry.form), setting_of(book, entry.period))
    now = load_card(book, entry).section(key)
    found = []
    for each in versions(book, card, key):
        differences = merge(key, each.section, each.section, now).differences if now is not None else ()
        lines = [names.row(number, difference).sentence for number, difference in enumerate(differences)]
        found.append((each.number, each.saved_at.replace("T", " ")[:16], lines))
    return found


def saved_version(book: Book, card: str, key: str, number: int) -> Section:
    """A section as a version had it."""
    return version_of(book.conn, card, key, number)
