"""Starting Qt: the application object, what happens to bugs, the first window."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from govtracker.ui.backend import Desk
from govtracker.ui.kit import theme
from govtracker.ui.kit.dialogs import show_failure
from govtracker.ui.window import Window


def application(arguments: list[str]) -> QApplication:
    """The application object, Korean and dressed."""
    found = QApplication.instance()
    made = found if isinstance(found, QApplication) else QApplication(arguments)
    made.setApplicationName("GovTracker")
    translator = QTranslator(made)
    if translator.load(
        QLocale("ko_KR"), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    ):
        made.installTranslator(translator)
    theme.apply(made)
    return made


def run(desk: Desk, book: Path | None) -> int:
    """Show the window on a book (or the start page) until it is closed; the exit code."""
    made = application(sys.argv[:1])
    sys.excepthook = _bug
    window = Window(desk)
    window.resize(1440, 900)
    window.show()
    if book is not None:
        QTimer.singleShot(0, lambda: window.open_book(book))
    return made.exec()


def _bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A bug is shown with its details, and printed."""
    traceback.print_exception(kind, error, trace)
    show_failure(None, error)
