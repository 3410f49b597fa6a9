"""Atoms: what can't be parted on a page, a line of text or a picture or a row of a table in a cell."""

from __future__ import annotations

from dataclasses import dataclass

from govtracker.export.pages.marks import Mark, Rule, Text
from govtracker.model.place import Place


@dataclass(slots=True)
class Atom:
    """`at` of `of` lines of one paragraph; `before` is dropped at the top of a page or cell part.

    `keep` = no break after it. `lead` stands before it again where it begins a part (a nested table's head).
    `small` = (text, type size) of every text of it that was made smaller to fit. `table` = the identity of the table that the
    atom is a part of, and the row that it begins with.
    """

    height: float
    marks: tuple[Mark, ...]
    before: float = 0
    after: float = 0
    keep: bool = False
    at: int = 0
    of: int = 1
    lead: tuple[Atom, ...] = ()
    source: Place | None = None
    small: tuple[tuple[str, float], ...] = ()
    heading: str = ""
    table: tuple[int, int] | None = None

    @property
    def total(self) -> float:
        return self.before + self.height + self.after


def stacked(atoms: list[Atom]) -> float:
    """Height of atoms under one another; the first one's space above doesn't count."""
    if len(atoms) == 1:
        return atoms[0].height + atoms[0].after
    return sum(atom.total for atom in atoms) - (atoms[0].before if atoms else 0)


def moved(mark: Mark, dx: float, dy: float = 0.0) -> Mark:
    if isinstance(mark, Text):
        return Text(mark.x + dx, mark.y + dy, mark.font, mark.size, mark.text, mark.width, mark.color)
    if isinstance(mark, Rule):
        return Rule(mark.x1 + dx, mark.y1 + dy, mark.x2 + dx, mark.y2 + dy, mark.width)
    return mark._replace(x=mark.x + dx, y=mark.y + dy)


def texts(atom: Atom) -> str:
    """Text of an atom, for tests and errors."""
    return "".join(mark.text for mark in atom.marks if isinstance(mark, Text))
