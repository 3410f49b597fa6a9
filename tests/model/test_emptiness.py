from __future__ import annotations

import pytest

from govtracker.model.card import (
    KINDS,
    Amount,
    Budget,
    BudgetItem,
    Count,
    Counts,
    Event,
    Events,
    Fact,
    Facts,
    Outline,
    Part,
    People,
    Person,
    Schedule,
    Task,
)
from govtracker.model.content import line
from govtracker.model.dates import year_months
from govtracker.model.emptiness import is_empty
from govtracker.model.figure import BLANK, DASH, value

EMPTY = {
    **{kind: make() for kind, make in KINDS.items()},
    "fact without a value": Facts((Fact("span"),)),
    "person without anything": People((Person(),)),
    "named slot without lines": Outline((Part("goal"),)),
    "nameless item": Budget(items=(BudgetItem(),)),
    "blank amount": Budget(
        items=(BudgetItem(),), amounts=(Amount(0, "own", year_months(2023), "planned", BLANK),)
    ),
    "task without a name": Schedule((Task(),)),
    "blank count": Counts((Count("a", BLANK),)),
    "event without anything": Events((Event(),)),
    "line without text": Outline((Part("goal", "", (line("", 1),)),)),
}


FULL = {
    "chosen fact": Facts((Fact("status", "", ("done",)),)),
    "dash": Budget(items=(BudgetItem(),), amounts=(Amount(0, "own", year_months(2023), "planned", DASH),)),
    "zero": Counts((Count("a", value(0)),)),
    "named item": Budget(items=(BudgetItem("도로"),)),
    "remark": Outline((Part("goal", remark="고침"),)),
    "free part with a label": Outline((Part("", "제목"),)),
    "heading": Events((Event("19년 1분기", heading=True),)),
    "quarters": Schedule((Task("", ("2022Q3",)),)),
}


@pytest.mark.parametrize("case", EMPTY)
def test_section_without_anything_entered_is_empty(case: str) -> None:
    assert is_empty(EMPTY[case])


@pytest.mark.parametrize("case", FULL)
def test_section_with_anything_entered_is_not_empty(case: str) -> None:
    assert not is_empty(FULL[case])
