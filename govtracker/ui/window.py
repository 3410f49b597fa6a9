"""The main window: navigator, card, preview; menus; saving by itself, off the UI thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QPageLayout, QPageSize, QPainter, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from govtracker.draft import Draft
from govtracker.model.card import Pledge, Section
from govtracker.model.dates import korean_date
from govtracker.ui import help as help_page
from govtracker.ui.card_view import CardView, UndoFilter
from govtracker.ui.desk import BookInfo, CardItem, Desk, PageImage
from govtracker.ui.dialogs import NewBook, NewPledge, Waiting, folder_of, show_failure
from govtracker.ui.editors.base import Surroundings
from govtracker.ui.import_dialog import ImportDialog
from govtracker.ui.navigator import Navigator
from govtracker.ui.preview import Preview
from govtracker.ui.start import StartPage
from govtracker.ui.worker import Worker

SAVE_AFTER = 1000
"""Milliseconds after the last change until it is saved."""
NARROW = 1400
"""Pixels of width below which the preview starts collapsed."""
BOOKS, SHEETS, PDFS = "대장 (*.govtracker)", "엑셀 통합 문서 (*.xlsx)", "PDF (*.pdf)"


class Window(QMainWindow):
    def __init__(self, desk: Desk, settings: QSettings | None = None) -> None:
        super().__init__()
        self.desk = desk
        self.settings = settings or QSettings("GovTracker", "GovTracker")
        self.info: BookInfo | None = None
        self.draft: Draft | None = None
        self.card_id = ""
        self.unsaved: list[tuple[str, dict[str, Section]]] = []
        self.saving = False
        self.book_worker = Worker("book", self)
        self.page_worker = Worker("pages", self)
        self.save_timer = QTimer(self)
        self.save_timer.setSingleShot(True)
        self.save_timer.setInterval(SAVE_AFTER)
        self.save_timer.timeout.connect(self.save)
        self._build()
        self._actions()
        self.undo_filter = UndoFilter(self)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self.undo_filter)
        self.show_start()

    # ------------------------------------------------------------ building

    def _build(self) -> None:
        self.setMinimumSize(QSize(960, 600))
        self.start_page = StartPage()
        self.start_page.wanted.connect(self._start_wanted)
        self.start_page.recent_wanted.connect(lambda path: self.open_book(Path(path)))
        self.navigator = Navigator()
        self.navigator.chosen.connect(self.open_card)
        self.navigator.add_wanted.connect(self.add_pledge)
        self.view = CardView()
        self.view.changed.connect(self._changed)
        self.view.left.connect(self.save)
        self.view.renamed.connect(self._rename)
        self.preview = Preview(self.desk.render, self.page_worker)
        self.preview.failed.connect(lambda error: self._say(f"미리보기를 만들지 못했습니다: {error}"))
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        centre = QStackedWidget()
        nothing = QLabel("왼쪽에서 공약을 고르거나 ‘+ 공약 추가’를 누르세요.")
        nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        nothing.setObjectName("muted")
        centre.addWidget(nothing)
        centre.addWidget(self.view)
        self.centre = centre
        for widget in (self.navigator, centre, self.preview):
            self.splitter.addWidget(widget)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([272, 700, 424])
        self.splitter.setCollapsible(1, False)
        desk_page = QWidget()
        box = QVBoxLayout(desk_page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._strip())
        box.addWidget(self.splitter, 1)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.start_page)
        self.pages.addWidget(desk_page)
        self.setCentralWidget(self.pages)
        self.state, self.where, self.which = QLabel(), QLabel(), QLabel()
        self.statusBar().addWidget(self.state)
        self.statusBar().addWidget(self.where)
        self.statusBar().addPermanentWidget(self.which)

    def _strip(self) -> QWidget:
        """Shown until a failed save succeeds."""
        self.strip = QWidget()
        row = QHBoxLayout(self.strip)
        self.strip_text = QLabel()
        self.strip_text.setObjectName("problem")
        again = QPushButton("다시 저장")
        again.clicked.connect(self.save)
        row.addWidget(self.strip_text, 1)
        row.addWidget(again)
        self.strip.setVisible(False)
        return self.strip

    def _actions(self) -> None:
        bar = self.menuBar()
        file, edit, look = bar.addMenu("파일(&F)"), bar.addMenu("편집(&E)"), bar.addMenu("보기(&V)")
        pledge, about = bar.addMenu("공약(&P)"), bar.addMenu("도움말(&H)")
        self.actions_: dict[str, QAction] = {}
        self._action(file, "new", "새 대장…", self.new_book, QKeySequence.StandardKey.New)
        self._action(file, "open", "대장 열기…", self.choose_book, QKeySequence.StandardKey.Open)
        file.addSeparator()
        self._action(file, "import", "가져오기…", self.choose_import, "Ctrl+I")
        self._action(file, "pdf", "PDF로 내보내기…", lambda: self.choose_export(PDFS), "Ctrl+E")
        self._action(file, "excel", "엑셀로 내보내기…", lambda: self.choose_export(SHEETS))
        self._action(file, "print", "인쇄…", self.print_cards, QKeySequence.StandardKey.Print)
        file.addSeparator()
        self._action(file, "save", "지금 저장", self._save_now, QKeySequence.StandardKey.Save)
        self._action(file, "close", "대장 닫기", self.close_book)
        self._action(file, "quit", "끝내기", self.close, QKeySequence.StandardKey.Quit)
        self._action(edit, "undo", "되돌리기", lambda: self.view.step(back=True), "Ctrl+Z")
        self._action(edit, "redo", "다시 하기", lambda: self.view.step(back=False), "Ctrl+Y")
        self._action(look, "preview", "미리보기", self.toggle_preview, "F9")
        self._action(look, "tab+", "다음 탭", lambda: self._turn_tab(1), "Ctrl+Tab")
        self._action(look, "tab-", "앞 탭", lambda: self._turn_tab(-1), "Ctrl+Shift+Tab")
        self._action(pledge, "add", "공약 추가…", self.add_pledge)
        self._action(pledge, "find", "공약 찾기", lambda: self.navigator.search.setFocus(), "Ctrl+K")
        self._action(pledge, "next", "다음 공약", lambda: self.navigator.step(1), "Ctrl+PgDown")
        self._action(pledge, "previous", "앞 공약", lambda: self.navigator.step(-1), "Ctrl+PgUp")
        self._action(about, "help", "도움말", lambda: help_page.show(self), "F1")
        for number in range(9):
            shortcut = QShortcut(QKeySequence(f"Alt+{number + 1}"), self)
            shortcut.activated.connect(lambda number=number: self._to_tab(number))
        self._toolbar()

    def _action(
        self, menu: Any, key: str, text: str, run: Callable[[], Any], shortcut: Any = None
    ) -> QAction:
        action = QAction(text, self)
        if shortcut is not None:
            action.setShortcut(QKeySequence(shortcut))
        action.triggered.connect(lambda: run())
        menu.addAction(action)
        self.actions_[key] = action
        return action

    def _toolbar(self) -> None:
        bar = self.addToolBar("도구")
        bar.setMovable(False)
        for key, text in (("import", "가져오기"), ("pdf", "PDF로"), ("excel", "엑셀로"), ("print", "인쇄")):
            self.actions_[key].setIconText(text)
            bar.addAction(self.actions_[key])
        bar.addSeparator()
        for key in ("undo", "redo"):
            bar.addAction(self.actions_[key])
        space = QWidget()
        space.setSizePolicy(
            space.sizePolicy().horizontalPolicy().Expanding, space.sizePolicy().verticalPolicy()
        )
        bar.addWidget(space)
        bar.addWidget(QLabel("보고기간 "))
        self.period = QComboBox()
        self.period.setMinimumWidth(150)
        self.period.setAccessibleName("보고기간")
        self.period.currentIndexChanged.connect(self._period_chosen)
        bar.addWidget(self.period)
        self.as_of = QLabel()
        bar.addWidget(self.as_of)
        bar.addAction(self.actions_["preview"])
        self.bar = bar

    def _enable(self) -> None:
        for key in (
            "pdf",
            "excel",
            "print",
            "save",
            "close",
            "undo",
            "redo",
            "preview",
            "tab+",
            "tab-",
            "add",
            "find",
            "next",
            "previous",
        ):
            self.actions_[key].setEnabled(self.info is not None)
        self.bar.setVisible(self.info is not None)

    # ------------------------------------------------------------ books

    def show_start(self) -> None:
        """The page without a book."""
        self.info = None
        self.setWindowTitle("공약 추진실적 관리")
        self.pages.setCurrentIndex(0)
        self.start_page.show_recent([path for path in self._recent() if path.exists()])
        self.start_page.buttons["import"].setFocus()
        self.state.setText("인터넷을 쓰지 않는 프로그램입니다.")
        self.where.setText("")
        self.which.setText("")
        self._enable()

    def _recent(self) -> list[Path]:
        found = self.settings.value("recent", [])
        return [Path(name) for name in ([found] if isinstance(found, str) else list(found or []))]  # type: ignore[call-overload]

    def _start_wanted(self, what: str) -> None:
        {
            "import": self.choose_import,
            "new": self.new_book,
            "open": self.choose_book,
            "demo": self.open_demo,
        }[what]()

    def new_book(self) -> None:
        """Ask for the new book's values and its file, and make it."""
        dialog = NewBook(self, self.desk.forms())
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        municipality, term, form = dialog.values()
        name, _ = QFileDialog.getSaveFileName(
            self, "새 대장의 파일", f"{folder_of(None)}/{municipality} 공약 대장.govtracker", BOOKS
        )
        if name and self._leave():
            self._try(
                lambda: self._show_book(
                    self.desk.create(_ending(name, ".govtracker"), municipality, term, form)
                )
            )

    def choose_book(self) -> None:
        """Ask for a book and open it."""
        name, _ = QFileDialog.getOpenFileName(
            self, "대장 열기", folder_of(self.info.path if self.info else None), BOOKS
        )
        if name:
            self.open_book(Path(name))

    def open_book(self, path: Path) -> None:
        """Open a book; the one before is closed."""
        if self._leave():
            self._try(lambda: self._show_book(self.desk.open(path)))

    def open_demo(self) -> None:
        """Make the sample book and open it."""
        if not self._leave():
            return
        info = Waiting(self, "보기 대장을 만들고 있습니다.").run(
            self.book_worker, lambda go_on: self.desk.demo()
        )
        if info is not None:
            self._show_book(info)

    def close_book(self) -> None:
        """Close the book and go to the start page."""
        if self._leave():
            self.show_start()

    def _leave(self) -> bool:
        """Save and close the open book; whether that went well."""
        if self.info is None:
            return True
        if not self.flush():
            return False
        self.draft, self.card_id, self.info = None, "", None
        self.navigator.current = ""
        self.preview.ask(None)
        self.centre.setCurrentIndex(0)
        self.desk.close()
        return True

    def _show_book(self, info: BookInfo) -> None:
        self.info = info
        self.setWindowTitle(f"{info.municipality} 민선{info.term.number}기 공약 대장 — 공약 추진실적 관리")
        self.pages.setCurrentIndex(1)
        recent = [str(info.path), *(str(p) for p in self._recent() if p != info.path)]
        self.settings.setValue("recent", recent[:8])
        self._enable()
        self.preview.setVisible(self.width() >= NARROW)
        self.state.setText("열었습니다")
        self.show_periods(info)

    def show_periods(self, info: BookInfo, choose: str = "") -> None:
        """The book's periods in the box, the last (or the named) one chosen."""
        self.info = info
        self.period.blockSignals(True)
        self.period.clear()
        for period in info.periods:
            self.period.addItem(period.label, period)
        at = next((i for i, p in enumerate(info.periods) if p.id == choose), len(info.periods) - 1)
        self.period.setCurrentIndex(at)
        self.period.blockSignals(False)
        self._period_chosen()

    def _period_chosen(self) -> None:
        if self.info is None:
            return
        self.save()
        period = self.period.currentData()
        if period is None:
            self.as_of.setText("")
            self.navigator.show_cards([])
            self.centre.setCurrentIndex(0)
            self._tell_count(0)
            return
        self.as_of.setText(f"  기준일 {korean_date(period.as_of)} ")
        self.book_worker.run(
            lambda: self.desk.cards(period.id), self._show_cards, lambda error: show_failure(self, error)
        )

    def _show_cards(self, items: list[CardItem]) -> None:
        self.items = {item.id: item for item in items}
        keep = self.card_id if self.card_id in self.items else ""
        self.navigator.current = keep
        self.navigator.show_cards(items)
        self._tell_count(len(items))
        if not keep and items:
            self.navigator.choose(items[0].id)
        elif not items:
            self.draft, self.card_id = None, ""
            self.centre.setCurrentIndex(0)

    def _tell_count(self, count: int) -> None:
        if self.info is not None:
            self.which.setText(f"{self.info.municipality} 공약 대장 · 공약 {count}건")

    # ------------------------------------------------------------ cards

    def open_card(self, card: str) -> None:
        """Show a card; the one before is saved."""
        self.view.commit()
        self.save()
        self.book_worker.run(
            lambda: self.desk.load(card),
            lambda loaded: self._show_card(card, loaded),
            lambda error: show_failure(self, error),
        )

    def _show_card(self, card_id: str, card: Any) -> None:
        if self.info is None or self.navigator.current != card_id:
            return
        self.card_id = card_id
        self.draft = Draft(card)
        around = Surroundings(
            self.desk.form(card), self.desk.setting(card), self.desk.picture, self.desk.add_picture
        )
        self.view.show_draft(self.draft, around)
        self.view.show_overview(self.items[card_id])
        self.centre.setCurrentIndex(1)
        self.where.setText(f"{card.pledge.number} {card.pledge.title}".strip())
        self.preview.ask(card, now=True)

    def _changed(self) -> None:
        if self.draft is None:
            return
        self.state.setText("고치는 중…")
        self.save_timer.start()
        self.preview.ask(self.draft.card)

    def _rename(self, number: str, title: str) -> None:
        if self.draft is None:
            return
        old = self.draft.card.pledge
        pledge = Pledge(title, number, old.field, old.id)
        card_id = self.card_id

        def done(_: object) -> None:
            self.state.setText("저장됨")
            if self.info is not None:
                self.book_worker.run(
                    lambda: (self.desk.load(card_id), self.desk.cards(self.period.currentData().id)), renamed
                )

        def renamed(result: Any) -> None:
            card, items = result
            self._show_cards(items)
            if self.card_id == card_id and self.draft is not None:
                self.draft.card = type(card)(card.pledge, card.period, card.form, self.draft.card.sections)
                self.where.setText(f"{number} {title}".strip())
                self.preview.ask(self.draft.card)

        self.book_worker.run(lambda: self.desk.rename(pledge), done, lambda error: show_failure(self, error))

    def add_pledge(self) -> None:
        """Ask for a number and a title, and add the pledge to the period."""
        if self.info is None:
            return
        dialog = NewPledge(self, period=not self.info.periods)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        number, title = dialog.number.text().strip(), dialog.title.text().strip()
        if not self.info.periods and not self._try(
            lambda: self.desk.add_period(dialog.label.text().strip(), dialog.day())
        ):
            return
        info = self.desk.info()
        period = self.period.currentData() or info.periods[-1]

        def add() -> None:
            self.card_id = self.desk.add_pledge(number, title, period)
            self.show_periods(self.desk.info(), period.id)
            self.open_card(self.card_id)

        self.flush()
        self._try(add)

    # ------------------------------------------------------------ saving

    def save(self) -> None:
        """Give what changed to the worker; it is acknowledged in the status bar."""
        self.save_timer.stop()
        if self.draft is not None and self.draft.dirty:
            self.unsaved.append((self.card_id, self.draft.take_dirty()))
        if self.unsaved and not self.saving:
            self.saving = True
            card, sections = self.unsaved[0]
            self.state.setText("저장 중…")
            self.book_worker.run(
                lambda: (self.desk.save(card, sections), self._overview(card)), self._saved, self._not_saved
            )

    def _overview(self, card: str) -> CardItem | None:
        period = self.period.currentData()
        return (
            next((item for item in self.desk.cards(period.id) if item.id == card), None) if period else None
        )

    def _saved(self, result: tuple[str, CardItem | None]) -> None:
        moment, item = result
        self.saving = False
        del self.unsaved[0]
        self.strip.setVisible(False)
        self.state.setText(f"저장됨 {moment}")
        if item is not None:
            self.items[item.id] = item
            self.navigator.update_card(item)
            if item.id == self.card_id:
                self.view.show_overview(item)
        if self.unsaved:
            self.save()

    def _not_saved(self, error: BaseException) -> None:
        """What was not saved stays and is tried again; a strip says so until then."""
        self.saving = False
        self.state.setText("저장하지 못함")
        self.strip_text.setText(f"저장하지 못했습니다. 고친 것은 이 창에 그대로 있습니다. ({error})")
        self.strip.setVisible(True)

    def _save_now(self) -> None:
        self.view.commit()
        self.save()

    def flush(self, seconds: float = 30) -> bool:
        """Save everything and wait for it; whether nothing is left unsaved."""
        self.view.commit()
        self.save()
        tries = 0
        while (self.saving or self.unsaved or self.book_worker.busy) and tries < seconds * 100:
            QApplication.processEvents()
            QApplication.sendPostedEvents()
            _pause()
            tries += 1
            if self.unsaved and not self.saving and self.strip.isVisible():
                return False
        return not self.unsaved

    # ------------------------------------------------------------ import, export, print

    def choose_import(self) -> None:
        """Ask for a workbook, show what it holds, and import it on consent."""
        name, _ = QFileDialog.getOpenFileName(
            self, "가져올 엑셀", folder_of(self.info.path if self.info else None), SHEETS
        )
        if name:
            self.import_file(Path(name))

    def import_file(self, file: Path) -> None:
        """Plan in a child process, preview, commit."""
        if self.info is not None and not self.flush():
            return
        preview = Waiting(self, f"{file.name}을(를) 읽고 있습니다.").run(
            self.book_worker, lambda go_on: self.desk.plan_import(file, go_on)
        )
        if preview is None or ImportDialog(self, preview).exec() != QDialog.DialogCode.Accepted:
            return
        book: Path | None = None
        if self.info is None:
            name, _ = QFileDialog.getSaveFileName(
                self, "새 대장의 파일", str(file.with_suffix(".govtracker")), BOOKS
            )
            if not name:
                return
            book = _ending(name, ".govtracker")

        def commit() -> None:
            info = self.desk.commit_import(preview, book)
            if book is None:
                self.card_id = ""
                self.show_periods(info)
            else:
                self._show_book(info)

        self._try(commit)

    def choose_export(self, kind: str) -> None:
        """Ask for the file and write all cards of the period."""
        if self.info is None or self.period.currentData() is None:
            return
        ending = ".pdf" if kind == PDFS else ".xlsx"
        start = self.info.path.with_name(f"{self.info.path.stem} {self.period.currentText()}{ending}")
        name, _ = QFileDialog.getSaveFileName(self, "내보내기", str(start), kind)
        if name:
            self.export_to(_ending(name, ending))

    def export_to(self, out: Path) -> None:
        """Write the period's cards to a file, with a bar and a cancel button."""
        if not self.flush():
            return
        period = self.period.currentData()
        waiting = Waiting(self, f"{out.name}을(를) 만들고 있습니다.")
        count = waiting.run(
            self.book_worker,
            lambda go_on: self.desk.export(out, period.id, [], lambda done, of: go_on(done / max(1, of))),
        )
        if count:
            self._say(f"{out.name}: {count}{'쪽' if out.suffix == '.pdf' else '개 시트'}을(를) 만들었습니다.")

    def print_cards(self) -> None:
        """Print the period's cards: the PDF's own pages at the printer's resolution (at least 300 dpi)."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        if self.info is None or self.period.currentData() is None or not self.flush():
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
        if QPrintDialog(printer, self).exec() == QDialog.DialogCode.Accepted:
            self.print_on(printer)

    def print_on(self, printer: Any) -> None:
        """Send the pages to a printer."""
        period = self.period.currentData()
        images: list[PageImage] | None = Waiting(self, "인쇄할 쪽을 만들고 있습니다.").run(
            self.book_worker,
            lambda go_on: self.desk.print_pages(
                period.id, [], 300, lambda done, of: go_on(done / max(1, of))
            ),
        )
        if not images:
            return
        painter = QPainter(printer)
        for number, image in enumerate(images):
            if number:
                printer.newPage()
            paint_page(painter, image, printer.paperRect(printer.Unit.DevicePixel).toRect())
        painter.end()
        self._say(f"{len(images)}쪽을 인쇄했습니다.")

    # ------------------------------------------------------------ the rest

    def toggle_preview(self) -> None:
        """Show or hide the pages beside the card."""
        self.preview.setVisible(not self.preview.isVisible())
        if self.preview.isVisible() and self.draft is not None:
            self.preview.ask(self.draft.card, now=True)

    def _turn_tab(self, by: int) -> None:
        count = self.view.tabs.count()
        if count:
            self._to_tab((self.view.tabs.currentIndex() + by) % count)

    def _to_tab(self, number: int) -> None:
        if number < self.view.tabs.count():
            self.view.tabs.setCurrentIndex(number)

    def _say(self, text: str) -> None:
        self.where.setText(text)

    def _try(self, job: Callable[[], Any]) -> bool:
        """Do something that the world may refuse; whether it was done."""
        try:
            job()
        except Exception as error:
            show_failure(self, error)
            if self.info is None:
                self.show_start()
            return False
        return True

    def closeEvent(self, event: QCloseEvent) -> None:
        """Saves and closes; stays open while something can't be saved."""
        if not self._leave():
            event.ignore()
            return
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self.undo_filter)
        self.book_worker.stop()
        self.page_worker.stop()
        super().closeEvent(event)


def paint_page(painter: QPainter, image: PageImage, target: Any) -> None:
    """One page over the whole sheet."""
    from PySide6.QtGui import QImage

    painter.drawImage(
        target, QImage(image.data, image.width, image.height, image.width * 4, QImage.Format.Format_RGBX8888)
    )


def _ending(name: str, ending: str) -> Path:
    path = Path(name)
    return path if path.suffix.lower() == ending else path.with_name(path.name + ending)


def _pause() -> None:
    """Let the worker run for a moment."""
    import time

    time.sleep(0.01)
