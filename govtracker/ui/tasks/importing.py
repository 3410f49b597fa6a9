"""Importing a workbook: planned in a child process, looked at, asked about where it isn't this book's, committed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox

from govtracker.files import BOOK, IMPORTED
from govtracker.session.events import BookChanged
from govtracker.session.state import BookInfo
from govtracker.ui.backend import ImportPreview
from govtracker.ui.host import Host
from govtracker.ui.kit.waiting import Waiting
from govtracker.ui.tasks.books import ask_new_file, folder_of
from govtracker.ui.tasks.import_dialog import ImportDialog


def choose_import(host: Host) -> None:
    """Ask for a workbook, show what it holds, and import it on consent."""
    book = host.session.book
    folder = folder_of(book.path if book else None)
    pattern = f"엑셀과 표 ({' '.join(f'*{suffix}' for suffix in IMPORTED)})"
    name, _ = QFileDialog.getOpenFileName(host.widget, "가져올 엑셀", folder, pattern)
    if name:
        import_file(host, Path(name))


def import_file(host: Host, file: Path) -> None:
    """Plan, show, ask, commit; nothing is written before."""
    if host.session.book is not None and not host.flush():
        return
    preview: ImportPreview | None = Waiting(host.widget, f"{file.name}을(를) 읽고 있습니다.").run(
        host.worker, lambda go_on: host.backend.plan_import(file, go_on)
    )
    if preview is None or ImportDialog(host.widget, preview).exec() != QDialog.DialogCode.Accepted:
        return
    if host.session.book is None:
        path = ask_new_file(host, str(file.with_suffix(BOOK.suffix)))
        if path is not None:
            host.change_book(lambda: host.backend.commit_import(preview, path))
    elif not preview.differences or _is_wanted(host, preview):
        host.attempt(lambda: _commit(host, preview))


def _commit(host: Host, preview: ImportPreview) -> None:
    """Into the open book, which then shows the period that the cards came into.

    The card as it is now is shown before anything can be typed: what was open is older than what came in.
    """
    info: BookInfo = host.backend.commit_import(preview, None)
    period = next((each.id for each in info.periods if each.label == preview.period), "")
    host.leave(BookChanged(info, period))
    host.settle()


def _is_wanted(host: Host, preview: ImportPreview) -> bool:
    """Whether a file that isn't this book's is to be imported all the same; not doing so is the default."""
    box = QMessageBox(host.widget)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("가져오기")
    box.setText("이 파일은 열려 있는 대장의 것이 아닌 것 같습니다.")
    box.setInformativeText("\n".join(preview.differences))
    stay = box.addButton("가져오지 않기", QMessageBox.ButtonRole.RejectRole)
    go = box.addButton("그래도 이 대장에 가져오기", QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    return box.clickedButton() is go
