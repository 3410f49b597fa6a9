"""The PDF as other programs see it: text in reading order, fonts embedded, the same bytes twice."""

from __future__ import annotations

import itertools
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from govtracker.errors import FileTrouble
from govtracker.export.document import plain
from govtracker.export.pages.items import MM, PAGE_HEIGHT, PAGE_WIDTH
from govtracker.export.pdf.front import Contents, Front
from govtracker.export.pdf.writer import pdf_bytes
from govtracker.export.writers import WRITERS, Publication
from govtracker.files import Progress, Written
from govtracker.importer.assembly.setting import Given
from govtracker.jobs import books, exporting, importing
from govtracker.model.card import Events, Outline
from govtracker.model.content import Line
from tests.export.conftest import Sample
from tests.support.expected import CASES, SAMPLE, needs_cases

needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")


def text_of(data: bytes, folder: Path) -> str:
    path = folder / "a.pdf"
    path.write_bytes(data)
    done = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode()


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def rich(sample: Sample) -> bytes:
    return pdf_bytes([sample.documents["6-2"]], sample.picture)[0]


@needs_poppler
def test_every_line_of_the_card_is_found_once_in_order_with_its_blanks(
    sample: Sample, rich: bytes, tmp_path: Path
) -> None:
    raw = text_of(rich, tmp_path)
    flat, at = re.sub(r"\s*\n\s*", " ", raw), 0
    card = sample.card("6-2")
    for key in ("summary", "situation", "plan"):
        section = card.section(key)
        assert isinstance(section, Outline)
        for part in section.parts:
            for item in part.items:
                if isinstance(item, Line):
                    found = flat.find(item.text, at)
                    assert found >= at, item.text
                    at = found
    timeline = card.section("timeline")
    assert isinstance(timeline, Events)
    for event in timeline.entries:
        for item in event.details:
            if isinstance(item, Line):
                assert squeezed(raw).count(squeezed(item.text)) >= 1


@needs_poppler
def test_marks_are_parted_from_their_text_by_one_blank(rich: bytes, tmp_path: Path) -> None:
    raw = text_of(rich, tmp_path)
    assert re.search(r"^○ \S", raw, re.M)
    assert re.search(r"^- \S", raw, re.M)
    assert not re.search(r"^○\S", raw, re.M)
    assert not re.search(r"  ", raw)


@needs_poppler
def test_ticked_and_empty_boxes_can_be_searched(rich: bytes, tmp_path: Path) -> None:
    raw = text_of(rich, tmp_path)
    assert "☑ 계속" in raw
    assert "☐ 신규" in raw


