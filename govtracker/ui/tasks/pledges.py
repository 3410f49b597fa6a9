"""Pledges: a new one, the card of one that a period lacks, its field, its place in the list, the bin."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QDialog, QInputDialog

from govtracker.model.card import Period, Pledge
from govtracker.model.content import one_line
from govtracker.session.events import BookChanged
from govtracker.ui.host import Host
from govtracker.ui.kit.message import consent
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


def choose_field(host: Host) -> None:
    """Ask for the field (분야) of the open pledge: one of the book's, or a new one."""
    opened = host.session.opened
    if opened is None or not host.flush():
        return
    pledge = opened.item.pledge
    names = list(dict.fromkeys([*host.backend.fields(), pledge.field]))
    names = [name for name in names if name]
    text, wanted = QInputDialog.getItem(
        host.widget,
        "분야",
        f"{pledge.number} {pledge.title}의 분야 (비우면 미분류)".strip(),
        names,
        names.index(pledge.field) if pledge.field else -1,
        True,
    )
    if wanted and one_line(text) != pledge.field:
        host.attempt(lambda: host.backend.rename(replace(pledge, field=one_line(text))))
        _listed_anew(host)


def _listed_anew(host: Host, card: str = "") -> None:
    period = host.session.chosen_period
    host.leave(BookChanged(host.backend.info(), period.id if period else "", card))


def duplicate(host: Host) -> None:
    """Ask for another number and title, and make a card with everything that the open one holds."""
    opened = host.session.opened
    if opened is None or not host.flush():
        return
    dialog = NewPledge(host.widget, period=False)
    dialog.setWindowTitle("공약 복제")
    dialog.title.setText(f"{opened.item.pledge.title} 사본")

    def make() -> None:
        pledge = Pledge(
            one_line(dialog.title.text()), one_line(dialog.number.text()), opened.item.pledge.field
        )
        _listed_anew(host, host.backend.duplicate(opened.id, pledge))

    while dialog.exec() == QDialog.DialogCode.Accepted:
        if host.attempt(make):
            return


def move(host: Host, by: int) -> None:
    """The open pledge before or behind its neighbour in the list."""
    opened = host.session.opened
    if opened is not None and host.flush():
        host.attempt(lambda: host.backend.move_pledge(opened.item.pledge.id, by))
        _listed_anew(host, opened.id)


def delete(host: Host) -> None:
    """Put the open card into the bin, on consent; not doing so is the default."""
    opened, period = host.session.opened, host.session.chosen_period
    if opened is None or period is None or not host.flush():
        return
    pledge = opened.item.pledge
    if consent(
        host.widget,
        "휴지통으로",
        f"{pledge.number} {pledge.title}".strip(),
        f"{period.label}의 카드를 휴지통으로 옮깁니다. 다른 보고기간의 카드는 그대로이고, 공약 › 휴지통에서 되살릴 수 있습니다.",
        go="휴지통으로",
        stay="그대로 두기",
    ):
        host.attempt(lambda: host.backend.delete_card(opened.id))
        _listed_anew(host)


def show_bin(host: Host) -> None:
    """The cards in the bin; one can be brought back, and is shown in its period."""
    if host.session.book is None or not host.flush():
        return
    found = host.backend.deleted()
    if not found:
        host.say("휴지통이 비어 있습니다.")
        return
    names = [name for _, name in found]
    name, wanted = QInputDialog.getItem(host.widget, "휴지통", "되살릴 카드", names, 0, False)
    if wanted:
        card = found[names.index(name)][0]
        if host.attempt(lambda: host.backend.restore(card)):
            period = host.backend.read(card)[1].period
            host.leave(BookChanged(host.backend.info(), period.id, card))
