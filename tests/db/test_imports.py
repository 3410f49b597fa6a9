"""Imports of a book: recorded, repeated without a trace, met by edits, taken back weeks later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from govtracker.db.book import Book
from govtracker.db.cards import list_cards
from govtracker.db.imports import Delivery, add_delivery, later_edits, list_imports, undo_import
from govtracker.db.merge import add_cards
from govtracker.db.sections import SectionChange, load_card, load_cards, save_sections
from govtracker.errors import BookTrouble
from govtracker.merging.three_way import Difference
from govtracker.model.card import Card, Event, Events, Fact, Facts, Outline, Part, Period, Pledge
from govtracker.model.codec import encode
from govtracker.model.content import line
from tests.db.support import YEAR, content, fresh_book, only, small_card


def facts(**values: str) -> Facts:
    return Facts(tuple(Fact(key, text) for key, text in values.items()))


def delivery(*cards: Card, file: str = "지난해.xlsx") -> Delivery:
    return Delivery(cards, {}, {}, file, {"cells": []})


def state(book: Book) -> list[object]:
    """What the book's cards hold; ids of records and history aside."""
    cards = load_cards(book, list_cards(book))
    return [(card.pledge, card.period, card.form, card.sections) for card in cards]


def edit(book: Book, key: str, section: object) -> None:
    save_sections(book, [SectionChange(only(book).card, key, section)])  # type: ignore[arg-type]


def test_the_same_again_writes_nothing_at_all(book: Book) -> None:
    add_delivery(book, delivery(small_card()))
    before = content(book)
    added = add_delivery(book, delivery(small_card()))
    assert content(book) == before
    assert (added.written, added.kept) == ([], ())


def test_only_what_the_file_changed_comes_in_and_the_officers_own_stays(book: Book) -> None:
    add_delivery(book, delivery(small_card(facts=facts(span="2022", kind="신규", goal="가"))))
    edit(book, "facts", facts(span="2022", kind="계속", goal="나"))
    added = add_delivery(book, delivery(small_card(facts=facts(span="2023", kind="신규", goal="다"))))
    assert load_card(book, only(book)).section("facts") == facts(span="2023", kind="계속", goal="나")
    assert added.kept == ((only(book).card, "facts"),)


def test_a_value_kept_once_is_kept_by_the_next_file_that_says_the_same(book: Book) -> None:
    """What came in is the base of the next import, not what it was joined to."""
    add_delivery(book, delivery(small_card(facts=facts(span="2022", kind="신규"))))
    edit(book, "facts", facts(span="2022", kind="계속"))
    add_delivery(book, delivery(small_card(facts=facts(span="2023", kind="신규"))))
    add_delivery(book, delivery(small_card(facts=facts(span="2024", kind="신규"))))
    assert load_card(book, only(book)).section("facts") == facts(span="2024", kind="계속")


def test_a_conflict_comes_in_where_it_is_chosen(book: Book) -> None:
    add_delivery(book, delivery(small_card(facts=facts(span="2022"))))
    edit(book, "facts", facts(span="2023"))

    def choose(card: int, difference: Difference) -> bool:
        return difference.place.field == "span"

    add_delivery(book, replace(delivery(small_card(facts=facts(span="2024"))), choose=choose))
    assert load_card(book, only(book)).section("facts") == facts(span="2024")


def test_the_same_pledge_twice_in_one_file_is_a_conflict(book: Book) -> None:
    first, second = small_card(facts=facts(span="2022")), small_card(facts=facts(span="2023"))
    added = add_delivery(book, delivery(first, second))
    assert load_card(book, only(book)).section("facts") == facts(span="2022")
    assert added.merges[1].again
    assert [each.kind for each in added.merges[1].differences] == ["conflict"]


def test_a_pledges_other_title_is_a_difference_and_comes_in_only_where_it_is_chosen(book: Book) -> None:
    add_delivery(book, delivery(small_card()))
    other = replace(small_card(), pledge=Pledge("청년창업허브 운영", "6-2"))
    assert [each.kind for each in add_delivery(book, delivery(other)).merges[0].differences] == ["conflict"]
    assert only(book).pledge.title == "청년창업허브 조성"
    add_delivery(book, replace(delivery(other), choose=lambda _, each: True))
    assert only(book).pledge.title == "청년창업허브 운영"
    undo_import(book, list_imports(book)[0].id)
    assert only(book).pledge.title == "청년창업허브 조성"


