"""Books: a new one, another one, the sample."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog

from govtracker.errors import BookDamaged, HeldElsewhere
from govtracker.files import BOOK
from govtracker.session.events import BookChanged
from govtracker.session.state import BookInfo
from govtracker.ui.host import Host
from govtracker.ui.kit.message import ask_to_open
from govtracker.ui.kit.waiting import Waiting
from govtracker.ui.tasks.backups import open_damaged
from govtracker.ui.tasks.new_book import NewBook


def folder_of(path: Path | None) -> str:
    """Where a file dialog begins."""
    return str(path.parent if path else Path.home())


def ask_new_file(host: Host, start: str) -> Path | None:
    """The file of a new book."""
    name, _ = QFileDialog.getSaveFileName(host.widget, "새 대장의 파일", start, BOOK.pattern)
    return BOOK.named(Path(name)) if name else None


def new_book(host: Host) -> None:
    """Ask for the new book's values and its file, and make it."""
    dialog = NewBook(host.widget, host.backend.forms())
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return
    municipality, term, form = dialog.values()
    path = ask_new_file(host, f"{folder_of(None)}/{municipality} 공약 대장{BOOK.suffix}")
    if path is not None:
        host.change_book(lambda: host.backend.create(path, municipality, term, form))


def choose_book(host: Host) -> None:
    """Ask for a book and open it."""
    book = host.session.book
    folder = folder_of(book.path if book else None)
    name, _ = QFileDialog.getOpenFileName(host.widget, "대장 열기", folder, BOOK.pattern)
    if name:
        open_book(host, Path(name))


def open_book(host: Host, path: Path) -> None:
    """Open a book; the one before is closed. Where another computer may have it open somebody says what to do."""
    anyway = False
    held: HeldElsewhere | None = None

    def opened() -> BookInfo | None:
        nonlocal held
        try:
            return host.backend.open(path, anyway=anyway)
        except HeldElsewhere as trouble:
            held = trouble
            return None
        except BookDamaged as trouble:
            return open_damaged(host, path, trouble)

    host.change_book(opened)
    if held is not None and ask_to_open(host.widget, held):
        anyway = True
        host.change_book(opened)


def save_elsewhere(host: Host) -> None:
    """The open book with all that is unsaved as a new file, which is the open one from now on."""
    book = host.session.book
    if book is None:
        return
    path = ask_new_file(host, str(book.path.with_name(f"{book.path.stem} 새로 저장{BOOK.suffix}")))
    if path is not None:
        host.attempt(lambda: host.leave(BookChanged(host.backend.move_to(path))))
        host.save()


def open_demo(host: Host) -> None:
    """Make the sample book in a folder of its own and open it."""
    folder = Path(tempfile.mkdtemp(prefix="govtracker-"))

    def sample() -> BookInfo | None:
        waiting = Waiting(host.widget, "보기 대장을 만들고 있습니다.")
        info: BookInfo | None = waiting.run(host.worker, lambda go_on: host.backend.demo(folder))
        return info

    host.change_book(sample)


def toggle_originals(host: Host) -> None:
    """Keep the originals of pictures from now on, or don't any more."""
    host.attempt(lambda: host.backend.keep_originals(not host.backend.keeps_originals()))
    host.show_checks()
