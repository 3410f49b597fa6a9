"""The mouse rests on a value: what is amiss with it, and which file and cell it came from."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QToolTip

from govtracker.model.place import Place
from govtracker.ui.cards.card_view import CardView
from govtracker.ui.host import Host

NEAR = 12
"""Pixels that the mouse may have moved until it is told what it rests on."""


class Origins(QObject):
    """Asks the book where a value came from, on the book's own thread, and shows it in a tool tip."""

    def __init__(self, host: Host, view: CardView) -> None:
        super().__init__(view)
        self.host, self.view = host, view
        view.asked_about.connect(self._ask)

    def _ask(self, card: str, place: Place, point: QPoint) -> None:
        problem = self.view.problem_at(point)

        def tell(origin: str) -> None:
            text = "\n".join(filter(None, (problem, origin)))
            if (QCursor.pos() - point).manhattanLength() < NEAR:
                QToolTip.showText(point, text, self.view)

        self.host.worker.run(lambda: self.host.backend.origin(card, place), tell)
