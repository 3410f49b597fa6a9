from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from govtracker.db.book import Book
from govtracker.db.cards import list_cards
from govtracker.db.history import versions
from govtracker.db.merge import add_cards
from govtracker.db.sections import SectionChange, load_card, save_sections
from govtracker.errors import BookTrouble
from govtracker.model.card import KINDS, Card, Fact, Facts, Outline, Part, Period, Pledge, Section
from govtracker.model.codec import encode
from govtracker.model.content import line
from govtracker.session.draft import DEPTH, MERGE_SECONDS, Draft
from tests.support.random_cards import any_cards, sections

CARD = Card(
    Pledge("공약", "1-1"), Period("2023년", date(2023, 12, 31)), "gwanak",
    (("facts", Facts()), ("plan", Outline((Part("", "계획", (line("○ 가"),)),)))),
)  # fmt: skip


class Clock:
    """Seconds as the test says."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def facts(text: str) -> Facts:
    return Facts((Fact("span", text),))


def typed(draft: Draft, *texts: str, seconds: float = 0.1) -> None:
    for text in texts:
        assert isinstance(draft.clock, Clock)
        draft.clock.now += seconds
        draft.change("facts", facts(text))


@pytest.fixture
def draft() -> Draft:
    return Draft(CARD, Clock())


def test_change_makes_a_new_card_and_leaves_the_old_one(draft: Draft) -> None:
    assert draft.change("facts", facts("가"))
    assert draft.card.section("facts") == facts("가")
    assert CARD.section("facts") == Facts()
    assert draft.dirty == {"facts": facts("가")}


def test_change_to_what_is_there_already_is_none(draft: Draft) -> None:
    assert not draft.change("facts", Facts())
    assert draft.undo() == ""
    assert draft.dirty == {}


def test_typing_is_one_step_of_undo(draft: Draft) -> None:
    typed(draft, "가", "가나", "가나다")
    assert draft.undo() == "facts"
    assert draft.card == CARD
    assert draft.redo() == "facts"
    assert draft.card.section("facts") == facts("가나다")


def test_pause_in_typing_parts_steps(draft: Draft) -> None:
    typed(draft, "가", "가나", seconds=MERGE_SECONDS)
    draft.undo()
    assert draft.card.section("facts") == facts("가")


def test_other_section_undo_and_unmerged_changes_part_steps(draft: Draft) -> None:
    typed(draft, "가")
    draft.change("plan", Outline())
    typed(draft, "가나")
    assert [draft.undo(), draft.undo(), draft.undo(), draft.undo()] == ["facts", "plan", "facts", ""]
    typed(draft, "나")
    draft.undo()
    typed(draft, "다")
    draft.change("facts", facts("라"), merge=False)
    typed(draft, "마")
    draft.undo()
    assert draft.card.section("facts") == facts("라")
    draft.undo()
    assert draft.card.section("facts") == facts("다")


def test_change_after_undo_ends_redo(draft: Draft) -> None:
    typed(draft, "가")
    draft.undo()
    draft.change("plan", Outline())
    assert draft.redo() == ""


def test_undone_section_is_to_be_saved_again(draft: Draft) -> None:
    typed(draft, "가")
    assert draft.take_dirty() == {"facts": facts("가")}
    assert draft.dirty == {}
    draft.undo()
    assert draft.take_dirty() == {"facts": Facts()}


def test_undoing_the_first_change_of_a_section_that_the_card_lacked_can_be_saved(draft: Draft) -> None:
    typed(draft, "가")
    draft.change("effects", Outline((Part("effects", "", (line("○ 가"),)),)))
    draft.take_dirty()
    draft.undo()
    assert draft.take_dirty() == {"effects": Outline()}
    draft.undo()
    assert draft.card.section("effects") == Outline()


def test_what_could_not_be_saved_is_saved_later_unless_it_changed_since(draft: Draft) -> None:
    typed(draft, "가")
    draft.change("plan", Outline())
    taken = draft.take_dirty()
    typed(draft, "나")
    draft.put_back(taken)
    assert draft.dirty == {"facts": facts("나"), "plan": Outline()}


def test_undo_reaches_back_a_bounded_number_of_steps(draft: Draft) -> None:
    typed(draft, *(str(number) for number in range(DEPTH + 20)), seconds=MERGE_SECONDS * 2)
    steps = 0
    while draft.undo():
        steps += 1
    assert steps == DEPTH
    assert draft.card.section("facts") == facts("19")


@given(any_cards(), st.lists(st.integers(0, 7)))
@settings(max_examples=15)
def test_undoing_everything_gives_the_first_card_and_redoing_the_last(card: Card, places: list[int]) -> None:
    draft = Draft(card)
    for at in places:
        if card.sections:
            key, section = card.sections[at % len(card.sections)]
            draft.change(key, KINDS[section.kind](), merge=False)
    last = draft.card
    while draft.undo():
        pass
    assert encode(draft.card) == encode(card)
    while draft.redo():
        pass
    assert encode(draft.card) == encode(last)


class DraftAndBook(RuleBasedStateMachine):
    """Whatever is edited, undone, saved and reloaded: the book holds what was saved, the draft what was edited."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "대장.govtracker"
        self.book = Book.create(self.path, "한빛구", "2022-07-01..2026-06-30", "gwanak")
        self.clock = Clock()

    @initialize(with_sections=st.booleans())
    def begin(self, with_sections: bool) -> None:
        found = tuple((kind, KINDS[kind]()) for kind in KINDS) if with_sections else ()
        card = Card(Pledge("공약", "1-1"), Period("2023년", date(2023, 12, 31)), "gwanak", found)
        self.entry_id = add_cards(self.book, [card], {}).cards[0]
        self.draft = Draft(card, self.clock)
        self.saved = dict(card.sections)
        self.versions = dict.fromkeys(self.saved, 1)

    @rule(
        section=st.sampled_from(sorted(KINDS)).flatmap(sections), merge=st.booleans(), pause=st.floats(0, 2)
    )
    def edit(self, section: Section, merge: bool, pause: float) -> None:
        self.clock.now += pause
        before = self.draft.card
        changed = self.draft.change(section.kind, section, merge=merge)
        assert changed == (before.section(section.kind) != section)
        assert self.draft.card.section(section.kind) == section

    @rule()
    def undo(self) -> None:
        before = self.draft.card
        if self.draft.undo():
            after = self.draft.card
            assert self.draft.redo()
            assert encode(self.draft.card) == encode(before)
            self.draft.undo()
            assert encode(self.draft.card) == encode(after)
        else:
            assert self.draft.card is before

    @rule()
    def redo(self) -> None:
        self.draft.redo()

    @rule()
    def save(self) -> None:
        taken = self.draft.take_dirty()
        save_sections(
            self.book, [SectionChange(self.entry_id, key, section) for key, section in taken.items()]
        )
        for key, section in taken.items():
            self.saved[key] = section
            self.versions[key] = self.versions.get(key, 0) + 1

    @precondition(lambda self: self.draft.dirty)
    @rule()
    def fail_to_save(self) -> None:
        self.book.conn.execute("pragma query_only = on")
        taken = self.draft.take_dirty()
        with pytest.raises(BookTrouble):
            save_sections(self.book, [SectionChange(self.entry_id, *change) for change in taken.items()])
        self.draft.put_back(taken)
        self.book.conn.execute("pragma query_only = off")

    @rule()
    def reload(self) -> None:
        self.book.close()
        self.book = Book.open(self.path)
        (entry,) = list_cards(self.book)
        card = load_card(self.book, entry)
        assert {key: encode(section) for key, section in card.sections} == {
            key: encode(section) for key, section in self.saved.items()
        }
        for key, version in self.versions.items():
            history = versions(self.book, self.entry_id, key)
            assert [number for number, _, _ in history] == list(range(version, 0, -1))
            assert encode(history[0][2]) == encode(self.saved[key])

    @rule()
    def leave_the_card_and_come_back(self) -> None:
        self.save()
        (entry,) = list_cards(self.book)
        card = load_card(self.book, entry)
        assert {k: encode(s) for k, s in card.sections} == {k: encode(s) for k, s in self.draft.card.sections}
        self.draft = Draft(card, self.clock)

    @invariant()
    def what_is_not_saved_is_known(self) -> None:
        if hasattr(self, "draft"):
            for key, section in self.draft.card.sections:
                if key not in self.draft.dirty:
                    assert encode(section) == encode(self.saved.get(key, KINDS[section.kind]()))

    def teardown(self) -> None:
        self.book.close()
        self.folder.cleanup()


TestDraftAndBook = DraftAndBook.TestCase
TestDraftAndBook.settings = settings(max_examples=20, stateful_step_count=15)