def test_a_section_that_the_books_form_does_not_have_stays_out_and_is_told(book: Book) -> None:
    add_delivery(book, delivery(small_card()))
    other = Card(Pledge("청년창업허브 조성", "6-2"), YEAR, "suwon", (("elsewhere", facts(span="2022")),))
    before = content(book)
    assert add_delivery(book, delivery(other)).merges[0].foreign == ("elsewhere",)
    assert content(book) == before


def test_import_and_undo_leave_the_book_as_it_was(book: Book) -> None:
    add_delivery(book, delivery(small_card("1-1")))
    before = state(book)
    add_delivery(
        book,
        delivery(small_card("2-1"), replace(small_card("1-1"), period=Period("2024년", date(2024, 12, 31)))),
    )
    undo_import(book, list_imports(book)[0].id)
    assert state(book) == before
    assert [row["label"] for row in book.conn.execute("select label from period")] == [YEAR.label]


def test_import_undo_import_gives_the_same_book(book: Book) -> None:
    add_delivery(book, delivery(small_card()))
    before = state(book)
    undo_import(book, list_imports(book)[0].id)
    assert state(book) == []
    add_delivery(book, delivery(small_card()))
    assert state(book) == before


def test_what_was_changed_since_is_listed_and_stays(book: Book) -> None:
    add_delivery(book, delivery(small_card(facts=facts(span="2022", kind="신규"))))
    edit(book, "facts", facts(span="2023", kind="신규"))
    run = list_imports(book)[0].id
    assert [each.difference.place.field for each in later_edits(book, run)] == ["span"]
    assert undo_import(book, run) == 1
    assert load_card(book, only(book)).section("facts") == facts(span="2023")


def test_what_was_changed_since_goes_too_where_that_is_wanted(book: Book) -> None:
    add_delivery(book, delivery(small_card(facts=facts(span="2022"))))
    edit(book, "facts", facts(span="2023"))
    undo_import(book, list_imports(book)[0].id, with_edits=True)
    assert list_cards(book) == []


def test_an_event_typed_since_stays_where_the_imported_ones_go(book: Book) -> None:
    imported = Event("2022. 3.", "", "협약 체결")
    add_delivery(book, delivery(small_card(events=Events((imported,)))))
    own = Event("2023. 5.", "", "직접 적은 일")
    edit(book, "events", Events((imported, own)))
    undo_import(book, list_imports(book)[0].id)
    assert load_card(book, only(book)).section("events") == Events((own,))


def test_an_earlier_import_goes_and_a_later_one_stays(book: Book) -> None:
    add_delivery(book, delivery(small_card(facts=facts(span="2022", kind="신규")), file="첫째.xlsx"))
    add_delivery(book, delivery(small_card(facts=facts(span="2023", kind="신규")), file="둘째.xlsx"))
    first = next(run for run in list_imports(book) if run.file == "첫째.xlsx")
    undo_import(book, first.id)
    assert load_card(book, only(book)).section("facts") == facts(span="2023", kind="신규")


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (0, 2, 1), (2, 0, 1), (1, 2, 0)])
def test_in_whatever_order_imports_are_taken_back_nothing_of_them_stays(
    book: Book, order: tuple[int, ...]
) -> None:
    periods = (YEAR, YEAR, Period("2024년", date(2024, 12, 31)))
    for at, period in enumerate(periods):
        card = small_card(
            facts=facts(span=f"202{at}", kind="신규"), events=Events((Event(f"202{at}. 3.", "", f"일 {at}"),))
        )
        add_delivery(book, delivery(replace(card, period=period), file=f"{at}.xlsx"))
    runs = {run.file: run.id for run in list_imports(book)}
    for at in order:
        undo_import(book, runs[f"{at}.xlsx"])
    assert state(book) == []
    for table in ("pledge", "period", "card", "section", "fact", "event"):
        assert book.conn.execute(f"select count(*) from {table}").fetchone()[0] == 0, table


