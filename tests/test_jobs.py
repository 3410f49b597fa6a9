"""Jobs without a window."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from govtracker.db.cards import list_cards
from govtracker.db.periods import add_period
from govtracker.db.sections import load_card
from govtracker.errors import Refused
from govtracker.export.writers import writer_of
from govtracker.files import BOOK, PDF, WORKBOOK, FileKind
from govtracker.jobs import books, demo, dumping, exporting
from govtracker.model.card import Budget, Period, Pledge
from govtracker.model.dates import parse_term
from tests.forms.everything.card import FORM
from tests.support.tracing import traced

TERM = parse_term("2022-07-01..2026-06-30")
PERIOD = Period("2023년 하반기", date(2023, 12, 31))


def test_a_new_pledge_has_every_section_and_budgets_in_the_forms_unit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVTRACKER_FORMS", str(FORM.parent))
    with books.new_book(
        tmp_path / "a.govtracker", "가온군", parse_term("2018-07-01..2022-06-30"), "everything"
    ) as book:
        books.add_pledge(book, Pledge("새 약속"), Period("2021년 1분기", date(2021, 3, 31)))
        card = load_card(book, list_cards(book)[0])
        form = books.form_of(book)
    assert [key for key, _ in card.sections] == [section.key for section in form.section]
    units = {key: section.unit for key, section in card.sections if isinstance(section, Budget)}
    assert units == {"pairs": 1_000_000, "plan": 1_000, "works": 1_000_000}


def test_the_demo_makes_a_book_a_pdf_and_a_workbook_each_time_anew(tmp_path: Path) -> None:
    first, second = demo.demo(tmp_path), demo.demo(tmp_path)
    assert first.book != second.book
    for one, other, kind, least in zip(first.files, second.files, (PDF, WORKBOOK), (46, 18), strict=True):
        assert kind.fits(one.path)
        assert one.path.read_bytes() == other.path.read_bytes()
        assert one.count >= least
    assert sum(len(imported.plan.cards) for imported in first.imported) == 18


def test_a_dump_takes_as_many_queries_for_fifty_cards_as_for_five(book_path: Path) -> None:
    counted = {}
    with books.new_book(book_path, "한빛구", TERM, "gwanak") as book:
        for count in (5, 50):
            for number in range(len(list_cards(book)), count):
                books.add_pledge(book, Pledge("새 약속", f"1-{number}"), PERIOD)
            with traced(book) as statements:
                assert len(dumping.dump(book)["cards"]) == len(dumping.dump_whole(book)["cards"]) == count
            counted[count] = len(statements)
    assert counted[50] == counted[5]


def test_documents_are_the_same_one_by_one_together_and_in_slices(book_path: Path) -> None:
    with books.new_book(book_path, "한빛구", TERM, "gwanak") as book:
        for number in range(3):
            books.add_pledge(book, Pledge("새 약속", f"1-{number}"), PERIOD)
        documents = exporting.Documents(book, list_cards(book))
        together = list(documents)
        assert len({document.title for document in together}) == len(documents) == 3
        assert together == [documents[at] for at in range(3)]
        assert together[1:] == documents[1:]


def test_what_no_writer_writes_is_refused_and_says_what_can_be_written(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"\.pdf.*\.xlsx"):
        writer_of(tmp_path / "보고서.docx")
    assert writer_of(tmp_path / "보고서.PDF").kind is PDF
    assert writer_of(tmp_path / "보고서.xlsx").kind is WORKBOOK


def test_a_written_file_says_how_large_it_is(book_path: Path, tmp_path: Path) -> None:
    with books.new_book(book_path, "한빛구", TERM, "gwanak") as book:
        books.add_pledge(book, Pledge("새 약속 \U000f1234", "1-1"), PERIOD)
        entries = list_cards(book)
        pdf = exporting.export(book, tmp_path / "a.pdf", entries, None)
        workbook = exporting.export(book, tmp_path / "a.xlsx", entries, None)
    assert pdf and workbook
    assert (pdf.path, pdf.size) == (tmp_path / "a.pdf", "2쪽")
    assert (workbook.path, workbook.size) == (tmp_path / "a.xlsx", "1개 시트")
    assert "글꼴에 없어" in pdf.remarks[0]


@pytest.mark.parametrize("kind", [BOOK, PDF, WORKBOOK])
def test_a_kind_of_file_knows_its_names(kind: FileKind) -> None:
    assert kind.named(Path("1. 보고서")) == Path(f"1. 보고서{kind.suffix}")
    assert kind.named(Path(f"보고서{kind.suffix.upper()}")) == Path(f"보고서{kind.suffix.upper()}")
    assert kind.pattern == f"{kind.label} (*{kind.suffix})"


def test_a_period_without_cards_is_refused(book_path: Path) -> None:
    with books.new_book(book_path, "한빛구", TERM, "gwanak") as book:
        add_period(book, PERIOD)
        with pytest.raises(Refused, match="카드가 없습니다"):
            books.chosen(book)
