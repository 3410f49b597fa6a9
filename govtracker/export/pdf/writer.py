"""Documents -> one PDF: cards one after another, cover and contents before them. Same documents, same bytes."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from govtracker.export.document import Document
from govtracker.export.encoded import STOPPED, Encoded, Pictures, no_picture
from govtracker.export.fonts import face
from govtracker.export.pages.engine import Engine
from govtracker.export.pages.printed import PrintedPage
from govtracker.export.pdf.canvas import Canvas
from govtracker.export.pdf.front import Contents, Front, cover
from govtracker.export.pdf.painter import Painter
from govtracker.files import Progress

Seen = Callable[[Sequence[PrintedPage]], None]


def pdf_bytes(
    documents: Sequence[Document],
    pictures: Pictures = no_picture,
    title: str = "",
    progress: Progress | None = None,
    front: Front | None = None,
    seen: Seen | None = None,
) -> Encoded:
    """PDF of the documents, each beginning on a new page, with a cover and contents before them where `front` says so.

    `seen` is shown the laid out pages of every document.
    """
    contents = Contents(front) if front else None
    canvas = Canvas(face("gothic", bold=False).font)
    canvas.titled(title, "")
    painter = Painter(canvas, pictures, 1 + len(contents.parts) if contents else 0)
    with uncollected():
        if contents:
            painter.announce_contents()
        if not all(_cards(painter, documents, title, progress, 1 if front else 0, seen)):
            return STOPPED
        if contents and not _front(painter, contents, progress, len(documents)):
            return STOPPED
        data = canvas.saved()
    return Encoded(data, painter.pages, tuple(painter.remarks))


def _cards(
    painter: Painter,
    documents: Sequence[Document],
    title: str,
    progress: Progress | None,
    more: int,
    seen: Seen | None,
) -> Iterator[bool]:
    """Print the cards; for each whether to go on. They share one page engine."""
    engine, names, named = Engine(), set(), title
    for done, document in enumerate(documents):
        if progress and not progress(done, len(documents) + more):
            yield False
            return
        names.add(document.name)
        named = named or document.title
        painter.canvas.titled(named, document.name if len(names) == 1 else title)
        laid = engine.pages(document)
        if seen is not None:
            seen(laid)
        painter.document(document, laid)
        yield True


def _front(painter: Painter, contents: Contents, progress: Progress | None, count: int) -> bool:
    """Print cover and contents after the cards and move them before those; whether to go on."""
    painter.canvas.authored(contents.front.owner)
    painter.cover(cover(contents.front))
    for number in range(len(contents.parts)):
        if progress and not progress(count, count + 1):
            return False
        painter.contents(contents.page(number, painter.starts), first=number == 0)
    painter.canvas.to_front(1 + len(contents.parts))
    return True


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the search for cycles: a card's many small objects make none, and looking through them costs a fifth."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
