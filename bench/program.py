"""The program under today's names, whichever commit is measured: what a commit hasn't got yet is taken where it was.

Everything is imported when it is asked for, so that a cold case counts its imports.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

PLACES: dict[str, tuple[str, ...]] = {
    "chosen": ("jobs.books:chosen", "jobs:chosen"),
    "Documents": ("jobs.exporting:Documents", "jobs:Documents"),
    "import_samples": ("jobs.demo:import_samples", "jobs:import_samples"),
    "list_cards": ("db.cards:list_cards", "db.store:entries"),
    "load_card": ("db.sections:load_card", "db.store:load"),
    "save_sections": ("db.sections:save_sections", "db.store:save"),
    "SectionChange": ("db.sections:SectionChange", "db.store:SectionChange"),
    "add_cards": ("db.merge:add_cards", "db.store:add_cards"),
    "read_picture": ("db.pictures:read_picture", "db.store:picture"),
    "pdf_bytes": ("export.pdf.writer:pdf_bytes", "export.pdf:pdf_bytes"),
    "excel_bytes": ("export.workbook.writer:excel_bytes", "export.excel:excel_bytes"),
}
"""Module and name, today's first."""


def program(name: str) -> Any:
    """A function or a class of the program; AttributeError or ImportError where the commit has none like it."""
    *earlier, last = PLACES[name]
    for place in earlier:
        try:
            return _at(place)
        except (ImportError, AttributeError):
            continue
    return _at(last)


def _at(place: str) -> Any:
    module, name = place.split(":")
    return getattr(import_module(f"govtracker.{module}"), name)


def export(book: Any, out: Path, entries: Sequence[Any]) -> None:
    """Write cards with their cover and contents, as the command does; of this commit only."""
    from govtracker.jobs import exporting

    exporting.export(book, out, entries, exporting.front_matter(book, entries))
