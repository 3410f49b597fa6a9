"""Whatever comes in whatever order: what is typed is saved where it was typed, and no other card is ever shown."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govtracker.model.card import Card, Fact, Facts, Outline, Period, Pledge
from govtracker.model.dates import Term
from govtracker.session import events
from govtracker.session.draft import Change
from govtracker.session.state import BookInfo, CardItem, Session
from govtracker.session.step import step

TERM = Term(date(2022, 7, 1), date(2026, 6, 30))


def book_of(pledges: int, periods: int, holes: Random) -> Book:
    """A book of pledges times periods, some cards missing."""
    called = [Pledge(f"공약 {n}", f"{n}-1", id=f"P{n}") for n in range(pledges)]
    times = [Period(f"{2023 + n}년", date(2023 + n, 12, 31), id=f"T{n}") for n in range(periods)]
    cards = {
        f"{time.id}{pledge.id}": Card(
            pledge, time, "gwanak", (("facts", Facts((Fact("span", f"<{time.id}{pledge.id}>"),))),)
        )
        for time in times
        for pledge in called
        if holes.random() < 0.8
    }
    return Book(tuple(times), cards, {pledge.id: pledge for pledge in called})


@dataclass
class Book:
    """What the book's worker would do, done at once: the answers are what the book says at that moment."""

    periods: tuple[Period, ...]
    cards: dict[str, Card]
    pledges: dict[str, Pledge]
    fails: bool = False

    def info(self) -> BookInfo:
        return BookInfo(Path("a.govtracker"), "한빛구", TERM, self.periods)

    def item(self, card: str) -> CardItem:
        pledge = self.pledges[self.cards[card].pledge.id]
        return CardItem(card, pledge, self.text(card), card)

    def text(self, card: str) -> str:
        facts = self.cards[card].section("facts")
        assert isinstance(facts, Facts)
        return facts.get("span").text

    def answer(self, effect: events.Effect) -> events.Event | None:
        error = OSError("no")
        if isinstance(effect, events.ReadList):
            if self.fails:
                return events.NotRead(effect.number, error)
            held = [card for card, value in self.cards.items() if value.period.id == effect.period]
            return events.CardsListed(effect.number, tuple(self.item(card) for card in held))
        if isinstance(effect, events.ReadCard):
            if self.fails:
                return events.NotRead(effect.number, error)
            card = self.cards[effect.card]
            pledge = self.pledges[card.pledge.id]
            return events.CardLoaded(effect.number, self.item(effect.card), replace(card, pledge=pledge))
        if isinstance(effect, events.Save):
            if self.fails:
                return events.NotSaved(effect.number, error)
            for key, section in effect.sections.items():
                self.cards[effect.card] = self.cards[effect.card].with_section(key, section)
            return events.Saved(effect.number, "12:00:00", self.item(effect.card))
        if isinstance(effect, events.SaveName):
            if self.fails:
                return events.NameRefused(effect.pledge, error)
            self.pledges[effect.pledge.id] = effect.pledge
            return events.NameSaved(effect.pledge)
        return None


