"""What is drawn on a page -> its content stream, in PDF's own operators.

Written here rather than through reportlab's drawing calls, which cost more than laying the page out: fills first,
then rules of one width as one path, then all strings in reading order, font and colour named where they change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from govtracker.export.fonts import face
from govtracker.export.pages.items import (
    MM,
    PAGE_HEIGHT,
    Box,
    Check,
    DrawItem,
    Fill,
    Frame,
    Image,
    Positioned,
    Rule,
    Text,
)
from govtracker.export.pdf.glyphs import Glyphs

BLACK = "#000000"
SQUARE_CAPS = "2 J"
INVISIBLE, VISIBLE = "3 Tr", "0 Tr"
FontOf = Callable[[str], Glyphs]


class ContentStream:
    """The operators of one page, gathered by what they paint."""

    def __init__(self, font_of: FontOf) -> None:
        self.font_of = font_of
        self.fills: list[str] = []
        self.rules: defaultdict[float, list[str]] = defaultdict(list)
        self.strings: list[str] = []
        self.images: list[Image] = []
        self.missing: list[str] = []
        self.type: tuple[str, float] = ("", 0.0)
        self.glyphs: Glyphs | None = None
        self.color = self.fill = BLACK

    def place(self, positioned: Iterable[Positioned]) -> None:
        """Add all items of some places."""
        string, rule, rules = self.text, self.other, self.rules
        for dx, dy, items, _ in positioned:
            top = PAGE_HEIGHT - dy
            for item in items:
                if type(item) is Text:
                    string(item, dx, top)
                elif type(item) is Rule:
                    x1, y1, x2, y2, width = item
                    rules[width].append(f"{x1 + dx:.3f} {top - y1:.3f} m {x2 + dx:.3f} {top - y2:.3f} l")
                else:
                    rule(item, dx, top)

    def text(self, item: Text, dx: float, top: float) -> None:
        """A string; `top` is where its y counts down from."""
        x, y, font, size, text, _, color = item
        strings = self.strings
        if color != self.color:
            self.color = color
            strings.append(painted(color))
        if (font, size) != self.type:
            self._font(font, size)
        code = self.glyphs
        assert code is not None
        strings.append(f"1 0 0 1 {x + dx:.3f} {top - y:.3f} Tm<{''.join(map(code.__getitem__, text))}>Tj")

    def _font(self, font: str, size: float) -> None:
        self.type = (font, size)
        self.glyphs = self.font_of(font)
        self.strings.append(f"/{self.glyphs.name} {size:g} Tf")

    def other(self, item: DrawItem, dx: float, top: float) -> None:
        """An item that is neither text nor rule."""
        if isinstance(item, Fill):
            self._filled(item.x + dx, top - item.y - item.height, item.width, item.height, item.color)
        elif isinstance(item, Frame):
            x, y = item.x + dx, top - item.y - item.height
            if item.fill:
                self._filled(x, y, item.width, item.height, item.fill)
            self.rules[item.rule].append(box(x, y, item.width, item.height))
        elif isinstance(item, Check):
            self._check(item, item.x + dx, top - item.y - item.size)
        elif isinstance(item, Box):
            side = item.size * 0.78
            self.missing.append(item.char)
            self.rules[0.4].append(box(item.x + dx + item.size * 0.1, top - item.y - side * 0.12, side, side))
        elif isinstance(item, Image):
            self.images.append(item._replace(x=item.x + dx, y=top - item.y - item.height))

    def _filled(self, x: float, y: float, width: float, height: float, color: str) -> None:
        if color != self.fill:
            self.fill = color
            self.fills.append(painted(color))
        self.fills.append(f"{box(x, y, width, height)} f")

    def _check(self, item: Check, x: float, y: float) -> None:
        """The box and its tick as vectors; an invisible letter makes the choice searchable."""
        side = item.size
        self.rules[0.14 * MM].append(box(x, y, side, side))
        if item.ticked:
            self.rules[0.34 * MM].append(
                f"{x + side * 0.2:.3f} {y + side * 0.5:.3f} m {x + side * 0.43:.3f} {y + side * 0.22:.3f} l "
                f"{x + side * 0.92:.3f} {y + side + 0.35 * MM:.3f} l"
            )
        letter = "☑ " if item.ticked else "☐ "
        font, _ = face("gothic", bold=False).char(letter[0])
        if font:
            self.strings.append(INVISIBLE)
            self.text(Text(x, 0, font, side, letter, 0.0, self.color), 0, y)
            self.strings.append(VISIBLE)

    def operators(self) -> str:
        """All operators in painting order."""
        parts = [SQUARE_CAPS, *self.fills]
        for width, lines in self.rules.items():
            parts += [f"{width:.3f} w", *lines, "S"]
        if self.strings:
            begin = [] if self.fill == BLACK else [painted(BLACK)]
            parts += [*begin, "BT", *self.strings, "ET"]
        return "\n".join(parts)


def box(x: float, y: float, width: float, height: float) -> str:
    """A rectangle's path."""
    return f"{x:.3f} {y:.3f} {width:.3f} {height:.3f} re"


def painted(color: str) -> str:
    """The operator that sets the colour of fills and text."""
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return f"{red:.4g} {green:.4g} {blue:.4g} rg"
