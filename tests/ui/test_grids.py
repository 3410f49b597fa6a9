"""Tables by keys: the row that is offered, several rows at once, blocks from and to Excel, filling, sums."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QPushButton, QToolButton

from govtracker.model.card import Amount, Budget, BudgetItem, People, Person
from govtracker.model.dates import parse_when, year_months
from govtracker.model.figure import value
from govtracker.ui.grid import clipboard
from govtracker.ui.grid.header import labels_of
from govtracker.ui.grid.model import SheetModel
from govtracker.ui.kit.pasted import tab_rows, tab_text
from govtracker.ui.sheets.budget import StraySheet
from govtracker.ui.sheets.plain import PeopleSheet

from .conftest import CTRL, SHIFT
from .test_window import when

Key = Qt.Key


def texts(grid) -> list[list[str]]:
    sheet = grid.sheet_model.sheet
    return [[sheet.view(row, column).text for column in range(len(sheet.heads))] for row in range(sheet.rows)]


def answer(name: str):
    def act(box: QMessageBox) -> None:
        button = next(each for each in box.findChildren(QPushButton) if each.text() == name)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    return act


# ---------------------------------------------------------------- the row that is offered


def test_typing_below_the_last_row_makes_one(hand, reopened):
    grid = hand.tab("people").panel.grid
    before = hand.card.section("people").persons
    hand.cell(grid, len(before), 0).type("새과").press(Key.Key_Tab).compose("ㅍ", "파", "과장").press(
        Key.Key_Return
    )
    persons = reopened().section("people").persons
    assert persons[:-1] == before
    assert (persons[-1].department, persons[-1].role) == ("새과", "과장")


def test_tab_past_the_last_row_stores_and_prints_nothing(hand, reopened):
    grid = hand.tab("people").panel.grid
    before = hand.card
    last = len(before.section("people").persons) - 1
    hand.cell(grid, last, len(grid.sheet_model.sheet.heads) - 1).press(Key.Key_Tab)
    assert grid.sheet_model.is_new(grid.currentIndex().row())
    hand.press(Key.Key_Tab).press(Key.Key_Tab, SHIFT)
    assert hand.card == before
    assert reopened() == before


def test_a_blank_row_is_neither_kept_nor_printed(hand, reopened):
    from govtracker.arithmetic.records import parts  # noqa: F401 - the card's own reading isn't touched
    from govtracker.export.layout import document

    grid = hand.tab("timeline").panel.grid
    before = hand.card
    hand.cell(grid, 0, 0).press(Key.Key_Plus, CTRL)
    blank = hand.card
    assert len(blank.section("timeline").entries) == len(before.section("timeline").entries) + 1
    context = hand.window.view.context
    pages = [document(context.form, card, context.setting, "한빛구") for card in (before, blank)]
    assert pages[0] == pages[1]
    assert reopened().section("timeline") == before.section("timeline")


def test_typing_into_an_empty_list_begins_it(hand, reopened):
    grid = hand.tab("people").panel.grid
    count = len(hand.card.section("people").persons)
    hand.cell(grid, 0, 0).press(Key.Key_Down, SHIFT, times=count - 1).press(Key.Key_Minus, CTRL)
    assert hand.card.section("people").persons == ()
    hand.into(grid)
    hand.press(Key.Key_Home).type("첫과").press(Key.Key_Return)
    assert [person.department for person in reopened().section("people").persons] == ["첫과"]


def test_rows_that_are_chosen_go_together_and_come_back_together(hand):
    grid = hand.tab("timeline").panel.grid
    before = hand.card.section("timeline").entries
    hand.cell(grid, 1, 0).press(Key.Key_Down, SHIFT, times=5).press(Key.Key_Minus, CTRL)
    assert hand.card.section("timeline").entries == (before[0], *before[7:])
    hand.press(Key.Key_Z, CTRL)
    assert hand.card.section("timeline").entries == before


def test_tab_goes_from_a_row_into_its_text_and_ctrl_enter_to_the_next_row(hand):
    editor = hand.tab("timeline")
    edit = editor.texts["details"].edit
    hand.cell(editor.panel.grid, 0, 1).press(Key.Key_Tab)
    assert edit.hasFocus()
    hand.press(Key.Key_Return, CTRL)
    assert editor.panel.grid.hasFocus()
    assert (editor.panel.grid.currentIndex().row(), editor.panel.grid.currentIndex().column()) == (1, 0)


# ---------------------------------------------------------------- blocks


def test_cells_with_line_breaks_and_quotation_marks_stay_whole(hand, reopened, qapp):
    """As Excel writes them: in quotation marks only where a line break or a tab is inside."""
    grid = hand.tab("people").panel.grid
    qapp.clipboard().setText('"새 과\n(이전)"\t그는 "예"\n다른과\t팀장\n')
    hand.cell(grid, 0, 0).press(Key.Key_V, CTRL)
    persons = reopened().section("people").persons
    assert [(p.department, p.role) for p in persons[:2]] == [
        ("새 과\n(이전)", '그는 "예"'),
        ("다른과", "팀장"),
    ]


@pytest.mark.parametrize(("name", "pasted"), [("붙여넣지 않기", False), ("들어가는 만큼만 붙여넣기", True)])
def test_a_block_wider_than_the_table_is_asked_about(hand, qapp, name, pasted):
    grid = hand.tab("budget").panels[0].grid
    before = texts(grid)
    column = len(grid.sheet_model.sheet.heads) - 1
    qapp.clipboard().setText("11\t12\t13")
    when(QMessageBox, answer(name))
    hand.cell(grid, 1, column).press(Key.Key_V, CTRL)
    assert (texts(grid)[1][column] == "11") is pasted
    if not pasted:
        assert texts(grid) == before


def test_a_block_longer_than_a_list_makes_rows(hand, reopened, qapp):
    grid = hand.tab("people").panel.grid
    before = hand.card.section("people").persons
    qapp.clipboard().setText("가과\t과장\n나과\t팀장\n다과\t담당")
    hand.cell(grid, len(before) - 1, 0).press(Key.Key_V, CTRL)
    assert "2줄을 더했습니다" in hand.window.where.text()
    persons = reopened().section("people").persons
    assert [p.department for p in persons[len(before) - 1 :]] == ["가과", "나과", "다과"]


def test_what_is_copied_comes_back_the_same(hand, qapp):
    grid = hand.tab("budget").panels[0].grid
    hand.cell(grid, 1, 3).press(Key.Key_Right, SHIFT, times=2).press(Key.Key_Down, SHIFT).press(
        Key.Key_C, CTRL
    )
    data = qapp.clipboard().mimeData()
    block = tab_rows(data.text())
    assert [row[3:6] for row in texts(grid)[1:3]] == block
    assert "<table" in data.html()
    before = hand.card
    hand.cell(grid, 1, 3).press(Key.Key_V, CTRL)
    assert hand.card == before


def test_computed_cells_are_passed_over_and_counted(hand, qapp):
    grid = hand.tab("budget").panels[0].grid
    qapp.clipboard().setText("5\t6")
    computed = next(c for c in range(1, 4) if grid.sheet_model.sheet.view(1, c).computed)
    hand.cell(grid, 1, computed).press(Key.Key_V, CTRL)
    assert "고칠 수 없는" in hand.window.where.text()


def test_one_value_goes_into_every_chosen_cell(hand, qapp):
    grid = hand.tab("budget").panels[0].grid
    qapp.clipboard().setText("7")
    hand.cell(grid, 1, 3).press(Key.Key_Down, SHIFT, times=2).press(Key.Key_V, CTRL)
    assert [texts(grid)[row][3] for row in (1, 2, 3)] == ["7", "7", "7"]


@pytest.mark.parametrize(("key", "move"), [(Key.Key_D, Key.Key_Down), (Key.Key_R, Key.Key_Right)])
def test_filling_down_and_right_is_one_step(hand, key, move):
    grid = hand.tab("budget").panels[0].grid
    hand.cell(grid, 1, 4).type("31").press(Key.Key_Return)
    before = hand.card
    hand.cell(grid, 1, 4).press(move, SHIFT, times=2).press(key, CTRL)
    down = key == Key.Key_D
    assert [texts(grid)[1 + n * down][4 + n * (not down)] for n in range(3)] == ["31"] * 3
    hand.press(Key.Key_Z, CTRL)
    assert hand.card == before


def test_the_status_bar_adds_up_what_is_chosen(hand):
    grid = hand.tab("budget").panels[0].grid
    for row, text in ((1, "10"), (2, "1,020"), (3, "20")):
        hand.cell(grid, row, 4).press(Key.Key_Delete).type(text).press(Key.Key_Return)
    hand.cell(grid, 1, 4).press(Key.Key_Down, SHIFT, times=2)
    assert hand.window.where.text() == "선택 3칸 · 합계 1,050 · 평균 350.0 · 최소 10 · 최대 1,020"


def test_quarters_that_are_chosen_are_painted_together(hand):
    grid = hand.tab("schedule").panel.grid
    before = hand.card.section("schedule").tasks[0].quarters
    sheet = grid.sheet_model.sheet
    column = next(c for c in range(1, len(sheet.heads)) if sheet.view(0, c).shade is False)
    shaded = not sheet.view(0, column).shade
    hand.cell(grid, 0, column).press(Key.Key_Down, SHIFT, times=1).press(Key.Key_Space)
    sheet = grid.sheet_model.sheet
    assert sheet.view(0, column).shade is sheet.view(1, column).shade is shaded
    assert hand.card.section("schedule").tasks[0].quarters != before
    hand.press(Key.Key_Z, CTRL)
    assert hand.card.section("schedule").tasks[0].quarters == before


# ---------------------------------------------------------------- heads


def test_heads_stand_in_bands():
    paths = [("과제",), ("2022", "3"), ("2022", "4"), ("2023", "1"), ("비고",)]
    assert [tuple(each) for each in labels_of(paths)] == [
        ("과제", 0, 0, 0, 1), ("2022", 1, 2, 0, 0), ("2023", 3, 3, 0, 0), ("비고", 4, 4, 0, 1),
        ("3", 1, 1, 1, 1), ("4", 2, 2, 1, 1), ("1", 3, 3, 1, 1),
    ]  # fmt: skip


def test_the_schedules_years_stand_over_their_quarters(hand):
    grid = hand.tab("schedule").panel.grid
    labels = {each.text: each for each in labels_of(grid.bands.paths) if each.top == 0}
    assert labels["2023"].last - labels["2023"].first == 3
    heads = grid.sheet_model.sheet.heads
    assert [heads[at] for at in range(labels["2023"].first, labels["2023"].last + 1)] == [
        f"2023 {quarter}/4" for quarter in range(1, 5)
    ]


# ---------------------------------------------------------------- text parted by tabs


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("가\t나\r\n다\t라\r\n", [["가", "나"], ["다", "라"]]),
        ('"가\n나"\t다\n', [["가\n나", "다"]]),
        ('"가', [['"가']]),
        ('그는 "예"라고\t함', [['그는 "예"라고', "함"]]),
        ('"안녕" 구정\t10', [['"안녕" 구정', "10"]]),
        ('"청년 정책\t10\n"노인\t20', [['"청년 정책', "10"], ['"노인', "20"]]),
        ('"두 줄\n칸"\t24" 모니터\n다음\t1', [["두 줄\n칸", '24" 모니터'], ["다음", "1"]]),
        ('"그는 ""예""\n함"', [['그는 "예"\n함']]),
        ('"' + "가" * 140_000 + '"', [['"' + "가" * 140_000 + '"']]),
        ("가\n나\t다", [["가", ""], ["나", "다"]]),
        ("\t가", [["", "가"]]),
        ("", []),
    ],
)
def test_cells_of_a_clipboard(text, rows):
    assert tab_rows(text) == rows


@pytest.mark.parametrize("rows", [[["가\t나", '"다"'], ["라\n마", ""]], [["", "가"], ["", ""]], [["가"]]])
def test_cells_go_to_a_clipboard_and_back(rows):
    assert tab_rows(tab_text(rows)) == [row for row in rows if any(row)] or any(any(row) for row in rows)


def test_what_excel_copies_is_read_from_its_text(hand, qapp):
    data = QMimeData()
    data.setText("3\t4\n")
    data.setHtml("<html><body><table><tr><td>3</td><td>4</td></tr></table></body></html>")
    QGuiApplication.clipboard().setMimeData(data)
    grid = hand.tab("budget").panels[0].grid
    hand.cell(grid, 1, 4).press(Key.Key_V, CTRL)
    assert texts(grid)[1][4:6] == ["3", "4"]


# ---------------------------------------------------------------- dates of events


def test_a_typed_date_is_written_in_the_cards_style_and_sorted_by_a_button(hand, reopened):
    editor = hand.tab("timeline")
    count = len(hand.card.section("timeline").entries)
    hand.cell(editor.panel.grid, count, 0).type("22.8.3").press(Key.Key_Tab).type("처음").press(Key.Key_Tab)
    entries = hand.card.section("timeline").entries
    assert (entries[-1].when, entries[-1].title) == ("2022. 8. 3.", "처음")
    button = next(each for each in editor.panel.findChildren(QToolButton) if each.text() == "날짜순")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    entries = reopened().section("timeline").entries
    months = [parse_when(each.when).first for each in entries if parse_when(each.when)]
    assert months == sorted(months)
    assert len(entries) == count + 1


# ---------------------------------------------------------------- tables that change their shape under an edit


def sheet_model(sheet_of, section) -> SheetModel:
    """A model whose sheet is made anew of every edit, as an editor does."""
    model = SheetModel(sheet_of(section))
    model.edited.connect(lambda new, _: model.set_sheet(sheet_of(new)))
    return model


def people(section: People) -> PeopleSheet:
    return PeopleSheet(section, ranks=False)


def test_a_block_stays_in_its_columns_where_one_of_them_goes(qapp):
    """The rank's column is there as long as somebody has a rank."""
    old = People((Person("과장", "가과", "5급", "김가", "1"), Person("팀장", "나과", "6급", "이나", "2")))
    model = sheet_model(people, old)
    heads = list(model.sheet.columns)
    new = {"department": "새과", "role": "새직", "rank": "", "name": "새이름", "phone": "9"}
    row = [new[key] for key in heads]
    clipboard.paste(model, model.index(0, 0), [row, row])
    assert {(p.department, p.role, p.rank, p.name, p.phone) for p in model.sheet.section.persons} == {
        ("새과", "새직", "", "새이름", "9")
    }
    assert "rank" not in model.sheet.columns


