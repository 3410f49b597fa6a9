"""What the window asks of the program: books, cards, pages to look at, files to write.

Implemented by `govtracker.app.Program`; the window never imports db, importer or export. ARCHITECTURE.md says
which thread calls what (Threads).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from govtracker.forms.schema import Form
from govtracker.model.card import Card, Period, Pledge, Section
from govtracker.model.dates import Term
from govtracker.session.state import BookInfo, CardItem

Progress = Callable[[int, int], bool]
"""(done, of) -> whether to go on."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """A rendered page: its size in pixels and its RGBX bytes."""

    width: int
    height: int
    data: bytes


class Pages(Protocol):
    """Pages that are rendered one by one."""

    count: int

    def page(self, number: int, dpi: float) -> PageImage: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would do: `sums` of the ledger; rows of (cell, text, status, what); `handle` commits it.

    `period` is the label of the period that the cards come into; `differences` are sentences that say in what the
    file is not this book's (another municipality, term or form).
    """

    title: str
    pledges: tuple[str, ...]
    sums: Mapping[str, int]
    rows: tuple[tuple[str, str, str, str], ...]
    notes: tuple[str, ...]
    period: str
    handle: Any
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written: `count` of what (`쪽`, `개 시트`), and what the reader should look at."""

    count: int
    unit: str
    remarks: tuple[str, ...] = ()


class Backend(Protocol):
    """The program behind the window."""

    def forms(self) -> list[Form]: ...
    def create(self, path: Path, municipality: str, term: Term, form: str) -> BookInfo: ...
    def open(self, path: Path) -> BookInfo: ...
    def close(self) -> None: ...
    def info(self) -> BookInfo: ...
    def demo(self, folder: Path) -> BookInfo: ...

    def cards(self, period: str) -> tuple[CardItem, ...]: ...
    def read(self, card: str) -> tuple[CardItem, Card]: ...
    def save(self, card: str, sections: Mapping[str, Section]) -> tuple[str, CardItem]: ...
    def add_card(self, pledge: Pledge, period: Period) -> str: ...
    def rename(self, pledge: Pledge) -> None: ...
    def add_period(self, label: str, as_of: date) -> None: ...

    def form(self, key: str) -> Form: ...
    def picture(self, sha: str) -> bytes: ...
    def original(self, sha: str) -> bytes: ...
    def add_picture(self, data: bytes, width: float, height: float) -> str: ...
    def keeps_originals(self) -> bool: ...
    def keep_originals(self, wanted: bool) -> None: ...
    def write(self, path: Path, data: bytes) -> None: ...

    def render(self, card: Card, scale: float) -> list[PageImage]: ...
    def plan_import(self, file: Path, go_on: Callable[[float], bool]) -> ImportPreview: ...
    def commit_import(self, preview: ImportPreview, book: Path | None) -> BookInfo: ...
    def export(self, out: Path, cards: list[str], *, plain: bool, progress: Progress) -> Written | None: ...
    def summarize(self, out: Path, period: str, progress: Progress) -> Written | None: ...
    def print_pages(self, cards: list[str], *, plain: bool, progress: Progress) -> Pages | None: ...
