"""Printing: the PDF's own pages at the printer's resolution, one after another, with a bar and a cancel button."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QDialog

from govtracker.ui.desk import PageImage, Pages
from govtracker.ui.dialogs import Waiting
from govtracker.ui.scope import Chosen, ask

if TYPE_CHECKING:
    from govtracker.ui.window import Window

DPI = 300
MAKING = 0.3
"""Share of the bar for making the pages; the rest is for printing them."""


def print_cards(window: Window) -> None:
    """Ask which cards and which printer, and print them."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    if window.info is None or window.period.currentData() is None or not window.flush():
        return
    chosen = ask(
        window, "인쇄", "인쇄…", list(window.items.values()), window.card_id, front=True, whole=False
    )
    if chosen is None:
        return
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            printer.pageLayout().margins(),
        )
    )
    printer.setFullPage(True)
    if QPrintDialog(printer, window).exec() == QDialog.DialogCode.Accepted:
        print_on(window, printer, chosen)


def print_on(window: Window, printer: Any, chosen: Chosen) -> None:
    """Send the pages to a printer; cancelled, no further page is sent."""
    period = window.period.currentData()

    def job(go_on: Callable[[float], bool]) -> int:
        pages = window.desk.print_pages(
            period.id, list(chosen.cards), chosen.plain, lambda done, of: go_on(MAKING * done / max(1, of))
        )
        return _sent(pages, printer, go_on) if pages is not None else 0

    count = Waiting(window, "인쇄하고 있습니다.").run(window.book_worker, job)
    if count:
        window.say(f"{count}쪽을 인쇄했습니다.")


def _sent(pages: Pages, printer: Any, go_on: Callable[[float], bool]) -> int:
    """How many pages were painted; each is made when its turn comes, so that a long book stays small in memory."""
    painter = QPainter(printer)
    try:
        for number in range(pages.count):
            if not go_on(MAKING + (1 - MAKING) * number / pages.count):
                printer.abort()
                return 0
            if number:
                printer.newPage()
            paint_page(painter, pages.page(number, DPI), printer.paperRect(printer.Unit.DevicePixel).toRect())
    finally:
        painter.end()
        pages.close()
    return pages.count


def paint_page(painter: QPainter, image: PageImage, target: Any) -> None:
    """One page over the whole sheet."""
    painter.drawImage(
        target, QImage(image.data, image.width, image.height, image.width * 4, QImage.Format.Format_RGBX8888)
    )
