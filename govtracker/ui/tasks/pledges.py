"""Pledges: a new one, and the card of one that a period lacks."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from govtracker.model.card import Period, Pledge
from govtracker.model.content import one_line
from govtracker.session.events import BookChanged
from govtracker.ui.host import Host
from govtracker.ui.tasks.new_pledge import NewPledge


def add_pledge(host: Host) -> None:
    """Ask for a number and a title, and add the pledge to the period that is shown; again where it is refused."""
    book = host.session.book
    if book is None or not host.flush():
        return
    dialog = NewPledge(host.widget, period=not book.periods)

    def add() -> None:
        if not host.backend.info().periods:
            host.backend.add_period(one_line(dialog.label.text()), dialog.day())
        pledge = Pledge(one_line(dialog.title.text()), one_line(dialog.number.text()))
        _make_card(host, pledge, host.session.chosen_period or host.backend.info().periods[-1])

    while dialog.exec() == QDialog.DialogCode.Accepted:
        if host.attempt(add):
            return


def add_card(host: Host) -> None:
    """A card in the shown period for the pledge that was open before and has none there."""
    pledge, period = host.session.absent, host.session.chosen_period
    if pledge is not None and period is not None and host.flush():
        host.attempt(lambda: _make_card(host, pledge, period))


def _make_card(host: Host, pledge: Pledge, period: Period) -> None:
    card = host.backend.add_card(pledge, period)
    host.leave(BookChanged(host.backend.info(), period.id, card))
