"""The program behind the window: how much of the book it reads and writes for what is asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from govtracker.app import Program
from govtracker.model.card import Fact, Facts, Period, Pledge
from govtracker.model.dates import Term
from tests.support.tracing import traced, written_tables

PERIOD = Period("2023년 하반기", date(2023, 12, 31))


@pytest.fixture
def program(book_path: Path) -> Iterator[Program]:
    program = Program()
    program.create(book_path, "한빛구", Term(date(2022, 7, 1), date(2026, 6, 30)), "gwanak")
    yield program
    program.close()


def filled(program: Program, count: int) -> str:
    """Add pledges until there are so many; the id of their period."""
    start = len(program.cards(program.info().periods[0].id)) if program.info().periods else 0
    for number in range(start, count):
        program.add_card(Pledge(f"공약 {number}", f"1-{number}"), PERIOD)
    return program.info().periods[0].id


def test_a_list_takes_as_many_queries_for_fifty_cards_as_for_five(program: Program) -> None:
    counted = {}
    for count in (5, 50):
        period = filled(program, count)
        with traced(program.open_book) as statements:
            assert len(program.cards(period)) == count
        counted[count] = len(statements)
    assert counted[50] == counted[5] <= 20


def test_after_a_save_only_that_card_is_read_again(program: Program) -> None:
    period = filled(program, 5)
    first, *others = (item.id for item in program.cards(period))
    section = next(key for key, each in program.read(first)[1].sections if isinstance(each, Facts))
    with traced(program.open_book) as statements:
        program.save(first, {section: Facts((Fact("span", "2022.~2026."),))})
        assert written_tables(statements) == {"carried", "fact", "section", "version"}
    assert len(statements) <= 30
    assert not [each for each in statements for other in others if other in each]
    listed = [each for each in statements if "from card join pledge" in each]
    assert [f"where card.id = '{first}'" in each for each in listed] == [True]


def test_what_comes_again_costs_the_same_however_many_cards_there_are(program: Program) -> None:
    counted = {}
    for count in (5, 50):
        known = next(i.pledge for i in program.cards(filled(program, count)) if i.pledge.number == "1-3")
        with traced(program.open_book) as statements:
            program.add_card(known, PERIOD)
        counted[count] = len(statements)
        for each in statements:
            if "from card join" in each:
                assert "where card.id = " in each
    assert counted[50] == counted[5]
