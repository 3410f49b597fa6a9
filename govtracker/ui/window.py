"""The main window: shows the session, and hands to it what somebody does."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from govtracker.errors import Trouble
from govtracker.model.content import one_line
from govtracker.session import events
from govtracker.session.draft import Change, Step
from govtracker.session.events import Effect, Event
from govtracker.session.state import BookInfo, Session, is_frozen
from govtracker.ui.backend import Backend
from govtracker.ui.cards.absent import AbsentPage
from govtracker.ui.cards.card_view import CardView
from govtracker.ui.cards.navigator import Navigator
from govtracker.ui.cards.preview import Preview, Rail
from govtracker.ui.editors.base import context_of
from govtracker.ui.kit.banner import Banner
from govtracker.ui.kit.message import ask_to_discard, show_failure
from govtracker.ui.kit.worker import Worker
from govtracker.ui.menus import Menus
from govtracker.ui.shell import Shell
from govtracker.ui.start import StartPage
from govtracker.ui.tasks import books, importing, pledges
from govtracker.ui.tasks.backups import tell_damage
from govtracker.ui.tasks.carrying import Carrying
from govtracker.ui.tasks.origins import Origins

NARROW = 1400
"""Pixels of width below which the preview starts collapsed."""
NAME = "공약 추진실적 관리"
ROOMY = (1440, 900)
"""Pixels of a window that was never shown before, where the screen has that room; else it fills the screen."""
BACKUP_AFTER = 4000
"""Milliseconds after a book was opened until the day's backup is made."""
CARD = 520
"""Pixels that a card wants beside list and preview."""


