"""What is pasted into a text: lines with their levels, tables as tables, cells into cells; and what is copied out of it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from govtracker.model.content import Line, Picture, Table, TableCell
from govtracker.ui.editors.outline.pasting import pasted_items

from .conftest import CTRL, SHIFT
from .test_grids import answer
from .test_window import when

Key = Qt.Key
MARKS = ("○", "-", "·")
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p {mso-x:1}</style></head><body>
<p class=MsoListParagraph style='margin-left:38.0pt;mso-list:l0 level1 lfo1'><span style='font-family:Symbol'>·<span>&nbsp;
</span></span>주민 설명회 <b>개최</b></p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span>-&nbsp;</span>참석 120명</p>
<table border=1><tr><th>동</th><th colspan=2>인원</th></tr><tr><td>가동</td><td>30</td><td>여 <br>12</td></tr></table>
<p class=MsoNormal>끝줄</p></body></html>"""


def put(html: str = "", text: str = "") -> None:
    data = QMimeData()
    if html:
        data.setHtml(html)
    data.setText(text)
    QGuiApplication.clipboard().setMimeData(data)


def shown(items) -> list[object]:
    return [
        (item.level, item.mark, item.text) if isinstance(item, Line) else type(item).__name__
        for item in items
    ]


# ---------------------------------------------------------------- what a clipboard's content becomes


def test_words_lists_and_tables_keep_their_levels_and_cells():
    items = pasted_items(WORD, "whatever", MARKS)
    assert shown(items) == [(0, "·", "주민 설명회 개최"), (1, "-", "참석 120명"), "Table", (0, "", "끝줄")]
    table = items[2]
    assert isinstance(table, Table)
    assert table.head_rows == 1
    assert table.rows == (
        (TableCell("동"), TableCell("인원", 1, 2), None),
        (TableCell("가동"), TableCell("30"), TableCell("여\n12")),
    )


def test_lists_of_a_web_page_are_as_deep_as_they_are_nested():
    html = "<ul><li>가<ul><li>나</li></ul></li><li>다</li></ul>"
    assert shown(pasted_items(html, "", MARKS)) == [(0, "", "가"), (1, "", "나"), (0, "", "다")]


def test_marks_and_leading_blanks_of_plain_text_are_levels():
    text = "○ 하나\n  - 둘\n    · 셋\n넷"
    assert shown(pasted_items("", text, MARKS)) == [
        (0, "○", "하나"),
        (1, "-", "둘"),
        (2, "·", "셋"),
        (0, "", "넷"),
    ]


def test_cells_parted_by_tabs_are_a_table_and_a_tab_in_a_line_is_a_blank():
    (table,) = pasted_items("", '구분\t인원\n"가\n나"\t30\n', MARKS)
    assert isinstance(table, Table)
    assert table.rows == ((TableCell("구분"), TableCell("인원")), (TableCell("가\n나"), TableCell("30")))
    assert shown(pasted_items("", "가\t나", MARKS)) == [(0, "", "가 나")]


@pytest.mark.parametrize("rowspan", [1, 2, 9])
def test_a_merge_never_reaches_beyond_its_table(rowspan):
    html = f"<table><tr><td rowspan={rowspan}>가</td><td>나</td></tr><tr><td>다</td></tr></table>"
    (table,) = pasted_items(html, "", MARKS)
    assert isinstance(table, Table)
    assert {len(row) for row in table.rows} == {2}
    assert table.rows[0][0].rowspan == min(rowspan, 2)


# ---------------------------------------------------------------- by keys


def test_pasted_lines_and_tables_stand_behind_the_line_and_go_in_one_step(hand, reopened):
    edit = hand.tab("effects").panels[0].edit
    before = hand.card.section("effects").parts[0].items
    put(WORD, "x")
    hand.line(edit, 0).press(Key.Key_V, CTRL)
    items = hand.card.section("effects").parts[0].items
    base = before[0].level
    assert items[0] == before[0]
    assert shown(items[1:5]) == [
        (base, "·", "주민 설명회 개최"), (base + 1, "-", "참석 120명"), "Table", (base, "", "끝줄"),
    ]  # fmt: skip
    assert items[5:] == before[1:]
    hand.press(Key.Key_Z, CTRL)
    assert hand.card.section("effects").parts[0].items == before
    hand.press(Key.Key_Y, CTRL)
    assert reopened().section("effects").parts[0].items == items


def test_one_line_goes_where_the_cursor_is(hand):
    edit = hand.tab("effects").panels[0].edit
    put(text="끼움")
    hand.line(edit, 0).press(Key.Key_Home).press(Key.Key_Right).press(Key.Key_V, CTRL)
    line = hand.card.section("effects").parts[0].items[0]
    assert line.text[1:3] == "끼움"


def test_lines_into_the_middle_of_one_split_it(hand):
    edit = hand.tab("effects").panels[0].edit
    first = hand.card.section("effects").parts[0].items[0]
    put(text="하나\n둘")
    hand.line(edit, 0).press(Key.Key_Home).press(Key.Key_Right, times=2).press(Key.Key_V, CTRL)
    items = hand.card.section("effects").parts[0].items[:4]
    assert [item.text for item in items] == [first.text[:2].rstrip(), "하나", "둘", first.text[2:].lstrip()]


