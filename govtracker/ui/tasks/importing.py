"""Importing a workbook: read in a child process, gone through in the wizard, committed; and taking an import back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog

from govtracker.errors import Refused
from govtracker.files import BOOK, IMPORTED
from govtracker.review import Decisions, ImportReview
from govtracker.session.events import BookChanged
from govtracker.session.state import BookInfo
from govtracker.ui.host import Host
from govtracker.ui.kit.message import show_failure
from govtracker.ui.kit.waiting import Waiting
from govtracker.ui.tasks.books import ask_new_file, folder_of
from govtracker.ui.tasks.undo_import import UndoImport
from govtracker.ui.wizard.wizard import ImportWizard


def choose_import(host: Host) -> None:
    """Ask for a workbook, show what it holds, and import it on consent."""
    file = _ask(host)
    if file is not None:
        import_file(host, file)


def _ask(host: Host) -> Path | None:
    book = host.session.book
    folder = folder_of(book.path if book else None)
    pattern = f"엑셀과 표 ({' '.join(f'*{suffix}' for suffix in IMPORTED)})"
    name, _ = QFileDialog.getOpenFileName(host.widget, "가져올 엑셀", folder, pattern)
    return Path(name) if name else None


def _reviewed(host: Host, file: Path) -> ImportReview | None:
    found: ImportReview | None = Waiting(host.widget, f"{file.name}을(를) 읽고 있습니다.").run(
        host.worker, lambda go_on: host.backend.plan_import(file, go_on)
    )
    return found


def import_file(host: Host, file: Path) -> None:
    """Read, go through, commit; nothing is written before."""
    if host.session.book is not None and not host.flush():
        return
    review = _reviewed(host, file)
    if review is not None:
        _go_through(host, review, file.with_suffix(BOOK.suffix))


def paste_import(host: Host) -> None:
    """Import the table in the clipboard; what names no pledge is of the open one, in the open period."""
    if host.session.book is not None and not host.flush():
        return
    data = QGuiApplication.clipboard().mimeData()
    html, text = data.html(), data.text()
    if not text.strip() and "<table" not in html.lower():
        show_failure(
            host.widget,
            Refused("클립보드", "붙여 넣을 표가 없습니다.", "엑셀에서 표를 복사하고 다시 누르세요."),
        )
        return
    opened, period = host.session.opened, host.session.chosen_period
    decisions = Decisions(
        period=period.label if period else None,
        as_of=period.as_of if period else None,
        pledge=(opened.item.pledge.number, opened.item.pledge.title) if opened else None,
    )
    review: ImportReview | None = Waiting(host.widget, "붙여 넣은 표를 읽고 있습니다.").run(
        host.worker, lambda go_on: host.backend.plan_pasted(html, text, decisions, go_on)
    )
    if review is not None:
        _go_through(host, review, Path.home() / f"공약 대장{BOOK.suffix}")


def _go_through(host: Host, review: ImportReview, new: Path) -> None:
    """The wizard, and what it ends with; `new` = the file that a new book would be."""

    def another() -> ImportReview | None:
        other = _ask(host)
        return _reviewed(host, other) if other is not None else None

    wizard = ImportWizard(host, review, another)
    if wizard.exec() != QDialog.DialogCode.Accepted:
        return
    review = wizard.review
    if host.session.book is None:
        path = ask_new_file(host, str(new))
        if path is not None:
            host.change_book(lambda: host.backend.commit_import(review, path))
    else:
        host.attempt(lambda: _commit(host, review))


def _commit(host: Host, review: ImportReview) -> None:
    """Into the open book, which then shows the period that the cards came into.

    The card as it is now is shown before anything can be typed: what was open is older than what came in.
    """
    written = review.written
    _changed(host, host.backend.commit_import(review, None), review.period)
    host.say(f"{review.file}: 공약 {written}건을 가져왔습니다. 편집 › 가져오기 되돌리기로 되돌립니다.")


def _changed(host: Host, info: BookInfo, period: str) -> None:
    host.leave(BookChanged(info, next((each.id for each in info.periods if each.label == period), "")))
    host.settle()


def undo_import(host: Host) -> None:
    """Show the imports that still stand with what was changed since, and take one back on consent."""
    if not host.flush():
        return
    dialog = UndoImport(host.widget, host.backend.imports())
    if dialog.exec() != QDialog.DialogCode.Accepted or dialog.chosen is None:
        return
    run, with_edits = dialog.chosen, dialog.with_edits.isChecked()

    def take_back() -> None:
        period = host.session.chosen_period
        info = host.backend.undo_import(run.id, with_edits=with_edits)
        _changed(host, info, period.label if period else "")
        host.say(f"{run.file}: 가져오기를 되돌렸습니다.")

    host.attempt(take_back)
