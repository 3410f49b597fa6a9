"""What the window asks of the program: open books, load and save cards, pages to look at, files to write.

Implemented by `govtracker.app`; the window never imports db, importer or export. Methods marked "slow" are
called on a worker thread, one at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

from govtracker.forms.columns import Setting
from govtracker.forms.schema import Form
from govtracker.model.card import Card, Period, Pledge, Section
from govtracker.model.dates import Term

Progress = Callable[[int, int], bool]
"""(done, of) -> whether to go on."""


@dataclass(frozen=True, slots=True)
class CardItem:
    """A card in the navigator: its fulfilment rate in percent as printed ("" where there is none), and as a number."""

    id: str
    pledge: Pledge
    status: str = ""
    fulfilment: str = ""
    fulfilled: Decimal | None = None


@dataclass(frozen=True, slots=True)
class BookInfo:
    path: Path
    municipality: str
    term: Term
    form: Form
    periods: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class PageImage:
    """A rendered page: RGBX bytes, `scale` pixels a point, (rectangle in pixels, source path) of what can be clicked."""

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
    """What an import would do: `sums` of the ledger; rows of (cell, text, status, what); `handle` commits it."""

    title: str
    pledges: tuple[str, ...]
    sums: Mapping[str, int]
    rows: tuple[tuple[str, str, str, str], ...]
    notes: tuple[str, ...]
    handle: Any


class Desk(Protocol):
    def forms(self) -> list[Form]: ...
    def create(self, path: Path, municipality: str, term: Term, form: str) -> BookInfo: ...
    def open(self, path: Path) -> BookInfo: ...
    def close(self) -> None: ...
    def info(self) -> BookInfo: ...
    def cards(self, period: str) -> list[CardItem]: ...
    def item(self, card: str) -> CardItem: ...
    def load(self, card: str) -> Card: ...
    def save(self, card: str, sections: Mapping[str, Section]) -> str: ...
    def add_pledge(self, number: str, title: str, period: Period) -> str: ...
    def rename(self, pledge: Pledge) -> None: ...
    def add_period(self, label: str, as_of: date) -> None: ...
    def setting(self, card: Card) -> Setting: ...
    def form(self, card: Card) -> Form: ...
    def picture(self, sha: str) -> bytes: ...
    def original(self, sha: str) -> bytes: ...
    def add_picture(self, data: bytes, width: float, height: float) -> str: ...
    def write(self, path: Path, data: bytes) -> None: ...
    def keeps_originals(self) -> bool: ...
    def keep_originals(self, wanted: bool) -> None: ...
    def render(self, card: Card, scale: float) -> list[PageImage]: ...
    def plan_import(self, file: Path, go_on: Callable[[float], bool]) -> ImportPreview: ...
    def commit_import(self, preview: ImportPreview, book: Path | None) -> BookInfo: ...
    def export(
        self, out: Path, period: str, cards: list[str], plain: bool, progress: Progress
    ) -> tuple[int, list[str]]: ...
    def summarize(self, out: Path, period: str, progress: Progress) -> int: ...
    def print_pages(self, period: str, cards: list[str], plain: bool, progress: Progress) -> Pages | None: ...
    def demo(self) -> BookInfo: ...