@pytest.mark.parametrize(("name", "grown"), [("붙여넣지 않기", False), ("더하고 붙여넣기", True)])
def test_cells_go_into_cells_and_what_is_too_large_is_asked_about(hand, name, grown):
    edit = hand.tab("effects").panels[0].edit
    hand.line(edit, 0).tool("표 넣기")
    put(text="1\t2\n3\t4\n5\t6\n7\t8\n")
    when(QMessageBox, answer(name))
    hand.press(Key.Key_V, CTRL)
    table = next(item for item in hand.card.section("effects").parts[0].items if isinstance(item, Table))
    assert len(table.rows) == (4 if grown else 3)
    texts = [[cell.text for cell in row[:2]] for row in table.rows]
    assert texts == ([["1", "2"], ["3", "4"], ["5", "6"], ["7", "8"]] if grown else [["", ""]] * 3)


def test_a_picture_in_the_clipboard_and_a_dropped_file_come_in(hand, tmp_path):
    edit = hand.tab("effects").panels[0].edit
    hand.line(edit, 0)
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    data = QMimeData()
    data.setImageData(image)
    QGuiApplication.clipboard().setMimeData(data)
    hand.press(Key.Key_V, CTRL)
    image.fill(0x993366)
    image.save(str(tmp_path / "사진.png"))
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(tmp_path / "사진.png"))])
    assert edit.canInsertFromMimeData(dropped)
    edit.insertFromMimeData(dropped)
    found = [item for item in hand.card.section("effects").parts[0].items if isinstance(item, Picture)]
    assert len({picture.sha for picture in found}) == 2


def test_what_is_copied_has_its_marks_and_levels_and_pastes_back(hand, qapp):
    edit = hand.tab("effects").panels[0].edit
    items = hand.card.section("effects").parts[0].items
    hand.line(edit, 0).press(Key.Key_Home, CTRL).press(Key.Key_End, CTRL | SHIFT).press(Key.Key_C, CTRL)
    text, html = qapp.clipboard().mimeData().text(), qapp.clipboard().mimeData().html()
    assert text.split("\n")[0] == "  " * items[0].level + f"{items[0].mark} {items[0].text}"
    assert html.count("<p ") == len([item for item in items if isinstance(item, Line)])
    marks = edit.marks
    again = pasted_items("", text, marks)
    assert [(i.mark, i.text) for i in again] == [(i.mark, i.text) for i in items if isinstance(i, Line)]


# ---------------------------------------------------------------- levels


def test_tab_goes_one_level_under_the_line_above_and_no_deeper(hand):
    edit = hand.tab("effects").panels[0].edit
    hand.line(edit, 0)
    first = hand.card.section("effects").parts[0].items[0]
    hand.press(Key.Key_Tab, times=3)
    assert hand.card.section("effects").parts[0].items[0].level == first.level
    hand.press(Key.Key_Return).type("아래").press(Key.Key_Tab, times=5)
    assert hand.card.section("effects").parts[0].items[1].level == first.level + 1
    hand.press(Key.Key_Backtab, times=5)
    assert hand.card.section("effects").parts[0].items[1].level == 0


# ---------------------------------------------------------------- what other programs really put there


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_sheet_that_calc_writes_as_a_page_is_a_table(tmp_path: Path):
    """What Calc puts into the clipboard is what it writes as HTML."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["구분", "인원"])
    sheet.append(["가동\n(신설)", 30])
    sheet.merge_cells("A3:B3")
    sheet["A3"] = "합계 30명"
    book.save(tmp_path / "a.xlsx")
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/p", "--convert-to", "html", "--outdir",
         str(tmp_path), str(tmp_path / "a.xlsx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    items = pasted_items((tmp_path / "a.html").read_text(encoding="utf-8"), "", MARKS)
    table = next(item for item in items if isinstance(item, Table))
    assert [cell.text for cell in table.rows[0]] == ["구분", "인원"]
    assert table.rows[1][0].text == "가동\n(신설)"
    assert (table.rows[2][0].text, table.rows[2][0].colspan) == ("합계 30명", 2)


def test_keys_wait_for_no_dialog_where_everything_fits(hand):
    edit = hand.tab("effects").panels[0].edit
    hand.line(edit, 0).tool("표 넣기")
    put(text="1\t2\n3\t4\n")
    hand.press(Key.Key_V, CTRL)
    QTest.qWait(20)
    assert QApplication.activeModalWidget() is None


def test_a_merged_cell_takes_all_that_is_pasted_into_it(hand):
    edit = hand.tab("effects").panels[0].edit
    hand.line(edit, 0).tool("표 넣기")
    hand.press(Key.Key_Right, SHIFT).tool("표: 합치기")
    put(text="하나\t둘\t셋\n넷\t다섯\t여섯\n")
    hand.press(Key.Key_Home).press(Key.Key_V, CTRL)
    table = next(item for item in hand.card.section("effects").parts[0].items if isinstance(item, Table))
    words = " ".join(cell.text for row in table.rows for cell in row if cell)
    assert [word for word in ("하나", "둘", "셋", "넷", "다섯", "여섯") if word not in words] == []


def test_a_refused_paste_leaves_what_is_chosen(hand):
    edit = hand.tab("effects").panels[0].edit
    hand.line(edit, 0).tool("표 넣기")
    hand.type("남는 글").press(Key.Key_Home, SHIFT)
    put(text="1\t2\n3\t4\n5\t6\n7\t8\n")
    when(QMessageBox, answer("붙여넣지 않기"))
    hand.press(Key.Key_V, CTRL)
    table = next(item for item in hand.card.section("effects").parts[0].items if isinstance(item, Table))
    assert table.rows[0][0].text == "남는 글"
