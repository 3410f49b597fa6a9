"""Saving by itself: a moment after the last change, off the UI thread, again and again until it is done."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from govtracker.model.card import Card, Section
from govtracker.session.draft import Draft
from govtracker.ui.backend import CardItem, Desk
from govtracker.ui.kit.worker import Worker

SAVE_AFTER = 1000
"""Milliseconds after the last change until it is saved."""


class Saver(QObject):
    """Holds the open card's draft and what waits to be saved. `saved(moment, item)`, `failed(error)`, `busy()`."""

    busy = Signal()
    saved = Signal(str, object)
    failed = Signal(object)

    def __init__(self, desk: Desk, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk, self.worker = desk, worker
        self.card_id = ""
        self.draft: Draft | None = None
        self.unsaved: list[tuple[str, dict[str, Section]]] = []
        self.saving = self.refused = False
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(SAVE_AFTER)
        self.timer.timeout.connect(self.save)

    def hold(self, card_id: str, card: Card | None) -> Draft | None:
        """Another card (None = none) is open now; the draft of the card with what still waits to be saved."""
        self.save()
        if card is None:
            self.card_id, self.draft = "", None
            return None
        for waiting, sections in self.unsaved:
            if waiting == card_id:
                for key, section in sections.items():
                    card = card.with_section(key, section)
        self.card_id, self.draft = card_id, Draft(card)
        return self.draft

    def touch(self) -> None:
        """Something changed: save in a moment."""
        self.timer.start()

    def save(self) -> None:
        """Give what changed to the worker."""
        self.timer.stop()
        if self.draft is not None and self.draft.dirty:
            self.unsaved.append((self.card_id, self.draft.take_dirty()))
        if self.unsaved and not self.saving:
            self.saving = True
            card, sections = self.unsaved[0]
            self.busy.emit()
            self.worker.run(
                lambda: (self.desk.save(card, sections), self.desk.item(card)), self._saved, self._failed
            )

    def _saved(self, result: tuple[str, CardItem]) -> None:
        self.saving = self.refused = False
        del self.unsaved[0]
        self.saved.emit(*result)
        if self.unsaved:
            self.save()

    def _failed(self, error: BaseException) -> None:
        """What was not saved stays first in the row."""
        self.saving, self.refused = False, True
        self.failed.emit(error)

    def flush(self, seconds: float = 30) -> bool:
        """Save everything and wait for it and for what else the worker does; whether nothing is left unsaved."""
        self.refused = False
        self.save()
        end = time.monotonic() + seconds
        while (self.saving or self.unsaved or self.worker.busy) and time.monotonic() < end:
            QApplication.processEvents()
            QApplication.sendPostedEvents()
            if self.refused:
                return False
            time.sleep(0.005)
        return not self.unsaved

    def drop(self) -> None:
        """Give up what could not be saved (the officer said so)."""
        self.timer.stop()
        self.unsaved.clear()
        self.card_id, self.draft = "", None
