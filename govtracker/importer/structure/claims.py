"""Claims on the cells of one sheet: each cell is imported, ignored or unplaced, and so is what is no cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from govtracker.importer.package.workbook import NonCell, Sheet, SheetCell

Status = Literal["imported", "ignored", "unplaced"]


@dataclass(slots=True)
class LedgerEntry:
    """`what`: for imported cells where it went, for ignored ones why, for the rest what is known."""

    sheet: str
    place: str
    text: str
    status: Status
    what: str = ""


KINDS = {
    "picture": "그림",
    "linked picture": "이 파일에 없고 다른 파일과 이어진 그림",
    "metafile": "읽을 수 없는 형식의 그림(WMF·EMF)",
    "unreadable picture": "읽을 수 없는 그림",
    "hidden picture": "숨긴 그림",
    "lost picture": "칸 안의 그림인데 파일에 없는 것",
    "comment": "메모",
    "chart": "차트",
    "text box": "글상자",
    "shape": "도형",
    "diagram": "다이어그램(SmartArt)",
    "object": "개체",
    "ink": "손글씨",
    "embedded file": "끼워 넣은 문서",
    "background": "시트 배경 그림",
    "check box": "확인란",
    "option button": "옵션 단추",
    "read box": "칸에 넣어 읽은 확인란",
    "control": "양식 컨트롤",
    "under merge": "병합한 칸에 가려진 값",
    "page header": "머리글",
    "page footer": "바닥글",
    "too many cells": "너무 많은 칸",
}
"""What stands beside the cells, as the officer reads it."""
TITLES = ("공약명", "관리번호", "관리번호와 공약명")
"""The claims of cells that name the pledge."""
TABLE = "의 표"
"""How the claim ends of a cell that came in as a cell of a table among lines."""


class Claims:
    """Claims on one sheet's cells while it is read; what nobody claims is unplaced."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.claimed: dict[tuple[int, int], tuple[Status, str]] = {}
        self.beside: dict[int, tuple[Status, str]] = {}

    def take(self, cell: SheetCell, what: str) -> None:
        """Imported; a cell whose value can't be taken is unplaced, whatever column it stands in."""
        self.claimed[cell.row, cell.column] = ("unplaced", cell.fault) if cell.fault else ("imported", what)

    def ignore(self, cell: SheetCell, why: str) -> None:
        self.claimed.setdefault((cell.row, cell.column), ("ignored", why))

    def leave(self, cell: SheetCell, why: str) -> None:
        self.claimed[cell.row, cell.column] = ("unplaced", why)

    def free(self, cell: SheetCell) -> bool:
        return (cell.row, cell.column) not in self.claimed

    def leave_out(self, cell: SheetCell, why: str) -> None:
        """Ignored after all, though it was taken."""
        self.claimed[cell.row, cell.column] = ("ignored", why)

    def what(self, cell: SheetCell) -> str:
        """Where a cell went, or why it went nowhere."""
        return self.claimed.get((cell.row, cell.column), ("unplaced", ""))[1]

    def is_placed(self, cell: SheetCell) -> bool:
        """Whether a cell has a place of its own in the card: not one in a table among lines."""
        status, what = self.claimed.get((cell.row, cell.column), ("unplaced", ""))
        return status == "imported" and not what.endswith(TABLE)

    def is_ignored(self, cell: SheetCell) -> bool:
        return self.claimed.get((cell.row, cell.column), ("unplaced", ""))[0] == "ignored"

    def take_beside(self, item: NonCell, what: str) -> None:
        self.beside[id(item)] = ("imported", what)

    def ignore_beside(self, item: NonCell, why: str) -> None:
        self.beside.setdefault(id(item), ("ignored", why))

    def entries(self) -> tuple[list[LedgerEntry], list[LedgerEntry]]:
        """(cells, beside) with a status each."""
        cells = []
        for cell in self.sheet.cells:
            if cell.text or cell.fault:
                status, what = self.claimed.get(
                    (cell.row, cell.column), ("unplaced", cell.fault or "서식의 어느 자리인지 알 수 없습니다")
                )
                cells.append(LedgerEntry(self.sheet.name, cell.place, cell.raw or cell.text, status, what))
        out = [(cell, f"{why}의 칸입니다") for cell, why in self.sheet.unseen]
        for cell, reason in (*out, *self.sheet.left):
            text = cell.raw or cell.text
            cells.append(LedgerEntry(self.sheet.name, cell.place, text, "ignored", reason))
        beside = []
        for item in self.sheet.beside:
            status, what = self.beside.get(id(item), ("unplaced", KINDS.get(item.what, item.what)))
            beside.append(
                LedgerEntry(
                    self.sheet.name, item.place, item.text or KINDS.get(item.what, item.what), status, what
                )
            )
        return cells, beside
