"""Levels of outline lines: from cell indents, from leading blanks, or from the marks where there are none."""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd

from govtracker.model.content import Run, split_mark


@dataclass(slots=True)
class RawLine:
    """A line as it stands: leading blanks, the cell's indent (0 = none), mark and runs without the mark."""

    blanks: int
    indent: int
    mark: str
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def raw_lines(text: str, runs: tuple[Run, ...], indent: int, *, bold: bool = False) -> list[RawLine]:
    """Lines of a cell (`bold` as a whole, or in styled runs); blank lines between them are dropped."""
    made = []
    for styled in _split(runs or (Run(text, bold),)):
        joined = "".join(run.text for run in styled)
        if joined.strip():
            mark, rest = split_mark(joined)
            blanks = len(joined) - len(joined.lstrip())
            made.append(RawLine(blanks, indent, mark, _tail(styled, len(rest)) if rest else ()))
    return made


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
    outer = next((line for line, rank in zip(lines, ranks, strict=True) if rank == 0), None)
    shift = marks.index(outer.mark) if outer and outer.mark in marks else 0
    return [rank + shift for rank in ranks]


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
