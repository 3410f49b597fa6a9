"""What comes before the cards of a printed book: a quiet cover, and the contents with links.

How many pages the contents take follows from the titles alone, so the cards can be printed first, one by one,
and their page numbers written into the contents at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from govtracker import resources
from govtracker.export.pages.items import MM, PAGE_HEIGHT, PAGE_WIDTH, DrawItem, Positioned, Rule
from govtracker.export.pages.lines import Faces, break_lines, text_items
from govtracker.export.pages.printed import PrintedPage
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


class ContentsPage(NamedTuple):
    """A page of the contents."""

    page: PrintedPage
    links: tuple[Link, ...]


def words() -> dict[str, str]:
    """The words of the cover and the contents."""
    front: dict[str, str] = resources.table("fields.toml")["front"]
    return front


def cover(front: Front) -> PrintedPage:
    """Whose report it is, what it is, of which term, period and day."""
    left, right = front.margins[0] * MM, PAGE_WIDTH - front.margins[1] * MM
    width = right - left
    items: list[DrawItem] = [Rule(0, 84 * MM, width, 84 * MM, 1.2), Rule(0, 85.2 * MM, width, 85.2 * MM, 0.4)]
    y = _centred(items, front.term, Faces("gothic", 15, bold=False), 70 * MM, width, width)
    y = _centred(items, front.title, Faces("gothic", 27, bold=True), 106 * MM, width, width)
    items += [Rule(0, y + 2 * MM, width, y + 2 * MM, 0.4), Rule(0, y + 3.2 * MM, width, y + 3.2 * MM, 1.2)]
    y = _centred(items, front.period, Faces("gothic", 17, bold=False), y + 22 * MM, width, width)
    _centred(items, front.as_of, Faces("myeongjo", 13, bold=False), y + 2 * MM, width, width)
    _centred(items, front.owner, Faces("gothic", 24, bold=True), 252 * MM, width, width)
    return PrintedPage((Positioned(left, 0, tuple(items)),))


def _centred(items: list[DrawItem], text: str, faces: Faces, y: float, width: float, room: float) -> float:
    """Lines of a text in the middle, the first one's baseline at y; where the next may stand."""
    if not text:
        return y
    for line in break_lines((Run(text),), faces, room):
        items += text_items(line.runs, faces, (width - line.width) / 2, y)
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
        self.parts = self._split(PAGE_HEIGHT - bottom)

    def _split(self, foot: float) -> list[range]:
        """Entries of each page: an entry is never split, the first page also has the heading."""
        parts, start, y = [], 0, self.top + HEAD
        for at, lines in enumerate(self.lines):
            height = len(lines) * LEADING
            if y + height > foot and at > start:
                parts.append(range(start, at))
                start, y = at, self.top
            y += height + GAP
        return [*parts, range(start, len(self.lines))]

    def page(self, number: int, starts: Sequence[int]) -> ContentsPage:
        """A page of the contents; `starts` are the page numbers of the cards."""
        positioned: list[Positioned] = [] if number else [self._heading()]
        links: list[Link] = []
        y = self.top if number else self.top + HEAD
        for at in self.parts[number]:
            height = len(self.lines[at]) * LEADING
            positioned.append(Positioned(self.left, y, tuple(self._entry(at, str(starts[at])))))
            links.append(Link(at, self.left, y, self.width, height))
            y += height + GAP
        return ContentsPage(PrintedPage(tuple(positioned)), tuple(links))

    def _heading(self) -> Positioned:
        """The heading over the first page's entries."""
        items: list[DrawItem] = []
        _centred(items, words()["contents"], Faces("gothic", 20, bold=True), 9 * MM, self.width, self.width)
        return Positioned(self.left, self.top, tuple(items))

    def _entry(self, at: int, page: str) -> list[DrawItem]:
        """Number, title hanging beside it, dots, page number at the right edge."""
        faces, y = self.faces, LEADING / 2 + 0.36 * SIZE
        number, items = self.front.entries[at][0], list[DrawItem]()
        if number:
            items += text_items(((number + " ", False),), faces, 0, y)
        lines = self.lines[at]
        for line in lines:
            items += text_items(line.runs, faces, self.indent, y)
            y += LEADING
        y -= LEADING
        right, dot = self.width - faces.width("0000") - 0.4 * SIZE, faces.width(DOT)
        count = int((right - self.indent - lines[-1].width - 0.6 * SIZE) / dot)
        if count > 1:
            items += text_items(
                ((f" {DOT * count} ", False),), faces, right - count * dot - faces.width(" "), y, GREY
            )
        return items + text_items(((page, False),), faces, self.width - faces.width(page), y)
