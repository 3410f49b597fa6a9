from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, fields, is_dataclass

import pytest
from hypothesis import given

from govtracker.forms.columns import Setting
from govtracker.forms.schema import Form
from govtracker.model.card import (
    KINDS,
    Budget,
    Card,
    Event,
    Fact,
    Facts,
    Indicator,
    Part,
    Person,
    Section,
    Task,
    emptied,
)
from govtracker.model.codec import decode, decode_section, encode
from govtracker.model.content import Picture, Table, line
from govtracker.model.dates import year_months
from govtracker.model.figure import BLANK
from tests.support.random_cards import any_cards, any_sections, cards


def through_json(value: object) -> object:
    return json.loads(json.dumps(encode(value), ensure_ascii=False))


@given(any_cards())
def test_card_comes_back_from_its_lossless_form_with_its_ids(card: Card) -> None:
    again = decode(Card, through_json(card))
    assert again == card
    assert encode(again) == encode(card)


@given(any_sections())
def test_section_comes_back_from_its_tagged_form(section: Section) -> None:
    again = decode_section(through_json(section))
    assert type(again) is type(section)
    assert encode(again) == encode(section)


@pytest.mark.parametrize(
    "damage", [{}, {"is": "nothing"}, {"is": "people", "persons": [{"role": "x", "id": 3}, 5]}]
)
def test_damaged_lossless_form_is_refused(damage: dict[str, object]) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        decode_section(damage)


def test_cards_of_the_form_have_its_sections_in_order(gwanak: Form, setting: Setting) -> None:
    @given(cards(gwanak, setting))
    def check(card: Card) -> None:
        assert [key for key, _ in card.sections] == [section.key for section in gwanak.section]
        assert [section.kind for _, section in card.sections] == [section.kind for section in gwanak.section]

    check()


@pytest.mark.parametrize(
    "value",
    [
        Fact("status"), Person(), Part(), Event(), Task(), Indicator(), line("○ 가"), Table(()), Picture("0", 1, 1),
        BLANK, *(kind() for kind in KINDS.values()),
    ],
)  # fmt: skip
def test_values_cannot_be_changed_in_place(value: object) -> None:
    assert is_dataclass(value)
    for field in fields(value):
        with pytest.raises(FrozenInstanceError):
            setattr(value, field.name, None)
    with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
        value.anything_else = 1  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "make", [Person, Part, Event, Task, Indicator, lambda: line("○ 가"), lambda: Table(())]
)
def test_ids_are_given_once_and_are_no_part_of_equality(make: type) -> None:
    one, other = make(), make()
    assert one.id != other.id
    assert one == other
    assert hash(one) == hash(other)


def test_replacing_a_section_keeps_its_place_and_adding_one_goes_last() -> None:
    @given(any_cards(), any_sections())
    def check(card: Card, section: Section) -> None:
        added = card.with_section("new", section)
        assert added.sections == (*card.sections, ("new", section))
        for key, _ in card.sections:
            changed = card.with_section(key, section)
            assert [k for k, _ in changed.sections] == [k for k, _ in card.sections]
            assert changed.section(key) == section

    check()


def test_missing_values_read_as_empty_ones() -> None:
    assert Facts().get("status") == Fact("status")
    assert Indicator().target(year_months(2023)) == BLANK


@given(any_sections())
def test_emptied_section_keeps_its_kind_and_unit(section: Section) -> None:
    empty = emptied(section)
    assert type(empty) is type(section)
    if isinstance(section, Budget):
        assert empty == Budget(section.unit)
    else:
        assert empty == KINDS[section.kind]()
