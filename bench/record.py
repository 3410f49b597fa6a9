"""Makes the inputs: the sample's book and, for the peers, what the exports really wrote.

Cells are seen at XlsxWriter's public methods, so the recording knows nothing of that export's inside; strings and
rules are those of the laid pages, since the PDF writes its contents itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench.inputs import RICH, Inputs


def make_book(inputs: Inputs) -> None:
    """Import the sample into a new book in the folder; write down the rich card's largest section."""
    from govtracker import jobs
    from govtracker.db import store
    from govtracker.db.book import Book
    from govtracker.importer.setting import Given

    inputs.book.unlink(missing_ok=True)
    jobs.import_into(inputs.book, inputs.sample, Given())
    with Book.open(inputs.book) as book:
        inputs.write("section", _largest(store.load(book, jobs.chosen(book, (RICH,))[0])))


def record(inputs: Inputs) -> None:
    """Write down the strings, rules and cells of the sample's cards."""
    from govtracker import jobs
    from govtracker.db.book import Book

    with Book.open(inputs.book) as book:
        entries = jobs.chosen(book)
        inputs.write("marks", [_marks(book, entry) for entry in entries])
        inputs.write("cells", [_cells(book, entry) for entry in entries])
        inputs.write("rich", [_marks(book, entry) for entry in jobs.chosen(book, (RICH,))])


def _largest(card: Any) -> dict[str, Any]:
    import json

    from govtracker.model.codec import encode

    key, section = max(card.sections, key=lambda pair: len(json.dumps(encode(pair[1]))))
    return {"key": key, "body": encode(section)}


def _marks(book: Any, entry: Any) -> dict[str, Any]:
    """The strings and rules that stand on a card's pages, in points from the lower left, and the fonts' files."""
    from govtracker import jobs
    from govtracker.export.pages.marks import PAGE_HEIGHT, Rule
    from govtracker.export.pages.paginate import pages

    found = pages(jobs.documents(book, [entry])[0])
    made = [
        {
            "strings": [[t.x, PAGE_HEIGHT - t.y, t.font, t.size, t.text] for t in page.texts()],
            "rules": [
                [m.width, m.x1 + p.dx, PAGE_HEIGHT - m.y1 - p.dy, m.x2 + p.dx, PAGE_HEIGHT - m.y2 - p.dy]
                for p in page.placed
                for m in p.marks
                if isinstance(m, Rule)
            ],
        }
        for page in found
    ]
    return {"fonts": {text.font: _file(text.font) for page in found for text in page.texts()}, "pages": made}


def _file(font: str) -> str:
    from reportlab.pdfbase import pdfmetrics

    face: Any = getattr(pdfmetrics.getFont(font), "face")  # noqa: B009
    return str(face.filename)


def _cells(book: Any, entry: Any) -> dict[str, Any]:
    import xlsxwriter
    from xlsxwriter.worksheet import Worksheet

    from bench.cases import make_workbook

    looks: list[dict[str, Any]] = []
    at: dict[int, int] = {}
    cells: dict[tuple[int, int], tuple[Any, int]] = {}

    def keep(row: int, column: int, value: Any, look: Any) -> None:
        cells[row, column] = (value, at.get(id(look), -1))

    class Sheet(Worksheet):
        def write_string(self, row: int, column: int, text: str, look: Any = None) -> Any:
            keep(row, column, text, look)
            return super().write_string(row, column, text, look)

        def write_number(self, row: int, column: int, number: float, look: Any = None) -> Any:
            keep(row, column, number, look)
            return super().write_number(row, column, number, look)

        def write_formula(self, row: int, column: int, formula: str, look: Any = None, value: Any = 0) -> Any:
            keep(row, column, value, look)
            return super().write_formula(row, column, formula, look, value)

        def write_blank(self, row: int, column: int, blank: Any, look: Any = None) -> Any:
            keep(row, column, None, look)
            return super().write_blank(row, column, blank, look)

        def write_rich_string(self, row: int, column: int, *pieces: Any) -> Any:
            keep(row, column, "".join(piece for piece in pieces if isinstance(piece, str)), pieces[-1])
            return super().write_rich_string(row, column, *pieces)

        def merge_range(self, row: int, column: int, last: int, end: int, data: Any, look: Any = None) -> Any:
            for y in range(row, last + 1):
                for x in range(column, end + 1):
                    keep(y, x, None, look)
            return super().merge_range(row, column, last, end, data, look)

    class Recorder(xlsxwriter.Workbook):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            looks.clear()  # its own default formats
            at.clear()

        def add_worksheet(self, name: Any = None, worksheet_class: Any = None) -> Any:
            return super().add_worksheet(name, worksheet_class or Sheet)

        def add_format(self, properties: Any = None) -> Any:
            made = super().add_format(properties)
            if properties is not None:
                at[id(made)] = len(looks)
                looks.append(dict(properties))
            return made

    with _instead(xlsxwriter, "Workbook", Recorder):
        make_workbook(book, [entry])
    return {"formats": looks, "cells": [[*place, *what] for place, what in sorted(cells.items())]}


@contextmanager
def _instead(module: Any, name: str, other: Any) -> Iterator[None]:
    real = getattr(module, name)
    setattr(module, name, other)
    try:
        yield
    finally:
        setattr(module, name, real)
