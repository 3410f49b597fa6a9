"""Every tab by keys: what is typed is what the book holds afterwards."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from govtracker.model.card import Facts, Person
from govtracker.model.content import Line, Picture, Run, Table
from govtracker.model.dates import quarter_months, year_months
from govtracker.model.figure import BLANK, DASH, value

from .conftest import ALT, CTRL, SHIFT

Key = Qt.Key


def test_title_and_number_in_the_head(hand, reopened):
    view = hand.window.view
    hand.into(view.head.number).press(Key.Key_A, CTRL).type("7-7").press(Key.Key_Tab)
    hand.press(Key.Key_A, CTRL).type("주민이 ").compose("ㄱ", "고", "고치").type("는 우리 구").press(
        Key.Key_Return
    )
    hand.rest()
    assert hand.items[hand.opened].pledge.title == "주민이 고치는 우리 구"
    pledge = reopened().pledge
    assert (pledge.number, pledge.title) == ("7-7", "주민이 고치는 우리 구")


def test_title_typed_right_before_closing(hand, reopened):
    hand.into(hand.window.view.head.title).press(Key.Key_A, CTRL).type("새 이름")
    assert reopened().pledge.title == "새 이름"


def test_empty_title_is_not_taken(hand):
    old = hand.card.pledge.title
    hand.into(hand.window.view.head.title).press(Key.Key_A, CTRL).press(Key.Key_Delete).press(Key.Key_Return)
    assert hand.window.view.head.title.text() == old == hand.card.pledge.title


def test_choices_and_text_facts(hand, reopened):
    fields = hand.tab("facts").entries
    hand.into(fields["nature"].radios["new"]).press(Key.Key_Space)
    hand.qtbot.mouseClick(fields["status"].radios["behind"], Qt.MouseButton.LeftButton)
    hand.into(fields["central_help"].radios["needed"]).press(Key.Key_Space)
    hand.into(fields["central_help"].inner["needed.finance"]).press(Key.Key_Space)
    hand.into(fields["completion"].radios["within"]).press(Key.Key_Delete)
    hand.into(fields["span"]).press(Key.Key_A, CTRL).type("2019. ~ ").compose("ㅁ", "무", "무기한")
    card = reopened()
    facts = card.section("facts")
    assert isinstance(facts, Facts)
    assert facts.get("nature").chosen == ("new",)
    assert facts.get("status").chosen == ("behind",)
    assert facts.get("central_help").chosen == ("needed", "needed.finance")
    assert facts.get("completion").chosen == ()
    assert facts.get("span").text == "2019. ~ 무기한"


def test_people_rows(hand, reopened):
    editor = hand.tab("people")
    grid = editor.panel.grid
    before = hand.card.section("people").persons
    hand.cell(grid, 6, 0).press(Key.Key_Plus, CTRL)
    assert grid.currentIndex().row() == 7
    hand.type("총무과").press(Key.Key_Tab).compose("ㅌ", "팀", "팀장").press(Key.Key_Tab)
    hand.type("홍길순").press(Key.Key_Tab).type("0999").press(Key.Key_Return)
    hand.cell(grid, 0, 2).type("가").press(Key.Key_Escape)
    hand.cell(grid, 1, 2).press(Key.Key_F2).press(Key.Key_End).type("님").press(Key.Key_Return)
    assert grid.currentIndex().row() == 2
    hand.qtbot.mouseClick(_button(editor, "줄 추가 (Ctrl++)"), Qt.MouseButton.LeftButton)
    hand.press(Key.Key_Minus, CTRL)
    people = reopened().section("people").persons
    assert people[7] == Person(role="팀장", department="총무과", name="홍길순", phone="0999")
    assert people[0] == before[0]
    assert people[1].name == before[1].name + "님"
    assert len(people) == len(before) + 1


def _button(editor, name):
    from PySide6.QtWidgets import QToolButton

    return next(b for b in editor.findChildren(QToolButton) if b.accessibleName() == name)


def test_summary_box(hand, reopened):
    edit = hand.tab("summary").panels[0].edit
    hand.line(edit, 1).press(Key.Key_Return).type("셋째 줄은 ").compose("ㅎ", "하", "한글")
    items = reopened().section("summary").parts[0].items
    assert [type(i) for i in items] == [Line] * 3
    assert (items[2].mark, items[2].text) == ("◆", "셋째 줄은 한글")


def test_outline_levels_marks_and_moves(hand, reopened):
    edit = hand.tab("situation").panels[1].edit
    before = hand.card.section("situation").parts[1].items
    hand.line(edit, 2).press(Key.Key_Return).type("첫째")
    hand.press(Key.Key_Return).press(Key.Key_Tab).type("아래")
    hand.press(Key.Key_Return).press(Key.Key_Backtab, SHIFT).type("둘째")
    hand.press(Key.Key_Return).press(Key.Key_5, CTRL).type("주")
    hand.press(Key.Key_Return).press(Key.Key_1, CTRL).type("겉")
    hand.press(Key.Key_Return).press(Key.Key_4, CTRL).type("속 ").press(Key.Key_B, CTRL).type("굵은")
    hand.press(Key.Key_B, CTRL).type(" 글")
    base = before[-1].level
    new = hand.card.section("situation").parts[1].items[len(before) :]
    assert [(i.level, i.mark, i.text) for i in new] == [
        (base, before[-1].mark, "첫째"),
        (base + 1, "-", "아래"),
        (base, before[-1].mark, "둘째"),
        (base + 1, "※", "주"),
        (0, "□", "겉"),
        (3, "·", "속 굵은 글"),
    ]
    assert new[-1].runs == (Run("속 "), Run("굵은", bold=True), Run(" 글"))
    hand.line(edit, len(before)).press(Key.Key_Down, ALT)
    card = reopened()
    moved = [i.text for i in card.section("situation").parts[1].items[len(before) :]]
    assert moved == ["둘째", "주", "첫째", "아래", "겉", "속 굵은 글"]
    assert card.section("situation").parts[1].items[: len(before)] == before


def test_empty_line_goes_up_and_backspace_drops_the_mark(hand, reopened):
    edit = hand.tab("effects").panels[0].edit
    hand.line(edit, 2).press(Key.Key_Return).press(Key.Key_3, CTRL).press(Key.Key_Return).type("가")
    hand.press(Key.Key_Return).type("나").press(Key.Key_Home).press(Key.Key_Backspace)
    items = reopened().section("effects").parts[0].items[-2:]
    assert [(i.level, i.mark, i.text) for i in items] == [(1, "○", "가"), (1, "", "나")]


def test_nested_table_cells_rows_and_a_new_table(hand, reopened):
    editor = hand.tab("highlights")
    edit = editor.panels[0].edit
    items = hand.card.section("highlights").parts[0].items
    at = next(i for i, item in enumerate(items) if isinstance(item, Table))
    old = items[at]
    hand.line(edit, at)
    while edit.textCursor().currentTable() is None:
        hand.press(Key.Key_Right)
    hand.press(Key.Key_Tab).press(Key.Key_End, SHIFT).compose("ㅂ", "바", "바꿈")
    hand.tool("표: 줄+")
    hand.press(Key.Key_Return, CTRL)
    assert edit.textCursor().currentTable() is None
    hand.line(edit, 0)
    hand.tool("표 넣기")
    hand.type("가").press(Key.Key_Tab).type("나").press(Key.Key_Tab).type("다")
    found = reopened().section("highlights").parts[0].items
    tables = [item for item in found if isinstance(item, Table)]
    assert [[c.text for c in row] for row in tables[0].rows] == [["가", "나", "다", ""], [""] * 4, [""] * 4]
    changed = tables[1]
    assert changed.rows[0][1].text == "바꿈"
    assert len(changed.rows) == len(old.rows) + 1
    assert [c.text for c in changed.rows[1]] == [""] * old.columns
    assert changed.rows[2:] == old.rows[1:]
    assert [i for i in found if isinstance(i, Line)] == [i for i in items if isinstance(i, Line)]


def test_free_parts(hand, reopened):
    editor = hand.tab("plan")
    before = hand.card.section("plan").parts
    hand.qtbot.mouseClick(_button(editor, "새 묶음 추가"), Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is editor.panels[-1].label
    hand.compose("ㅅ", "새", "새 사업").press(Key.Key_Tab)
    hand.into(editor.panels[-1].edit).press(Key.Key_2, CTRL).type("할 일")
    parts = reopened().section("plan").parts
    assert parts[:-1] == before
    assert (parts[-1].label, [(i.level, i.mark, i.text) for i in parts[-1].items]) == (
        "새 사업",
        [(1, "○", "할 일")],
    )


def test_schedule(hand, reopened):
    editor = hand.tab("schedule")
    grid, sheet = editor.panel.grid, editor.panel.model.sheet
    before = hand.card.section("schedule").tasks[1]
    hand.cell(grid, 1, 1 + sheet.quarters.index("2022Q4")).press(Key.Key_Space)
    hand.cell(grid, 1, len(sheet.heads) - 1).compose("ㅂ", "비", "비고임").press(Key.Key_Return)
    task = reopened().section("schedule").tasks[1]
    assert set(task.quarters) ^ set(before.quarters) == {"2022Q4"}
    assert task.note == "비고임"


def test_budget_figures(hand, reopened):
    panel = hand.tab("budget").panels[0]
    grid, sheet = panel.grid, panel.model.sheet
    column = 3 + [x.span for x in sheet.leaves if x.column.key == "years"].index(year_months(2023))
    rows = {sheet.view(r, 0).text.replace(" ", ""): r for r in range(sheet.rows)}
    hand.cell(grid, rows["국비"], column).type("1,234.5").press(Key.Key_Return)
    assert grid.currentIndex().row() == rows["국비"] + 1
    hand.type("90").compose("ㅊ", "천", "천원").press(Key.Key_Return)
    hand.type("-").press(Key.Key_Return).press(Key.Key_Delete)
    sheet = panel.model.sheet
    assert sheet.view(rows["총계"], column).text == "1,234.5"
    assert "90천원" in panel.problem.text()
    assert panel.problem.isVisible()
    held = hand.card
    hand.cell(grid, rows["총계"], column).type("5").press(Key.Key_Return)
    hand.cell(grid, rows["국비"], 1).type("5").press(Key.Key_Return)
    assert hand.card == held
    budget = reopened().section("budget")
    got = {
        a.source: a.figure
        for a in budget.amounts
        if a.measure == "planned" and a.span == year_months(2023) and a.item == 0
    }
    assert got["national"] == value(Decimal(1_234_500_000))
    assert (got["metropolitan"].state, got["metropolitan"].text) == ("text", "90천원")
    assert got["district"] == DASH
    assert got.get("other", BLANK) == BLANK


def test_indicators(hand, reopened):
    panels = hand.tab("indicators").panels
    years, quarters, results = (panel.grid for panel in panels)
    old = hand.card.section("indicators").rows[0]
    sheets = [panel.model.sheet for panel in panels]
    at = [column.span for column in sheets[0].shown_columns].index(year_months(2024))
    hand.cell(years, 0, at).type("10").press(Key.Key_Return)
    at = [column.span for column in sheets[1].shown_columns].index(quarter_months(2023, 2))
    hand.cell(quarters, 0, at).type("9").press(Key.Key_Return)
    fields = [column.field for column in sheets[2].shown_columns]
    before = sheets[2].view(0, fields.index("rate")).text
    hand.cell(results, 0, fields.index("actual")).type("1").press(Key.Key_Return)
    after = panels[2].model.sheet.view(0, fields.index("rate"))
    assert after.computed
    assert after.text != before
    assert "<b>" in panels[2].foot.text()
    row = reopened().section("indicators").rows[0]
    assert row.target(year_months(2024)) == value(10)
    assert row.target(quarter_months(2023, 2)) == value(9)
    assert row.actual == value(1)
    assert (row.name, row.weight) == (old.name, old.weight)


def test_timeline_new_event(hand, reopened):
    editor = hand.tab("timeline")
    before = hand.card.section("timeline").entries
    hand.cell(editor.panel.grid, len(before) - 1, 0).press(Key.Key_Plus, CTRL)
    hand.type("2024. 1. 5.").press(Key.Key_Tab).compose("ㅅ", "새", "새 회의").press(Key.Key_Tab)
    assert QApplication.focusWidget() is editor.texts["details"].edit
    hand.press(Key.Key_1, CTRL).type("참석 12명").press(Key.Key_Return)
    hand.press(Key.Key_Tab).type("끝")
    hand.cell(editor.panel.grid, 0, 0)
    entries = reopened().section("timeline").entries
    assert entries[:-1] == before
    assert (entries[-1].when, entries[-1].title) == ("2024. 1. 5.", "새 회의")
    assert [(i.level, i.mark, i.text) for i in entries[-1].details] == [(0, "·", "참석 12명"), (1, "-", "끝")]


def test_participation_keeps_its_picture_and_takes_a_new_one(hand, reopened, tmp_path):
    editor = hand.tab("participation")
    before = hand.card.section("participation").entries
    at = next(i for i, e in enumerate(before) if any(isinstance(x, Picture) for x in e.details))
    hand.cell(editor.panel.grid, at, 0)
    edit = editor.texts["details"].edit
    hand.line(edit, 0).type("!")
    Image.new("RGB", (300, 200), "navy").save(tmp_path / "사진.png")
    editor.texts["details"].add_picture(tmp_path / "사진.png")
    entries = reopened().section("participation").entries
    assert entries[:at] == before[:at]
    old = [x for x in before[at].details if isinstance(x, Picture)]
    pictures = [x for x in entries[at].details if isinstance(x, Picture)]
    assert [p for p in pictures if p in old] == old
    new = next(p for p in pictures if p not in old)
    assert (new.width, new.height) == (79.4, 52.9)
    assert entries[at].details[0].text == before[at].details[0].text + "!"
    assert len(entries[at].details) == len(before[at].details) + 1


def test_a_file_that_is_no_picture_is_refused(hand, tmp_path, message):
    editor = hand.tab("participation")
    (tmp_path / "글.png").write_text("not a picture", encoding="utf-8")
    before = hand.card
    seen = message()
    editor.texts["details"].add_picture(tmp_path / "글.png")
    assert "그림으로 읽을 수 없는" in seen[0]
    assert hand.card == before


@pytest.mark.parametrize("key", ["next_steps", "cooperation", "effects"])
def test_closing_outlines(hand, reopened, key):
    edit = hand.tab(key).panels[0].edit
    before = hand.card.section(key).parts[0].items
    hand.into(edit).press(Key.Key_End, CTRL).press(Key.Key_Return).type("덧붙임 ").compose("ㄱ", "글", "글월")
    items = reopened().section(key).parts[0].items
    assert items[:-1] == before
    assert items[-1].text == "덧붙임 글월"


def test_everything_at_once_survives_a_new_window(hand, hands, book):
    """Changes on all tabs, then a new window on the same book shows the same card."""
    view = hand.window.view
    hand.into(hand.tab("facts").entries["span"]).press(Key.Key_End).type(" 고침")
    for key in ("summary", "situation", "highlights", "next_steps", "cooperation", "effects"):
        hand.line(hand.tab(key).panels[0].edit, 0).type(" 고침")
    hand.cell(hand.tab("schedule").panel.grid, 0, 2).press(Key.Key_Space)
    hand.cell(hand.tab("budget").panels[1].grid, 1, 4).type("7").press(Key.Key_Tab)
    hand.cell(hand.tab("timeline").panel.grid, 3, 1).type("바꾼 회의").press(Key.Key_Return)
    wanted, card = hand.opened, hand.card
    hand.close()
    other = hands().open(book)
    other.go("6-2")
    assert other.opened == wanted
    assert other.card == card
    assert other.window.view.head.title.text() == view.head.title.text()


def test_a_picture_is_saved_to_a_file_as_it_was(hand, tmp_path):
    editor = hand.tab("participation")
    hand.cell(editor.panel.grid, 0, 0)
    panel = editor.texts["details"]
    hand.line(panel.edit, 0)
    assert not hand.window.view.bar.keep.isVisible()
    program = hand.window.backend
    program.keep_originals(True)
    Image.effect_noise((2000, 1500), 90).save(tmp_path / "사진.png")
    panel.add_picture(tmp_path / "사진.png")
    at = next(i for i, x in enumerate(panel.edit.told) if isinstance(x, Picture) and x.width == 120.1)
    panel.edit._to_item(at)
    assert hand.window.view.bar.keep.isVisible()
    sha = panel.edit.picture_here()
    assert len(program.picture(sha)) < len(program.original(sha))
    panel.write_picture(tmp_path / "원본.png", program.original(sha))
    assert (tmp_path / "원본.png").read_bytes() == (tmp_path / "사진.png").read_bytes()