def test_undoing_an_older_import_and_then_a_newer_one_brings_nothing_back(book: Book) -> None:
    first = small_card(facts=facts(span="2022", kind="신규"))
    add_cards(book, [small_card(facts=facts(kind="직접"))], {})
    add_delivery(book, delivery(first, file="1.xlsx"))
    add_delivery(book, delivery(small_card(facts=facts(span="2023", kind="신규")), file="2.xlsx"))
    runs = {run.file: run.id for run in list_imports(book)}
    undo_import(book, runs["1.xlsx"])
    undo_import(book, runs["2.xlsx"])
    assert load_card(book, only(book)).section("facts") == facts(kind="직접")


def test_a_renumbered_pledge_takes_nothing_of_another_ones_without_being_asked(book: Book) -> None:
    def named(number: str, title: str, span: str) -> Card:
        return replace(small_card(number, facts=facts(span=span)), pledge=Pledge(title, number))

    add_delivery(book, delivery(named("1-1", "시장 활성화", "2021"), named("1-2", "창업 지원", "2022")))
    comes = (
        named("1-1", "도서관 건립", "2030"),
        named("1-2", "시장 활성화", "2021"),
        named("1-3", "창업 지원", "2022"),
    )
    added = add_delivery(book, delivery(*comes))
    held = {e.pledge.number: load_card(book, e).section("facts") for e in list_cards(book)}
    assert (held["1-1"], held["1-2"]) == (facts(span="2021"), facts(span="2022"))
    assert {each.kind for merged in added.merges[:2] for each in merged.differences} == {"conflict"}


def test_a_number_spelled_with_blanks_or_zeros_is_the_same(book: Book) -> None:
    add_delivery(book, delivery(small_card("1-1")))
    for number in ("1 - 1", "1-01"):
        assert not add_delivery(book, delivery(small_card(number))).merges[0].is_new


def test_an_import_is_taken_back_once(book: Book) -> None:
    add_delivery(book, delivery(small_card()))
    run = list_imports(book)[0].id
    undo_import(book, run)
    with pytest.raises(BookTrouble, match="이미 되돌린"):
        undo_import(book, run)


def test_nothing_is_taken_back_in_a_frozen_period(book: Book) -> None:
    add_delivery(book, delivery(small_card()))
    book.conn.execute("update period set frozen = 1")
    book.conn.commit()
    before = content(book)
    with pytest.raises(BookTrouble):
        undo_import(book, list_imports(book)[0].id)
    assert content(book) == before


@pytest.mark.parametrize(("held", "comes"), [("6-2", ""), ("", "6-2")])
def test_a_pledge_without_a_number_is_known_by_its_title(book: Book, held: str, comes: str) -> None:
    add_delivery(book, delivery(small_card(held, facts=facts(span="2022"))))
    merges = add_delivery(book, delivery(small_card(comes, facts=facts(span="2023")))).merges
    assert not merges[0].is_new
    assert load_card(book, only(book)).section("facts") == facts(span="2023")
    assert only(book).pledge.number == held


def test_a_pledge_of_the_same_title_under_another_number_is_a_new_one_and_told(book: Book) -> None:
    add_delivery(book, delivery(small_card("6-2")))
    merges = add_delivery(book, delivery(small_card("7-1"))).merges
    assert (merges[0].is_new, merges[0].namesake) == (True, "6-2")
    assert [entry.pledge.number for entry in list_cards(book)] == ["6-2", "7-1"]


def test_a_title_that_several_pledges_have_names_none_of_them(book: Book) -> None:
    add_delivery(book, delivery(small_card("6-2"), small_card("7-1")))
    assert add_delivery(book, delivery(small_card(""))).merges[0].is_new


def test_cards_typed_by_hand_are_no_imports(book: Book) -> None:
    add_cards(book, [small_card()], {})
    assert list_imports(book) == []


WORDS = st.sampled_from(("", "2022", "2023", "2024"))
TEXTS = st.lists(st.sampled_from("가나다라"), max_size=4)


