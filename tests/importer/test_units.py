"""Captions of units in every spelling; what is no unit of money is never taken for one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from govtracker.importer.structure.units import (
    amount,
    caption,
    caption_behind,
    in_unit,
    without_caption,
    won_of,
)
from govtracker.model.figure import Figure, parse_figure, value


@pytest.mark.parametrize(
    ("text", "won"),
    [
        ("（단위：천원）", 1000), ("[단위: 천원]", 1000), ("(금액단위 : 백만 원)", 10**6), ("(단위 : 천원, %)", 1000),
        ("단위: 1,000원", 1000), ("(단위 백만원)", 10**6), ("(단위:명/천원)", 1000), ("<단위: 억원>", 10**8),
        ("(단위 : 百萬원)", 10**6), ("【단위：원】", 1), ("(단 위 : 백 만 원)", 10**6), ("(단위: 십억원)", 10**9),
        ("단위 : ₩", None), ("(단위 : %)", None), ("(단위 : 회, 명)", None), ("(단위: 모름)", None),
    ],
)  # fmt: skip
def test_captions(text: str, won: int | None) -> None:
    found = caption(text)
    assert found is not None
    assert found.won == won


@pytest.mark.parametrize(
    "text", ["단위", "단 위", "단위사업", "단위 사업명", "사업 단위별 추진", "천원", "(천원)", "구분\n(단위)"]
)
def test_what_is_no_caption(text: str) -> None:
    assert caption(text) is None


@pytest.mark.parametrize(
    ("text", "won", "before"),
    [("총사업비\n(천 원)", 1000, "총사업비\n"), ("4. 투자계획 (단위: 천원)", 1000, "4. 투자계획 "), ("사업비[백만원]", 10**6, "사업비"),
     ("재원(억)", 10**8, "재원")],
)  # fmt: skip
def test_units_behind_a_label(text: str, won: int, before: str) -> None:
    found = caption_behind(text)
    assert found is not None
    assert (found.won, without_caption(text)) == (won, before)


@pytest.mark.parametrize("text", ["추진실적 (2023)", "인원(천명)", "이행률(%)", "국비(보조)", "사업비"])
def test_brackets_that_name_no_unit_of_money(text: str) -> None:
    assert caption_behind(text) is None
    assert without_caption(text) == text


def test_words_that_are_units() -> None:
    assert [won_of(word) for word in ("원", "천", "만원", "백만", "천만원", "억", "조원", "명", "개소", "", "백")] == [
        1, 1000, 10**4, 10**6, 10**7, 10**8, 10**12, None, None, None, 100,
    ]  # fmt: skip


def test_amounts_in_their_own_unit_go_first() -> None:
    assert amount("1,185백만원", 1000) == value(1_185_000_000)
    assert amount("768억", 1) == value(76_800_000_000)
    assert amount("△38", 1000) == value(-38_000)
    assert amount("12.5", 10**6) == value(12_500_000)
    assert amount("-", 1000) == Figure("dash")
    assert amount("", 1000) == Figure()
    assert amount("미정", 1000).state == "text"


def test_printed_sums_in_another_unit() -> None:
    assert in_unit("3,450,000", 1000, 10**6) == "3,450"
    assert parse_figure(in_unit("12", 10**8, 10**6)).value == Decimal(1200)
    assert in_unit("-", 1000, 10**6) == "-"
