"""What stands on a page: text, rules, fills, check boxes, pictures, each at its place (points, y downwards)."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as made
from typing import NamedTuple

from govtracker.model.place import Place

MM = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210 * MM, 297 * MM


class Text(NamedTuple):
    """A string in one font; `y` is the baseline, `width` its advance."""

    x: float
    y: float
    font: str
    size: float
    text: str
    width: float
    color: str = "#000000"


class Box(NamedTuple):
    """A character that no font has, shown as an empty box."""

    x: float
    y: float
    size: float
    char: str


class Rule(NamedTuple):
    x1: float
    y1: float
    x2: float
    y2: float
    width: float


class Fill(NamedTuple):
    x: float
    y: float
    width: float
    height: float
    color: str


class Frame(NamedTuple):
    """A rectangle's outline."""

    x: float
    y: float
    width: float
    height: float
    rule: float
    fill: str = ""


class Check(NamedTuple):
    """A check box drawn as a vector, with an invisible letter for text search."""

    x: float
    y: float
    size: float
    ticked: bool


class Image(NamedTuple):
    x: float
    y: float
    width: float
    height: float
    sha: str


Mark = Text | Box | Rule | Fill | Frame | Check | Image


class Placed(NamedTuple):
    """Marks moved by (dx, dy); `source` is the place of what they show in the card."""

    dx: float
    dy: float
    marks: tuple[Mark, ...]
    source: Place | None = None


@dataclass(slots=True)
class Page:
    """`headings` are the titles of the card's sections that begin here, with their places from the top.

    `small` (on a document's first page) are all texts that were made smaller to fit, with their type sizes.
    """

    placed: list[Placed] = made(default_factory=list)
    headings: list[tuple[str, float]] = made(default_factory=list)
    small: list[tuple[str, float]] = made(default_factory=list)

    def texts(self) -> list[Text]:
        """Every string of the page at its final place, in painting order."""
        return [
            mark._replace(x=mark.x + place.dx, y=mark.y + place.dy)
            for place in self.placed
            for mark in place.marks
            if isinstance(mark, Text)
        ]
