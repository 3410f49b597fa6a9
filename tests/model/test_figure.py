from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtracker.model.figure import BLANK, DASH, Figure, parse_figure, scaled, total, value
from tests.support.random_text import figures


@pytest.mark.parametrize(
    ("typed", "state", "number", "printed"),
    [
        ("", "blank", None, ""),
        ("   ", "blank", None, ""),
        ("-", "dash", None, "-"),
        ("–", "dash", None, "-"),
        ("−", "dash", None, "-"),
        (" - ", "dash", None, "-"),
        ("0", "value", "0", "0"),
        ("1,185", "value", "1185", "1,185"),
        ("1185", "value", "1185", "1,185"),
        ("△38,000", "value", "-38000", "-38,000"),
        ("▲38,000", "value", "-38000", "-38,000"),
        ("△ 5", "value", "-5", "-5"),
        ("-5", "value", "-5", "-5"),
        ("1.50", "value", "1.50", "1.50"),
        ("1,234,567.05", "value", "1234567.05", "1,234,567.05"),
        ("225.5", "value", "225.5", "225.5"),
        ("미정", "text", None, "미정"),
        (" 추후 협의 ", "text", None, "추후 협의"),
        ("12,34", "text", None, "12,34"),
        ("1,2345", "text", None, "1,2345"),
        ("1.", "text", None, "1."),
        ("3명", "text", None, "3명"),
        ("46.5%", "text", None, "46.5%"),
        ("1e5", "text", None, "1e5"),
        ("NaN", "text", None, "NaN"),
        ("--", "text", None, "--"),
        ("607 (334)", "text", None, "607 (334)"),
    ],
)
def test_typed_figure_is_parsed_and_printed(typed: str, state: str, number: str | None, printed: str) -> None:
    figure = parse_figure(typed)
    assert figure.state == state
    assert figure.value == (None if number is None else Decimal(number))
    assert figure.printed() == printed


def test_blank_dash_and_zero_are_three_things() -> None:
    assert len({parse_figure(""), parse_figure("-"), parse_figure("0")}) == 3
    assert not BLANK
    assert DASH
    assert value(0)


def test_number_too_long_for_any_budget_stays_as_typed() -> None:
    typed = "1" * 40
    assert parse_figure(typed) == Figure("text", None, typed)


@given(st.text(max_size=40))
def test_nothing_typed_is_lost(typed: str) -> None:
    figure = parse_figure(typed)
    if figure.state == "text":
        assert figure.printed() == typed.strip()
    assert bool(figure) == bool(typed.strip())


@given(figures())
def test_printed_figure_parses_to_itself(figure: Figure) -> None:
    assert parse_figure(figure.printed()) == figure


@given(st.integers(0, 10**18 - 1), st.sampled_from((1, 1_000, 1_000_000, 100_000_000)))
def test_whole_units_become_exact_won_and_come_back(number: int, unit: int) -> None:
    won = scaled(value(number), unit)
    assert won.value == number * unit
    assert scaled(won, Decimal(1) / unit).printed() == f"{number:,}"


def test_scaling_leaves_no_exponent_and_other_states_alone() -> None:
    assert scaled(value(225_500_000), Decimal(1) / 1_000_000).printed() == "225.5"
    assert scaled(value("1e3"), 1000).printed() == "1,000,000"
    for figure in (BLANK, DASH, Figure("text", None, "미정")):
        assert scaled(figure, 1000) == figure


@pytest.mark.parametrize(
    ("typed", "sum_"),
    [
        ([], BLANK),
        (["", ""], BLANK),
        (["", "-"], DASH),
        (["-", "0"], value(0)),
        (["-", "", "1,000", "0.5"], value("1000.5")),
        (["5", "미정"], value(5)),
        (["미정"], BLANK),
        (["미정", "-"], DASH),
        (["△38,000", "38,000"], value(0)),
        (["0.1"] * 3, value("0.3")),
    ],
)
def test_total_adds_values_only(typed: list[str], sum_: Figure) -> None:
    assert total(parse_figure(text) for text in typed) == sum_
