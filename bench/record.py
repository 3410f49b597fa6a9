"""Makes the inputs: the sample's book and, for the peers, what the exports really wrote.

Cells are read off the finished workbook (`calls`), so the recording knows nothing of that export's inside; strings
and rules are those of the laid pages, since the PDF writes its contents itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench.calls import calls
from bench.cases import workbook_bytes
from bench.content import make_many
from bench.inputs import LISTED, RICH, Inputs
from bench.program import program


def make_book(inputs: Inputs) -> None:
    """Import the samples of all forms into a new book, the book of the list; write down the rich card's largest section."""
    from govtracker.db.book import Book

    inputs.book.unlink(missing_ok=True)
    program("import_samples")(inputs.book)
    with Book.open(inputs.book) as book:
        inputs.write("section", _largest(program("load_card")(book, program("chosen")(book, (RICH,))[0])))
    make_many(inputs, inputs.many, LISTED)


def record(inputs: Inputs) -> None:
    """Write down the strings, rules and cells of the sample's cards."""
    from govtracker.db.book import Book

    chosen = program("chosen")
    with Book.open(inputs.book) as book:
        entries = chosen(book)
        inputs.write("marks", [_marks(book, entry) for entry in entries])
        inputs.write("cells", calls(workbook_bytes(book, entries)))
        inputs.write("rich", [_marks(book, entry) for entry in chosen(book, (RICH,))])


def _largest(card: Any) -> dict[str, Any]:
    import json

    from govtracker.model.codec import encode

    key, section = max(card.sections, key=lambda pair: len(json.dumps(encode(pair[1]))))
    return {"key": key, "body": encode(section)}


def _marks(book: Any, entry: Any) -> dict[str, Any]:
    """The strings and rules that stand on a card's pages, in points from the lower left, and the fonts' files."""
    from govtracker.export.pages.engine import pages
    from govtracker.export.pages.items import PAGE_HEIGHT, Rule

    found = pages(program("Documents")(book, [entry])[0])
    made = [
        {
            "strings": [[t.x, PAGE_HEIGHT - t.y, t.font, t.size, t.text] for t in page.texts()],
            "rules": [
                [m.width, m.x1 + p.x, PAGE_HEIGHT - m.y1 - p.y, m.x2 + p.x, PAGE_HEIGHT - m.y2 - p.y]
                for p in page.positioned
                for m in p.items
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


@contextmanager
def _instead(module: Any, name: str, other: Any) -> Iterator[None]:
    real = getattr(module, name)
    setattr(module, name, other)
    try:
        yield
    finally:
        setattr(module, name, real)
