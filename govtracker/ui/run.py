"""Starting Qt: the application object, what happens to bugs, the first window."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from govtracker.ui.backend import Backend
from govtracker.ui.kit import theme
from govtracker.ui.kit.message import show_failure
from govtracker.ui.kit.single import Listener, copy_name, is_handed_over
from govtracker.ui.tasks.books import open_book
from govtracker.ui.window import Window


def application(arguments: list[str]) -> QApplication:
    """The application object, Korean and dressed."""
    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else QApplication(arguments)
    application.setApplicationName("GovTracker")
    translator = QTranslator(application)
    if translator.load(
        QLocale("ko_KR"), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    ):
        application.installTranslator(translator)
    theme.apply(application)
    return application


def run(backend: Backend, book: Path | None) -> int:
    """Show the window on a book (or the start page) until it is closed; the exit code.

    Where the program runs on this desktop already, its window comes to the front with the book instead.
    """
    running = application(sys.argv[:1])
    sys.excepthook = _bug
    name = copy_name(running.platformName())
    if name and is_handed_over(name, book):
        return 0
    window = Window(backend)
    window.show_fitting()
    if name:
        Listener(name, lambda wanted: come_forward(window, wanted), window)
    if book is not None:
        QTimer.singleShot(0, lambda: open_book(window, book))
    return running.exec()


def come_forward(window: Window, book: Path | None) -> None:
    """The window above the others, on a book that was started a second time; a dialog that is open is left alone."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.raise_()
    window.activateWindow()
    opened = window.session.book
    if book is None or (opened is not None and same_file(opened.path, book)):
        return
    if QApplication.activeModalWidget() is not None:
        window.say(f"열린 창을 닫은 뒤 여세요: {book.name}")
        return
    open_book(window, book)


def same_file(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file."""
    try:
        return one.samefile(other)
    except OSError:
        return False


def _bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A bug is shown with its details, and printed."""
    traceback.print_exception(kind, error, trace)
    show_failure(None, error)
