"""The main window: start page or an open book with navigator, card and preview."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from govtracker.errors import Trouble
from govtracker.model.card import Card, Period, Pledge
from govtracker.model.dates import korean_date
from govtracker.session.draft import Draft
from govtracker.ui.backend import BookInfo, CardItem, Desk
from govtracker.ui.cards.card_view import CardView
from govtracker.ui.cards.navigator import Navigator
from govtracker.ui.cards.preview import Preview, Rail
from govtracker.ui.chrome import Chrome
from govtracker.ui.editors.base import surroundings
from govtracker.ui.kit.dialogs import Strip, ask_to_discard, show_failure
from govtracker.ui.kit.worker import Worker
from govtracker.ui.saver import Saver
from govtracker.ui.start import StartPage
from govtracker.ui.tasks import files as exchange
from govtracker.ui.tasks import printing
from govtracker.ui.tasks.picker import Chosen

NARROW = 1400
"""Pixels of width below which the preview starts collapsed."""


class Window(QMainWindow):
    def __init__(self, desk: Desk, settings: QSettings | None = None) -> None:
        super().__init__()
        self.closed = False
        self.desk = desk
        self.settings = settings or QSettings("GovTracker", "GovTracker")
        self.info: BookInfo | None = None
        self.items: dict[str, CardItem] = {}
        self.book_worker = Worker("book", self)
        self.page_worker = Worker("pages", self)
        self.saver = Saver(desk, self.book_worker, self)
        self.saver.busy.connect(lambda: self.state.setText("저장 중…"))
        self.saver.saved.connect(self._saved)
        self.saver.failed.connect(self._not_saved)
        self._build()
        self.chrome = Chrome(self)
        self.period = self.chrome.period
        self.period.currentIndexChanged.connect(self._period_chosen)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self.view.focus_moved)
        self.show_start()

    @property
    def draft(self) -> Draft | None:
        return self.saver.draft

    @property
    def card_id(self) -> str:
        return self.saver.card_id

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
        self.view.left.connect(self.saver.save)
        self.view.renamed.connect(self._rename)
        self.preview = Preview(self.desk.render, self.page_worker)
        self.preview.failed.connect(lambda error: self.say(f"미리보기를 만들지 못했습니다: {error}"))
        self.preview.folded.connect(self.toggle_preview)
        self.rail = Rail()
        self.rail.clicked.connect(self.toggle_preview)
        self.centre = QStackedWidget()
        nothing = QLabel("왼쪽에서 공약을 고르거나 ‘+ 공약 추가’를 누르세요.")
        nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        nothing.setObjectName("muted")
        self.centre.addWidget(nothing)
        self.centre.addWidget(self.view)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        for widget in (self.navigator, self.centre, self.preview):
            self.splitter.addWidget(widget)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([264, 760, 400])
        self.splitter.setChildrenCollapsible(False)
        desk_page = QWidget()
        box = QVBoxLayout(desk_page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.splitter, 1)
        row.addWidget(self.rail)
        self.strip = Strip()
        self.strip.again.clicked.connect(self.save_now)
        box.addWidget(self.strip)
        box.addLayout(row, 1)
        self.pages = QStackedWidget()
        for whole in (self.start_page, desk_page):
            self.pages.addWidget(whole)
        self.setCentralWidget(self.pages)
        self.state, self.where, self.which = QLabel(), QLabel(), QLabel()
        for label in (self.state, self.where):
            self.statusBar().addWidget(label)
        self.statusBar().addPermanentWidget(self.which)

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
        self.strip.setVisible(False)
        self.chrome.enable(False)

    def _recent(self) -> list[Path]:
        found: Any = self.settings.value("recent", [])
        return [Path(name) for name in ([found] if isinstance(found, str) else list(found or []))]

    def _start_wanted(self, what: str) -> None:
        wanted = {"import": self.choose_import, "new": self.new_book, "open": self.choose_book}
        wanted.get(what, self.open_demo)()

    def open_book(self, path: Path) -> None:
        """Open a book; the one before is closed."""
        self.change_book(lambda: self.desk.open(path))

    def change_book(self, other: Callable[[], BookInfo]) -> None:
        """Leave the book for another one; where that fails the one before is opened again."""
        before = self.info.path if self.info else None
        if self.leave() and not self.attempt(lambda: self.show_book(other())) and before is not None:
            self.attempt(lambda: self.show_book(self.desk.open(before)))

    def close_book(self) -> None:
        """Close the book and go to the start page."""
        if self.leave():
            self.show_start()

    def leave(self) -> bool:
        """Save and close the open book; whether that went well."""
        if self.info is None:
            return True
        if not self.flush():
            return False
        self.saver.hold("", None)
        self.info = None
        self.navigator.current = ""
        self.preview.ask(None)
        self.centre.setCurrentIndex(0)
        self.desk.close()
        return True

    def show_book(self, info: BookInfo) -> None:
        """A book that was opened just now."""
        self.setWindowTitle(f"{info.municipality} 민선{info.term.number}기 공약 대장 — 공약 추진실적 관리")
        self.pages.setCurrentIndex(1)
        recent = [str(info.path), *(str(p) for p in self._recent() if p != info.path)]
        self.settings.setValue("recent", recent[:8])
        self.chrome.enable(True)
        self._show_preview(self.width() >= NARROW)
        self.state.setText("열었습니다")
        self.navigator.tree.setFocus()
        self.show_periods(info)

    def reload(self, info: BookInfo) -> None:
        """The open book got other cards: show them anew."""
        self.saver.hold("", None)
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
        self.save_now()
        period: Period | None = self.period.currentData()
        self.chrome.as_of.setText(f"  기준일 {korean_date(period.as_of)} " if period else "")
        if period is None:
            self._show_cards([])
            return
        self.book_worker.run(
            lambda: self.desk.cards(period.id), self._show_cards, lambda error: show_failure(self, error)
        )

    def _show_cards(self, items: list[CardItem]) -> None:
        """The period's cards; the chosen one stays chosen, else the first is."""
        if self.info is None:
            return
        self.items = {item.id: item for item in items}
        if self.navigator.current not in self.items:
            self.navigator.current = ""
        self.navigator.show_cards(items)
        self.which.setText(f"{self.info.municipality} 공약 대장 · 공약 {len(items)}건")
        if not items:
            self.saver.hold("", None)
            self.preview.ask(None)
            self.centre.setCurrentIndex(0)
        elif not self.navigator.current:
            self.navigator.choose(items[0].id)
        elif self.navigator.current != self.card_id:
            self.open_card(self.navigator.current)

    # ------------------------------------------------------------ cards

    def open_card(self, card: str) -> None:
        """Show a card; the one before is saved."""
        self.save_now()
        self.book_worker.run(
            lambda: self.desk.load(card),
            lambda loaded: self._show_card(card, loaded),
            lambda error: show_failure(self, error),
        )

    def _show_card(self, card_id: str, card: Card) -> None:
        if self.info is None or self.navigator.current != card_id:
            return
        self.view.commit()
        draft = self.saver.hold(card_id, card)
        assert draft is not None
        self.view.show_draft(draft, surroundings(self.desk, card))
        if card_id in self.items:
            self.view.show_overview(self.items[card_id])
        self.centre.setCurrentIndex(1)
        self.where.setText(f"{card.pledge.number} {card.pledge.title}".strip())
        self.preview.ask(draft.card, now=True)

    def _changed(self) -> None:
        if self.draft is not None:
            self.state.setText("고치는 중…")
            self.saver.touch()
            self.preview.ask(self.draft.card)

    def _rename(self, number: str, title: str) -> None:
        if self.draft is None:
            return
        old, period = self.draft.card.pledge, self.draft.card.period.id
        pledge = Pledge(title, number, old.field, old.id)
        self.view.show_pledge(pledge)
        self.where.setText(f"{number} {title}".strip())
        self.preview.ask(self.draft.card)

        def job() -> list[CardItem]:
            self.desk.rename(pledge)
            return self.desk.cards(period)

        def done(items: list[CardItem]) -> None:
            self.state.setText("저장됨")
            shown: Period | None = self.period.currentData()
            if shown is not None and shown.id == period:
                self._show_cards(items)

        def failed(error: BaseException) -> None:
            if self.draft is not None and self.draft.card.pledge == pledge:
                self.view.show_pledge(old)
            show_failure(self, error)

        self.book_worker.run(job, done, failed)

    def add_pledge(self) -> None:
        exchange.add_pledge(self)

    # ------------------------------------------------------------ saving

    def save_now(self) -> None:
        """Take over what is being typed and save."""
        self.view.commit()
        self.saver.save()

    def flush(self) -> bool:
        """Save everything and wait for it; whether nothing is left unsaved."""
        self.view.commit()
        return self.saver.flush()

    def _saved(self, moment: str, item: CardItem | None) -> None:
        self.strip.setVisible(False)
        self.state.setText(f"저장됨 {moment}")
        if item is not None and item.id in self.items:
            self.items[item.id] = item
            self.navigator.update_card(item)
            if item.id == self.card_id:
                self.view.show_overview(item)

    def _not_saved(self, error: BaseException) -> None:
        """What was not saved stays and is tried again; a strip says so until then."""
        why = f"{error.fault} {error.remedy}" if isinstance(error, Trouble) else repr(error)
        self.state.setText("저장하지 못함")
        self.strip.tell(f"저장하지 못했습니다. 고친 것은 이 창에 그대로 있습니다.\n{why}")

    # ------------------------------------------------------------ files

    def new_book(self) -> None:
        exchange.new_book(self)

    def choose_book(self) -> None:
        exchange.choose_book(self)

    def open_demo(self) -> None:
        exchange.open_demo(self)

    def choose_import(self) -> None:
        exchange.choose_import(self)

    def import_file(self, file: Path) -> None:
        exchange.import_file(self, file)

    def choose_export(self, kind: str) -> None:
        exchange.choose_export(self, kind)

    def export_to(self, out: Path, chosen: Chosen | None = None) -> None:
        exchange.export_to(self, out, chosen)

    def print_cards(self) -> None:
        printing.print_cards(self)

    # ------------------------------------------------------------ the rest

    def toggle_preview(self) -> None:
        """Show or hide the pages beside the card."""
        self._show_preview(not self.preview.isVisible())

    def _show_preview(self, shown: bool) -> None:
        self.preview.setVisible(shown)
        self.rail.setVisible(not shown)
        self.chrome.actions["preview"].setChecked(shown)
        if shown and self.draft is not None:
            QTimer.singleShot(0, self._ask_pages)

    def _ask_pages(self) -> None:
        if self.draft is not None:
            self.preview.ask(self.draft.card, now=True)

    def say(self, text: str) -> None:
        """Tell in the status bar."""
        self.where.setText(text)

    def attempt(self, job: Callable[[], Any]) -> bool:
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
        """Saves and closes; what can't be saved is given up only where the officer says so."""
        if self.closed:
            return
        if not self.leave():
            if not ask_to_discard(self):
                event.ignore()
                return
            self.saver.drop()
            self.desk.close()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.disconnect(self.view.focus_moved)
        self.closed = True
        self.book_worker.stop()
        self.page_worker.stop()
        super().closeEvent(event)
