"""All cards of a book as plain JSON: as they print, or without losing anything."""

from __future__ import annotations

from typing import Any

from govtracker.db.book import Book
from govtracker.db.cards import list_cards
from govtracker.db.sections import load_cards
from govtracker.forms import loader
from govtracker.forms.columns import Setting
from govtracker.jobs.books import term_of
from govtracker.jobs.dump import project
from govtracker.model.codec import encode


def dump(book: Book) -> dict[str, Any]:
    """All cards with their printed labels; for people and other programs."""
    term = term_of(book)
    cards = load_cards(book, list_cards(book))
    return {
        "cards": [project(loader.find(card.form), card, Setting(term, card.period.as_of)) for card in cards]
    }


def dump_whole(book: Book) -> dict[str, Any]:
    """All cards without losing anything, with the book's own values."""
    values = {key: book.value(key) for key in ("municipality", "term", "form")}
    return {"book": values, "cards": [encode(card) for card in load_cards(book, list_cards(book))]}
