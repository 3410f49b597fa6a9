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
from govtracker.model.place import Place
from govtracker.session.draft import DEPTH, MERGE_SECONDS, Caret, Change, Draft
from tests.support.random_cards import any_cards, sections

CARD = Card(
    Pledge("공약", "1-1"), Period("2023년", date(2023, 12, 31)), "gwanak",
    (("facts", Facts()), ("plan", Outline((Part("", "계획", (line("○ 가"),)),)))),
)  # fmt: skip


def facts(text: str) -> Facts:
    return Facts((Fact("span", text),))


def typed(draft: Draft, *texts: str, seconds: float = 0.1, start: float = 100.0) -> Draft:
    """Typing that goes on, a key every so many seconds."""
    for number, text in enumerate(texts):
        draft = draft.change(Change("facts", facts(text), typing=True), start + number * seconds)
    return draft


def undone(draft: Draft) -> Draft:
    return draft.undo()[0]


def redone(draft: Draft) -> Draft:
    return draft.redo()[0]


def test_change_makes_a_new_draft_and_leaves_the_old_one() -> None:
    draft = Draft(CARD)
    changed = draft.change(Change("facts", facts("가")), 0)
    assert changed.card.section("facts") == facts("가")
    assert draft.card is CARD
    assert CARD.section("facts") == Facts()
    assert changed.unsaved() == {"facts": facts("가")}


def test_change_to_what_is_there_already_is_none() -> None:
    draft = Draft(CARD)
    assert draft.change(Change("facts", Facts()), 0) is draft


def test_typing_is_one_step_of_undo() -> None:
    draft = typed(Draft(CARD), "가", "가나", "가나다")
    assert undone(draft).card == CARD
    assert redone(undone(draft)).card.section("facts") == facts("가나다")


def test_pause_in_typing_ends_a_step() -> None:
    draft = typed(Draft(CARD), "가", "가나", seconds=MERGE_SECONDS)
    assert undone(draft).card.section("facts") == facts("가")
    draft = typed(typed(Draft(CARD), "가").paused(), "가나", start=100.1)
    assert undone(draft).card.section("facts") == facts("가")


def test_typing_elsewhere_is_another_step() -> None:
    here, there = (Caret(Place("facts", field="span"), (at,), (at,)) for at in (1, 7))
    one = Draft(CARD).change(Change("facts", facts("가"), True, None, here), 0)
    on = one.change(Change("facts", facts("가나"), True, here, here), 0.1)
    moved = one.change(Change("facts", facts("가나"), True, there, there), 0.1)
    assert undone(on).card.section("facts") == Facts()
    assert undone(moved).card.section("facts") == facts("가")


def test_a_step_says_where_the_caret_was_and_went() -> None:
    here, there = (Caret(Place("facts", field="span"), (at,), (at,)) for at in (1, 7))
    draft = Draft(CARD).change(Change("facts", facts("가"), True, here, there), 0)
    draft, back = draft.undo()
    assert back is not None
    assert (back.after, back.new) == (here, Facts())
    _, forward = draft.redo()
    assert forward is not None
    assert (forward.after, forward.new) == (there, facts("가"))


def test_other_section_undo_and_single_changes_end_steps() -> None:
    draft = typed(Draft(CARD), "가").change(Change("plan", Outline()), 100.1)
    draft = typed(draft, "가나", start=100.2)
    keys = []
    while (stepped := draft.undo())[1] is not None:
        draft, step = stepped
        assert step is not None
        keys.append(step.key)
    assert keys == ["facts", "plan", "facts"]
    draft = typed(undone(typed(Draft(CARD), "나")), "다", start=100.1)
    draft = draft.change(Change("facts", facts("라")), 100.2)
    draft = typed(draft, "마", start=100.3)
    assert undone(draft).card.section("facts") == facts("라")
    assert undone(undone(draft)).card.section("facts") == facts("다")


def test_change_after_undo_ends_redo() -> None:
    draft = undone(typed(Draft(CARD), "가")).change(Change("plan", Outline()), 101)
    assert draft.redo() == (draft, None)


