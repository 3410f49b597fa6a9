"""Builds and wires: the window's `Backend` out of db, importer, export and the forms.

What the first window doesn't need (importer, page engine, writers) is imported where it is first used.
"""

from __future__ import annotations

import contextlib
import hashlib
import threading
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from govtracker import pictures
from govtracker.arithmetic import overview
from govtracker.db.backups import BEFORE_IMPORT, make_backup, newest_whole
from govtracker.db.bin import delete_card, deleted_cards, restore_card
from govtracker.db.book import Book
from govtracker.db.cards import CardEntry, card_entry, list_cards_of
from govtracker.db.periods import add_period, list_periods
from govtracker.db.pictures import keep_originals, keeps_originals, put_picture, read_original, read_picture
from govtracker.db.pledges import fields_of, move_pledge, rename_pledge
from govtracker.db.search import search_cards
from govtracker.db.sections import SectionChange, load_cards, save_sections
from govtracker.export.writing import replace_file
from govtracker.files import Progress, Written
from govtracker.forms import loader
from govtracker.forms.columns import Setting
from govtracker.forms.schema import Form
from govtracker.jobs import books
from govtracker.model.card import Card, Period, Pledge, Section, pictures_of
from govtracker.model.dates import Term
from govtracker.model.place import Place
from govtracker.session.state import BookInfo, CardItem

if TYPE_CHECKING:
    from govtracker.export.pages.printed import PrintedPage
    from govtracker.review import Decisions, FileOutcome, ImportEntry, ImportReview
    from govtracker.ui.backend import PageImage


def run(book: Path | None) -> int:
    """The window, until it is closed."""
    from govtracker.ui.run import run as run_window

    return run_window(Program(), book)


