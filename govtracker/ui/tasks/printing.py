"""Printing: the PDF's own pages at the printer's resolution, one after another, with a bar and a cancel button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QDialog

from govtracker.errors import FileTrouble
from govtracker.ui.backend import PageImage, Pages
from govtracker.ui.host import Host
from govtracker.ui.kit.waiting import Waiting
from govtracker.ui.tasks.picker import Chosen, ask

DPI = 300
MAKING = 0.3
"""Share of the bar for making the pages; the rest is for printing them."""


def print_cards(host: Host) -> None:
    """Ask which cards and which printer, and print them."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    if not host.session.cards or not host.flush():
        return
    session = host.session
    chosen = ask(host.widget, "인쇄", "인쇄…", session.cards, session.card, front=True, whole=False)
    if chosen is None:
        return
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    size, upright = QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(size, upright, printer.pageLayout().margins()))
    printer.setFullPage(True)
    if QPrintDialog(printer, host.widget).exec() == QDialog.DialogCode.Accepted:
        print_on(host, printer, chosen)


def print_on(host: Host, printer: Any, chosen: Chosen) -> None:
    """Send the pages to a printer; cancelled, no further page is sent."""

    def job(go_on: Callable[[float], bool]) -> int:
        pages = host.backend.print_pages(
            list(chosen.cards),
            plain=chosen.plain,
            progress=lambda done, of: go_on(MAKING * done / max(1, of)),
        )
        return _sent(pages, printer, go_on) if pages is not None else 0

    count = Waiting(host.widget, "인쇄하고 있습니다.").run(host.worker, job)
    if count:
        host.say(f"{count}쪽을 인쇄했습니다.")


def _sent(pages: Pages, printer: Any, go_on: Callable[[float], bool]) -> int:
    """How many pages were painted; each is made when its turn comes, so that a long book stays small in memory.

    FileTrouble where the printer takes no more.
    """
    wanted = asked_for(pages.count, printer.fromPage(), printer.toPage())
    painter = QPainter()
    try:
        if not painter.begin(printer):
            raise _refused()
        for done, number in enumerate(wanted):
            if not go_on(MAKING + (1 - MAKING) * done / len(wanted)):
                printer.abort()
                return 0
            if done and not printer.newPage():
                raise _refused()
            paint_page(painter, pages.page(number, DPI), printer.paperRect(printer.Unit.DevicePixel).toRect())
    finally:
        if painter.isActive():
            painter.end()
        pages.close()
    return len(wanted)


def asked_for(count: int, first: int, last: int) -> range:
    """Places of the pages that the print dialog asks for: from `first` to `last` (1-based), all where they are 0."""
    return range(max(0, first - 1), min(count, last or count))


def _refused() -> FileTrouble:
    return FileTrouble(
        "인쇄", "프린터가 쪽을 받지 않습니다.", "프린터가 켜져 있고 이어져 있는지 확인한 뒤 다시 인쇄하세요."
    )


def paint_page(painter: QPainter, image: PageImage, target: Any) -> None:
    """One page over the whole sheet."""
    painter.drawImage(
        target, QImage(image.data, image.width, image.height, image.width * 4, QImage.Format.Format_RGBX8888)
    )
