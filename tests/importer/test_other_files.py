"""The same report in other kinds of files comes in as from .xlsx, by what the file is and not by its name."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest

from govtracker.forms import loader
from govtracker.importer.assembly.plan import ImportPlan, plan_workbook
from govtracker.importer.assembly.setting import Given
from govtracker.importer.package import preflight
from govtracker.importer.package.kinds import Kind
from govtracker.importer.package.reading import read
from govtracker.importer.package.workbook import SheetCell, Workbook
from govtracker.model.card import Card
from tests.support.expected import SAMPLE, SHARED

SHEET = "1-1 청년창업"
OFFICE = {"xls": Kind.XLS, "ods": Kind.ODS, "html": Kind.HTML}
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One sheet of the sample as a workbook, and what LibreOffice makes of it."""
    path = tmp_path_factory.mktemp("files")
    book = openpyxl.load_workbook(SAMPLE)
    for name in book.sheetnames:
        if name != SHEET:
            del book[name]
    book[SHEET]._images = []
    book.save(path / "a.xlsx")
    return path


@cache
def converted(folder: Path, kind: str) -> Path:
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind,
         "--outdir", str(folder), str(folder / "a.xlsx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return folder / f"a.{kind}"


def plan(path: Path) -> ImportPlan:
    preflight.check(path)
    return plan_workbook(read(path), [loader.find("gwanak")], Given("달빛구"))


def cards(path: Path) -> list[Card]:
    return [card for card in plan(path).cards if card.pledge.number == "1-1"]


@needs_office
@pytest.mark.parametrize("kind", OFFICE)
def test_what_libreoffice_saves(folder: Path, kind: str, tmp_path: Path) -> None:
    named = tmp_path / "이름만 엑셀.xlsx"
    shutil.copy(converted(folder, kind), named)
    assert preflight.check(named) is OFFICE[kind]
    assert cards(named) == cards(folder / "a.xlsx")
    assert plan(named).ledger.sums()["unplaced"] == 0


def as_csv(workbook: Workbook, separator: str) -> str:
    """The first sheet's texts; a merge's value in its first cell."""
    (sheet, *_) = workbook.sheets
    last = max(cell.row for cell in sheet.cells), max(cell.column for cell in sheet.cells)
    rows = [[""] * last[1] for _ in range(last[0])]
    for cell in sheet.cells:
        rows[cell.row - 1][cell.column - 1] = cell.text
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize(
    ("encoding", "separator"), [("utf-8", ","), ("utf-8-sig", ","), ("cp949", "\t"), ("utf-16", ";")]
)
def test_plain_text_in_every_encoding(folder: Path, tmp_path: Path, encoding: str, separator: str) -> None:
    workbook = read(folder / "a.xlsx")
    text = as_csv(workbook, separator).encode("cp949", errors="replace").decode("cp949")
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    assert preflight.check(path) is Kind.CSV
    found = {cell.place: cell.text for cell in read(path).sheets[0].cells}
    wanted = {c.place: c.text for c in workbook.sheets[0].cells if c.text.strip()}
    assert found.keys() == wanted.keys()
    alike = [place for place in wanted if found[place] == wanted[place].rstrip()]
    assert len(alike) >= len(wanted) * 0.8, "but for the signs that the encoding doesn't have"


def as_xml(cells: list[SheetCell]) -> str:
    """SpreadsheetML of 2003 with merges, shading, rules and typed numbers."""
    styles = {(c.bold, bool(c.fill), c.border) for c in cells}
    names = {style: f"s{at}" for at, style in enumerate(sorted(styles))}
    sides = {"l": "Left", "r": "Right", "t": "Top", "b": "Bottom"}
    made = ['<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
            'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles>']  # fmt: skip
    for (bold, fill, border), name in names.items():
        lines = "".join(f'<Border ss:Position="{sides[s]}" ss:LineStyle="Continuous"/>' for s in border)
        shade = '<Interior ss:Color="#C0C0C0" ss:Pattern="Solid"/>' if fill else ""
        made.append(f'<Style ss:ID="{name}"><Borders>{lines}</Borders><Font ss:Bold="{int(bold)}"/>{shade}'
                    '<NumberFormat ss:Format="#,##0"/></Style>')  # fmt: skip
    made.append(f'</Styles><Worksheet ss:Name="{SHEET}"><Table>')
    for row in sorted({c.row for c in cells}):
        made.append(f'<Row ss:Index="{row}">')
        for cell in (c for c in cells if c.row == row):
            plain = cell.text.replace(",", "")
            kind = "Number" if cell.number and plain.isdigit() else "String"
            data = (
                f'<Data ss:Type="{kind}">{escape(plain if kind == "Number" else cell.text)}</Data>'
                if cell.text
                else ""
            )
            style = names[cell.bold, bool(cell.fill), cell.border]
            made.append(f'<Cell ss:Index="{cell.column}" ss:MergeAcross="{cell.colspan - 1}" '
                        f'ss:MergeDown="{cell.rowspan - 1}" ss:StyleID="{style}">{data}</Cell>')  # fmt: skip
        made.append("</Row>")
    return "".join(made) + "</Table></Worksheet></Workbook>"


def test_excels_xml_of_2003(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_text(as_xml(read(folder / "a.xlsx").sheets[0].cells), encoding="utf-8")
    assert preflight.check(path) is Kind.XML
    (found,), (wanted,) = cards(path), cards(folder / "a.xlsx")
    differing = [key for key, section in wanted.sections if found.section(key) != section]
    assert differing == []


def test_a_workbook_with_broken_styles_is_read_without_them_and_says_so(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "깨진 서식.xlsx"
    with zipfile.ZipFile(SAMPLE) as source, zipfile.ZipFile(path, "w") as target:
        for entry in source.infolist():
            data = source.read(entry)
            target.writestr(
                entry.filename, b"<styleSheet><broken" if entry.filename == "xl/styles.xml" else data
            )
    found = read(path)
    assert any("서식이 깨져" in remark for remark in found.remarks)
    assert any(cell.text == "청년창업허브 조성" for sheet in found.sheets for cell in sheet.cells)


@pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="../shared/corpus is in the workshop only")
def test_binary_workbooks() -> None:
    paths = sorted((SHARED / "corpus").glob("*.xlsb"))
    read_ = [path for path in paths if "protected" not in path.name and "wtf_path" not in path.name]
    assert all(read(path).sheets for path in read_[:8])
