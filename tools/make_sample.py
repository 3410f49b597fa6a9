"""Draw the bundled sample workbooks of last year, each with its truth beside it, into `resources/sample/`.

Duty: one workbook per form, from the invented contents in `tools/sample/cards/`; the same bytes every time.

usage: python tools/make_sample.py [FOLDER]
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

from sample import content, geumcheon, goyang, gwanak, gwanak_truth, suwon

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "sample"
CARDS = Path(__file__).resolve().parent / "sample" / "cards"
FIRST = "지난해 공약 실적.xlsx"
OTHERS = {
    "지난해 공약 실적 (시).xlsx": goyang,
    "지난해 공약 실적 (약속).xlsx": suwon,
    "지난해 공약 실적 (구).xlsx": geumcheon,
}


def write(folder: Path, name: str, book: bytes, truth: dict[str, Any]) -> None:
    """A workbook and its truth."""
    (folder / name).write_bytes(book)
    told = json.dumps(truth, ensure_ascii=False, indent=1) + "\n"
    (folder / name).with_suffix(".expected.json").write_text(told, encoding="utf-8", newline="\n")


def cards(folder: Path) -> list[dict[str, Any]]:
    """Contents of a form's cards, in the order of their files' names."""
    return [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))]


def main(folder: Path = FOLDER) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    pledges = content.load()
    for pledge in pledges:
        gwanak_truth.prove(pledge)
    write(folder, FIRST, gwanak.make_book(pledges), gwanak_truth.truth(pledges, FIRST))
    for name, form in OTHERS.items():
        found = cards(CARDS / form.__name__.rpartition(".")[2])
        for card in found:
            form.prove(card)
        told = [form.truth(card) for card in found]
        write(folder, name, form.make_book(found), {"file": name, "municipality": form.PLACE, "cards": told})


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
