"""The ledger: what became of every non-empty cell, and of everything beside the cells."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from govtracker.importer.package.workbook import Sheet, Workbook
from govtracker.importer.structure.claims import KINDS, LedgerEntry


@dataclass(slots=True)
class Ledger:
    cells: list[LedgerEntry] = field(default_factory=list)
    beside: list[LedgerEntry] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def sums(self) -> dict[str, int]:
        """Number of non-empty cells, and of each status: they add up."""
        counted = Counter(entry.status for entry in self.cells)
        return {
            "cells": len(self.cells),
            **{s: counted.get(s, 0) for s in ("imported", "ignored", "unplaced")},
        }

    def to_json(self) -> dict[str, Any]:
        def rows(entries: list[LedgerEntry]) -> list[dict[str, str]]:
            return [
                {
                    "cell": f"{e.sheet}!{e.place}" if e.place else e.sheet,
                    "text": e.text,
                    "status": e.status,
                    "what": e.what,
                }
                for e in entries
            ]

        return {
            "sums": self.sums(),
            "cells": rows(self.cells),
            "beside": rows(self.beside),
            "notes": self.notes,
        }


def unread(workbook: Workbook, sheet: Sheet, why: str, ledger: Ledger) -> None:
    """Every cell of a sheet that is left out, with the reason."""
    for cell in sheet.cells:
        if cell.text or cell.fault:
            ledger.cells.append(LedgerEntry(sheet.name, cell.place, cell.raw or cell.text, "ignored", why))
    for cell, _ in (*sheet.unseen, *sheet.left):
        ledger.cells.append(LedgerEntry(sheet.name, cell.place, cell.raw or cell.text, "ignored", why))
    for item in sheet.beside:
        ledger.beside.append(
            LedgerEntry(sheet.name, item.place, item.text or KINDS.get(item.what, item.what), "ignored", why)
        )