def sections_of(span: str, kind: str, texts: list[str]) -> dict[str, object]:
    plan = Outline((Part("plan", "", tuple(line(text) for text in texts), id="p"),))
    return {"facts": Facts(tuple(Fact(k, v) for k, v in (("span", span), ("kind", kind)) if v)), "plan": plan}


def test_any_imports_edits_and_undoings_keep_what_the_officer_typed(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """A state machine: after any steps the officer's last value of a field stands unless it was chosen away."""

    class Machine(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.context = fresh_book()
            _, self.book = self.context.__enter__()
            self.typed: dict[str, str] = {}

        def teardown(self) -> None:
            self.context.__exit__(None, None, None)

        @initialize(span=WORDS, kind=WORDS, texts=TEXTS)
        def begin(self, span: str, kind: str, texts: list[str]) -> None:
            self.bring(span, kind, texts)

        @rule(span=WORDS, kind=WORDS, texts=TEXTS)
        def bring(self, span: str, kind: str, texts: list[str]) -> None:
            add_delivery(self.book, delivery(small_card(**sections_of(span, kind, texts))))  # type: ignore[arg-type]

        @rule(key=st.sampled_from(("span", "kind")), text=st.integers(1, 99).map("직접 {}".format))
        def type(self, key: str, text: str) -> None:
            for entry in list_cards(self.book):
                now = load_card(self.book, entry).section("facts")
                values = {fact.key: fact.text for fact in (now.values if isinstance(now, Facts) else ())}
                save_sections(self.book, [SectionChange(entry.card, "facts", facts(**{**values, key: text}))])
                self.typed[key] = text

        @rule(which=st.integers(0, 5))
        def take_back(self, which: int) -> None:
            standing = [run for run in list_imports(self.book) if not run.undone]
            if standing:
                undo_import(self.book, standing[which % len(standing)].id)

        @invariant()
        def what_was_typed_stands(self) -> None:
            for entry in list_cards(self.book):
                held = load_card(self.book, entry).section("facts")
                for key, text in self.typed.items():
                    assert isinstance(held, Facts) and held.get(key).text == text
            assert not self.typed or list_cards(self.book)

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=15, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_the_first_of_three_goes_and_what_the_last_brought_stays(book: Book) -> None:
    """The last one brought again what the first had brought: that is its own, too."""
    for text in ("가", "나", "가"):
        add_delivery(book, delivery(small_card(facts=facts(span=text))))
    first = list_imports(book)[-1]
    undo_import(book, first.id)
    assert load_card(book, only(book)).section("facts") == facts(span="가")
    undo_import(book, list_imports(book)[0].id)
    assert load_card(book, only(book)).section("facts") == facts(span="나")
    undo_import(book, list_imports(book)[1].id)
    assert list_cards(book) == []


@given(st.data())
@settings(max_examples=8)
def test_ids_survive_so_that_a_later_import_knows_what_was_moved(data: st.DataObject) -> None:
    texts = data.draw(st.lists(st.sampled_from("가나다라마"), min_size=1, max_size=5, unique=True))
    events = Events(tuple(Event(f"2022. {at}.", "", text) for at, text in enumerate(texts, 1)))
    with fresh_book() as (_, book):
        add_delivery(book, delivery(small_card(events=events)))
        held = load_card(book, only(book)).section("events")
        assert isinstance(held, Events)
        moved = Events(tuple(replace(each, when="2023. 1.") for each in reversed(held.entries)))
        edit(book, "events", moved)
        added = add_delivery(book, delivery(small_card(events=events)))
        assert added.written == []
        assert encode(load_card(book, only(book)).section("events")) == encode(moved)


def test_a_book_of_before_imports_were_recorded_opens_and_keeps_everything(tmp_path: Path) -> None:
    """An import without a record of what it wrote: nothing is known of before, so nothing typed is overwritten."""
    with fresh_book() as (_, book):
        add_cards(book, [small_card(facts=facts(span="2022"))], {})
        added = add_delivery(book, delivery(small_card(facts=facts(span="2023"))))
        assert load_card(book, only(book)).section("facts") == facts(span="2022")
        assert added.written == []