@needs_poppler
def test_all_fonts_are_embedded(rich: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(rich)
    done = subprocess.run(["pdffonts", str(tmp_path / "a.pdf")], capture_output=True, text=True, check=True)
    rows = done.stdout.splitlines()[2:]
    assert rows
    for row in rows:
        embedded, _, mapped = row.split()[-5:-2]
        if "Helvetica" not in row:
            assert (embedded, mapped) == ("yes", "yes"), row
    assert not [row for row in rows if "Helvetica" in row], "no base font slips in"


def test_the_same_documents_give_the_same_bytes(sample: Sample, rich: bytes) -> None:
    assert pdf_bytes([sample.documents["6-2"]], sample.picture)[0] == rich


def test_a_book_begins_each_card_on_a_new_page_with_a_bookmark(sample: Sample) -> None:
    import pypdfium2

    data, count, _ = pdf_bytes(list(sample.documents.values()), sample.picture, "한빛구 카드")
    book = pypdfium2.PdfDocument(data)
    assert len(book) == count
    titles = [mark.get_title() for mark in book.get_toc() if mark.level == 0]
    assert titles == [made.title for made in sample.documents.values()]
    assert book.get_metadata_value("Title") == "한빛구 카드"
    book.close()


def written(out: Path, sample: Sample, *numbers: str, progress: Progress | None = None) -> Written | None:
    cards = Publication([sample.documents[number] for number in numbers], sample.picture)
    return WRITERS[out.suffix].write(out, cards, progress)


def test_cancelling_writes_nothing(sample: Sample, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    out.write_bytes(b"old")
    assert written(out, sample, *sample.documents, progress=lambda done, of: done < 2) is None
    assert out.read_bytes() == b"old"


def test_a_character_that_no_font_has_is_told(sample: Sample) -> None:
    made = replace(sample.documents["6-1"], items=(plain("가\U000f1234나\U000f1234", "body"),))
    (remark,) = pdf_bytes([made]).remarks
    assert made.title in remark
    assert "2자" in remark


@needs_poppler
def test_emoji_can_be_searched(sample: Sample, tmp_path: Path) -> None:
    made = replace(sample.documents["6-1"], items=(plain("소통😀마당", "body"),))
    assert "소통😀마당" in text_of(pdf_bytes([made])[0], tmp_path)


def test_a_folder_that_cannot_be_written_keeps_the_old_file_and_says_so(
    sample: Sample, tmp_path: Path
) -> None:
    with pytest.raises(FileTrouble, match="쓸 수 없습니다"):
        written(tmp_path / "없는 폴더" / "a.pdf", sample, "6-1")
    assert list(tmp_path.iterdir()) == []


def test_a_written_file_can_be_read_by_whoever_may_read_the_folder(sample: Sample, tmp_path: Path) -> None:
    written(tmp_path / "a.pdf", sample, "6-1")
    (tmp_path / "b.txt").write_text("as any program writes it", encoding="utf-8")
    assert (tmp_path / "a.pdf").stat().st_mode == (tmp_path / "b.txt").stat().st_mode
    assert len(list(tmp_path.iterdir())) == 2


def front_of(sample: Sample, titles: list[str] | None = None) -> Front:
    cards = [card.pledge for card in sample.plan.cards]
    entries = tuple((p.number, p.title) for p in cards) if titles is None else tuple(("", t) for t in titles)
    return Front("한빛구", "공약 실적", "민선 8기", "2023년 하반기", "기준일 2023. 12. 31.", entries)


@pytest.fixture(scope="module")
def bound(sample: Sample) -> bytes:
    """The sample as a book with cover and contents."""
    made = list(sample.documents.values())
    return pdf_bytes(made, sample.picture, "한빛구 카드", None, front_of(sample))[0]


@needs_poppler
def test_a_book_has_a_cover_and_contents_with_the_cards_page_numbers(
    sample: Sample, bound: bytes, tmp_path: Path
) -> None:
    shown = text_of(bound, tmp_path).split("\f")
    assert [line for line in shown[0].splitlines() if line] == [
        "민선 8기", "공약 실적", "2023년 하반기", "기준일 2023. 12. 31.", "한빛구",
    ]  # fmt: skip
    lines = re.findall(r"^(\S+) (.*?) \.+ (\d+)$", shown[1], re.M)
    assert [(number, title) for number, title, _ in lines] == list(front_of(sample).entries)
    for number, title, page in lines:
        at = shown[int(page) - 1]
        assert f"{number} {title}" in re.sub(r"\s+", " ", at)
        assert f"- {page} -" in at
    assert "- 2 -" in shown[1]
    assert "- 1 -" not in shown[0]


def test_contents_lines_are_links_and_bookmarks_lead_to_cards_and_sections(
    sample: Sample, bound: bytes
) -> None:
    import pypdfium2

    book = pypdfium2.PdfDocument(bound)
    marks = [(m.level, m.get_title(), m.get_dest().get_index()) for m in book.get_toc()]
    top = [(title, at) for level, title, at in marks if level == 0]
    assert [title for title, _ in top] == ["목차", *(made.title for made in sample.documents.values())]
    assert top[0][1] == 1
    assert [at for _, at in top] == sorted({at for _, at in top})
    assert any(level == 1 for level, *_ in marks)
    assert [at for *_, at in marks] == sorted(at for *_, at in marks)
    assert bound.count(b"/Subtype /Link") == len(sample.documents)
    assert book.get_metadata_value("CreationDate") == ""
    assert book.get_metadata_value("Subject") == next(iter(sample.documents.values())).name
    assert b"/Lang" in bound
    book.close()


def test_the_same_book_gives_the_same_bytes(sample: Sample, bound: bytes) -> None:
    made = list(sample.documents.values())
    assert pdf_bytes(made, sample.picture, "한빛구 카드", None, front_of(sample))[0] == bound


def test_long_contents_break_over_pages_and_long_titles_hang() -> None:
    long = "가나다라 마바사 " * 12
    entries = tuple((f"{n}-1", long.strip() if n % 5 == 0 else f"공약 {n}") for n in range(1, 120))
    contents = Contents(Front("가온군", "서식", "", "", "", entries))
    starts = [1000 + n for n in range(len(entries))]
    sheets = [contents.page(at, starts) for at in range(len(contents.parts))]
    assert len(sheets) > 2
    assert [link.entry for sheet in sheets for link in sheet.links] == list(range(len(entries)))
    for sheet in sheets:
        for text in sheet.page.texts():
            assert text.x >= 20 * MM - 0.1
            assert text.x + text.width <= PAGE_WIDTH - 20 * MM + 0.1
            assert text.y <= PAGE_HEIGHT - 15 * MM
        numbers = [text for text in sheet.page.texts() if text.text.isdigit()]
        assert {round(text.x + text.width, 3) for text in numbers} == {round(PAGE_WIDTH - 20 * MM, 3)}
        for one, two in itertools.pairwise(sheet.links):
            assert one.y + one.height < two.y


def test_one_card_has_no_cover_and_several_may_do_without(sample: Sample, tmp_path: Path) -> None:
    from govtracker.db.book import Book

    path = tmp_path / "a.govtracker"
    importing.import_into(path, SAMPLE, Given())
    with Book.open(path) as book:
        entries = books.chosen(book)
        assert exporting.front_matter(book, entries[:1]) is None
        front = exporting.front_matter(book, entries[:2])
        plain = exporting.export(book, tmp_path / "a.pdf", entries[:2], None)
        bound = exporting.export(book, tmp_path / "b.pdf", entries[:2], front)
        assert plain and bound
        assert bound.count == plain.count + 2
        seen: list[tuple[int, int]] = []

        def stop(done: int, of: int) -> bool:
            seen.append((done, of))
            return done < 2

        assert exporting.export(book, tmp_path / "c.pdf", entries[:2], front, stop) is None
        assert seen == [(0, 3), (1, 3), (2, 3)]
        assert not (tmp_path / "c.pdf").exists()


@needs_cases
@needs_poppler
def test_every_figure_of_the_real_report_is_on_the_pages(tmp_path: Path) -> None:
    import json

    path = tmp_path / "a.govtracker"
    importing.import_into(path, CASES / "gwanak-6-2.xlsx", Given())
    from govtracker.db.book import Book

    with Book.open(path) as book:
        exporting.export(book, tmp_path / "b.pdf", books.chosen(book), None)
    raw = squeezed(text_of((tmp_path / "b.pdf").read_bytes(), tmp_path))
    truth = json.loads((CASES / "gwanak-6-2.expected.json").read_text(encoding="utf-8"))["cards"][0]
    for part in truth["narratives"]:
        for line in part["lines"]:
            assert squeezed(line["text"]) in raw, line
    for total in truth["budget_totals"]:
        value = total.get("amount", total.get("value"))
        if isinstance(value, int) and value:
            assert f"{value:,}" in raw
    assert "46.5" in raw
