"""The exported workbook: it comes back as an equal card, and other programs see its text and its sums."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from govtracker.export.layout import document
from govtracker.export.workbook.column_grid import MOST, ColumnGrid
from govtracker.export.workbook.writer import excel_bytes, sheet_name
from govtracker.forms.columns import Setting
from govtracker.importer.assembly.plan import ImportPlan, plan_import
from govtracker.importer.assembly.setting import Given
from tests.export.conftest import Sample

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def converted(source: Path, kind: str) -> Path:
    """The file as LibreOffice writes it."""
    out = source.parent / "office"
    profile = (source.parent / "profile").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind, "--outdir", str(out), str(source)],
        capture_output=True, check=True, timeout=180,
    )  # fmt: skip
    return out / f"{source.stem}.{kind.split(':')[0]}"


@pytest.fixture(scope="module")
def exported(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("excel") / "전체.xlsx"
    path.write_bytes(excel_bytes(list(sample.documents.values()), sample.picture)[0])
    return path


def again(path: Path, plan: ImportPlan) -> ImportPlan:
    return plan_import(path, [plan.form], Given())


def assert_equal_cards(plan: ImportPlan, other: ImportPlan) -> None:
    setting = Setting(plan.term, plan.period.as_of)
    assert [card.pledge for card in plan.cards] == [card.pledge for card in other.cards]
    for one, two in zip(plan.cards, other.cards, strict=True):
        first, second = (document(plan.form, card, setting, plan.municipality) for card in (one, two))
        for a, b in zip(first.items, second.items, strict=True):
            assert a == b


def test_export_and_import_give_equal_cards(sample: Sample, exported: Path) -> None:
    other = again(exported, sample.plan)
    assert (other.municipality, other.term, other.period) == (
        sample.plan.municipality,
        sample.plan.term,
        sample.plan.period,
    )
    assert other.ledger.sums()["unplaced"] == 0
    assert other.pictures == sample.plan.pictures
    assert_equal_cards(sample.plan, other)


def test_the_same_documents_give_the_same_bytes(sample: Sample, exported: Path) -> None:
    assert excel_bytes(list(sample.documents.values()), sample.picture)[0] == exported.read_bytes()


def test_every_formula_has_the_models_value_cached(exported: Path) -> None:
    formulas = openpyxl.load_workbook(exported)
    values = openpyxl.load_workbook(exported, data_only=True)
    count = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    count += 1
                    assert values[sheet.title][cell.coordinate].value is not None
    assert count > 100


@needs_office
def test_libreoffice_computes_the_same_sums_without_the_cached_values(exported: Path, tmp_path: Path) -> None:
    stripped = tmp_path / "벗김.xlsx"
    openpyxl.load_workbook(exported).save(stripped)
    office = openpyxl.load_workbook(converted(stripped, "xlsx"), data_only=True)
    cached = openpyxl.load_workbook(exported, data_only=True)
    formulas = openpyxl.load_workbook(exported)
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    ours, theirs = (
                        cached[sheet.title][cell.coordinate].value,
                        office[sheet.title][cell.coordinate].value,
                    )
                    assert theirs == pytest.approx(ours), (sheet.title, cell.coordinate, cell.value)


@needs_office
def test_through_libreoffice_and_back_the_cards_are_equal(
    sample: Sample, exported: Path, tmp_path: Path
) -> None:
    source = tmp_path / "전체.xlsx"
    source.write_bytes(exported.read_bytes())
    assert_equal_cards(sample.plan, again(converted(source, "xlsx"), sample.plan))


def test_a_text_that_looks_like_a_formula_or_a_number_stays_text(sample: Sample) -> None:
    from govtracker.model.card import Outline, Part
    from govtracker.model.content import line

    card = sample.card("6-1")
    texts = ("=1+1 은 식이 아님", "+82-2", "0123", "@이름", "'따옴표", "1,2")
    section = Outline((Part("next_steps", "", tuple(line(text, 1, "○") for text in texts)),))
    setting = Setting(sample.plan.term, sample.plan.period.as_of)
    made = document(sample.plan.form, card.with_section("next_steps", section), setting, "한빛구")
    book = openpyxl.load_workbook(io.BytesIO(excel_bytes([made])[0]))
    values = {cell.value for row in book.active.iter_rows() for cell in row}
    assert {f"○ {text}" for text in texts} <= values


def test_no_two_merges_of_a_sheet_overlap(exported: Path) -> None:
    for sheet in openpyxl.load_workbook(exported):
        cells = [cell for area in sheet.merged_cells.ranges for cell in area.cells]
        assert len(cells) == len(set(cells)), sheet.title


def test_the_contents_sheet_links_to_every_card(exported: Path) -> None:
    book = openpyxl.load_workbook(exported)
    front, *cards = book.worksheets
    links = {row[2].value: row[2].hyperlink.location for row in front.iter_rows(min_row=4)}
    assert list(links) == [sheet.title for sheet in cards]
    assert all(location.strip("'").removesuffix("'!A1") == name for name, location in links.items())


def test_the_import_skips_the_contents_sheet_quietly(sample: Sample, exported: Path) -> None:
    plan = again(exported, sample.plan)
    front = openpyxl.load_workbook(exported).sheetnames[0]
    assert {entry.what for entry in plan.ledger.cells if entry.sheet == front} == {"다른 시트의 차례입니다"}
    assert not any(front in note for note in plan.ledger.notes)


def test_one_card_has_no_contents_sheet(sample: Sample) -> None:
    made = excel_bytes([sample.documents["6-1"]])[0]
    assert len(openpyxl.load_workbook(io.BytesIO(made)).sheetnames) == 1


def test_what_xml_or_excel_would_read_otherwise_stays_text() -> None:
    from govtracker.export.document import Document, Para, Style
    from govtracker.model.content import Run

    text = 'a<b & "c" > _x0041_ d'
    made = Document("&<제목>'", "서식", (Para((Run(text),)),), {"body": Style("myeongjo", 10, 1.5)})
    book = openpyxl.load_workbook(io.BytesIO(excel_bytes([made])[0]))
    from openpyxl.utils.escape import unescape

    assert unescape(book.active["A1"].value) == text


def test_sheet_names_are_legal_and_unlike() -> None:
    taken: set[str] = set()
    names = [
        sheet_name(title, taken)
        for title in (
            "1-1 가/나:다",
            "1-1 가/나:다",
            "가" * 50,
            "가" * 50,
            "",
            "[']",
            "가" * 30 + "🏛나",
            "🏛" * 40,
            "🏛" * 40,
        )
    ]
    assert len({name.lower() for name in names}) == len(names)
    assert all(not set(name) & set("[]:*?/\\") for name in names)
    assert all(0 < len(name.encode("utf-16-le")) // 2 <= 31 for name in names), "Excel counts an emoji as two"


def test_the_raster_is_coarse_and_parts_every_column_of_every_table(sample: Sample) -> None:
    from govtracker.export.document import Grid
    from govtracker.export.workbook.column_grid import edges_of

    for made in sample.documents.values():
        columns = ColumnGrid(made)
        assert len(columns.edges) <= MOST + 1
        for item in made.items:
            if isinstance(item, Grid):
                snapped = [columns.column(edge) for edge in edges_of(item)]
                assert snapped == sorted(set(snapped))
