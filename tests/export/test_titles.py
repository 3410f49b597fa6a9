"""Which pledge is this page, and what is a book of several forms called: read off the written files."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from govtracker.arithmetic.summary import summarise
from govtracker.db.book import Book
from govtracker.db.merge import add_cards
from govtracker.export.elide import ELLIPSIS, shortened
from govtracker.export.fonts import face
from govtracker.export.layout import document
from govtracker.export.pages.items import MM
from govtracker.export.pdf.front import words
from govtracker.export.pdf.writer import pdf_bytes
from govtracker.export.summary import documents
from govtracker.export.workbook.writer import excel_bytes
from govtracker.forms import loader
from govtracker.forms.columns import Setting
from govtracker.forms.empty import fresh_section
from govtracker.forms.schema import Form
from govtracker.forms.summary import summary_form
from govtracker.jobs import books, exporting, summarising
from govtracker.model.card import Card, Outline, Part, Period, Pledge
from govtracker.model.content import line
from govtracker.model.dates import Term
from tests.support.summaries import reference

TERM = Term(date(2022, 7, 1), date(2026, 6, 30))
SETTING = Setting(TERM, date(2023, 12, 31))
PERIOD = Period("2023년 하반기", SETTING.as_of)
LONG = "누구나 걸어서 십 분 안에 닿는 도서관과 돌봄센터를 모든 동네에 하나씩 두는 생활 기반 시설 늘리기 "
every_form = pytest.mark.parametrize(
    "form", [loader.find(key) for key in loader.form_keys()], ids=lambda f: f.key
)


def card(form: Form, title: str, lines: int = 120) -> Card:
    """A new card whose first outline runs over several pages."""
    sections = [(s.key, fresh_section(form, s, SETTING)) for s in form.section]
    at = next(i for i, (_, section) in enumerate(sections) if isinstance(section, Outline))
    slot = next(iter(form.section[at].slots), None)
    items = tuple(line(f"{n}번째 줄", 0, "○") for n in range(lines))
    sections[at] = (sections[at][0], Outline((Part(slot.key if slot else "", "", items),)))
    return Card(Pledge(title, "7-7" if form.numbered else ""), PERIOD, form.key, tuple(sections))


def pages(form: Form, title: str) -> list[str]:
    """The text of each page, white space left out."""
    data = pdf_bytes([document(form, card(form, title), SETTING, "한빛시")]).data
    with pypdfium2.PdfDocument(data) as pdf:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in pdf]


@every_form
def test_every_page_of_every_form_names_its_pledge(form: Form) -> None:
    shown = pages(form, "한마음 돌봄센터 조성")
    assert len(shown) > 1
    assert all("한마음돌봄센터조성" in page for page in shown)
    if form.numbered:
        assert all("7-7한마음돌봄센터조성" in page for page in shown[1:])


@every_form
def test_a_long_title_ends_in_an_ellipsis_before_the_date(form: Form) -> None:
    made = document(form, card(form, LONG * 2), SETTING, "한빛시")
    data = pdf_bytes([made]).data
    with pypdfium2.PdfDocument(data) as pdf:
        top = 12 * MM
        page = pdf[1]
        text = page.get_textpage()
        boxes = [(text.get_text_range(at, 1), text.get_charbox(at)) for at in range(text.count_chars())]
        head = [(char, box) for char, box in boxes if box[3] > page.get_height() - top and char.strip()]
        dots = [box for char, box in head if char == ELLIPSIS]
        date_ = max((box for char, box in head if char == "기"), key=lambda box: box[0])
        assert len(dots) == 1
        assert dots[0][2] < date_[0]


def test_a_form_may_move_the_title() -> None:
    form = replace(loader.find("goyang"), running_title="{number}. {title} ({head})")
    made = document(form, card(form, "돌봄센터"), SETTING, "한빛시")
    assert made.running_title == "7-7. 돌봄센터 (한빛시 공약 추진실적 카드)"
    assert made.running_head == "한빛시 공약 추진실적 카드"


def test_a_form_that_prints_no_title_names_the_pledge_on_the_first_page_too() -> None:
    form = loader.find("goyang")
    bare = replace(form, block=tuple(block for block in form.block if block.kind != "title"))
    made = document(bare, card(bare, "돌봄센터"), SETTING, "한빛시")
    assert made.running_head == made.running_title
    assert "돌봄센터" in made.running_head


def test_names_in_a_title_stay_as_they_are() -> None:
    form = loader.find("goyang")
    made = document(form, card(form, "{as_of} {lead_department|과} 돌봄"), SETTING, "한빛시")
    assert made.running_title.endswith("{as_of} {lead_department|과} 돌봄")


def test_a_sheet_has_the_title_at_the_left_of_its_foot_and_the_head_as_it_is_read_back() -> None:
    form = loader.find("suwon")
    for title in ("A&B 조성", LONG * 6):
        data = excel_bytes([document(form, card(form, title, 3), SETTING, "한빛시")]).data
        sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
        foot = sheet.oddFooter.left.text.replace("&&", "&")
        assert foot.rstrip(ELLIPSIS) == title[: len(foot.rstrip(ELLIPSIS))]
        assert foot.endswith(ELLIPSIS) == (title != "A&B 조성")
        assert title[:3] not in sheet.oddHeader.left.text


def test_summaries_have_no_title_in_their_foot() -> None:
    data = excel_bytes(documents(summary_form(), summarise(reference()), SETTING, "한빛시")).data
    assert not any(s.oddFooter.left.text for s in openpyxl.load_workbook(io.BytesIO(data)).worksheets)


@pytest.mark.parametrize("room", [0, 5, 30, 60, 200])
def test_a_shortened_text_is_never_wider_than_its_room(room: float) -> None:
    font = face("gothic", bold=False)
    for text in ("돌봄센터 조성과 운영", "👩‍👩‍👧 가족 👍🏽", ""):
        kept = shortened(text, font, 8.5, room)
        assert font.width(kept) * 8.5 / 1000 <= room
        assert kept == text or not kept or kept.endswith(ELLIPSIS)
        assert not kept.removesuffix(ELLIPSIS).endswith("\u200d")


# ------------------------------------------------------------------------ books of one form and of several


def written(folder: Path, forms: list[str]) -> tuple[str, str, str]:
    """Titles of the PDF and the workbook, and the text of the cover."""
    with books.new_book(folder / "a.govtracker", "한빛시", TERM, forms[0]) as book:
        cards = [replace(card(loader.find(key), f"공약 {at}", 3), form=key) for at, key in enumerate(forms)]
        add_cards(book, cards, {})
    with Book.open(folder / "a.govtracker") as book:
        entries = books.chosen(book)
        for name in ("a.pdf", "a.xlsx"):
            exporting.export(book, folder / name, entries, exporting.front_matter(book, entries))
    with pypdfium2.PdfDocument(folder / "a.pdf") as pdf:
        cover = pdf[0].get_textpage().get_text_bounded()
        title = pdf.get_metadata_value("Title")
    return title, openpyxl.load_workbook(folder / "a.xlsx").properties.title or "", cover


def test_a_book_of_one_form_is_called_after_it(tmp_path: Path) -> None:
    title, workbook, cover = written(tmp_path, ["suwon", "suwon"])
    assert title == workbook == "한빛시 시민과의 약속 추진현황"
    assert "시민과의 약속 추진현황" in cover


def test_a_book_of_several_forms_is_called_after_none(tmp_path: Path) -> None:
    title, workbook, cover = written(tmp_path, ["goyang", "suwon", "gwanak"])
    assert title == workbook == f"한빛시 {words()['mixed']}"
    assert words()["mixed"] in cover
    assert "카드" not in cover


def test_the_cards_that_are_written_count_not_the_books_form(tmp_path: Path) -> None:
    written(tmp_path, ["goyang", "suwon", "suwon"])
    with Book.open(tmp_path / "a.govtracker") as book:
        entries = [entry for entry in books.chosen(book) if entry.form == "suwon"]
        front = exporting.front_matter(book, entries)
    assert front is not None
    assert front.title == loader.find("suwon").name


def test_the_summaries_file_is_called_after_all_of_them(tmp_path: Path) -> None:
    written(tmp_path, ["goyang", "suwon"])
    with Book.open(tmp_path / "a.govtracker") as book:
        for name in ("s.pdf", "s.xlsx"):
            summarising.export_summaries(book, tmp_path / name)
    with pypdfium2.PdfDocument(tmp_path / "s.pdf") as pdf:
        title = pdf.get_metadata_value("Title")
    assert (
        title == openpyxl.load_workbook(tmp_path / "s.xlsx").properties.title == "한빛시 공약사업 추진 현황표"
    )
