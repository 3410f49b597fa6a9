from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtracker.model.content import (
    Line,
    Run,
    Table,
    clean,
    is_mark,
    line,
    merge_runs,
    one_line,
    split_mark,
)
from tests.support.random_text import outlined, runs, tables, texts


@pytest.mark.parametrize(
    ("printed", "mark", "text"),
    [
        ("□ 추진배경", "□", "추진배경"),
        ("○추진배경", "○", "추진배경"),
        ("  - 일시: 2023. 5.", "-", "일시: 2023. 5."),
        ("· 장소", "·", "장소"),
        ("※ 참고", "※", "참고"),
        ("① 첫째", "①", "첫째"),
        ("◆ 요약", "◆", "요약"),
        ("- 5개소", "-", "5개소"),
        ("-5%", "", "-5%"),
        ("–3,000", "", "–3,000"),
        ("·5 이상", "", "·5 이상"),
        ("추진배경 - 개요", "", "추진배경 - 개요"),
        ("【주민참여】", "", "【주민참여】"),
        ("□", "", "□"),
        ("", "", ""),
    ],
)
def test_mark_is_read_off_a_printed_line(printed: str, mark: str, text: str) -> None:
    assert split_mark(printed) == (mark, text)


def test_line_of_a_printed_text_and_of_a_given_mark() -> None:
    assert line("○  두   칸", 1) == Line(1, "○", (Run("두 칸"),))
    assert line("- 그대로", 2, "") == Line(2, "", (Run("- 그대로"),))
    assert line("", 0) == Line(0, "", ())


def test_bare_mark_is_a_mark() -> None:
    assert is_mark(" □ ")
    assert not is_mark("□ 글")
    assert not is_mark("")


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("가\r\n나\r다", "가\n나\n다"),
        ("가_x000D_\n나", "가\n나"),
        ("\u1100\u1161", "가"),
        ("가\u00a0나", "가 나"),
        ("\t가\t나", "가 나"),
        ("가\x00\x07나", "가나"),
        ("  가  ", "가"),
        ("👨‍👩‍👧", "👨‍👩‍👧"),
    ],
)
def test_text_is_cleaned_on_the_way_in(raw: str, kept: str) -> None:
    assert clean(raw) == kept


def test_one_line_folds_line_feeds_and_blanks() -> None:
    assert one_line("가\n 나\t\t다") == "가 나 다"


@given(st.text(max_size=40))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once) == once or "_x000D_" in once
    assert unicodedata.is_normalized("NFC", once)


@given(texts())
def test_texts_of_the_strategies_are_as_the_model_keeps_them(text: str) -> None:
    assert one_line(text) == text
    assert split_mark(text) == ("", text)


@given(st.lists(st.builds(Run, st.text(max_size=5), st.booleans()), max_size=6))
def test_merging_runs_keeps_the_text(pieces: list[Run]) -> None:
    merged = merge_runs(pieces)
    assert "".join(run.text for run in merged) == "".join(run.text for run in pieces)
    assert all(a.bold != b.bold for a, b in pairwise(merged))


@given(runs())
def test_line_text_is_that_of_its_runs(found: tuple[Run, ...]) -> None:
    assert Line(0, "", found).text == "".join(run.text for run in found)


@given(outlined(("□", "○", "-"), 1))
def test_outlines_of_the_strategies_begin_outermost_and_go_one_deeper_at_most(
    lines: tuple[Line, ...],
) -> None:
    levels = [each.level for each in lines]
    assert levels[0] == min(levels) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


@given(tables())
def test_tables_of_the_strategies_are_covered_exactly_once(table: Table) -> None:
    covered = [
        (r + down, c + across)
        for r, row in enumerate(table.rows)
        for c, cell in enumerate(row)
        if cell
        for down in range(cell.rowspan)
        for across in range(cell.colspan)
    ]
    assert sorted(covered) == [(r, c) for r in range(len(table.rows)) for c in range(table.columns)]
