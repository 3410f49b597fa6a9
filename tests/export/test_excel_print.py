"""The printed workbook: LibreOffice shows every text of the card, on as many pages as the PDF has."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from govtracker.export.document import Choice, Choices, Document, Flow, Grid, Para, Tabbed
from govtracker.export.layout import document
from govtracker.export.pages.engine import Engine, pages
from govtracker.export.workbook.breaks import Start, page_starts
from govtracker.export.workbook.writer import excel_bytes
from govtracker.forms import loader
from govtracker.forms.columns import Setting
from govtracker.importer.assembly.plan import plan_import
from govtracker.importer.assembly.setting import Given
from govtracker.model.card import Card, Events, Outline, Part
from govtracker.model.content import line
from govtracker.model.dates import Term
from tests.export.conftest import Sample
from tests.export.test_excel import converted
from tests.forms.everything.card import FORM, SETTING, hard_card

needs_tools = pytest.mark.skipif(
    not all(shutil.which(name) for name in ("soffice", "pdftotext", "pdfinfo")),
    reason="no LibreOffice or poppler",
)


def texts(items: Iterable[Flow]) -> Iterator[str]:
    """Everything that a document's items print."""
    for item in items:
        if isinstance(item, Para):
            yield from (item.text, item.right, item.number, item.mark)
        elif isinstance(item, Choices):
            yield from choices(item.options)
        elif isinstance(item, Tabbed):
            yield from (text for each in item.lines for _, text in each)
        elif isinstance(item, Grid):
            yield from texts(flow for row in item.rows for cell in row.cells for flow in cell.content)


def choices(options: Iterable[Choice]) -> Iterator[str]:
    for option in options:
        yield option.label
        yield from choices(option.inside)


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def printed(made: list[Document], folder: Path, pictures: object = None) -> tuple[str, int]:
    """(text without blanks, number of pages) of the workbook as LibreOffice prints it."""
    source = folder / "인쇄.xlsx"
    source.write_bytes(excel_bytes(made, pictures)[0] if pictures else excel_bytes(made)[0])  # type: ignore[arg-type]
    pdf = converted(source, "pdf")
    modes = (["-raw"], [])
    """As drawn, which parts glyphs of other fonts from their line; as read, which mixes wrapped columns."""
    found = [
        subprocess.run(["pdftotext", *mode, str(pdf), "-"], capture_output=True, check=True) for mode in modes
    ]
    text = "\n".join(each.stdout.decode() for each in found)
    info = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, check=True).stdout.decode()
    return bare(text), int(info.split("Pages:")[1].split()[0])


def missing(made: list[Document], shown: str) -> list[str]:
    """Texts that show neither in one piece nor, where they are wrapped and of several fonts, word by word."""
    return [
        text
        for each in made
        for text in texts(each.items)
        if bare(text) not in shown and not all(word in shown for word in text.split())
    ]


@pytest.fixture
def long_card(sample: Sample) -> Card:
    """A card with a paragraph that is higher than a row may be, and with so many events that tables break."""
    card = sample.card("6-2")
    text = ("아주 긴 글은 여러 줄로 이어지고 끝까지 보여야 한다 " * 130).strip()
    events = next(section for _, section in card.sections if isinstance(section, Events))
    key = next(key for key, section in card.sections if section is events)
    many = Events(
        tuple(replace(events.entries[0], title=f"{at}번째 일 {text[: at * 7]}".strip()) for at in range(60))
    )
    steps = Outline((Part("next_steps", "", (line(text, 1, "○"),)),))
    return card.with_section(key, many).with_section("next_steps", steps)


@needs_tools
def test_every_text_of_the_sample_shows_on_as_many_pages_as_in_the_pdf(
    sample: Sample, tmp_path: Path
) -> None:
    made = list(sample.documents.values())
    shown, count = printed(made, tmp_path, sample.picture)
    assert missing(made, shown) == []
    assert count == 1 + sum(len(pages(each)) for each in made)


@needs_tools
def test_every_text_of_the_hard_card_shows(tmp_path: Path) -> None:
    made = [document(loader.load(FORM), hard_card(), SETTING, "가온군")]
    shown, count = printed(made, tmp_path)
    assert missing(made, shown) == []
    assert count == len(pages(made[0]))


@needs_tools
def test_every_text_of_a_long_card_shows(sample: Sample, long_card: Card, tmp_path: Path) -> None:
    made = [
        document(sample.plan.form, long_card, Setting(sample.plan.term, sample.plan.period.as_of), "한빛구")
    ]
    shown, _ = printed(made, tmp_path, sample.picture)
    assert missing(made, shown) == []


def test_a_long_card_comes_back_and_its_heads_stand_again(
    sample: Sample, long_card: Card, tmp_path: Path
) -> None:
    setting = Setting(sample.plan.term, sample.plan.period.as_of)
    made = document(sample.plan.form, long_card, setting, "한빛구")
    path = tmp_path / "긴.xlsx"
    path.write_bytes(excel_bytes([made], sample.picture)[0])
    plan = plan_import(path, [sample.plan.form], Given(None, sample.plan.term, sample.plan.period.as_of))
    assert document(sample.plan.form, plan.cards[0], setting, "한빛구") == made
    assert sum("되풀이된" in entry.what for entry in plan.ledger.cells) >= 8
    assert plan.ledger.sums()["unplaced"] == 0


def test_rows_are_no_higher_than_excel_allows(sample: Sample, long_card: Card, tmp_path: Path) -> None:
    setting = Setting(sample.plan.term, sample.plan.period.as_of)
    path = tmp_path / "긴.xlsx"
    path.write_bytes(
        excel_bytes([document(sample.plan.form, long_card, setting, "한빛구")], sample.picture)[0]
    )
    sheet = openpyxl.load_workbook(path).active
    assert max(size.height or 0 for size in sheet.row_dimensions.values()) <= 409
    assert [each.id for each in sheet.row_breaks.brk]


def test_a_merged_head_of_two_rows_stands_again_in_a_money_table() -> None:
    """Page starts name rows of tables; the hard form's tables have heads of up to three rows."""
    form = loader.load(FORM)
    made = document(
        form, hard_card(), Setting(Term(date(2018, 7, 1), date(2022, 6, 30)), SETTING.as_of), "가온군"
    )
    assert all(
        isinstance(start, Start) and 0 <= start.item < len(made.items)
        for start in page_starts(made, Engine())
    )
    assert len(page_starts(made, Engine())) == len(pages(made)) - 1
