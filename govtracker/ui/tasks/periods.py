"""Reporting periods: the next one out of this one, an empty one, a submitted one, and what was carried into a card."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from govtracker.forms.rolling import next_period
from govtracker.model.card import Period
from govtracker.model.content import one_line
from govtracker.session.events import BookChanged
from govtracker.session.state import BookInfo
from govtracker.ui.host import Host
from govtracker.ui.kit.waiting import Waiting
from govtracker.ui.tasks.period_dialogs import Freeze, NextPeriod, Unfreeze

_KEPT = (
    "지금까지 쓴 것은 그대로 옮기고, 표의 연도와 분기는 새 기준일을 따릅니다.",
    "지난 계획은 실적으로 확인할 때까지 따로 기다리고, 계획 자리는 비웁니다.",
    "지난 보고기간의 카드는 바뀌지 않습니다. 옮긴 부분은 확인할 때까지 표시됩니다.",
)


def roll(host: Host) -> None:
    """Ask for the next period and make its cards out of those of the one that is shown."""
    period = host.session.chosen_period
    if period is None or not host.flush():
        return
    label, as_of = next_period(period.label, period.as_of)
    about = [f"{period.label}의 카드 {len(host.session.cards)}장으로 새 보고기간을 만듭니다.", *_KEPT]
    dialog = NextPeriod(host.widget, "다음 기간으로 이월", "이월", label, as_of, about)

    def make() -> None:
        name, day = one_line(dialog.label.text()), dialog.day()
        _show(host, host.backend.roll(period.label, name, day), name)
        host.say(host.backend.beyond_term(day) or f"{name}: 카드를 만들었습니다. 탭마다 확인하세요.")

    while dialog.exec() == QDialog.DialogCode.Accepted:
        if host.attempt(make):
            return


def add_period(host: Host) -> None:
    """Ask for an empty period."""
    if host.session.book is None or not host.flush():
        return
    last = host.session.book.periods[-1:] or (Period("", host.session.book.term.start),)
    label, as_of = next_period(last[0].label, last[0].as_of)
    dialog = NextPeriod(
        host.widget, "빈 보고기간 추가", "추가", label, as_of, ["카드 없이 보고기간만 만듭니다."]
    )

    def make() -> None:
        name = one_line(dialog.label.text())
        host.backend.add_period(name, dialog.day())
        _show(host, host.backend.info(), name)

    while dialog.exec() == QDialog.DialogCode.Accepted:
        if host.attempt(make):
            return


def _show(host: Host, info: BookInfo, label: str) -> None:
    host.leave(BookChanged(info, next((each.id for each in info.periods if each.label == label), "")))
    host.settle()


def freeze(host: Host) -> None:
    """Submit the period that is shown, on consent."""
    period = host.session.chosen_period
    if period is None or not host.flush():
        return
    dialog = Freeze(host.widget, period.label, len(host.session.cards))
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return
    info: BookInfo | None = Waiting(host.widget, "제출본을 인쇄해 지문을 만들고 있습니다.").run(
        host.worker,
        lambda go_on: host.backend.freeze(
            period.label, lambda done, count: go_on(done / count if count else 1.0)
        ),
    )
    if info is not None:
        _show(host, info, period.label)
        host.say(f"{period.label}: {host.backend.stamp(period.label)}")


def unfreeze(host: Host) -> None:
    """Open the submitted period that is shown again, with a reason."""
    period = host.session.chosen_period
    if period is None or not host.flush():
        return
    dialog = Unfreeze(
        host.widget, period.label, host.backend.stamp(period.label) or "확정하지 않은 보고기간입니다."
    )
    if dialog.exec() == QDialog.DialogCode.Accepted:
        reason = dialog.reason.text()
        made: list[BookInfo] = []
        if host.attempt(lambda: made.append(host.backend.unfreeze(period.label, reason))):
            _show(host, made[0], period.label)
            host.say(f"{period.label}: 확정을 풀었습니다.")
