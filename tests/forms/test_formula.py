from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtracker.forms import formula
from govtracker.forms.formula import Row, Selector


def row(**values: int | Fraction | None) -> Row:
    return lambda key: None if values.get(key) is None else Fraction(values[key] or 0)


@pytest.mark.parametrize(
    ("text", "selectors"),
    [
        ("years", [Selector("years")]),
        ("within + after", [Selector("within"), Selector("after")]),
        (
            "before + years.past.executed + years.current",
            [Selector("before"), Selector("years", "past", "executed"), Selector("years", "current")],
        ),
        ("years.secured", [Selector("years", "", "secured")]),
    ],
)
def test_sum_names_columns_relations_and_measures(text: str, selectors: list[Selector]) -> None:
    assert list(formula.summands(text)) == selectors


@pytest.mark.parametrize(
    "text", ["a - b", "a * b", "a + 1", "sum(a)", "-a", "a +", "", "a.b.c.d", "a.past.x.y", "'a'"]
)
def test_sum_is_only_additions_of_names(text: str) -> None:
    with pytest.raises(ValueError):
        formula.summands(text)


@pytest.mark.parametrize(
    "text",
    ["a ** 2", "a % 2", "a if b else c", "a < b", "[a]", "a[0]", "f(a)", "sum(a, b)", "sum()", "lambda: 1", "'a'", "a // b"],
)  # fmt: skip
def test_formula_is_only_arithmetic(text: str) -> None:
    with pytest.raises(ValueError):
        formula.parse(text)


def test_arithmetic_is_exact() -> None:
    assert formula.evaluate("a / b * 100", row(a=1, b=3)) == Fraction(100, 3)
    assert formula.evaluate("(a + b) / 2 - 0.5", row(a=1, b=2)) == 1
    assert formula.evaluate("a / b * b - a", row(a=1, b=3)) == 0


@pytest.mark.parametrize(
    ("text", "values"),
    [("a / b", {"a": 1, "b": 0}), ("a / b", {"a": 1}), ("a * b", {"b": 1}), ("a + b", {"a": 1}), ("c", {})],
)
def test_missing_operand_or_division_by_zero_gives_no_value(text: str, values: dict[str, int]) -> None:
    assert formula.evaluate(text, row(**values)) is None


def test_sum_over_rows_leaves_out_rows_without_a_value() -> None:
    rows = (row(w=30, r=50), row(w=30), row(w=40, r=10))
    assert formula.evaluate("sum(w * r) / 100", row(), rows) == Fraction(30 * 50 + 40 * 10, 100)
    assert formula.evaluate("sum(w * r)", row(), (row(w=1),)) is None
    assert formula.evaluate("sum(w * r) / sum(w)", row(), ()) is None


@pytest.mark.parametrize(
    ("number", "decimals", "rounded"),
    [
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "-3"),
        (Fraction(4645, 100), 1, "46.5"),
        (Fraction(4644, 100), 1, "46.4"),
        (Fraction(100), 1, "100.0"),
        (Fraction(0), 1, "0.0"),
        (Fraction(2, 3), 1, "0.7"),
        (Fraction(999_999, 10_000), 1, "100.0"),
    ],
)
def test_halves_go_away_from_zero(number: Fraction, decimals: int, rounded: str) -> None:
    assert str(formula.round_half_up(number, decimals)) == rounded


@given(st.fractions(-(10**6), 10**6), st.integers(0, 4))
def test_rounding_is_never_more_than_half_a_place_off(number: Fraction, decimals: int) -> None:
    rounded = formula.round_half_up(number, decimals)
    assert abs(Fraction(rounded) - number) * 2 <= Fraction(1, 10**decimals)
    assert rounded == rounded.quantize(Decimal(1).scaleb(-decimals))
