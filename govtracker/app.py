"""Builds and wires: the window's `Desk` out of db, importer, export and the forms."""

from __future__ import annotations

import hashlib
import tempfile
import threading
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from govtracker import jobs, pictures
from govtracker.arithmetic import overview
from govtracker.db import store
from govtracker.db.book import Book
from govtracker.export.layout import document
from govtracker.export.pdf.raster import RenderedPages, images
from govtracker.export.pdf.writer import pdf_bytes
from govtracker.export.writing import replace_file
from govtracker.forms import loader
from govtracker.forms.columns import Setting
from govtracker.forms.schema import Form
from govtracker.importer.setting import Given
from govtracker.model.card import Card, Period, Pledge, Section
from govtracker.model.dates import Term, korean_date, parse_term

if TYPE_CHECKING:
    from govtracker.ui.backend import BookInfo, CardItem, ImportPreview, PageImage, Progress


def run(book: Path | None) -> int:
    """The window, until it is closed."""
    from govtracker.ui.run import run as run_window

    return run_window(Program(), book)


class Program:
    """The program behind the window; the book is used by one thread at a time."""

    def __init__(self) -> None:
        self.book: Book | None = None
        self.lock = threading.RLock()
        self.fonts = threading.Lock()

    @property
    def open_book(self) -> Book:
        assert self.book is not None, "no book is open"
        return self.book

    def forms(self) -> list[Form]:
        return [loader.find(key) for key in loader.form_keys()]

    def create(self, path: Path, municipality: str, term: Term, form: str) -> BookInfo:
        with self.lock:
            self.book = jobs.new_book(path, municipality, term, form)
            return self.info()

    def open(self, path: Path) -> BookInfo:
        with self.lock:
            self.close()
            self.book = Book.open(path)
            return self.info()

    def close(self) -> None:
        with self.lock:
            if self.book is not None:
                self.book.close()
                self.book = None

    def info(self) -> BookInfo:
        from govtracker.ui.backend import BookInfo

        with self.lock:
            book = self.open_book
            return BookInfo(
                book.path,
                book.value("municipality"),
                parse_term(book.value("term")),
                jobs.form_of(book),
                tuple(store.periods(book)),
            )

    def cards(self, period: str) -> list[CardItem]:
        with self.lock:
            return [self._item(entry) for entry in store.entries(self.open_book, period)]

    def item(self, card: str) -> CardItem:
        with self.lock:
            return self._item(store.entry(self.open_book, card))

    def _item(self, entry: store.Entry) -> CardItem:
        from govtracker.ui.backend import CardItem

        card = store.load(self.open_book, entry)
        status, rate = overview.shown(loader.find(entry.form), card, self.setting(card))
        return CardItem(entry.card, entry.pledge, status, rate)

    def load(self, card: str) -> Card:
        with self.lock:
            return store.load(self.open_book, store.entry(self.open_book, card))

    def save(self, card: str, sections: Mapping[str, Section]) -> str:
        with self.lock:
            return store.save(
                self.open_book, [store.SectionChange(card, key, section) for key, section in sections.items()]
            )

    def add_pledge(self, number: str, title: str, period: Period) -> str:
        with self.lock:
            return jobs.add_pledge(self.open_book, Pledge(title, number), period)

    def rename(self, pledge: Pledge) -> None:
        with self.lock:
            store.rename_pledge(self.open_book, pledge)

    def add_period(self, label: str, as_of: date) -> None:
        with self.lock:
            store.add_period(self.open_book, Period(label, as_of))

    def setting(self, card: Card) -> Setting:
        with self.lock:
            return jobs.setting_of(self.open_book, card.period)

    def form(self, card: Card) -> Form:
        return loader.find(card.form)

    def picture(self, sha: str) -> bytes:
        with self.lock:
            return store.picture(self.open_book, sha)

    def original(self, sha: str) -> bytes:
        with self.lock:
            return store.original(self.open_book, sha)

    def add_picture(self, data: bytes, width: float, height: float) -> str:
        kept = pictures.fitted(pictures.upright(data), width, height)
        sha = hashlib.sha256(kept).hexdigest()
        with self.lock:
            store.put_picture(self.open_book, sha, kept, None if kept is data else data)
        return sha

    def write(self, path: Path, data: bytes) -> None:
        replace_file(path, data)

    def keeps_originals(self) -> bool:
        with self.lock:
            return store.keeps_originals(self.open_book)

    def keep_originals(self, wanted: bool) -> None:
        with self.lock:
            store.keep_originals(self.open_book, wanted)

    def render(self, card: Card, scale: float) -> list[PageImage]:
        """Pages of one card, `scale` pixels a point."""
        from govtracker.ui.backend import PageImage

        with self.lock:
            municipality, setting = self.open_book.value("municipality"), self.setting(card)
        with self.fonts:
            data, _ = pdf_bytes([document(self.form(card), card, setting, municipality)], self.picture)
        return [PageImage(*pixels) for pixels in images(data, scale)]

    def plan_import(self, file: Path, go_on: Callable[[float], bool]) -> ImportPreview:
        from govtracker.ui.backend import ImportPreview

        with self.lock:
            plan = jobs.plan_file(self.book, file, Given(), None, go_on)
        rows = tuple(
            (f"{e.sheet}!{e.place}", e.text, e.status, e.what)
            for e in (*plan.ledger.cells, *plan.ledger.beside)
        )
        pledges = tuple(f"{c.pledge.number} {c.pledge.title}".strip() for c in plan.cards)
        title = f"{plan.municipality} · {plan.form.name} · {plan.period.label} (기준일 {korean_date(plan.period.as_of)})"
        return ImportPreview(title, pledges, plan.ledger.sums(), rows, tuple(plan.ledger.notes), (file, plan))

    def commit_import(self, preview: ImportPreview, book: Path | None) -> BookInfo:
        file, plan = preview.handle
        with self.lock:
            if book is not None:
                self.book = jobs.new_book(book, plan.municipality, plan.term, plan.form.key)
            jobs.commit(self.open_book, plan, file)
            return self.info()

    def export(
        self, out: Path, period: str, cards: list[str], plain: bool, progress: Progress
    ) -> tuple[int, list[str]]:
        remarks: list[str] = []
        with self.lock, self.fonts:
            entries = self._entries(period, cards)
            count = jobs.export(self.open_book, out, entries, progress, plain=plain, remarks=remarks)
        return count, remarks

    def summarize(self, out: Path, period: str, progress: Progress) -> int:
        with self.lock, self.fonts:
            return jobs.export_summaries(self.open_book, out, period, progress)

    def print_pages(
        self, period: str, cards: list[str], plain: bool, progress: Progress
    ) -> ScreenPages | None:
        with self.lock, self.fonts:
            entries = self._entries(period, cards)
            made = jobs.documents(self.open_book, entries)
            before = None if plain else jobs.front(self.open_book, entries)
            data, _ = pdf_bytes(made, self.picture, progress=progress, front=before)
        return ScreenPages(data) if data else None

    def _entries(self, period: str, cards: list[str]) -> list[store.Entry]:
        return [e for e in store.entries(self.open_book, period) if not cards or e.card in cards]

    def demo(self) -> BookInfo:
        made = jobs.demo(Path(tempfile.mkdtemp(prefix="govtracker-")))
        return self.open(made.book)


class ScreenPages:
    """The pages of a PDF as the window takes them, rendered one by one."""

    def __init__(self, pdf: bytes) -> None:
        self.pages = RenderedPages(pdf)
        self.count = self.pages.count

    def page(self, number: int, dpi: float) -> PageImage:
        from govtracker.ui.backend import PageImage

        return PageImage(*self.pages.page(number, dpi))

    def close(self) -> None:
        self.pages.close()
