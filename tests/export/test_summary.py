"""The summary forms as PDF and as a workbook: the reference's figures, live sums, a chart, long texts over pages."""

from __future__ import annotations

import ast
import io
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from govtracker.arithmetic.summary import Entry, summarise
from govtracker.export import summary as layouts
from govtracker.export.document import Bars, Cell, Document, Grid, Para
from govtracker.export.pages.bars import tick
from govtracker.export.pages.engine import pages
from govtracker.export.pdf.writer import pdf_bytes
from govtracker.export.summary import documents
from govtracker.export.workbook.writer import excel_bytes
from govtracker.forms.summary import summary_form
from govtracker.model.card import Change
from tests.export.test_excel import converted, needs_office
from tests.export.test_pdf import needs_poppler, text_of
from tests.support.summaries import LONG, SETTING, reference

FORM = summary_form()


def made(entries: list[Entry] | None = None) -> list[Document]:
    return documents(FORM, summarise(reference() if entries is None else entries), SETTING, "한빛구")


def texts(cell: Cell) -> str:
    return "/".join(item.text for item in cell.content if isinstance(item, Para))


def grids(document: Document) -> list[Grid]:
    return [item for item in document.items if isinstance(item, Grid)]


def rows(grid: Grid) -> list[list[str]]:
    return [[texts(cell) for cell in row.cells] for row in grid.rows]


# ------------------------------------------------------------------------ what is laid out


def test_the_first_table_is_the_references() -> None:
    found = rows(grids(made()[0])[0])
    assert found[0] == ["분 야", "계", "완료", "이행 후/계속추진", "정상추진", "일부추진", "보류", "폐기"]
    assert found[1] == ["건수", "비율"] * 7
    assert found[2] == [
        "계",
        "24",
        "100.0",
        "6",
        "25.0",
        "9",
        "37.5",
        "7",
        "29.2",
        "1",
        "4.2",
        "1",
        "4.2",
        "-",
        "-",
    ]
    assert found[3] == [
        "소통·행정",
        "5",
        "20.8",
        "2",
        "40.0",
        "2",
        "40.0",
        "1",
        "20.0",
        "-",
        "-",
        "-",
        "-",
        "-",
        "-",
    ]
    assert found[7] == [
        "도시·환경·안전",
        "5",
        "20.8",
        "1",
        "20.0",
        "1",
        "20.0",
        "2",
        "40.0",
        "-",
        "-",
        "1",
        "20.0",
        "-",
        "-",
    ]


def test_kinds_and_money_are_the_references() -> None:
    _, kinds, money, _ = grids(made()[0])
    assert rows(kinds)[2] == ["24", "9", "15", "20", "4", "19", "5"]
    assert rows(money)[0] == ["구 분", "계", "국 비", "시·도비", "시·군·구비", "민 간", "기 타"]
    assert rows(money)[1:] == [
        ["총사업비", "186,420", "41,250", "28,730", "103,940", "9,500", "3,000"],
        ["확보액", "147,755", "33,180", "21,460", "84,215", "6,800", "2,100"],
        ["집행액", "125,028", "29,874", "18,092", "70,338", "5,120", "1,604"],
        ["집행률(%)", "84.6", "90.0", "84.3", "83.5", "75.3", "76.4"],
    ]


def test_what_has_no_value_gets_a_column_and_a_row_everywhere() -> None:
    overall, details, _ = made([*reference(), Entry("9-9", "빈 공약")])
    fields, kinds, _, departments = grids(overall)
    for grid in (fields, departments):
        assert rows(grid)[0][-1] == rows(grid)[-1][0] == FORM.unsorted
        assert rows(grid)[-1][1] == "1"
        assert sum(grid.widths) == pytest.approx(170)
    assert rows(kinds)[1].count(FORM.unsorted) == 2
    assert rows(kinds)[2][0] == "25"
    assert rows(grids(details)[0])[-1] == ["9-9", "빈 공약", "-", "-", "-"]


def test_details_have_a_count_for_every_field_and_the_forms_own_label_of_the_status() -> None:
    entries = reference()
    entries[1] = replace(entries[1], status_label="완료종료")
    found = rows(grids(made(entries)[1])[0])
    assert found[1] == ["계", "24건", "완료 6, 이행 후 계속추진 9, 정상추진 7, 일부추진 1, 보류 1"]
    assert found[2] == ["소통·행정", "5건", "완료 2, 이행 후 계속추진 2, 정상추진 1"]
    assert found[3] == ["1-1", "소통·행정 분야의 1번째 공약사업", "완료", "100.0", "기획예산과"]
    assert found[4][2] == "완료종료"


def test_a_change_has_its_text_before_and_after_and_none_has_a_sentence() -> None:
    found = rows(grids(made()[2])[0])
    assert found[1][:4] == [
        "1-4",
        "소통·행정 분야의 4번째 공약사업",
        "2020. 11. 30.",
        f"사업 규모 변경/지상 3층, 1,200㎡/{LONG.strip()}",
    ]
    assert rows(grids(made(reference(changes=False))[2])[0])[1:] == [[FORM.changes.empty]]


