"""Pictures of every window, made from the bundled sample: `python tools/screenshots.py FOLDER WIDTH HEIGHT`.

The scale is Qt's own (QT_SCALE_FACTOR); without a display Qt's offscreen platform paints the same.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from govtracker.app import Program
from govtracker.db.book import Book
from govtracker.importer.assembly.setting import Given
from govtracker.jobs import demo, importing, rolling
from govtracker.ui.commands import shortcuts
from govtracker.ui.help import HelpDialog
from govtracker.ui.run import application
from govtracker.ui.tasks import books
from govtracker.ui.tasks.backups import Backups
from govtracker.ui.tasks.history import History
from govtracker.ui.tasks.new_book import NewBook
from govtracker.ui.tasks.new_pledge import NewPledge
from govtracker.ui.tasks.period_dialogs import Freeze, NextPeriod, Plans
from govtracker.ui.window import Window
from govtracker.ui.wizard.wizard import ImportWizard

OLD, NEW = "2023년 하반기", "2024년 상반기"


def book_in(folder: Path) -> Path:
    """A book of the sample in two periods, with a backup."""
    path = folder / "한빛구 공약.govtracker"
    importing.import_into(path, demo.sample_workbooks()[0].file, Given())
    with Book.open(path) as book:
        rolling.roll(book, OLD, NEW, date(2024, 6, 30))
    return path


class Camera:
    """Takes pictures of one window and of the dialogs over it."""

    def __init__(self, folder: Path, size: tuple[int, int], book: Path) -> None:
        self.folder, self.size, self.book = folder, size, book
        folder.mkdir(parents=True, exist_ok=True)
        self.settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        self.window = Window(Program(), self.settings)
        self.window.resize(*size)
        self.window.show()

    def rest(self, wait: int = 200) -> None:
        """Until nothing is on its way."""
        for _ in range(100):
            QTest.qWait(30)
            if (
                not self.window.worker.busy
                and self.window.session.asked is None
                and not self.window.page_worker.busy
            ):
                break
        QTest.qWait(wait)

    def shot(self, name: str, widget: QWidget | None = None) -> None:
        """The window, or a dialog, as a picture."""
        self.rest()
        (widget or self.window).grab().save(str(self.folder / f"{name}.png"))

    def dialog(self, name: str, made: QDialog) -> None:
        """A dialog that is shown for its picture and closed."""
        made.show()
        QTest.qWait(150)
        made.grab().save(str(self.folder / f"{name}.png"))
        made.close()
        made.deleteLater()

    def take_all(self) -> None:
        """Every window."""
        window = self.window
        self.shot("start")
        books.open_book(window, self.book)
        self.rest()
        window.menus.period.setCurrentIndex(0)
        self.rest()
        last = window.session.cards[-1].id
        window.navigator.wanted.emit(last)
        self.rest()
        view = window.view
        for at in range(view.tabs.count()):
            view.to_tab(at)
            view.enter()
            self.shot(f"tab-{at + 1}")
        window._show_preview(True)
        self.rest(2500)
        view.to_tab(4)
        view.enter()
        self.shot("preview")
        window._show_preview(False)
        window.menus.period.setCurrentIndex(1)
        self.rest()
        self.shot("carried")
        self._dialogs()
        window.close()

    def _dialogs(self) -> None:
        window, backend = self.window, self.window.backend
        opened = window.session.opened
        assert opened is not None
        review = backend.plan_import(demo.sample_workbooks()[0].file, lambda share: True)
        wizard = ImportWizard(window, review, lambda: None)
        wizard.resize(min(1400, self.size[0] - 40), min(860, self.size[1] - 80))
        wizard.show()
        for at in range(3):
            QTest.qWait(200)
            wizard.grab().save(str(self.folder / f"import-{at + 1}.png"))
            if at < 2:
                wizard.forward.click()
        wizard.reject()
        backend.backup_daily()
        plans = [("1", "○ 정기회의 개최"), ("2", "○ 홍보물 배포")]
        self.dialog("new-book", NewBook(window, backend.forms()))
        self.dialog("new-pledge", NewPledge(window, period=True))
        self.dialog(
            "next-period", NextPeriod(window, "다음 기간으로 이월", "이월", NEW, date(2024, 6, 30), ["…"])
        )
        self.dialog("freeze", Freeze(window, NEW, 8))
        self.dialog("plans", Plans(window, "일정별 추진실적", plans))
        self.dialog("history", History(window, opened.id, [("facts", "사업 구분")]))
        self.dialog("backups", Backups(window, backend.backups(self.book)))
        self.dialog("help", HelpDialog(window, shortcuts()))


def main() -> None:
    """Take all pictures into a folder."""
    folder, width, height = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    application(["screenshots"])
    with tempfile.TemporaryDirectory() as place:
        Camera(folder, (width, height), book_in(Path(place))).take_all()


if __name__ == "__main__":
    main()