class Program:
    """The program behind the window. Its one lock keeps the book to one thread at a time."""

    def __init__(self) -> None:
        self.book: Book | None = None
        self.lock = threading.RLock()

    @property
    def open_book(self) -> Book:
        assert self.book is not None, "no book is open"
        return self.book

    # ------------------------------------------------------------ books

    def forms(self) -> list[Form]:
        return [loader.find(key) for key in loader.form_keys()]

    def form(self, key: str) -> Form:
        return loader.find(key)

    def create(self, path: Path, municipality: str, term: Term, form: str) -> BookInfo:
        with self.lock:
            self.close()
            self.book = books.new_book(path, municipality, term, form)
            return self.info()

    def open(self, path: Path, *, anyway: bool = False) -> BookInfo:
        with self.lock:
            self.close()
            self.book = Book.open(path, anyway=anyway)
            return self.info()

    def move_to(self, path: Path) -> BookInfo:
        """The open book as a new file, which is the open one from now on."""
        with self.lock:
            self.open_book.copy_to(path)
            other = Book.open(path)
            self.close()
            self.book = other
            return self.info()

    def demo(self, folder: Path) -> BookInfo:
        from govtracker.jobs import demo

        return self.open(demo.demo(folder).book)

    def close(self) -> None:
        with self.lock:
            if self.book is not None:
                self.book.close()
                self.book = None

    def info(self) -> BookInfo:
        with self.lock:
            book = self.open_book
            periods = tuple(list_periods(book))
            return BookInfo(book.path, book.value("municipality"), books.term_of(book), periods)

    # ------------------------------------------------------------ cards

    def cards(self, period: str) -> tuple[CardItem, ...]:
        with self.lock:
            entries = list_cards_of(self.open_book, period)
            cards, term = load_cards(self.open_book, entries), books.term_of(self.open_book)
            return tuple(item_of(entry, card, term) for entry, card in zip(entries, cards, strict=True))

    def read(self, card: str) -> tuple[CardItem, Card]:
        with self.lock:
            entry = card_entry(self.open_book, card)
            (value,) = load_cards(self.open_book, [entry])
            return item_of(entry, value, books.term_of(self.open_book)), value

    def origin(self, card: str, place: Place) -> str:
        from govtracker.jobs.provenance import provenance

        with self.lock:
            return provenance(self.book, card, place) if self.book is not None else ""

    def save(self, card: str, sections: Mapping[str, Section]) -> tuple[str, CardItem]:
        with self.lock:
            changes = [SectionChange(card, key, section) for key, section in sections.items()]
            moment = save_sections(self.open_book, changes)
            return moment, self.read(card)[0]

    def add_card(self, pledge: Pledge, period: Period) -> str:
        with self.lock:
            return books.add_pledge(self.open_book, pledge, period)

    def rename(self, pledge: Pledge) -> None:
        with self.lock:
            rename_pledge(self.open_book, pledge)

    def fields(self) -> tuple[str, ...]:
        with self.lock:
            return tuple(fields_of(self.open_book))

    def duplicate(self, card: str, pledge: Pledge) -> str:
        with self.lock:
            return books.duplicate(self.open_book, card, pledge)

    def move_pledge(self, pledge: str, by: int) -> None:
        with self.lock:
            move_pledge(self.open_book, pledge, by)

    def delete_card(self, card: str) -> None:
        with self.lock:
            delete_card(self.open_book, card)

    def deleted(self) -> tuple[tuple[str, str], ...]:
        with self.lock:
            return tuple(
                (
                    each.entry.card,
                    f"{each.entry.pledge.number} {each.entry.pledge.title} — {each.entry.period.label}"
                    f" ({each.at.replace('T', ' ')[:16]})".strip(),
                )
                for each in deleted_cards(self.open_book)
            )

    def restore(self, card: str) -> BookInfo:
        with self.lock:
            restore_card(self.open_book, card)
            return self.info()

    def search(self, period: str, words: str) -> dict[str, str]:
        with self.lock:
            return search_cards(self.book, period, words) if self.book is not None else {}

    def add_period(self, label: str, as_of: date) -> None:
        with self.lock:
            add_period(self.open_book, Period(label, as_of))

    # ------------------------------------------------------------ history and backups

    def versions(self, card: str, key: str) -> list[tuple[int, str, list[str]]]:
        from govtracker.jobs import history

        with self.lock:
            return history.saved_versions(self.open_book, card, key)

    def version(self, card: str, key: str, number: int) -> Section:
        from govtracker.jobs import history

        with self.lock:
            return history.saved_version(self.open_book, card, key, number)

    def look_after(self) -> tuple[str, ...]:
        from govtracker.jobs import keeping

        with self.lock:
            return tuple(keeping.look_after(self.book)) if self.book is not None else ()

    def backups(self, book: Path) -> tuple[tuple[Path, str], ...]:
        from govtracker.jobs import keeping

        return tuple((each.path, f"{each.at} · {each.why} · {each.size:,}kB") for each in keeping.kept(book))

    def good_backup(self, book: Path) -> tuple[Path, str] | None:
        found = newest_whole(book)
        return (found.path, f"{found.at:%Y-%m-%d %H:%M} · {found.why}") if found else None

    def differing(self, backup: Path) -> tuple[str, ...]:
        from govtracker.jobs import keeping

        with self.lock:
            return tuple(keeping.differing(self.open_book, backup))

    def put_back(self, book: Path, backup: Path) -> BookInfo:
        from govtracker.jobs import keeping

        with self.lock:
            self.close()
            keeping.restore(book, backup)
            return self.open(book)

    # ------------------------------------------------------------ periods

    def roll(self, source: str, target: str, as_of: date) -> BookInfo:
        from govtracker.jobs import rolling

        with self.lock:
            rolling.roll(self.open_book, source, target, as_of)
            return self.info()

    def beyond_term(self, as_of: date) -> str:
        from govtracker.jobs import rolling

        with self.lock:
            return rolling.beyond_term(self.open_book, as_of)

    def carried(self, card: str) -> tuple[frozenset[str], dict[str, list[tuple[str, str]]]]:
        from govtracker.jobs import rolling

        with self.lock:
            return rolling.carried(self.book, card) if self.book is not None else (frozenset(), {})

    def mark_seen(self, card: str, keys: tuple[str, ...]) -> None:
        from govtracker.jobs import rolling

        with self.lock:
            rolling.confirm_sections(self.open_book, card, keys)

    def take_plans(self, card: str, key: str, chosen: frozenset[str], current: Section | None) -> Section:
        from govtracker.jobs import rolling

        with self.lock:
            return rolling.take_plans(self.open_book, card, key, chosen, current)

    def drop_plans(self, card: str, key: str, gone: frozenset[str]) -> None:
        from govtracker.jobs import rolling

        with self.lock:
            rolling.drop_plans(self.open_book, card, key, gone)

    def freeze(self, label: str, progress: Progress) -> BookInfo | None:
        from govtracker.jobs import rolling

        with self.lock:
            return self.info() if rolling.freeze_period(self.open_book, label, progress) else None

    def unfreeze(self, label: str, reason: str) -> BookInfo:
        from govtracker.jobs import rolling

        with self.lock:
            rolling.unfreeze_period(self.open_book, label, reason)
            return self.info()

    def stamp(self, label: str) -> str:
        from govtracker.jobs import rolling

        with self.lock:
            return rolling.stamp(self.open_book, label)

    # ------------------------------------------------------------ pictures

    def picture(self, sha: str) -> bytes:
        with self.lock:
            return read_picture(self.open_book, sha)

    def original(self, sha: str) -> bytes:
        with self.lock:
            return read_original(self.open_book, sha)

    def add_picture(self, data: bytes, width: float, height: float) -> str:
        kept = pictures.fitted(pictures.upright(data), width, height)
        sha = hashlib.sha256(kept).hexdigest()
        with self.lock:
            put_picture(self.open_book, sha, kept, None if kept is data else data)
        return sha

    def keeps_originals(self) -> bool:
        with self.lock:
            return keeps_originals(self.open_book)

    def keep_originals(self, wanted: bool) -> None:
        with self.lock:
            keep_originals(self.open_book, wanted)

    def write(self, path: Path, data: bytes) -> None:
        replace_file(path, data)

    # ------------------------------------------------------------ pages

    def render(self, card: Card, scale: float) -> list[PageImage]:
        """Pages of one card, `scale` pixels a point; the book is used only to read what they need of it."""
        from govtracker.export.layout import document
        from govtracker.export.pdf.raster import images
        from govtracker.export.pdf.writer import pdf_bytes
        from govtracker.ui.backend import PageImage

        held: dict[str, bytes] = {}
        with self.lock:
            municipality = self.open_book.value("municipality")
            setting = books.setting_of(self.open_book, card.period)
            for sha in pictures_of(card):
                with contextlib.suppress(KeyError):
                    held[sha] = read_picture(self.open_book, sha)
        laid: list[PrintedPage] = []
        made = document(self.form(card.form), card, setting, municipality)
        pages = pdf_bytes([made], held.__getitem__, seen=laid.extend)
        return [
            PageImage(*pixels, boxes=_shares(page))
            for pixels, page in zip(images(pages.data, scale), laid, strict=True)
        ]

    def print_pages(self, cards: list[str], *, plain: bool, progress: Progress) -> ScreenPages | None:
        from govtracker.export.pdf.writer import pdf_bytes
        from govtracker.jobs import exporting

        with self.lock:
            entries = [card_entry(self.open_book, card) for card in cards]
            front = None if plain else exporting.front_matter(self.open_book, entries)
            documents = exporting.Documents(self.open_book, entries)
            data = pdf_bytes(documents, self.picture, progress=progress, front=front).data
        return ScreenPages(data) if data else None

    # ------------------------------------------------------------ files

    def plan_import(self, file: Path, go_on: Callable[[float], bool]) -> ImportReview:
        from govtracker.jobs import reviewing

        with self.lock:
            return reviewing.review_file(self.book, file, go_on)

    def plan_pasted(
        self, html: str, text: str, decisions: Decisions, go_on: Callable[[float], bool]
    ) -> ImportReview:
        from govtracker.jobs import reviewing

        with self.lock:
            return reviewing.review_pasted(self.book, html, text, decisions, go_on)

    def plan_again(self, review: ImportReview, decisions: Decisions) -> ImportReview:
        from govtracker.jobs import reviewing

        with self.lock:
            return reviewing.review(self.book, review.handle.path, review.handle.workbook, decisions)

    def commit_import(self, review: ImportReview, book: Path | None) -> BookInfo:
        from govtracker.jobs import importing

        plan = review.handle.plan
        with self.lock:
            if book is not None:
                self.close()
                self.book = books.new_book(book, plan.municipality, plan.term, plan.form.key)
            if book is None:
                make_backup(self.open_book.conn, self.open_book.path, BEFORE_IMPORT)
            importing.commit_reviewed(self.open_book, review)
            return self.info()

    def save_report(self, review: ImportReview, out: Path) -> None:
        from govtracker.jobs import report

        replace_file(out, report.report(review))

    def import_folder(self, folder: Path, go_on: Callable[[float], bool]) -> tuple[FileOutcome, ...]:
        from govtracker.jobs import folder as folders

        with self.lock:
            return folders.import_folder(self.open_book, folder, go_on)

    def save_folder_report(self, outcomes: tuple[FileOutcome, ...], out: Path) -> None:
        from govtracker.jobs import report

        replace_file(out, report.folder_report(outcomes))

    def imports(self) -> tuple[ImportEntry, ...]:
        from govtracker.jobs import undoing

        with self.lock:
            return undoing.entries(self.open_book)

    def undo_import(self, run: str, *, with_edits: bool) -> BookInfo:
        from govtracker.jobs import undoing

        with self.lock:
            undoing.undo(self.open_book, run, with_edits=with_edits)
            return self.info()

    def export(self, out: Path, cards: list[str], *, plain: bool, progress: Progress) -> Written | None:
        from govtracker.jobs import exporting

        with self.lock:
            entries = [card_entry(self.open_book, card) for card in cards]
            front = None if plain else exporting.front_matter(self.open_book, entries)
            return exporting.export(self.open_book, out, entries, front, progress)

    def summarize(self, out: Path, period: str, progress: Progress) -> Written | None:
        from govtracker.jobs import summarising

        with self.lock:
            return summarising.export_summaries(self.open_book, out, period, progress)


def _shares(page: PrintedPage) -> tuple[tuple[Place, float, float, float, float], ...]:
    """Where a page shows which place, in shares of it."""
    wide, high = (side * 72 / 25.4 for side in (210, 297))
    return tuple(
        (box.place, box.x / wide, box.y / high, box.width / wide, box.height / high) for box in page.boxes()
    )


def item_of(entry: CardEntry, card: Card, term: Term) -> CardItem:
    """What the list shows of a card."""
    shown = overview.shown(loader.find(card.form), card, Setting(term, card.period.as_of))
    rate = shown.fulfilment
    return CardItem(entry.card, entry.pledge, shown.status, rate.printed(), rate.value)


class ScreenPages:
    """The pages of a PDF as the window takes them, rendered one by one."""

    def __init__(self, pdf: bytes) -> None:
        from govtracker.export.pdf.raster import RenderedPages

        self.pages = RenderedPages(pdf)
        self.count = self.pages.count

    def page(self, number: int, dpi: float) -> PageImage:
        from govtracker.ui.backend import PageImage

        return PageImage(*self.pages.page(number, dpi))

    def close(self) -> None:
        self.pages.close()