def test_clearing_a_row_clears_that_row_alone(qapp):
    old = People((Person("과장", "가과", "5급", "김가", "1"), Person("팀장", "나과", "", "이나", "2")))
    model = sheet_model(people, old)
    clipboard.clear(model, [model.index(0, column) for column in range(len(model.sheet.heads))])
    first, second = model.sheet.section.persons
    assert (first.name, first.phone, first.department) == ("", "", "")
    assert second == old.persons[1]


def test_amounts_that_no_table_shows_are_cleared_and_pasted_by_their_year(qapp):
    def amounts(*won: int) -> Budget:
        spans = [year_months(2010 + at) for at in range(len(won))]
        return Budget(1, (BudgetItem(),), tuple(
            Amount(0, "city", span, "executed", value(each)) for span, each in zip(spans, won, strict=True)
        ))  # fmt: skip

    def held(model: SheetModel) -> dict[str, str]:
        return {each.span.first[:4]: each.figure.printed() for each in model.sheet.section.amounts}

    def strays(section: Budget) -> StraySheet:
        return StraySheet(section, set(), items=False)

    model = sheet_model(strays, amounts(2010, 2011, 2012))
    last = len(model.sheet.heads) - 1
    clipboard.clear(model, [model.index(0, last), model.index(1, last)])
    assert held(model) == {"2012": "2,012"}
    model = sheet_model(strays, amounts(2010, 2011, 2012))
    clipboard.paste(model, model.index(0, last), [[""], ["5"], ["6"]])
    assert held(model) == {"2011": "5", "2012": "6"}


def test_cells_that_are_chosen_apart_are_copied_in_their_places(hand, qapp):
    grid = hand.tab("people").panel.grid
    model = grid.sheet_model
    clipboard.copy(model, [model.index(0, 0), model.index(0, 2), model.index(1, 1)])
    block = tab_rows(qapp.clipboard().text())
    shown = texts(grid)
    assert block == [[shown[0][0], "", shown[0][2]], ["", shown[1][1], ""]]
