from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtracker.model.dates import (
    Months,
    Term,
    after,
    before,
    clip,
    korean_date,
    month_of,
    parse_term,
    parse_when,
    quarter_from_label,
    quarter_label,
    quarter_months,
    term_of_year,
    year_months,
)
from tests.support.random_text import whens


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2021. 7. 5.", "2021-07", "2021-07"),
        ("2021.7.5", "2021-07", "2021-07"),
        ("2021-07-05", "2021-07", "2021-07"),
        ("2021. 7. 5.(월)", "2021-07", "2021-07"),
        ("'21. 7. 5.", "2021-07", "2021-07"),
        ("‘21. 7.", "2021-07", "2021-07"),
        ("’21. 7.", "2021-07", "2021-07"),
        ("2021년 7월 5일", "2021-07", "2021-07"),
        ("2021년 7월", "2021-07", "2021-07"),
        ("2021. 7.", "2021-07", "2021-07"),
        ("2021. 7. 중", "2021-07", "2021-07"),
        ("2021년", "2021-01", "2021-12"),
        ("2021. 7. 5. ~ 7. 25.", "2021-07", "2021-07"),
        ("2021. 7. 5. ~ 25.", "2021-07", "2021-07"),
        ("2021. 7. 5.∼8. 2.", "2021-07", "2021-08"),
        ("2023. 6.~7.", "2023-06", "2023-07"),
        ("2022. 11. ~ 2023. 2.", "2022-11", "2023-02"),
        ("'22. 11. ~ '23. 2.", "2022-11", "2023-02"),
        ("2022. 7. ~ 2026.", "2022-07", "2026-12"),
        ("2022 ~ 2026", "2022-01", "2026-12"),
        ("2021. 7. 5. 14:00~16:00", "2021-07", "2021-07"),
        ("2021. 7. 5.(월) 14:00", "2021-07", "2021-07"),
    ],
)
def test_dates_as_reports_write_them_have_months(typed: str, first: str, last: str) -> None:
    assert parse_when(typed) == Months(first, last)


@pytest.mark.parametrize(
    "typed",
    ["", "7. 5.", "미정", "매월", "2021. 13. 1.", "2021. 0. 1.", "2022. 5. ~ 3.", "2021. 7. ~ 미정", "14:00~16:00", "1~2~3", "~"],
)  # fmt: skip
def test_what_is_no_date_has_no_months(typed: str) -> None:
    assert parse_when(typed) is None


@given(whens())
def test_every_spelling_of_the_strategies_is_understood(typed: str) -> None:
    span = parse_when(typed)
    assert span is not None
    assert span.first is not None
    assert span.last is not None
    assert span.first <= span.last


@given(st.text(max_size=30))
def test_any_text_is_parsed_or_refused_without_an_error(typed: str) -> None:
    span = parse_when(typed)
    assert span is None or (span.first or "") <= (span.last or "")


@given(st.dates(date(1995, 1, 1), date(2060, 12, 31)))
def test_korean_date_is_read_back(day: date) -> None:
    assert parse_when(korean_date(day)) == Months(month_of(day), month_of(day))


def test_korean_date_has_no_leading_zero_and_a_full_stop_after_each_part() -> None:
    assert korean_date(date(2021, 7, 5)) == "2021. 7. 5."


@pytest.mark.parametrize(
    ("start", "number"),
    [(1995, 1), (1998, 2), (2002, 3), (2006, 4), (2010, 5), (2014, 6), (2018, 7), (2022, 8), (2026, 9)],
)
def test_terms_are_numbered_as_elections_are(start: int, number: int) -> None:
    assert Term(date(start, 7, 1), date(start + 4, 6, 30)).number == number


@pytest.mark.parametrize(
    ("year", "start"), [(2018, 2018), (2021, 2018), (2022, 2022), (2025, 2022), (2026, 2026)]
)
def test_a_year_belongs_to_the_term_of_its_second_half(year: int, start: int) -> None:
    assert term_of_year(year) == Term(date(start, 7, 1), date(start + 4, 6, 30))


def test_term_is_read_from_its_label() -> None:
    term = parse_term("2022-07-01..2026-06-30")
    assert parse_term(term.label()) == term
    assert term.months == Months("2022-07", "2026-06")
    assert list(term.years) == [2022, 2023, 2024, 2025, 2026]


@pytest.mark.parametrize(
    "text", ["", "2022", "2022-07-01", "2026-06-30..2022-07-01", "2022-07-01..2022-07-01", "a..b"]
)
def test_malformed_or_reversed_term_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_term(text)


@given(st.integers(1990, 2060), st.integers(1, 4))
def test_quarter_labels_and_months_are_one(year: int, quarter: int) -> None:
    span = quarter_months(year, quarter)
    assert quarter_label(span) == f"{year}Q{quarter}"
    assert quarter_from_label(quarter_label(span)) == span


@pytest.mark.parametrize("text", ["", "2022Q5", "2022", "22Q1", "2022Q1 "])
def test_what_is_no_quarter_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        quarter_from_label(text)


def test_quarter_cut_by_the_term_keeps_its_label() -> None:
    assert quarter_label(Months("2022-08", "2022-09")) == "2022Q3"


@pytest.mark.parametrize(
    ("span", "within", "cut"),
    [
        (year_months(2022), Months("2022-07", "2026-06"), Months("2022-07", "2022-12")),
        (year_months(2026), Months("2022-07", "2026-06"), Months("2026-01", "2026-06")),
        (year_months(2021), Months("2022-07", "2026-06"), None),
        (Months(None, "2022-06"), Months("2022-07", None), None),
        (Months(None, None), Months("2022-07", None), Months("2022-07", None)),
        (Months(None, "2022-06"), Months(None, "2021-01"), Months(None, "2021-01")),
    ],
)
def test_intervals_are_clipped(span: Months, within: Months, cut: Months | None) -> None:
    assert clip(span, within) == cut


def test_months_around_a_new_year() -> None:
    assert (before("2022-01"), after("2021-12")) == ("2021-12", "2022-01")
    assert (before("2022-07"), after("2022-07")) == ("2022-06", "2022-08")
