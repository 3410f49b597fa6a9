"""What stands before the cards of a printed book: a quiet cover, and the contents with links.

How many pages the contents take follows from the titles alone, so the cards can be printed first, one by one,
and their page numbers written into the contents at the end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from govtracker import resources
from govtracker.export.pages.lines import Faces, break_lines, text_marks
from govtracker.export.pages.marks import MM, PAGE_HEIGHT, PAGE_WIDTH, Mark, Page, Placed, Rule
from govtracker.model.content import Run

SIZE, LEADING, GAP = 11.0, 17.0, 7.0
"""Type of a contents line, its height, space under an entry (pt)."""
HEAD = 20 * MM
"""Height of the heading over the contents."""
DOT, GREY = ".", "#666666"


@dataclass(frozen=True, slots=True)
class Front:
    """Texts of the cover from top to bottom (empty ones are left out), and (number, title) of every card."""

    owner: str
    title: str
    term: str
    period: str
    as_of: str
    entries: tuple[tuple[str, str], ...]
    margins: tuple[float, float, float, float] = (20, 20, 15, 15)


class Link(NamedTuple):
    """An entry's place on its contents page (points, y downwards)."""

    entry: int
    x: float
    y: float
    width: float
    height: float


@dataclass(slots=True)
class Sheet:
    """A page of the contents."""

    page: Page = field(default_factory=Page)
    links: list[Link] = field(default_factory=list)


def words() -> dict[str, str]:
    """The words of the cover and the contents."""
    found: dict[str, str] = resources.table("fields.toml")["front"]
    return found


def cover(front: Front) -> Page:
    """Whose report it is, what it is, of which term, period and day."""
    left, right = front.margins[0] * MM, PAGE_WIDTH - front.margins[1] * MM
    width = right - left
    marks: list[Mark] = [Rule(0, 84 * MM, width, 84 * MM, 1.2), Rule(0, 85.2 * MM, width, 85.2 * MM, 0.4)]
    y = _centred(marks, front.term, Faces("gothic", 15, bold=False), 70 * MM, width, width)
    y = _centred(marks, front.title, Faces("gothic", 27, bold=True), 106 * MM, width, width)
    marks += [Rule(0, y + 2 * MM, width, y + 2 * MM, 0.4), Rule(0, y + 3.2 * MM, width, y + 3.2 * MM, 1.2)]
    y = _centred(marks, front.period, Faces("gothic", 17, bold=False), y + 22 * MM, width, width)
    _centred(marks, front.as_of, Faces("myeongjo", 13, bold=False), y + 2 * MM, width, width)
    _centred(marks, front.owner, Faces("gothic", 24, bold=True), 252 * MM, width, width)
    return Page([Placed(left, 0, tuple(marks))])


def _centred(marks: list[Mark], text: str, faces: Faces, y: float, width: float, room: float) -> float:
    """Lines of a text in the middle, the first one's baseline at y; where the next may stand."""
    if not text:
        return y
    for line in break_lines((Run(text),), faces, room):
        marks += text_marks(line.runs, faces, (width - line.width) / 2, y)
        y += faces.size * 1.5
    return y


class Contents:
    """The contents' lines, broken onto pages by their titles; the page numbers come later."""

    def __init__(self, front: Front) -> None:
        self.front = front
        self.left, right, self.top, bottom = (margin * MM for margin in front.margins)
        self.width = PAGE_WIDTH - self.left - right
        self.faces = Faces("myeongjo", SIZE, bold=False)
        numbers = [self.faces.width(number) for number, _ in front.entries if number]
        self.indent = min(max(numbers) + 1.2 * SIZE, self.width / 3) if numbers else 0.0
        self.reserved = self.faces.width("0000") + 3 * SIZE
        room = self.width - self.indent - self.reserved
        self.lines = [break_lines((Run(title),), self.faces, room) for _, title in front.entries]
        self.parts = self._parted(PAGE_HEIGHT - bottom)

    def _parted(self, foot: float) -> list[range]:
        """Entries of each page: an entry is never parted, the first page also has the heading."""
        parts, start, y = [], 0, self.top + HEAD
        for at, lines in enumerate(self.lines):
            height = len(lines) * LEADING
            if y + height > foot and at > start:
                parts.append(range(start, at))
                start, y = at, self.top
            y += height + GAP
        return [*parts, range(start, len(self.lines))]

    def sheet(self, number: int, starts: list[int]) -> Sheet:
        """A page of the contents; `starts` are the page numbers of the cards."""
        made, y = Sheet(), self.top
        if number == 0:
            faces = Faces("gothic", 20, bold=True)
            marks: list[Mark] = []
            _centred(marks, words()["contents"], faces, 9 * MM, self.width, self.width)
            made.page.placed.append(Placed(self.left, self.top, tuple(marks)))
            y += HEAD
        for at in self.parts[number]:
            height = len(self.lines[at]) * LEADING
            made.page.placed.append(Placed(self.left, y, tuple(self._entry(at, str(starts[at])))))
            made.links.append(Link(at, self.left, y, self.width, height))
            y += height + GAP
        return made

    def _entry(self, at: int, page: str) -> list[Mark]:
        """Number, title hanging beside it, dots, page number at the right edge."""
        faces, y = self.faces, LEADING / 2 + 0.36 * SIZE
        number, marks = self.front.entries[at][0], list[Mark]()
        if number:
            marks += text_marks(((number + " ", False),), faces, 0, y)
        lines = self.lines[at]
        for line in lines:
            marks += text_marks(line.runs, faces, self.indent, y)
            y += LEADING
        y -= LEADING
        right, dot = self.width - faces.width("0000") - 0.4 * SIZE, faces.width(DOT)
        count = int((right - self.indent - lines[-1].width - 0.6 * SIZE) / dot)
        if count > 1:
            marks += text_marks(
                ((f" {DOT * count} ", False),), faces, right - count * dot - faces.width(" "), y, GREY
            )
        return marks + text_marks(((page, False),), faces, self.width - faces.width(page), y)
