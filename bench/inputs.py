"""What the measured code works on: made once per source tree, in a folder of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RICH = "6-2"
"""Control number of the sample's richest card: nested tables, many events, a picture."""

LISTED = 150
"""Cards of the book whose list is measured."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Files in the folder: the sample's book, and what the peers have to write."""

    folder: Path
    sample: Path

    @property
    def book(self) -> Path:
        return self.folder / "book.govtracker"

    @property
    def many(self) -> Path:
        """A book of `LISTED` cards in one period."""
        return self.folder / "listed.govtracker"

    @property
    def office(self) -> Path:
        """A book of many cards of one form, and (as .xlsx) its workbook with a sheet a card."""
        return self.folder / "office.govtracker"

    def read(self, name: str) -> Any:
        """A recorded file: `marks`, `rich`, `cells` or `section`."""
        return json.loads((self.folder / f"{name}.json").read_text(encoding="utf-8"))

    def write(self, name: str, value: Any) -> None:
        """Keep a recorded file."""
        (self.folder / f"{name}.json").write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
