"""Draw the bundled sample workbooks of last year, each with its truth beside it, into `resources/sample/`.

Duty: one workbook per form, from the invented contents in `tools/sample/cards/`; the same bytes every time.

usage: python tools/make_sample.py
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sample import content, gwanak, gwanak_truth

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "sample"
BOOK = "지난해 공약 실적.xlsx"


def write(name: str, book: bytes, truth: dict[str, Any]) -> None:
    """A workbook and its truth."""
    (FOLDER / name).write_bytes(book)
    told = json.dumps(truth, ensure_ascii=False, indent=1) + "\n"
    (FOLDER / name).with_suffix(".expected.json").write_text(told, encoding="utf-8", newline="\n")


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    pledges = content.load()
    for pledge in pledges:
        gwanak_truth.prove(pledge)
    write(BOOK, gwanak.make_book(pledges), gwanak_truth.truth(pledges, BOOK))


if __name__ == "__main__":
    main()
