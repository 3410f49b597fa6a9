"""What a cell shows: format codes applied as spreadsheet programs do."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from govtracker.importer.package.number_formats import general, is_date, show, show_text
from govtracker.importer.package.numbers import digits_of
from govtracker.importer.package.reading import read
from tests.support.expected import SHARED

FORMATS = SHARED / "formats"
CASES = [
    ("1185000000", "#,##0,,", "1,185"),
    ("1185000000", '#,##0,,"백만원"', "1,185백만원"),
    ("-38000", "#,##0;△#,##0", "△38,000"),
    ("-38000", '[<0]"△"#,##0;#,##0', "△38,000"),
    ("38000", "#,##0_);(#,##0)", "38,000"),
    ("-38000", "#,##0_);(#,##0)", "(38,000)"),
    ("0", '_-* #,##0_-;\\-* #,##0_-;_-* "-"_-;_-@_-', "-"),
    ("0", "#,##0;-#,##0;", ""),
    ("0", "#,###", ""),
    ("1234567", '[>=1000000]#,##0,,"백만";[>=1000]#,##0,"천";0', "1백만"),
    ("1000", '[>=1000000]#,##0,,"백만";[>=1000]#,##0,"천";0', "1천"),
    ("0.7045", "0.0%", "70.5%"),
    ("70", '0"%"', "70%"),
    ("5", "#,##0.##", "5."),
    ("2.675", "0.00", "2.68"),
    ("-0.4", "0", "0"),
    ("0.5", "# ?/?", "1/2"),
    ("1.25", "# ?/?", "1 1/4"),
    ("0.375", "# ?/8", "3/8"),
    ("1234.5", "0.0E+00", "1.2E+03"),
    ("1012345678", "000-0000-0000", "010-1234-5678"),
    ("20230315", '0000"."00"."00', "2023.03.15"),
    ("7", "000번", "007번"),
    ("12", "General건", "12건"),
    ("12", "@", "12"),
    ("45000", 'yy"년" m"월" d"일" (aaa)', "23년 3월 15일 (수)"),
    ("45000", "[$-F800]dddd, mmmm dd, yyyy", "2023년 3월 15일 수요일"),
    ("45000.75", "오전/오후 h:mm", "오후 6:00"),
    ("45000.604166666667", "yyyy-mm-dd hh:mm:ss", "2023-03-15 14:30:00"),
    ("4.6875", "[h]:mm", "112:30"),
    ("0.0020833333333333", "mm:ss", "03:00"),
    ("0.000005787037", "s.0", "0.5"),
    ("3", "[색10]0;[빨강]-0", "3"),
    ("1", '"달성";"미달";"-"', "달성"),
    ("-1", '"달성";"미달";"-"', "미달"),
    ("1200", "[$₩-412]#,##0", "₩1,200"),
]


@pytest.mark.parametrize(("stored", "code", "shown"), CASES)
def test_a_number_is_shown_as_on_the_sheet(stored: str, code: str, shown: str) -> None:
    assert show(Decimal(stored), code) == shown


@pytest.mark.parametrize(
    ("stored", "shown"),
    [("0.3333333333333333", "0.333333333"), ("1234.5678901234", "1234.56789"), ("12345678901", "12345678901"),
     ("123456789012", "1.23457E+11"), ("0.1", "0.1"), ("-2.50", "-2.5"), ("0", "0"), ("70.45000000000000284", "70.45")],
)  # fmt: skip
def test_general_has_as_many_digits_as_excel_shows(stored: str, shown: str) -> None:
    assert general(Decimal(stored)) == shown


def test_dates_of_both_epochs() -> None:
    assert show(Decimal(44927), "yyyy-mm-dd") == "2023-01-01"
    assert show(Decimal(44927 - 1462), "yyyy-mm-dd", epoch_1904=True) == "2023-01-01"
    assert show(Decimal(-1), "yyyy-mm-dd") == "-1", "no date: Excel shows a row of #"
    assert [is_date(code) for code in ("yyyy", "[h]:mm", "0.0", '"년"0', "General")] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_texts_under_a_format() -> None:
    assert show_text("가", "@") == "가"
    assert show_text("가", '0;0;0;"("@")"') == "(가)"
    assert show_text("가", "#,##0") == "가"


@pytest.mark.parametrize(
    ("shown", "negative", "digits"),
    [("△38,000", True, "-38,000"), ("(334)", False, "334"), ("(38,000)", True, "-38,000"), ("▲5", False, "5"),
     ("1,185백만원", False, "1,185"), ("70.5%", False, "70.5%"), ("-", False, "-"), ("010-1234-5678", False, "010-1234-5678"),
     ("5.", False, "5"), (".5", False, "0.5"), ("-0", True, "0")],
)  # fmt: skip
def test_the_number_in_what_is_shown_has_its_own_sign(shown: str, negative: bool, digits: str) -> None:
    assert digits_of(shown, negative=negative) == digits


@pytest.mark.skipif(not FORMATS.is_dir(), reason="../shared/formats is in the workshop only")
def test_every_format_of_the_workshop() -> None:
    wanted = json.loads((FORMATS / "number-formats.expected.json").read_text(encoding="utf-8"))
    (sheet,) = (s for s in read(FORMATS / "number-formats.xlsx").sheets if s.cells)
    shown = {cell.place: cell.text for cell in sheet.cells}
    assert {each["cell"]: shown.get(each["cell"], "") for each in wanted} == {
        each["cell"]: each["shown"] for each in wanted
    }