def test_undone_section_is_to_be_saved_again() -> None:
    draft = typed(Draft(CARD), "가").taken()
    assert draft.unsaved() == {}
    assert undone(draft).unsaved() == {"facts": Facts()}


def test_undoing_the_first_change_of_a_section_that_the_card_lacked_can_be_saved() -> None:
    draft = Draft(CARD).change(Change("effects", Outline((Part("effects", "", (line("○ 가"),)),))), 0).taken()
    assert undone(draft).unsaved() == {"effects": Outline()}


def test_undo_reaches_back_a_bounded_number_of_steps() -> None:
    draft = typed(Draft(CARD), *(str(number) for number in range(DEPTH + 20)), seconds=MERGE_SECONDS * 2)
    steps = 0
    while (stepped := draft.undo())[1] is not None:
        draft, steps = stepped[0], steps + 1
    assert steps == DEPTH
    assert draft.card.section("facts") == facts("19")


@given(any_cards(), st.lists(st.integers(0, 7)))
@settings(max_examples=15)
def test_undoing_everything_gives_the_first_card_and_redoing_the_last(card: Card, places: list[int]) -> None:
    draft = Draft(card)
    for at in places:
        if card.sections:
            key, section = card.sections[at % len(card.sections)]
            draft = draft.change(Change(key, KINDS[section.kind]()), 0)
    last = draft.card
    while (stepped := draft.undo())[1] is not None:
        draft = stepped[0]
    assert encode(draft.card) == encode(card)
    while (stepped := draft.redo())[1] is not None:
        draft = stepped[0]
    assert encode(draft.card) == encode(last)


class DraftAndBook(RuleBasedStateMachine):
    """Whatever is edited, undone, saved and reloaded: the book holds what was saved, the draft what was edited."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "대장.govtracker"
        self.book = Book.create(self.path, "한빛구", "2022-07-01..2026-06-30", "gwanak")
        self.now = 100.0

    @initialize(with_sections=st.booleans())
    def begin(self, with_sections: bool) -> None:
        found = tuple((kind, KINDS[kind]()) for kind in KINDS) if with_sections else ()
        card = Card(Pledge("공약", "1-1"), Period("2023년", date(2023, 12, 31)), "gwanak", found)
        self.entry_id = add_cards(self.book, [card], {}).cards[0]
        self.draft = Draft(card)
        self.saved = dict(card.sections)
        self.versions = dict.fromkeys(self.saved, 1)

    @rule(
        section=st.sampled_from(sorted(KINDS)).flatmap(sections), merge=st.booleans(), pause=st.floats(0, 2)
    )
    def edit(self, section: Section, merge: bool, pause: float) -> None:
        self.now += pause
        before = self.draft.card
        changed = self.draft.change(Change(section.kind, section, merge), self.now)
        assert (changed is not self.draft) == (before.section(section.kind) != section)
        self.draft = changed
        assert self.draft.card.section(section.kind) == section

    @rule()
    def undo(self) -> None:
        before, (self.draft, step) = self.draft.card, self.draft.undo()
        if step is None:
            assert self.draft.card is before
        else:
            assert encode(redone(self.draft).card) == encode(before)
            assert encode(undone(redone(self.draft)).card) == encode(self.draft.card)

    @rule()
    def redo(self) -> None:
        self.draft = redone(self.draft)

    @rule()
    def save(self) -> None:
        taken = self.draft.unsaved()
        save_sections(
            self.book, [SectionChange(self.entry_id, key, section) for key, section in taken.items()]
        )
        self.draft = self.draft.taken()
        for key, section in taken.items():
            self.saved[key] = section
            self.versions[key] = self.versions.get(key, 0) + 1

    @precondition(lambda self: self.draft.dirty)
    @rule()
    def fail_to_save(self) -> None:
        self.book.conn.execute("pragma query_only = on")
        taken = self.draft.unsaved()
        with pytest.raises(BookTrouble):
            save_sections(self.book, [SectionChange(self.entry_id, *change) for change in taken.items()])
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
        self.draft = Draft(card)

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