def test_places_of_cells_are_unique_and_formulas_mean_cells_that_are_there() -> None:
    meant = set()
    for document in made([*reference(), Entry()]):
        cells = [cell for grid in grids(document) for row in grid.rows for cell in row.cells]
        places = [cell.place for cell in cells if cell.place]
        assert len(places) == len(set(places))
        wanted = {place for cell in cells if cell.formula for place in cell.formula.places}
        charts = [item for item in document.items if isinstance(item, Bars)]
        wanted |= {
            place for chart in charts for bar in chart.bars for place in (*bar.cells, bar.place) if place
        }
        assert wanted <= set(places)
        meant |= wanted
    assert meant


# ------------------------------------------------------------------------ pages


def test_a_long_change_goes_on_on_the_next_pages_with_its_head_and_number() -> None:
    change = Change("2020. 11. 30.", "바뀜", "전", LONG * 80, LONG * 20, "심의")
    found = pages(made([Entry("7-7", "긴 변경", changes=(change,))])[2])
    assert len(found) > 3
    for page in found:
        words = [text.text.strip() for text in page.texts()]
        assert words.count("관리번호") == 1
        assert words.count("7-7") == 1
    joined = "".join(text.text for page in found for text in page.texts())
    assert joined.count("넓히고") == 100


def test_every_bar_is_drawn_to_scale_and_a_chart_of_many_fields_is_parted() -> None:
    few = pages(made()[0])
    assert len(few) == 2
    many = [Entry(field=f"분야 {at}", status="done") for at in range(90)]
    for page in pages(made(many)[0]):
        assert all(0 < text.y < 842 for text in page.texts())


@pytest.mark.parametrize(
    ("most", "step"),
    [(0, 1), (1, 1), (10, 1), (11, 2), (20, 2), (21, 5), (50, 5), (51, 10), (101, 20), (1001, 200)],
)
def test_ticks_are_round_and_few(most: int, step: int) -> None:
    assert tick(most) == step


@needs_poppler
def test_the_pdf_has_the_tables_and_the_chart_as_text_in_order(tmp_path: Path) -> None:
    raw = text_of(pdf_bytes(made())[0], tmp_path)
    assert "민선7기 공약사업 추진 총괄현황" in raw
    assert "기준일 : 2021. 12. 31." in raw
    lines = raw.splitlines()
    assert "소통·행정 5 20.8 2 40.0 2 40.0 1 20.0 - - - - - -" in lines
    assert "집행률(%) 84.6 90.0 84.3 83.5 75.3 76.4" in lines
    assert "완료 이행 후 계속추진 정상추진 일부추진 보류" in lines
    assert "도시·환경·안전 1 1 2 1" in lines
    assert "※ 비율 : 계 열은 전체 24건 대비, 그 밖의 열은 해당 분야 건수 대비" in lines


def test_the_same_summaries_give_the_same_bytes() -> None:
    assert pdf_bytes(made())[0] == pdf_bytes(made())[0]
    assert excel_bytes(made())[0] == excel_bytes(made())[0]


# ------------------------------------------------------------------------ the workbook


def numbers(path: Path | io.BytesIO) -> dict[tuple[str, str], object]:
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


@needs_office
def test_libreoffice_computes_the_same_sums_and_ratios_without_the_cached_values(tmp_path: Path) -> None:
    """Rows of 1 to 16 pledges, with and without values: halves are rounded alike, zeros print as dashes."""
    entries = [*reference(), Entry("9-9", "빈 공약")]
    for size in range(1, 17):
        entries += [
            Entry(field=f"분야 {size}", department=f"과 {size}", status="done" if at else "on_hold")
            for at in range(size)
        ]
    ours, stripped = tmp_path / "현황표.xlsx", tmp_path / "벗김.xlsx"
    ours.write_bytes(excel_bytes(made(entries))[0])
    openpyxl.load_workbook(ours).save(stripped)
    cached, office = numbers(ours), numbers(converted(stripped, "xlsx"))
    formulas = [
        (sheet.title, cell.coordinate)
        for sheet in openpyxl.load_workbook(ours)
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert len(formulas) > 300
    assert {place: office.get(place) for place in formulas} == pytest.approx({p: cached[p] for p in formulas})


def test_the_workbook_has_a_sheet_a_form_and_excels_own_chart_of_the_counts() -> None:
    data = excel_bytes(made())[0]
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames[1:] == [document.title for document in made()]
    sheet = book.worksheets[1]
    (chart,) = sheet._charts
    assert chart.grouping == "stacked"
    assert len(chart.series) == 5
    reached = [(series.cat.strRef or series.cat.numRef).f for series in chart.series]
    assert len(set(reached)) == 1
    area = reached[0].rsplit("!", 1)[1].replace("$", "")
    assert [row[0].value for row in sheet[area]] == [row.label for row in summarise(reference()).fields.rows]
    counts = chart.series[1].val.numRef.f.rsplit("!", 1)[1].replace("$", "")
    assert [row[0].value for row in sheet[counts]] == [2, 1, 3, 2, 1]


# ------------------------------------------------------------------------ words


def test_no_word_of_the_forms_stands_in_the_code() -> None:
    """Labels are data: no Korean in the layouts of the summaries or in the charts."""
    folder = Path(layouts.__file__).parent
    for path in (*folder.glob("*.py"), folder.parent / "pages" / "bars.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documents_ = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents_:
                assert not re.search("[가-힣]", node.value), f"{path.name}:{node.lineno}"
