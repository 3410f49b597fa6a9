"""Breaking text into lines: at spaces (어절), with Korean rules where a long word must be broken.

No line begins with a closing mark, none ends with an opening one. A date (2022. 11. 16.) is one word,
a circled number goes with the word behind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from govtracker.export.fonts import MISSING, Face, face, unseen
from govtracker.export.pages.items import Box, DrawItem, Text
from govtracker.model.content import Run

NOT_FIRST = frozenset(")]}〕〉》」』】.,:;!?%~∼’”'\"·ㆍ、。℃°")
NOT_LAST = frozenset("([{〔〈《「『【‘“")
_GLUED = re.compile(r"(?<=\d\.) (?=\d{1,2}\.)|(?<=[①-⑳]) (?=\S)")
_GLUE = "\x00"


class Word(NamedTuple):
    """Runs of one word and its width in points."""

    runs: tuple[tuple[str, bool], ...]
    width: float


class TextLine(NamedTuple):
    """Runs of one line and its width in points."""

    runs: tuple[tuple[str, bool], ...]
    width: float


class Faces:
    """Regular and bold face of a family at a size; what isn't bold is of the family `plain`, if there is one."""

    def __init__(self, family: str, size: float, bold: bool, plain: str = "") -> None:
        self.family, self.size, self.bold, self.plain = family, size, bold, plain
        self.found: dict[bool, Face] = {}

    def of(self, bold: bool) -> Face:
        found = self.found.get(bold)
        if found is None:
            other = self.plain and not bold
            found = face(self.plain, False) if other else face(self.family, bold or self.bold)
            self.found[bold] = found
        return found

    def width(self, text: str, bold: bool = False) -> float:
        return self.of(bold).width(text) * self.size / 1000


def break_lines(
    runs: tuple[Run, ...], faces: Faces, width: float, first: float | None = None
) -> list[TextLine]:
    """Lines of at most `width` points (the first of `first`); a text without words gives one empty line."""
    room = width if first is None else first
    if len(runs) == 1 and not runs[0].bold:
        text = runs[0].text
        advance = faces.width(text)
        if advance <= room + 0.01 and "  " not in text and text == text.strip(" "):
            return [TextLine(((text, False),), advance) if text else TextLine((), 0.0)]
        return _plain_lines(text, faces, room, width)
    return _mixed_lines(runs, faces, room, width)


def _plain_lines(text: str, faces: Faces, room: float, width: float) -> list[TextLine]:
    """Lines of a text in one weight, as nearly all are: its words need not be taken apart into runs."""
    lines: list[TextLine] = []
    current: list[str] = []
    used, gap = 0.0, faces.width(" ")
    measured, scale = faces.of(False).width, faces.size / 1000
    for word in parted(text, lambda date: measured(date) * scale <= width):
        advance = measured(word) * scale
        if current and used + gap + advance <= room + 0.01:
            current.append(word)
            used += gap + advance
            continue
        if current:
            lines.append(TextLine(((" ".join(current), False),), used))
            room = width
        if advance > room + 0.01:
            *full, last = _pieces(Word(((word, False),), advance), faces, room, width)
            lines += [TextLine(piece.runs, piece.width) for piece in full]
            room = width if full else room
            word, advance = last.runs[0][0], last.width
        current, used = [word], advance
    if current or not lines:
        lines.append(TextLine(((" ".join(current), False),) if current else (), used))
    return lines


def _mixed_lines(runs: tuple[Run, ...], faces: Faces, room: float, width: float) -> list[TextLine]:
    lines: list[TextLine] = []
    current: list[tuple[str, bool]] = []
    used = 0.0
    for word, gap in _words(runs, faces, width):
        if current and used + gap + word.width <= room + 0.01:
            current += [(" ", word.runs[0][1]), *word.runs] if gap else list(word.runs)
            used += gap + word.width
            continue
        if current:
            lines.append(TextLine(_joined(current), used))
            room = width
        *full, last = _pieces(word, faces, room, width)
        for piece in full:
            lines.append(TextLine(piece.runs, piece.width))
            room = width
        current, used = list(last.runs), last.width
    if current or not lines:
        lines.append(TextLine(_joined(current), used))
    return lines


def parted(text: str, fits: Callable[[str], bool]) -> list[str]:
    """The words of a text; a date is one of them, and a word behind its circled number, if it fits into a line."""
    if not _GLUED.search(text):
        return [word for word in text.split(" ") if word]
    made: list[str] = []
    for glued in _GLUED.sub(_GLUE, text).split(" "):
        date = glued.replace(_GLUE, " ")
        made += [date] if fits(date) else glued.split(_GLUE)
    return [word for word in made if word]


def _words(runs: tuple[Run, ...], faces: Faces, width: float) -> list[tuple[Word, float]]:
    """Words with the width of the blank before each (0 for the first)."""
    words: list[tuple[Word, float]] = []
    current: list[tuple[str, bool]] = []
    space = faces.width(" ")

    def fits(bold: bool, date: str) -> bool:
        return faces.width(date, bold) <= width

    def close() -> None:
        if current:
            width = sum(faces.width(text, bold) for text, bold in current)
            words.append((Word(tuple(current), width), space if words else 0.0))
            current.clear()

    for run in runs:
        if run.text.startswith(" "):
            close()
        for at, text in enumerate(parted(run.text, partial(fits, run.bold))):
            if at:
                close()
            current.append((text, run.bold))
        if run.text.endswith(" "):
            close()
    close()
    return words


def _pieces(word: Word, faces: Faces, room: float, width: float) -> list[Word]:
    """The word whole if it fits, else broken between characters; always at least one character a piece."""
    if word.width <= room + 0.01:
        return [word]
    chars = [(char, bold, faces.width(char, bold)) for text, bold in word.runs for char in text]
    made: list[Word] = []
    start = 0
    while start < len(chars):
        end, used = start, 0.0
        limit = room if not made else width
        while end < len(chars) and (end == start or used + chars[end][2] <= limit + 0.01):
            used += chars[end][2]
            end += 1
        end = _legal(chars, start, end)
        piece = chars[start:end]
        made.append(Word(_joined([(char, bold) for char, bold, _ in piece]), sum(w for *_, w in piece)))
        start = end
    return made


def _legal(chars: list[tuple[str, bool, float]], start: int, end: int) -> int:
    """Nearest earlier break that Korean rules allow, the given one where there is none nearby."""
    for at in range(end, max(start, end - 4), -1):
        if at >= len(chars) or (chars[at][0] not in NOT_FIRST and chars[at - 1][0] not in NOT_LAST):
            return at
    return end


def _joined(runs: list[tuple[str, bool]]) -> tuple[tuple[str, bool], ...]:
    merged: list[tuple[str, bool]] = []
    for text, bold in runs:
        if merged and merged[-1][1] == bold:
            merged[-1] = (merged[-1][0] + text, bold)
        else:
            merged.append((text, bold))
    return tuple(merged)


def text_items(
    runs: tuple[tuple[str, bool], ...], faces: Faces, x: float, y: float, color: str = "#000000"
) -> list[DrawItem]:
    """The items of one line's text, its baseline at y; missing characters as boxes."""
    made: list[DrawItem] = []
    size = faces.size
    for text, bold in runs:
        for font, piece, width in faces.of(bold).pieces(text):
            advance = width * size / 1000
            if font == MISSING:
                shown = [char for char in piece if not unseen(char)]
                made += [Box(x + at * size, y, size, char) for at, char in enumerate(shown)]
            else:
                made.append(Text(x, y, font, size, piece, advance, color))
            x += advance
    return made
