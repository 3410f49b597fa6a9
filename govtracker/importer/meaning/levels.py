"""Levels of outline lines: from cell indents, from leading blanks, or from the marks where there are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import gcd

from govtracker.importer.package.workbook import SheetCell
from govtracker.model.content import Run, split_mark

_LETTER = re.compile(r"\s*(?:ㅇ(?!ㅇ)\s*|[oｏοо]\s+)(?P<text>\S.*)", re.DOTALL)
_OWN = re.compile(r"[【〔\[<〈《「(]|\d{1,2}\s*[.)]|[가-하]\s*[.)]|['‘’]?\d{2,4}\s*[.년]|[*※]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]")
"""What a line begins with that stands for itself."""
_HEADING = re.compile(r"【[^】]*】")


@dataclass(slots=True)
class RawLine:
    """A line as it stands: leading blanks, the cell's indent (0 = none), mark and runs without the mark, its cells."""

    blanks: int
    indent: int
    mark: str
    runs: tuple[Run, ...]
    cells: tuple[SheetCell, ...] = ()

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def raw_lines(text: str, runs: tuple[Run, ...], indent: int, *, bold: bool = False) -> list[RawLine]:
    """Lines of a cell (`bold` as a whole, or in styled runs); blank lines between them are dropped."""
    made = []
    for styled in _split(runs or (Run(text, bold),)):
        joined = "".join(run.text for run in styled)
        if joined.strip():
            mark, rest = _bulleted(joined)
            blanks = len(joined) - len(joined.lstrip())
            made.append(RawLine(blanks, indent, mark, _tail(styled, len(rest)) if rest else ()))
    return _joined(made)


def from_cells(lines: list[RawLine], *cells: SheetCell) -> list[RawLine]:
    """The lines, which stand in these cells."""
    for line in lines:
        line.cells = cells
    return lines


def _joined(lines: list[RawLine]) -> list[RawLine]:
    """The lines of one cell, with those that go on with the marked line above joined to it."""
    made: list[RawLine] = []
    for at, line in enumerate(lines):
        below = lines[at + 1] if at + 1 < len(lines) else None
        if made and _goes_on(line, made[-1], below, lines[0]):
            made[-1].runs = (*made[-1].runs, Run(" ", made[-1].runs[-1].bold), *line.runs)
        else:
            made.append(line)
    return made


def _goes_on(line: RawLine, above: RawLine, below: RawLine | None, first: RawLine) -> bool:
    """Whether a line without a mark goes on with the marked one above.

    It doesn't where it begins something of its own (a heading, a number, a date), where the cell begins with such a
    line at the same place, or where it stands further out and leads marked lines.
    """
    if line.mark or not above.mark or not above.runs or not line.runs or _OWN.match(line.text):
        return False
    if not first.mark and first.blanks == line.blanks:
        return False
    leads = below is not None and bool(below.mark) and below.blanks > line.blanks
    return not (leads and line.blanks < above.blanks)


def _bulleted(text: str) -> tuple[str, str]:
    """(mark, text) of a line; the letters ㅇ and o that stand for ○ are marks, too."""
    mark, rest = split_mark(text)
    letter = _LETTER.fullmatch(text) if not mark else None
    return ("○", letter["text"].rstrip()) if letter else (mark, rest)


def _split(runs: tuple[Run, ...]) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    for run in runs:
        for at, part in enumerate(run.text.split("\n")):
            if at:
                lines.append([])
            if part:
                lines[-1].append(Run(part, run.bold))
    return lines


def _tail(runs: list[Run], length: int) -> tuple[Run, ...]:
    """The last `length` characters of the runs (trailing blanks aside), inner blanks folded."""
    joined = "".join(run.text for run in runs).rstrip()
    start = len(joined) - length
    made, at = [], 0
    for run in runs:
        piece = run.text[max(0, start - at) : max(0, len(joined) - at)]
        at += len(run.text)
        if piece:
            made.append(Run(piece, run.bold))
    return tuple(made)


def levels(lines: list[RawLine], marks: tuple[str, ...]) -> list[int]:
    """Level of every line; a line wholly in 【 】 is a heading of the outermost one."""
    found = _levels(lines, marks)
    return [0 if _HEADING.fullmatch(line.text.strip()) else at for line, at in zip(lines, found, strict=True)]


def _levels(lines: list[RawLine], marks: tuple[str, ...]) -> list[int]:
    """Level of every line. Indented cells say it exactly (indent - 1); leading blanks count levels,
    shifted so that the outermost mark keeps the place that it has in the form; without either the marks decide.
    """
    if any(line.indent for line in lines):
        return [max(0, line.indent - 1) for line in lines]
    if len({line.blanks for line in lines}) == 1:
        return _by_marks(lines, marks)
    least = min(line.blanks for line in lines)
    steps = [line.blanks - least for line in lines if line.blanks > least]
    step = gcd(*steps) if steps else 1
    ranks = [(line.blanks - least) // step for line in lines]
    shift = next(_shifts(lines, ranks, marks), 0)
    return [rank + shift for rank in ranks]


def _shifts(lines: list[RawLine], ranks: list[int], marks: tuple[str, ...]) -> Iterator[int]:
    """How far in the outermost lines stand: by their own mark, else by the first mark that the form knows."""
    outer = next((line for line, rank in zip(lines, ranks, strict=True) if rank == 0), None)
    if outer and (outer.mark in marks or not outer.mark):
        yield marks.index(outer.mark) if outer.mark else 0
    for line, rank in zip(lines, ranks, strict=True):
        if line.mark in marks:
            yield max(0, marks.index(line.mark) - rank)


def _by_marks(lines: list[RawLine], marks: tuple[str, ...]) -> list[int]:
    found: list[int] = []
    parent = 0
    strange: dict[str, int] = {}
    for line in lines:
        if line.mark in marks:
            parent = marks.index(line.mark)
            found.append(parent)
        elif line.mark:
            found.append(strange.setdefault(line.mark, parent + 1 if found else 0))
        else:
            found.append(found[-1] if found else 0)
    return found
