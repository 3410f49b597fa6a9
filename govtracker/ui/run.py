"""Starting Qt: the application object, what happens to bugs, the first window."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from govtracker.ui.backend import Backend
from govtracker.ui.kit import theme
from govtracker.ui.kit.message import show_failure
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
    """Show the window on a book (or the start page) until it is closed; the exit code."""
    running = application(sys.argv[:1])
    sys.excepthook = _bug
    window = Window(backend)
    window.show_fitting()
    if book is not None:
        QTimer.singleShot(0, lambda: open_book(window, book))
    return running.exec()


def _bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A bug is shown with its details, and printed."""
    traceback.print_exception(kind, error, trace)
    show_failure(None, error)
