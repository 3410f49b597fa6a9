"""The report of an import as a workbook: sums, what becomes of every card and every value, every cell, the remarks."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from govtracker.review import FileOutcome, ImportReview

_STATUS = {"imported": "가져옴", "ignored": "제외", "unplaced": "미배치"}
_KIND = {"new": "채움", "changed": "변경", "conflict": "충돌", "blank": "빈칸"}
_LONGEST = 32_000
"""Characters that a cell holds."""
_HEAD = PatternFill("solid", fgColor="EFF1F4")


def report(review: ImportReview) -> bytes:
    """The workbook's bytes; texts are never formulas."""
    book = Workbook(write_only=True)
    sums = review.sums
    _sheet(book, "요약", (16, 90), ("항목", "내용"), [
        ("파일", review.file), ("가져온 곳", review.title), ("공약", len(review.cards)),
        ("값이 있는 칸", sums["cells"]), ("가져옴", sums["imported"]), ("제외", sums["ignored"]), ("미배치", sums["unplaced"]),
    ])  # fmt: skip
    differences = [
        (card.pledge, row.section, row.label, row.mine, row.theirs, _KIND[row.kind],
         "파일의 값" if review.is_taken(row) else "대장의 값")
        for card in review.cards
        for row in card.rows
    ]  # fmt: skip
    cards = [(card.pledge, "새 공약" if card.is_new else f"변경 {len(card.rows)}") for card in review.cards]
    _sheet(book, "공약", (60, 16), ("공약", "처리"), cards)
    _sheet(
        book,
        "바뀐 값",
        (30, 16, 30, 40, 40, 8, 12),
        ("공약", "부분", "항목", "대장", "파일", "구분", "남긴 값"),
        differences,
    )
    cells = ((cell, text, _STATUS[status], what) for cell, text, status, what in review.rows)
    _sheet(book, "칸", (24, 60, 8, 50), ("칸", "값", "처리", "어디로 / 까닭"), cells)
    _sheet(book, "알릴 것", (120,), ("내용",), ((note,) for note in review.notes))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def folder_report(outcomes: Sequence[FileOutcome]) -> bytes:
    """The outcomes of a folder's files as a workbook's bytes."""
    book = Workbook(write_only=True)
    keys = ("imported", "ignored", "unplaced")
    rows: list[list[str | int]] = [
        [each.file, each.words, each.cards, *(each.sums.get(key, 0) for key in keys)] for each in outcomes
    ]
    heads = ("파일", "결과", "공약", "가져온 칸", "제외한 칸", "미배치 칸")
    _sheet(book, "파일", (40, 60, 8, 12, 12, 12), heads, rows)
    _sheet(
        book,
        "알릴 것",
        (40, 120),
        ("파일", "내용"),
        ((each.file, note) for each in outcomes for note in each.notes),
    )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(
    book: Workbook,
    title: str,
    widths: Sequence[int],
    heads: Sequence[str],
    rows: Iterable[Sequence[str | int]],
) -> None:
    sheet = book.create_sheet(title)
    for at, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, head, head=True) for head in heads])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: Any, value: str | int, *, head: bool = False) -> Any:
    plain = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST] if isinstance(value, str) else value
    cell = WriteOnlyCell(sheet, value=plain)
    if isinstance(value, str):
        cell.data_type = "s"
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if head:
        cell.font, cell.fill = Font(bold=True), _HEAD
    return cell
