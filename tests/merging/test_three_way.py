"""Joining what comes in with what the book holds: whose change each value is, and what blank and lines do."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtracker.merging.rows import rows_of
from govtracker.merging.three_way import Merged, merge, taking_back
from govtracker.model.card import (
    KINDS,
    Amount,
    Budget,
    BudgetItem,
    Event,
    Events,
    Fact,
    Facts,
    Indicator,
    Indicators,
    Outline,
    Part,
    People,
    Person,
    Section,
    Timed,
    emptied,
)
from govtracker.model.content import line
from govtracker.model.dates import year_months
from govtracker.model.figure import value
from tests.support.random_cards import sections


def told(merged: Merged) -> list[tuple[str, str]]:
    return [(each.kind, each.place.field) for each in merged.differences]


def held(section: Section) -> list[dict[object, object]]:
    """What a section holds, blank fields and rows aside."""
    return [dict(row.fields) for row in rows_of(section) if row.fields]


def tokens(section: Section) -> Counter[frozenset[object]]:
    """The rows of a section in any order."""
    return Counter(frozenset(row.items()) for row in held(section))


def plan(*texts: str) -> Outline:
    return Outline((Part("plan", "", tuple(line(text) for text in texts), id="p"),))


def texts(section: Section) -> list[str]:
    assert isinstance(section, Outline)
    return [item.text for item in section.parts[0].items]  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", KINDS)
def test_what_comes_into_an_empty_section_comes_in_whole(kind: str) -> None:
    @given(sections(kind))
    def check(theirs: Section) -> None:
        merged = merge("s", None, emptied(theirs), theirs)
        assert held(merged.section) == held(theirs)
        assert all(each.kind == "new" for each in merged.differences)

    check()


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_again_is_no_difference(kind: str) -> None:
    @given(sections(kind))
    def check(section: Section) -> None:
        for base in (None, section):
            merged = merge("s", base, section, section)
            assert merged.differences == ()
            assert merged.section is section

    check()


@pytest.mark.parametrize("kind", KINDS)
def test_what_only_the_officer_changed_stays(kind: str) -> None:
    @given(sections(kind), sections(kind))
    def check(base: Section, mine: Section) -> None:
        merged = merge("s", base, mine, base)
        assert merged.section == mine
        assert [each for each in merged.differences if each.kind in ("new", "changed")] == []

    check()


@pytest.mark.parametrize("kind", KINDS)
def test_what_only_the_file_changed_comes_in_and_blank_erases_only_where_it_is_taken(kind: str) -> None:
    @given(sections(kind), sections(kind))
    def check(base: Section, theirs: Section) -> None:
        merged = merge("s", base, base, theirs)
        blank = [each for each in merged.differences if not each.by_default]
        assert all(each.kind == "blank" for each in blank)
        every = merge("s", base, base, theirs, lambda _: True)
        assert tokens(every.section) == tokens(theirs)
        if not blank:
            assert merged.section == every.section

    check()


@pytest.mark.parametrize("kind", KINDS)
def test_an_import_is_taken_back_whole_where_nobody_edited_since(kind: str) -> None:
    @given(sections(kind), sections(kind))
    def check(before: Section, theirs: Section) -> None:
        after = merge("s", None, before, theirs, lambda each: each.kind == "new").section
        back = merge("s", after, after, before, taking_back).section
        assert tokens(back) == tokens(before)

    check()


@given(st.lists(st.sampled_from("가나다라마바사"), max_size=8), st.data())
def test_lines_of_both_sides_arrive(base: list[str], data: st.DataObject) -> None:
    """An officer's line put at the top and a file's line put at the end both stand in the joined text."""
    mine, theirs = plan("머리", "둘째", *base), plan("첫째", "둘째", *base, "끝")
    merged = merge("s", plan("첫째", "둘째", *base), mine, theirs)
    if base:
        assert texts(merged.section) == ["머리", "둘째", *base, "끝"]
    else:
        assert "머리" in texts(merged.section)


def test_a_conflict_is_kept_as_the_officer_had_it_and_taken_where_it_is_chosen() -> None:
    base, mine, theirs = (Facts((Fact("span", text),)) for text in ("2022", "2023", "2024"))
    merged = merge("s", base, mine, theirs)
    assert told(merged) == [("conflict", "span")]
    assert merged.section == mine
    assert merge("s", base, mine, theirs, lambda _: True).section == theirs


def test_blank_is_told_and_never_erases() -> None:
    base = Facts((Fact("span", "2022"), Fact("kind", "신규")))
    merged = merge("s", base, base, Facts((Fact("span", "2022"),)))
    assert told(merged) == [("blank", "kind")]
    assert merged.section == base


def test_what_the_officer_typed_is_never_overwritten_where_nothing_came_in_before() -> None:
    mine, theirs = Facts((Fact("span", "2022"),)), Facts((Fact("span", "2023"), Fact("kind", "신규")))
    merged = merge("s", None, mine, theirs)
    assert told(merged) == [("conflict", "span"), ("new", "kind")]
    assert merged.section == Facts((Fact("span", "2022"), Fact("kind", "신규")))


def test_an_events_changed_date_and_an_added_event_are_two_things() -> None:
    first, second = Event("2022. 3.", "", "정기회의", id="a"), Event("2022. 6.", "", "협약", id="b")
    base = Events((first, second))
    mine = Events((replace(first, when="2022. 3. 4."), second))
    theirs = Events((replace(first, id="x"), Event("2022. 5.", "", "공모", id="y"), replace(second, id="z")))
    merged = merge("s", base, mine, theirs)
    assert [each.kind for each in merged.differences] == ["conflict", "new"]
    assert isinstance(merged.section, Events)
    assert [(e.when, e.title) for e in merged.section.entries] == [
        ("2022. 3. 4.", "정기회의"), ("2022. 5.", "공모"), ("2022. 6.", "협약"),
    ]  # fmt: skip
    assert isinstance(merged.base, Events)
    assert [event.id for event in merged.base.entries] == ["a", "y", "b"]


def test_a_record_that_the_officer_took_out_stays_out() -> None:
    both = Events((Event("2022.", "", "가", id="a"), Event("2023.", "", "나", id="b")))
    merged = merge("s", both, Events(both.entries[:1]), both)
    assert merged.section == Events(both.entries[:1])
    assert [each.kind for each in merged.differences] == ["conflict"]
    assert merge("s", both, Events(both.entries[:1]), both, lambda _: True).section == both


def test_a_record_of_the_officers_own_is_no_difference() -> None:
    base = Events((Event("2022.", "", "가", id="a"),))
    mine = Events((*base.entries, Event("2024.", "", "직접", id="own")))
    merged = merge("s", base, mine, base)
    assert (merged.section, merged.differences) == (mine, ())


def test_money_of_one_year_changes_alone() -> None:
    def budget(amount: int) -> Budget:
        amounts = (
            Amount(0, "city", year_months(2022), "secured", value(5)),
            Amount(0, "city", year_months(2023), "secured", value(amount)),
        )
        return Budget(1000, (BudgetItem("사업", "i"),), amounts)

    merged = merge("s", budget(470), budget(470), budget(476))
    assert [(each.place.field, each.place.span, each.kind) for each in merged.differences] == [
        ("city", year_months(2023), "changed")
    ]
    assert merged.section == budget(476)


def test_money_of_a_book_without_items_goes_into_its_blank_one() -> None:
    amount = Amount(0, "city", year_months(2022), "secured", value(5))
    mine = Budget(1000, (BudgetItem(id="mine"),))
    merged = merge("s", None, mine, Budget(1000, (BudgetItem("사업", "x"),), (amount,)))
    assert merged.section == Budget(1000, (BudgetItem("사업"),), (amount,))


def test_a_target_that_the_officer_mended_is_kept_beside_a_new_one() -> None:
    def rows(first: int, second: int | None) -> Indicators:
        targets = [Timed(year_months(2022), value(first))]
        targets += [Timed(year_months(2023), value(second))] if second is not None else []
        return Indicators((Indicator("회의", "횟수", targets=tuple(targets), id="r"),))

    merged = merge("s", rows(16, None), rows(15, None), rows(16, 4))
    assert merged.section == rows(15, 4)
    assert sorted(each.kind for each in merged.differences) == ["conflict", "new"]


def rolling(*months: int) -> Events:
    return Events(tuple(Event(f"2023. {month}.", "", "회의") for month in months))


def test_a_list_that_rolls_on_loses_no_earlier_record() -> None:
    base = rolling(3, 4)
    merged = merge("s", base, base, rolling(4, 5))
    assert isinstance(merged.section, Events)
    assert [event.when for event in merged.section.entries] == ["2023. 3.", "2023. 4.", "2023. 5."]
    assert [each.kind for each in merged.differences] == ["new", "blank"]


def test_details_that_the_officer_wrote_stay_with_their_date() -> None:
    base = rolling(3, 4, 5)
    first, second, third = base.entries
    mine = Events((first, replace(second, details=(line("직접 적음"),)), third))
    merged = merge("s", base, mine, rolling(5, 6))
    assert isinstance(merged.section, Events)
    written = [event.when for event in merged.section.entries if event.details]
    assert written == ["2023. 4."]


def test_a_person_does_not_take_over_what_was_typed_for_another_one() -> None:
    def people(*persons: tuple[str, str, str]) -> People:
        return People(tuple(Person(role, "", "", name, phone, id=name) for role, name, phone in persons))

    base = people(("팀장", "김가나", "1"))
    mine = People((replace(base.persons[0], phone="999"),))
    merged = merge("s", base, mine, people(("팀장", "이다라", "1")))
    assert merged.section == mine
    assert {each.kind for each in merged.differences} == {"conflict"}
    two = people(("담당", "김", "1"), ("담당", "이", "2"))
    merged = merge("s", two, two, people(("담당", "이", "2"), ("담당", "박", "3")))
    assert isinstance(merged.section, People)
    assert [(p.name, p.phone) for p in merged.section.persons] == [("김", "1"), ("이", "2"), ("박", "3")]


def test_an_import_into_blank_rows_is_the_next_ones_base() -> None:
    """A new card has a blank item of money: the next import knows what this one brought."""
    blank = Budget(1, (BudgetItem(),), ())
    first = merge("money", None, blank, budget(700))
    assert first.section == budget(700)
    second = merge("money", first.base, first.section, budget(800))
    assert [(each.kind, each.mine, each.theirs) for each in second.differences] == [
        ("changed", value(700), value(800))
    ]


def budget(won: int) -> Budget:
    return Budget(1, (BudgetItem(),), (Amount(0, "city", year_months(2023), "executed", value(won)),))


def test_records_and_lines_that_came_say_which_of_the_books_they_are() -> None:
    mine = Outline((Part("plan", "", (line("가"), line("내 것"), line("나")), id="p"),))
    theirs = Outline((Part("plan", "", (line("가"), line("나"), line("새것")), id="q"),))
    merged = merge("plan", None, mine, theirs)
    own = {item.text: item.id for item in mine.parts[0].items}  # type: ignore[union-attr]
    came = {item.text: item.id for item in theirs.parts[0].items}  # type: ignore[union-attr]
    assert merged.ids["q"] == "p"
    assert (merged.ids[came["가"]], merged.ids[came["나"]]) == (own["가"], own["나"])
    assert came["새것"] not in merged.ids
