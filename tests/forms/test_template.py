"""What is filled into a label is found again where a sheet prints it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from govtracker.forms import loader
from govtracker.forms.template import NAMES, fill, match, names_of
from govtracker.model.dates import term_of_year

OWN = {**names_of(term_of_year(2022), date(2023, 12, 31)), "municipality": "한빛구", "name": "이름"}


def test_names_of_term_and_as_of_date() -> None:
    label = "민선{term}기({term_start}~) {as_of_year}년 {as_of} 기준"
    assert fill(label, OWN) == "민선8기(2022. 7.~) 2023년 2023. 12. 31. 기준"


def test_unknown_names_stay_and_facts_fall_back_on_their_word() -> None:
    facts = {"evaluation": "주민배심원단", "empty": ""}
    label = "{letter} {evaluation|평가} {empty|없음} {other|낱말}"
    assert fill(label, OWN, facts.get) == "{letter} 주민배심원단 없음 {other|낱말}"


def test_what_was_filled_in_is_not_filled_again() -> None:
    assert fill("{municipality} {term}", {"municipality": "{term}", "term": "8"}) == "{term} 8"


@pytest.mark.parametrize(
    "label", ["{municipality}{as_of_year}년", "민선{term}기{as_of}", "{first}~{last}{first}", "가(나)"]
)
def test_a_filled_label_matches_and_says_its_names(label: str) -> None:
    names = {**OWN, "first": "2022", "last": "2026"}
    printed = re.sub(r"\s", "", fill(label, names))
    found = re.fullmatch(match(label), printed)
    assert found
    assert found.groupdict() == {key: re.sub(r"\s", "", names[key]) for key in found.groupdict()}


def test_names_of_any_form_can_be_matched() -> None:
    for form in map(loader.find, loader.form_keys()):
        for block in form.block:
            label = block.heading.label if block.heading else ""
            assert re.compile(match(label))
    assert set(OWN) <= set(NAMES)
