"""Makes the inputs: the sample's book and, for the peers, what the exports really wrote.

What is written is seen at reportlab's public methods and in the finished workbook (`calls`), so the recording knows
nothing of the exports' inside.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench.calls import calls
from bench.cases import workbook_bytes
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
        inputs.write("cells", calls(workbook_bytes(book, entries)))
        inputs.write("rich", [_marks(book, entry) for entry in jobs.chosen(book, (RICH,))])


def _largest(card: Any) -> dict[str, Any]:
    import json

    from govtracker.model.codec import encode

    key, section = max(card.sections, key=lambda pair: len(json.dumps(encode(pair[1]))))
    return {"key": key, "body": encode(section)}


def _marks(book: Any, entry: Any) -> dict[str, Any]:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfgen import canvas

    from bench.cases import make_pdf

    pages: list[dict[str, Any]] = [{"strings": [], "rules": []}]

    class Recorder(canvas.Canvas):
        def setFont(self, psfontname: str, size: float, leading: Any = None) -> None:  # noqa: N802
            self.font = (psfontname, size)
            super().setFont(psfontname, size, leading)

        def setLineWidth(self, width: float) -> None:  # noqa: N802
            self.rule = width
            super().setLineWidth(width)

        def drawString(self, x: float, y: float, text: str, *more: Any, **named: Any) -> None:  # noqa: N802
            pages[-1]["strings"].append([x, y, *self.font, text])
            super().drawString(x, y, text, *more, **named)

        def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
            pages[-1]["rules"].append([self.rule, x1, y1, x2, y2])
            super().line(x1, y1, x2, y2)

        def showPage(self) -> None:  # noqa: N802
            pages.append({"strings": [], "rules": []})
            super().showPage()

    with _instead(canvas, "Canvas", Recorder):
        make_pdf(book, [entry])
    names = {string[2] for page in pages for string in page["strings"]}
    fonts: dict[str, str] = {}
    for name in names:
        face: Any = pdfmetrics.getFont(name).face
        fonts[name] = str(face.filename)
    return {"fonts": fonts, "pages": pages[:-1]}


@contextmanager
def _instead(module: Any, name: str, other: Any) -> Iterator[None]:
    real = getattr(module, name)
    setattr(module, name, other)
    try:
        yield
    finally:
        setattr(module, name, real)
