"""What the window asks for: books, a new pledge, import with its preview, export with a bar and a cancel button."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QFileDialog

from govtracker.model.card import Period
from govtracker.ui.kit.dialogs import NewBook, NewPledge, Remarks, Waiting, folder_of
from govtracker.ui.tasks.importing import ImportDialog
from govtracker.ui.tasks.picker import Chosen, ask, named

if TYPE_CHECKING:
    from govtracker.ui.window import Window

BOOKS, SHEETS, PDFS = "대장 (*.govtracker)", "엑셀 통합 문서 (*.xlsx)", "PDF (*.pdf)"


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
    """Ask for the cards and the file, and write them."""
    if window.info is None or window.period.currentData() is None or not window.items:
        return
    pdf = kind == PDFS
    title = "PDF로 내보내기" if pdf else "엑셀로 내보내기"
    items = list(window.items.values())
    chosen = ask(window, title, "파일 고르기…", items, window.card_id, front=pdf, whole=True)
    if chosen is None:
        return
    alone = window.items[chosen.cards[0]] if len(chosen.cards) == 1 else None
    label = file_name(named(alone)) if alone else window.period.currentText()
    suffix = ".pdf" if pdf else ".xlsx"
    start = window.info.path.with_name(f"{window.info.path.stem} {label}{suffix}")
    name, _ = QFileDialog.getSaveFileName(window, "내보내기", str(start), kind)
    if name:
        export_to(window, ending(name, suffix), chosen)


def file_name(text: str) -> str:
    """A text as a part of a file's name, legal everywhere."""
    return " ".join(re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", text).split())[:60]


def export_to(window: Window, out: Path, chosen: Chosen | None = None) -> None:
    """Write chosen cards of the period (all where none are) to a file; tell what the reader should know of them."""
    period = window.period.currentData()
    if period is None or not window.flush():
        return
    wanted = chosen or Chosen(())
    done_: tuple[int, list[str]] | None = Waiting(window, f"{out.name}을(를) 만들고 있습니다.").run(
        window.book_worker,
        lambda go_on: window.desk.export(
            out, period.id, list(wanted.cards), wanted.plain, lambda done, of: go_on(done / max(1, of))
        ),
    )
    count, remarks = done_ or (0, [])
    if count:
        made = "쪽" if out.suffix.lower() == ".pdf" else "개 시트"
        seen = f" 살펴볼 곳이 {len(remarks)}군데 있습니다." if remarks else ""
        window.say(f"{out.name}: {count}{made}을(를) 만들었습니다.{seen}")
    if remarks:
        Remarks(window, f"{out.name} — 살펴볼 곳", remarks).show()


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
