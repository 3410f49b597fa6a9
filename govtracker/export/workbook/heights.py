"""How high a text is in a sheet's cell: lines counted with our fonts, with a margin for those of other programs."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from govtracker.export.document import Style
from govtracker.export.fonts import face

SLACK = 0.9
"""Part of a cell's width that is counted on: the fonts of spreadsheets are wider than ours."""
LEADING = 1.36
"""Least height of a line in ems: what Excel gives a line of 맑은 고딕."""


class Heights:
    """Heights in points of texts in a document's styles."""

    def __init__(self, styles: Mapping[str, Style]) -> None:
        self.styles = styles
        self.known: dict[tuple[str, str, float, bool], float] = {}

    def text(self, text: str, style: str, room: float, *, bold: bool = False) -> float:
        """Height of a text, wrapped in `room` points."""
        key = (text, style, room, bold)
        height = self.known.get(key)
        if height is None:
            height = self.known[key] = self._height(text, self.styles[style], room, bold=bold)
        return height

    @staticmethod
    def _height(text: str, style: Style, room: float, *, bold: bool) -> float:
        ems = max(1.2, room * SLACK / style.size) * 1000
        count = lines(text, style.family, bold or style.bold, ems)
        return count * style.size * max(style.leading, LEADING)

    def single(self, text: str, style: str, height: float) -> bool:
        """Whether a text of the height is on one line."""
        type_ = self.styles[style]
        return "\n" not in text and height < 1.5 * type_.size * max(type_.leading, LEADING)


def lines(text: str, family: str, bold: bool, room: float) -> int:
    """Number of lines in `room` (1/1000 em): broken at blanks, long words anywhere."""
    measured = face(family, bold)
    count = 0
    for part in text.split("\n"):
        count += 1
        if measured.width(part) > room:
            count += _more([measured.width(word) for word in part.split(" ")], measured.width(" "), room)
    return count


def _more(words: list[float], space: float, room: float) -> int:
    """Lines beyond the first."""
    count, used = 0, 0.0
    for word in words:
        if used and used + space + word <= room:
            used += space + word
            continue
        count += bool(used)
        used = word
        if word > room:
            full = ceil(word / max(room - 900, room / 2)) - 1
            count += full
            used = room if full else word
    return count
