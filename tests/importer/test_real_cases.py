"""The four real reports in print layout: read without loss, printed whole, back from our own workbook equal."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from govtracker.db.book import Book
from govtracker.export.document import Document
from govtracker.importer.assembly.plan import ImportPlan
from govtracker.importer.assembly.setting import Given
from govtracker.jobs import books, dumping, exporting, importing
from tests.support.expected import CASES, judged, needs_cases

NAMES = ("goyang-2-2-4", "gwanak-6-2", "suwon", "geumcheon-3")
TIMES = {
    "goyang-2-2-4": "2021-12-31",
    "gwanak-6-2": "2023-12-31",
    "suwon": "2021-03-31",
    "geumcheon-3": "2021-06-30",
}
pytestmark = needs_cases
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")


@dataclass
class Case:
    """A real workbook after its import, with everything that is made of it."""

    name: str
    truth: dict[str, Any]
    plan: ImportPlan
    dump: dict[str, Any]
    documents: list[Document]
    pdf: Path
    workbook: Path


@pytest.fixture(scope="module", params=NAMES)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Case:
    name, folder = request.param, tmp_path_factory.mktemp("case")
    plan = importing.import_into(folder / "a.govtracker", CASES / f"{name}.xlsx", Given()).plan
    with Book.open(folder / "a.govtracker") as book:
        entries = books.chosen(book)
        exporting.export(book, folder / "a.pdf", entries, exporting.front_matter(book, entries))
        exporting.export(book, folder / "a.xlsx", entries, None)
        made = list(exporting.Documents(book, entries))
        dump = dumping.dump(book)
    truth = json.loads((CASES / f"{name}.expected.json").read_text(encoding="utf-8"))
    return Case(name, truth, plan, dump, list(made), folder / "a.pdf", folder / "a.xlsx")


def again(case: Case, workbook: Path, folder: Path) -> list[Document]:
    """Documents of the cards that another new book gets from a workbook of ours."""
    plan, path = case.plan, folder / "b.govtracker"
    given = Given(plan.municipality, plan.term, plan.period.as_of, plan.period.label)
    assert importing.import_into(path, workbook, given, plan.form.key).plan.ledger.sums()["unplaced"] == 0
    with Book.open(path) as book:
        return list(exporting.Documents(book, books.chosen(book)))


def office(source: Path, folder: Path) -> Path:
    """The workbook as LibreOffice writes it again."""
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "xlsx",
         "--outdir", str(folder / "office"), str(source)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return folder / "office" / source.name


def test_everything_is_recovered(case: Case, tmp_path: Path) -> None:
    assert judged(CASES / f"{case.name}.expected.json", case.dump, tmp_path) == ""
    sums = case.plan.ledger.sums()
    assert sums["unplaced"] == 0
    assert sums["cells"] == sums["imported"] + sums["ignored"]


def test_form_term_and_date_are_told_by_the_file(case: Case) -> None:
    assert case.plan.form.key == case.name.split("-")[0]
    assert case.plan.period.as_of.isoformat() == TIMES[case.name]
    assert case.plan.term.start.year == (2022 if case.name == "gwanak-6-2" else 2018)
    assert not [note for note in case.plan.ledger.notes if "계산하면" in note]


def test_it_comes_back_equal_from_our_workbook(case: Case, tmp_path: Path) -> None:
    assert again(case, case.workbook, tmp_path) == case.documents


@needs_office
def test_it_comes_back_equal_through_libreoffice(case: Case, tmp_path: Path) -> None:
    assert again(case, office(case.workbook, tmp_path), tmp_path) == case.documents


@needs_office
def test_libreoffice_computes_the_same_sums(case: Case, tmp_path: Path) -> None:
    stripped = tmp_path / "stripped.xlsx"
    formulas = openpyxl.load_workbook(case.workbook)
    formulas.save(stripped)
    theirs = openpyxl.load_workbook(office(stripped, tmp_path), data_only=True)
    ours = openpyxl.load_workbook(case.workbook, data_only=True)
    found = [
        (sheet.title, cell.coordinate)
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert found or case.name == "goyang-2-2-4"
    for sheet, place in found:
        assert theirs[sheet][place].value == pytest.approx(ours[sheet][place].value), (sheet, place)


def squeezed(text: object) -> str:
    return re.sub(r"[\s,]+", "", str(text))


@needs_poppler
def test_every_line_and_figure_of_the_truth_is_on_the_pages(case: Case) -> None:
    raw = subprocess.run(
        ["pdftotext", "-raw", "-nopgbrk", str(case.pdf), "-"], check=True, capture_output=True, text=True
    ).stdout
    running = squeezed(case.documents[0].running_head + case.documents[0].running_date)
    pages = "".join(
        squeezed(line)
        for line in raw.splitlines()
        if squeezed(line) != running and not re.fullmatch(r"\s*-\s*\d+\s*-\s*", line)
    )
    for wanted in spoken(case.truth["cards"][0]):
        assert squeezed(wanted) in pages, wanted


def spoken(card: dict[str, Any]) -> list[str]:
    """Every text and figure of a truth as a reader would look for it."""
    found: list[str] = [person[key] for person in card["people"] for key in ("name", "phone") if person[key]]
    for part in card["narratives"]:
        found += [line["text"] for line in part["lines"]]
    for table in card["tables"]:
        found += [str(cell) for row in table["rows"] for cell in row if cell is not None]
    for event in card["events"]:
        found += [event["title"], *(line["text"] for line in event["details"])]
    for answer in card["responses"]:
        found += [line["text"] for line in (*answer["proposal"], *answer["response"])]
    for money in (*card["budget"], *card["budget_totals"]):
        if isinstance(money.get("amount"), int):
            found.append(f"{money['amount']:,}")
    for indicator in card["indicators"]:
        found += [
            indicator["name"],
            *(str(t["value"]) for t in indicator["targets"] if t["value"] is not None),
        ]
    return found