@dataclass
class Window:
    """The session in a window whose worker answers in order, some time later, and sometimes fails."""

    book: Book
    random: Random
    session: Session = field(default_factory=Session)
    jobs: list[events.Effect] = field(default_factory=list)
    answers: list[events.Event] = field(default_factory=list)
    typed: dict[str, str] = field(default_factory=dict)
    now: float = 0.0

    def do(self, event: events.Event) -> None:
        before = self.session
        self.session, effects = step(self.session, event)
        self.jobs += effects
        self.seen(before)

    def seen(self, before: Session) -> None:
        """What the window shows after every event."""
        session = self.session
        if session.opened is None:
            return
        card = session.opened.id
        facts = session.opened.draft.card.section("facts")
        assert isinstance(facts, Facts)
        shown = facts.get("span").text
        assert f"<{card}>" in shown, (card, shown)
        assert session.opened.item.fulfilment == card, "the head is another card's"
        assert session.opened.draft.card.pledge.id == session.opened.item.pledge.id
        assert shown == self.typed.get(card, f"<{card}>"), "not what was typed last"
        if session.asked is None:
            assert session.opened.draft.card.period.id == session.period
        elif before.opened is not None and before.opened.id != card:
            raise AssertionError("another card came though the question is not answered")

    def type(self, letter: str) -> None:
        opened = self.session.opened
        if opened is None:
            return
        facts = opened.draft.card.section("facts")
        assert isinstance(facts, Facts)
        text = facts.get("span").text + letter
        self.typed[opened.id] = text
        self.now += self.random.choice((0.2, 3.0))
        typing = self.random.random() < 0.7
        self.do(events.Edited(opened.id, Change("facts", Facts((Fact("span", text),)), typing), self.now))

    def stepped(self, event: events.Event) -> None:
        opened = self.session.opened
        session, _ = step(self.session, event)
        if opened is not None and session.opened is not None:
            facts = session.opened.draft.card.section("facts")
            assert isinstance(facts, Facts)
            self.typed[opened.id] = facts.get("span").text
        self.do(event)

    def work(self) -> None:
        """The worker does its first job; the answer waits."""
        if self.jobs:
            self.book.fails = self.random.random() < 0.2
            answer = self.book.answer(self.jobs.pop(0))
            if answer is not None:
                self.answers.append(answer)

    def hear(self) -> None:
        if self.answers:
            self.do(self.answers.pop(0))

    def act(self) -> None:
        session, random = self.session, self.random
        cards = [item.id for item in session.cards]
        opened = session.opened
        match random.randrange(14):
            case 0:
                self.do(events.PeriodChosen(random.choice(self.book.periods).id))
            case 1 | 2 if cards:
                self.do(events.CardChosen(random.choice(cards)))
            case 3 | 4 | 5:
                self.type(random.choice("abc"))
            case 6:
                self.stepped(events.Undone())
            case 7:
                self.stepped(events.Redone())
            case 8 if opened:
                self.do(events.Renamed(opened.id, opened.draft.card.pledge.number, f"이름 {random.random()}"))
            case 9:
                self.do(events.SaveDue())
            case 10:
                self.do(events.PlaceLeft())
            case 11:
                self.do(events.BookChanged(self.book.info(), *random.choice((("", ""), ("T0", "T0P0")))))
            case _:
                self.work()
                if random.random() < 0.7:
                    self.hear()

    def settle(self) -> None:
        """Everything is answered, nothing fails any more, all is saved."""
        while self.jobs or self.answers or not self.session.nothing_unsaved:
            if not self.jobs and not self.answers:
                self.do(events.SaveDue())
            while self.jobs:
                self.book.fails = False
                answer = self.book.answer(self.jobs.pop(0))
                if answer is not None:
                    self.answers.append(answer)
            self.hear()


@given(st.integers(0, 2**32))
@settings(max_examples=200)
def test_nothing_is_ever_another_cards(seed: int) -> None:
    random = Random(seed)
    window = Window(book_of(4, 3, random), random)
    window.do(events.BookOpened(window.book.info()))
    for _ in range(80):
        window.act()
    window.settle()
    for card in window.book.cards:
        assert window.book.text(card) == window.typed.get(card, f"<{card}>")
    for item in window.session.cards:
        assert item.pledge == window.book.pledges[item.pledge.id]
    opened = window.session.opened
    assert opened is None or opened.draft.card.pledge == window.book.pledges[opened.item.pledge.id]


@pytest.fixture
def window() -> Window:
    """A window on the last of two periods that hold the same three pledges, all answered."""
    full = Random(0)
    full.random = lambda: 0.0  # type: ignore[method-assign]
    window = Window(book_of(3, 2, full), Random(1))
    window.do(events.BookOpened(window.book.info()))
    window.settle()
    return window


def shown(window: Window) -> str:
    assert window.session.opened is not None
    return window.session.opened.id


def test_another_period_shows_the_same_pledge(window: Window) -> None:
    window.do(events.CardChosen("T1P2"))
    window.settle()
    window.do(events.PeriodChosen("T0"))
    assert shown(window) == "T1P2", "until the answer is there the card before is shown"
    window.type("x")
    window.settle()
    assert shown(window) == "T0P2"
    assert window.book.text("T1P2") == "<T1P2>x"
    assert window.book.text("T0P2") == "<T0P2>"


