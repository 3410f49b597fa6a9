"""Dates as people type them, in the printed style; what isn't one stays as it was typed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtracker.model.dates import parse_when, written_when

DAY = date(2023, 12, 31)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("24.1.5", "2024. 1. 5."),
        ("2024-01-05", "2024. 1. 5."),
        ("2024년 1월 5일", "2024. 1. 5."),
        ("'24. 1. 5.", "2024. 1. 5."),
        ("20231207", "2023. 12. 7."),
        ("1.5.", "2023. 1. 5."),
        ("1/5", "2023. 1. 5."),
        ("1월 5일", "2023. 1. 5."),
        ("24.5", "2024. 5."),
        ("2024.5.", "2024. 5."),
        ("12월 중", "2023. 12. 중"),
        ("12월", "2023. 12."),
        ("3∼5월", "2023. 3.~5."),
        ("3월~5월", "2023. 3.~5."),
        ("2분기", "2023. 4.~6."),
        ("2024년 2분기", "2024. 4.~6."),
        ("2/4분기", "2023. 4.~6."),
        ("2023. 5. 17. ~ 6. 2.", "2023. 5. 17. ~ 6. 2."),
        ("20231307", "20231307"),
        ("2.30", "2.30"),
        ("13월", "13월"),
        ("상시", "상시"),
        ("", ""),
        ("시비 24.1", "시비 24.1"),
    ],
)
def test_a_date_is_written_as_it_is_printed(typed: str, written: str) -> None:
    assert written_when(typed, DAY) == written


def test_a_month_without_a_year_is_the_nearest_one_in_its_direction() -> None:
    june = date(2023, 6, 30)
    assert written_when("9월", june) == "2022. 9."
    assert written_when("9월", june, ahead=True) == "2023. 9."
    assert written_when("6월", june, ahead=True) == "2024. 6."
    assert written_when("24.1.5", june, short=True) == "'24. 1. 5."


@given(
    st.dates(date(2010, 1, 1), date(2029, 12, 31)),
    st.sampled_from(("{y}.{m}.{d}", "{y}-{m:02}-{d:02}", "{y}{m:02}{d:02}", "{y}/{m}/{d}.")),
)
def test_every_day_is_understood_in_every_shape(day: date, shape: str) -> None:
    written = written_when(shape.format(y=day.year, m=day.month, d=day.day), DAY)
    assert written == f"{day.year}. {day.month}. {day.day}."
    assert written_when(written, DAY) == written
    span = parse_when(written)
    assert span is not None
    assert span.first == f"{day.year}-{day.month:02}"


@given(st.text(max_size=12))
def test_no_text_is_lost(text: str) -> None:
    written = written_when(text, DAY)
    assert written == text or parse_when(written) is not None
