"""What the window asks for: books, a new pledge, import with its preview, export and print with a bar and a cancel button."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QDialog, QFileDialog

from govtracker.model.card import Period
from govtracker.ui.desk import PageImage
from govtracker.ui.dialogs import NewBook, NewPledge, Waiting, folder_of
from govtracker.ui.import_dialog import ImportDialog

if TYPE_CHECKING:
    from govtracker.ui.window import Window

BOOKS, SHEETS, PDFS = "대장 (*.govtracker)", "엑셀 통합 문서 (*.xlsx)", "PDF (*.pdf)"
DPI = 300


def ending(name: str, suffix: str) -> Path:
    """The path with the suffix that its kind of file has."""
    path = Path(name)
    return path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)


def new_book(window: Window) -> None:
    """Ask for the new book's values and its file, and make it."""
    dialog = NewBook(window, window.desk.forms())
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return
    municipality, term, form = dialog.values()
    start = f"{folder_of(None)}/{municipality} 공약 대장.govtracker"
    name, _ = QFileDialog.getSaveFileName(window, "새 대장의 파일", start, BOOKS)
    if name:
        path = ending(name, ".govtracker")
        window.change_book(lambda: window.desk.create(path, municipality, term, form))


def choose_book(window: Window) -> None:
    """Ask for a book and open it."""
    folder = folder_of(window.info.path if window.info else None)
    name, _ = QFileDialog.getOpenFileName(window, "대장 열기", folder, BOOKS)
    if name:
        window.open_book(Path(name))


def open_demo(window: Window) -> None:
    """Make the sample book and open it."""
    if not window.leave():
        return
    info = Waiting(window, "보기 대장을 만들고 있습니다.").run(
        window.book_worker, lambda go_on: window.desk.demo()
    )
    if info is not None:
        window.show_book(info)
    else:
        window.desk.close()
        window.show_start()


def add_pledge(window: Window) -> None:
    """Ask for a number and a title, and add the pledge to the period."""
    if window.info is None or not window.flush():
        return
    dialog = NewPledge(window, period=not window.info.periods)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return
    number, title = dialog.number.text().strip(), dialog.title.text().strip()

    def add() -> None:
        if window.info is not None and not window.info.periods:
            window.desk.add_period(dialog.label.text().strip(), dialog.day())
        period: Period = window.period.currentData() or window.desk.info().periods[-1]
        window.navigator.current = window.desk.add_pledge(number, title, period)
        window.show_periods(window.desk.info(), period.id)

    window.attempt(add)


def choose_import(window: Window) -> None:
    """Ask for a workbook, show what it holds, and import it on consent."""
    name, _ = QFileDialog.getOpenFileName(
        window, "가져올 엑셀", folder_of(window.info.path if window.info else None), SHEETS
    )
    if name:
        import_file(window, Path(name))


def import_file(window: Window, file: Path) -> None:
    """Plan in a child process, preview, commit."""
    if window.info is not None and not window.flush():
        return
    preview = Waiting(window, f"{file.name}을(를) 읽고 있습니다.").run(
        window.book_worker, lambda go_on: window.desk.plan_import(file, go_on)
    )
    if preview is None or ImportDialog(window, preview).exec() != QDialog.DialogCode.Accepted:
        return
    book: Path | None = None
    if window.info is None:
        name, _ = QFileDialog.getSaveFileName(
            window, "새 대장의 파일", str(file.with_suffix(".govtracker")), BOOKS
        )
        if not name:
            return
        book = ending(name, ".govtracker")

    def commit() -> None:
        info = window.desk.commit_import(preview, book)
        if book is None:
            window.reload(info)
        else:
            window.show_book(info)

    window.attempt(commit)


def choose_export(window: Window, kind: str) -> None:
    """Ask for the file and write all cards of the period."""
    if window.info is None or window.period.currentData() is None:
        return
    suffix = ".pdf" if kind == PDFS else ".xlsx"
    start = window.info.path.with_name(f"{window.info.path.stem} {window.period.currentText()}{suffix}")
    name, _ = QFileDialog.getSaveFileName(window, "내보내기", str(start), kind)
    if name:
        export_to(window, ending(name, suffix))


def export_to(window: Window, out: Path) -> None:
    """Write the period's cards to a file."""
    period = window.period.currentData()
    if period is None or not window.flush():
        return
    done_: tuple[int, list[str]] | None = Waiting(window, f"{out.name}을(를) 만들고 있습니다.").run(
        window.book_worker,
        lambda go_on: window.desk.export(out, period.id, [], lambda done, of: go_on(done / max(1, of))),
    )
    count, remarks = done_ or (0, [])
    if count:
        small = f" 칸에 맞추려고 글자를 줄인 곳이 {len(remarks)}군데 있습니다." if remarks else ""
        made = "쪽" if out.suffix.lower() == ".pdf" else "개 시트"
        window.say(f"{out.name}: {count}{made}을(를) 만들었습니다.{small}")


def choose_summary(window: Window) -> None:
    """Ask for the file (PDF or workbook) and write the summary forms of the period."""
    if window.info is None or window.period.currentData() is None:
        return
    label = f"{window.info.path.stem} {window.period.currentText()} 현황표.pdf"
    start = window.info.path.with_name(label)
    name, kind = QFileDialog.getSaveFileName(window, "현황표 내보내기", str(start), f"{PDFS};;{SHEETS}")
    if name:
        given = Path(name).suffix.lower()
        other = ".xlsx" if kind == SHEETS else ".pdf"
        summary_to(window, Path(name) if given in (".pdf", ".xlsx") else ending(name, other))


def summary_to(window: Window, out: Path) -> None:
    """Write the summary forms of the period to a file."""
    period = window.period.currentData()
    if period is None or not window.flush():
        return
    count = Waiting(window, f"{out.name}을(를) 만들고 있습니다.").run(
        window.book_worker,
        lambda go_on: window.desk.summarize(out, period.label, lambda done, of: go_on(done / max(1, of))),
    )
    if count:
        window.say(
            f"{out.name}: {count}{'쪽' if out.suffix.lower() == '.pdf' else '개 시트'}을(를) 만들었습니다."
        )


def print_cards(window: Window) -> None:
    """Print the period's cards: the PDF's own pages at the printer's resolution (at least 300 dpi)."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    if window.info is None or window.period.currentData() is None or not window.flush():
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
        print_on(window, printer)


def print_on(window: Window, printer: Any) -> None:
    """Send the pages to a printer."""
    period = window.period.currentData()
    images: list[PageImage] | None = Waiting(window, "인쇄할 쪽을 만들고 있습니다.").run(
        window.book_worker,
        lambda go_on: window.desk.print_pages(period.id, [], DPI, lambda done, of: go_on(done / max(1, of))),
    )
    if not images:
        return
    painter = QPainter(printer)
    for number, image in enumerate(images):
        if number:
            printer.newPage()
        paint_page(painter, image, printer.paperRect(printer.Unit.DevicePixel).toRect())
    painter.end()
    window.say(f"{len(images)}쪽을 인쇄했습니다.")


def paint_page(painter: QPainter, image: PageImage, target: Any) -> None:
    """One page over the whole sheet."""
    painter.drawImage(
        target, QImage(image.data, image.width, image.height, image.width * 4, QImage.Format.Format_RGBX8888)
    )
