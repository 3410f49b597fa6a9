"""`govtracker summary`: the files, the exit codes, and that a refusal leaves everything as it was."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from govtracker.db.book import Book
from govtracker.db.cards import list_cards
from govtracker.db.periods import add_period
from govtracker.jobs import summarising
from govtracker.model.card import Period
from tests.support.expected import SAMPLE
from tests.test_cli import NEW, done, refused, run


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("보기") / "대장.govtracker"
    done("import", path, SAMPLE)
    return path


def test_summary_writes_a_pdf_and_a_workbook_the_same_each_time(imported: Path, tmp_path: Path) -> None:
    for name, head, said in (("현황.pdf", b"%PDF", "쪽을"), ("현황.xlsx", b"PK", "3개 시트를")):
        first, second = tmp_path / name, tmp_path / f"다시 {name}"
        assert said in done("summary", imported, "-o", first)
        done("summary", imported, "--out", second, "--period", "2023년 하반기")
        assert first.read_bytes().startswith(head)
        assert first.read_bytes() == second.read_bytes()


def test_summary_counts_every_card_of_the_period(imported: Path) -> None:
    with Book.open(imported) as book:
        count = len(list_cards(book))
        made = summarising.summaries(book)
        assert [document.title for document in made] == [
            "공약사업 추진 총괄현황", "공약사업 추진 세부현황", "공약사업 변경 현황",
        ]  # fmt: skip
        assert f"전체 {count}건" in str(made[0])
        assert summarising.summaries(book, progress=lambda done, of: done < 3) == []


def test_cancelled_summary_keeps_the_old_file(imported: Path, tmp_path: Path) -> None:
    out = tmp_path / "현황.pdf"
    out.write_bytes(b"last year's")
    with Book.open(imported) as book:
        assert summarising.export_summaries(book, out, progress=lambda done, of: False) is None
    assert out.read_bytes() == b"last year's"


def test_summary_refuses_what_it_cannot_meet_and_keeps_the_old_file(imported: Path, tmp_path: Path) -> None:
    out = tmp_path / "현황.pdf"
    out.write_bytes(b"last year's")
    refused("summary", imported, "-o", out, "--period", "1999년")
    refused("summary", imported, "-o", out.with_suffix(".docx"))
    refused("summary", imported, "-o", tmp_path / "없음" / "현황.pdf")
    refused("summary", tmp_path / "없음.govtracker", "-o", out)
    assert out.read_bytes() == b"last year's"
    assert list(tmp_path.iterdir()) == [out]


def test_summary_of_an_empty_book_or_period_is_refused(book_path: Path) -> None:
    done("new", book_path, *NEW)
    refused("summary", book_path, "-o", book_path.with_suffix(".pdf"))
    with Book.open(book_path) as book:
        add_period(book, Period("2024년", date(2024, 12, 31)))
    assert "2024년" in refused("summary", book_path, "-o", book_path.with_suffix(".pdf"))


def test_wrong_use_ends_with_2(tmp_path: Path) -> None:
    assert run("summary").exit_code == 2
    assert run("summary", tmp_path / "a.govtracker").exit_code == 2
    assert "총괄현황" in done("summary", "--help")
