"""Whatever an officer does in whatever order, what is typed is the shown card's, by real keys and clicks."""

from __future__ import annotations

import os
import shutil
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QMessageBox

from govtracker.app import Program
from govtracker.db.backups import DAILY, make_backup
from govtracker.db.bin import deleted_cards
from govtracker.db.book import Book
from govtracker.db.cards import CardEntry, list_cards
from govtracker.db.sections import load_cards
from govtracker.errors import BookTrouble
from govtracker.model.card import Card, Facts, Section
from govtracker.session.events import BookClosed
from govtracker.session.state import CardItem
from govtracker.ui.tasks import backups, periods, pledges
from govtracker.ui.tasks.backups import Backups
from govtracker.ui.tasks.history import History, show_history
from govtracker.ui.tasks.new_pledge import NewPledge
from govtracker.ui.tasks.period_dialogs import Freeze, NextPeriod, Unfreeze

from .conftest import CTRL, Hand
from .test_grids import answer
from .test_pledges import write
from .test_window import when

Key = Qt.Key
SHORT, LONG = 12.0, float(os.environ.get("SOAK_SECONDS", "600"))
"""Seconds of the run in the suite and of the soak."""


class Failing(Program):
    """A program whose disk is full now and then."""

    full = False

    def save(self, card: str, sections: Mapping[str, Section]) -> tuple[str, CardItem]:
        if self.full:
            raise BookTrouble("대장", "디스크가 가득 찼습니다.", "자리를 비우세요.")
        return super().save(card, sections)


def stored(book: Path) -> dict[str, tuple[str, str]]:
    """(title, text of the fact that is typed into) of every card, read from the file."""
    with Book.open(book) as opened:
        entries = list_cards(opened)
        cards = load_cards(opened, entries)
    return {entry.card: (card.pledge.title, told(card)) for entry, card in zip(entries, cards, strict=True)}


def told(card: Card) -> str:
    """The text of the fact that is typed into."""
    facts = card.section("facts")
    return facts.get("span").text if isinstance(facts, Facts) else ""