class Window(QMainWindow):
    """A `Host` for the tasks and commands."""

    def __init__(self, backend: Backend, settings: QSettings | None = None) -> None:
        super().__init__()
        self.closed = False
        self.backend = backend
        self.settings = settings or QSettings("GovTracker", "GovTracker")
        self.worker, self.page_worker = Worker("book", self), Worker("pages", self)
        self.shell = Shell(backend, self.worker, self)
        self.shown = Session()
        self.clock = time.monotonic
        self._build()
        self.menus = Menus(self, self)
        self.menus.period.wanted.connect(lambda period: self.leave(events.PeriodChosen(period)))
        self.shell.typed = self.view.commit
        self.shell.changed.connect(self._show)
        self.shell.told.connect(self._tell)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self.view.focus_moved)
        self._show_start()

    @property
    def session(self) -> Session:
        return self.shell.session

    @property
    def widget(self) -> QWidget:
        return self

    # ------------------------------------------------------------ building

    def _build(self) -> None:
        self.start_page = StartPage()
        self.start_page.wanted.connect(self._start_wanted)
        self.start_page.recent_wanted.connect(lambda path: books.open_book(self, Path(path)))
        self.pages = QStackedWidget()
        self.start_area = QScrollArea()
        self.start_area.setWidgetResizable(True)
        self.start_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.start_area.setWidget(self.start_page)
        for whole in (self.start_area, self._book_page()):
            self.pages.addWidget(whole)
        self.setCentralWidget(self.pages)
        self.state, self.where, self.which = QLabel(), QLabel(), QLabel()
        for label in (self.state, self.where):
            self.statusBar().addWidget(label)
        self.statusBar().addPermanentWidget(self.which)

    def _book_page(self) -> QWidget:
        self.navigator = Navigator()
        self.navigator.wanted.connect(lambda card: self.leave(events.CardChosen(card)))
        self.navigator.search_wanted.connect(self._search)
        self.navigator.add_wanted.connect(lambda: pledges.add_pledge(self))
        self.view = CardView()
        self.view.edited.connect(self.edited)
        self.view.renamed.connect(lambda *name: self.shell.handle(events.Renamed(*name)))
        self.view.paused.connect(lambda: self.shell.handle(events.PlaceLeft()))
        self.view.left.connect(self.shell.save)
        self.view.said.connect(self.say)
        self.origins, self.carrying = Origins(self, self.view), Carrying(self, self.view)
        self.absent = AbsentPage()
        self.absent.wanted.connect(lambda: pledges.add_card(self))
        self.centre = QStackedWidget()
        self.centre.addWidget(self.absent)
        self.centre.addWidget(self.view)
        self.preview = Preview(self.backend.render, self.page_worker)
        self.preview.failed.connect(lambda error: self.say(f"미리보기를 만들지 못했습니다: {error}"))
        self.preview.folded.connect(self.toggle_preview)
        self.preview.place_wanted.connect(self.view.go_to)
        self.view.at.connect(self.preview.follow)
        self.rail = Rail()
        self.rail.clicked.connect(self.toggle_preview)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        for widget in (self.navigator, self.centre, self.preview):
            self.splitter.addWidget(widget)
        self.splitter.setStretchFactor(1, 1)
        kept: Any = self.settings.value("panes")
        sizes = [int(each) for each in kept] if isinstance(kept, list) else []
        self.splitter.setSizes(sizes if len(sizes) == 3 and all(sizes) else [272, 760, 424])
        self.splitter.setChildrenCollapsible(False)
        self.banner = Banner()
        self.banner.again.clicked.connect(self.save)
        self.banner.elsewhere.clicked.connect(lambda: books.save_elsewhere(self))
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.splitter, 1)
        row.addWidget(self.rail)
        box.addWidget(self.banner)
        box.addLayout(row, 1)
        return page

    # ------------------------------------------------------------ showing

    def _show(self, session: Session) -> None:
        """What the session says; what it says as before is left alone."""
        before, self.shown = self.shown, session
        if session.book is None:
            if before.book is not None:
                self._show_start()
            return
        if before.book is None or before.book.path != session.book.path:
            self._show_book(session.book)
        self.menus.show_session(session)
        self.navigator.show_cards(session.cards, session.card)
        self._show_card(session)
        self.which.setText(f"{session.book.municipality} 공약 대장 · 공약 {len(session.cards)}건")
        if session.nothing_unsaved:
            self.banner.setVisible(False)

    def _show_card(self, session: Session) -> None:
        opened, book = session.opened, session.book
        card = opened.draft.card if opened else None
        context = None
        if card and book:
            context = context_of(self.backend, book.term, card, self.shell.settle)
        self.view.show_card(opened, context)
        frozen = card is not None and is_frozen(session, card.period.id)
        if frozen != self.view.locked:
            self.view.lock(locked=frozen)
        self.menus.show_frozen(frozen=frozen)
        if opened is not None:
            self.carrying.show_card(opened.id)
        self.preview.show_card(card)
        if card is None:
            self.absent.show_absent(session)
        self.centre.setCurrentWidget(self.absent if card is None else self.view)

    def _show_start(self) -> None:
        """The page without a book."""
        self.setWindowTitle(NAME)
        self.view.show_card(None, None)
        self.preview.show_card(None)
        self.menus.show_session(Session())
        self.pages.setCurrentWidget(self.start_area)
        self.start_page.show_recent([path for path in self._recent() if path.exists()])
        self.start_page.buttons["import"].setFocus()
        self.state.setText("인터넷을 쓰지 않는 프로그램입니다.")
        self.where.setText("")
        self.which.setText("")
        self.banner.setVisible(False)

    def _show_book(self, book: BookInfo) -> None:
        """A book that was opened just now."""
        self.setWindowTitle(f"{book.municipality} 민선{book.term.number}기 공약 대장 — {NAME}")
        self.pages.setCurrentIndex(1)
        recent = [str(book.path), *(str(path) for path in self._recent() if path != book.path)]
        self.settings.setValue("recent", recent[:8])
        self._show_preview(self.width() >= NARROW)
        self.state.setText("열었습니다")
        self.where.setText("")
        self.navigator.tree.setFocus()
        self.show_checks()
        QTimer.singleShot(BACKUP_AFTER, self._backup)

    def _backup(self) -> None:
        """The day's check and backup, while nobody waits for anything; a failure is told and stops nothing."""
        if self.session.book is not None and not self.closed:
            self.worker.run(
                self.backend.look_after,
                lambda told: tell_damage(self, told),
                lambda error: self.say(f"오늘의 백업: {error}"),
            )

    def _tell(self, effect: Effect) -> None:
        """What an effect says in the status bar, over the card or in a message."""
        match effect:
            case events.SaveSoon():
                self.state.setText("고치는 중…")
            case events.Save():
                self.state.setText("저장 중…")
            case events.TellSaved(moment):
                self.state.setText(f"저장됨 {moment}".rstrip())
                self.carrying.saved()
            case events.TellNotSaved(error):
                why = f"{error.fault} {error.remedy}" if isinstance(error, Trouble) else repr(error)
                self.state.setText("저장하지 못함")
                self.banner.tell(f"저장하지 못했습니다. 고친 것은 이 창에 그대로 있습니다.\n{why}")
            case events.TellFailure(error):
                QTimer.singleShot(0, lambda: show_failure(self, error))
            case events.ShowStep(step, back):
                self._show_step(step, back=back)

    def _show_step(self, step: Step | None, *, back: bool) -> None:
        if step is None:
            self.say("더 되돌릴 것이 없습니다." if back else "다시 할 것이 없습니다.")
            return
        self.view.show_step(step)
        self.say(f"{'되돌렸습니다' if back else '다시 했습니다'}: {self._place_of(step)}")

    def _place_of(self, step: Step) -> str:
        """Section and, where it has a name, field of a step."""
        context = self.view.context
        if context is None:
            return step.key
        section = one_line(context.form.section_def(step.key).label)
        caret = step.after or step.before
        fact = context.form.fact.get(caret.place.field) if caret else None
        return f"{section} › {one_line(fact.label)}" if fact else section

    # ------------------------------------------------------------ what somebody does

    def leave(self, event: Event) -> None:
        self.shell.leave(event)

    def edited(self, card: str, change: Change) -> None:
        self.shell.handle(events.Edited(card, change, self.clock()))

    def undo(self) -> None:
        self.leave(events.Undone())

    def redo(self) -> None:
        self.leave(events.Redone())

    def save(self) -> None:
        self.shell.save()

    def flush(self) -> bool:
        return self.shell.flush()

    def settle(self) -> bool:
        return self.shell.settle()

    def _start_wanted(self, what: str) -> None:
        wanted = {
            "import": importing.choose_import,
            "new": books.new_book,
            "open": books.choose_book,
            "demo": books.open_demo,
        }
        wanted[what](self)

    # ------------------------------------------------------------ books

    def _recent(self) -> list[Path]:
        names: Any = self.settings.value("recent", [])
        return [Path(name) for name in ([names] if isinstance(names, str) else list(names or []))]

    def change_book(self, other: Callable[[], BookInfo | None]) -> None:
        before = self.session.book.path if self.session.book else None
        if not self.close_book():
            return
        opened: list[BookInfo | None] = []
        self.attempt(lambda: opened.append(other()))
        if not any(opened) and before is not None:
            self.attempt(lambda: opened.append(self.backend.open(before)))
        for info in opened:
            if info is not None:
                self.shell.handle(events.BookOpened(info))

    def close_book(self) -> bool:
        if self.session.book is None:
            return True
        if not self.flush():
            return False
        self.shell.handle(events.BookClosed())
        self.backend.close()
        return True

    # ------------------------------------------------------------ size

    def show_fitting(self) -> None:
        """Show the window as it was left, else as large as there is room for."""
        kept = self.settings.value("geometry")
        if isinstance(kept, QByteArray) and self.restoreGeometry(kept):
            self.show()
            return
        room = self.screen().availableGeometry()
        wide, high = ROOMY
        if room.width() < wide or room.height() < high + self.fontMetrics().height() * 3:
            self.resize(min(wide, room.width()), min(high, room.height()))
            self.showMaximized()
        else:
            self.resize(wide, high)
            self.show()

    # ------------------------------------------------------------ panes

    def find_pledge(self) -> None:
        if not self.navigator.isVisible():
            self._show_preview(False)
        self.navigator.search.setFocus()

    def _search(self, words: str) -> None:
        """The cards of the shown period whose texts hold some words, as soon as the book says them."""
        period = self.session.period

        def show(hits: dict[str, str]) -> None:
            if self.session.period == period:
                self.navigator.show_hits(words, hits)

        self.worker.run(lambda: self.backend.search(period, words), show)

    def step_pledge(self, by: int) -> None:
        self.navigator.step(by)

    def turn_tab(self, by: int) -> None:
        self.view.turn_tab(by)

    def to_tab(self, number: int) -> None:
        self.view.to_tab(number)

    def tab_sections(self) -> tuple[str, ...]:
        return self.view.shown_sections

    def next_pane(self, by: int) -> None:
        panes: list[tuple[QWidget, Callable[[], object]]] = []
        if self.navigator.isVisible():
            panes.append((self.navigator.search, self.navigator.search.setFocus))
            panes.append((self.navigator.tree, self.navigator.enter))
        if self.session.opened is not None:
            panes.append((self.view, self.view.enter))
        elif self.absent.offers():
            panes.append((self.absent, self.absent.make.setFocus))
        if self.preview.isVisible():
            panes.append((self.preview, self.preview.area.setFocus))
        now: QWidget | None = QApplication.focusWidget()
        at = -1
        if now is not None:
            at = next((i for i, (pane, _) in enumerate(panes) if pane is now or pane.isAncestorOf(now)), -1)
        panes[(at + by) % len(panes) if at >= 0 else 0][1]()

    def toggle_preview(self) -> None:
        self._show_preview(not self.preview_shown())

    def preview_shown(self) -> bool:
        return not self.preview.isHidden()

    def _show_preview(self, shown: bool) -> None:
        self.preview.setVisible(shown)
        self.rail.setVisible(not shown)
        self._make_room()
        self.show_checks()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.session.book is not None:
            self._make_room()

    def _make_room(self) -> None:
        """Where list, card and preview don't fit side by side the list goes while the preview is open."""
        panes = self.navigator.minimumWidth() + CARD + self.preview.minimumWidth()
        self.navigator.setVisible(not self.preview_shown() or self.width() >= panes)
        self.menus.fit(self.width())

    # ------------------------------------------------------------ the rest

    def say(self, text: str) -> None:
        self.where.setText(text)

    def show_checks(self) -> None:
        self.menus.show_checks()

    def attempt(self, job: Callable[[], Any]) -> bool:
        try:
            job()
        except Exception as error:
            show_failure(self, error)
            return False
        return True

    def quit(self) -> None:
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Saves and closes; what can't be saved is given up only where the officer says so."""
        if self.closed:
            return
        if self.shell.flushing:
            event.ignore()
            return
        if not self.close_book():
            if self.session.nothing_unsaved or not ask_to_discard(self):
                event.ignore()
                return
            self.shell.handle(events.BookClosed())
            self.backend.close()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.disconnect(self.view.focus_moved)
        self.closed = True
        self.settings.setValue("geometry", self.saveGeometry())
        self.settings.setValue("panes", self.splitter.sizes())
        self.worker.stop()
        self.page_worker.stop()
        super().closeEvent(event)
