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

from govtracker.app import Program
from govtracker.db.book import Book
from govtracker.db.cards import list_cards
from govtracker.db.sections import load_cards
from govtracker.errors import BookTrouble
from govtracker.model.card import Facts, Section
from govtracker.session.events import BookClosed
from govtracker.session.state import CardItem
from govtracker.ui.tasks.new_pledge import NewPledge

from .conftest import CTRL, Hand
from .test_window import when

Key = Qt.Key
SHORT, LONG = 12.0, 600.0
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
    texts = {}
    for entry, card in zip(entries, cards, strict=True):
        facts = card.section("facts")
        texts[entry.card] = (card.pledge.title, facts.get("span").text if isinstance(facts, Facts) else "")
    return texts


class Officer:
    """Does random things in a window, and remembers what must be where."""

    def __init__(self, hands: Callable[..., Hand], book: Path, random: Random) -> None:
        self.hands, self.book, self.random = hands, book, random
        self.said: dict[str, list[str]] = defaultdict(list)
        self.titles: dict[str, str] = {}
        self.number = 0
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
        assert self.text(opened.id) == self.said[opened.id][-1], self.done[-12:]
        wanted = self.titles.get(opened.draft.card.pledge.id)
        assert wanted in (None, self.hand.window.view.head.title.text()), self.done[-12:]

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
        assert text in self.said[opened.id], self.done[-12:]
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
        self.said[opened.id].append(self.said[opened.id][-1] + f"<{self.number}>")
        self.hand.rest()

    def tab(self) -> None:
        if self.hand.window.session.opened is not None:
            self.hand.press(getattr(Key, f"Key_{self.random.randint(1, 8)}"), Qt.KeyboardModifier.AltModifier)

    def rename(self) -> None:
        opened = self.hand.window.session.opened
        if opened is None:
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
        if self.number > 400:
            return
        self.number += 1

        def fill(box: NewPledge) -> None:
            self.hand.into(box.number).type(f"9-{self.number}").into(box.title).type("새 공약")
            box.ok.click()

        self.program.full = False
        self.hand.press(Key.Key_S, CTRL)
        self.hand.rest()
        when(NewPledge, fill)
        self.hand.window.menus.actions["add"].trigger()
        self.hand.rest()
        assert self.hand.draft.card.pledge.number == f"9-{self.number}", self.done[-12:]

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
            assert text in (self.said[card] or [""]), self.done[-12:]
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
