"""Cards of a book as their forms print them, to one file of any kind that there is a writer of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import overload

from govtracker.db.book import Book
from govtracker.db.cards import CardEntry
from govtracker.db.pictures import read_picture
from govtracker.db.sections import each_card, load_card, load_cards
from govtracker.export.document import Document
from govtracker.export.layout import document
from govtracker.export.pdf.front import Front
from govtracker.export.pdf.front import words as front_words
from govtracker.export.writers import Publication, writer_of
from govtracker.files import Progress, Written
from govtracker.forms import loader
from govtracker.forms.columns import Setting
from govtracker.jobs.books import form_of, setting_of, term_of
from govtracker.model.card import Card
from govtracker.model.dates import korean_date


class Documents(Sequence[Document]):
    """The cards as their forms print them, read and laid out when they are asked for: a book never lies in memory."""

    def __init__(self, book: Book, entries: Sequence[CardEntry]) -> None:
        self.book, self.entries = book, entries
        self.municipality, self.term = book.value("municipality"), term_of(book)

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[Document]:
        return (self._laid(card) for card in each_card(self.book, self.entries))

    @overload
    def __getitem__(self, at: int) -> Document: ...
    @overload
    def __getitem__(self, at: slice) -> list[Document]: ...
    def __getitem__(self, at: int | slice) -> Document | list[Document]:
        if isinstance(at, slice):
            return [self._laid(card) for card in load_cards(self.book, self.entries[at])]
        return self._laid(load_card(self.book, self.entries[at]))

    def _laid(self, card: Card) -> Document:
        setting = Setting(self.term, card.period.as_of)
        return document(loader.find(card.form), card, setting, self.municipality)


def cards_title(entries: Sequence[CardEntry]) -> str:
    """What a book of these cards is called: by their form's name, or in neutral words where they are of several."""
    forms = {entry.form for entry in entries}
    return loader.find(forms.pop()).name if len(forms) == 1 else front_words()["mixed"]


def front_matter(book: Book, entries: Sequence[CardEntry]) -> Front | None:
    """Cover and contents of a book's cards; None for a single card."""
    if len(entries) < 2:
        return None
    form, period = form_of(book), entries[0].period
    term, words = setting_of(book, period).term, front_words()
    return Front(
        owner=book.value("municipality"),
        title=cards_title(entries),
        term=words["term"].format(term=term.number),
        period=period.label,
        as_of=words["as_of"].format(as_of=korean_date(period.as_of)),
        entries=tuple((entry.pledge.number, entry.pledge.title) for entry in entries),
        margins=(form.page.left, form.page.right, form.page.top, form.page.bottom),
    )


def publication(book: Book, entries: Sequence[CardEntry], front: Front | None) -> Publication:
    """Some cards as they go to a file, after the cover and contents that are given."""
    title = f"{book.value('municipality')} {cards_title(entries)}"
    return Publication(Documents(book, entries), lambda sha: read_picture(book, sha), title, front)


def export(
    book: Book, out: Path, entries: Sequence[CardEntry], front: Front | None, progress: Progress | None = None
) -> Written | None:
    """Write cards to a file, of the kind that its name ends with; None where `progress` said stop.

    FileTrouble where the file can't be written, Refused where nothing writes such files.
    """
    return writer_of(out).write(out, publication(book, entries, front), progress)
