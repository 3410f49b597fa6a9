"""Runs the session: events in, effects to the workers, answers back; nobody else changes what is open."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from govtracker.errors import BookBusy
from govtracker.model.card import Pledge
from govtracker.session import events
from govtracker.session.events import Effect, Event
from govtracker.session.state import Session
from govtracker.session.step import step
from govtracker.ui.backend import Backend
from govtracker.ui.kit.worker import Worker

SAVE_AFTER = 1000
"""Milliseconds after the last change until it is saved."""
AGAIN_AFTER = 1500
"""Milliseconds until a save that another program kept from being written is tried again."""


class Shell(QObject):
    """Holds the session. `changed(session)` after every event, `told(effect)` for what the window is to say.

    `typed` takes over what is being typed (composing text, an open cell): it is called before whatever leaves it.
    """

    changed = Signal(object)
    told = Signal(object)

    def __init__(self, backend: Backend, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = Session()
        self.backend, self.worker = backend, worker
        self.typed: Callable[[], None] = lambda: None
        self._waiting: deque[Event] = deque()
        self._handling = False
        self._flushing = False
        self._names_refused = 0
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(SAVE_AFTER)
        self.timer.timeout.connect(lambda: self.handle(events.SaveDue()))

    def leave(self, event: Event) -> None:
        """An event that leaves what is being typed: that is taken over first."""
        self.typed()
        self.handle(event)

    def handle(self, event: Event) -> None:
        """An event; those that are raised meanwhile come after it, so nobody sees half a change."""
        self._waiting.append(event)
        if self._handling:
            return
        self._handling = True
        try:
            while self._waiting:
                self.session, effects = step(self.session, self._waiting.popleft())
                self.changed.emit(self.session)
                for effect in effects:
                    self._run(effect)
        finally:
            self._handling = False

    def _run(self, effect: Effect) -> None:
        match effect:
            case events.ReadList(number, period):
                self._ask(
                    number,
                    lambda: self.backend.cards(period),
                    lambda cards: events.CardsListed(number, tuple(cards)),
                )
            case events.ReadCard(number, card):
                self._ask(
                    number, lambda: self.backend.read(card), lambda read: events.CardLoaded(number, *read)
                )
            case events.Save(number, card, sections):
                opened = self.session.opened
                if opened is None or not opened.draft.dirty:
                    self.timer.stop()
                self.worker.run(
                    lambda: self.backend.save(card, sections),
                    lambda saved: self.handle(events.Saved(number, *saved)),
                    lambda error: self._not_saved(number, error),
                )
                self.told.emit(effect)
            case events.SaveName(pledge):
                self.worker.run(
                    lambda: self.backend.rename(pledge),
                    lambda _: self.handle(events.NameSaved(pledge)),
                    lambda error: self._refuse_name(pledge, error),
                )
            case events.SaveSoon():
                self.timer.start()
                self.told.emit(effect)
            case _:
                self.told.emit(effect)

    def _not_saved(self, number: int, error: BaseException) -> None:
        """A save that failed; what another program kept from being written is tried again by itself."""
        self.handle(events.NotSaved(number, error))
        if isinstance(error, BookBusy):
            QTimer.singleShot(AGAIN_AFTER, self._try_again)

    def _try_again(self) -> None:
        if self.session.book is not None and self.session.refused and not self._flushing:
            self.handle(events.SaveDue())

    def _ask(self, number: int, job: Callable[[], Any], answer: Callable[[Any], Event]) -> None:
        self.worker.run(
            job,
            lambda result: self.handle(answer(result)),
            lambda error: self.handle(events.NotRead(number, error)),
        )

    def _refuse_name(self, pledge: Pledge, error: BaseException) -> None:
        self._names_refused += 1
        self.handle(events.NameRefused(pledge, error))

    def save(self) -> None:
        """Take over what is being typed and save."""
        self.leave(events.SaveDue())

    def _idle(self) -> bool:
        """Whether nothing is unsaved or on its way."""
        return not self.worker.busy and self.session.nothing_unsaved and not self.session.renaming

    @property
    def flushing(self) -> bool:
        """Whether somebody waits for everything to be saved, to close the book or to use it."""
        return self._flushing

    def settle(self) -> bool:
        """Wait until the card that was asked for is shown; whether it is the one that was shown before.

        Keys and clicks wait, too, and come to it then.
        """
        before = self.session.opened
        while self.session.asked is not None:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
            QApplication.sendPostedEvents()
            time.sleep(0.002)
        opened = self.session.opened
        return before is not None and opened is not None and before.id == opened.id

    def flush(self, seconds: float = 30) -> bool:
        """Save everything and wait for it and for what else the worker does; whether the book has all of it.

        Not where something isn't saved, a name was refused, or it is waited for already.
        """
        if self._flushing:
            return False
        self._flushing, refused = True, self._names_refused
        try:
            return self._flush(seconds) and self._names_refused == refused
        finally:
            self._flushing = False

    def _flush(self, seconds: float) -> bool:
        self.save()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self._idle():
                self.save()  # keys came while the worker saved
                if self._idle():
                    return True
            QApplication.processEvents()
            QApplication.sendPostedEvents()
            if self.session.refused:
                return False
            time.sleep(0.005)
        return self._idle()
