"""A book as the jobs take it: a new one, its form and setting, the cards that are asked for, a new pledge in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from govtracker.db.book import Book
from govtracker.db.cards import CardEntry, card_entry, list_cards_of
from govtracker.db.merge import add_cards
from govtracker.db.periods import list_periods
from govtracker.db.pledges import refuse_taken
from govtracker.db.sections import load_card
from govtracker.errors import Refused
from govtracker.forms import loader
from govtracker.forms.columns import Setting
from govtracker.forms.empty import fresh_section
from govtracker.forms.schema import Form
from govtracker.model.card import Card, Period, Pledge
from govtracker.model.dates import Term, parse_term


def new_book(path: Path, municipality: str, term: Term, form: str) -> Book:
    """A new empty book; FormTrouble where there is no such form."""
    return Book.create(path, municipality, term.label(), loader.find(form).key)


def form_of(book: Book) -> Form:
    """The book's form."""
    return loader.find(book.value("form"))


def term_of(book: Book) -> Term:
    """The book's term."""
    return parse_term(book.value("term"))


def setting_of(book: Book, period: Period) -> Setting:
    """Term of the book, as-of date of a period."""
    return Setting(term_of(book), period.as_of)


def add_pledge(book: Book, pledge: Pledge, period: Period) -> str:
    """A new card with what its form's sections begin with; its id.

    BookTrouble where the pledge isn't the book's, and another one has its number (its title, where it has none).
    """
    refuse_taken(book, pledge)
    form, setting = form_of(book), setting_of(book, period)
    sections = tuple((section.key, fresh_section(form, section, setting)) for section in form.section)
    return add_cards(book, [Card(pledge, period, form.key, sections)], {}).cards[0]


def duplicate(book: Book, card: str, pledge: Pledge) -> str:
    """A card of a new pledge in the same period with everything that another card holds; its id.

    BookTrouble as in `add_pledge`.
    """
    refuse_taken(book, pledge)
    held = load_card(book, card_entry(book, card))
    return add_cards(book, [replace(held, pledge=pledge)], {}).cards[0]


def chosen(book: Book, pledges: tuple[str, ...] = (), period: str | None = None) -> list[CardEntry]:
    """Cards by pledges' numbers or titles (all if none) and a period's label (the last one if none).

    Refused where a name fits nothing, or where the period has no card.
    """
    wanted = _period(book, period)
    entries = list_cards_of(book, wanted.id)
    if not entries:
        raise Refused(wanted.label, "이 보고기간에는 카드가 없습니다.", "카드가 있는 보고기간을 고르세요.")
    for name in pledges:
        if not any(_is_named(entry, name) for entry in entries):
            raise Refused(name, "이런 공약이 없습니다.", "관리번호나 공약명을 그대로 쓰세요.")
    return [entry for entry in entries if not pledges or any(_is_named(entry, name) for name in pledges)]


def _is_named(entry: CardEntry, name: str) -> bool:
    return name in (entry.pledge.number, entry.pledge.title)


def _period(book: Book, label: str | None) -> Period:
    """The period of a label, the last one where none is given; Refused where there is none."""
    periods = list_periods(book)
    if not periods:
        raise Refused(
            book.path.name, "대장에 카드가 없습니다.", "먼저 지난해 파일을 가져오거나 공약을 추가하세요."
        )
    if label is None:
        return periods[-1]
    named = next((period for period in periods if period.label == label), None)
    if named is None:
        known = ", ".join(period.label for period in periods)
        raise Refused(label, "이런 보고기간이 없습니다.", f"있는 보고기간: {known}")
    return named
