"""What a card took over from the last period: shown as soon as the book says it, looked at, made results."""

from __future__ import annotations

from PySide6.QtCore import QObject

from govtracker.model.content import one_line
from govtracker.session.draft import Change
from govtracker.ui.cards.card_view import CardView
from govtracker.ui.cards.carried import Waiting
from govtracker.ui.host import Host
from govtracker.ui.tasks.period_dialogs import Plans


class Carrying(QObject):
    """Keeps the bar over a card's tabs true."""

    def __init__(self, host: Host, view: CardView) -> None:
        super().__init__(view)
        self.host, self.view = host, view
        self.asked, self.waited = "", False
        view.carried.seen.connect(self._seen)
        view.carried.plans_wanted.connect(self._plans)

    def show_card(self, card: str) -> None:
        """Another card is shown: what of it was carried is asked."""
        if card != self.asked:
            self.asked, self.waited = card, False
            self.view.show_carried(frozenset(), {})
            self._ask(card)

    def _ask(self, card: str) -> None:
        def show(carried: tuple[frozenset[str], Waiting]) -> None:
            opened = self.host.session.opened
            if opened is not None and opened.id == card:
                self.waited = self.waited or bool(carried[1])
                self.view.show_carried(*carried)

        self.host.worker.run(lambda: self.host.backend.carried(card), show)

    def _seen(self, keys: tuple[str, ...]) -> None:
        """Carried sections were looked at."""
        opened = self.host.session.opened
        if opened is not None and self.host.attempt(lambda: self.host.backend.mark_seen(opened.id, keys)):
            self._ask(opened.id)

    def _plans(self, key: str) -> None:
        """The plans that wait in a section of results: those that were done become results."""
        opened, context = self.host.session.opened, self.view.context
        if opened is None or context is None or not self.host.flush():
            return
        title = one_line(context.form.section_def(key).label)
        dialog = Plans(self.host.widget, title, self.view.carried.plans.get(key, []))
        if not dialog.exec():
            return
        chosen, card = dialog.chosen, opened.id

        def take() -> None:
            if dialog.dropped:
                self.host.backend.drop_plans(card, key, chosen)
                return
            current = opened.draft.card.section(key)
            section = self.host.backend.take_plans(card, key, chosen, current)
            self.host.edited(card, Change(key, section))
            self.host.save()

        self.host.attempt(take)
        self._ask(card)

    def saved(self) -> None:
        """The card was saved: a plan may have become a result, or wait again."""
        if self.asked and (self.view.carried.plans or self.view.carried.kept or self.waited):
            self._ask(self.asked)
