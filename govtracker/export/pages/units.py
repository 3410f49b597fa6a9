"""What a document puts on pages, in order: lines of text that know what they must not be parted from, and tables."""

from __future__ import annotations

from govtracker.export.document import Document, Grid, Para
from govtracker.export.pages.atoms import Atom
from govtracker.export.pages.marks import MM
from govtracker.export.pages.measure import Measure, MeasuredGrid

Unit = Atom | MeasuredGrid
HEADINGS = ("heading", "subheading")
"""Styles of a section's heading, the greater one first."""
LINES = ("text", "event")
"""Roles of the paragraphs that make up running text."""


def units(document: Document, measure: Measure) -> list[Unit]:
    """Atoms and grids of a document in order; a nested table is kept with the line before it."""
    found: list[Unit] = []
    lines: list[Atom] = []
    width, top = document.width * MM, _top_heading(document)
    for item in document.items:
        if isinstance(item, Grid):
            inside = item.role == "nested" and bool(found)
            _held(lines, ends=not inside)
            if inside and isinstance(found[-1], Atom):
                found[-1].keep = True
            found.append(measure.grid(item, width))
            continue
        atoms = measure.item(item, width)
        if isinstance(item, Para) and item.style == "body" and item.role in LINES:
            lines += atoms
        else:
            _held(lines, ends=isinstance(item, Para))
        if isinstance(item, Para) and item.role == "heading" and item.style == top:
            atoms[0].heading = f"{item.number} {item.text}".strip()
        found += atoms
    _held(lines, ends=True)
    return found


def _held(lines: list[Atom], *, ends: bool) -> None:
    """Hold the first two and the last two lines of a text together, so that none stands alone; forget them."""
    if len(lines) > 1:
        lines[0].keep = True
        if ends:
            lines[-2].keep = True
    lines.clear()


def _top_heading(document: Document) -> str:
    """Style of the greatest headings that the document has."""
    used = {item.style for item in document.items if isinstance(item, Para) and item.role == "heading"}
    return next((style for style in HEADINGS if style in used), "")