def test_a_pledge_without_a_card_in_the_period_is_said_to_have_none(window: Window) -> None:
    del window.book.cards["T0P1"]
    window.do(events.CardChosen("T1P1"))
    window.settle()
    window.do(events.PeriodChosen("T0"))
    window.settle()
    assert window.session.opened is None
    assert window.session.card == ""
    assert window.session.absent == window.book.pledges["P1"]
    window.do(events.PeriodChosen("T1"))
    window.settle()
    assert shown(window) == "T1P1"


def test_an_answer_to_an_older_question_is_dropped(window: Window) -> None:
    window.do(events.CardChosen("T1P1"))
    window.do(events.CardChosen("T1P2"))
    first, second = window.jobs
    late = window.book.answer(first), window.book.answer(second)
    window.jobs.clear()
    for answer in reversed(late):
        assert answer is not None
        window.do(answer)
        assert shown(window) == "T1P2"


def test_undo_is_kept_over_other_cards_periods_names_and_new_cards(window: Window) -> None:
    window.do(events.CardChosen("T1P0"))
    window.settle()
    window.type("x")
    window.do(events.Renamed("T1P0", "9-9", "새 이름"))
    window.do(events.CardChosen("T1P1"))
    window.settle()
    window.do(events.PeriodChosen("T0"))
    window.settle()
    window.do(events.BookChanged(window.book.info(), "T1", "T1P2"))
    window.settle()
    window.do(events.CardChosen("T1P0"))
    window.settle()
    window.stepped(events.Undone())
    window.settle()
    assert window.book.text("T1P0") == "<T1P0>"
    assert window.session.opened is not None
    assert window.session.opened.draft.card.pledge.title == "새 이름"


def test_steps_of_what_an_import_filled_are_forgotten(window: Window) -> None:
    card = shown(window)
    window.type("x")
    window.settle()
    filled = window.book.cards[card].with_section("plan", Outline())
    window.book.cards[card] = filled.with_section("facts", Facts((Fact("span", f"<{card}> neu"),)))
    window.seen = lambda before: None  # type: ignore[method-assign]
    window.do(events.BookChanged(window.book.info()))
    window.settle()
    window.do(events.Undone())
    assert window.session.opened is not None
    assert window.session.opened.draft.card.section("plan") == Outline()
    window.settle()
    assert window.book.text(card) == f"<{card}> neu"


def test_a_card_that_cannot_be_read_leaves_the_one_before(window: Window) -> None:
    before = shown(window)
    window.do(events.CardChosen("T1P2" if before != "T1P2" else "T1P1"))
    window.book.fails = True
    answer = window.book.answer(window.jobs.pop(0))
    assert answer is not None
    window.do(answer)
    assert shown(window) == before == window.session.card
    assert any(isinstance(job, events.TellFailure) for job in window.jobs)


def test_a_refused_name_goes_back_unless_another_was_given(window: Window) -> None:
    card = shown(window)
    old = window.session.cards[0].pledge
    window.do(events.Renamed(card, old.number, "하나"))
    window.do(events.Renamed(card, old.number, "둘"))
    first, second = window.jobs
    assert isinstance(first, events.SaveName)
    window.do(events.NameRefused(first.pledge, OSError()))
    assert window.session.cards[0].pledge.title == "둘"
    assert isinstance(second, events.SaveName)
    window.do(events.NameRefused(second.pledge, OSError()))
    assert window.session.cards[0].pledge == old, (
        "what the book calls it, not the name that was refused first"
    )


def test_what_comes_late_from_a_closed_book_is_nothing(window: Window) -> None:
    """The editors are asked for what is being typed once more when their card goes."""
    card = shown(window)
    window.do(events.BookClosed())
    closed = window.session
    window.do(events.Edited(card, Change("facts", Facts()), 1.0))
    window.do(events.Renamed(card, "1", "다른 이름"))
    window.do(events.Saved(99, "12:00:00", CardItem(card, Pledge("공약"))))
    assert window.session is closed