class Officer:
    """Does random things in a window, and remembers what must be where."""

    def __init__(self, hands: Callable[..., Hand], book: Path, random: Random) -> None:
        self.hands, self.book, self.random = hands, book, random
        self.said: dict[str, list[str]] = defaultdict(list)
        self.titles: dict[str, str] = {}
        self.number = 0
        self.binned: list[str] = []
        self.kept: Path | None = None
        self.then: tuple[dict[str, str], list[str]] = ({}, [])
        self.done: list[str] = []
        for card, (_, text) in stored(book).items():
            self.said[card].append(text)
        self.open()

    def open(self) -> None:
        self.program = Failing()
        self.hand = self.hands(self.program).open(self.book)

    # ---------------------------------------------------------------- what is done

    def act(self) -> None:
        names = ["type"] * 5 + ["undo"] * 2 + ["redo", "card", "card", "period", "period", "tab", "rename"]
        names += ["save", "fill", "free", "row", "add", "reopen", "kill", "at once"]
        names += [
            "copy",
            "bin",
            "unbin",
            "unbin",
            "roll",
            "submit",
            "unsubmit",
            "unsubmit",
            "version",
            "keep",
            "back",
        ]
        name = self.random.choice(names)
        self.done.append(name)
        getattr(self, name.replace(" ", "_"))()
        if name != "at once":
            self.hand.rest()
        self.seen()

    def seen(self) -> None:
        """What is shown is the shown card's."""
        opened = self.hand.window.session.opened
        if opened is None:
            return
        if not self.said[opened.id]:
            self.said[opened.id].append("")
        assert self.text(opened.id) == self.said[opened.id][-1], " ".join(self.done[-12:])
        wanted = self.titles.get(opened.draft.card.pledge.id)
        assert self.frozen() or wanted in (None, self.hand.window.view.head.title.text()), " ".join(
            self.done[-12:]
        )

    def text(self, card: str) -> str:
        self.hand.window.view.commit()
        opened = self.hand.window.session.opened
        assert opened is not None
        assert opened.id == card
        facts = opened.draft.card.section("facts")
        assert isinstance(facts, Facts)
        return facts.get("span").text

    def field(self):
        return self.hand.tab("facts").entries["span"]

    def type(self) -> None:
        opened = self.hand.window.session.opened
        if opened is None:
            return
        self.number += 1
        self.hand.into(self.field()).press(Key.Key_End).type(f"<{self.number}>")
        if self.frozen():
            return
        self.said[opened.id].append(self.said[opened.id][-1] + f"<{self.number}>")

    def undo(self) -> None:
        self.step(Key.Key_Z)

    def redo(self) -> None:
        self.step(Key.Key_Y)

    def step(self, key: Qt.Key) -> None:
        """A step back or forward leads to something that this card said before, never to another's words."""
        opened = self.hand.window.session.opened
        if opened is None:
            return
        self.hand.into(self.field()).press(key, CTRL)
        text = self.text(opened.id)
        assert text in self.said[opened.id], " ".join(self.done[-12:])
        self.said[opened.id].append(text)

    def card(self) -> None:
        numbers = [item.pledge.number for item in self.hand.items.values()]
        if numbers:
            self.hand.go(self.random.choice(numbers))

    def period(self) -> None:
        book = self.hand.window.session.book
        assert book is not None
        self.hand.period(self.random.choice(book.periods).label)

    def at_once(self) -> None:
        """Another card by the keyboard, and typing on before it is there."""
        opened = self.hand.window.session.opened
        if opened is None:
            return
        self.number += 1
        field = self.field()
        self.hand.into(field).press(Key.Key_End)
        self.hand.window.step_pledge(self.random.choice((-1, 1)))
        self.hand.type(f"<{self.number}>")
        if not self.frozen():
            self.said[opened.id].append(self.said[opened.id][-1] + f"<{self.number}>")
        self.hand.rest()

    def tab(self) -> None:
        if self.hand.window.session.opened is not None:
            self.hand.press(getattr(Key, f"Key_{self.random.randint(1, 8)}"), Qt.KeyboardModifier.AltModifier)

    def rename(self) -> None:
        opened = self.hand.window.session.opened
        if opened is None or self.frozen():
            return
        self.number += 1
        title = f"새 이름 {self.number}"
        self.hand.into(self.hand.window.view.head.title).press(Key.Key_A, CTRL).type(title).press(
            Key.Key_Return
        )
        self.titles[opened.draft.card.pledge.id] = title

    def row(self) -> None:
        """A row more and less in a table of the card."""
        if self.hand.window.session.opened is None:
            return
        grid = self.hand.tab("people").panel.grid
        self.hand.into(grid).press(Key.Key_Plus, CTRL).press(Key.Key_Minus, CTRL)

    def save(self) -> None:
        self.hand.press(Key.Key_S, CTRL)

    def fill(self) -> None:
        """The disk is full from now on."""
        self.program.full = True

    def free(self) -> None:
        self.program.full = False
        self.hand.press(Key.Key_S, CTRL)

    def add(self) -> None:
        if self.number > 400 or self.frozen():
            return
        self.number += 1

        def fill(box: NewPledge) -> None:
            self.hand.into(box.number).type(f"9-{self.number}").into(box.title).type("새 공약")
            box.ok.click()

        self.saved()
        when(NewPledge, fill)
        self.hand.window.menus.actions["add"].trigger()
        self.hand.rest()
        assert self.hand.draft.card.pledge.number == f"9-{self.number}", " ".join(self.done[-12:])

    # ---------------------------------------------------------------- pledges, periods, versions, backups

    def frozen(self) -> bool:
        """Whether the period that is shown was submitted."""
        period = self.hand.window.session.chosen_period
        return period is not None and period.frozen

    def saved(self) -> None:
        """The disk has room again, and everything is on it."""
        self.program.full = False
        self.hand.into(self.hand.window.navigator.tree).press(Key.Key_S, CTRL)
        self.hand.rest()
        assert self.hand.window.session.nothing_unsaved, " ".join(self.done[-12:])

    def texts(self) -> dict[str, tuple[str, str, str]]:
        """(pledge, period, text) of every card, by card, as the open book has them."""
        with self.program.lock:
            entries = list_cards(self.program.open_book)
            cards = load_cards(self.program.open_book, entries)
        return {
            entry.card: (entry.pledge.id, entry.period.label, told(card))
            for entry, card in zip(entries, cards, strict=True)
        }

    def copy(self) -> None:
        opened = self.hand.window.session.opened
        if opened is None or self.frozen() or len(self.hand.items) > 12:
            return
        self.saved()
        self.number += 1

        def fill(box: NewPledge) -> None:
            box.number.setText(f"8-{self.number}")
            box.ok.click()

        text = self.said[opened.id][-1]
        when(NewPledge, fill)
        pledges.duplicate(self.hand.window)
        self.hand.rest()
        assert self.hand.draft.card.pledge.number == f"8-{self.number}", " ".join(self.done[-12:])
        self.said[self.hand.opened].append(text)

    def bin(self) -> None:
        if self.hand.window.session.opened is None or self.frozen() or len(self.hand.items) < 3:
            return
        self.saved()
        gone = self.hand.opened
        when(QMessageBox, answer("휴지통으로"))
        pledges.delete(self.hand.window)
        self.hand.rest()
        assert gone not in self.hand.items, " ".join(self.done[-12:])
        self.binned.append(gone)

    def unbin(self) -> None:
        self.saved()
        deleted = self.program.deleted()
        assert {card for card, _ in deleted} == set(self.binned), " ".join(self.done[-12:])
        if not deleted:
            return
        frozen = {entry.card for entry in self.submitted_bin()}
        free = [each for each in deleted if each[0] not in frozen]
        if not free:
            return
        card, name = self.random.choice(free)
        when(QInputDialog, write(name))
        pledges.show_bin(self.hand.window)
        self.hand.rest()
        self.binned.remove(card)
        assert self.hand.opened == card, " ".join(self.done[-12:])

    def submitted_bin(self) -> list[CardEntry]:
        with self.program.lock:
            return [each.entry for each in deleted_cards(self.program.open_book) if each.entry.period.frozen]

    def roll(self) -> None:
        book = self.hand.window.session.book
        assert book is not None
        period = self.hand.window.session.chosen_period
        last = period is not None and period.label == book.periods[-1].label
        if not last or len(book.periods) > 4 or not self.hand.items:
            return
        self.saved()
        old = self.texts()
        when(NextPeriod, lambda dialog: QTest.keyClick(dialog.label, Key.Key_Return))
        periods.roll(self.hand.window)
        self.hand.rest()
        new = self.texts()
        assert {card: new[card] for card in old} == old, " ".join(self.done[-12:])
        source = {pledge: text for pledge, label, text in old.values() if label == period.label}
        made = {card: each for card, each in new.items() if card not in old}
        assert {pledge: text for pledge, _, text in made.values()} == source, " ".join(self.done[-12:])
        for card, (_, _, text) in made.items():
            self.said[card].append(text)

    def submit(self) -> None:
        if self.frozen() or not self.hand.items:
            return
        self.saved()
        when(Freeze, lambda dialog: QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton))
        periods.freeze(self.hand.window)
        self.hand.rest()
        assert self.frozen(), " ".join(self.done[-12:])

    def unsubmit(self) -> None:
        if not self.frozen():
            return
        self.saved()

        def reason(dialog: Unfreeze) -> None:
            QTest.keyClicks(dialog.reason, "typo")
            QTest.keyClick(dialog.reason, Key.Key_Return)

        when(Unfreeze, reason)
        periods.unfreeze(self.hand.window)
        self.hand.rest()
        assert not self.frozen(), " ".join(self.done[-12:])

    def version(self) -> None:
        """An earlier state of the facts comes back: one that this card was in."""
        opened = self.hand.window.session.opened
        if opened is None or self.frozen():
            return
        self.saved()
        self.hand.tab("facts")
        at = self.random.randrange(4)

        def go(dialog: History) -> None:
            dialog.list.setCurrentRow(min(at, dialog.list.count() - 1))
            if dialog.go.isEnabled():
                QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
            else:
                dialog.reject()

        when(History, go)
        show_history(self.hand.window)
        self.hand.rest()
        text = self.text(opened.id)
        assert text in self.said[opened.id], " ".join(self.done[-12:])
        self.said[opened.id].append(text)

    def keep(self) -> None:
        """A backup, and what is in it."""
        self.saved()
        with self.program.lock:
            self.kept = make_backup(self.program.open_book.conn, self.book, DAILY, spared=self.kept)
        self.then = ({card: said[-1] for card, said in self.said.items() if said}, list(self.binned))

    def back(self) -> None:
        """The last backup is put back: everything is as it was then."""
        if self.kept is None or not self.kept.exists():
            return
        self.saved()
        names = [path for path, _ in self.program.backups(self.book)]

        def go(dialog: Backups) -> None:
            dialog.list.setCurrentRow(names.index(self.kept))
            QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)

        when(Backups, go)
        backups.restore(self.hand.window)
        self.hand.rest()
        texts, self.binned = self.then[0], list(self.then[1])
        for card in list(self.said):
            if card not in texts:
                del self.said[card]
        for card, text in texts.items():
            self.said[card].append(text)
        self.titles.clear()
        self.kept = None

    # ---------------------------------------------------------------- closed

    def reopen(self) -> None:
        """Closed and opened again: everything is there."""
        self.program.full = False
        self.hand.close()
        self.check()
        self.open()

    def kill(self) -> None:
        """Ended without saving: what was saved last is there, a whole state of each card and no other's."""
        self.hand.rest()
        self.hand.window.shell.handle(BookClosed())
        self.program.close()
        self.hand.close()
        for card, (_, text) in stored(self.book).items():
            assert text in (self.said[card] or [""]), " ".join(self.done[-12:])
            self.said[card].append(text)
        self.titles.clear()
        self.open()

    def check(self) -> None:
        for card, (_, text) in stored(self.book).items():
            assert text == (self.said[card] or [""])[-1], (card, self.done[-20:])


@pytest.fixture
def officer(hands: Callable[..., Hand], two_samples: Path, tmp_path: Path) -> Callable[[int], Officer]:
    def make(seed: int) -> Officer:
        return Officer(hands, Path(shutil.copy(two_samples, tmp_path / f"{seed}.govtracker")), Random(seed))

    return make


def run(officer: Officer, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        officer.act()
    officer.reopen()


def test_whatever_is_done_for_a_while(officer: Callable[[int], Officer]) -> None:
    run(officer(7), SHORT)


@pytest.mark.soak
def test_whatever_is_done_for_long(officer: Callable[[int], Officer]) -> None:
    seed = int(os.environ.get("SEED", time.time_ns() % 2**32))
    print(f"SEED={seed}")
    run(officer(seed), LONG)
