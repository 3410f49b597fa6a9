"""Characters of workbooks in one spelling: nothing that is seen gets lost, nothing that isn't stays."""

from __future__ import annotations

import pytest

from govtracker.importer.meaning.levels import levels, raw_lines
from govtracker.importer.package.characters import clean, figure_text, unknown_signs
from govtracker.importer.package.looks import Styled, seen
from govtracker.importer.package.symbols import as_unicode, is_symbol_font
from govtracker.model.figure import parse_figure


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("가\u200b나\ufeff다", "가나다"), ("\u202a350\u202c", "350"), ("가\u00a0나\u3000다\u3164라", "가 나 다 라"),
        ("☑\ufe0f 신규", "☑ 신규"), ("가_x000D_나", "가\n나"), ("가_x000B_나", "가\n나"), ("가_x0008_나", "가나"),
        ("_x005F_x0041_", "_x0041_"), ("가\r\n나\r다", "가\n나\n다"), ("가\u0000나", "가나"), ("가\uf0fc", "가✓"),
        ("\U000f02b1 첫째", "① 첫째"), ("👨‍👩‍👧", "👨‍👩‍👧"), ("가\u200d나", "가나"), ("\u1112\u1161\u11ab", "한"),
        ("plain_x text", "plain_x text"),
    ],
)  # fmt: skip
def test_one_spelling(text: str, plain: str) -> None:
    assert clean(text) == plain


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("１，２００", 1200),
        ("1 000", 1000),
        ("’600", 600),
        ("50", 50),
        ("△38,000", -38000),
        ("12 345 678", 12345678),
    ],
)
def test_figures_of_any_spelling(text: str, number: int) -> None:
    assert parse_figure(figure_text(clean(text))).value == number


@pytest.mark.parametrize("text", ["1 2", "12 34", "1,000 200", "2023 12"])
def test_two_figures_are_not_one(text: str) -> None:
    assert parse_figure(figure_text(text)).state == "text"


def test_private_signs_that_nobody_knows_are_told() -> None:
    assert unknown_signs(clean("가\U000f1234나")) == "\U000f1234"
    assert seen([Styled("가\U000f1234")]).remarks


def test_symbol_fonts() -> None:
    assert is_symbol_font(" Wingdings ")
    assert not is_symbol_font("맑은 고딕")
    assert as_unicode("þ¨lnü", "Wingdings") == ("☑□●■✓", "")
    assert as_unicode("\uf0fe 가", "wingdings")[0].startswith("☑ ")
    assert as_unicode("R£", "Wingdings 2") == ("☑□", "")
    assert as_unicode("\x7f", "Wingdings")[1] == "\x7f"


def test_struck_out_words_and_footnote_marks() -> None:
    found = seen([Styled("20개소 ", struck=True), Styled("24개소")])
    assert (found.text, found.struck) == ("24개소", "20개소")
    assert found.remarks
    note = seen([Styled("200"), Styled("2)", raised=True)])
    assert note.text == "200"
    assert note.remarks
    area = seen([Styled("2,150m"), Styled("2", raised=True)])
    assert (area.text, area.remarks) == ("2,150m²", [])
    assert seen([Styled("H"), Styled("2", lowered=True), Styled("O")]).text == "H₂O"


def lines(text: str) -> list[tuple[str, str]]:
    return [(line.mark, line.text) for line in raw_lines(text, (), 0)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ㅇ 하나\n- 둘\no 셋", [("○", "하나"), ("-", "둘"), ("○", "셋")]),
        ("ㅇ사업기간: 2년", [("○", "사업기간: 2년")]),
        ("ㅇㅇ구청 협의", [("", "ㅇㅇ구청 협의")]),
        ("old 문서", [("", "old 문서")]),
        ("○ 긴 글이\n   이어진다", [("○", "긴 글이 이어진다")]),
        ("○ 긴 글이\n이어진다", [("○", "긴 글이 이어진다")]),
        ("○ 하나\n2. 둘", [("○", "하나"), ("", "2. 둘")]),
        ("○ 하나\n2023. 5. 개최", [("○", "하나"), ("", "2023. 5. 개최")]),
        ("○ 하나\n【 둘 】\n○ 셋", [("○", "하나"), ("", "【 둘 】"), ("○", "셋")]),
        ("배경\n ○ 하나\n내용\n ○ 둘", [("", "배경"), ("○", "하나"), ("", "내용"), ("○", "둘")]),
        (" ○ 하나\n내용\n ○ 둘", [("○", "하나"), ("", "내용"), ("○", "둘")]),
    ],
)
def test_lines_of_a_cell(text: str, wanted: list[tuple[str, str]]) -> None:
    assert lines(text) == wanted


def test_a_line_in_brackets_is_a_heading_of_the_outermost_level() -> None:
    found = raw_lines(" ○ 하나\n  - 둘\n 【 셋 】\n ○ 넷", (), 0)
    assert levels(found, ("○", "-"))[2] == 0


def test_unknown_marks_stand_where_the_known_ones_say() -> None:
    found = raw_lines(" ● 하나\n  - 둘\n ■ 셋", (), 0)
    assert levels(found, ("□", "○", "-")) == [1, 2, 1]
